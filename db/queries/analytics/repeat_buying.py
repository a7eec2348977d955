"""Repeat buying of many members at once: summaries, and what fitted models say of each.

Weeks are days ÷ 7, several purchases on a day are one, ages run to the last day of the window. What
one member's figure means is in `db.domain.analytics`; here it is the same over arrays.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from scipy import special

from db.domain.analytics.bgnbd import DAYS_A_WEEK, NEAR_ONE, BgNbd, RepeatSummary
from db.domain.analytics.gamma_gamma import GammaGamma
from db.queries.analytics.visits import Floats, Ints, VisitDays

_UNIT = 100
_BESIDE_ONE = 1e-4


@dataclass(frozen=True, slots=True)
class RepeatSummaries:
    """One row a member who bought: his number, and x, t_x and age in days; `mean` in 元.

    `mean` is the mean spend of a repeat visit; 0 for who has none.
    """

    who: Ints
    x: Ints
    t_x: Ints
    age: Ints
    mean: Floats

    def __len__(self) -> int:
        return len(self.who)

    @property
    def repeaters(self) -> int:
        """Return how many came more than once."""
        return int((self.x > 0).sum())

    def only(self, place: int) -> "RepeatSummaries":
        """Return one row alone."""
        row = slice(place, place + 1)
        return RepeatSummaries(
            self.who[row], self.x[row], self.t_x[row], self.age[row], self.mean[row]
        )

    def of(self, place: int) -> RepeatSummary:
        """Return one member's, in weeks."""
        weeks = self.t_x[place] / DAYS_A_WEEK, self.age[place] / DAYS_A_WEEK
        return RepeatSummary(int(self.x[place]), float(weeks[0]), float(weeks[1]))


def repeat_summaries(days: VisitDays, *, until: date) -> RepeatSummaries:
    """Return the summaries over these days of purchase up to a day."""
    visits = days.until(until).visits
    starts, counts = visits.spans()
    if not len(starts):
        none = np.empty(0, dtype=np.int64)
        return RepeatSummaries(none, none, none, none, np.empty(0))
    first, last = visits.day[starts], visits.day[starts + counts - 1]
    repeat_spend = np.add.reduceat(visits.gross, starts) - visits.gross[starts]
    x = counts - 1
    return RepeatSummaries(
        visits.who[starts],
        x,
        last - first,
        until.toordinal() - first,
        repeat_spend / np.maximum(x, 1) / _UNIT,
    )


def p_alive(model: BgNbd, summaries: RepeatSummaries) -> Floats:
    """Return each member's probability of coming again; 1 without a repeat visit."""
    x, t_x, age = _weeks(summaries)
    repeated = x > 0
    odds = np.log(model.a / np.where(repeated, model.b + x - 1, 1)) + (model.r + x) * (
        np.log(model.alpha + age) - np.log(model.alpha + t_x)
    )
    return np.where(repeated, special.expit(-odds), 1.0)


def expected_visits(model: BgNbd, summaries: RepeatSummaries, weeks: float) -> Floats:
    """Return how many more visits each member makes within so many weeks, on average."""
    if abs(model.a - 1) < NEAR_ONE:
        near = [BgNbd(model.r, model.alpha, 1 + by, model.b) for by in (-_BESIDE_ONE, _BESIDE_ONE)]
        below, above = (expected_visits(each, summaries, weeks) for each in near)
        return (below + above) / 2
    x, _, age = _weeks(summaries)
    z = weeks / (model.alpha + age + weeks)
    ever = model.a + model.b + x - 1
    kept = (1 - z) ** (model.a - 1) * special.hyp2f1(
        model.a + model.b - 1 - model.r, model.a - 1, ever, z
    )
    expected: Floats = ever / (model.a - 1) * (1 - kept) * p_alive(model, summaries)
    return expected


def expected_spend(model: GammaGamma, summaries: RepeatSummaries) -> Floats:
    """Return the spend in 元 to expect of each member's visits; NaN where the model has none."""
    weight = model.p * summaries.x + model.q - 1
    spend = model.p * (model.gamma + summaries.x * summaries.mean) / np.where(weight > 0, weight, 1)
    return np.where(weight > 0, spend, np.nan)


def _weeks(summaries: RepeatSummaries) -> tuple[Floats, Floats, Floats]:
    columns: tuple[Any, ...] = (summaries.x, summaries.t_x, summaries.age)
    x, t_x, age = (column.astype(np.float64) for column in columns)
    return x, t_x / DAYS_A_WEEK, age / DAYS_A_WEEK
