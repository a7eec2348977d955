"""Lifecycle: how many members are new, active, dormant, lost or never bought, and who moved.

A month ago is 30 days ago. Definitions: `db.domain.analytics.lifecycle`. NumPy comes with this.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from db.domain.analytics.lifecycle import LifecycleDays, Stage
from db.queries.analytics.buyers import buyers
from db.queries.analytics.groups import STAGES, stages
from db.queries.analytics.visits import Ints, VisitDays
from db.storage.database import Reader

MONTH_DAYS: Final = 30
MONTHS: Final = 6
_ENROLLED: Final = """
SELECT m.member_id, m.joined_on FROM member AS m
WHERE m.state IN ('active', 'frozen') AND m.joined_on <= ?1
  AND NOT EXISTS (SELECT 1 FROM staff AS s WHERE s.member_id = m.member_id)
"""


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage today: members, who came into it and left it within 30 days, their spend in 分.

    Spend is net over 365 days.
    """

    stage: Stage
    members: int
    entered: int
    left: int
    spend: int


@dataclass(frozen=True, slots=True)
class LifecycleReport:
    """The report as of `today`; `history` is (day, members by stage), the oldest first."""

    today: date
    settings: LifecycleDays
    rows: tuple[StageRow, ...]
    history: tuple[tuple[date, dict[Stage, int]], ...]


def lifecycle_report(
    reader: Reader, days: VisitDays, *, today: date, settings: LifecycleDays
) -> LifecycleReport:
    """Return the report."""
    before = today - timedelta(days=MONTH_DAYS)
    now, then = (_stage_of_all(days, day, settings) for day in (today, before))
    people = buyers(days, today=today)
    spend = np.zeros(len(days.members), dtype=np.int64)
    spend[people.who] = people.net
    rows = [_row(place, now, then, spend=spend) for place in range(len(STAGES))]
    waiting, lately = _never(reader, days, now, today=today)
    never = StageRow(Stage.NEVER, waiting, lately, int(((now >= 0) & (then < 0)).sum()), 0)
    moments = [today - timedelta(days=MONTH_DAYS * back) for back in range(MONTHS - 1, -1, -1)]
    history = tuple((day, _counts(_stage_of_all(days, day, settings))) for day in moments)
    return LifecycleReport(today, settings, (*rows, never), history)


def _stage_of_all(days: VisitDays, day: date, settings: LifecycleDays) -> Ints:
    """Return each member's place in `STAGES` on a day; -1 before his first purchase."""
    people = buyers(days, today=day)
    found = np.full(len(days.members), -1, dtype=np.int64)
    found[people.who] = stages(people, days=settings)
    return found


def _row(place: int, now: Ints, then: Ints, *, spend: Ints) -> StageRow:
    here, was = now == place, then == place
    return StageRow(
        STAGES[place],
        int(here.sum()),
        int((here & ~was).sum()),
        int((was & ~here).sum()),
        int(spend[here].sum()),
    )


def _counts(found: Ints) -> dict[Stage, int]:
    return {stage: int((found == place).sum()) for place, stage in enumerate(STAGES)}


def _never(reader: Reader, days: VisitDays, now: Ints, *, today: date) -> tuple[int, int]:
    """Return how many are enrolled and have not bought, and how many of them came lately."""
    bought = {days.members[who] for who in np.flatnonzero(now >= 0).tolist()}
    lately = (today - timedelta(days=MONTH_DAYS)).isoformat()
    joined = [
        joined_on
        for member_id, joined_on in reader.each(_ENROLLED, (today.isoformat(),))
        if member_id not in bought
    ]
    return len(joined), sum(joined_on > lately for joined_on in joined)
