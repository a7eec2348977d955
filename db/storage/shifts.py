"""Shifts on disk: who stands at the counter, since when, and with what in the drawer."""

from dataclasses import dataclass

from db.storage.database import Statements


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift as stored; money in 分, times UTC ms. An open shift has no `closed_at`."""

    shift_id: bytes
    number: int
    branch_id: bytes
    counter_id: bytes
    staff_id: bytes | None
    business_day: str
    opened_at: int
    opening_float: int
    closed_at: int | None
    closed_by: bytes | None
    counted: int | None
    till_total: int | None


_COLUMNS = (
    "shift_id, number, branch_id, counter_id, staff_id, business_day, opened_at, opening_float,"
    " closed_at, closed_by, counted, till_total"
)
_OPEN = (
    f"SELECT {_COLUMNS} FROM shift WHERE counter_id = ? AND closed_at IS NULL"  # noqa: S608 - constant columns
    " ORDER BY opened_at DESC LIMIT 1"
)
_BY_ID = f"SELECT {_COLUMNS} FROM shift WHERE shift_id = ?"  # noqa: S608 - constant columns
_ADD = f"""
INSERT INTO shift ({_COLUMNS}) VALUES ({", ".join("?" * 12)})
ON CONFLICT (shift_id) DO UPDATE SET number = excluded.number, branch_id = excluded.branch_id,
    counter_id = excluded.counter_id, staff_id = excluded.staff_id,
    business_day = excluded.business_day, opened_at = excluded.opened_at,
    opening_float = excluded.opening_float
WHERE shift.number = 0
"""  # noqa: S608 - constant columns
_FORESEE = (
    "INSERT INTO shift (shift_id, number, branch_id, counter_id, business_day, opened_at,"
    " opening_float) VALUES (?, 0, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING"
)
"""A shift whose closing is here before its opening has the number 0: a restored head office hears
again in an order of its own, and the closing may lie in a later stream."""


class ShiftRepository:
    """Access to `shift` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def open_here(self, counter_id: bytes) -> ShiftRow | None:
        """Return the counter's open shift."""
        row = self._sql.one(_OPEN, (counter_id,))
        return None if row is None else ShiftRow(*row)

    def by_id(self, shift_id: bytes) -> ShiftRow | None:
        """Return the shift with this id."""
        row = self._sql.one(_BY_ID, (shift_id,))
        return None if row is None else ShiftRow(*row)

    def next_number(self, counter_id: bytes) -> int:
        """Return the number the counter's next shift gets."""
        return int(
            self._sql.value(
                "SELECT coalesce(max(number), 0) + 1 FROM shift WHERE counter_id = ?",
                (counter_id,),
            )
        )

    def add(self, row: ShiftRow) -> None:
        """Write a shift; writing it again changes nothing."""
        self._sql.run(
            _ADD,
            (
                row.shift_id,
                row.number,
                row.branch_id,
                row.counter_id,
                row.staff_id,
                row.business_day,
                row.opened_at,
                row.opening_float,
                row.closed_at,
                row.closed_by,
                row.counted,
                row.till_total,
            ),
        )

    def foresee(self, shift_id: bytes, *, branch_id: bytes, counter_id: bytes, day: str) -> None:
        """Make room for a shift that is not known yet, as of a business day; others stay."""
        self._sql.run(_FORESEE, (shift_id, branch_id, counter_id, day, 0))

    def close(
        self,
        shift_id: bytes,
        *,
        closed_at: int,
        closed_by: bytes | None,
        counted: int | None,
        till_total: int | None,
    ) -> None:
        """Close a shift with what was counted, in 分."""
        self._sql.run(
            "UPDATE shift SET closed_at = ?, closed_by = ?, counted = ?, till_total = ?"
            " WHERE shift_id = ? AND closed_at IS NULL",
            (closed_at, closed_by, counted, till_total, shift_id),
        )
