"""What the counter and head office read about a sale's points, to the word and the digit."""

from typing import Any

import pytest

from db.domain.basket import MemberFacts
from db.domain.evaluation import SaleResult
from db.domain.explanation import Explained
from tests.support.programs import SPEND, a_basket, a_line, a_program, sold

GOLD = {
    "measure": "net_spend",
    "window": "lifetime",
    "levels": [
        {"code": "plain", "from": "0"},
        {"code": "gold", "from": "1000.00", "multiplier": "1.5"},
    ],
}
FOOD = a_line("10.50", category="food")
TOYS = a_line("10.50", category="toys", quantity=3)


def gives(rule_id: str, award: Any, **more: Any) -> dict[str, Any]:
    return {"id": rule_id, "give": award} | more


def of_step(result: SaleResult, step: str) -> list[Explained]:
    return [told for told in result.explanation if told["step"] == step]


def what_gives(award: dict[str, Any], *, price: str, quantity: int = 1) -> list[Explained]:
    result = sold(
        a_program(earning=[gives("r", award)]), a_basket(a_line(price, quantity=quantity))
    )
    (rule,) = of_step(result, "rule")
    given: list[Explained] = rule["gives"]
    return given


SLICES = [
    {"from": "0", "points": 1, "per_amount": "1.00"},
    {"from": "20.00", "points": 1, "per_amount": "3.00"},
]
LADDER = [
    {"from": "0", "points": 1, "per_amount": "3.00"},
    {"from": "40.00", "points": 1, "per_amount": "2.00"},
]
EVERY_KIND = [
    gives("never", {"points": 9}, when={"weekday": ["sun"]}),
    gives("nowhere", {"points": 9}, when={"category": ["wine"]}),
    SPEND,
    gives("steps", {"points": 10, "per_amount": "10.00", "whole_steps": True}),
    gives("slices", {"bands": SLICES}),
    gives("ladder", {"bands": LADDER, "mode": "whole"}),
    gives("toys", {"points": 5, "per_item": 2}, when={"category": ["toys"]}),
    gives("threes", {"points": 2, "per_item": 3, "whole_steps": True}),
    gives("visit", [{"points": 4}, {"points": 3}, {"coupon": "TEN"}, {"tag": "regular"}]),
    gives("x2", {"multiply": "2"}, when={"category": ["food"]}),
]
PER_AMOUNT = {"award": "per_amount", "base": "42.00"}
BANDS = {"award": "bands", "base": "42.00"}
PER_ITEM = {"award": "per_item"}
WHAT_EVERY_KIND_GIVES: list[tuple[str, list[Explained], list[int]]] = [
    ("spend", [PER_AMOUNT | {"points": 1, "per_amount": "1.00", "exact": "42"}], [1, 2]),
    ("steps", [PER_AMOUNT | {"points": 10, "per_amount": "10.00", "exact": "40"}], [1, 2]),
    ("slices", [BANDS | {"mode": "marginal", "exact": "82/3"}], [1, 2]),
    ("ladder", [BANDS | {"mode": "whole", "exact": "21"}], [1, 2]),
    ("toys", [PER_ITEM | {"points": 5, "per_item": 2, "units": 3, "exact": "7.5"}], [2]),
    ("threes", [PER_ITEM | {"points": 2, "per_item": 3, "units": 4, "exact": "2"}], [1, 2]),
    (
        "visit",
        [
            {"award": "points", "points": 4},
            {"award": "points", "points": 3},
            {"award": "coupon", "coupon": "TEN"},
            {"award": "tag", "tag": "regular"},
        ],
        [1, 2],
    ),
    ("x2", [{"award": "multiply", "factor": "2"}], [1]),
]
TIER_AND_RULE = [{"source": "tier:gold", "value": "1.5"}, {"source": "rule:x2", "value": "2"}]
# food (10.5 + 10 + 41/6 + 5.25 + 0.5) × 2 + 7/4, toys (31.5 + 30 + 20.5 + 15.75 + 7.5 + 1.5) × 1.5
# + 21/4
ROUNDED = {"exact": "5599/24", "rounding": "down", "points": 233, "remainder": "7/24"}
NO_BASE = {"step": "line", "base": "0.00", "multiplier": "1.5", "earned": 0}


def test_a_sale_with_every_kind_of_award_is_explained_from_program_to_coupon() -> None:
    program = a_program(
        earning=EVERY_KIND,
        points={"caps": {"per_sale": 200}, "base": {"exclude": {"category": ["tobacco"]}}},
        tiers=GOLD,
        coupons=[{"code": "TEN", "kind": "amount", "value": "10.00"}],
    )
    smoke, freight = a_line("5.00", category="tobacco"), a_line("8.00", kind="delivery")

    result = sold(program, a_basket(FOOD, TOYS, smoke, freight), member=MemberFacts(tier="gold"))

    assert list(result.explanation) == [
        {"step": "program", "program": "p", "version": 1},
        {"step": "rule", "rule": "never", "gives": [], "why": "condition"},
        {"step": "rule", "rule": "nowhere", "gives": [], "why": "no_line"},
        *(
            {"step": "rule", "rule": rule, "gives": given, "lines": lines}
            for rule, given, lines in WHAT_EVERY_KIND_GIVES
        ),
        {"step": "multiplier", "combine": "max", "parts": TIER_AND_RULE},
        {"step": "rounding"} | ROUNDED,
        {"step": "cap", "cap": "per_sale", "limit": 200, "before": 233, "after": 200},
        {"step": "line", "line": 1, "base": "10.50", "multiplier": "2", "earned": 58},
        {"step": "line", "line": 2, "base": "31.50", "multiplier": "1.5", "earned": 142},
        NO_BASE | {"line": 3, "why": "excluded"},
        NO_BASE | {"line": 4, "why": "delivery"},
        {"step": "coupon_award", "coupon": "TEN"},
    ]
    assert result.awards[0].rules == tuple(rule for rule, _, _ in WHAT_EVERY_KIND_GIVES)
    assert (result.coupon_awards, result.tag_awards) == (("TEN",), ("regular",))


def test_an_exclusive_rule_is_explained_with_everyone_it_silences_and_itself_not_among_them() -> (
    None
):
    program = a_program(
        earning=[
            SPEND,
            gives("first", {"points": 3}, stacking="exclusive", priority=1),
            gives("second", {"points": 5}, stacking="exclusive", priority=2),
            gives("x2", {"multiply": "2"}),
        ]
    )

    result = sold(program, a_basket())

    assert of_step(result, "rule") == [
        {"step": "rule", "rule": "spend", "gives": [], "why": "exclusive"},
        {"step": "rule", "rule": "first", "gives": [], "why": "exclusive"},
        {"step": "rule", "rule": "x2", "gives": [], "why": "exclusive"},
        {
            "step": "rule",
            "rule": "second",
            "gives": [{"award": "points", "points": 5}],
            "lines": [1],
        },
    ]
    assert of_step(result, "multiplier") == []
    assert result.awards[0].rules == ("second",)


@pytest.mark.parametrize(
    ("tier", "rules", "parts"),
    [
        ("plain", [], None),
        ("gold", [], [("tier:gold", "1.5")]),
        ("plain", ["2"], [("tier:plain", "1"), ("rule:x0", "2")]),
        ("gold", ["2", "1.25"], [("tier:gold", "1.5"), ("rule:x0", "2"), ("rule:x1", "1.25")]),
    ],
)
def test_multipliers_are_named_where_one_could_change_something(
    tier: str, rules: list[str], parts: list[tuple[str, str]] | None
) -> None:
    program = a_program(
        earning=[SPEND, *(gives(f"x{i}", {"multiply": factor}) for i, factor in enumerate(rules))],
        points={"combine_multipliers": "product"},
        tiers=GOLD,
    )

    told = of_step(sold(program, a_basket(), member=MemberFacts(tier=tier)), "multiplier")

    if parts is None:
        assert told == []
        return
    named = [{"source": source, "value": value} for source, value in parts]
    assert told == [{"step": "multiplier", "combine": "product", "parts": named}]


def test_a_tier_that_doubles_is_named_too() -> None:
    levels = [{"code": "plain", "from": "0"}, {"code": "top", "from": "9.00", "multiplier": "2"}]
    program = a_program(tiers=GOLD | {"levels": levels})

    result = sold(program, a_basket(), member=MemberFacts(tier="top"))

    assert [part["source"] for told in of_step(result, "multiplier") for part in told["parts"]] == [
        "tier:top"
    ]


def test_without_tiers_the_rules_multipliers_stand_alone() -> None:
    program = a_program(earning=[SPEND, gives("x2", {"multiply": "1.5"})])

    assert of_step(sold(program, a_basket()), "multiplier") == [
        {"step": "multiplier", "combine": "max", "parts": [{"source": "rule:x2", "value": "1.5"}]}
    ]


@pytest.mark.parametrize(
    ("rounding", "exact", "points", "remainder"),
    [
        ("down", "12.99", 12, "0.99"),
        ("half_up", "12.5", 13, "-0.5"),
        ("half_up", "12.49", 12, "0.49"),
        ("up", "12.01", 13, "-0.99"),
        ("up", "12", 12, "0"),
    ],
)
def test_rounding_says_what_was_lost_or_won(
    rounding: str, exact: str, points: int, remainder: str
) -> None:
    result = sold(a_program(points={"rounding": rounding}), a_basket(a_line(exact)))

    (told,) = of_step(result, "rounding")
    assert told == {
        "step": "rounding",
        "exact": exact,
        "rounding": rounding,
        "points": points,
        "remainder": remainder,
    }


def test_every_cap_that_cuts_is_named_with_what_it_left() -> None:
    caps = {"per_sale": 20, "per_day": 25, "per_month": 12}
    member = MemberFacts(awarded_today=10, awarded_this_month=5)

    result = sold(a_program(points={"caps": caps}), a_basket(a_line("30.00")), member=member)

    assert of_step(result, "cap") == [
        {"step": "cap", "cap": "per_sale", "limit": 20, "before": 30, "after": 20},
        {"step": "cap", "cap": "per_day", "limit": 25, "before": 20, "after": 15},
        {"step": "cap", "cap": "per_month", "limit": 12, "before": 15, "after": 7},
    ]


def test_a_cap_that_is_just_reached_cuts_nothing_and_a_used_up_one_leaves_nought() -> None:
    caps = {"per_sale": 10, "per_day": 12, "per_month": 14}
    at_the_edge = MemberFacts(awarded_today=2, awarded_this_month=4)
    beyond = MemberFacts(awarded_today=12, awarded_this_month=99)
    program = a_program(points={"caps": caps})

    assert of_step(sold(program, a_basket(), member=at_the_edge), "cap") == []
    assert of_step(sold(program, a_basket(), member=beyond), "cap") == [
        {"step": "cap", "cap": "per_day", "limit": 12, "before": 10, "after": 0}
    ]


@pytest.mark.parametrize(
    ("price", "exact"),
    [
        ("9.99", "9.99"),
        ("10.00", "10"),
        ("10.01", "10.03"),
        ("20.01", "40.05"),
        ("31.00", "95"),
    ],
)
def test_a_slice_of_one_minor_unit_counts(price: str, exact: str) -> None:
    bands = [
        {"from": "0", "points": 1, "per_amount": "1.00"},
        {"from": "10.00", "points": 3, "per_amount": "1.00"},
        {"from": "20.00", "points": 5, "per_amount": "1.00"},
    ]

    (told,) = what_gives({"bands": bands}, price=price)

    assert told == {"award": "bands", "mode": "marginal", "base": price, "exact": exact}


@pytest.mark.parametrize(
    ("band_steps", "award_steps", "exact"),
    [(True, False, "2"), (False, True, "2"), (False, False, "2.5"), (True, True, "2")],
)
def test_whole_steps_may_be_said_for_one_band_or_for_all(
    band_steps: bool, award_steps: bool, exact: str
) -> None:
    band = {"from": "0", "points": 1, "per_amount": "10.00", "whole_steps": band_steps}
    award = {"bands": [band], "mode": "whole", "whole_steps": award_steps}

    assert what_gives(award, price="25.00") == [
        {"award": "bands", "mode": "whole", "base": "25.00", "exact": exact}
    ]


@pytest.mark.parametrize("mode", ["whole", "marginal"])
def test_below_the_first_band_the_explanation_says_nought(mode: str) -> None:
    award = {"bands": [{"from": "50.00", "points": 1, "per_amount": "1.00"}], "mode": mode}

    assert what_gives(award, price="49.99") == [
        {"award": "bands", "mode": mode, "base": "49.99", "exact": "0"}
    ]


@pytest.mark.parametrize(
    ("award", "quantity", "exact"),
    [
        ({"points": 5, "per_item": 2}, 3, "7.5"),
        ({"points": 5, "per_item": 2, "whole_steps": True}, 3, "5"),
        ({"points": 1, "per_item": 3}, 2, "2/3"),
        ({"points": 1, "per_item": 3, "whole_steps": True}, 2, "0"),
    ],
)
def test_items_count_in_parts_or_in_whole_groups(
    award: dict[str, Any], quantity: int, exact: str
) -> None:
    assert what_gives(award, price="1.00", quantity=quantity) == [
        {
            "award": "per_item",
            "points": award["points"],
            "per_item": award["per_item"],
            "units": quantity,
            "exact": exact,
        }
    ]
