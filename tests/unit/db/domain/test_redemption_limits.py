"""Every refusal of points with all its figures, and the terms a program's document turns into."""

from fractions import Fraction
from typing import Any

import pytest

from db.domain.basket import DELIVERY
from db.domain.evaluation import bill_for
from db.domain.offers.coupons import HeldCoupon, OfferFacts
from db.domain.redemption import (
    Bill,
    Chip,
    RedemptionRule,
    check_redemption,
    compile_redemption,
    largest_redemption,
    quick_chips,
)
from db.domain.redemption_refusals import (
    BelowMinimum,
    BelowMinSpend,
    BeyondLease,
    InsufficientPoints,
    NotAStep,
    NotWithCoupon,
    OverAmount,
    OverDue,
    OverShare,
    RedemptionNotOffered,
)
from db.domain.refusals import Refusal
from tests.support.programs import DAY, NOON_MS, a_basket, a_line, a_program, sold


def a_rule(**terms: Any) -> RedemptionRule:
    """Return terms of 100 points for ¥1.00, in whole steps."""
    return RedemptionRule(**({"points_per_step": 100, "value_per_step": Fraction(100)} | terms))


def a_bill(due: int = 10_000, **facts: Any) -> Bill:
    return Bill(**({"due": due, "payable": due, "spend": due} | facts))


@pytest.mark.parametrize(
    ("terms", "bill", "points", "refusal", "details"),
    [
        ({}, {}, 150, NotAStep, {"requested": 150, "step": 100, "largest": 5_000}),
        ({}, {}, 0, NotAStep, {"requested": 0, "step": 100, "largest": 5_000}),
        ({}, {}, -100, NotAStep, {"requested": -100, "step": 100, "largest": 5_000}),
        (
            {"min_points": 301},
            {},
            300,
            BelowMinimum,
            {"requested": 300, "minimum": 400, "largest": 5_000},
        ),
        (
            {},
            {},
            5_100,
            InsufficientPoints,
            {"balance": 5_000, "requested": 5_100, "largest": 5_000},
        ),
        (
            {"min_spend": 10_001},
            {},
            100,
            BelowMinSpend,
            {"spend_minor": 10_000, "min_spend_minor": 10_001, "largest": 0},
        ),
        (
            {"not_with": frozenset({"TEN"})},
            {"coupons": ("FIVE", "TEN")},
            100,
            NotWithCoupon,
            {"coupon": "TEN", "largest": 0},
        ),
        (
            {"not_with": frozenset({"coupon"})},
            {"coupons": ("FIVE", "TEN")},
            100,
            NotWithCoupon,
            {"coupon": "FIVE", "largest": 0},
        ),
        (
            {},
            {"payable": 1_999},
            2_000,
            OverDue,
            {"requested": 2_000, "value_minor": 2_000, "limit_minor": 1_999, "largest": 1_900},
        ),
        (
            {"max_share": Fraction(1, 3)},
            {},
            3_400,
            OverShare,
            {"requested": 3_400, "value_minor": 3_400, "limit_minor": 3_333, "largest": 3_300},
        ),
        (
            {"max_amount": 1_950},
            {},
            2_000,
            OverAmount,
            {"requested": 2_000, "value_minor": 2_000, "limit_minor": 1_950, "largest": 1_900},
        ),
    ],
)
def test_a_refusal_carries_what_was_asked_the_limit_and_the_largest(
    terms: dict[str, Any],
    bill: dict[str, Any],
    points: int,
    refusal: type[Refusal],
    details: dict[str, Any],
) -> None:
    with pytest.raises(refusal) as refused:
        check_redemption(a_rule(**terms), points, balance=5_000, bill=a_bill(**bill))

    assert refused.value.details == details


def test_the_limits_are_tried_in_their_order() -> None:
    rule = a_rule(max_share=Fraction(1, 4), max_amount=500)

    for points, refusal in ((4_100, OverDue), (1_100, OverShare), (600, OverAmount)):
        with pytest.raises(refusal):
            check_redemption(rule, points, balance=9_000, bill=a_bill(4_000))


def test_without_terms_a_request_is_refused_with_what_it_was() -> None:
    with pytest.raises(RedemptionNotOffered) as refused:
        check_redemption(None, 300, balance=900)

    assert refused.value.details == {"requested": 300, "largest": 0}


def test_a_lease_may_be_spent_to_its_last_point_and_no_further() -> None:
    rule = a_rule()

    assert check_redemption(rule, 300, balance=900, spendable=300) == 300
    assert largest_redemption(rule, balance=900, spendable=399) == 300
    assert largest_redemption(rule, balance=250, spendable=900) == 200
    with pytest.raises(BeyondLease) as refused:
        check_redemption(rule, 400, balance=900, spendable=399)
    assert refused.value.details == {"spendable": 399, "requested": 400, "largest": 300}


def test_the_balance_is_asked_before_the_lease() -> None:
    with pytest.raises(InsufficientPoints):
        check_redemption(a_rule(), 400, balance=300, spendable=300)


@pytest.mark.parametrize(
    ("terms", "bill", "largest"),
    [
        ({"min_spend": 10_000}, {}, 5_000),
        ({"min_spend": 10_001}, {}, 0),
        ({"min_points": 5_000}, {}, 5_000),
        ({"min_points": 5_001}, {}, 0),
        ({}, {"payable": 100}, 100),
        ({}, {"payable": 99}, 0),
        ({"points_per_step": 1, "value_per_step": Fraction(1)}, {"payable": 0}, 0),
        ({"points_per_step": 1, "value_per_step": Fraction(1, 2)}, {"payable": 1}, 3),
        ({"points_per_step": 1, "value_per_step": Fraction(1, 2)}, {"payable": 0}, 0),
        ({"points_per_step": 3, "value_per_step": Fraction(7, 2)}, {"payable": 10}, 9),
        ({"points_per_step": 3, "value_per_step": Fraction(7, 2)}, {"payable": 11}, 9),
    ],
)
def test_the_largest_redemption_stands_at_the_edge_of_every_limit(
    terms: dict[str, Any], bill: dict[str, Any], largest: int
) -> None:
    rule, paying = a_rule(**terms), a_bill(**bill)

    assert largest_redemption(rule, balance=5_000, bill=paying) == largest
    if largest:
        assert check_redemption(rule, largest, balance=5_000, bill=paying) <= paying.payable
    with pytest.raises(Refusal):
        check_redemption(rule, largest + rule.points_per_step, balance=5_000, bill=paying)


@pytest.mark.parametrize(
    ("terms", "least"),
    [
        ({}, 100),
        ({"min_points": 1}, 100),
        ({"min_points": 100}, 100),
        ({"min_points": 101}, 200),
        ({"points_per_step": 1, "value_per_step": Fraction(1, 2)}, 2),
        ({"points_per_step": 1, "value_per_step": Fraction(2, 5)}, 3),
        ({"points_per_step": 5, "value_per_step": Fraction(1, 3), "min_points": 4}, 15),
    ],
)
def test_the_least_is_whole_steps_worth_a_minor_unit(terms: dict[str, Any], least: int) -> None:
    rule = a_rule(**terms)

    assert rule.least == least
    assert rule.value(least) >= 1


def test_a_document_says_all_terms_or_leaves_them_open() -> None:
    said = {
        "points_per_step": 200, "value_per_step": "1.50", "min_points": 400, "min_spend": "20.05",
        "max_share": "1/3", "max_amount": "50.10", "not_with": ["TEN"],
    }  # fmt: skip

    full = a_program(redemption={"money": said}).money
    bare = a_program(redemption={"money": {"points_per_step": 1, "value_per_step": "0.01"}}).money

    assert full == RedemptionRule(
        points_per_step=200,
        value_per_step=Fraction(150),
        min_points=400,
        min_spend=2_005,
        max_share=Fraction(1, 3),
        max_amount=5_010,
        not_with=frozenset({"TEN"}),
    )
    assert bare == RedemptionRule(points_per_step=1, value_per_step=Fraction(1))
    assert compile_redemption(None) is None


def test_the_bill_of_a_basket_tells_due_payable_spend_and_coupons_apart() -> None:
    program = a_program(
        redemption={
            "money": {
                "points_per_step": 1,
                "value_per_step": "0.01",
                "exclude": {"category": ["tobacco"]},
            }
        },
        coupons=[{"code": "TEN", "kind": "amount", "value": "10.00"}],
    )
    basket = a_basket(
        a_line("40.00"), a_line("5.00", kind=DELIVERY), a_line("60.00", category="tobacco"),
        coupons=("TEN1",),
    )  # fmt: skip
    offers = OfferFacts(coupons=(HeldCoupon("TEN1", "TEN"),))

    bill = bill_for(program, basket, None, on=DAY, at_ms=NOON_MS, offers=offers)

    assert bill == Bill(due=9_500, payable=4_100, spend=9_000, coupons=("TEN",))


def test_points_do_not_pay_in_a_sale_beside_a_coupon_that_bars_them() -> None:
    program = a_program(
        redemption={
            "money": {"points_per_step": 100, "value_per_step": "1.00", "not_with": ["TEN"]}
        },
        coupons=[{"code": "TEN", "kind": "amount", "value": "1.00"}],
    )
    offers = OfferFacts(coupons=(HeldCoupon("TEN1", "TEN"),))

    with pytest.raises(NotWithCoupon) as refused:
        sold(program, a_basket(coupons=("TEN1",)), redeem_points=100, offers=offers)

    assert refused.value.details == {"coupon": "TEN", "largest": 0}


def test_chips_propose_nothing_that_the_counters_lease_does_not_hold() -> None:
    chips = quick_chips(a_rule(), balance=5_000, spendable=450, bill=a_bill())

    assert chips == (Chip(100, 100), Chip(200, 200), Chip(400, 400))
    assert quick_chips(a_rule(), balance=5_000, spendable=99) == ()


def test_two_chips_are_enough_where_the_round_figure_is_one_of_them() -> None:
    assert quick_chips(a_rule(), balance=200) == (Chip(100, 100), Chip(200, 200))
    assert quick_chips(a_rule(min_points=1_000), balance=2_500) == (
        Chip(1_000, 1_000), Chip(2_500, 2_500),
    )  # fmt: skip
