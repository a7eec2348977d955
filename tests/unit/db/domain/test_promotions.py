"""Promotions: every effect on its target, gates, limits, and who wins the lane."""

from typing import Any

import pytest

from db.domain.basket import DELIVERY, BasketLine, MemberFacts
from db.domain.evaluation import SaleResult
from db.domain.offers.coupon_refusals import CodeNotApplicable, CodeUnknown
from db.domain.offers.coupons import OfferFacts
from db.domain.offers.targets import Used
from db.domain.offers.units import Pool, Units
from tests.support.programs import a_basket, a_line, a_program, sold


def offer(give: Any, **more: Any) -> dict[str, Any]:
    return {"id": "p", "lane": "order", "give": give} | more


def off(give: Any, *lines: BasketLine, **more: Any) -> list[int]:
    """Return what a promotion takes off each line, in 分."""
    program = a_program(promotions=[offer(give, **more)])
    return [line.discount for line in sold(program, a_basket(*lines)).per_line]


TEA, BREAD, WINE = (
    a_line("10.00", sku="tea", category="drink/tea", quantity=3),
    a_line("4.00", sku="bread", category="food", quantity=2),
    a_line("99.00", sku="wine", category="drink/wine"),
)
FREIGHT = a_line("8.00", sku="freight", kind=DELIVERY)


@pytest.mark.parametrize(
    ("give", "expected"),
    [
        ({"percent_off": "0.10"}, [300, 80, 990]),
        ({"amount_off": "13.70"}, [300, 80, 990]),
        ({"amount_off": "5.00", "per": "unit"}, [1500, 800, 500]),
        ({"amount_off": "999.00"}, [3000, 800, 9900]),
        ({"fixed_price": "9.90"}, [30, 0, 8910]),
        ({"nth_item": {"n": 2, "percent_off": "0.50"}}, [1000, 200, 0]),
        ({"nth_item": {"n": 2, "percent_off": "0.50"}, "times": 1}, [500, 0, 0]),
        ({"percent_off": "1", "max_units": 2}, [1000, 0, 9900]),
        ({"percent_off": "0.10", "max_value": "1.37"}, [30, 8, 99]),
        ({"bands": [{"from": "100.00", "amount_off": "13.70"}]}, [300, 80, 990]),
        ({"bands": [{"from": "200.00", "amount_off": "13.70"}]}, [0, 0, 0]),
        (
            {
                "bands": [
                    {"from_quantity": 2, "amount_off": "1.00"},
                    {"from_quantity": 6, "percent_off": "0.10"},
                ]
            },
            [300, 80, 990],
        ),
        ({"every": {"amount": "60.00", "amount_off": "6.85"}}, [300, 80, 990]),
        ({"every": {"amount": "60.00", "amount_off": "13.70"}, "times": 1}, [300, 80, 990]),
        ({"group": {"size": 5, "percent_off": "0.10"}}, [300, 80, 0]),
        ({"group": {"size": 2, "amount_off": "1.00"}, "per": "unit"}, [300, 200, 100]),
        ({"group": {"size": 4, "amount_off": "3.40"}}, [300, 40, 0]),
        (
            {
                "bundle": {
                    "items": [{"sku": "tea", "quantity": 2}, {"sku": "bread"}],
                    "price": "20.00",
                }
            },
            [333, 67, 0],
        ),
        (
            {
                "bundle": {
                    "items": [{"sku": "tea", "quantity": 2}, {"sku": "bread"}],
                    "price": "30.00",
                }
            },
            [0, 0, 0],
        ),
        ({"delivery": "free"}, [0, 0, 0]),
    ],
)
def test_an_effect_takes_off_each_line(give: dict[str, Any], expected: list[int]) -> None:
    assert off(give, TEA, BREAD, WINE) == expected


def test_bought_units_make_the_cheapest_free_ones() -> None:
    same = {"buy": 2, "get": 1}
    assert off(same, TEA, BREAD, WINE) == [0, 800, 0]
    assert off(same, TEA, BREAD, WINE, target={"sku": ["tea"]}) == [1000, 0, 0]
    apart = {"buy": 3, "get": 1, "of": {"sku": ["tea"]}, "free": {"sku": ["bread"]}}
    assert off(apart, TEA, BREAD) == [0, 400]
    assert off(apart | {"times": 1, "max_units": 1, "buy": 1}, TEA, BREAD) == [0, 400]


def test_a_unit_is_bought_or_free_and_never_both() -> None:
    overlapping = {"buy": 2, "get": 2, "of": {"category": ["drink"]}, "free": {"sku": ["tea"]}}
    # three teas and a wine: two are bought, the other two teas may be free
    assert off(overlapping, TEA, WINE) == [2000, 0]
    # of three teas alone only one is left to be free
    assert off(overlapping, TEA) == [1000]
    # a tea is cheaper than the cake, but all four drinks are needed as bought ones
    cake = a_line("50.00", sku="cake")
    one = {"buy": 4, "get": 1, "of": {"category": ["drink"]}, "free": {"sku": ["tea", "cake"]}}
    assert off(one, TEA, WINE, cake) == [0, 0, 5000]
    assert off(one | {"buy": 3}, TEA, WINE, cake) == [1000, 0, 0]


def test_a_million_units_cost_no_more_than_one() -> None:
    many = a_line("1.00", sku="nail", quantity=1_000_000)
    assert off({"buy": 2, "get": 1}, many) == [33_333_300]
    assert off({"bundle": {"items": [{"sku": "nail", "quantity": 3}], "price": "2.00"}}, many) == [
        33_333_300
    ]


def test_a_price_that_units_do_not_share_evenly_stays_exact() -> None:
    reduced = a_line("10.00", quantity=3, discount=100)  # 9.67, 9.67, 9.66
    assert off({"percent_off": "1", "max_units": 1}, reduced) == [100 + 967]
    assert off({"percent_off": "1"}, reduced, target="cheapest_unit") == [100 + 966]
    assert off({"percent_off": "1"}, reduced, target="dearest_unit") == [100 + 967]


def test_delivery_is_touched_only_where_it_is_named_and_counts_for_no_threshold() -> None:
    assert off({"delivery": "free"}, TEA, FREIGHT) == [0, 800]
    assert off({"delivery": "free", "max_value": "5.00"}, TEA, FREIGHT) == [0, 500]
    assert off({"percent_off": "0.50"}, TEA, FREIGHT) == [1500, 0]
    assert off({"percent_off": "0.50"}, TEA, FREIGHT, target={"sku": ["freight"]}) == [0, 400]
    not_food = {"not": {"category": ["food"]}}
    assert off({"percent_off": "0.50"}, TEA, FREIGHT, target=not_food) == [1500, 0]
    either = {"any": [{"category": ["food"]}, {"sku": ["freight"]}]}
    assert off({"percent_off": "0.50"}, TEA, FREIGHT, target=either) == [0, 400]
    assert off({"amount_off": "1.00"}, TEA, FREIGHT, spend={"min": "30.01"}) == [0, 0]


def test_gates_look_at_the_goods_of_the_target() -> None:
    tea = {"target": {"sku": ["tea"]}}
    one = {"amount_off": "1.00"}
    assert off(one, TEA, BREAD, **tea, spend={"min": "30.00"}) == [100, 0]
    assert off(one, TEA, BREAD, **tea, spend={"min": "30.01"}) == [0, 0]
    assert off(one, TEA, BREAD, **tea, spend={"max": "29.99"}) == [0, 0]
    assert off(one, TEA, BREAD, **tea, quantity={"min": 3}) == [100, 0]
    assert off(one, TEA, BREAD, **tea, quantity={"min": 4}) == [0, 0]
    assert off(one, TEA, BREAD, quantity={"min": 5, "max": 5}) == [79, 21]
    assert off(one, TEA, BREAD, target="cheapest_unit", spend={"min": "38.00"}) == [0, 100]


def test_line_leaves_of_when_ask_what_the_basket_holds() -> None:
    holds = {"when": {"all": [{"sku": ["bread"]}, {"spend": {"min": "38.00"}}]}}
    assert off({"percent_off": "0.10"}, TEA, BREAD, **holds) == [300, 80]
    assert off({"percent_off": "0.10"}, TEA, TEA, **holds) == [0, 0]


def won(*promotions: dict[str, Any], lanes: Any = None, **facts: Any) -> SaleResult:
    program = a_program(promotions=list(promotions), lanes=lanes or {})
    return sold(program, a_basket(TEA, BREAD, **facts.pop("basket", {})), **facts)


def values(result: SaleResult) -> dict[str, int]:
    return {used.promotion: used.value for used in result.promotions}


A, B, C = (
    offer({"amount_off": "5.00"}, id="a"),
    offer({"percent_off": "0.20"}, id="b"),
    offer({"amount_off": "7.60"}, id="c"),
)


def test_the_lane_goes_to_what_is_worth_most_then_to_priority_then_to_the_id() -> None:
    assert values(won(A, B)) == {"b": 760}
    assert values(won(C, B)) == {"b": 760}
    assert values(won(B, C | {"priority": 1})) == {"c": 760}


def test_all_of_a_lane_goes_in_order_each_on_what_is_left() -> None:
    every = {"order": "all"}
    assert values(won(A, B, lanes=every)) == {"a": 500, "b": 660}
    assert values(won(A, B | {"priority": 1}, lanes=every)) == {"b": 760, "a": 500}
    second = offer({"amount_off": "1.00"}, id="z", spend={"min": "33.01"})
    assert values(won(A, second, lanes=every)) == {"a": 500}


def test_an_exclusive_offer_has_its_lane_alone_and_closes_those_below() -> None:
    item = A | {"lane": "item", "exclusive": True}
    assert values(won(item, B)) == {"a": 500}
    assert values(won(item, B | {"lane": "item"}, C)) == {"b": 760, "c": 760}
    every = {"item": "all"}
    assert values(won(item, B | {"lane": "item", "priority": 9}, C, lanes=every)) == {"a": 500}
    nothing = item | {"spend": {"min": "1000.00"}}
    assert values(won(nothing, C)) == {"c": 760}


def test_each_promotion_says_why_it_gave_or_did_not() -> None:
    far = offer({"amount_off": "1.00"}, id="far", spend={"min": "100.00"})
    used_up = offer({"amount_off": "1.00"}, id="used_up", limit_total=2)
    on_a_monday = offer({"amount_off": "1.00"}, id="tue", when={"weekday": ["tue"]})
    rum = offer({"amount_off": "1.00"}, id="rum", target={"sku": ["rum"]})
    facts = OfferFacts(used={"used_up": Used(2, 0)})
    result = won(A, B, far, used_up, on_a_monday, rum, offers=facts)
    steps = {step["promotion"]: step for step in result.explanation if step["step"] == "promotion"}
    assert steps["b"] == {
        "step": "promotion",
        "promotion": "b",
        "lane": "order",
        "value": "7.60",
        "lines": ["6.00", "1.60"],
    }
    why = {name: {k: v for k, v in step.items() if k not in _SAME} for name, step in steps.items()}
    assert why == {
        "b": {"lines": ["6.00", "1.60"]},
        "a": {"why": "beaten", "by": "b", "worth": "5.00"},
        "far": {"why": "spend", "min": "100.00", "has": "38.00"},
        "used_up": {"why": "limit_total", "limit": 2, "used": 2},
        "tue": {"why": "condition"},
        "rum": {"why": "nothing"},
    }


_SAME = ("step", "promotion", "lane", "value")


def test_limits_for_a_member_need_a_member() -> None:
    once = A | {"limit_per_member": 1}
    assert values(won(once)) == {"a": 500}
    assert values(won(once, offers=OfferFacts(used={"a": Used(9, 1)}))) == {}
    assert values(won(once, offers=OfferFacts(used={"a": Used(9, 0)}))) == {"a": 500}
    assert values(won(once, member=None)) == {}
    assert values(won(A, member=None)) == {"a": 500}


def test_a_member_condition_holds_for_members_only() -> None:
    gold = A | {"when": {"tier": ["gold"]}}
    assert values(won(gold, member=MemberFacts(tier="gold"))) == {"a": 500}
    assert values(won(gold, member=None)) == {}


def test_a_code_is_needed_used_or_refused() -> None:
    coded = A | {"code": "FIVE"}
    typed = {"basket": {"codes": ("FIVE",)}}
    assert values(won(coded)) == {}
    assert values(won(coded, **typed)) == {"a": 500}
    assert values(won(coded, B, **typed)) == {"b": 760}
    with pytest.raises(CodeUnknown) as unknown:
        won(A, **typed)
    assert unknown.value.details == {"code_typed": "FIVE"}
    with pytest.raises(CodeNotApplicable) as refused:
        won(coded | {"spend": {"min": "38.01"}}, **typed)
    assert refused.value.details == {
        "code_typed": "FIVE",
        "promotion": "a",
        "why": "spend",
        "needed": "38.01",
        "has": "38.00",
    }


def test_one_code_may_stand_for_several_steps() -> None:
    low = A | {"code": "FIVE", "spend": {"min": "10.00"}}
    high = C | {"code": "FIVE", "spend": {"min": "100.00"}}
    assert values(won(low, high, basket={"codes": ("FIVE",)})) == {"a": 500}


def test_effects_of_one_promotion_look_at_the_same_prices_and_round_once() -> None:
    both = [{"percent_off": "0.20"}, {"percent_off": "0.10"}]
    assert off(both, a_line("100.00")) == [3000]
    assert off([{"percent_off": "0.70"}] * 2, a_line("100.00")) == [10_000]
    odd = [{"percent_off": "0.005"}, {"percent_off": "0.005"}]
    assert off(odd, a_line("1.50")) == [2]


def test_the_cashiers_discounts_stay_and_lie_around_the_promotions() -> None:
    reduced = a_line("100.00", discount=1000)
    program = a_program(promotions=[offer({"percent_off": "0.10"})])
    result = sold(program, a_basket(reduced, order_discount=500))
    # 100 − 10 by hand = 90; 10 % of it; then 5.00 off the order
    assert (result.discount, result.due) == (1000 + 900 + 500, 7600)
    assert values(result) == {"p": 900}


def test_the_tiers_price_comes_before_promotions() -> None:
    levels = [{"code": "gold", "discount": "0.10"}]
    tiers = {"measure": "visits", "window": "lifetime", "levels": levels}
    program = a_program(tiers=tiers, promotions=[offer({"percent_off": "0.10"})])
    assert sold(program, a_basket(a_line("100.00")), member=MemberFacts(tier="gold")).due == 8100


def test_points_are_earned_on_what_promotions_left() -> None:
    program = a_program(promotions=[offer({"percent_off": "0.10"})])
    assert sold(program, a_basket(a_line("100.00"))).earned == 90
    gross = a_program(points={"base": {"net_of": []}}, promotions=[offer({"percent_off": "0.10"})])
    assert sold(gross, a_basket(a_line("100.00"))).earned == 100


def test_a_pool_gives_the_odd_minor_unit_to_the_first_units() -> None:
    pool = Pool.of((a_line("1.00", quantity=3),), [200])
    assert pool.runs == ((Units(0, 67, 2), Units(0, 66, 1)),)
    assert pool.thinned([100]).nets == (100,)
    assert pool.at([200]) is pool


def test_a_large_basket_and_many_promotions_are_told_briefly() -> None:
    tuesday = {"when": {"weekday": ["tue"]}}
    far = [offer({"amount_off": "1.00"}, id=f"t{i:03}", **tuesday) for i in range(100)]
    near = offer({"amount_off": "1.00"}, id="z", spend={"min": "999.00"})
    program = a_program(promotions=[*far, near, A, C])
    few = sold(program, a_basket(TEA))
    many = sold(program, a_basket(*[TEA] * 101))

    steps = [step for step in few.explanation if step["step"] == "promotion"]
    assert len(steps) == 1 + 40
    assert {"a", "c", "z"} <= {step["promotion"] for step in steps}
    (gave,) = (step for step in many.explanation if step.get("value") == "7.60")
    assert "lines" not in gave
