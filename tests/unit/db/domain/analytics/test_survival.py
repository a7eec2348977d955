"""Survival against textbook tables and a public table of contracts."""

from typing import Any

import pytest

from db.domain.analytics.survival import Survival, log_rank, survival_of
from tests.support.analytics_vectors import facts, table


def contracts(contract: str | None = None) -> list[tuple[float, bool]]:
    return [
        (float(row["tenure"]), row["churn"] == "Yes")
        for row in table("telco")
        if contract is None or row["contract"] == contract
    ]


def check(curve: Survival, fact: Any, key: str) -> None:
    for time, share in fact["expected"][key].items():
        assert curve.at(float(time)) == pytest.approx(share, abs=fact["tolerance"]["abs"])
    assert curve.median == fact["expected"]["median"]


def test_the_textbook_table() -> None:
    fact = next(each for each in facts("survival", "") if "durations" in each["input"])
    given = fact["input"]
    pairs = zip(given["durations"], given["events"], strict=True)

    check(survival_of((time, bool(left)) for time, left in pairs), fact, "survival_at")


@pytest.mark.parametrize(
    "fact", facts("halves", "half.telco.kap"), ids=lambda fact: str(fact["id"])
)
def test_a_public_table_of_contracts(fact: Any) -> None:
    curve = survival_of(contracts(fact["input"].get("contract")))

    check(curve, fact, "survival")
    wanted = fact["expected"]
    assert curve.n == wanted.get("customers", 3518)
    assert curve.left == wanted.get("churned", 964)


def test_two_groups_are_told_apart() -> None:
    (fact,) = facts("halves", "half.telco.logrank")
    one, other = (contracts(name) for name in fact["input"]["groups"])

    found = log_rank(one, other)

    assert found.chi_square == pytest.approx(fact["expected"]["chi_square"], rel=1e-3)
    assert found.p_value is not None
    assert found.p_value < 1e-30


def test_alike_groups_are_not_told_apart() -> None:
    group = [(1.0, True), (2.0, True), (3.0, False)]

    found = log_rank(group, group)

    assert (found.chi_square, found.p_value) == (0.0, 1.0)


def test_where_nobody_leaves_there_is_nothing_to_tell() -> None:
    staying = [(5.0, False)] * 3

    curve = survival_of(staying)

    assert (curve.median, curve.at(4), curve.steps) == (None, 1.0, ())
    assert log_rank(staying, staying).chi_square is None
    assert log_rank([], []).p_value is None
    assert log_rank([(1.0, True)], []).chi_square is None
    assert survival_of([]) == Survival(0, 0, ())
