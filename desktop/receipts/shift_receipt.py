"""The shift on paper: X while it is open, Z when it was closed, with its tie-out to the till."""

from collections.abc import Iterator, Sequence

from db.queries.shift_summary import ShiftSummary
from desktop.receipts.parts import Slip, head
from desktop.receipts.receipt import Block, Pair, Receipt, Rule, Text
from desktop.receipts.words import ReceiptVoice, money, money_marked, points


def shift_receipt(
    shift: ShiftSummary,
    tenders: Sequence[tuple[str, int, int]],
    *,
    slip: Slip,
    waiting: int = 0,
    blind: bool = False,
) -> Receipt:
    """Return a shift's report; `blind` leaves out the cash that is expected until it is counted."""
    voice = slip.voice
    is_closed = shift.closed_at is not None
    hidden = blind and not is_closed
    blocks: list[Block] = [
        *head(slip, branch=shift.branch, title="shift_closed" if is_closed else "shift_open"),
        Pair(voice("shift", number=shift.number), shift.counter),
        Pair(voice("opened"), f"{voice.moment(shift.opened_at)} {shift.opened_by}"),
        *_closing(shift, voice),
        Rule(),
        *_figures(shift, voice),
        Rule(),
        *(
            Pair(f"{voice.tender(name)} ×{count}", money(amount))
            for name, amount, count in tenders
            if not (hidden and name == "cash")
        ),
        Rule(),
        *_drawer(shift, voice, hidden=hidden),
        *_till(shift, voice),
    ]
    if waiting:
        blocks.append(Pair(voice("waiting"), str(waiting)))
    if is_closed:
        blocks += [Rule(), Text(voice("signature") + " ________________")]
    return Receipt(f"shift {shift.number} {slip.copy}", tuple(blocks))


def _closing(shift: ShiftSummary, voice: ReceiptVoice) -> Iterator[Block]:
    if shift.closed_at is not None:
        yield Pair(voice("closed"), f"{voice.moment(shift.closed_at)} {shift.closed_by}")


def _figures(shift: ShiftSummary, voice: ReceiptVoice) -> Iterator[Block]:
    yield Pair(voice("sales"), str(shift.sales))
    yield Pair(f"  {voice('member_sales')}", str(shift.member_sales))
    yield Pair(voice("net"), money_marked(shift.amount), bold=True)
    if shift.reversals:
        yield Pair(voice("reversals"), str(shift.reversals))
    if shift.returns:
        yield Pair(voice("returns", count=shift.returns), money(-shift.returned_amount))
    yield Pair(voice("points_out"), points(shift.earned))
    yield Pair(voice("points_in"), points(shift.redeemed))
    if shift.topped_up:
        yield Pair(voice("topped_up"), money(shift.topped_up))
    if shift.value_refunded:
        yield Pair(voice("value_refunded"), money(-shift.value_refunded))


def _drawer(shift: ShiftSummary, voice: ReceiptVoice, *, hidden: bool) -> Iterator[Block]:
    """Yield what should lie in the drawer: float, cash of sales and value, cash moved by hand."""
    yield Pair(voice("float"), money(shift.opening_float))
    if not hidden:
        yield Pair(voice("cash_sales"), money(shift.cash))
        if shift.value_cash:
            yield Pair(voice("value_cash"), money(shift.value_cash))
    if shift.cash_in:
        yield Pair(voice("cash_in"), money(shift.cash_in))
    if shift.cash_out:
        yield Pair(voice("cash_out"), money(-shift.cash_out))
    if not hidden:
        yield Pair(voice("expected"), money(shift.expected), bold=True)
    if shift.counted is not None and shift.difference is not None:
        yield Pair(voice("counted"), money(shift.counted))
        yield Pair(voice("difference"), money(shift.difference), bold=bool(shift.difference))
    if shift.drawer_openings:
        yield Pair(voice("drawer_openings"), str(shift.drawer_openings))


def _till(shift: ShiftSummary, voice: ReceiptVoice) -> Iterator[Block]:
    if shift.till_total is not None and shift.till_difference is not None:
        yield Pair(voice("till_total"), money(shift.till_total))
        difference = shift.till_difference
        yield Pair(voice("till_difference"), money(difference), bold=bool(difference))
