"""How long members stay with the shop: survival since their first purchase, in days.

A member has left when he is lost by the days in force, at his last purchase; all others were seen
until the day that asks.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np

from db.domain.analytics.lifecycle import LifecycleDays
from db.domain.analytics.survival import Survival, survival_of
from db.queries.analytics.buyers import buyers
from db.queries.analytics.visits import VisitDays


def members_staying(days: VisitDays, *, today: date, settings: LifecycleDays) -> Survival:
    """Return the share of buyers that is still there so many days after the first purchase."""
    people = buyers(days, today=today)
    left = people.recency > settings.lost
    stayed = np.where(left, people.last - people.first, people.age)

    def observed() -> Iterator[tuple[float, bool]]:
        yield from zip(stayed.tolist(), left.tolist(), strict=True)

    return survival_of(observed())
