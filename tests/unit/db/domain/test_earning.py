"""What a sale earns: rules, multipliers, exclusives, one rounding, caps, and the spread."""

from datetime import date
from typing import Any

import pytest

from db.domain.basket import MemberFacts
from db.domain.evaluation import evaluate_event
from tests.support.programs import DAY, NOON_MS, SPEND, a_basket, a_line, a_program, sold

GOLD = {
    "measure": "net_spend",
    "window": "lifetime",
    "levels": [
        {"code": "plain", "from": "0"},
        {"code": "gold", "from": "1000.00", "multiplier": "1.5"},
    ],
}


def earned(*rules: dict[str, Any], price: str = "10.00", **points: Any) -> int:
    return sold(a_program(earning=list(rules), points=points), a_basket(a_line(price))).earned


def gives(rule_id: str, award: Any, **more: Any) -> dict[str, Any]:
    return {"id": rule_id, "give": award} | more


def test_points_are_summed_exactly_and_rounded_once() -> None:
    third = {"points": 1, "per_amount": "30.00"}

    assert earned(gives("a", third), gives("b", third), gives("c", third)) == 1


@pytest.mark.parametrize(("rounding", "points"), [("down", 12), ("half_up", 13), ("up", 13)])
def test_the_sum_is_rounded_as_the_program_says(rounding: str, points: int) -> None:
    assert earned(SPEND, price="12.50", rounding=rounding) == points


def test_half_up_rounds_below_the_half_down() -> None:
    assert earned(SPEND, price="12.49", rounding="half_up") == 12


def test_whole_steps_award_full_amounts_only() -> None:
    ten = {"points": 10, "per_amount": "10.00", "whole_steps": True}

    assert earned(gives("a", ten), price="29.99") == 20


def test_without_whole_steps_an_award_is_proportional() -> None:
    assert earned(gives("a", {"points": 10, "per_amount": "10.00"}), price="29.99") == 29


@pytest.mark.parametrize(
    ("mode", "price", "points"),
    [
        ("marginal", "99.99", 99),
        ("marginal", "150.00", 200),
        ("whole", "99.99", 99),
        ("whole", "100.00", 200),
        ("whole", "150.00", 300),
    ],
)
def test_bands_count_slices_or_the_whole(mode: str, price: str, points: int) -> None:
    bands = {
        "bands": [
            {"from": "0", "points": 1, "per_amount": "1.00"},
            {"from": "100.00", "points": 2, "per_amount": "1.00"},
        ],
        "mode": mode,
    }

    assert earned(gives("a", bands), price=price) == points


def test_below_the_first_band_nothing_is_earned() -> None:
    bands = {"bands": [{"from": "50.00", "points": 1, "per_amount": "1.00"}], "mode": "whole"}

    assert earned(gives("a", bands), price="49.99") == 0


def test_bands_of_whole_steps_count_full_amounts_in_each_slice() -> None:
    bands = {
        "bands": [
            {"from": "0", "points": 1, "per_amount": "10.00", "whole_steps": True},
            {"from": "25.00", "points": 1, "per_amount": "1.00"},
        ]
    }

    assert earned(gives("a", bands), price="27.00") == 2 + 2


def test_per_item_counts_the_selected_units() -> None:
    rule = gives("a", {"points": 5, "per_item": 1}, when={"sku": ["A"]})
    basket = a_basket(a_line(sku="A", quantity=3), a_line(sku="B", quantity=4))

    assert sold(a_program(earning=[rule]), basket).earned == 15


def test_whole_groups_of_items_leave_the_rest_out() -> None:
    rule = gives("a", {"points": 5, "per_item": 2, "whole_steps": True})

    assert sold(a_program(earning=[rule]), a_basket(a_line(quantity=3))).earned == 5


def test_a_list_of_awards_gives_all_of_them() -> None:
    assert earned(gives("a", [{"points": 1, "per_amount": "1.00"}, {"points": 7}])) == 17


@pytest.mark.parametrize(("combine", "points"), [("max", 30), ("sum", 40), ("product", 60)])
def test_multipliers_meet_as_the_program_says(combine: str, points: int) -> None:
    double, triple = gives("x2", {"multiply": "2"}), gives("x3", {"multiply": "3"})

    assert earned(SPEND, double, triple, combine_multipliers=combine) == points


@pytest.mark.parametrize(("combine", "points"), [("max", 20), ("sum", 25), ("product", 30)])
def test_the_tier_is_one_of_the_multipliers(combine: str, points: int) -> None:
    program = a_program(
        earning=[SPEND, gives("x2", {"multiply": "2"})],
        points={"combine_multipliers": combine},
        tiers=GOLD,
    )

    assert sold(program, a_basket(), member=MemberFacts(tier="gold")).earned == points


def test_multipliers_never_touch_fixed_points() -> None:
    assert earned(SPEND, gives("b", {"points": 100}), gives("x2", {"multiply": "2"})) == 120


def test_a_multiplier_with_line_leaves_multiplies_those_lines_only() -> None:
    double = gives("x2", {"multiply": "2"}, when={"category": ["food"]})
    basket = a_basket(a_line(category="food/snack"), a_line(category="foodstuff"))

    result = sold(a_program(earning=[SPEND, double]), basket)

    assert [line.earned for line in result.per_line] == [20, 10]


def test_an_exclusive_rule_of_highest_priority_gives_alone() -> None:
    low = gives("low", {"points": 3}, stacking="exclusive", priority=1)
    high = gives("high", {"points": 5}, stacking="exclusive", priority=2)

    assert earned(SPEND, gives("x2", {"multiply": "2"}), low, high) == 5


def test_exclusive_rules_of_equal_priority_go_by_id() -> None:
    b = gives("b", {"points": 3}, stacking="exclusive")
    a = gives("a", {"points": 5}, stacking="exclusive")

    assert earned(b, a) == 5


def test_the_tier_multiplies_an_exclusive_rate_too() -> None:
    rule = gives("a", {"points": 2, "per_amount": "1.00"}, stacking="exclusive")
    program = a_program(earning=[SPEND, rule], tiers=GOLD)

    assert sold(program, a_basket(), member=MemberFacts(tier="gold")).earned == 30


def test_an_exclusive_rule_that_does_not_hold_silences_nobody() -> None:
    rule = gives("a", {"points": 5}, stacking="exclusive", when={"spend": {"min": "10.01"}})

    assert earned(SPEND, rule) == 10


@pytest.mark.parametrize(
    ("caps", "member", "points"),
    [
        ({"per_sale": 7}, MemberFacts(), 7),
        ({"per_day": 12}, MemberFacts(awarded_today=9), 3),
        ({"per_day": 12}, MemberFacts(awarded_today=30), 0),
        ({"per_month": 12}, MemberFacts(awarded_this_month=4), 8),
        ({"per_sale": 9, "per_day": 8, "per_month": 5}, MemberFacts(), 5),
        ({"per_sale": 10}, MemberFacts(), 10),
    ],
)
def test_caps_leave_what_room_there_is(
    caps: dict[str, int], member: MemberFacts, points: int
) -> None:
    program = a_program(points={"caps": caps})

    assert sold(program, a_basket(), member=member).earned == points


def test_points_are_spread_over_the_lines_by_largest_remainder() -> None:
    basket = a_basket(a_line("3.33"), a_line("3.33"), a_line("3.34"))

    result = sold(a_program(), basket)

    assert [line.earned for line in result.per_line] == [3, 3, 4]


def test_fixed_points_are_spread_by_what_earns() -> None:
    program = a_program(earning=[gives("visit", {"points": 10})])
    basket = a_basket(a_line("30.00"), a_line("10.00", kind="delivery"), a_line("10.00"))

    assert [line.earned for line in sold(program, basket).per_line] == [8, 0, 2]


def test_fixed_points_of_a_free_basket_are_spread_evenly() -> None:
    program = a_program(earning=[gives("visit", {"points": 3})])

    assert [
        line.earned for line in sold(program, a_basket(a_line("0.00"), a_line("0.00"))).per_line
    ] == [2, 1]


def test_what_is_excluded_earns_nothing_and_neither_does_delivery() -> None:
    program = a_program(
        points={"base": {"exclude": {"category": ["tobacco"]}}},
        earning=[SPEND, gives("item", {"points": 5, "per_item": 1})],
    )
    basket = a_basket(a_line(category="tobacco"), a_line(kind="delivery"), a_line())

    result = sold(program, basket)

    assert [line.earned for line in result.per_line] == [0, 0, 15]
    why = [step.get("why") for step in result.explanation if step["step"] == "line"]
    assert why == ["excluded", "delivery", None]


@pytest.mark.parametrize(
    ("net_of", "points"),
    [(["line_discount", "order_discount", "points"], 50), (["line_discount"], 80), ([], 100)],
)
def test_net_of_says_which_reductions_count(net_of: list[str], points: int) -> None:
    program = a_program(points={"base": {"net_of": net_of}})
    basket = a_basket(a_line("100.00", discount=2000), order_discount=1000)

    assert sold(program, basket, redeem_points=2000).earned == points


@pytest.mark.parametrize(("kind", "points"), [("all", 100), ("principal", 90), ("none", 60)])
def test_stored_value_earns_as_the_program_says(kind: str, points: int) -> None:
    program = a_program(points={"base": {"stored_value": kind}})
    basket = a_basket(a_line("100.00"), stored_value_principal=3000, stored_value_bonus=1000)

    assert sold(program, basket).earned == points


def test_a_sale_without_a_member_earns_nothing() -> None:
    result = sold(a_program(), a_basket(), member=None)

    assert (result.earned, result.awards, result.due) == (0, (), 1000)


def test_an_award_opens_one_lot_after_the_pending_days() -> None:
    program = a_program(points={"pending_days": 7, "expiry": {"kind": "months", "after": 1}})

    (award,) = sold(program, a_basket()).awards

    assert (award.points, award.rules) == (10, ("spend",))
    assert (award.available_on, award.expires_on) == (date(2026, 6, 8), date(2026, 7, 8))


def test_an_event_fires_the_rules_that_name_it_and_no_sale_does() -> None:
    signup = gives("signup", {"points": 50}, when={"event": ["signup"]})
    program = a_program(earning=[SPEND, signup])

    event = evaluate_event(program, "signup", MemberFacts(), on=DAY, at_ms=NOON_MS)
    other = evaluate_event(program, "survey", MemberFacts(), on=DAY, at_ms=NOON_MS)

    assert (event.earned, other.earned, sold(program, a_basket()).earned) == (50, 0, 10)
    assert event.awards[0].rules == ("signup",)
    assert other.awards == ()


def test_an_event_leaf_names_a_kind_or_one_occasion() -> None:
    rule = gives("came", {"points": 5}, when={"event": ["attended"]})
    one = gives("wine", {"points": 7}, when={"event": ["attended:wine"]})
    program = a_program(earning=[rule, one])

    wine = evaluate_event(program, "attended:wine", MemberFacts(), on=DAY, at_ms=NOON_MS)
    tea = evaluate_event(program, "attended:tea", MemberFacts(), on=DAY, at_ms=NOON_MS)

    assert (wine.earned, tea.earned) == (12, 5)


def test_the_explanation_says_why_every_rule_gave_or_did_not() -> None:
    program = a_program(
        earning=[
            SPEND,
            gives("later", {"points": 5}, when={"weekday": ["sun"]}),
            gives("other", {"points": 5}, when={"sku": ["Z"]}),
            gives("x2", {"multiply": "2"}),
        ],
        points={"caps": {"per_sale": 15}},
    )

    steps = sold(program, a_basket(a_line("10.30"))).explanation

    rules = {step["rule"]: step for step in steps if step["step"] == "rule"}
    assert rules["spend"]["gives"][0] == {
        "award": "per_amount",
        "points": 1,
        "per_amount": "1.00",
        "base": "10.30",
        "exact": "10.3",
    }
    assert rules["later"]["why"] == "condition"
    assert rules["other"]["why"] == "no_line"
    by_step = {step["step"]: step for step in steps}
    assert by_step["program"] == {"step": "program", "program": "p", "version": 1}
    assert by_step["multiplier"]["parts"] == [{"source": "rule:x2", "value": "2"}]
    assert by_step["rounding"]["remainder"] == "0.6"
    assert (by_step["cap"]["before"], by_step["cap"]["after"]) == (20, 15)
    assert by_step["line"]["multiplier"] == "2"


def test_the_explanation_says_who_was_silenced_by_an_exclusive_rule() -> None:
    program = a_program(earning=[SPEND, gives("e", {"points": 5}, stacking="exclusive")])

    steps = sold(program, a_basket()).explanation

    assert {"step": "rule", "rule": "spend", "gives": [], "why": "exclusive"} in steps
