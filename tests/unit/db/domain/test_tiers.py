"""Tiers: what counts, over which window, and how a member rises and falls."""

from datetime import date
from fractions import Fraction

import pytest

from db.domain.tiers import (
    Qualifier,
    TierLadder,
    TierLevel,
    after_review,
    measured_in,
    window_start,
)
from tests.support.programs import a_program

LEVELS = tuple(
    TierLevel(code, start, Fraction(1), Fraction(0))
    for code, start in (("plain", 0), ("silver", 100), ("gold", 200))
)
DAY = date(2026, 6, 15)


def a_ladder(window: str = "lifetime", **facts: object) -> TierLadder:
    return TierLadder(**({"window": window, "levels": LEVELS} | facts))  # type: ignore[arg-type] # overrides by name


def spent(on: date, amount: int) -> Qualifier:
    return Qualifier(on=on, net_spend=amount, visits=1, points_earned=amount // 2)


@pytest.mark.parametrize(
    ("measured", "code"),
    [(0, "plain"), (99, "plain"), (100, "silver"), (200, "gold"), (999, "gold")],
)
def test_a_level_is_reached_from_its_figure_on(measured: int, code: str) -> None:
    assert a_ladder().reached(measured) == code


def test_rising_never_falls() -> None:
    assert a_ladder().risen("gold", 0) == "gold"
    assert a_ladder().risen("plain", 150) == "silver"
    assert TierLadder().risen("foreign", 150) == "foreign"


def test_to_next_says_what_is_missing() -> None:
    ladder = a_ladder()

    assert ladder.to_next("plain", 60) == ("silver", 40)
    assert ladder.to_next("silver", 999) == ("gold", 0)
    assert ladder.to_next("gold", 300) is None


@pytest.mark.parametrize(
    ("window", "joined_on", "first"),
    [
        ("lifetime", None, date.min),
        ("calendar_year", None, date(2026, 1, 1)),
        ("rolling_12_months", None, date(2025, 6, 16)),
        ("anniversary", date(2024, 3, 10), date(2026, 3, 10)),
        ("anniversary", date(2024, 9, 10), date(2025, 9, 10)),
        ("anniversary", date(2024, 6, 15), date(2026, 6, 15)),
        ("anniversary", None, date(2026, 1, 1)),
    ],
)
def test_a_window_starts_where_its_period_does(
    window: str, joined_on: date | None, first: date
) -> None:
    assert window_start(a_ladder(window), DAY, joined_on) == first


@pytest.mark.parametrize(
    ("measure", "total"), [("net_spend", 30), ("visits", 2), ("points_earned", 15)]
)
def test_the_measure_is_summed_over_the_window(measure: str, total: int) -> None:
    known = [spent(date(2025, 12, 31), 100), spent(date(2026, 1, 1), 10), spent(DAY, 20)]
    ladder = a_ladder("calendar_year", measure=measure)

    assert measured_in(ladder, known, on=DAY, joined_on=None) == total


@pytest.mark.parametrize(
    ("downgrade", "code"), [("none", "gold"), ("one_step", "silver"), ("to_measure", "plain")]
)
def test_a_review_takes_down_as_the_program_says(downgrade: str, code: str) -> None:
    ladder = a_ladder("calendar_year", downgrade=downgrade)

    assert after_review(ladder, "gold", qualifiers=[], on=date(2027, 1, 1)) == code


def test_a_review_leaves_everyone_during_the_grace_days() -> None:
    ladder = a_ladder("calendar_year", downgrade="to_measure", grace_days=30)

    assert after_review(ladder, "gold", qualifiers=[], on=date(2027, 1, 30)) == "gold"
    assert after_review(ladder, "gold", qualifiers=[], on=date(2027, 1, 31)) == "plain"


def test_the_year_that_ended_decides_or_what_the_new_one_has_already() -> None:
    ladder = a_ladder("calendar_year", downgrade="to_measure")
    old = [spent(date(2026, 3, 1), 120)]
    new = [spent(date(2027, 1, 1), 250)]

    assert after_review(ladder, "gold", qualifiers=old, on=date(2027, 1, 2)) == "silver"
    assert after_review(ladder, "gold", qualifiers=old + new, on=date(2027, 1, 2)) == "gold"


def test_a_period_is_judged_once() -> None:
    ladder = a_ladder("calendar_year", downgrade="one_step")

    code = after_review(
        ladder, "silver", qualifiers=[], on=date(2027, 2, 1), reviewed_on=date(2027, 1, 1)
    )

    assert code == "silver"


def test_a_rolling_window_falls_only_when_grace_is_over() -> None:
    ladder = a_ladder("rolling_12_months", downgrade="to_measure", grace_days=30)
    known = [spent(date(2026, 1, 10), 250)]

    assert after_review(ladder, "gold", qualifiers=known, on=date(2027, 1, 20)) == "gold"
    assert after_review(ladder, "gold", qualifiers=known, on=date(2027, 2, 9)) == "plain"


def test_a_review_also_lifts() -> None:
    known = [spent(DAY, 250)]

    assert after_review(a_ladder(), "plain", qualifiers=known, on=DAY) == "gold"


def test_the_documents_ladder_is_read_in_its_own_unit() -> None:
    money = {"measure": "net_spend", "window": "lifetime", "levels": [{"code": "a", "from": "10"}]}
    visits = money | {"measure": "visits"}

    assert a_program(tiers=money).ladder.levels[0].reached_from == 1000
    assert a_program(tiers=visits).ladder.levels[0].reached_from == 10
    assert a_program().ladder.levels == ()
