"""Coupons: what each kind takes off, when it is good, how it is refused, and a story of them."""

from datetime import date
from typing import Any

import pytest

from db.domain.basket import DELIVERY, MemberFacts
from db.domain.evaluation import SaleResult
from db.domain.offers.coupon_codes import coupon_code, read_coupon_code
from db.domain.offers.coupon_refusals import (
    CouponBelowMinSpend,
    CouponConditionsNotMet,
    CouponElsewhere,
    CouponExpired,
    CouponGiftMissing,
    CouponLimitReached,
    CouponNamedTwice,
    CouponNeedsMember,
    CouponNotHeld,
    CouponNotYetValid,
    CouponOfAnother,
    CouponUnknown,
    CouponUsed,
    CouponVoided,
    CouponWorthless,
)
from db.domain.offers.coupons import USED, VOID, HeldCoupon, OfferFacts
from db.domain.offers.targets import Used
from db.domain.redemption_refusals import NotWithCoupon
from db.domain.refusals import Refusal
from tests.support.programs import DAY, a_basket, a_line, a_program, sold, told

TEA = a_line("10.00", sku="tea", category="drink", quantity=2)
BREAD = a_line("4.00", sku="bread", category="food")
FREIGHT = a_line("8.00", kind=DELIVERY)
TEN = {"code": "TEN", "kind": "amount", "value": "10.00"}


def using(*coupons: dict[str, Any], held: Any = None, **facts: Any) -> SaleResult:
    """Sell tea and bread with one coupon of each kind, held as `<code>1`."""
    program = a_program(coupons=list(coupons), **facts.pop("program", {}))
    mine = tuple(HeldCoupon(f"{each['code']}1", each["code"]) for each in coupons)
    offers = facts.pop("offers", OfferFacts(coupons=mine if held is None else tuple(held)))
    lines = facts.pop("lines", (TEA, BREAD, FREIGHT))
    names = facts.pop("names", tuple(coupon.code for coupon in mine))
    return sold(program, a_basket(*lines, coupons=names), offers=offers, **facts)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ({"kind": "amount", "value": "6.00"}, [500, 100, 0]),
        ({"kind": "amount", "value": "99.00"}, [2000, 400, 0]),
        ({"kind": "percent", "value": "0.10"}, [200, 40, 0]),
        ({"kind": "percent", "value": "0.50", "max_value": "6.00"}, [500, 100, 0]),
        ({"kind": "gift", "value": "tea"}, [1000, 0, 0]),
        ({"kind": "delivery"}, [0, 0, 800]),
        ({"kind": "amount", "value": "6.00", "when": {"category": ["food"]}}, [0, 400, 0]),
        ({"kind": "percent", "value": "0.10", "min_spend": "24.00"}, [200, 40, 0]),
    ],
)
def test_each_kind_takes_off_what_it_says(kind: dict[str, Any], expected: list[int]) -> None:
    result = using({"code": "C", **kind})

    assert [line.discount for line in result.per_line] == expected
    (used,) = result.coupons
    assert (used.code, used.kind, used.value) == ("C1", "C", sum(expected))


def held(**facts: Any) -> tuple[HeldCoupon, ...]:
    return (HeldCoupon("TEN1", "TEN", **facts),)


@pytest.mark.parametrize(
    ("kind", "facts", "refusal", "details"),
    [
        ({}, {"names": ("X",)}, CouponUnknown, {"coupon": "X"}),
        ({}, {"names": ("TEN1", "TEN1")}, CouponNamedTwice, {"coupon": "TEN1"}),
        ({}, {"names": ("TEN1", "TEN")}, CouponNamedTwice, {"coupon": "TEN"}),
        ({}, {"names": ("TEN", "TEN")}, CouponNamedTwice, {"coupon": "TEN"}),
        ({}, {"held": (), "names": ("TEN",)}, CouponNotHeld, {"coupon": "TEN"}),
        ({}, {"held": held(mine=False)}, CouponOfAnother, {"coupon": "TEN1"}),
        ({}, {"held": held(state=USED)}, CouponUsed, {"coupon": "TEN1"}),
        ({}, {"held": held(state=VOID)}, CouponVoided, {"coupon": "TEN1"}),
        ({}, {"held": held(here=False)}, CouponElsewhere, {"coupon": "TEN1"}),
        (
            {},
            {"held": held(valid_to=date(2026, 5, 31))},
            CouponExpired,
            {"coupon": "TEN1", "valid_to": "2026-05-31"},
        ),
        (
            {},
            {"held": held(valid_from=date(2026, 6, 2))},
            CouponNotYetValid,
            {"coupon": "TEN1", "valid_from": "2026-06-02"},
        ),
        (
            {"min_spend": "24.01"},
            {},
            CouponBelowMinSpend,
            {"coupon": "TEN1", "min_spend_minor": 2401, "spend_minor": 2400},
        ),
        (
            {"min_spend": "4.01", "when": {"category": ["food"]}},
            {},
            CouponBelowMinSpend,
            {"coupon": "TEN1", "min_spend_minor": 401, "spend_minor": 400},
        ),
        (
            {"when": {"tier": ["gold"]}},
            {},
            CouponConditionsNotMet,
            {"coupon": "TEN1", "why": "condition"},
        ),
        (
            {"when": {"sku": ["rum"]}},
            {},
            CouponConditionsNotMet,
            {"coupon": "TEN1", "why": "no_line"},
        ),
        (
            {"kind": "gift", "value": "rum"},
            {},
            CouponGiftMissing,
            {"coupon": "TEN1", "sku": "rum"},
        ),
        (
            {"kind": "delivery", "value": "0"},
            {"lines": (TEA,)},
            CouponWorthless,
            {"coupon": "TEN1"},
        ),
        ({"limit_per_member": 1}, {"member": None}, CouponNeedsMember, {"coupon": "TEN1"}),
        (
            {"limit_per_member": 2},
            {"offers": OfferFacts(held(), coupons_used={"TEN": Used(5, 2)})},
            CouponLimitReached,
            {"coupon": "TEN1", "of": "member", "limit": 2, "used": 2},
        ),
        (
            {"limit_total": 5},
            {"offers": OfferFacts(held(), coupons_used={"TEN": Used(5, 0)})},
            CouponLimitReached,
            {"coupon": "TEN1", "of": "all", "limit": 5, "used": 5},
        ),
    ],
)
def test_a_coupon_that_cannot_be_used_is_refused_with_the_numbers(
    kind: dict[str, Any], facts: dict[str, Any], refusal: type[Refusal], details: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        using(TEN | kind, **facts)

    assert refused.value.details == details


def test_a_transferable_coupon_is_good_for_whoever_brings_it() -> None:
    anybodys = TEN | {"transferable": True}
    assert using(anybodys, held=held(mine=False)).coupons[0].value == 1000
    assert using(anybodys, held=held(mine=False), member=None).coupons[0].value == 1000


def test_of_several_the_valid_one_that_ends_first_is_used() -> None:
    several = (
        HeldCoupon("LATE", "TEN", valid_to=date(2026, 12, 31)),
        HeldCoupon("SOON", "TEN", valid_to=date(2026, 6, 1)),
        HeldCoupon("OVER", "TEN", valid_to=date(2026, 5, 1)),
        HeldCoupon("EARLY", "TEN", valid_from=date(2026, 6, 2), valid_to=date(2026, 6, 2)),
        HeldCoupon("GONE", "TEN", state=USED),
    )
    assert using(TEN, held=several, names=("TEN",)).coupons[0].code == "SOON"


FIVE = {"code": "FIVE", "kind": "amount", "value": "5.00"}


def test_one_coupon_has_the_lane_or_all_share_it() -> None:
    best = using(TEN, FIVE)
    assert [used.code for used in best.coupons] == ["TEN1"]
    loser = next(step for step in best.explanation if step.get("coupon") == "FIVE1")
    assert (loser["why"], loser["by"], loser["worth"]) == ("beaten", "TEN1", "5.00")
    every = {"program": {"lanes": {"coupon": "all"}}}
    assert [used.value for used in using(TEN, FIVE, **every).coupons] == [500, 1000]
    alone = using(TEN | {"exclusive": True}, FIVE, **every)
    assert [used.code for used in alone.coupons] == ["TEN1"]


def test_a_coupon_behind_an_exclusive_promotion_stays_unused() -> None:
    sole = {"id": "p", "lane": "order", "exclusive": True, "give": {"amount_off": "1.00"}}
    result = using(TEN, program={"promotions": [sole]})
    assert (result.coupons, result.discount) == ((), 100)
    step = next(step for step in result.explanation if step["step"] == "coupon")
    assert (step["why"], step["by"]) == ("exclusive", "p")


def test_several_of_one_kind_are_counted_together() -> None:
    two = (HeldCoupon("T1", "TEN"), HeldCoupon("T2", "TEN"))
    every = {"program": {"lanes": {"coupon": "all"}}}
    names = ("T1", "T2")
    both = using(TEN | {"limit_total": 2}, held=two, names=names, **every)
    assert [used.code for used in both.coupons] == ["T1", "T2"]
    with pytest.raises(CouponLimitReached) as refused:
        using(TEN | {"limit_total": 1}, held=two, names=names, **every)
    assert refused.value.details == {"coupon": "T2", "of": "all", "limit": 1, "used": 1}


def test_the_cashiers_discount_on_the_order_lies_before_the_coupons() -> None:
    tenth = {"code": "P", "kind": "percent", "value": "0.10"}
    program = a_program(coupons=[tenth])
    basket = a_basket(a_line("100.00"), order_discount=500, coupons=("P1",))
    result = sold(program, basket, offers=OfferFacts(coupons=(HeldCoupon("P1", "P"),)))
    assert (result.coupons[0].value, result.due) == (950, 8550)


def test_min_spend_is_tested_on_what_the_lanes_above_left() -> None:
    off = {"id": "p", "lane": "order", "give": {"amount_off": "4.01"}}
    assert using(TEN | {"min_spend": "24.00"}).coupons
    with pytest.raises(CouponBelowMinSpend):
        using(TEN | {"min_spend": "20.00"}, program={"promotions": [off]})


def test_points_do_not_pay_beside_a_coupon_that_was_used() -> None:
    money = {"points_per_step": 100, "value_per_step": "1.00", "not_with": ["coupon"]}
    program = {"redemption": {"money": money}}
    with pytest.raises(NotWithCoupon):
        using(TEN, redeem_points=100, program=program)
    assert using(names=(), redeem_points=100, program=program).redeemed_value == 100


def test_codes_have_a_check_character_and_forgive_how_they_are_typed() -> None:
    code = coupon_code(bytes(range(7)))
    assert len(code) == 12
    assert code.startswith("C")
    assert read_coupon_code(f" {code[:4].lower()}-{code[4:]} ") == code
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert read_coupon_code(wrong) == wrong
    assert read_coupon_code("welcome10") == "welcome10"


AWARDED = {"earning": [{"id": "r", "when": {"spend": {"min": "50.00"}}, "give": {"coupon": "TEN"}}]}


def story(kind: dict[str, Any], *steps: dict[str, Any], **program: Any) -> list[dict[str, Any]]:
    return told(a_program(coupons=[TEN | kind], **program), *steps)


def test_a_story_awards_uses_and_gives_back() -> None:
    days = {"valid": {"starts_after_days": 1, "days_after_issue": 30}}
    tomorrow = {"at": "2026-06-02T12:00:00+08:00"}
    first, same_day, used, back = story(
        days,
        {"sale": {"id": "A", "amount": "50.00"}},
        {"sale": {"id": "B", "amount": "30.00", "coupons": ["TEN"]}},
        tomorrow | {"sale": {"id": "C", "amount": "30.00", "coupons": ["TEN"]}},
        tomorrow | {"return": {"sale": "C"}},
        **AWARDED,
    )
    assert first["coupons"] == [
        {
            "code": "TEN",
            "id": "TEN#1",
            "kind": "amount",
            "value": "10.00",
            "valid_from": "2026-06-02",
            "valid_to": "2026-07-01",
            "state": "not_yet",
        }
    ]
    assert same_day["refused"]["code"] == "coupon_not_yet_valid"
    assert same_day["coupons"] == first["coupons"]
    assert (used["due"], used["coupons"]) == ("20.00", [])
    assert [coupon["state"] for coupon in back["coupons"]] == ["valid"]


def test_a_coupon_comes_back_only_with_all_it_was_used_on() -> None:
    lines = [
        {"sku": "tea", "category": "drink", "unit_price": "20.00", "quantity": 2},
        {"sku": "bread", "category": "food", "unit_price": "4.00"},
    ]
    drinks = {"when": {"category": ["drink"]}}
    back = {"return": {"sale": "S", "lines": [{"line": 1, "quantity": 1}]}}
    _award, used, one, two = story(
        drinks,
        {"sale": {"amount": "50.00"}},
        {"sale": {"id": "S", "lines": lines, "coupons": ["TEN"]}},
        back,
        back,
        **AWARDED,
    )
    assert [len(step["coupons"]) for step in (used, one, two)] == [0, 0, 1]
    bread = {"return": {"sale": "S", "lines": [{"line": 2, "quantity": 1}]}}
    _award, used, other = story(
        drinks,
        {"sale": {"amount": "50.00"}},
        {"sale": {"id": "S", "lines": lines, "coupons": ["TEN"]}},
        bread,
        **AWARDED,
    )
    assert [len(step["coupons"]) for step in (used, other)] == [0, 0]


def test_what_a_sale_issued_goes_with_it_unless_it_was_used() -> None:
    issue = {"sale": {"id": "A", "amount": "50.00"}}
    use = {"sale": {"id": "B", "amount": "30.00", "coupons": ["TEN"]}}
    _, gone = story({}, issue, {"void": {"sale": "A"}}, **AWARDED)
    assert gone["coupons"] == []
    *_, after = story({}, issue, use, {"void": {"sale": "A"}}, {"void": {"sale": "B"}}, **AWARDED)
    assert len(after["coupons"]) == 1


def test_no_coupon_is_issued_that_its_limits_or_days_would_not_let_be_used() -> None:
    sale = {"sale": {"amount": "50.00"}}
    one, two = story({"limit_per_member": 1}, sale, sale, **AWARDED)
    assert [len(step["coupons"]) for step in (one, two)] == [1, 1]
    assert {"step": "coupon_award", "coupon": "TEN", "why": "limit_per_member"} in two[
        "explanation"
    ]
    (over,) = story({"valid": {"to": "2026-05-31"}}, sale, **AWARDED)
    assert over["coupons"] == []
    assert over["explanation"][-1]["why"] == "expired"
    twice = {"earning": [*AWARDED["earning"], AWARDED["earning"][0] | {"id": "r2"}]}
    (once,) = story({"limit_per_member": 1}, sale, **twice)
    assert len(once["coupons"]) == 1
    one, two = story({"limit_total": 1}, sale, sale, **AWARDED)
    assert two["explanation"][-1]["why"] == "limit_total"


def test_an_event_issues_coupons_too() -> None:
    gift = {"id": "g", "when": {"event": ["survey"]}, "give": [{"points": 5}, {"coupon": "TEN"}]}
    (step,) = story({}, {"event": "survey"}, earning=[gift])
    assert (step["earned"], len(step["coupons"])) == (5, 1)


def test_a_code_that_no_award_issues_may_be_brought_within_its_days_and_limits() -> None:
    use = {"sale": {"amount": "30.00", "coupons": ["TEN"]}}
    first, second = story({"limit_total": 1}, use, use)
    assert (first["due"], second["refused"]["code"]) == ("20.00", "coupon_limit_reached")
    (refused,) = story({}, use, **AWARDED)
    assert refused["refused"]["code"] == "coupon_not_held"
    (refused,) = story({"valid": {"days_after_issue": 3}}, use)
    assert refused["refused"]["code"] == "coupon_not_held"


def test_without_a_member_coupons_of_nobody_are_used_and_limits_are_for_members() -> None:
    result = using(TEN, held=held(), member=None)
    assert result.coupons[0].value == 1000
    assert result.coupon_awards == ()


def test_days_of_a_kind() -> None:
    kinds = a_program(
        coupons=[
            TEN | {"valid": {"from": "2026-06-01", "to": "2026-06-18"}},
            FIVE | {"valid": {"days_after_issue": 0}},
        ]
    ).offers.coupons
    assert kinds["TEN"].days(DAY) == (date(2026, 6, 1), date(2026, 6, 18))
    assert kinds["FIVE"].days(DAY) == (None, DAY)


def test_a_member_of_a_tier_may_have_a_coupon_of_his_own() -> None:
    gold = TEN | {"when": {"tier": ["gold"]}}
    assert using(gold, member=MemberFacts(tier="gold")).coupons[0].value == 1000
