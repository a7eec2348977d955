"""What a document says about the end of points, as a rule; and which lots have run out."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.domain.expiry import ExpiryRule, idle_end, lapsed
from db.domain.ids import LotId
from db.domain.lots import Lot
from tests.support.programs import DAY, a_basket, a_program, sold


def a_lot(points: int, *, ends: date | None, since: date = DAY) -> Lot:
    return Lot(LotId(bytes(16)), points, since, ends)


@pytest.mark.parametrize(
    ("expiry", "rule", "idle"),
    [
        ({"kind": "never"}, ExpiryRule("never", 0, "none"), ""),
        ({"kind": "days", "after": 90}, ExpiryRule("days", 90, "none"), ""),
        (
            {"kind": "months", "after": 12, "round_up_to": "quarter"},
            ExpiryRule("months", 12, "quarter"),
            "",
        ),
        ({"kind": "years", "after": 2, "round_up_to": "year"}, ExpiryRule("years", 2, "year"), ""),
        ({"kind": "inactivity", "months": 6}, ExpiryRule("inactivity", 6, "none"), "6"),
        (
            {"kind": "inactivity", "months": 18, "round_up_to": "month"},
            ExpiryRule("inactivity", 18, "month"),
            "18/month",
        ),
    ],
)
def test_a_documents_expiry_is_a_rule_and_a_lot_keeps_the_terms_of_idleness(
    expiry: dict[str, Any], rule: ExpiryRule, idle: str
) -> None:
    program = a_program(points={"expiry": expiry})

    assert program.expiry == rule
    (award,) = sold(program, a_basket()).awards
    assert (award.expires_on, award.idle) == (rule.last_day(DAY), idle)


def test_a_lot_has_run_out_the_day_after_its_last_if_it_holds_a_point() -> None:
    yesterday = DAY - timedelta(days=1)
    one, empty, owed = (a_lot(points, ends=yesterday) for points in (1, 0, -3))
    today, endless = a_lot(5, ends=DAY), a_lot(5, ends=None)

    assert lapsed([empty, one, owed, today, endless], on=DAY) == [one]


@pytest.mark.parametrize(
    ("terms", "sales", "last"),
    [
        ("1@2026-03-03", [], date(2026, 3, 3)),
        ("1@2026-03-03", [date(2026, 2, 1)], date(2026, 3, 3)),  # on its first day
        ("1@2026-03-03", [date(2026, 2, 2)], date(2026, 3, 3)),  # a month from there is less
        ("1@2026-03-03", [date(2026, 2, 2), date(2026, 3, 3)], date(2026, 4, 3)),
        ("1@2026-03-03", [date(2026, 3, 4)], date(2026, 3, 3)),
        ("2@2026-03-03", [date(2026, 2, 1)], date(2026, 3, 3)),  # not from its first day either
        ("1/quarter@2026-03-03", [date(2026, 2, 2)], date(2026, 3, 31)),
    ],
)
def test_a_sale_never_shortens_the_life_of_points_given_back_for_thirty_days(
    terms: str, sales: list[date], last: date
) -> None:
    assert idle_end(terms, date(2026, 2, 1), sales) == last
