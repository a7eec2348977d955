"""Stories told to a program: returns, voids, expiry, debt, tiers, and what is refused."""

from typing import Any

import pytest

from db.domain.preview.preview import preview
from db.domain.preview.scenario import InvalidScenario
from tests.support.programs import SPEND, a_program, told

CENT = {"money": {"points_per_step": 1, "value_per_step": "0.01"}}
LADDER = {
    "measure": "net_spend",
    "window": "calendar_year",
    "levels": [{"code": "plain"}, {"code": "gold", "from": "100.00", "multiplier": "2"}],
    "downgrade": "to_measure",
}


def sale(amount: str = "100.00", **facts: Any) -> dict[str, Any]:
    return {"sale": {"id": "S", "amount": amount} | facts}


def lines(*rows: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {"sale": {"id": "S", "lines": list(rows)} | facts}


def back(**facts: Any) -> dict[str, Any]:
    return {"return": {"sale": "S"} | facts}


def at(day: str, step: dict[str, Any]) -> dict[str, Any]:
    return step | {"at": f"{day}T12:00:00+08:00"}


STATE = ("available", "pending", "lots", "tier", "qualifying", "stored_value", "coupons")


def test_every_step_answers_with_every_field() -> None:
    row = {"sku": "A", "category": "food/snack", "quantity": 2, "unit_price": "19.99"}

    (answer,) = told(
        a_program(), lines(row, tenders={"cash": "39.98"}, redeem_points=100), balance=250
    )

    answer.pop("explanation")
    assert answer == {
        "earned": 38,
        "redeemed": 100,
        "redeemed_value": "1.00",
        "due": "38.98",
        "per_line": [
            {
                "line": 1,
                "earned": 38,
                "redeemed": 100,
                "redeemed_value": "1.00",
                "discount": "0.00",
            }
        ],
        "available": 188,
        "pending": 0,
        "lots": [
            {"points": 150, "available_on": "2026-06-01", "expires_on": None},
            {"points": 38, "available_on": "2026-06-01", "expires_on": None},
        ],
        "tier": None,
        "qualifying": "38.98",
        "stored_value": {"principal": "0.00", "bonus": "0.00"},
        "coupons": [],
        "refused": None,
    }


def test_a_refused_step_changes_nothing_and_the_story_goes_on() -> None:
    refused, after = told(a_program(), sale(redeem_points=500), sale(), balance=450)

    assert refused["refused"] == {
        "code": "insufficient_points",
        "details": {"balance": 450, "requested": 500, "largest": 400},
    }
    assert (refused["earned"], refused["available"], refused["per_line"]) == (0, 450, [])
    assert after["available"] == 550


def test_money_in_a_refusal_is_a_decimal_string() -> None:
    (answer,) = told(a_program(), sale("0.50", redeem_points=100), balance=450)

    assert answer["refused"]["code"] == "over_due"
    assert answer["refused"]["details"]["limit"] == "0.50"


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (back(lines=[{"line": 1, "quantity": 3}]), "over_return"),
        (back(lines=[{"line": 1}, {"line": 1, "quantity": 2}]), "over_return"),
        (back(lines=[{"line": 2}]), "unknown_line"),
        (back(amount="1.00"), "lines_required"),
        ({"return": {"sale": "T"}}, "unknown_sale"),
        ({"void": {"sale": "T"}}, "unknown_sale"),
        (sale(), "duplicate_sale"),
        (sale(id="T", coupons=["C"]), "coupon_unknown"),
        (sale(id="T", codes=["C"]), "code_unknown"),
        (sale(id="T", tenders={"stored_value": "1.00"}), "stored_value_not_offered"),
        ({"top_up": {"pay": "500.00"}}, "stored_value_not_offered"),
        ({"redeem": {"points": 100, "for": "gift:MUG"}}, "gift_unknown"),
        ({"adjust": {"points": -21}}, "insufficient_points"),
    ],
)
def test_what_cannot_be_done_is_refused(step: dict[str, Any], code: str) -> None:
    row = {"quantity": 2, "unit_price": "10.00"}

    before, answer = told(a_program(), lines(row), step)

    assert answer["refused"]["code"] == code
    assert [answer[name] for name in STATE] == [before[name] for name in STATE]


def test_expired_points_are_gone_after_their_last_day_and_written_off_by_the_review() -> None:
    program = a_program(points={"expiry": {"kind": "months", "after": 1}})
    answers = told(
        program,
        at("2026-01-31", sale()),
        at("2026-02-28", {"review": "expiry"}),
        at("2026-03-01", {"review": "tiers"}),
        at("2026-03-01", {"review": "expiry"}),
        at("2026-03-01", {"void": {"sale": "S"}}),
    )

    assert [answer["available"] for answer in answers] == [100, 100, 0, 0, 0]
    assert answers[2]["lots"] == answers[3]["lots"] == []


def test_a_sale_that_crosses_a_threshold_earns_at_the_old_tier() -> None:
    answers = told(a_program(tiers=LADDER), sale("150.00"), sale("10.00", id="T"))

    assert [answer["earned"] for answer in answers] == [150, 20]
    assert [answer["tier"] for answer in answers] == ["gold", "gold"]


def test_a_review_takes_the_tier_down_after_the_year() -> None:
    answers = told(
        a_program(tiers=LADDER),
        at("2026-06-01", sale()),
        at("2027-06-01", {"review": "tiers"}),
        at("2028-01-02", {"review": "tiers"}),
        at("2028-01-03", {"review": "tiers"}),
    )

    assert [answer["tier"] for answer in answers] == ["gold", "gold", "plain", "plain"]


def test_a_tier_given_in_the_scenario_is_kept() -> None:
    answers = told(a_program(tiers=LADDER), sale("10.00"), back(), tier="gold")

    assert [(answer["earned"], answer["tier"]) for answer in answers] == [
        (20, "gold"),
        (-20, "gold"),
    ]


def test_events_award_count_for_caps_and_may_raise_the_tier() -> None:
    points_ladder = LADDER | {
        "measure": "points_earned",
        "levels": [{"code": "plain"}, {"code": "gold", "from": "50"}],
    }
    signup = {"id": "hi", "when": {"event": ["signup"]}, "give": {"points": 60}}
    program = a_program(
        earning=[SPEND, signup], points={"caps": {"per_month": 100}}, tiers=points_ladder
    )

    answers = told(program, {"event": "signup"}, sale(), back(), sale(id="T"))

    assert [answer["earned"] for answer in answers] == [60, 40, -40, 0]
    assert [answer["tier"] for answer in answers] == ["gold", "gold", "gold", "gold"]
    assert answers[0]["qualifying"] == 60


def test_an_event_that_awards_nothing_raises_nobody() -> None:
    (answer,) = told(a_program(tiers=LADDER), {"event": "survey"})

    assert (answer["earned"], answer["tier"]) == (0, "plain")


def test_gifts_cost_their_points_while_they_last() -> None:
    gifts = {"gifts": [{"sku": "CUP", "points": 30, "stock": 1}]}
    cup = {"redeem": {"points": 30, "for": "gift:CUP"}}

    answers = told(a_program(redemption=gifts), cup, cup, balance=100)
    dear = told(a_program(redemption=gifts), cup, balance=10)[0]
    wrong = told(a_program(redemption=gifts), {"redeem": {"points": 20, "for": "gift:CUP"}})[0]

    assert (answers[0]["redeemed"], answers[0]["available"]) == (30, 70)
    assert answers[1]["refused"]["code"] == "gift_out_of_stock"
    assert dear["refused"]["code"] == "insufficient_points"
    assert wrong["refused"]["code"] == "gift_price"


def test_points_are_redeemed_for_another_till_with_or_without_its_amount() -> None:
    without, beyond, within = told(
        a_program(),
        {"redeem": {"points": 100}},
        {"redeem": {"points": 300, "amount": "2.50"}},
        {"redeem": {"points": 200, "amount": "2.50"}},
        balance=400,
    )

    assert (without["redeemed_value"], without["due"]) == ("1.00", "0.00")
    assert beyond["refused"]["details"]["largest"] == 200
    assert (within["redeemed_value"], within["due"]) == ("2.00", "0.50")


def test_an_adjustment_opens_a_lot_or_takes_what_there_is() -> None:
    answers = told(
        a_program(),
        {"adjust": {"points": 20}},
        {"adjust": {"points": -5}},
        {"adjust": {"points": 0}},
    )

    assert [answer["available"] for answer in answers] == [20, 15, 15]


def test_without_a_member_a_sale_earns_nothing_and_points_are_refused() -> None:
    steps = [
        {"at": "2026-06-01T12:00:00+08:00", "sale": {"amount": "10.00"}},
        *[
            {"at": "2026-06-01T12:00:00+08:00"} | step
            for step in (
                {"redeem": {"points": 100}},
                {"adjust": {"points": 5}},
                {"event": "signup"},
                {"review": "expiry"},
            )
        ],
    ]

    answers = preview(a_program(), {"member": None, "steps": steps})["steps"]

    assert (answers[0]["earned"], answers[0]["due"]) == (0, "10.00")
    assert {answer["refused"]["code"] for answer in answers[1:]} == {"member_required"}


def test_the_business_day_begins_at_the_cut() -> None:
    rule = {"id": "mon", "when": {"weekday": ["mon"]}, "give": {"points": 5}}

    answers = told(
        a_program(earning=[rule]),
        sale(id="A") | {"at": "2026-06-02T03:59:59+08:00"},
        sale(id="B") | {"at": "2026-06-02T04:00:00"},
    )

    assert [answer["earned"] for answer in answers] == [5, 0]


@pytest.mark.parametrize(
    ("scenario", "path", "code"),
    [
        ({}, "$.steps", "missing_field"),
        ({"steps": [], "members": {}}, "$.members", "unknown_field"),
        ({"steps": [{"at": "2026-06-01"}]}, "$.steps[0]", "one_kind"),
        ({"steps": [{"at": "soon", "event": "x"}]}, "$.steps[0].at", "no_such_time"),
        ({"steps": [{"at": "2026-06-01", "sale": {}}]}, "$.steps[0].sale", "lines_or_amount"),
        (
            {
                "steps": [
                    {"at": "2026-06-01", "sale": {"lines": [{"quantity": 0, "unit_price": "1"}]}}
                ]
            },
            "$.steps[0].sale.lines[0].quantity",
            "wrong_value",
        ),
        ({"steps": [], "member": {"birthday": "02-30"}}, "$.member.birthday", "no_such_day"),
        ({"steps": [], "member": {"joined_on": "2026-02-30"}}, "$.member.joined_on", "no_such_day"),
    ],
)
def test_a_malformed_scenario_is_refused_whole(
    scenario: dict[str, Any], path: str, code: str
) -> None:
    with pytest.raises(InvalidScenario) as refused:
        preview(a_program(), scenario)

    assert [(problem.path, problem.code) for problem in refused.value.problems] == [(path, code)]


def test_a_leap_day_is_a_birthday() -> None:
    assert told(a_program(), sale(), birthday="02-29", joined_on="2026-01-01")[0]["earned"] == 100
