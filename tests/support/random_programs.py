"""Programs out of a seed: every field of the page in some of them, all of them valid."""

from random import Random
from typing import Any

from tests.support.programs import a_document

SKUS = ("A", "B", "C", "D")
CATEGORIES = ("food", "food/snack", "drink", "tobacco", "")
LEVELS = ("plain", "silver", "gold")


def random_document(rng: Random) -> dict[str, Any]:
    """Return a program document; each part is there more often than not."""
    document = a_document(
        timezone=rng.choice(("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "UTC")),
        day_cut=rng.choice(("04:00", "00:00", "03:30")),
        points=_points(rng),
        earning=[_rule(rng, place) for place in range(rng.randint(0, 4))],
        redemption=_redemption(rng),
        debt={"repay_share": rng.choice(("1", "1", "1/2", "0.3"))},
    )
    if rng.random() < 0.6:
        document["tiers"] = _tiers(rng)
    if rng.random() < 0.6:
        document["promotions"] = [_promotion(rng, place) for place in range(rng.randint(1, 3))]
        document["lanes"] = {lane: rng.choice(("best", "all")) for lane in ("item", "order")}
    if rng.random() < 0.5:
        document["coupons"] = _coupons(rng)
        document["earning"].append(
            {"id": "issue", "when": {"spend": {"min": "80.00"}}, "give": {"coupon": "five"}}
        )
    if rng.random() < 0.5:
        document["stored_value"] = _stored_value(rng)
    if rng.random() < 0.3:
        document["referral"] = {"referrer": {"points": 100}, "friend": {"points": 50}}
    return document


def _points(rng: Random) -> dict[str, Any]:
    points: dict[str, Any] = {
        "rounding": rng.choice(("down", "half_up", "up")),
        "pending_days": rng.choice((0, 0, 0, 1, 7)),
        "combine_multipliers": rng.choice(("max", "sum", "product")),
        "expiry": rng.choice(
            (
                {"kind": "never"},
                {"kind": "days", "after": rng.randint(1, 40)},
                {"kind": "months", "after": rng.randint(1, 3), "round_up_to": "month"},
                {"kind": "years", "after": 1, "round_up_to": "half_year"},
                {"kind": "inactivity", "months": 1},
            )
        ),
        "base": {
            "net_of": rng.sample(["line_discount", "order_discount", "coupon", "points"], 3),
            "stored_value": rng.choice(("principal", "all", "none")),
        },
    }
    if rng.random() < 0.3:
        points["base"]["exclude"] = {"category": ["tobacco"]}
    if rng.random() < 0.4:
        caps = {"per_sale": 150, "per_day": 250, "per_month": 600}
        points["caps"] = {name: caps[name] for name in rng.sample(sorted(caps), 2)}
    return points


def _rule(rng: Random, place: int) -> dict[str, Any]:
    awards: tuple[dict[str, Any], ...] = (
        {"points": 1, "per_amount": "1.00"},
        {"points": rng.randint(1, 3), "per_amount": "0.70"},
        {"points": 2, "per_amount": "3.00", "whole_steps": True},
        {"points": rng.randint(1, 30)},
        {"points": 3, "per_item": 2},
        {"multiply": rng.choice(("2", "3/2", "1.1"))},
        {
            "bands": [
                {"from": "0", "points": 1, "per_amount": "2.00"},
                {"from": "60.00", "points": 1, "per_amount": "0.50"},
            ],
            "mode": rng.choice(("marginal", "whole")),
        },
    )
    rule: dict[str, Any] = {"id": f"r{place}", "give": rng.choice(awards)}
    if rng.random() < 0.6:
        rule["when"] = _condition(rng)
    if rng.random() < 0.2 and "multiply" not in rule["give"]:
        rule |= {"stacking": "exclusive", "priority": rng.randint(0, 2)}
    return rule


def _condition(rng: Random) -> dict[str, Any]:
    leaf: dict[str, Any] = rng.choice(
        (
            {"spend": {"min": "50.00"}},
            {"weekday": rng.sample(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], 3)},
            {"month_day": [8, 18, 28, 29]},
            {"date": {"from": "2027-12-20", "to": "2028-03-01"}},
            {"time": {"from": "22:00", "to": "05:00"}},
            {"visit_number": {"min": 2}},
            {"tender": ["cash"]},
            {"sku": ["A", "B"]},
            {"category": ["food"]},
            {"tier": ["silver", "gold"]},
            {"birthday": rng.choice(("day", "week", "month"))},
            {"first_purchase": True},
            {"joined_days": {"max": 60}},
        )
    )
    if rng.random() < 0.2:
        return {"not": leaf}
    if rng.random() < 0.2 and not leaf.keys() & {"sku", "category"}:
        return {"any": [leaf, {"spend": {"min": "500.00"}}]}
    return leaf


def _redemption(rng: Random) -> dict[str, Any]:
    money: dict[str, Any] = rng.choice(
        (
            {"points_per_step": 100, "value_per_step": "1.00"},
            {"points_per_step": 1, "value_per_step": "0.01"},
            {"points_per_step": 3, "value_per_step": "0.02"},
        )
    )
    if rng.random() < 0.4:
        money |= {"max_share": rng.choice(("0.5", "1/3")), "min_points": 6}
    if rng.random() < 0.3:
        money |= {"max_amount": "5.00", "min_spend": "20.00"}
    if rng.random() < 0.2:
        money |= {"exclude": {"category": ["tobacco"]}, "not_with": ["coupon"]}
    return {"money": money, "gifts": [{"sku": "CUP", "points": 60, "stock": 1}]}


def _tiers(rng: Random) -> dict[str, Any]:
    measure = rng.choice(("net_spend", "visits", "points_earned"))
    steps = {"net_spend": ("0", "100.00", "300.00"), "visits": ("0", "2", "4")}
    froms = steps.get(measure, ("0", "80", "250"))
    return {
        "measure": measure,
        "window": rng.choice(("calendar_year", "rolling_12_months", "anniversary", "lifetime")),
        "levels": [
            {"code": code, "from": reached, "multiplier": multiplier, "discount": discount}
            for code, reached, multiplier, discount in zip(
                LEVELS, froms, ("1", "1.5", "2"), ("0", "0", "0.05"), strict=True
            )
        ],
        "downgrade": rng.choice(("none", "one_step", "to_measure")),
        "grace_days": rng.choice((0, 30)),
    }


def _promotion(rng: Random, place: int) -> dict[str, Any]:
    item: tuple[dict[str, Any], ...] = (
        {"percent_off": "0.10"},
        {"amount_off": "0.37", "per": "unit"},
        {"fixed_price": "1.90"},
        {"nth_item": {"n": 2, "percent_off": "0.50"}},
        {"buy": 2, "get": 1, "of": {"sku": ["A"]}, "free": {"sku": ["A"]}},
        {"bundle": {"items": [{"sku": "A"}, {"sku": "B"}], "price": "3.00"}},
        {"group": {"size": 3, "amount_off": "1.00"}},
    )
    order: tuple[dict[str, Any], ...] = (
        {"percent_off": "0.05"},
        {"amount_off": "3.33", "per": "order"},
        {
            "bands": [
                {"from": "50.00", "amount_off": "5.00"},
                {"from": "120.00", "percent_off": "0.15"},
            ]
        },
        {"every": {"amount": "30.00", "amount_off": "1.00"}},
        {"delivery": "free"},
    )
    lane = rng.choice(("item", "order"))
    promotion: dict[str, Any] = {
        "id": f"p{place}",
        "lane": lane,
        "give": rng.choice(item if lane == "item" else order),
        "priority": rng.randint(0, 2),
        "exclusive": rng.random() < 0.2,
    }
    if lane == "item":
        promotion["target"] = rng.choice(({"category": ["food"]}, {"sku": ["A", "C"]}))
    if rng.random() < 0.3:
        promotion["spend"] = {"min": "20.00"}
    return promotion


def _coupons(rng: Random) -> list[dict[str, Any]]:
    kinds: list[dict[str, Any]] = [
        {"code": "five", "kind": "amount", "value": "5.00", "min_spend": "20.00"},
        {"code": "tenth", "kind": "percent", "value": "0.10", "max_value": "8.00"},
        {"code": "ship", "kind": "delivery", "valid": {"days_after_issue": 10}},
        {"code": "gift", "kind": "gift", "value": "A", "limit_per_member": 2},
    ]
    return kinds[: rng.randint(1, 4)]


def _stored_value(rng: Random) -> dict[str, Any]:
    return {
        "ladder": [{"pay": "50.00", "bonus": "5.00"}, {"pay": "200.00", "bonus": "33.33"}],
        "spend_order": rng.choice(("proportional", "bonus_first", "principal_first")),
        "bonus_expiry": rng.choice(({"kind": "never"}, {"kind": "days", "after": 20})),
        "max_balance": "1000.00",
    }
