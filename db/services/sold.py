"""A sale as it stands: as sold, with the member attached since and what has come back of it.

Services and screens look at the same facts, so that what is shown before a return is what it does.
"""

from dataclasses import dataclass

import msgspec

from db.domain.evaluation import LineResult
from db.domain.ids import SaleId, text_of
from db.domain.refunds import Paid
from db.domain.return_facts import AttachBody
from db.domain.returns import LineShare, Returnable, ReturnableLine, units_of
from db.domain.sales import LineFact, SaleBody
from db.storage.database import Reader
from db.storage.returns import (
    ReturnedSums,
    attach_of,
    operation_of,
    returned_lines,
    returned_sums,
    returned_tenders,
)
from db.storage.sales import SaleRow, sale_by_id


@dataclass(frozen=True, slots=True)
class SoldSale:
    """A sale with its facts (an attached member's points among them) and its returns so far."""

    row: SaleRow
    body: SaleBody
    sums: ReturnedSums
    left: Returnable
    paid: Paid

    @property
    def has_returns(self) -> bool:
        """Say whether something came back, worth something or not."""
        return any(line.returned for line in self.left.lines)

    @property
    def is_gone(self) -> bool:
        """Say whether it was undone or voided, or came back whole."""
        return self.row.reversed_by is not None or self.sums.whole


def read_sold(reader: Reader, sale_id: SaleId) -> SoldSale | None:
    """Return a sale as it stands; nothing for one that is not here."""
    row, sale = sale_by_id(reader, sale_id), operation_of(reader, sale_id)
    if row is None or sale is None:
        return None
    body = msgspec.convert(sale.envelope.b, SaleBody)
    attached = attach_of(reader, sale_id)
    if attached is not None:
        body = with_member(body, msgspec.convert(attached.envelope.b, AttachBody))
    sums = returned_sums(reader, sale_id)
    return SoldSale(
        row=row,
        body=body,
        sums=sums,
        left=returnable(text_of(sale_id), body, returned_lines(reader, sale_id)),
        paid=Paid(
            tenders=body.tenders,
            back=returned_tenders(reader, sale_id),
            due=body.due,
            returned=sums.amount,
        ),
    )


def with_member(body: SaleBody, attached: AttachBody) -> SaleBody:
    """Return a sale's facts with the points of the member who was attached to it."""
    lines = tuple(
        msgspec.structs.replace(line, earned=earned)
        for line, earned in zip(body.lines, attached.earned_by_line, strict=True)
    )
    return msgspec.structs.replace(
        body,
        lines=lines,
        earned=attached.earned,
        awards=attached.awards,
        issued=attached.issued,
        tier=attached.tier,
        raised_to=attached.raised_to,
        raised_rank=attached.raised_rank,
    )


def returnable(name: str, body: SaleBody, back: dict[int, tuple[int, LineShare]]) -> Returnable:
    """Return a sale as a return looks at it; `back` is what has come back, by line from 1."""
    by_amount = is_amount(body.lines)
    lines = []
    for number, line in enumerate(body.lines, start=1):
        sold = line_result(line)
        quantity, done = back.get(number, (0, LineShare()))
        of = units_of(sold, quantity=line.quantity, by_amount=by_amount)
        lines.append(ReturnableLine(sold, of=of, returned=quantity, done=done))
    return Returnable(name, tuple(lines), by_amount)


def is_amount(lines: tuple[LineFact, ...]) -> bool:
    """Say whether the sale is one of a bare amount: a single unit of nothing in particular."""
    first = lines[0]
    return len(lines) == 1 and first.quantity == 1 and not (first.sku or first.name)


def line_result(line: LineFact) -> LineResult:
    """Return a line of a sale as it was evaluated."""
    return LineResult(
        gross=line.unit_price * line.quantity,
        discount=line.discount,
        redeemed_points=line.redeemed,
        redeemed_value=line.redeemed_value,
        paid=line.amount,
        earned=line.earned,
    )
