"""Lots: who pays first, what is available on a day, and when a lot ends."""

from datetime import date

import pytest

from db.domain.expiry import ExpiryRule, add_months, end_of_period, lapsed
from db.domain.ids import LotId
from db.domain.lots import Lot, available_on, next_expiry, pending, spend_order, take

DAY = date(2026, 6, 1)


def a_lot(
    name: str, points: int = 100, *, ends: date | None = None, since: date = DAY, opened: int = 0
) -> Lot:
    return Lot(LotId(name.encode().rjust(16)), points, since, ends, opened)


def names(lots: list[Lot]) -> str:
    return "".join(lot.lot_id.decode().strip() for lot in lots)


def test_nearest_expiry_pays_first_then_the_oldest_and_never_last() -> None:
    lots = [
        a_lot("n", opened=0),
        a_lot("b", ends=date(2026, 7, 1), opened=2),
        a_lot("a", ends=date(2026, 7, 1), opened=1),
        a_lot("z", ends=date(2026, 6, 15), opened=9),
        a_lot("m", opened=5),
    ]

    assert names(spend_order(lots, DAY)) == "zabnm"


def test_lots_that_cannot_pay_are_left_out() -> None:
    lots = [
        a_lot("e", ends=date(2026, 5, 31)),
        a_lot("p", since=date(2026, 6, 2)),
        a_lot("0", 0),
        a_lot("d", -5),
        a_lot("g", ends=DAY),
    ]

    assert names(spend_order(lots, DAY)) == "g"


def test_taking_empties_one_lot_before_the_next() -> None:
    lots = [a_lot("a", 30, ends=date(2026, 7, 1)), a_lot("b", 50), a_lot("c", 50, opened=1)]

    taken = take(lots, 60, DAY)

    assert [(lot_id.decode().strip(), part) for lot_id, part in taken] == [("a", 30), ("b", 30)]
    assert take(lots, 0, DAY) == []


def test_taking_more_than_there_is_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        take([a_lot("a", 30)], 31, DAY)


def test_the_last_day_is_inclusive() -> None:
    lots = [a_lot("a", ends=date(2026, 6, 30))]

    assert available_on(lots, date(2026, 6, 30)) == 100
    assert available_on(lots, date(2026, 7, 1)) == 0
    assert lapsed(lots, on=date(2026, 6, 30)) == []
    assert lapsed(lots, on=date(2026, 7, 1)) == lots


def test_pending_points_become_available_on_their_day() -> None:
    lots = [a_lot("a", since=date(2026, 6, 8)), a_lot("b", 20)]

    assert (available_on(lots, DAY), pending(lots, DAY)) == (20, 100)
    assert (available_on(lots, date(2026, 6, 8)), pending(lots, date(2026, 6, 8))) == (120, 0)


def test_owed_points_count_against_the_balance() -> None:
    lots = [a_lot("a", 30), a_lot("b", -50, ends=date(2026, 5, 1))]

    assert available_on(lots, DAY) == -20


def test_the_next_expiry_adds_up_what_ends_that_day() -> None:
    lots = [
        a_lot("a", 10, ends=date(2026, 7, 1)),
        a_lot("b", 20, ends=date(2026, 7, 1)),
        a_lot("c", 40, ends=date(2026, 8, 1)),
        a_lot("d"),
    ]

    assert next_expiry(lots, DAY) == (date(2026, 7, 1), 30)
    assert next_expiry([a_lot("d")], DAY) is None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("none", date(2026, 2, 10)),
        ("month", date(2026, 2, 28)),
        ("quarter", date(2026, 3, 31)),
        ("half_year", date(2026, 6, 30)),
        ("year", date(2026, 12, 31)),
    ],
)
def test_a_period_is_rounded_up_to_its_last_day(period: str, expected: date) -> None:
    assert end_of_period(date(2026, 2, 10), period) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ExpiryRule(), None),
        (ExpiryRule("days", 90), date(2026, 8, 30)),
        (ExpiryRule("months", 12), date(2027, 6, 1)),
        (ExpiryRule("years", 2), date(2028, 6, 1)),
        (ExpiryRule("months", 1, "quarter"), date(2026, 9, 30)),
        (ExpiryRule("inactivity", 6), date(2026, 12, 1)),
    ],
)
def test_a_lot_ends_as_the_program_says(rule: ExpiryRule, expected: date | None) -> None:
    assert rule.last_day(DAY) == expected
