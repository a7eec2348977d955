"""Step 1: the tier's price and people's discounts, rounded once and spread."""

from db.domain.allocation import spread, spread_within
from db.domain.basket import MemberFacts
from tests.support.programs import a_basket, a_line, a_program, sold

FIVE_OFF = {
    "measure": "net_spend",
    "window": "lifetime",
    "levels": [{"code": "gold", "from": "0", "discount": "0.05"}],
}


def discounts(*lines: object, **facts: object) -> list[int]:
    program = a_program(tiers=FIVE_OFF)
    result = sold(program, a_basket(*lines, **facts), member=MemberFacts(tier="gold"))  # type: ignore[arg-type] # a maker's overrides
    return [line.discount for line in result.per_line]


def test_the_tiers_discount_is_rounded_once_and_leaves_delivery_alone() -> None:
    # 5 % of 1.11 + 1.11 is 11.1 分
    assert discounts(a_line("1.11"), a_line("1.11"), a_line("9.00", kind="delivery")) == [6, 5, 0]


def test_half_a_minor_unit_goes_up_for_the_member() -> None:
    assert discounts(a_line("0.10")) == [1]


def test_the_tiers_discount_comes_after_the_lines_own() -> None:
    assert discounts(a_line("10.00", discount=200)) == [200 + 40]


def test_a_discount_on_the_order_is_spread_over_the_goods() -> None:
    basket = a_basket(
        a_line("30.00"), a_line("8.00", kind="delivery"), a_line("10.00"), order_discount=1000
    )

    result = sold(a_program(), basket)

    assert [line.discount for line in result.per_line] == [750, 0, 250]
    assert (result.gross, result.discount, result.due) == (4800, 1000, 3800)


def test_delivery_bears_only_what_the_goods_cannot_and_nothing_goes_below_zero() -> None:
    basket = a_basket(a_line("3.00"), a_line("8.00", kind="delivery"), order_discount=500)

    assert [line.discount for line in sold(a_program(), basket).per_line] == [300, 200]

    everything = a_basket(a_line("3.00", discount=900), order_discount=500)
    assert sold(a_program(), everything).due == 0


def test_delivery_counts_for_no_threshold() -> None:
    rule = {"id": "r", "when": {"spend": {"min": "50.00"}}, "give": {"points": 5}}
    basket = a_basket(a_line("45.00"), a_line("5.00", kind="delivery"))

    assert sold(a_program(earning=[rule]), basket).earned == 0


def test_spreading_nothing_or_over_nothing_gives_zeros() -> None:
    assert spread(0, [1, 2]) == [0, 0]
    assert spread(5, [0, 0]) == [0, 0]
    assert spread(5, []) == []


def test_a_part_that_is_full_passes_the_rest_on() -> None:
    assert spread_within(10, [1, 1, 1], limits=[1, 9, 9]) == [1, 5, 4]
    assert spread_within(10, [1, 1], limits=[2, 3]) == [2, 3]
