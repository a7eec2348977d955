"""Stored value on the command line: paid in, spent, given back, paid out, and refused."""

import json
from pathlib import Path

import pytest

from tests.support.command_line import Guitai, run
from tests.support.programs import a_document

VALUE = {"ladder": [{"pay": "500.00", "bonus": "50.00"}], "max_balance": "1000.00"}


@pytest.fixture
def shop(tmp_path: Path) -> Guitai:
    """Return the command on a home whose program keeps stored value."""
    program, home = tmp_path / "program.json", tmp_path / "shop"
    program.write_text(json.dumps(a_document(stored_value=VALUE)))
    words = ("--home", str(home), "--json")
    assert run("init", "--sandbox", "--program", str(program), *words).code == 0
    return lambda *said, **variables: run(*said, *words, **variables)


def test_value_is_paid_in_spent_given_back_and_paid_out(shop: Guitai) -> None:
    member = shop("member", "add", "--phone", "13812345678").document["member_id"]

    paid_in = shop("value", "top-up", member, "500").document
    sold = shop(
        "sale", "add", "--amount", "110", "--member", member, "--tender", "stored_value=110"
    ).document
    spent = shop("member", "show", member).document["stored_value"]
    shop("sale", "undo", sold["sale_id"])
    back = shop("value", "show", "13812345678").document
    refunded = shop("value", "refund", member, "--reason", "退卡").document
    history = shop("value", "history", member).document["history"]

    assert (paid_in["paid"], paid_in["bonus"]) == ("500.00", "50.00")
    assert paid_in["stored_value"] == (full := {"principal": "500.00", "bonus": "50.00"})
    assert (sold["due"], sold["points"]["earned"]) == ("110.00", 100)
    assert spent == {"principal": "400.00", "bonus": "40.00", "usable_here": "440.00"}
    assert back["stored_value"] == full | {"usable_here": "550.00"}
    assert back["bonus_lots"] == [{"bonus": "50.00", "expires_on": None}]
    assert (refunded["refunded"], refunded["voided"]) == ("500.00", "50.00")
    assert [row["kind"] for row in history] == ["refund", "undo", "sale", "top_up"]
    assert shop("report", "stored-value").document["liability"] == "0.00"
    assert shop("verify").document["ok"]


def test_what_is_refused_says_its_numbers(shop: Guitai) -> None:
    member = shop("member", "add", "--phone", "13812345678").document["member_id"]
    shop("value", "top-up", member, "500.00", "--tender", "wechat")

    above = shop("value", "top-up", member, "500.00")
    beyond = shop(
        "sale", "add", "--amount", "600", "--member", member, "--tender", "stored_value=600"
    )
    too_much = shop("value", "refund", member, "--amount", "500.01", "--reason", "退卡")

    assert (above.code, above.document["refused"]["details"]["largest"]) == (3, "450.00")
    assert beyond.document["refused"]["code"] == "insufficient_stored_value"
    assert too_much.document["refused"]["details"] == {"requested": "500.01", "largest": "500.00"}


def test_a_top_up_typed_wrong_is_taken_back_alone(shop: Guitai) -> None:
    member = shop("member", "add", "--phone", "13812345678").document["member_id"]
    shop("value", "top-up", member, "500.00")
    wrong = shop("value", "top-up", member, "50.00").document["operation"]

    words = ("value", "refund", member, "--reason", "输错", "--top-up")
    taken_back, again, nothing = (shop(*words, each) for each in (wrong, wrong, "x"))
    both = shop(*words, wrong, "--amount", "1")

    assert taken_back.document["stored_value"] == {"principal": "500.00", "bonus": "50.00"}
    assert again.document["refused"]["code"] == "no_such_top_up"
    assert nothing.document["refused"]["details"] == {"wanted": "x"}
    assert both.code == 2


@pytest.mark.parametrize(
    "words", [("top-up", "{}", "0"), ("top-up", "{}", "-5"), ("top-up", "{}", "1", "--tender", "x")]
)
def test_what_is_no_top_up_is_invalid(shop: Guitai, words: tuple[str, ...]) -> None:
    member = shop("member", "add", "--phone", "13812345678").document["member_id"]

    assert shop("value", *(word.format(member) for word in words)).code == 2


def test_a_program_without_stored_value_takes_none(guitai: Guitai) -> None:
    member = guitai("member", "add", "--phone", "13812345678").document["member_id"]

    refused = guitai("value", "top-up", member, "500")

    assert (refused.code, refused.document["refused"]["code"]) == (3, "stored_value_not_offered")
