"""How far a member is, and until when a level is to be kept."""

from datetime import date
from fractions import Fraction

import pytest

from db.domain.tiers import TierLadder, TierLevel, progress, window_end

DAY = date(2028, 2, 29)
LEVELS = tuple(
    TierLevel(code, reached, Fraction(1), Fraction(0))
    for code, reached in (("plain", 0), ("silver", 10_000), ("gold", 50_000))
)


def ladder(window: str, downgrade: str = "one_step") -> TierLadder:
    return TierLadder("net_spend", window, LEVELS, downgrade, 30)


@pytest.mark.parametrize(
    ("window", "joined_on", "last"),
    [
        ("calendar_year", None, date(2028, 12, 31)),
        ("anniversary", date(2020, 2, 29), date(2029, 2, 27)),
        ("anniversary", date(2020, 3, 1), date(2028, 2, 29)),
        ("anniversary", None, date(2028, 12, 31)),
        ("rolling_12_months", None, None),
        ("lifetime", None, None),
    ],
)
def test_a_period_ends_the_day_before_the_next(
    window: str, joined_on: date | None, last: date | None
) -> None:
    assert window_end(ladder(window), DAY, joined_on) == last


def test_what_is_missing_for_the_next_level_and_for_keeping_this_one() -> None:
    told = progress(ladder("calendar_year"), "silver", 4_000, on=DAY, joined_on=None)

    assert (told.next_level, told.to_upgrade) == ("gold", 46_000)
    assert (told.to_keep, told.keep_by) == (6_000, date(2028, 12, 31))


@pytest.mark.parametrize(
    ("downgrade", "level"), [("none", "gold"), ("one_step", "plain"), ("one_step", "")]
)
def test_what_cannot_be_lost_needs_no_keeping(downgrade: str, level: str) -> None:
    told = progress(ladder("calendar_year", downgrade), level, 0, on=DAY, joined_on=None)

    assert (told.to_keep, told.keep_by) == (0, None)


def test_there_is_nothing_above_the_top() -> None:
    told = progress(ladder("lifetime"), "gold", 60_000, on=DAY, joined_on=None)

    assert (told.next_level, told.to_upgrade, told.to_keep) == ("", 0, 0)
