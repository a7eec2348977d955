"""Where a member stands in his life with the shop, and how many days part the stages.

New, active, dormant, lost, or never bought. The days are settings of the shop; its own gaps
between visits propose them: four of five are no longer than the active days, 19 of 20 no longer
than the lost days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Final

from db.domain.analytics.quantiles import quantile

GAPS_FOR_PROPOSAL: Final = 100
ACTIVE_SHARE: Final = Fraction(80, 100)
LOST_SHARE: Final = Fraction(95, 100)


class Stage(StrEnum):
    """The stages, each member in exactly one."""

    NEW = "new"
    ACTIVE = "active"
    DORMANT = "dormant"
    LOST = "lost"
    NEVER = "never_bought"


@dataclass(frozen=True, slots=True)
class LifecycleDays:
    """New up to `new` days after the first purchase, active and lost by days since the last."""

    new: int = 30
    active: int = 60
    lost: int = 180

    def __post_init__(self) -> None:
        assert self.new > 0, "a first day is new"
        assert 0 < self.active < self.lost, "stages follow each other"


def stage_of(
    first_on: date | None, last_on: date | None, *, today: date, days: LifecycleDays
) -> Stage:
    """Return the stage of who bought first and last on these business days, if ever."""
    if first_on is None or last_on is None:
        return Stage.NEVER
    if (today - first_on).days <= days.new:
        return Stage.NEW
    since = (today - last_on).days
    if since <= days.active:
        return Stage.ACTIVE
    return Stage.DORMANT if since <= days.lost else Stage.LOST


def proposed_days(ordered_gaps: Sequence[int], *, now: LifecycleDays) -> LifecycleDays | None:
    """Return the days that a shop's gaps between visits propose; nothing from too few of them.

    Args:
        ordered_gaps: days between one visit day and the member's next, the shortest first.
        now: the settings in force; the days of being new are kept, at most the active ones.
    """
    if len(ordered_gaps) < GAPS_FOR_PROPOSAL:
        return None
    active = max(1, ceil(quantile(ordered_gaps, ACTIVE_SHARE)))
    lost = max(active + 1, ceil(quantile(ordered_gaps, LOST_SHARE)))
    return LifecycleDays(min(now.new, active), active, lost)
