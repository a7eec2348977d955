"""One sale with everything that was recorded of it, its explanation included.

What the rules said is in the operation and is shown as it was, never computed anew.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from db.domain.ids import BatchId, MemberId, SaleId
from db.domain.operations import read_operation
from db.domain.sales import SaleBody
from db.storage.database import Reader

_SALE = """
SELECT s.sale_id, s.member_id, m.number, m.name, m.phone, b.name, c.name, f.name, s.sold_at,
       s.business_day, s.gross, s.discount, s.redeemed, s.redeemed_value, s.due, s.earned, s.tier,
       s.raised_to, s.program, s.till_receipt, s.source, r.manner, r.reason, r.reversed_at,
       v.name, s.reversed_by IS NOT NULL, o.raw, s.items, s.batch_id
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
    last eight hex digits of the operation's hash, as receipts carry it.
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


def sale_detail(reader: Reader, sale_id: SaleId) -> SaleDetail | None:
    """Return a sale with lines, tenders, reversal and explanation; nothing for an unknown id."""
    row = reader.one(_SALE, (sale_id,))
    if row is None:
        return None
    explanation, mark = _operation(row[26])
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
    )


def _operation(raw: bytes | None) -> tuple[tuple[dict[str, Any], ...], str]:
    if raw is None:
        return (), ""
    operation = read_operation(raw)
    body = msgspec.convert(operation.envelope.b, SaleBody)
    return body.explanation, operation.hash.hex()[-8:]
