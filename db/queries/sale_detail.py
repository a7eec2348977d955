"""One sale with everything that was recorded of it, its explanation included.

What the rules said is in the operation and is shown as it was, never computed anew.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from db.domain.ids import BatchId, MemberId, SaleId
from db.domain.operations import read_operation
from db.domain.return_facts import AttachBody
from db.domain.sales import SaleBody
from db.storage.database import Reader

_SALE = """
SELECT s.sale_id, s.member_id, m.number, m.name, m.phone, b.name, c.name, f.name, s.sold_at,
       s.business_day, s.gross, s.discount, s.redeemed, s.redeemed_value, s.due, s.earned, s.tier,
       s.raised_to, s.program, s.till_receipt, s.source, r.manner, r.reason, r.reversed_at,
       v.name, s.reversed_by IS NOT NULL, o.raw, s.items, s.batch_id,
       s.returned_whole
FROM sale AS s
LEFT JOIN member AS m ON m.member_id = s.member_id
LEFT JOIN branch AS b ON b.branch_id = s.branch_id
LEFT JOIN counter AS c ON c.counter_id = s.counter_id
LEFT JOIN staff AS f ON f.staff_id = s.staff_id
LEFT JOIN reversal AS r ON r.op = s.reversed_by
LEFT JOIN staff AS v ON v.staff_id = r.staff_id
LEFT JOIN operation AS o ON o.op = s.sale_id
WHERE s.sale_id = ?
"""
_LINES = """
SELECT line, sku, name, category, quantity, unit_price, discount, amount, earned, redeemed,
       redeemed_value
FROM sale_line WHERE sale_id = ? ORDER BY line
"""
_TENDERS = "SELECT tender, amount FROM sale_tender WHERE sale_id = ? ORDER BY amount DESC, tender"
_RETURNS = """
SELECT r.op, r.returned_at, coalesce(f.name, ''), r.reason, r.paid, r.earned, r.redeemed,
       r.redeemed_value, r.owed
FROM goods_return AS r LEFT JOIN staff AS f ON f.staff_id = r.staff_id
WHERE r.sale_id = ? ORDER BY r.returned_at, r.op
"""
_RETURN_TENDERS = """
SELECT tender, sum(amount) FROM return_tender WHERE sale_id = ? GROUP BY tender
ORDER BY sum(amount) DESC, tender
"""
_RETURNED_LINES = """
SELECT l.op, l.line, l.quantity, l.earned, l.redeemed, l.redeemed_value, l.paid
FROM goods_return AS r JOIN goods_return_line AS l USING (op)
WHERE r.sale_id = ? ORDER BY l.op, l.line
"""
_ATTACHED = """
SELECT a.attached_at, coalesce(f.name, ''), o.raw FROM sale_attach AS a
LEFT JOIN staff AS f ON f.staff_id = a.staff_id LEFT JOIN operation AS o ON o.op = a.op
WHERE a.sale_id = ?
"""


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """What of a line came back: units (分 of an amount-only sale), points, and 分."""

    line: int
    quantity: int
    earned: int
    redeemed: int
    redeemed_value: int
    paid: int


@dataclass(frozen=True, slots=True)
class SaleReturn:
    """One return of the sale: 分 given back; points taken back, `owed` of them, and given back."""

    op: bytes
    returned_at: int
    staff: str
    reason: str
    paid: int
    earned: int
    redeemed: int
    redeemed_value: int
    owed: int
    lines: tuple[ReturnedLine, ...]


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line as sold; money in 分 after its discounts."""

    line: int
    sku: str
    name: str
    category: str
    quantity: int
    unit_price: int
    discount: int
    amount: int
    earned: int
    redeemed: int
    redeemed_value: int


@dataclass(frozen=True, slots=True)
class SaleDetail:
    """A sale; gross − discount − redeemed_value = due = Σ tenders, in 分, times UTC ms.

    `reversed_by` is undo, void, revert (its whole import was taken back) or nothing; `mark` is the
    last eight hex digits of the operation's hash, as receipts carry it. `attached_at` is when a
    member was attached to a sale made without one; its explanation is that of his points then.
    """

    sale_id: SaleId
    member_id: MemberId | None
    member_number: str | None
    member_name: str
    member_phone: str | None
    branch: str
    counter: str
    staff: str
    sold_at: int
    business_day: str
    items: int
    gross: int
    discount: int
    redeemed: int
    redeemed_value: int
    due: int
    earned: int
    tier: str
    raised_to: str | None
    program: str
    till_receipt: str | None
    source: str
    batch_id: BatchId | None
    lines: tuple[SaleLine, ...]
    tenders: dict[str, int]
    reversed_by: str | None
    reversed_at: int | None
    reversed_staff: str
    reversal_reason: str
    explanation: tuple[dict[str, Any], ...]
    mark: str
    returns: tuple[SaleReturn, ...]
    returned_tenders: dict[str, int]
    returned_whole: bool
    attached_at: int | None
    attached_by: str


def sale_detail(reader: Reader, sale_id: SaleId) -> SaleDetail | None:
    """Return a sale with lines, tenders, reversal and explanation; nothing for an unknown id."""
    row = reader.one(_SALE, (sale_id,))
    if row is None:
        return None
    explanation, mark = _operation(row[26])
    attached = reader.one(_ATTACHED, (sale_id,))
    if attached is not None:
        explanation = _attached_explanation(attached[2])
    return SaleDetail(
        sale_id=SaleId(row[0]),
        member_id=None if row[1] is None else MemberId(row[1]),
        member_number=row[2],
        member_name=row[3] or "",
        member_phone=row[4],
        branch=row[5] or "",
        counter=row[6] or "",
        staff=row[7] or "",
        sold_at=row[8],
        business_day=row[9],
        items=row[27],
        gross=row[10],
        discount=row[11],
        redeemed=row[12],
        redeemed_value=row[13],
        due=row[14],
        earned=row[15],
        tier=row[16],
        raised_to=row[17],
        program=row[18],
        till_receipt=row[19],
        source=row[20],
        batch_id=None if row[28] is None else BatchId(row[28]),
        lines=tuple(SaleLine(*line) for line in reader.all(_LINES, (sale_id,))),
        tenders=dict(reader.all(_TENDERS, (sale_id,))),
        reversed_by=(row[21] or "revert") if row[25] else None,
        reversed_at=row[23],
        reversed_staff=row[24] or "",
        reversal_reason=row[22] or "",
        explanation=explanation,
        mark=mark,
        returns=_returns(reader, sale_id),
        returned_tenders=dict(reader.all(_RETURN_TENDERS, (sale_id,))),
        returned_whole=bool(row[29]),
        attached_at=None if attached is None else attached[0],
        attached_by="" if attached is None else attached[1],
    )


def _returns(reader: Reader, sale_id: SaleId) -> tuple[SaleReturn, ...]:
    lines = reader.all(_RETURNED_LINES, (sale_id,))
    return tuple(
        SaleReturn(*(*row, tuple(ReturnedLine(*line[1:]) for line in lines if line[0] == row[0])))
        for row in reader.all(_RETURNS, (sale_id,))
    )


def _attached_explanation(raw: bytes | None) -> tuple[dict[str, Any], ...]:
    if raw is None:
        return ()
    return msgspec.convert(read_operation(raw).envelope.b, AttachBody).explanation


def _operation(raw: bytes | None) -> tuple[tuple[dict[str, Any], ...], str]:
    if raw is None:
        return (), ""
    operation = read_operation(raw)
    body = msgspec.convert(operation.envelope.b, SaleBody)
    return body.explanation, operation.hash.hex()[-8:]
