"""The shop's clock in SQL: which hour it was, summer times included.

A database of ours knows no time zones, so the hours that a zone is ahead are handed to it as the
few instants at which they changed.
"""

from dataclasses import dataclass
from typing import Final

from db.domain.clock import BusinessCalendar
from db.storage.database import Reader

_STEP_MS: Final = 7 * 86_400_000
_MINUTE_MS: Final = 60_000
_HOUR_MS: Final = 3_600_000
_SPAN: Final = "SELECT min(sold_at), max(sold_at) FROM sale"


@dataclass(frozen=True, slots=True)
class HourShifts:
    """How many ms local time is ahead of UTC: `first`, and from each instant on another."""

    first: int = 0
    changes: tuple[tuple[int, int], ...] = ()

    def sql(self, at: str) -> str:
        """Return the local hour of an instant in UTC ms, 0 to 23."""
        ahead = str(self.first)
        if self.changes:
            cases = " ".join(f"WHEN {at} >= {since} THEN {ms}" for since, ms in self.changes[::-1])
            ahead = f"CASE {cases} ELSE {self.first} END"
        return f"(({at} + ({ahead})) / {_HOUR_MS} % 24)"


def hour_shifts(reader: Reader, calendar: BusinessCalendar) -> HourShifts:
    """Return the shifts between the first sale and the last."""
    row = reader.one(_SPAN)
    if row is None or row[0] is None:
        return HourShifts()
    at, last = int(row[0]), int(row[1])
    first = before = _ahead(calendar, at)
    changes = []
    while at < last:
        after = min(at + _STEP_MS, last)
        if _ahead(calendar, after) != before:
            changes.append(_changed(calendar, at, after))
            before = changes[-1][1]
        at = after
    return HourShifts(first, tuple(changes))


def _changed(calendar: BusinessCalendar, low: int, high: int) -> tuple[int, int]:
    """Return when within a week the clock was changed, to the minute, and how far ahead it is."""
    before = _ahead(calendar, low)
    while high - low > _MINUTE_MS:
        middle = (low + high) // 2
        if _ahead(calendar, middle) == before:
            low = middle
        else:
            high = middle
    high -= high % _MINUTE_MS
    return high, _ahead(calendar, high)


def _ahead(calendar: BusinessCalendar, at_ms: int) -> int:
    offset = calendar.local(at_ms).utcoffset()
    assert offset is not None, "a branch has a time zone"
    return int(offset.total_seconds()) * 1000
