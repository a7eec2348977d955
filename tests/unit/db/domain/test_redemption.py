"""Points that pay: every limit at its edge, refused with the largest allowed figure."""

from typing import Any

import pytest

from db.domain.basket import MemberFacts
from db.domain.evaluation import bill_for
from db.domain.redemption import Bill, Chip, check_redemption, largest_redemption, quick_chips
from db.domain.redemption_refusals import (
    BelowMinimum,
    BelowMinSpend,
    BeyondLease,
    InsufficientPoints,
    MemberRequired,
    NotAStep,
    NotWithCoupon,
    OverAmount,
    OverDue,
    OverShare,
    RedemptionNotOffered,
)
from db.domain.refusals import Refusal
from tests.support.programs import DAY, NOON_MS, a_basket, a_line, a_program, sold


def a_rule(**money: Any) -> Any:
    terms = {"points_per_step": 100, "value_per_step": "1.00"} | money
    return a_program(redemption={"money": terms}).money


def check(points: int, *, balance: int = 10_000, due: int = 10_000, **terms: Any) -> int:
    return check_redemption(a_rule(**terms), points, balance=balance, bill=Bill.of_amount(due))


@pytest.mark.parametrize(
    ("points", "facts", "refusal", "largest"),
    [
        (150, {}, NotAStep, 10_000),
        (-100, {}, NotAStep, 10_000),
        (100, {"min_points": 500}, BelowMinimum, 10_000),
        (400, {"min_points": 450}, BelowMinimum, 10_000),
        (700, {"balance": 650}, InsufficientPoints, 600),
        (700, {"balance": 650, "min_points": 700}, InsufficientPoints, 0),
        (100, {"min_spend": "100.01"}, BelowMinSpend, 0),
        (5_100, {"max_share": "0.5"}, OverShare, 5_000),
        (3_400, {"max_share": "1/3"}, OverShare, 3_300),
        (2_100, {"max_amount": "20.99"}, OverAmount, 2_000),
        (1_100, {"due": 1_050}, OverDue, 1_000),
        (100, {"due": 50}, OverDue, 0),
    ],
)
def test_a_request_beyond_a_limit_is_refused_with_the_largest_figure(
    points: int, facts: dict[str, Any], refusal: type[Refusal], largest: int
) -> None:
    with pytest.raises(refusal) as refused:
        check(points, **facts)

    assert refused.value.details["largest"] == largest


@pytest.mark.parametrize(
    ("points", "facts", "value"),
    [
        (10_000, {}, 10_000),
        (500, {"min_points": 450}, 500),
        (600, {"balance": 650}, 600),
        (100, {"min_spend": "100.00"}, 100),
        (5_000, {"max_share": "0.5"}, 5_000),
        (2_000, {"max_amount": "20.00"}, 2_000),
    ],
)
def test_a_request_at_the_limit_is_granted(points: int, facts: dict[str, Any], value: int) -> None:
    assert check(points, **facts) == value


def test_odd_rates_are_floored_to_the_minor_unit() -> None:
    assert check(3, points_per_step=1, value_per_step="0.005") == 1


def test_points_worth_nothing_are_below_the_minimum() -> None:
    with pytest.raises(BelowMinimum) as refused:
        check(1, points_per_step=1, value_per_step="0.005")

    assert refused.value.minimum == 2


def test_a_lease_limits_what_a_counter_may_spend() -> None:
    rule = a_rule()

    with pytest.raises(BeyondLease) as refused:
        check_redemption(rule, 500, balance=900, spendable=300)

    assert refused.value.largest == largest_redemption(rule, balance=900, spendable=300) == 300


def test_without_an_amount_only_balance_step_and_minimum_apply() -> None:
    rule = a_rule(max_share="0.1", max_amount="1.00", min_spend="50.00")

    assert check_redemption(rule, 900, balance=900) == 900


def test_a_program_may_let_points_pay_for_nothing() -> None:
    with pytest.raises(RedemptionNotOffered):
        sold(a_program(redemption={}), a_basket(), redeem_points=100)
    assert bill_for(a_program(redemption={}), a_basket(), None, on=DAY, at_ms=NOON_MS).due == 1000


def test_points_belong_to_a_member() -> None:
    with pytest.raises(MemberRequired):
        sold(a_program(), a_basket(), member=None, redeem_points=100)


@pytest.mark.parametrize("name", ["coupon", "C10"])
def test_points_do_not_pay_beside_a_barred_coupon(name: str) -> None:
    rule = a_rule(not_with=[name])
    bill = Bill(due=1000, payable=1000, spend=1000, coupons=("C10",))

    with pytest.raises(NotWithCoupon):
        check_redemption(rule, 100, balance=900, bill=bill)
    assert largest_redemption(rule, balance=900, bill=bill) == 0


def test_another_coupon_bars_nothing() -> None:
    bill = Bill(due=1000, payable=1000, spend=1000, coupons=("C20",))

    assert check_redemption(a_rule(not_with=["C10"]), 100, balance=900, bill=bill) == 100


def test_excluded_lines_bear_none_of_it() -> None:
    money = {
        "points_per_step": 100,
        "value_per_step": "1.00",
        "exclude": {"category": ["tobacco"]},
    }
    program = a_program(redemption={"money": money})
    basket = a_basket(a_line("30.00", category="tobacco"), a_line("20.00"))

    result = sold(program, basket, redeem_points=2000)

    assert [line.redeemed_value for line in result.per_line] == [0, 2000]
    assert result.earned == 30
    with pytest.raises(OverDue) as refused:
        sold(program, basket, redeem_points=2100)
    assert refused.value.largest == 2000


def test_what_points_pay_is_spread_over_the_lines() -> None:
    result = sold(a_program(), a_basket(a_line(), a_line(), a_line()), redeem_points=1000)

    assert [line.redeemed_value for line in result.per_line] == [334, 333, 333]
    assert [line.redeemed_points for line in result.per_line] == [334, 333, 333]
    assert [line.paid for line in result.per_line] == [666, 667, 667]
    assert (result.redeemed, result.redeemed_value, result.due) == (1000, 1000, 2000)


@pytest.mark.parametrize(
    ("balance", "points"),
    [
        (99, []),
        (100, [100]),
        (250, [100, 200]),
        (500, [100, 200, 500]),
        (3_700, [100, 1_000, 3_700]),
        (123_400, [100, 5_000, 10_000]),
    ],
)
def test_chips_start_small_and_end_with_all_that_is_allowed(
    balance: int, points: list[int]
) -> None:
    chips = quick_chips(a_rule(), balance=balance, bill=Bill.of_amount(10_000))

    assert list(chips) == [Chip(count, count) for count in points]


def test_chips_begin_at_the_minimum() -> None:
    chips = quick_chips(a_rule(min_points=300), balance=2_000)

    assert [chip.points for chip in chips] == [300, 1_000, 2_000]


def test_chips_are_made_from_the_bill_of_the_basket() -> None:
    money = {"points_per_step": 100, "value_per_step": "1.00", "max_share": "0.5"}
    program = a_program(redemption={"money": money})

    bill = bill_for(program, a_basket(a_line("8.00")), MemberFacts(), on=DAY, at_ms=NOON_MS)

    assert [chip.points for chip in quick_chips(program.money, balance=900, bill=bill)] == [
        100,
        200,
        400,
    ]


def test_without_terms_there_are_no_chips() -> None:
    assert quick_chips(None, balance=2_000) == ()
