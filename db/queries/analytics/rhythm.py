"""The shop's own rhythm: how long its members stay away, and what days that proposes.

The median of all gaps between visits is what churn risk is measured by; the four-fifths and the
nineteen-twentieths gap propose where active ends and lost begins.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

import numpy as np

from db.domain.analytics.churn import ChurnBand
from db.domain.analytics.lifecycle import ACTIVE_SHARE, LOST_SHARE, LifecycleDays, proposed_days
from db.queries.analytics.buyers import Buyers, buyers, gaps_of
from db.queries.analytics.groups import BANDS, bands
from db.queries.analytics.scores import quantile_of
from db.queries.analytics.visits import VisitDays

MONTH_DAYS: Final = 30
FALL_PER_CENT: Final = 5


@dataclass(frozen=True, slots=True)
class ShopRhythm:
    """Gaps in days, members by churn band, and who was active in the last 30 days and before."""

    buyers: int
    gaps: int
    median_gap: Fraction | None
    active_gap: Fraction | None
    lost_gap: Fraction | None
    bands: dict[ChurnBand, int]
    proposed: LifecycleDays | None
    active: int
    active_before: int

    @property
    def falling(self) -> bool:
        """Say whether 5 % fewer members, or less, came than in the 30 days before."""
        return (
            self.active_before > 0
            and 100 * self.active <= (100 - FALL_PER_CENT) * self.active_before
        )


def shop_rhythm(days: VisitDays, *, today: date, settings: LifecycleDays) -> ShopRhythm:
    """Return the rhythm as of a day."""
    people = buyers(days, today=today)
    gaps, _ = gaps_of(days.until(today).visits)
    shares = (Fraction(1, 2), ACTIVE_SHARE, LOST_SHARE)
    edges = [quantile_of(gaps, share) for share in shares] if len(gaps) else [None] * len(shares)
    counts = np.bincount(bands(people), minlength=len(BANDS))
    month = timedelta(days=MONTH_DAYS)
    return ShopRhythm(
        buyers=len(people),
        gaps=len(gaps),
        median_gap=edges[0],
        active_gap=edges[1],
        lost_gap=edges[2],
        bands={band: int(count) for band, count in zip(BANDS, counts, strict=True)},
        proposed=proposed_days(np.sort(gaps).tolist(), now=settings),
        active=_active(people, days, since=today - month + timedelta(days=1), until=today),
        active_before=_active(
            people, days, since=today - 2 * month + timedelta(days=1), until=today - month
        ),
    )


def _active(people: Buyers, days: VisitDays, *, since: date, until: date) -> int:
    seen = days.since(since).until(until).visits
    return len(np.intersect1d(np.unique(seen.who), people.who))
