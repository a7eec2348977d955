"""Fitting BG/NBD, Pareto/NBD and Gamma-Gamma to a shop's own repeat buying.

Members alike in (x, t_x, T) are one row with a weight, so that a million members are some ten
thousand rows. Likelihoods: Fader, Hardie and Lee (2005) for both counts, "A Note on Deriving the
Pareto/NBD Model" (2005) for the second, Fader and Hardie (2013) for the spend.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import optimize, special

from db.domain.analytics.bgnbd import DAYS_A_WEEK, BgNbd
from db.domain.analytics.fitting import REPEATERS_MIN, TooFewBuyers, check_enough
from db.domain.analytics.gamma_gamma import GammaGamma
from db.domain.analytics.pareto_nbd import ParetoNbd
from db.queries.analytics.likelihood import Top, highest
from db.queries.analytics.repeat_buying import RepeatSummaries
from db.queries.analytics.visits import Floats, Ints

_DIGITS: Final = 20
_MASK: Final = (1 << _DIGITS) - 1
_SLOPE_STEP: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Cells:
    """Members alike, as one row: x, t_x and T in weeks, and how many there are."""

    x: Floats
    t_x: Floats
    age: Floats
    members: Floats


@dataclass(frozen=True, slots=True)
class SpendFit:
    """The model of spend, what it was fitted on, and how spend goes with visits.

    `correlation` is between repeat visits and their mean: the model assumes there is none.
    """

    model: GammaGamma
    top: Top
    members: int
    correlation: float | None


def cells_of(summaries: RepeatSummaries) -> Cells:
    """Return the summaries with members who are alike put together."""
    key = (summaries.x << 2 * _DIGITS) | (summaries.t_x << _DIGITS) | summaries.age
    alike, members = np.unique(key, return_counts=True)
    return Cells(
        (alike >> 2 * _DIGITS).astype(np.float64),
        ((alike >> _DIGITS) & _MASK) / DAYS_A_WEEK,
        (alike & _MASK) / DAYS_A_WEEK,
        members.astype(np.float64),
    )


def fit_bgnbd(summaries: RepeatSummaries) -> tuple[BgNbd, Top]:
    """Return the BG/NBD model that fits best.

    Raises:
        TooFewBuyers: below 100 buyers or 30 with a repeat visit.
        FitUnsettled: when the data does not say which parameters fit.
    """
    check_enough(len(summaries), summaries.repeaters)
    cells = cells_of(summaries)
    age = float(np.average(cells.age, weights=cells.members)) or 1.0
    starts = [(0.5, age / 4, 0.7, 2.5), (1.0, age, 1.0, 1.0)]
    top = highest(lambda values: _bgnbd(values, cells), starts)
    return BgNbd(*top.values), top


def fit_pareto_nbd(summaries: RepeatSummaries) -> tuple[ParetoNbd, Top]:
    """Return the Pareto/NBD model that fits best; raises as `fit_bgnbd` does."""
    check_enough(len(summaries), summaries.repeaters)
    cells = cells_of(summaries)
    age = float(np.average(cells.age, weights=cells.members)) or 1.0
    starts = [(0.6, age / 3, 0.5, age / 3), (1.0, age, 1.0, age)]
    top = highest(lambda values: _pareto_nbd(values, cells), starts)
    return ParetoNbd(*top.values), top


def fit_gamma_gamma(summaries: RepeatSummaries) -> SpendFit:
    """Return the model of spend that fits the repeat visits best.

    Raises:
        TooFewBuyers: below 30 members with repeat visits that cost something.
        FitUnsettled: when the data does not say which parameters fit.
    """
    spent = (summaries.x > 0) & (summaries.mean > 0)
    x, mean = summaries.x[spent].astype(np.float64), summaries.mean[spent]
    if len(x) < REPEATERS_MIN:
        raise TooFewBuyers(len(summaries), len(x))
    usual, spent_by = float(np.mean(mean)), _spent(x, mean)
    top = highest(
        lambda values: _gamma_gamma(values, spent_by),
        [(6.0, 4.0, usual / 2), (1.0, 2.0, usual)],
    )
    varied = len(x) > 1 and float(np.std(x)) > 0 and float(np.std(mean)) > 0
    correlation = float(np.corrcoef(x, mean)[0, 1]) if varied else None
    return SpendFit(GammaGamma(*top.values), top, len(x), correlation)


def _bgnbd(values: Floats, cells: Cells) -> tuple[float, Floats]:
    r, alpha, a, b = values
    x, n = cells.x, cells.members
    repeated = x > 0
    after = np.where(repeated, b + x - 1, 1.0)
    to_age, to_last = np.log(alpha + cells.age), np.log(alpha + cells.t_x)
    alive = -(r + x) * to_age
    left = np.where(repeated, np.log(a) - np.log(after) - (r + x) * to_last, -np.inf)
    either = np.logaddexp(alive, left)
    by_alive, by_left = np.exp(alive - either), np.exp(left - either)
    height = (
        special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha)
        + special.gammaln(b + x) - special.gammaln(a + b + x)
        + special.gammaln(a + b) - special.gammaln(b) + either
    )  # fmt: skip
    together = special.digamma(a + b + x)
    slope = (
        special.digamma(r + x) - special.digamma(r) + np.log(alpha)
        - by_alive * to_age - by_left * to_last,
        r / alpha - (r + x) * (by_alive / (alpha + cells.age) + by_left / (alpha + cells.t_x)),
        special.digamma(a + b) - together + by_left / a,
        special.digamma(b + x) - together + special.digamma(a + b) - special.digamma(b)
        - by_left / after,
    )  # fmt: skip
    return float(n @ height), np.array([float(n @ each) for each in slope])


@dataclass(frozen=True, slots=True)
class _Spent:
    """Repeat visits and their mean, in an order of no meaning; what follows from x is once per x.

    `times` are the distinct numbers of visits, `of` each member's place in them.
    """

    x: Floats
    mean: Floats
    times: Floats
    of: Ints
    members: Floats
    logs: Floats


def _spent(x: Floats, mean: Floats) -> _Spent:
    times, of, members = np.unique(x, return_inverse=True, return_counts=True)
    logs: Floats = np.bincount(of, weights=np.log(mean)).astype(np.float64)
    return _Spent(x, mean, times, of, members.astype(np.float64), logs)


def _gamma_gamma(values: Floats, spent: _Spent) -> tuple[float, Floats]:
    p, q, gamma = values
    times, n = spent.times, spent.members
    total = gamma + spent.mean * spent.x
    log_total = np.bincount(spent.of, weights=np.log(total))
    by_total = np.bincount(spent.of, weights=1 / total)
    shape, log_times = p * times + q, np.log(times)
    constant = (
        special.gammaln(shape) - special.gammaln(p * times) - special.gammaln(q)
        + q * np.log(gamma) + p * times * log_times
    )  # fmt: skip
    height = n @ constant + (p * times - 1) @ spent.logs - shape @ log_total
    by_shape = n * special.digamma(shape) - log_total
    slope = (
        times @ (by_shape + n * (log_times - special.digamma(p * times)) + spent.logs),
        by_shape.sum() + n.sum() * (np.log(gamma) - special.digamma(q)),
        n.sum() * q / gamma - shape @ by_total,
    )
    return float(height), np.array([float(each) for each in slope])


def _pareto_nbd(values: Floats, cells: Cells) -> tuple[float, Floats]:
    """Return the height; its slope is taken numerically, on the logarithms' scale."""

    def height(at: Floats) -> float:
        return float(cells.members @ _pareto_heights(at, cells))

    steps = values * _SLOPE_STEP
    slope: Floats = optimize.approx_fprime(values, height, steps)
    return height(values), slope


def _pareto_heights(values: Floats, cells: Cells) -> Floats:
    r, alpha, s, beta = values
    x, shape = cells.x, r + s + cells.x
    alive = -(r + x) * np.log(alpha + cells.age) - s * np.log(beta + cells.age)
    last, now = (_pareto_term(values, x, time=time) for time in (cells.t_x, cells.age))
    left = np.log(s / shape) + last + np.log(-np.expm1(np.minimum(now - last, -1e-300)))
    base = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    heights: Floats = base + np.logaddexp(alive, left)
    return heights


def _pareto_term(values: Floats, x: Floats, *, time: Floats) -> Floats:
    """Return ln 2F1(r+s+x, B; r+s+x+1; z) ÷ (max(α, β) + t)^(r+s+x), by Euler's transformation."""
    r, alpha, s, beta = values
    shape, far = r + s + x, max(alpha, beta) + time
    second = np.full_like(x, s + 1) if alpha >= beta else r + x
    z = abs(alpha - beta) / far
    series = special.hyp2f1(1.0, shape + 1 - second, shape + 1, z)
    term: Floats = np.log(series) + (1 - second) * np.log1p(-z) - shape * np.log(far)
    return term
