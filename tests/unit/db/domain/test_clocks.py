"""Clocks: instants as text, stamps that never go back, and what the world's trouble tells."""

import pytest

from db.domain.clock import is_iso_day, iso_of
from db.domain.hlc import AHEAD_MS_MAX, COUNTER_BITS, merge, milliseconds, tick
from db.domain.trouble import Trouble

NOON_MS = 1_780_286_400_123


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("UTC", "2026-06-01T04:00:00+00:00"),
        ("Asia/Shanghai", "2026-06-01T12:00:00+08:00"),
        ("America/New_York", "2026-06-01T00:00:00-04:00"),
    ],
)
def test_an_instant_is_written_with_its_offset(zone: str, text: str) -> None:
    assert iso_of(NOON_MS, zone) == text


@pytest.mark.parametrize(
    ("text", "is_day"),
    [("2028-02-29", True), ("2026-02-29", False), ("20260601", False), ("soon", False)],
)
def test_a_day_has_one_way_to_be_written(text: str, is_day: bool) -> None:
    assert is_iso_day(text) is is_day


def test_a_stamp_goes_on_when_the_clock_goes_back() -> None:
    first = tick(0, NOON_MS)
    second = tick(first, NOON_MS - 5_000)

    assert milliseconds(first) == NOON_MS
    assert second == first + 1


def test_another_clock_moves_ours_on_but_not_beyond_what_is_plausible() -> None:
    ours = NOON_MS << COUNTER_BITS
    theirs = (NOON_MS + 1_000) << COUNTER_BITS
    mad = (NOON_MS + 10 * AHEAD_MS_MAX) << COUNTER_BITS

    assert merge(ours, theirs, NOON_MS) == theirs
    assert milliseconds(merge(ours, mad, NOON_MS)) == NOON_MS + AHEAD_MS_MAX
    assert merge(theirs, ours, NOON_MS) == theirs


def test_trouble_tells_what_its_sentence_needs() -> None:
    class DiskFull(Trouble):
        def __init__(self) -> None:
            self.free, self._secret = 7, 1

    assert DiskFull().details == {"free": 7}
