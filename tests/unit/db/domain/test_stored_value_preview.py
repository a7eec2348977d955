"""Stories of stored value: topped up, spent, given back and refused, as `program preview` tells."""

from typing import Any

import pytest

from db.domain.preview.preview import preview
from db.domain.preview.scenario import InvalidScenario
from tests.support.programs import a_program, told

VALUE = {"ladder": [{"pay": "100.00", "bonus": "50.00"}]}


def value(step: dict[str, Any]) -> tuple[str, str]:
    return step["stored_value"]["principal"], step["stored_value"]["bonus"]


def a_value_sale(amount: str, tendered: str | None = None, **facts: Any) -> dict[str, Any]:
    tendered = tendered or amount
    return {"sale": {"id": "S", "amount": amount, "tenders": {"stored_value": tendered}} | facts}


def test_a_story_of_stored_value_comes_to_its_figures() -> None:
    program = a_program(stored_value=VALUE)

    paid_in, sold, returned, again, voided = told(
        program,
        {"top_up": {"pay": "100.00"}},
        a_value_sale("60.00"),
        {"return": {"sale": "S", "amount": "30.00"}},
        {"return": {"sale": "S"}},
        {"void": {"sale": "S"}},
    )

    assert value(paid_in) == ("100.00", "50.00")
    assert paid_in["explanation"] == [
        {"step": "top_up", "pay": "100.00", "bonus": "50.00", "bonus_expires_on": None}
    ]
    assert (value(sold), sold["due"], sold["earned"]) == (("60.00", "30.00"), "60.00", 40)
    assert {
        "step": "stored_value",
        "principal": "40.00",
        "bonus": "20.00",
        "earns": "principal",
    } in sold["explanation"]
    assert (value(returned), returned["earned"]) == (("80.00", "40.00"), -20)
    assert (value(again), again["available"]) == (("100.00", "50.00"), 0)
    assert voided["refused"]["code"] == "already_reversed"
    assert value(voided) == ("100.00", "50.00")


def test_stored_value_counts_in_full_towards_the_tier() -> None:
    tiers = {
        "measure": "net_spend",
        "window": "lifetime",
        "levels": [{"code": "basic"}, {"code": "gold", "from": "60.00"}],
    }
    program = a_program(stored_value=VALUE, tiers=tiers)

    _, sold = told(program, {"top_up": {"pay": "100.00"}}, a_value_sale("60.00"))

    assert (sold["qualifying"], sold["tier"]) == ("60.00", "gold")


@pytest.mark.parametrize(
    ("step", "code", "details"),
    [
        (
            a_value_sale("200.00"),
            "insufficient_stored_value",
            {"requested": "200.00", "balance": "150.00", "principal": "100.00", "bonus": "50.00"},
        ),
        (
            a_value_sale("20.00", "30.00"),
            "stored_value_over_due",
            {"requested": "30.00", "largest": "20.00"},
        ),
        (
            {"top_up": {"pay": "60.00"}},
            "over_max_balance",
            {
                "pay": "60.00",
                "bonus": "0.00",
                "balance": "150.00",
                "max_balance": "200.00",
                "largest": "50.00",
            },
        ),
    ],
)
def test_a_refused_step_says_its_numbers_and_changes_nothing(
    step: dict[str, Any], code: str, details: dict[str, str]
) -> None:
    program = a_program(stored_value=VALUE | {"max_balance": "200.00"})

    _, refused = told(program, {"top_up": {"pay": "100.00"}}, step)

    assert refused["refused"] == {"code": code, "details": details}
    assert (value(refused), refused["earned"]) == (("100.00", "50.00"), 0)


def test_nobody_without_membership_has_stored_value() -> None:
    at = "2026-06-01T12:00:00+08:00"
    steps = [{"at": at, "top_up": {"pay": "100.00"}}, {"at": at} | a_value_sale("1.00")]
    answer = preview(a_program(stored_value=VALUE), {"member": None, "steps": steps})

    codes = [step["refused"]["code"] for step in answer["steps"]]
    assert codes == ["member_required", "member_required"]


def test_bonus_that_ran_out_comes_back_for_thirty_days() -> None:
    value_terms = VALUE | {
        "spend_order": "bonus_first",
        "bonus_expiry": {"kind": "days", "after": 10},
    }
    program = a_program(stored_value=value_terms)

    rows = told(
        program,
        {"at": "2026-06-01T12:00:00+08:00", "top_up": {"pay": "100.00"}},
        {"at": "2026-06-11T12:00:00+08:00"} | a_value_sale("30.00"),
        {"at": "2026-06-12T12:00:00+08:00", "void": {"sale": "S"}},
        {"at": "2026-07-12T12:00:00+08:00", "review": "tiers"},
        {"at": "2026-07-13T12:00:00+08:00", "review": "tiers"},
    )

    assert [value(row) for row in rows] == [
        ("100.00", "50.00"),
        ("100.00", "20.00"),
        ("100.00", "30.00"),
        ("100.00", "30.00"),
        ("100.00", "0.00"),
    ]


@pytest.mark.parametrize(
    ("pay", "code"), [("0.00", "not_above_zero"), (1.5, "wrong_type"), ("-1", "wrong_value")]
)
def test_a_top_up_of_nothing_is_a_malformed_story(pay: object, code: str) -> None:
    with pytest.raises(InvalidScenario) as refused:
        told(a_program(stored_value=VALUE), {"top_up": {"pay": pay}})

    assert [(p.path, p.code) for p in refused.value.problems] == [("$.steps[0].top_up.pay", code)]


def test_bonus_goes_back_into_its_lot_on_the_last_day_itself() -> None:
    terms = VALUE | {"spend_order": "bonus_first", "bonus_expiry": {"kind": "days", "after": 10}}

    rows = told(
        a_program(stored_value=terms),
        {"at": "2026-06-01T12:00:00+08:00", "top_up": {"pay": "100.00"}},
        {"at": "2026-06-02T12:00:00+08:00"} | a_value_sale("30.00"),
        {"at": "2026-06-11T12:00:00+08:00", "void": {"sale": "S"}},
        {"at": "2026-06-12T12:00:00+08:00", "review": "tiers"},
    )

    assert [value(row) for row in rows[2:]] == [("100.00", "50.00"), ("100.00", "0.00")]


def test_returns_one_after_the_other_add_up_to_the_sale() -> None:
    rows = told(
        a_program(stored_value=VALUE),
        {"top_up": {"pay": "100.00"}},
        a_value_sale("60.00"),
        *({"return": {"sale": "S", "amount": "15.00"}} for _ in range(4)),
    )

    assert [value(row) for row in rows[2:]] == [
        ("70.00", "35.00"),
        ("80.00", "40.00"),
        ("90.00", "45.00"),
        ("100.00", "50.00"),
    ]
