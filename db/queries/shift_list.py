"""The latest shifts of a counter, with what was sold in each."""

from dataclasses import dataclass

from db.storage.database import Reader

_SHIFTS = """
SELECT s.shift_id, s.number, coalesce(f.name, ''), s.business_day, s.opened_at, s.closed_at,
       s.opening_float, s.counted, s.till_total,
       (SELECT count(*) FROM sale AS p WHERE p.shift_id = s.shift_id AND p.reversed_by IS NULL),
       (SELECT coalesce(sum(p.due), 0) FROM sale AS p
        WHERE p.shift_id = s.shift_id AND p.reversed_by IS NULL),
       (SELECT coalesce(sum(amount), 0) FROM drawer_entry
        WHERE shift_id = s.shift_id AND amount > 0),
       (SELECT coalesce(-sum(amount), 0) FROM drawer_entry
        WHERE shift_id = s.shift_id AND amount < 0)
FROM shift AS s LEFT JOIN staff AS f ON f.staff_id = s.staff_id
WHERE s.counter_id = ? ORDER BY s.closed_at IS NOT NULL, s.opened_at DESC, s.number DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift in a list; money in 分, times UTC ms, `sales` without the reversed ones."""

    shift_id: bytes
    number: int
    staff: str
    business_day: str
    opened_at: int
    closed_at: int | None
    opening_float: int
    counted: int | None
    till_total: int | None
    sales: int
    amount: int
    cash_in: int
    cash_out: int


def recent_shifts(reader: Reader, counter_id: bytes, *, limit: int) -> tuple[ShiftLine, ...]:
    """Return a counter's latest shifts, an open one first."""
    return tuple(ShiftLine(*row) for row in reader.all(_SHIFTS, (counter_id, limit)))
