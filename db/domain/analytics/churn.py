"""Churn risk: how long a member has been away, measured by his own rhythm.

Risk = days since the last visit ÷ the larger of his own median gap and the shop's. Whoever came
fewer than three times has no rhythm yet and no risk (DECISIONS 36).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from db.domain.analytics.quantiles import median

VISITS_MIN: Final = 3
WARN_FROM: Final = 2
HIGH_FROM: Final = 3
POINTS_UNUSED_DAYS: Final = 180


class ChurnBand(StrEnum):
    """How urgent it is."""

    NONE = "none"
    WARN = "warn"
    HIGH = "high"
    TOO_FEW = "too_few_visits"


@dataclass(frozen=True, slots=True)
class ChurnRisk:
    """The figure and what it stands on, in days; `risk` is nothing below three visits."""

    visits: int
    days_since: int
    own_gap: Fraction | None
    usual_gap: Fraction | None
    risk: Fraction | None
    band: ChurnBand


def churn_risk(visit_days: Sequence[int], *, today: int, shop_gap: Fraction) -> ChurnRisk:
    """Return the risk of one who came on these days (ordinals, ascending, each once).

    Args:
        visit_days: at least one.
        today: the ordinal of the day that asks.
        shop_gap: the median of all gaps between visits of the shop's members, in days.
    """
    since = today - visit_days[-1]
    if len(visit_days) < VISITS_MIN:
        return ChurnRisk(len(visit_days), since, None, None, None, ChurnBand.TOO_FEW)
    own = median([after - before for before, after in pairwise(visit_days)])
    usual = max(own, shop_gap)
    risk = since / usual
    return ChurnRisk(len(visit_days), since, own, usual, risk, band_of(risk))


def band_of(risk: Fraction | float) -> ChurnBand:
    """Return how urgent a risk is."""
    if risk >= HIGH_FROM:
        return ChurnBand.HIGH
    return ChurnBand.WARN if risk >= WARN_FROM else ChurnBand.NONE
