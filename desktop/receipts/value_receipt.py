"""Stored value paid in or out, on paper: principal and bonus apart, and what is held after it."""

from dataclasses import dataclass

from desktop.receipts.parts import Balance, Slip, head, place, who
from desktop.receipts.receipt import Align, Block, Pair, Receipt, Rule, Text
from desktop.receipts.words import money, money_marked


@dataclass(frozen=True, slots=True)
class ValueSlip:
    """One top-up or refund: 分 that came to (above zero) or left (below) principal and bonus."""

    branch: str
    counter: str
    staff: str
    at_ms: int
    is_top_up: bool
    principal: int
    bonus: int
    tender: str
    held_principal: int
    held_bonus: int


def value_receipt(act: ValueSlip, balance: Balance, *, slip: Slip) -> Receipt:
    """Return the receipt of a top-up or refund, with a line to sign for a refund."""
    voice = slip.voice
    title = "top_up" if act.is_top_up else "refund"
    blocks: list[Block] = [
        *head(slip, branch=act.branch, title=title),
        *place(voice, at_ms=act.at_ms, counter=act.counter, staff=act.staff),
        Rule(),
        Pair(voice("principal"), money_marked(act.principal), bold=True),
    ]
    if act.bonus:
        blocks.append(Pair(voice("bonus"), money(act.bonus)))
    blocks += [
        Pair(f"  {voice.tender(act.tender)}", money(act.principal)),
        *who(voice, balance),
        Pair(voice("held_principal"), money(act.held_principal)),
        Pair(voice("held_bonus"), money(act.held_bonus)),
        Rule(),
    ]
    if act.is_top_up:
        blocks.append(Text(voice("thanks"), Align.CENTRE))
    else:
        blocks.append(Text(voice("signature") + " ________________"))
    return Receipt(f"{title} {act.at_ms} {slip.copy}", tuple(blocks))
