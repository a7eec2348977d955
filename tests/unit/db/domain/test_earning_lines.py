"""Which line bears which points: the base of each, fixed points, and numbers spread to the last."""

from collections.abc import Sequence
from typing import Any

import pytest

from db.domain.allocation import spread, spread_within
from db.domain.awards import (
    Band,
    BandAward,
    Compiled,
    FixedAward,
    ItemAward,
    RateAward,
    denominator_of,
)
from db.domain.evaluation import SaleResult
from db.domain.offers.coupons import HeldCoupon, OfferFacts
from tests.support.programs import SPEND, a_basket, a_line, a_program, sold

TEN = {"code": "TEN", "kind": "amount", "value": "10.00"}
NO_TOBACCO = {"exclude": {"category": ["tobacco"]}}


def fixed(points: int, **when: Any) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": "fixed", "give": {"points": points}}
    return rule | {"when": when} if when else rule


def by_line(result: SaleResult) -> list[int]:
    assert sum(line.earned for line in result.per_line) == result.earned
    return [line.earned for line in result.per_line]


def bases(result: SaleResult) -> list[str]:
    return [told["base"] for told in result.explanation if told["step"] == "line"]


def test_fixed_points_go_to_the_selected_lines_by_their_base() -> None:
    basket = a_basket(a_line("0.03", sku="A"), a_line("0.02", sku="B"), a_line("0.01", sku="A"))

    assert by_line(sold(a_program(earning=[fixed(40, sku=["A"])]), basket)) == [30, 0, 10]


def test_fixed_points_on_different_lines_of_the_same_base_add_up() -> None:
    rules = [fixed(5, sku=["A"]) | {"id": "five"}, fixed(7, sku=["B"]) | {"id": "seven"}]
    basket = a_basket(a_line(sku="A"), a_line(sku="B"), a_line(sku="C"))

    assert by_line(sold(a_program(earning=[SPEND, *rules]), basket)) == [15, 17, 10]


def test_fixed_points_go_by_what_earns_and_not_by_what_was_paid() -> None:
    program = a_program(earning=[fixed(40)], points={"base": {"net_of": []}})

    assert by_line(sold(program, a_basket(a_line("10.00", discount=500), a_line()))) == [20, 20]


def test_fixed_points_on_lines_that_earn_nothing_go_by_what_was_paid_for_them() -> None:
    program = a_program(earning=[fixed(40, sku=["A"])], points={"base": {"stored_value": "none"}})
    basket = a_basket(
        a_line("0.03", sku="A"), a_line("0.02", sku="B"), a_line("0.01", sku="A"),
        stored_value_principal=6,
    )  # fmt: skip

    result = sold(program, basket)

    assert bases(result) == ["0.00", "0.00", "0.00"]
    assert by_line(result) == [30, 0, 10]


def test_fixed_points_on_free_lines_are_shared_by_those_lines_alone() -> None:
    basket = a_basket(a_line("0.00", sku="A"), a_line("9.00", sku="B"), a_line("0.00", sku="A"))

    assert by_line(sold(a_program(earning=[fixed(4, sku=["A"])]), basket)) == [2, 0, 2]


def test_fixed_points_of_a_visit_on_which_nothing_earns_go_by_what_was_paid() -> None:
    program = a_program(earning=[fixed(8)], points={"base": NO_TOBACCO})
    basket = a_basket(a_line("30.00", category="tobacco"), a_line("10.00", kind="delivery"))

    assert by_line(sold(program, basket)) == [6, 2]


def test_fixed_points_of_several_rules_add_up_before_they_are_spread() -> None:
    program = a_program(
        earning=[fixed(2, sku=["A"]), fixed(3) | {"id": "b"}, fixed(1, sku=["A"]) | {"id": "c"}]
    )

    assert by_line(sold(program, a_basket(a_line(sku="A"), a_line(sku="B")))) == [5, 1]


def test_one_point_of_full_steps_is_a_point() -> None:
    step = {"points": 1, "per_amount": "10.00", "whole_steps": True}

    assert by_line(
        sold(
            a_program(earning=[{"id": "a", "give": step}]),
            a_basket(a_line("15.00"), a_line("0.00")),
        )
    ) == [1, 0]


def test_stored_value_that_earns_nothing_is_borne_by_what_each_line_is_paid_with_money() -> None:
    money = {"points_per_step": 1, "value_per_step": "0.01", "exclude": {"sku": ["B"]}}
    program = a_program(points={"base": {"stored_value": "none"}}, redemption={"money": money})
    basket = a_basket(
        a_line("10.00", sku="A"), a_line("10.00", sku="B"), stored_value_principal=900
    )

    result = sold(program, basket, redeem_points=500)

    assert bases(result) == ["2.00", "4.00"]
    assert by_line(result) == [2, 4]


@pytest.mark.parametrize(
    ("net_of", "base"),
    [
        (["line_discount", "order_discount", "coupon", "points"], "60.00"),
        (["coupon"], "90.00"),
        (["line_discount"], "85.00"),
        (["order_discount"], "92.00"),
        (["points"], "93.00"),
        ([], "100.00"),
    ],
)
def test_each_reduction_lessens_the_base_where_the_program_says_so(
    net_of: list[str], base: str
) -> None:
    program = a_program(points={"base": {"net_of": net_of}}, coupons=[TEN])
    basket = a_basket(a_line("100.00", discount=1500), order_discount=800, coupons=("TEN1",))

    result = sold(
        program,
        basket,
        redeem_points=700,
        offers=OfferFacts(coupons=(HeldCoupon("TEN1", "TEN"),)),
    )

    assert (result.due, bases(result)) == (6_000, [base])


def test_points_alone_lessen_the_base_of_a_line_without_a_discount() -> None:
    assert bases(sold(a_program(), a_basket(a_line("10.00")), redeem_points=300)) == ["7.00"]


def test_rules_that_select_different_lines_multiply_only_those() -> None:
    program = a_program(
        earning=[
            SPEND,
            {"id": "x2", "when": {"sku": ["A", "B"]}, "give": {"multiply": "2"}},
            {"id": "x3", "when": {"sku": ["B", "C"]}, "give": {"multiply": "3"}},
        ],
        points={"combine_multipliers": "sum"},
    )
    lines = [a_line(sku=sku) for sku in "ABCDABCD"]

    assert by_line(sold(program, a_basket(*lines))) == [20, 40, 30, 10, 20, 40, 30, 10]


@pytest.mark.parametrize(
    ("awards", "parts"),
    [
        ([], 1),
        ([FixedAward(5), ItemAward(1, 7)], 1),
        ([RateAward(1, 300)], 300),
        ([RateAward(1, 4), RateAward(1, 6)], 12),
        ([RateAward(1, 4), BandAward((Band(0, RateAward(1, 9)), Band(5, RateAward(1, 10))))], 180),
    ],
)
def test_a_point_is_cut_into_the_fewest_parts_that_make_every_rate_whole(
    awards: list[Compiled], parts: int
) -> None:
    assert denominator_of(awards) == parts


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (4, [4, 1], [3, 1]),
        (-10, [1, 1, 1], [-4, -3, -3]),
        (-1, [1, 3], [0, -1]),
        (3, [3, 2, 6], [1, 0, 2]),
        (11, [3, 2, 6], [3, 2, 6]),
        (5, [0, 0], [0, 0]),
        (5, [0, 2, 0], [0, 5, 0]),
        (0, [1, 2, 3], [0, 0, 0]),
        (1, [1], [1]),
        (7, [], []),
    ],
)
def test_a_total_is_spread_by_largest_remainder(
    total: int, weights: Sequence[int], parts: list[int]
) -> None:
    assert spread(total, weights) == parts


@pytest.mark.parametrize(
    ("total", "weights", "limits", "parts"),
    [
        (12, [1, 1, 1], [1, 5, 9], [1, 5, 6]),
        (99, [1, 1, 1], [1, 5, 9], [1, 5, 9]),
        (12, [1, 0, 1], [1, 5, 9], [1, 0, 9]),
        (1, [1, 1], [0, 1], [0, 1]),
        (1, [3, 2], [1, 1], [1, 0]),
        (0, [1, 1], [5, 5], [0, 0]),
    ],
)
def test_no_part_passes_its_limit_and_the_others_take_the_rest(
    total: int, weights: list[int], limits: list[int], parts: list[int]
) -> None:
    assert spread_within(total, weights, limits=limits) == parts
