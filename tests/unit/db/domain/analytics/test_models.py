"""BG/NBD, Pareto/NBD and Gamma-Gamma against the figures their authors and packages print."""

from math import isclose
from typing import Any

import pytest

from db.domain.analytics.bgnbd import BgNbd, RepeatSummary, hypergeometric
from db.domain.analytics.fitting import TooFewBuyers, check_enough
from db.domain.analytics.gamma_gamma import GammaGamma, lifetime_value
from db.domain.analytics.pareto_nbd import ParetoNbd
from tests.support.analytics_vectors import facts

CDNOW = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)


def agrees(found: float, wanted: float, tolerance: dict[str, float]) -> bool:
    return isclose(found, wanted, rel_tol=tolerance.get("rel", 0), abs_tol=tolerance.get("abs", 0))


def summary(given: dict[str, Any]) -> RepeatSummary:
    return RepeatSummary(int(given["x"]), given["t_x"], given["T"])


@pytest.mark.parametrize(
    "fact",
    facts("btyd", "bgnbd.cond", "bgnbd.p_alive", "bgnbd.incr"),
    ids=lambda fact: str(fact["id"]),
)
def test_what_is_expected_of_a_member_is_what_the_papers_print(fact: Any) -> None:
    given, wanted = fact["input"], fact["expected"]
    model = BgNbd(**given["params"])

    if "p_alive" in wanted:
        assert agrees(model.p_alive(summary(given)), wanted["p_alive"], fact["tolerance"])
    if "expected_purchases" in wanted:
        found = model.expected(summary(given), given["t"])
        assert agrees(found, wanted["expected_purchases"], fact["tolerance"])


def test_a_new_member_is_expected_to_come_as_often_as_the_papers_say() -> None:
    (fact,) = facts("btyd", "bgnbd.expectation")
    found = BgNbd(**fact["input"]["params"]).expected_of_new(fact["input"]["t"])
    assert agrees(found, fact["expected"]["expected_purchases"], fact["tolerance"])

    (fact,) = facts("btyd", "pareto_nbd.expectation")
    older = ParetoNbd(**fact["input"]["params"]).expected_of_new(fact["input"]["t"])
    assert agrees(older, fact["expected"]["expected_purchases"], fact["tolerance"])


def test_the_older_model_has_a_limit_where_its_formula_divides_by_zero() -> None:
    limit = ParetoNbd(0.5, 10, 1, 12)
    beside = ParetoNbd(0.5, 10, 1 + 1e-7, 12)

    assert limit.expected_of_new(52) == pytest.approx(beside.expected_of_new(52), rel=1e-6)
    assert limit.expected_if_alive(3, 20, weeks=10) == pytest.approx(
        beside.expected_if_alive(3, 20, weeks=10), rel=1e-6
    )


def test_who_never_came_again_counts_as_alive_by_the_model() -> None:
    assert CDNOW.p_alive(RepeatSummary(0, 0.0, 39.0)) == 1.0


def test_a_hundred_visits_long_ago_leave_no_hope_and_no_overflow() -> None:
    gone = RepeatSummary(900, 10.0, 5_000.0)

    assert CDNOW.p_alive(gone) == pytest.approx(0, abs=1e-300)
    assert CDNOW.expected(gone, 52) == pytest.approx(0, abs=1e-300)


def test_the_formula_that_divides_by_a_less_one_has_its_limit_there() -> None:
    member = RepeatSummary(4, 20.0, 30.0)
    at_one, beside = BgNbd(0.3, 5, 1, 2.5), BgNbd(0.3, 5, 1.001, 2.5)

    assert at_one.expected(member, 26) == pytest.approx(beside.expected(member, 26), rel=1e-2)
    assert at_one.expected_of_new(26) == pytest.approx(beside.expected_of_new(26), rel=1e-2)


def test_nothing_is_expected_of_no_time() -> None:
    assert CDNOW.expected(RepeatSummary(4, 20.0, 30.0), 0) == 0


def test_a_series_that_does_not_settle_is_a_bug() -> None:
    with pytest.raises(ArithmeticError):
        hypergeometric(1.5, 2.5, c=1.0, z=0.999_999_9)


@pytest.mark.parametrize(
    "fact", facts("btyd", "gamma_gamma.cond"), ids=lambda fact: str(fact["id"])
)
def test_the_spend_to_expect_is_what_the_papers_print(fact: Any) -> None:
    given = fact["input"]
    found = GammaGamma(**given["params"]).expected_spend(given["x"], given["mean_spend"])

    assert found is not None
    assert agrees(found, fact["expected"]["expected_spend"], fact["tolerance"])


def test_the_mean_of_all_is_what_the_papers_print() -> None:
    (fact,) = facts("btyd", "gamma_gamma.pop")

    found = GammaGamma(**fact["input"]["params"]).mean

    assert found == pytest.approx(fact["expected"]["expected_spend"], abs=1e-4)


def test_a_model_without_a_mean_promises_nothing() -> None:
    model = GammaGamma(2.0, 0.5, 10.0)

    assert model.mean is None
    assert model.expected_spend(0, 0.0) is None
    assert model.expected_spend(3, 20.0) is not None


@pytest.mark.parametrize("fact", facts("btyd", "clv"), ids=lambda fact: str(fact["id"]))
def test_the_value_of_twelve_months_is_what_the_package_prints(fact: Any) -> None:
    """The package printed them with months of 30 of its units, which were weeks."""
    given, row = fact["input"], fact["input"]["row"]
    model = BgNbd(**given["bgnbd"])
    spend = GammaGamma(
        given["gamma_gamma"]["p"], given["gamma_gamma"]["q"], given["gamma_gamma"]["v"]
    )
    member = RepeatSummary(int(row["x"]), row["t_x"], row["T"])
    usual = spend.expected_spend(member.x, row["m"])
    assert usual is not None

    found = lifetime_value(
        lambda weeks: model.expected(member, weeks),
        usual,
        months=given["months"],
        discount=given["monthly_discount"],
        month_weeks=30,
    )

    assert agrees(found, fact["expected"]["clv"], fact["tolerance"])


def test_a_fit_of_a_handful_is_refused_with_what_it_needs() -> None:
    check_enough(100, 30)
    with pytest.raises(TooFewBuyers) as few:
        check_enough(99, 30)
    with pytest.raises(TooFewBuyers):
        check_enough(100, 29)

    assert (few.value.members, few.value.members_needed) == (99, 100)
