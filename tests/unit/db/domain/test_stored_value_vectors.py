"""Gift cards and wallets of other shop systems, answered by a member's stored value.

`tests/vectors/loyalty_stored_value.json` holds inputs and expected numbers only. Every balance is
the purse of one member: what is on a card there was topped up here.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.domain.program.program import Program
from tests.support.programs import a_program, told

VECTORS = Path(__file__).parents[3] / "vectors" / "loyalty_stored_value.json"
KEEPS_VALUE = a_program(stored_value={}, points={"base": {"stored_value": "all"}})


def program_with(promotions: list[dict[str, str]]) -> Program:
    """Return the program with these percentages off the order."""
    offers = [
        {
            "id": f"p{i}",
            "lane": "order",
            "give": {"percent_off": f"{Decimal(offer['percent']) / 100}"},
        }
        for i, offer in enumerate(promotions)
    ]
    return a_program(stored_value={}, promotions=offers) if offers else KEEPS_VALUE


def facts(*shapes: str) -> list[Any]:
    rows = json.loads(VECTORS.read_text(encoding="utf-8"))
    return [pytest.param(fact, id=fact["id"]) for fact in rows if shape_of(fact) in shapes]


def shape_of(fact: dict[str, Any]) -> str:
    if "expires" in fact["rule"]:
        return "expired"
    if "topup" in fact.get("history", {}):
        return "topped up"
    if "amount" in fact["rule"]:
        return "remaining"
    if "lines" in fact["cart"]:
        return "topped up in the sale"
    return "given back" if fact["cart"]["total"].startswith("-") else "paid"


def in_hand(amount: str) -> list[dict[str, Any]]:
    return [{"top_up": {"pay": amount}}] if Decimal(amount) else []


def held(step: dict[str, Any]) -> str:
    state = step["stored_value"]
    return str(Decimal(state["principal"]) + Decimal(state["bonus"]))


@pytest.mark.parametrize("fact", facts("paid"))
def test_stored_value_pays_what_other_systems_say(fact: dict[str, Any]) -> None:
    """Several cards that pay in turn are one purse; of several wallets only the chosen pays."""
    rule, cart, expected = fact["rule"], fact["cart"], fact["expected"]
    balances = [Decimal(balance) for balance in rule["balances"]]
    chosen = [balances[rule["use"]]] if "use" in rule else balances
    program = program_with(cart.get("promotions", []))
    (priced,) = told(program, {"sale": {"amount": cart["total"]}})
    due = Decimal(priced["due"])
    paid = min(sum(chosen), due)
    tenders = {"stored_value": f"{paid:.2f}", "cash": f"{due - paid:.2f}"}

    *_, step = told(
        program,
        *in_hand(str(sum(chosen))),
        {"sale": {"amount": cart["total"], "tenders": tenders}},
    )

    kept = [b for i, b in enumerate(rule["balances"]) if "use" in rule and i != rule["use"]]
    assert step["refused"] is None
    assert Decimal(step["due"]) - paid == Decimal(expected["due"])
    assert Decimal(held(step)) + sum(map(Decimal, kept)) == sum(map(Decimal, expected["balances"]))


@pytest.mark.parametrize("fact", facts("topped up"))
def test_a_top_up_is_held_as_other_systems_say(fact: dict[str, Any]) -> None:
    *_, step = told(
        KEEPS_VALUE,
        *in_hand(fact["rule"]["balances"][0]),
        {"top_up": {"pay": fact["history"]["topup"]}},
    )

    assert [held(step)] == fact["expected"]["balances"]


@pytest.mark.parametrize("fact", facts("remaining"))
def test_what_is_paid_in_remains_as_other_systems_say(fact: dict[str, Any]) -> None:
    (step,) = told(KEEPS_VALUE, *in_hand(fact["rule"]["amount"]))

    assert held(step) == fact["expected"]["remaining"]


@pytest.mark.parametrize("fact", facts("given back"))
def test_a_refund_onto_the_wallet_is_what_other_systems_say(fact: dict[str, Any]) -> None:
    """There a negative order is paid onto the wallet; here the sale it came from is returned."""
    amount = fact["cart"]["total"].removeprefix("-")

    *_, spent, step = told(
        KEEPS_VALUE,
        *in_hand(amount),
        {"sale": {"id": "S", "amount": amount, "tenders": {"stored_value": amount}}},
        {"return": {"sale": "S"}},
    )

    assert [held(spent)] == fact["rule"]["balances"]
    assert [held(step)] == fact["expected"]["balances"]


@pytest.mark.parametrize("fact", facts("topped up in the sale"))
def test_a_top_up_does_not_pay_for_the_sale_beside_it(fact: dict[str, Any]) -> None:
    goods, card = fact["cart"]["lines"]
    (balance,) = fact["rule"]["balances"]
    sale = {"sku": goods["sku"], "unit_price": goods["unit_price"]}

    _, bought, step = told(
        KEEPS_VALUE,
        *in_hand(balance),
        {"sale": {"lines": [sale], "tenders": {"stored_value": balance, "cash": "90.00"}}},
        {"top_up": {"pay": card["unit_price"]}},
    )

    assert (held(bought), [held(step)]) == ("0.00", fact["expected"]["balances"])


@pytest.mark.parametrize("fact", facts("expired"))
def test_value_that_ran_out_pays_for_nothing(fact: dict[str, Any]) -> None:
    """Principal never ends here, so what ended is a bonus; it is no balance any more."""
    (balance,) = fact["rule"]["balances"]
    program = a_program(
        stored_value={
            "ladder": [{"pay": "1.00", "bonus": balance}],
            "bonus_expiry": {"kind": "days", "after": 1},
        }
    )

    _, _, refused = told(
        program,
        {"at": f"{fact['rule']['expires']}T12:00:00+08:00", "top_up": {"pay": "1.00"}},
        {
            "at": f"{fact['rule']['expires']}T12:01:00+08:00",
            "sale": {"amount": "0.02", "tenders": {"stored_value": "0.02"}},
        },
        {
            "at": f"{fact['history']['today']}T12:00:00+08:00",
            "sale": {
                "amount": fact["cart"]["total"],
                "tenders": {"stored_value": fact["cart"]["total"]},
            },
        },
    )

    assert (refused["refused"] is None) is fact["expected"]["accepted"]
    assert refused["refused"]["code"] == "insufficient_stored_value"
