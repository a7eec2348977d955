"""Shifts as the drawer saw them: what should lie in it, what was counted, what the till says.

Cash is counted where it moved: a sale undone in a later shift leaves the earlier drawer as it was
and takes its cash out of the later one.
"""

from dataclasses import dataclass

from db.domain.ids import BranchId, CounterId, ShiftId, StaffId
from db.storage.database import Reader, Row

SHIFTS_MAX = 200
_SHIFT = """
SELECT h.shift_id, h.number, h.branch_id, h.counter_id, coalesce(b.name, ''), coalesce(c.name, ''),
       coalesce(f.name, ''), coalesce(g.name, ''), h.business_day, h.opened_at, h.closed_at,
       h.opening_float, h.counted, h.till_total,
       (SELECT count(*) FROM sale WHERE shift_id = h.shift_id AND reversed_by IS NULL),
       (SELECT coalesce(sum(due), 0) FROM sale WHERE shift_id = h.shift_id)
       - (SELECT coalesce(sum(s.due - s.returned_amount), 0) FROM reversal AS r
          CROSS JOIN sale AS s USING (sale_id)
          WHERE r.shift_id = h.shift_id)
       - (SELECT coalesce(sum(paid), 0) FROM goods_return WHERE shift_id = h.shift_id),
       (SELECT coalesce(sum(paid_cash), 0) FROM sale WHERE shift_id = h.shift_id)
       - (SELECT coalesce(sum(s.paid_cash - (SELECT coalesce(sum(back_cash), 0)
                              FROM goods_return WHERE sale_id = s.sale_id)), 0)
          FROM reversal AS r CROSS JOIN sale AS s USING (sale_id)
          WHERE r.shift_id = h.shift_id)
       - (SELECT coalesce(sum(back_cash), 0) FROM goods_return WHERE shift_id = h.shift_id),
       (SELECT count(*) FROM reversal WHERE shift_id = h.shift_id),
       (SELECT count(*) FROM sale WHERE shift_id = h.shift_id AND reversed_by IS NULL
        AND member_id IS NOT NULL),
       (SELECT coalesce(sum(earned), 0) FROM sale WHERE shift_id = h.shift_id
        AND reversed_by IS NULL),
       (SELECT coalesce(sum(redeemed), 0) FROM sale WHERE shift_id = h.shift_id
        AND reversed_by IS NULL)
       - (SELECT coalesce(sum(points), 0) FROM points_entry WHERE shift_id = h.shift_id
          AND kind = 'redeem'),
       (SELECT coalesce(sum(principal), 0) FROM value_entry WHERE shift_id = h.shift_id
        AND kind = 'top_up'),
       (SELECT coalesce(-sum(principal), 0) FROM value_entry WHERE shift_id = h.shift_id
        AND kind = 'refund'),
       (SELECT coalesce(sum(principal), 0) FROM value_entry WHERE shift_id = h.shift_id
        AND tender = 'cash'),
       (SELECT count(*) FROM goods_return WHERE shift_id = h.shift_id),
       (SELECT coalesce(sum(paid), 0) FROM goods_return WHERE shift_id = h.shift_id),
       h.staff_id,
       (SELECT coalesce(sum(amount), 0) FROM drawer_entry WHERE shift_id = h.shift_id
        AND amount > 0),
       (SELECT coalesce(-sum(amount), 0) FROM drawer_entry WHERE shift_id = h.shift_id
        AND amount < 0),
       (SELECT count(*) FROM drawer_entry WHERE shift_id = h.shift_id AND kind = 'drawer_open')
FROM shift AS h
LEFT JOIN branch AS b ON b.branch_id = h.branch_id
LEFT JOIN counter AS c ON c.counter_id = h.counter_id
LEFT JOIN staff AS f ON f.staff_id = h.staff_id
LEFT JOIN staff AS g ON g.staff_id = h.closed_by
"""
_ONE = f"{_SHIFT} WHERE h.shift_id = ?"
_OF_DAYS = (
    f"{_SHIFT} WHERE h.business_day BETWEEN ? AND ? AND (?3 IS NULL OR h.branch_id = ?3)"
    " ORDER BY h.opened_at DESC LIMIT ?"
)
_LAST = f"{_SHIFT} WHERE h.counter_id = ? ORDER BY h.opened_at DESC LIMIT 1"
_TENDERS = """
SELECT t.tender, sum(t.amount), sum(t.sales) FROM (
    SELECT tender, amount, 1 AS sales FROM sale_tender WHERE shift_id = ?1
    UNION ALL
    SELECT tender, -amount, -1 FROM sale_tender
    WHERE sale_id IN (SELECT sale_id FROM reversal WHERE shift_id = ?1)
    UNION ALL
    SELECT tender, -amount, 0 FROM return_tender WHERE shift_id = ?1
    UNION ALL
    SELECT tender, amount, 0 FROM return_tender
    WHERE sale_id IN (SELECT sale_id FROM reversal WHERE shift_id = ?1)
) AS t GROUP BY t.tender HAVING sum(t.sales) <> 0 OR sum(t.amount) <> 0
ORDER BY sum(t.amount) DESC, t.tender
"""


@dataclass(frozen=True, slots=True)
class ShiftSummary:
    """One shift; money in 分, times UTC ms, names as they are now.

    `amount` is what was due in the shift, less what was reversed or returned in it; `cash` the part
    of it that went through the drawer; `returned_amount` what returns gave back. `topped_up` and
    `value_refunded` is stored value that was paid in and out, `value_cash` what of both went
    through the drawer; none of it is in `amount`. `cash_in` and `cash_out` were moved by
    hand, neither below zero; `drawer_openings` counts openings without a sale. An open shift has no
    `closed_at`, and what was not counted or not read off the till is nothing.
    """

    shift_id: ShiftId
    number: int
    branch_id: BranchId
    counter_id: CounterId
    branch: str
    counter: str
    opened_by: str
    closed_by: str
    business_day: str
    opened_at: int
    closed_at: int | None
    opening_float: int
    counted: int | None
    till_total: int | None
    sales: int
    amount: int
    cash: int
    reversals: int
    member_sales: int
    earned: int
    redeemed: int
    topped_up: int
    value_refunded: int
    value_cash: int
    returns: int
    returned_amount: int
    opener_id: StaffId | None
    cash_in: int
    cash_out: int
    drawer_openings: int

    @property
    def expected(self) -> int:
        """Return what should lie in the drawer: float, cash of sales and top-ups, cash moved."""
        moved = self.cash_in - self.cash_out
        return self.opening_float + self.cash + self.value_cash + moved

    @property
    def difference(self) -> int | None:
        """Return what was counted beyond what was expected; below zero is missing."""
        return None if self.counted is None else self.counted - self.expected

    @property
    def till_difference(self) -> int | None:
        """Return our amount beyond the till's Z total: above zero we recorded more than it."""
        return None if self.till_total is None else self.amount - self.till_total


def shift_summary(reader: Reader, shift_id: ShiftId) -> ShiftSummary | None:
    """Return one shift; nothing for an unknown id."""
    row = reader.one(_ONE, (shift_id,))
    return None if row is None else _summary(row)


def last_shift(reader: Reader, counter_id: CounterId) -> ShiftSummary | None:
    """Return the counter's newest shift, open or closed."""
    row = reader.one(_LAST, (counter_id,))
    return None if row is None else _summary(row)


def shift_tenders(reader: Reader, shift_id: ShiftId) -> tuple[tuple[str, int, int], ...]:
    """Return (tender, 分, sales) of a shift, net of what was reversed in it; the largest first."""
    return tuple((row[0], row[1], row[2]) for row in reader.all(_TENDERS, (shift_id,)))


def shifts_of_days(
    reader: Reader, day_from: str, day_to: str, *, branch_id: BranchId | None
) -> tuple[ShiftSummary, ...]:
    """Return the shifts of business days (ISO, both included), newest first, at most 200."""
    rows = reader.all(_OF_DAYS, (day_from, day_to, branch_id, SHIFTS_MAX))
    return tuple(_summary(row) for row in rows)


def _summary(row: Row) -> ShiftSummary:
    return ShiftSummary(ShiftId(row[0]), row[1], BranchId(row[2]), CounterId(row[3]), *row[4:])
