"""What may not be written about promotions and coupons, each with its path."""

import json
from typing import Any

import pytest

from db.domain.program.program import load_program
from db.domain.program.reading import InvalidProgram
from tests.support.programs import SPEND, a_document

COUPON = {"code": "C", "kind": "amount", "value": "5.00"}
GIVE = "$.promotions[0].give"


def problems(document: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidProgram) as refused:
        load_program(json.dumps(document).encode())
    return [(problem.path, problem.code) for problem in refused.value.problems]


def promotion(give: Any, **more: Any) -> Any:
    return a_document(promotions=[{"id": "p", "lane": "order", "give": give} | more])


def coupon(**more: Any) -> Any:
    return a_document(coupons=[COUPON | more])


@pytest.mark.parametrize(
    ("give", "path", "code"),
    [
        ([], "", "gives_nothing"),
        ({}, "", "one_effect"),
        ({"percent_off": "0.10", "amount_off": "1.00"}, "", "one_effect"),
        ({"percent_off": "0"}, ".percent_off", "not_above_zero"),
        ({"percent_off": "1.01"}, ".percent_off", "above_one"),
        ({"percent_off": "0.10", "per": "unit"}, ".per", "does_not_belong"),
        ({"amount_off": "0.00"}, ".amount_off", "not_above_zero"),
        ({"amount_off": "1.00", "max_value": "0"}, ".max_value", "not_above_zero"),
        ({"amount_off": "1.00", "get": 1}, ".get", "does_not_belong"),
        ({"amount_off": "1.00", "of": {"sku": ["A"]}}, ".of", "does_not_belong"),
        ({"amount_off": "1.00", "free": {"sku": ["A"]}}, ".free", "does_not_belong"),
        ({"buy": 1}, ".get", "missing_field"),
        ({"buy": 1, "get": 1, "of": {"tier": ["gold"]}}, ".of", "line_leaves_only"),
        ({"nth_item": {"n": 2, "percent_off": "2"}}, ".nth_item.percent_off", "above_one"),
        ({"every": {"amount": "0", "amount_off": "1"}}, ".every.amount", "not_above_zero"),
        ({"every": {"amount": "1", "amount_off": "0"}}, ".every.amount_off", "not_above_zero"),
        ({"group": {"size": 2}}, ".group", "one_effect"),
        (
            {"group": {"size": 2, "amount_off": "1.00", "percent_off": "0.10"}},
            ".group",
            "one_effect",
        ),
        (
            {"bundle": {"items": [{"sku": "A"}, {"sku": "A"}], "price": "1.00"}},
            ".bundle.items[1].sku",
            "duplicate",
        ),
        ({"bands": []}, ".bands", "gives_nothing"),
        ({"bands": [{"from": "1.00"}]}, ".bands[0]", "one_effect"),
        (
            {"bands": [{"from": "1.00", "from_quantity": 1, "amount_off": "1.00"}]},
            ".bands[0].from_quantity",
            "does_not_belong",
        ),
        (
            {
                "bands": [
                    {"from": "1.00", "amount_off": "1.00"},
                    {"from_quantity": 2, "amount_off": "1.00"},
                ]
            },
            ".bands[1].from_quantity",
            "does_not_belong",
        ),
        (
            {
                "bands": [
                    {"from": "2.00", "amount_off": "1.00"},
                    {"from": "2.00", "amount_off": "2.00"},
                ]
            },
            ".bands[1].from",
            "not_ascending",
        ),
        (
            {
                "bands": [
                    {"from_quantity": 3, "amount_off": "1.00"},
                    {"from_quantity": 2, "amount_off": "2.00"},
                ]
            },
            ".bands[1].from_quantity",
            "not_ascending",
        ),
        ([{"percent_off": "0.10"}, {"percent_off": "2"}], "[1].percent_off", "above_one"),
    ],
)
def test_an_effect_that_cannot_be_meant_is_said(give: Any, path: str, code: str) -> None:
    assert (GIVE + path, code) in problems(promotion(give))


@pytest.mark.parametrize(
    ("more", "path", "code"),
    [
        ({"target": {"tier": ["gold"]}}, "target", "line_leaves_only"),
        ({"when": {"event": ["signup"]}}, "when", "sale_has_no_event"),
        ({"spend": {"min": "2.00", "max": "1.00"}}, "spend", "empty_range"),
        ({"lane": "coupon"}, "lane", "wrong_value"),
        ({"limit_total": 0}, "limit_total", "wrong_value"),
    ],
)
def test_a_promotion_that_cannot_be_meant_is_said(more: Any, path: str, code: str) -> None:
    found = problems(promotion({"amount_off": "1.00"}, **more))
    assert (f"$.promotions[0].{path}", code) in found


def test_one_unit_has_no_pairs() -> None:
    pairs = {"buy": 1, "get": 1}
    assert (f"{GIVE}.buy", "does_not_belong") in problems(promotion(pairs, target="cheapest_unit"))
    listed = problems(promotion([pairs], target="dearest_unit"))
    assert (f"{GIVE}[0].buy", "does_not_belong") in listed


@pytest.mark.parametrize(
    ("more", "path", "code"),
    [
        ({"value": "0.00"}, "value", "not_above_zero"),
        ({"value": "five"}, "value", "wrong_value"),
        ({"kind": "percent", "value": "1.5"}, "value", "above_one"),
        ({"kind": "percent", "value": "10%"}, "value", "wrong_value"),
        ({"kind": "gift", "value": "0"}, "value", "missing_field"),
        ({"kind": "delivery"}, "value", "does_not_belong"),
        ({"max_value": "0.00"}, "max_value", "not_above_zero"),
        ({"when": {"event": ["signup"]}}, "when", "sale_has_no_event"),
        ({"valid": {"from": "2026-02-30"}}, "valid.from", "no_such_day"),
        ({"valid": {"from": "2026-02-02", "to": "2026-02-01"}}, "valid", "empty_range"),
        (
            {"valid": {"to": "2026-02-02", "days_after_issue": 3}},
            "valid.days_after_issue",
            "does_not_belong",
        ),
        (
            {"valid": {"from": "2026-02-02", "starts_after_days": 3}},
            "valid.starts_after_days",
            "does_not_belong",
        ),
        ({"valid": {"days_after_issue": 1, "starts_after_days": 2}}, "valid", "empty_range"),
    ],
)
def test_a_coupon_that_cannot_be_meant_is_said(more: Any, path: str, code: str) -> None:
    assert (f"$.coupons[0].{path}", code) in problems(coupon(**more))


def test_ids_and_codes_are_there_once_and_awards_name_what_there_is() -> None:
    twice = a_document(coupons=[COUPON, COUPON])
    assert ("$.coupons[1].code", "duplicate") in problems(twice)
    give = {"amount_off": "1.00"}
    offers = [{"id": "p", "lane": "item", "give": give}, {"id": "p", "lane": "order", "give": give}]
    assert ("$.promotions[1].id", "duplicate") in problems(a_document(promotions=offers))
    award = a_document(earning=[SPEND, {"id": "r", "give": {"coupon": "D"}}], coupons=[COUPON])
    assert problems(award) == [("$.earning[1].give.coupon", "unknown_coupon")]


def test_every_limit_may_stand_beside_every_effect() -> None:
    effects = [
        {"percent_off": "0.10"},
        {"amount_off": "1.00", "per": "unit"},
        {"fixed_price": "0.00"},
        {"buy": 0, "get": 1},
        {"nth_item": {"n": 2, "percent_off": "0.50"}},
        {"bundle": {"items": [{"sku": "A"}], "price": "1.00"}},
        {"bands": [{"from": "1.00", "percent_off": "0.10"}]},
        {"every": {"amount": "1.00", "amount_off": "0.10"}},
        {"group": {"size": 2, "amount_off": "1.00"}, "per": "unit"},
        {"delivery": "free"},
    ]
    limits = {"max_value": "1.00", "max_units": 1, "times": 1}
    document = promotion([effect | limits for effect in effects])
    assert load_program(json.dumps(document).encode()).offers.any
