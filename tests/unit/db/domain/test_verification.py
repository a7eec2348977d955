"""Points above the program's limit are given only to whoever proves that they are his."""

import json
from typing import Any

import pytest

from db.domain.ids import StaffId
from db.domain.program.program import Program
from db.domain.program.support import load_counter_program
from db.domain.staff import Actor, Role
from db.domain.verification import (
    MIDDLE_FOUR,
    ProofNeeded,
    check_proof,
    proof_from,
    proof_missing,
    proves,
)
from tests.support.programs import a_document

CASHIER = Actor(StaffId(b"c" * 16), Role.CASHIER)
MANAGER = Actor(StaffId(b"m" * 16), Role.MANAGER)
APPROVED = Actor(StaffId(b"c" * 16), Role.CASHIER, StaffId(b"m" * 16), Role.MANAGER)
BY_HIMSELF = Actor(StaffId(b"c" * 16), Role.CASHIER, StaffId(b"c" * 16), Role.MANAGER)
BY_A_PEER = Actor(StaffId(b"c" * 16), Role.CASHIER, StaffId(b"d" * 16), Role.CASHIER)


def a_program(**above: str) -> Program:
    changes: dict[str, Any] = {"verify": {"redeem_above": above}} if above else {}
    return load_counter_program(json.dumps(a_document(**changes)).encode())


BOTH = a_program(online="20.00", offline="5.00")


def test_a_program_without_limits_asks_nobody() -> None:
    program = a_program()

    assert proof_from(program, online=True) is None
    assert not proof_missing(program, 1_000_000, online=False, by=CASHIER)
    check_proof(program, 1_000_000, online=False, by=CASHIER)


@pytest.mark.parametrize(
    ("value", "online", "asked"),
    [
        (1_999, True, False),
        (2_000, True, True),
        (499, False, False),
        (500, False, True),
        (0, False, False),
    ],
)
def test_the_limit_is_lower_without_a_line_and_counts_from_its_own_figure(
    value: int, online: bool, asked: bool
) -> None:
    assert proof_missing(BOTH, value, online=online, by=CASHIER) is asked


def test_a_limit_of_nothing_asks_for_every_point_and_for_no_sale_without() -> None:
    program = a_program(offline="0")

    assert proof_missing(program, 1, online=False, by=CASHIER)
    assert not proof_missing(program, 0, online=False, by=CASHIER)


@pytest.mark.parametrize(
    ("by", "asked"),
    [(CASHIER, True), (MANAGER, False), (APPROVED, False), (BY_HIMSELF, True), (BY_A_PEER, True)],
)
def test_who_may_go_beyond_the_limits_answers_for_it(by: Actor, asked: bool) -> None:
    assert proof_missing(BOTH, 2_000, online=True, by=by) is asked


def test_a_proof_is_enough_and_a_word_that_is_none_is_not() -> None:
    check_proof(BOTH, 2_000, online=True, by=CASHIER, proof=MIDDLE_FOUR)

    for word in ("", "he said so"):
        with pytest.raises(ProofNeeded) as refused:
            check_proof(BOTH, 2_000, online=True, by=CASHIER, proof=word)
        assert (refused.value.value_minor, refused.value.above_minor) == (2_000, 2_000)


@pytest.mark.parametrize(
    ("phone", "digits", "right"),
    [
        ("+8613812345678", "1234", True),
        ("+8613812345678", "5678", False),
        ("+8613812345678", "", False),
        ("+85291234567", "9123", True),
        ("", "", False),
        ("+8612", "+861", False),
    ],
)
def test_only_the_hidden_digits_prove(phone: str, digits: str, right: bool) -> None:
    assert proves(phone, digits) is right
