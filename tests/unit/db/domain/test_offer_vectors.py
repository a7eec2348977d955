"""Promotions and coupons that other shop systems are tested with, run through the preview.

`tests/vectors/loyalty_promo.json` and `loyalty_coupon.json` hold inputs and expected numbers only;
`tests/support/offer_vectors.py` says them in programs and stories of ours.
"""

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.domain.basket import MemberFacts
from db.domain.offers.coupon_refusals import CouponOfAnother
from db.domain.offers.coupons import HeldCoupon, OfferFacts
from db.domain.program.program import load_program
from tests.support.offer_vectors import SHIPPING, codes_of, dates_of, document_of, sale_of
from tests.support.programs import a_basket, a_document, a_line, a_program, sold, told

VECTORS = Path(__file__).parents[3] / "vectors"
PAID = {"amount": "1.00"}
CENT = {"kind": "amount", "value": "0.01"}
OFF = {"id": "o", "lane": "order", "give": {"amount_off": "0.01"}}


def vectors(family: str, *, promotions: bool) -> list[Any]:
    facts = json.loads((VECTORS / f"loyalty_{family}.json").read_text(encoding="utf-8"))
    return [
        pytest.param(fact, id=fact["id"])
        for fact in facts
        if ("promotions" in fact["rule"]) is promotions
    ]


def run(fact: dict[str, Any]) -> dict[str, Any]:
    """Return the vector's sale, after the sales that its history counts."""
    history = fact.get("history", {})
    program = load_program(json.dumps(document_of(fact)).encode())
    before: list[dict[str, Any]] = [
        {"sale": PAID} for _ in range(history.get("completed_orders", 0))
    ]
    uses = history.get("promotion_used", history.get("used", 0))
    before += [{"sale": sale_of(fact)} for _ in range(uses)]
    for i, order in enumerate(history.get("earlier_orders", ())):
        before.append({"sale": sale_of(fact, id=f"E{i}")})
        if order["state"] == "cancelled":
            before.append({"void": {"sale": f"E{i}"}})
    group = fact["cart"].get("customer_group", "")
    *earlier, last = told(program, *before, {"sale": sale_of(fact)}, tags=[group])
    assert not any(step["refused"] for step in earlier)
    return last


@pytest.mark.parametrize("fact", vectors("promo", promotions=True))
def test_promotions_take_off_what_other_systems_say(fact: dict[str, Any]) -> None:
    expected = fact["expected"]

    answer = run(fact)

    assert answer["refused"] is None
    given = given_by(answer)
    for promotion, value in expected.get("discounts", {}).items():
        assert given.get(promotion, "0.00") == value
    if "total" in expected:
        assert answer["due"] == expected["total"]
    if "applied" in expected:
        assert sorted(given) == sorted(expected["applied"])
    check_lines(fact, answer)


def given_by(answer: dict[str, Any]) -> dict[str, str]:
    steps = (step for step in answer["explanation"] if step["step"] == "promotion")
    return {step["promotion"]: step["value"] for step in steps if step["value"] != "0.00"}


def check_lines(fact: dict[str, Any], answer: dict[str, Any]) -> None:
    expected = fact["expected"]
    lines = sale_of(fact)["lines"]
    off: dict[str, Decimal] = defaultdict(Decimal)
    price: dict[str, Decimal] = defaultdict(Decimal)
    for line, row in zip(lines, answer["per_line"], strict=True):
        off[line["sku"]] += Decimal(row["discount"])
        price[line["sku"]] += line.get("quantity", 1) * Decimal(line["unit_price"])
    if "discount" in expected:
        goods = sum(value for sku, value in off.items() if sku != SHIPPING)
        assert goods == Decimal(expected["discount"])
    for name in ("discounts_by_line", "line_discounts", "allocation"):
        for sku, value in expected.get(name, {}).items():
            assert off[sku] == Decimal(value)
    for name in ("unit_prices", "line_totals"):
        for sku, value in expected.get(name, {}).items():
            assert price[sku] - off[sku] == Decimal(value)


@pytest.mark.parametrize("fact", vectors("promo", promotions=False))
def test_a_promotion_holds_where_other_systems_say(fact: dict[str, Any]) -> None:
    rule, cart = fact["rule"], fact.get("cart", {})
    offer = OFF | _gates_of(rule)
    lines = [
        {"sku": line["sku"], "quantity": line["qty"], "unit_price": line["unit_price"]}
        for line in cart.get("lines", [])
    ] or [{"unit_price": cart.get("item_total", "1.00")}]
    earlier = fact.get("history", {}).get("completed_orders", 0)
    before = [{"sale": PAID} for _ in range(earlier)]

    answer = told(a_program(promotions=[offer]), *before, {"sale": {"lines": lines}})[-1]

    assert bool(given_by(answer)) is fact["expected"]["eligible"]


def _gates_of(rule: dict[str, Any]) -> dict[str, Any]:
    if rule["condition"] == "item_total":
        return {"spend": {"min": _above(rule["amount"], rule["op"])}}
    if rule["condition"] == "item_total_between":
        low, high = _above(rule["min"], rule["min_op"]), Decimal(rule["max"])
        return {"spend": {"min": low, "max": f"{high - (rule['max_op'] == 'lt') * Decimal('.01')}"}}
    if rule["condition"] == "nth_order":
        return {"when": {"visit_number": {"min": rule["n"], "max": rule["n"]}}}
    target = {"target": {"sku": rule["skus"]}} if "skus" in rule else {}
    return {"quantity": {"min": rule["qty"]}} | target


def _above(text: str, op: str) -> str:
    return f"{Decimal(text) + (op == 'gt') * Decimal('.01')}"


@pytest.mark.parametrize("fact", vectors("coupon", promotions=True))
def test_a_code_is_good_for_what_other_systems_say(fact: dict[str, Any]) -> None:
    expected = fact["expected"]

    answer = run(fact)

    if expected.get("coupon_accepted", expected.get("accepted")):
        assert answer["refused"] is None
        assert answer["due"] == expected["total"]
        return
    (code,) = codes_of(fact)
    assert answer["refused"]["code"] in {"code_unknown", "code_not_applicable"}
    assert answer["refused"]["details"]["code_typed"] == code
    assert expected["discount"] == "0.00"


@pytest.mark.parametrize("fact", vectors("coupon", promotions=False))
def test_a_coupon_is_good_for_what_other_systems_say(fact: dict[str, Any]) -> None:
    _STORIES[fact["id"]](fact)


def steps_of(kind: dict[str, Any], *steps: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return told(a_program(coupons=[{"code": "C"} | CENT | kind], **more), *steps)


def using(amount: str = "10.00", **more: Any) -> dict[str, Any]:
    return {"sale": {"amount": amount, "coupons": ["C"]} | more}


def _within_days(fact: dict[str, Any]) -> None:
    ((days,),) = (leaf.values() for leaf in dates_of(fact["rule"]))
    at = f"{fact['history']['today']}T12:00:00+08:00"
    (answer,) = steps_of({"valid": days}, using() | {"at": at})
    assert (answer["refused"] is None) is fact["expected"]["accepted"]


def _used_up(fact: dict[str, Any]) -> None:
    _first, second = steps_of({"limit_total": fact["rule"]["max_usage"]}, using(), using())
    assert second["refused"]["code"] == "coupon_limit_reached"


def _of_another(_fact: dict[str, Any]) -> None:
    program = a_program(coupons=[{"code": "C"} | CENT])
    held = OfferFacts(coupons=(HeldCoupon("C1", "C", mine=False),))
    with pytest.raises(CouponOfAnother):
        sold(program, a_basket(a_line(), coupons=("C1",)), member=MemberFacts(), offers=held)


def _once(_fact: dict[str, Any]) -> None:
    """Used in A, A taken back, used in B: for A there is none any more."""
    gift = {"id": "g", "when": {"event": ["survey"]}, "give": {"coupon": "C"}}
    answers = steps_of(
        {},
        {"event": "survey"},
        using(id="A"),
        {"void": {"sale": "A"}},
        using(id="B"),
        using(id="A2"),
        earning=[gift],
    )
    assert [step["refused"] and step["refused"]["code"] for step in answers] == [
        *[None] * 4,
        "coupon_not_held",
    ]


def _next_order(fact: dict[str, Any]) -> None:
    spent = fact["rule"]["min_amount_to_earn"]
    rule = {"id": "r", "when": {"spend": {"min": spent}}, "give": {"coupon": "C"}}
    answers = steps_of({}, {"sale": {"amount": spent}}, using("5.00"), earning=[rule])
    assert answers[1]["refused"] is None


def _expiry_of_next_order(fact: dict[str, Any]) -> None:
    rule = {"id": "r", "give": {"coupon": "C"}}
    last = fact["rule"]["programme_valid_to"]
    at = f"{fact['history']['today']}T12:00:00+08:00"
    (answer,) = steps_of(
        {"valid": {"to": last}}, {"sale": {"amount": "15.30"}, "at": at}, earning=[rule]
    )
    assert answer["coupons"][0]["valid_to"] == fact["expected"]["coupon_expires"]


def _needs_its_code_now(fact: dict[str, Any]) -> None:
    automatic, by_code = a_document(promotions=[OFF]), a_document(promotions=[OFF | {"code": "X"}])
    counts = [
        len(given_by(told(load_program(json.dumps(document).encode()), {"sale": sale})[0]))
        for document, sale in (
            (automatic, PAID),
            (by_code, PAID),
            (by_code, PAID | {"codes": ["X"]}),
        )
    ]
    assert counts == fact["expected"]["discount_lines"]


def _min_spent(fact: dict[str, Any]) -> None:
    rule, cart = fact["rule"], fact["cart"]
    units = cart.get("qty", 1)
    line = {"quantity": units, "unit_price": f"{Decimal(cart['total']) / units}"}
    when = {"when": {"quantity": {"min": rule["min_qty"]}}} if "min_qty" in rule else {}
    sale = {"sale": {"lines": [line], "coupons": ["C"]}}
    (answer,) = steps_of({"min_spend": rule["min_spent"]} | when, sale)
    assert (answer["refused"] is None) is fact["expected"]["accepted"]


def _counted(fact: dict[str, Any]) -> None:
    """The limit is the counter: with `used` uses standing, one more is the last one allowed."""
    history, left = fact["history"], fact["expected"]["used"]
    events = history.get("events", ["place"] * history.get("used", 0) + [history.get("op")])
    steps: list[dict[str, Any]] = []
    for i, event in enumerate(events):
        void = {"void": {"sale": f"S{i - 1}"}}
        steps.append(using(id=f"S{i}") if event == "place" else void)
    *_, last, beyond = steps_of({"limit_total": left + 1}, *steps, using(), using())
    if len(steps) <= left + 1:
        assert last["refused"] is None
    assert beyond["refused"]["code"] == "coupon_limit_reached"


def _once_each(fact: dict[str, Any]) -> None:
    limit = fact["rule"]["per_customer_limit"]
    _first, second = steps_of({"limit_per_member": limit}, using(), using())
    assert second["refused"]["details"] == {"coupon": "C", "of": "member", "limit": 1, "used": 1}


def _not_counted(_fact: dict[str, Any]) -> None:
    dear = OFF | {"target": {"price": {"min": "50.00"}}, "limit_total": 1}
    cheap, first = told(
        a_program(promotions=[dear]), {"sale": {"amount": "20.00"}}, {"sale": {"amount": "50.00"}}
    )
    assert (given_by(cheap), given_by(first)) == ({}, {"o": "0.01"})


_STORIES = {
    **dict.fromkeys(("C002", "C004", "C006", "C008"), _within_days),
    "C012": _used_up,
    "C014": _of_another,
    "C016": _once,
    "C018": _next_order,
    "C020": _expiry_of_next_order,
    "C022": _needs_its_code_now,
    **dict.fromkeys(("C023", "C025"), _min_spent),
    **dict.fromkeys(("C028", "C052", "C054"), _counted),
    "C030": _once_each,
    "C056": _not_counted,
}
