"""A program never gives back more money in points than was paid."""

import json
from typing import Any

import pytest

from db.domain.program.program import load_program
from db.domain.program.reading import InvalidProgram
from tests.support.programs import a_document

ONE_FOR_ONE = {"money": {"points_per_step": 1, "value_per_step": "1.00"}}
GOLD = {
    "measure": "net_spend",
    "window": "lifetime",
    "levels": [{"code": "a", "from": "0"}, {"code": "b", "from": "9.00", "multiplier": "1.5"}],
}


def faults(give: object, **overrides: Any) -> list[tuple[str, str]]:
    """Return (path, code) of what is wrong with a program of one rule at 1 point = ¥1.00."""
    earning = [{"id": "r", "give": give}]
    document = a_document(earning=earning, redemption=ONE_FOR_ONE) | overrides
    try:
        load_program(json.dumps(document).encode())
    except InvalidProgram as refused:
        return [(problem.path, problem.code) for problem in refused.problems]
    return []


@pytest.mark.parametrize(
    "give",
    [
        {"points": 2, "per_amount": "1.99"},
        [{"points": 5}, {"points": 11, "per_amount": "10.00"}],
        {"bands": [{"from": "0", "points": 1, "per_amount": "5.00"},
                   {"from": "50", "points": 3, "per_amount": "2.00"}]},
    ],
)  # fmt: skip
def test_points_that_pay_more_than_was_paid_are_refused(give: object) -> None:
    assert faults(give) == [("$.earning[0].give", "pays_more_than_face")]


def test_the_highest_level_counts() -> None:
    give = {"points": 1, "per_amount": "1.25"}

    assert faults(give) == []
    assert faults(give, tiers=GOLD) == [("$.earning[0].give", "pays_more_than_face")]


@pytest.mark.parametrize(
    "give",
    [
        {"points": 1, "per_amount": "1.00"},
        {"points": 500},
        {"points": 9, "per_item": 1},
        {"multiply": "9"},
    ],
)
def test_all_of_it_back_and_gifts_of_points_are_the_shops_to_give(give: object) -> None:
    assert faults(give) == []


def test_points_that_buy_nothing_may_be_many() -> None:
    assert faults({"points": 99, "per_amount": "1.00"}, redemption={}) == []


def test_an_amount_of_nothing_is_one_fault_not_two() -> None:
    assert [code for _, code in faults({"points": 1, "per_amount": "0.00"})] == ["not_above_zero"]
