"""Fits of the public data sets agree with the parameters that other programs find."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from db.domain.analytics.bgnbd import BgNbd
from db.domain.analytics.fitting import FitUnsettled, TooFewBuyers
from db.domain.analytics.gamma_gamma import GammaGamma
from db.queries.analytics.fits import fit_bgnbd, fit_gamma_gamma, fit_pareto_nbd
from db.queries.analytics.repeat_buying import (
    RepeatSummaries,
    expected_spend,
    expected_visits,
    p_alive,
    repeat_summaries,
)
from tests.support.analytics_vectors import facts, number_of, purchases


def summaries_of(fact: Any) -> RepeatSummaries:
    until = date.fromisoformat(fact["input"]["window_end"])
    return repeat_summaries(purchases(fact["input"]["dataset"]), until=until)


def weeks_of(fact: Any) -> float:
    first, last = (date.fromisoformat(fact["input"][key]) for key in ("window_end", "after_until"))
    return (last - first).days / 7


def place_of(fact: Any, summaries: RepeatSummaries) -> int:
    number = number_of(purchases(fact["input"]["dataset"]), fact["input"]["member"])
    return int(np.flatnonzero(summaries.who == number)[0])


def case(fact: Any) -> str:
    return f"{fact['id']} {fact['input']['dataset']}"


@pytest.mark.parametrize("fact", facts("halves", "half.summary"), ids=case)
def test_summaries_count_what_others_count(fact: Any) -> None:
    summaries, wanted = summaries_of(fact), fact["expected"]
    days = purchases(fact["input"]["dataset"])
    until = date.fromisoformat(fact["input"]["window_end"])
    later = days.since(date.fromordinal(until.toordinal() + 1)).until(
        date.fromisoformat(fact["input"]["after_until"])
    )

    assert len(summaries) == wanted["members_in_window"]
    assert summaries.repeaters == wanted["repeaters"]
    assert summaries.x.sum() == wanted["repeat_purchases"]
    assert np.isin(later.who, summaries.who).sum() == wanted["purchases_after_window"]
    if "mean_of_repeat_means" in wanted:
        means = summaries.mean[summaries.x > 0]
        assert means.mean() == pytest.approx(wanted["mean_of_repeat_means"], abs=1e-3)


@pytest.mark.parametrize("fact", facts("halves", "half.bgnbd.fit"), ids=case)
def test_bgnbd_finds_the_parameters_that_others_find(fact: Any) -> None:
    model, top = fit_bgnbd(summaries_of(fact))

    wanted = dict(fact["expected"])
    assert top.log_likelihood == pytest.approx(wanted.pop("log_likelihood"), abs=0.01)
    for name, value in wanted.items():
        assert getattr(model, name) == pytest.approx(value, rel=0.001)
    assert all(0 < error < value for value, error in zip(top.values, top.errors, strict=True))


@pytest.mark.parametrize("fact", facts("halves", "half.pareto_nbd.fit"), ids=case)
def test_pareto_nbd_finds_the_parameters_that_others_find(fact: Any) -> None:
    model, top = fit_pareto_nbd(summaries_of(fact))

    wanted = dict(fact["expected"])
    assert top.log_likelihood == pytest.approx(wanted.pop("log_likelihood"), abs=0.01)
    for name, value in wanted.items():
        assert getattr(model, name) == pytest.approx(value, rel=0.002)


@pytest.mark.parametrize("fact", facts("halves", "half.gamma_gamma.fit"), ids=case)
def test_gamma_gamma_finds_the_parameters_that_others_find(fact: Any) -> None:
    found, wanted = fit_gamma_gamma(summaries_of(fact)), fact["expected"]

    assert found.members == wanted["members"]
    assert found.correlation == pytest.approx(wanted["correlation_x_m"], abs=1e-4)
    assert found.top.log_likelihood == pytest.approx(wanted["log_likelihood"], abs=0.01)
    for name in ("p", "q", "gamma"):
        assert getattr(found.model, name) == pytest.approx(wanted[name], rel=0.001)


@pytest.mark.parametrize("fact", facts("halves", "half.bgnbd.forecast"), ids=case)
def test_the_forecast_of_a_shop_is_what_others_forecast(fact: Any) -> None:
    summaries = summaries_of(fact)
    model, _ = fit_bgnbd(summaries)

    found = expected_visits(model, summaries, weeks_of(fact)).sum()

    assert found == pytest.approx(fact["expected"]["expected_purchases"], rel=0.001)


@pytest.mark.parametrize("fact", facts("halves", "half.bgnbd.member"), ids=case)
def test_a_member_is_expected_as_often_as_others_expect_him(fact: Any) -> None:
    summaries, wanted = summaries_of(fact), fact["expected"]
    model, _ = fit_bgnbd(summaries)
    place = place_of(fact, summaries)
    member = summaries.of(place)

    assert (member.x, member.t_x, member.age) == (
        wanted["x"], pytest.approx(wanted["t_x"], abs=1e-4), pytest.approx(wanted["T"], abs=1e-4),
    )  # fmt: skip
    assert p_alive(model, summaries)[place] == pytest.approx(wanted["p_alive"], abs=1e-3)
    found = expected_visits(model, summaries, weeks_of(fact))[place]
    assert found == pytest.approx(wanted["expected_purchases"], rel=0.002)


@pytest.mark.parametrize("fact", facts("halves", "half.gamma_gamma.member"), ids=case)
def test_a_member_is_expected_to_spend_what_others_expect(fact: Any) -> None:
    summaries = summaries_of(fact)
    place = place_of(fact, summaries)

    found = expected_spend(fit_gamma_gamma(summaries).model, summaries)[place]

    assert summaries.mean[place] == pytest.approx(fact["expected"]["mean"], abs=1e-3)
    assert found == pytest.approx(fact["expected"]["expected_mean"], rel=0.001)


def some(x: list[int], t_x: list[int], age: list[int], mean: float = 10.0) -> RepeatSummaries:
    columns = (np.array(column, dtype=np.int64) for column in (range(len(x)), x, t_x, age))
    return RepeatSummaries(*columns, np.where(np.array(x) > 0, mean, 0.0))


def test_arrays_and_single_members_say_the_same() -> None:
    members = some([0, 1, 5, 40, 900], [0, 3, 200, 364, 70], [10, 400, 210, 365, 9_000])
    for model in (BgNbd(0.24, 4.4, 0.79, 2.4), BgNbd(2, 9, 1.0, 0.4), BgNbd(1, 1, 3, 0.1)):
        alive, visits = p_alive(model, members), expected_visits(model, members, 26)
        for place in range(len(members)):
            assert alive[place] == pytest.approx(model.p_alive(members.of(place)), rel=1e-9)
            wanted = model.expected(members.of(place), 26)
            assert visits[place] == pytest.approx(wanted, rel=1e-6, abs=1e-12)
    spend = GammaGamma(6.0, 3.7, 15.0)
    for place, found in enumerate(expected_spend(spend, members)):
        x, mean = int(members.x[place]), float(members.mean[place])
        assert found == pytest.approx(spend.expected_spend(x, mean))


def test_no_spend_is_expected_where_the_model_has_none() -> None:
    assert np.isnan(expected_spend(GammaGamma(1, 0.5, 3), some([0], [0], [9]))).all()


def test_a_handful_of_buyers_is_refused() -> None:
    few = some([1] * 50, [3] * 50, [9] * 50)

    for fit in (fit_bgnbd, fit_pareto_nbd):
        with pytest.raises(TooFewBuyers):
            fit(few)
    with pytest.raises(TooFewBuyers):
        fit_gamma_gamma(some([1] * 50, [3] * 50, [9] * 50, mean=0.0))


def test_members_all_alike_are_refused_and_not_fitted() -> None:
    alike = some([2] * 500, [20] * 500, [40] * 500)

    with pytest.raises(FitUnsettled):
        fit_bgnbd(alike)
    with pytest.raises(FitUnsettled):
        fit_gamma_gamma(alike)


def test_a_shop_without_sales_has_empty_summaries() -> None:
    nobody = repeat_summaries(purchases("apparel"), until=date(1990, 1, 1))

    assert (len(nobody), nobody.repeaters) == (0, 0)
