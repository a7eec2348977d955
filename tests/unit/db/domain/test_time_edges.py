"""Where days begin and points end: leap days, clocks that change, the cut at four, last days."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.clock import BusinessCalendar
from db.domain.expiry import ExpiryRule, add_months, end_of_period, idle_end
from tests.support.programs import a_program, told

ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC")
days = st.dates(date(2023, 12, 1), date(2028, 3, 31))
CENT = {"money": {"points_per_step": 1, "value_per_step": "0.01"}}


def utc_ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def at(when: str, **act: Any) -> dict[str, Any]:
    return {"at": when} | act


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2100, 1, 31), 1, date(2100, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_months_last(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("rule", "first", "last"),
    [
        (ExpiryRule("days", 1), date(2028, 2, 28), date(2028, 2, 29)),
        (ExpiryRule("months", 1), date(2027, 1, 31), date(2027, 2, 28)),
        (ExpiryRule("months", 1, "month"), date(2028, 1, 31), date(2028, 2, 29)),
        (ExpiryRule("months", 1, "quarter"), date(2028, 1, 31), date(2028, 3, 31)),
        (ExpiryRule("years", 1, "half_year"), date(2028, 2, 29), date(2029, 6, 30)),
        (ExpiryRule("years", 1, "year"), date(2028, 12, 31), date(2029, 12, 31)),
        (ExpiryRule("inactivity", 1), date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_the_last_day_is_counted_from_the_first_and_rounded_up(
    rule: ExpiryRule, first: date, last: date
) -> None:
    assert rule.last_day(first) == last


@given(day=days, period=st.sampled_from(["none", "month", "quarter", "half_year", "year"]))
def test_a_rounded_day_is_never_earlier_and_rounds_to_itself(day: date, period: str) -> None:
    end = end_of_period(day, period)

    assert end >= day
    assert end_of_period(end, period) == end


@pytest.mark.parametrize(
    ("zone", "cut", "instant", "day"),
    [
        ("Asia/Shanghai", 240, "2026-06-02T03:59:59.999+08:00", date(2026, 6, 1)),
        ("Asia/Shanghai", 240, "2026-06-02T04:00:00+08:00", date(2026, 6, 2)),
        ("Asia/Shanghai", 240, "2028-03-01T03:59:00+08:00", date(2028, 2, 29)),
        ("Asia/Shanghai", 0, "2028-02-29T00:00:00+08:00", date(2028, 2, 29)),
        # New York, 10 March 2024: after 01:59 comes 03:00, so the day's cut at 02:30 is 03:30.
        ("America/New_York", 150, "2024-03-10T01:59:00-05:00", date(2024, 3, 9)),
        ("America/New_York", 150, "2024-03-10T03:00:00-04:00", date(2024, 3, 10)),
        # 3 November 2024: half past one comes twice, and is the evening of the day before twice.
        ("America/New_York", 120, "2024-11-03T01:30:00-04:00", date(2024, 11, 2)),
        ("America/New_York", 120, "2024-11-03T01:30:00-05:00", date(2024, 11, 2)),
        ("America/New_York", 120, "2024-11-03T02:00:00-05:00", date(2024, 11, 3)),
        # Lord Howe changes by half an hour.
        ("Australia/Lord_Howe", 240, "2024-04-07T04:00:00+10:30", date(2024, 4, 7)),
        ("Australia/Lord_Howe", 240, "2024-04-07T03:59:00+10:30", date(2024, 4, 6)),
    ],
)
def test_the_business_day_is_the_branchs_own(zone: str, cut: int, instant: str, day: date) -> None:
    assert BusinessCalendar(zone, cut).day_of(utc_ms(instant)) == day


@given(day=days, zone=st.sampled_from(ZONES), cut=st.sampled_from([0, 210, 240, 300]))
def test_a_day_begins_where_the_one_before_ends(day: date, zone: str, cut: int) -> None:
    calendar = BusinessCalendar(zone, cut)
    start = calendar.starts_at(day)

    assert calendar.day_of(start) == day
    assert calendar.day_of(start - 1) == day - timedelta(days=1)
    assert calendar.starts_at(day + timedelta(days=1)) > start


@given(
    instant=st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    zone=st.sampled_from(ZONES),
)
def test_days_never_go_back_while_time_goes_on(instant: datetime, zone: str) -> None:
    calendar = BusinessCalendar(zone, 240)
    now = int(instant.timestamp() * 1000)

    assert calendar.day_of(now) <= calendar.day_of(now + 1) <= calendar.day_of(now + 3_600_000)


def test_points_are_good_until_the_cut_after_their_last_day() -> None:
    program = a_program(points={"expiry": {"kind": "days", "after": 1}}, redemption=CENT)
    bought = at("2028-02-28T12:00:00+08:00", sale={"id": "S", "amount": "100.00"})

    answers = told(
        program,
        bought,
        at("2028-02-29T23:59:00+08:00", redeem={"points": 10}),
        at("2028-03-01T03:59:00+08:00", redeem={"points": 10}),
        at("2028-03-01T04:00:00+08:00", redeem={"points": 10}),
    )

    assert [answer["available"] for answer in answers] == [100, 90, 80, 0]
    assert answers[3]["refused"]["code"] == "insufficient_points"


def test_points_that_wait_a_day_wait_through_the_night_the_clocks_change() -> None:
    program = a_program(timezone="America/New_York", points={"pending_days": 1}, redemption=CENT)

    answers = told(
        program,
        at("2024-03-09T23:00:00-05:00", sale={"amount": "10.00"}),
        at("2024-03-10T03:59:00-04:00", redeem={"points": 10}),
        at("2024-03-10T04:00:00-04:00", redeem={"points": 10}),
    )

    assert [answer["pending"] for answer in answers] == [10, 10, 0]
    assert [answer["refused"] is None for answer in answers] == [True, False, True]


def test_caps_and_member_days_follow_the_business_day_of_the_programs_zone() -> None:
    program = a_program(
        timezone="Australia/Lord_Howe",
        points={"caps": {"per_day": 15}},
        earning=[
            {
                "id": "r",
                "when": {"month_day": [29]},
                "give": {"points": 1, "per_amount": "1.00"},
            }
        ],
    )
    ten = {"amount": "10.00"}

    answers = told(
        program,
        at("2028-02-29T04:00:00+11:00", sale=ten),
        at("2028-03-01T03:59:00+11:00", sale=ten),
        at("2028-03-01T04:00:00+11:00", sale=ten),
    )

    assert [answer["earned"] for answer in answers] == [10, 5, 0]


@pytest.mark.parametrize(
    ("terms", "sale_days", "last"),
    [
        ("1", [], date(2028, 2, 29)),
        ("1", [date(2028, 2, 29)], date(2028, 3, 29)),
        ("1", [date(2028, 3, 1)], date(2028, 2, 29)),
        ("1", [date(2028, 2, 10), date(2028, 3, 10)], date(2028, 4, 10)),
        ("1/month", [date(2028, 2, 10)], date(2028, 3, 31)),
        ("1", [date(2028, 1, 2)], date(2028, 2, 29)),
    ],
)
def test_idle_points_count_anew_from_every_sale_on_which_they_live(
    terms: str, sale_days: list[date], last: date
) -> None:
    assert idle_end(terms, date(2028, 1, 31), sale_days) == last
