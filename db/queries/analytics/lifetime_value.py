"""What the shop's own repeat buying says of the future: a fitted model, and each member's figures.

Fitted anew on what is asked for; a shop of a million members takes seconds. A shop whose purchases
have no amounts has a model of visits and none of spend.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np

from db.domain.analytics.bgnbd import DAYS_A_WEEK, BgNbd, RepeatSummary
from db.domain.analytics.fitting import FitUnsettled, TooFewBuyers
from db.domain.analytics.gamma_gamma import DISCOUNT_A_MONTH, MONTHS, WEEKS_A_MONTH
from db.domain.analytics.pareto_nbd import ParetoNbd
from db.domain.ids import MemberId
from db.queries.analytics.fits import SpendFit, fit_bgnbd, fit_gamma_gamma, fit_pareto_nbd
from db.queries.analytics.likelihood import Top
from db.queries.analytics.repeat_buying import (
    RepeatSummaries,
    expected_spend,
    expected_visits,
    p_alive,
    repeat_summaries,
)
from db.queries.analytics.visits import Floats, VisitDays

YEAR_WEEKS: Final = MONTHS * WEEKS_A_MONTH
ModelName = Literal["bgnbd", "pareto_nbd"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the model expects after the window, and how many visits there really were."""

    until: date
    weeks: float
    expected: float
    made: int


@dataclass(frozen=True, slots=True)
class LifetimeFit:
    """A model fitted on the days of purchase up to `day_to`.

    `mean_spend` is the mean over members of what a repeat visit cost, in 元. `spend` is nothing
    where amounts do not carry a model; `no_spend` says why.
    """

    name: ModelName
    model: BgNbd | ParetoNbd
    top: Top
    summaries: RepeatSummaries
    day_to: date
    mean_spend: float | None
    spend: SpendFit | None
    no_spend: TooFewBuyers | FitUnsettled | None

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the names of the model's parameters, in order."""
        return ("r", "alpha", "a", "b") if self.name == "bgnbd" else ("r", "alpha", "s", "beta")


@dataclass(frozen=True, slots=True)
class MemberFuture:
    """One member as the model sees him; money in 元.

    `p_alive` says nothing below two visits (DECISIONS 36). `value` is of the next twelve months,
    discounted by 1 % a month.
    """

    summary: RepeatSummary
    p_alive: float
    weeks: float
    expected_visits: float
    mean_spend: float
    expected_spend: float | None
    value: float | None


def fit_lifetime(days: VisitDays, *, day_to: date, name: ModelName = "bgnbd") -> LifetimeFit:
    """Return the model that fits the days of purchase up to a day.

    Raises:
        TooFewBuyers: below 100 buyers or 30 with a repeat visit.
        FitUnsettled: when the data does not say which parameters fit.
    """
    summaries = repeat_summaries(days, until=day_to)
    fitted: tuple[BgNbd | ParetoNbd, Top] = (
        fit_bgnbd(summaries) if name == "bgnbd" else fit_pareto_nbd(summaries)
    )
    spend, refused = None, None
    try:
        spend = fit_gamma_gamma(summaries)
    except (TooFewBuyers, FitUnsettled) as refusal:
        refused = refusal
    spent = summaries.mean[(summaries.x > 0) & (summaries.mean > 0)]
    mean = float(spent.mean()) if len(spent) else None
    return LifetimeFit(name, *fitted, summaries, day_to, mean, spend, refused)


def forecast(fit: LifetimeFit, days: VisitDays, *, until: date) -> Forecast:
    """Return what a BG/NBD fit expects of its members until a day, and what they did."""
    assert isinstance(fit.model, BgNbd), "the other model is for comparison"
    weeks = (until - fit.day_to).days / DAYS_A_WEEK
    later = days.since(fit.day_to + timedelta(days=1)).until(until).visits
    made = int(np.isin(later.who, fit.summaries.who).sum())
    expected = float(expected_visits(fit.model, fit.summaries, weeks).sum())
    return Forecast(until, weeks, expected, made)


def member_future(
    fit: LifetimeFit, days: VisitDays, member_id: MemberId, *, weeks: float = YEAR_WEEKS
) -> MemberFuture | None:
    """Return one member's figures for so many weeks to come; nothing for who never bought."""
    assert isinstance(fit.model, BgNbd), "the other model is for comparison"
    known = member_id in days.members
    places = (
        np.flatnonzero(fit.summaries.who == days.members.index(member_id))
        if known
        else np.array(())
    )
    if not len(places):
        return None
    one = fit.summaries.only(int(places[0]))
    spend = (
        None if fit.spend is None else fit.spend.model.expected_spend(int(one.x[0]), one.mean[0])
    )
    return MemberFuture(
        one.of(0),
        float(p_alive(fit.model, one)[0]),
        weeks,
        float(expected_visits(fit.model, one, weeks)[0]),
        float(one.mean[0]),
        spend,
        None if fit.spend is None or spend is None else float(values_ahead(fit, one)[0]),
    )


def values_ahead(fit: LifetimeFit, summaries: RepeatSummaries) -> Floats:
    """Return the value in 元 of each member's next twelve months; NaN without a model of spend."""
    assert isinstance(fit.model, BgNbd), "the other model is for comparison"
    if fit.spend is None:
        return np.full(len(summaries), np.nan)
    spend = expected_spend(fit.spend.model, summaries)
    total, before = np.zeros(len(summaries)), np.zeros(len(summaries))
    for month in range(1, MONTHS + 1):
        until = expected_visits(fit.model, summaries, month * WEEKS_A_MONTH)
        total += spend * (until - before) / (1 + DISCOUNT_A_MONTH) ** month
        before = until
    return total
