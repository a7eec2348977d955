"""Facts that other shop systems are tested with, answered by this engine.

`tests/vectors/loyalty_*.json` holds inputs and expected numbers only, with the repository and file
where each fact stands. The functions here translate them into programs and baskets of ours.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.domain.allocation import spread, spread_within
from db.domain.basket import Basket, BasketLine, MemberFacts
from db.domain.evaluation import SaleResult, evaluate_event, evaluate_sale
from db.domain.exact import minor
from db.domain.money import amount_text
from db.domain.program.program import Program, load_program
from db.domain.program.reading import InvalidProgram
from db.domain.redemption import Bill, largest_redemption
from tests.support.programs import NOON_MS, a_document, a_program, sold, told

VECTORS = Path(__file__).parents[3] / "vectors"
ROUNDING = {"floor": "down", "none": "down", "half_up": "half_up", "ceil": "up"}


def vectors(family: str, *prefixes: str) -> list[Any]:
    facts = json.loads((VECTORS / f"loyalty_{family}.json").read_text(encoding="utf-8"))
    return [pytest.param(fact, id=fact["id"]) for fact in facts if chosen(fact, prefixes)]


def chosen(fact: dict[str, Any], shapes: tuple[str, ...]) -> bool:
    return not shapes or shape_of(fact) in shapes


def shape_of(fact: dict[str, Any]) -> str:
    rule = fact["rule"]
    if rule.get("condition"):
        return "condition"
    if rule.get("trigger"):
        return "event"
    if rule.get("kind") == "eligible_amount":
        return "base"
    return "sale"


def rule_of(rule: dict[str, Any]) -> dict[str, Any]:
    """Return an earning rule of ours for a rule of the vectors."""
    give: dict[str, Any] = {"points": _number(rule["points"])} if "points" in rule else {}
    if rule["kind"] in {"per_amount", "slab"} and "per" in rule:
        give["per_amount"] = rule["per"]
        give["whole_steps"] = bool(rule.get("floor"))
    if rule["kind"] == "per_unit" or rule.get("per") == "matching_unit":
        give["per_item"] = 1
    if rule["kind"] == "multiplier":
        give = {"multiply": rule["multiplier"]}
    if rule["kind"] == "slab":
        give = {
            "bands": [
                {"from": band["over"], "points": int(band["points_per_unit"]), "per_amount": "1.00"}
                for band in rule["bands"]
            ],
            "whole_steps": rule.get("rounding_stage") == "amount",
        }
    ours: dict[str, Any] = {"id": rule.get("id", "rule"), "give": give}
    if conditions := conditions_of(rule):
        ours["when"] = {"all": conditions}
    if rule.get("stackable") is False:
        ours |= {"stacking": "exclusive", "priority": rule.get("priority", 0)}
    return ours


def _number(text: str) -> int | str:
    return int(text) if text.isdigit() else text


def conditions_of(rule: dict[str, Any]) -> list[dict[str, Any]]:
    conditions: list[dict[str, Any]] = []
    if rule.get("skus"):
        conditions.append({"sku": rule["skus"]})
    if rule.get("labels"):
        conditions.append({"brand": rule["labels"]})
    if rule.get("exclude_skus"):
        conditions.append({"not": {"sku": rule["exclude_skus"]}})
    if rule.get("exclude_labels"):
        conditions.append({"not": {"brand": rule["exclude_labels"]}})
    if rule.get("min_order"):
        conditions.append({"spend": {"min": rule["min_order"]}})
    return conditions


def program_of(fact: dict[str, Any]) -> Program:
    rule = fact["rule"]
    rules = rule.get("rules") or [rule]
    document = a_document(
        day_cut="00:00",
        points={
            "rounding": ROUNDING[rule.get("rounding", "floor")],
            "combine_multipliers": "product",
            "base": {"stored_value": "all"},
        },
        earning=[rule_of(one) for one in rules],
        promotions=[
            {
                "id": f"promotion-{i}",
                "lane": "order",
                "give": {"percent_off": f"{offer['percent']}/100"},
            }
            for i, offer in enumerate(fact["cart"].get("promotions", []))
        ],
    )
    return load_program(json.dumps(document).encode())


def basket_of(cart: dict[str, Any], *, delivery: bool = False) -> Basket:
    """Return the cart as a basket; delivery is a plain line unless the rules leave it out."""
    amount = cart.get("basis_amount") or cart.get("subtotal")
    if amount is not None:
        discount = minor(cart.get("manual_discount", "0"))
        return Basket((BasketLine(unit_price=minor(amount)),), order_discount=discount)
    lines = [
        BasketLine(
            unit_price=minor(line["unit_price"]),
            quantity=line["qty"],
            sku=line["sku"],
            brand=(line.get("labels") or [""])[0],
            kind="delivery" if delivery and line.get("kind") == "delivery" else "goods",
        )
        for line in cart["lines"]
    ]
    return Basket(tuple(lines))


def evaluated(fact: dict[str, Any]) -> SaleResult:
    delivery = any(rule.get("exclude_delivery") for rule in fact["rule"].get("rules", []))
    return sold(program_of(fact), basket_of(fact["cart"], delivery=delivery))


@pytest.mark.parametrize("fact", vectors("earn", "sale"))
def test_a_sale_earns_what_other_systems_say(fact: dict[str, Any]) -> None:
    expected = fact["expected"]
    if fact["id"] in {"E013", "E017"}:
        # a rule that is no number earns nothing there; here such a program is never published
        with pytest.raises(InvalidProgram):
            program_of(fact)
        return
    if "purchases" in fact.get("history", {}):
        by_month = {
            purchase["date"][:7]: evaluated(
                fact | {"cart": {"basis_amount": purchase["amount"]}}
            ).earned
            for purchase in fact["history"]["purchases"]
        }
        assert by_month == {month: int(points) for month, points in expected["by_month"].items()}
        return
    if "returns" in fact["cart"]:
        _return_a_part(fact)
        return

    result = evaluated(fact)

    points = expected.get("points") or expected.get("points_earned")
    if points is None:
        points = expected["balances"]["BBB"]
    assert result.earned == int(points)
    if "total" in expected:
        assert amount_text(result.due) == expected["total"]


def _return_a_part(fact: dict[str, Any]) -> None:
    (line,), (back,) = fact["cart"]["lines"], fact["cart"]["returns"]
    row = {"sku": line["sku"], "quantity": line["qty"], "unit_price": line["unit_price"]}

    before, after = told(
        program_of(fact),
        {"sale": {"id": "S", "lines": [row]}},
        {"return": {"sale": "S", "lines": [{"line": 1, "quantity": back["qty"]}]}},
    )

    assert before["available"] == int(fact["expected"]["points_before"])
    assert after["available"] == int(fact["expected"]["points_after_return"])


@pytest.mark.parametrize("fact", vectors("earn", "condition"))
def test_a_condition_holds_where_other_systems_say(fact: dict[str, Any]) -> None:
    rule, cart = fact["rule"], fact["cart"]
    at = datetime.fromisoformat(cart.get("at", "2026-06-01T12:00:00"))
    condition = {
        "order_total_at_least": lambda: {"spend": {"min": rule["amount"]}},
        "date_window": lambda: {
            "date": {name: rule[name][:10] for name in ("from", "to") if name in rule}
        },
        "iso_weekday_in": lambda: {
            "weekday": [
                ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[d - 1] for d in rule["days"]
            ]
        },
    }[rule["condition"]]()
    program = a_program(earning=[{"id": "r", "when": condition, "give": {"points": 1}}])

    result = evaluate_sale(
        program,
        Basket.of_amount(minor(cart.get("order_total", "10.00"))),
        MemberFacts(),
        on=at.date(),
        at_ms=NOON_MS,
    )

    assert (result.earned == 1) is fact["expected"]["eligible"]


@pytest.mark.parametrize("fact", vectors("earn", "event"))
def test_an_event_awards_what_other_systems_say(fact: dict[str, Any]) -> None:
    rule, history = fact["rule"], fact["history"]
    when = {"event": [rule["trigger"]]}
    if rule["trigger"] == "birthday":
        when = {"all": [when, {"birthday": "day"}]}
    program = a_program(
        earning=[{"id": "r", "when": when, "give": {"points": int(rule["points"])}}]
    )
    member = MemberFacts(birthday=history.get("birthday", ""))
    on = date.fromisoformat(history.get("run_date", "2026-06-01"))
    events = [event["trigger"] for event in history.get("events", [{"trigger": "birthday"}])]

    balance = sum(
        evaluate_event(program, event, member, on=on, at_ms=NOON_MS).earned for event in events
    )

    assert balance == int(fact["expected"].get("points") or fact["expected"]["balance"])


@pytest.mark.parametrize("fact", vectors("earn", "base"))
def test_what_earns_is_what_other_systems_say(fact: dict[str, Any]) -> None:
    excluded = fact["rule"].get("exclude_skus", [])
    base = {"exclude": {"sku": excluded}} if excluded else {}
    program = a_program(points={"base": base})

    result = sold(program, basket_of(fact["cart"]))

    lines = [step for step in result.explanation if step["step"] == "line"]
    assert sum(Decimal(step["base"]) for step in lines) == Decimal(fact["expected"]["basis_amount"])


@pytest.mark.parametrize("fact", vectors("redeem"))
def test_points_pay_what_other_systems_say(fact: dict[str, Any]) -> None:
    rule, history, expected = fact["rule"], fact["history"], fact["expected"]
    if "operations" in history:
        _replay(history, expected)
        return
    money = {
        "points_per_step": int(rule["points_per_block"]),
        "value_per_step": rule["amount_per_block"],
        "min_points": int(rule.get("min_points", "0")),
        "max_share": f"{rule.get('max_percent_of_order', '100')}/100",
    }
    if fact["id"] == "R006":
        with pytest.raises(InvalidProgram):
            a_program(redemption={"money": money})
        return
    program = a_program(redemption={"money": money})
    assert program.money is not None
    largest = largest_redemption(
        program.money,
        balance=int(history["balance"]),
        bill=Bill.of_amount(minor(fact["cart"]["total"])),
    )

    asked = largest if history["requested"] == "max" else min(int(history["requested"]), largest)

    assert asked == int(expected["points_used"])
    assert amount_text(program.money.value(asked)) == expected["amount"]


def _replay(history: dict[str, Any], expected: dict[str, Any]) -> None:
    """Play redemptions and roll-backs of sales on a member who earns nothing."""
    one_cent = {"money": {"points_per_step": 1, "value_per_step": "0.01"}}
    program = a_program(earning=[], redemption=one_cent)
    steps: list[dict[str, Any]] = []
    for i, operation in enumerate(history["operations"]):
        sale = operation.get("order", f"S{i}")
        if operation["op"] == "redeem":
            points = int(operation["points"])
            steps.append({"sale": {"id": sale, "amount": "1000.00", "redeem_points": points}})
        else:
            steps.append({"void": {"sale": sale}})

    answers = told(program, *steps, balance=int(history["balance"]))

    assert answers[-1]["available"] == int(expected["balance"])
    accepted = [answer["refused"] is None for answer in answers]
    if isinstance(expected.get("accepted"), list):
        assert accepted == expected["accepted"]
    if "rollback_rows" in expected:
        assert accepted.count(True) == 1 + expected["rollback_rows"]


@pytest.mark.parametrize("fact", vectors("allocate"))
def test_an_amount_is_spread_as_other_systems_say(fact: dict[str, Any]) -> None:
    cart = fact["cart"]
    sign = -1 if fact["rule"]["amount"].startswith("-") else 1
    amount = sign * minor(fact["rule"]["amount"].lstrip("-"))
    expected = [minor(part) for part in fact["expected"]["allocation"]]
    if "parts" in cart:
        assert spread(amount, [1] * cart["parts"]) == expected
    elif "line_amounts" in cart:
        assert spread(amount, [minor(part) for part in cart["line_amounts"]]) == expected
    else:
        amounts = [line["qty"] * minor(line["unit_price"]) for line in cart["lines"]]
        room = [
            line["qty"] * (minor(line["unit_price"]) - minor(line["min_unit_price"]))
            for line in cart["lines"]
        ]
        assert spread_within(amount, amounts, limits=room) == expected
