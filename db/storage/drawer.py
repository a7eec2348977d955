"""The drawer's log and the papers printed again, on disk."""

from typing import NamedTuple

from db.storage.database import Statements


class DrawerRow(NamedTuple):
    """The drawer opened by hand, as stored; `amount` in 分, 0 where nothing was moved."""

    op: bytes
    kind: str
    shift_id: bytes | None
    amount: int
    reason: str
    counter_id: bytes
    staff_id: bytes | None
    entered_at: int
    business_day: str


class ReprintRow(NamedTuple):
    """A paper printed again, as stored; `printed` is the act it tells of."""

    op: bytes
    printed: bytes
    copy: int
    counter_id: bytes
    staff_id: bytes | None
    entered_at: int
    business_day: str


_ENTER = (
    "INSERT INTO drawer_entry (op, kind, shift_id, amount, reason, counter_id, staff_id,"
    " entered_at, business_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_REPRINT = (
    "INSERT INTO reprint (op, printed, copy, counter_id, staff_id, entered_at, business_day)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_COPIES = "SELECT coalesce(max(copy), 0) FROM reprint WHERE printed = ?"


class DrawerRepository:
    """Access to `drawer_entry` and `reprint` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def enter(self, row: DrawerRow) -> None:
        """Write down that the drawer was opened by hand."""
        self._sql.run(_ENTER, row)

    def print_again(self, row: ReprintRow) -> None:
        """Write down that a paper was printed again."""
        self._sql.run(_REPRINT, row)

    def copies(self, printed: bytes) -> int:
        """Return the number of the last copy of an act's paper; 0 where there is none."""
        return int(self._sql.value(_COPIES, (printed,)))
