"""A return on paper: what came back, the money paid out, and what happened to the points."""

from db.queries.sale_detail import SaleDetail, SaleReturn
from desktop.receipts.parts import Balance, Slip, head, place, standing, who
from desktop.receipts.receipt import Align, Block, Pair, Receipt, Row, Rule, Text
from desktop.receipts.sale_receipt import AMOUNT_COLUMNS, QUANTITY_COLUMNS
from desktop.receipts.words import ReceiptVoice, money, money_marked, points


def return_receipt(
    sale: SaleDetail, back: SaleReturn, balance: Balance | None, *, slip: Slip
) -> Receipt:
    """Return the receipt of one return of a sale."""
    voice = slip.voice
    blocks: list[Block] = [
        *head(slip, branch=sale.branch, title="return"),
        *place(voice, at_ms=back.returned_at, counter=sale.counter, staff=back.staff),
        Text(voice("of_sale", mark=sale.mark)),
        Rule(),
        *_goods(sale, back),
        Pair(voice("paid_back"), money_marked(-back.paid), bold=True),
        *(_member(back, balance, voice) if balance is not None else ()),
        Rule(),
        Text(voice("signature") + " ________________"),
    ]
    return Receipt(f"return {sale.mark} {slip.copy}", tuple(blocks))


def _goods(sale: SaleDetail, back: SaleReturn) -> list[Block]:
    names = {line.line: line.name or line.sku for line in sale.lines}
    named = [line for line in back.lines if names.get(line.line)]
    rows: list[Block] = [
        Row(
            (names[line.line], str(-line.quantity), money(-line.paid)),
            (QUANTITY_COLUMNS, AMOUNT_COLUMNS),
        )
        for line in named
    ]
    return [*rows, Rule()] if rows else []


def _member(back: SaleReturn, balance: Balance, voice: ReceiptVoice) -> list[Block]:
    moved: list[Block] = []
    if back.earned:
        moved.append(Pair(voice("taken_back"), points(-back.earned)))
    if back.redeemed:
        moved.append(Pair(voice("given_back"), f"+{points(back.redeemed)}"))
    return [*who(voice, balance), *moved, *standing(voice, balance), *_owed(back, voice)]


def _owed(back: SaleReturn, voice: ReceiptVoice) -> list[Block]:
    return [Text(f"{voice('owed')} {points(back.owed)}", Align.LEFT)] if back.owed else []
