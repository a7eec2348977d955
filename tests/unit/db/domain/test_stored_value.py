"""Stored value: the ladder, which purse pays, what comes back, and what is refused."""

import json
from datetime import date
from typing import Any

import pytest

from db.domain.ids import LotId
from db.domain.lots import Lot
from db.domain.program.program import load_program
from db.domain.program.reading import InvalidProgram
from db.domain.stored_value.purse import (
    Purse,
    ValuePayment,
    pay_from,
    refund,
    split,
    stored_value_given_back,
    taken_back,
    top_up,
)
from db.domain.stored_value.refusals import (
    InsufficientStoredValue,
    NothingToRefund,
    OverMaxBalance,
    RefundOverPrincipal,
    TopUpSpent,
)
from db.domain.stored_value.terms import ValueTerms
from tests.support.programs import a_document, a_program

DAY = date(2026, 6, 1)
LADDER = ((50_000, 5_000), (100_000, 15_000))
EARLY, LATE = LotId(b"\x01" * 16), LotId(b"\x02" * 16)


def a_bonus_lot(lot_id: LotId, amount: int, last_day: date | None = None) -> Lot:
    return Lot(lot_id, amount, DAY, last_day)


def a_purse(principal: int = 10_000, bonus: int = 5_000) -> Purse:
    return Purse(principal, (a_bonus_lot(EARLY, bonus),))


@pytest.mark.parametrize(
    ("pay", "bonus"),
    [
        (49_999, 0),
        (50_000, 5_000),
        (99_999, 5_000),
        (100_000, 15_000),
        (200_000, 15_000),
    ],
)
def test_the_highest_step_reached_gives_its_bonus_once(pay: int, bonus: int) -> None:
    assert top_up(ValueTerms(ladder=LADDER), Purse(), pay, on=DAY).bonus == bonus


def test_a_top_up_above_the_maximum_is_refused_with_the_largest_that_fits() -> None:
    terms = ValueTerms(ladder=LADDER, max_balance=120_000)

    with pytest.raises(OverMaxBalance) as refused:
        top_up(terms, Purse(principal=60_000), 60_000, on=DAY)

    assert refused.value.details == {
        "pay_minor": 60_000,
        "bonus_minor": 5_000,
        "balance_minor": 60_000,
        "max_balance_minor": 120_000,
        "largest_minor": 55_000,
    }
    assert top_up(terms, Purse(principal=60_000), 55_000, on=DAY).bonus == 5_000


@pytest.mark.parametrize(
    ("room", "largest"), [(52_000, 49_999), (55_000, 50_000), (60_000, 55_000), (0, 0), (-1, 0)]
)
def test_the_largest_top_up_counts_the_bonus_it_would_earn(room: int, largest: int) -> None:
    assert ValueTerms(ladder=LADDER).largest_top_up(room) == largest


@pytest.mark.parametrize(
    ("order", "amount", "parts"),
    [
        ("proportional", 3_000, (2_000, 1_000)),
        ("proportional", 100, (67, 33)),
        ("proportional", 1, (1, 0)),
        ("proportional", 15_000, (10_000, 5_000)),
        ("bonus_first", 3_000, (0, 3_000)),
        ("bonus_first", 6_000, (1_000, 5_000)),
        ("principal_first", 3_000, (3_000, 0)),
        ("principal_first", 10_500, (10_000, 500)),
    ],
)
def test_the_purses_pay_in_the_programs_order(
    order: str, amount: int, parts: tuple[int, int]
) -> None:
    paid = pay_from(a_purse(), amount, order=order, on=DAY)

    assert (paid.principal, paid.bonus) == parts


def test_bonus_pays_from_the_lot_that_ends_first_and_never_from_one_that_has_ended() -> None:
    lots = (
        a_bonus_lot(LATE, 500, date(2026, 12, 31)),
        a_bonus_lot(EARLY, 500, DAY),
        a_bonus_lot(LotId(b"\x03" * 16), 500, date(2026, 5, 31)),
    )

    paid = pay_from(Purse(0, lots), 700, order="bonus_first", on=DAY)

    assert paid.lots == ((EARLY, 500), (LATE, 200))
    with pytest.raises(InsufficientStoredValue) as refused:
        pay_from(Purse(0, lots), 1_001, order="bonus_first", on=DAY)
    assert refused.value.details == {
        "requested_minor": 1_001,
        "balance_minor": 1_000,
        "principal_minor": 0,
        "bonus_minor": 1_000,
    }


@pytest.mark.parametrize(
    ("purse", "spendable"),
    [
        (Purse(-1_000, (a_bonus_lot(EARLY, 5_000),)), (0, 4_000)),
        (Purse(5_000, (a_bonus_lot(EARLY, -1_000),)), (4_000, 0)),
        (Purse(-9_000, (a_bonus_lot(EARLY, 5_000),)), (0, 0)),
    ],
)
def test_a_purse_below_zero_lowers_what_the_other_may_pay(
    purse: Purse, spendable: tuple[int, int]
) -> None:
    assert purse.spendable(DAY) == spendable


@pytest.mark.parametrize(
    ("order", "back"),
    [
        ("proportional", [(5_000, 2_500), (5_000, 2_500)]),
        ("bonus_first", [(7_500, 0), (2_500, 5_000)]),
        ("principal_first", [(2_500, 5_000), (7_500, 0)]),
    ],
)
def test_a_return_leaves_spent_what_a_smaller_sale_would_have_spent(
    order: str, back: list[tuple[int, int]]
) -> None:
    paid = pay_from(a_purse(), 15_000, order=order, on=DAY)

    first = stored_value_given_back(paid, due=15_000, returned=7_500)
    already = (first.principal, first.bonus)
    rest = stored_value_given_back(paid, due=15_000, returned=15_000, already=already)

    assert [(first.principal, first.bonus), (rest.principal, rest.bonus)] == back


def test_stored_value_bears_its_share_of_what_a_mixed_sale_returns() -> None:
    paid = ValuePayment(principal=3_000)

    back = stored_value_given_back(paid, due=10_000, returned=3_333)

    assert back.principal == 999


def test_a_refund_pays_principal_out_and_makes_bonus_void() -> None:
    lots = (a_bonus_lot(EARLY, 700), a_bonus_lot(LATE, 300, date(2026, 5, 31)))

    whole, part = (refund(Purse(10_000, lots), amount, on=DAY) for amount in (None, 1))

    assert (whole.principal, whole.voided) == (10_000, ((EARLY, 700),))
    assert (part.principal, part.bonus) == (1, 700)


def test_bonus_is_never_paid_out() -> None:
    with pytest.raises(NothingToRefund) as nothing:
        refund(a_purse(principal=0), None, on=DAY)
    with pytest.raises(RefundOverPrincipal) as too_much:
        refund(a_purse(), 10_001, on=DAY)

    assert nothing.value.details == {"bonus_minor": 5_000}
    assert too_much.value.details == {"requested_minor": 10_001, "largest_minor": 10_000}


@pytest.mark.parametrize(
    ("written", "path", "code"),
    [
        ({"ladder": [{"pay": "0", "bonus": "1"}]}, "ladder[0].pay", "not_above_zero"),
        (
            {"ladder": [{"pay": "2", "bonus": "1"}, {"pay": "2", "bonus": "2"}]},
            "ladder[1].pay",
            "not_ascending",
        ),
        (
            {"ladder": [{"pay": "2", "bonus": "2"}, {"pay": "3", "bonus": "1"}]},
            "ladder[1].bonus",
            "not_ascending",
        ),
        ({"max_balance": "0.00"}, "max_balance", "not_above_zero"),
        (
            {"ladder": [{"pay": "9", "bonus": "2"}], "max_balance": "10"},
            "ladder[0]",
            "above_max_balance",
        ),
        (
            {"bonus_expiry": {"kind": "inactivity", "months": 12}},
            "bonus_expiry.kind",
            "bonus_ends_by_date",
        ),
        ({"bonus_expiry": {"kind": "days"}}, "bonus_expiry.after", "missing_field"),
    ],
)
def test_a_stored_value_that_makes_no_sense_is_refused_with_its_path(
    written: dict[str, Any], path: str, code: str
) -> None:
    with pytest.raises(InvalidProgram) as refused:
        load_program(json.dumps(a_document(stored_value=written)).encode())

    assert [(p.path, p.code) for p in refused.value.problems] == [(f"$.stored_value.{path}", code)]


def test_a_ladder_that_climbs_is_taken_over_as_written() -> None:
    steps = [
        {"pay": "500.00", "bonus": "50.00"},
        {"pay": "800.00", "bonus": "50.00"},
        {"pay": "1000.00", "bonus": "150.00"},
    ]
    program = a_program(stored_value={"ladder": steps, "max_balance": "1150.00"})

    ladder = (LADDER[0], (80_000, 5_000), LADDER[1])
    assert program.stored_value == ValueTerms(ladder=ladder, max_balance=115_000)


def test_splitting_never_asks_a_purse_for_more_than_it_has() -> None:
    for amount in range(12):
        for order in ("proportional", "bonus_first", "principal_first"):
            principal, bonus = split(amount, 7, 4, order=order)
            assert principal + bonus == amount
            assert 0 <= principal <= 7
            assert 0 <= bonus <= 4


BONUS = ((EARLY, 500), (LATE, 300))


@pytest.mark.parametrize(
    ("principal", "lots"),
    [
        (999, (a_bonus_lot(EARLY, 500), a_bonus_lot(LATE, 300))),
        (1_000, (a_bonus_lot(EARLY, 499), a_bonus_lot(LATE, 900))),
        (1_000, (a_bonus_lot(EARLY, 500),)),
    ],
)
def test_a_top_up_of_which_anything_was_spent_is_not_taken_back(
    principal: int, lots: tuple[Lot, ...]
) -> None:
    with pytest.raises(TopUpSpent):
        taken_back(Purse(principal, lots), 1_000, BONUS, on=DAY)


def test_taking_a_top_up_back_leaves_other_bonus_and_what_ran_out() -> None:
    lots = (a_bonus_lot(EARLY, 500), a_bonus_lot(LATE, 300, date(2026, 5, 31)))

    back = taken_back(Purse(1_000, lots), 1_000, BONUS, on=DAY)

    assert (back.principal, back.voided) == (1_000, ((EARLY, 500),))


def test_what_two_counters_gave_back_of_one_purse_the_rest_makes_up_for() -> None:
    paid = ValuePayment(5_000, ((EARLY, 5_000),), "bonus_first")
    alone = stored_value_given_back(paid, due=10_000, returned=4_000)

    rest = stored_value_given_back(
        paid, due=10_000, returned=10_000, already=(2 * alone.principal, 2 * alone.bonus)
    )

    assert (alone.principal, alone.bonus) == (4_000, 0)
    assert (rest.principal, rest.lots) == (0, ((EARLY, 2_000),))
