"""Time as the rules see it: an instant passed in, and the business day it falls on.

A shop's day does not end at midnight. The cut hour (04:00 by default) belongs to the branch, so
that a sale at 01:30 counts for the evening that is still going on.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

DAY_CUT_MINUTES_DEFAULT = 240
TIMEZONE_DEFAULT = "Asia/Shanghai"


class Clock(Protocol):
    """What tells the time; the real one is in storage, tests and sandboxes bring their own."""

    @property
    def boot(self) -> str:
        """Return an id of this run of the machine; `mono_ms` compares only within one."""
        ...

    def wall_ms(self) -> int:
        """Return UTC milliseconds since 1970, as the machine believes them."""
        ...

    def mono_ms(self) -> int:
        """Return milliseconds that never go back within one boot."""
        ...


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Where a branch's days begin: its IANA time zone and the cut in minutes past midnight."""

    timezone: str = TIMEZONE_DEFAULT
    day_cut_minutes: int = DAY_CUT_MINUTES_DEFAULT

    def local(self, at_ms: int) -> datetime:
        """Return the wall-clock time of the branch at a UTC instant in ms."""
        return datetime.fromtimestamp(at_ms / 1000, tz=_zone(self.timezone))

    def day_of(self, at_ms: int) -> date:
        """Return the business day that holds a UTC instant in ms."""
        return (self.local(at_ms) - timedelta(minutes=self.day_cut_minutes)).date()

    def starts_at(self, day: date) -> int:
        """Return the UTC instant in ms at which a business day begins."""
        cut = timedelta(minutes=self.day_cut_minutes)
        start = datetime(day.year, day.month, day.day, tzinfo=_zone(self.timezone)) + cut
        return int(start.timestamp() * 1000)


def iso_of(at_ms: int, timezone: str = "UTC") -> str:
    """Return an instant as ISO 8601 with its offset, to the second."""
    zone = UTC if timezone == "UTC" else _zone(timezone)
    return datetime.fromtimestamp(at_ms // 1000, tz=zone).isoformat()


def is_iso_day(text: str) -> bool:
    """Say whether `text` writes a day as `2026-11-21`, the only form that is ever stored."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
