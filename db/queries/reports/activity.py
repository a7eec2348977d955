"""Activity and repurchase: who came, who was new, who came again, period by period.

Repurchase rate = members with two days of purchase or more ÷ members with one or more. NumPy comes
with this module.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np

from db.queries.analytics.visits import Ints, VisitDays
from db.storage.database import Reader

Period = Literal["week", "month"]
_WEEK_DAYS: Final = 7
_ENROLLED: Final = """
SELECT count(*) FROM member AS m WHERE m.state IN ('active', 'frozen') AND m.joined_on <= ?1
  AND NOT EXISTS (SELECT 1 FROM staff AS s WHERE s.member_id = m.member_id)
"""


@dataclass(frozen=True, slots=True)
class ActivityFigures:
    """Some days: members who bought, bought first, bought on two days or more; 分.

    `visits` are days of purchase, `sales` purchases, `gross` what they were due and `net` that less
    what came back on these days.
    """

    active: int
    new: int
    repeat: int
    visits: int
    sales: int
    gross: int
    net: int


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A week (its Monday) or a month (its first day)."""

    begins: date
    figures: ActivityFigures


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """The days asked about, as many days before them, and the weeks or months within.

    `enrolled` are members by the last day, `returned` who was active both before and now.
    """

    day_from: date
    day_to: date
    enrolled: int
    figures: ActivityFigures
    before: ActivityFigures
    returned: int
    periods: tuple[PeriodRow, ...]


def activity_report(
    reader: Reader, days: VisitDays, *, day_from: date, day_to: date, by: Period
) -> ActivityReport:
    """Return the report of business days, both included."""
    length = day_to - day_from + timedelta(days=1)
    first = _first_days(days)
    now = days.since(day_from).until(day_to)
    then = days.since(_less(day_from, length)).until(day_from - timedelta(days=1))
    begins = _begins(now.day, by)
    return ActivityReport(
        day_from=day_from,
        day_to=day_to,
        enrolled=int(reader.value(_ENROLLED, (day_to.isoformat(),))),
        figures=_figures(now, first),
        before=_figures(then, first),
        returned=len(np.intersect1d(now.visits.who, then.visits.who)),
        periods=tuple(
            PeriodRow(
                date.fromordinal(begin),
                _figures(now.where(begins == begin), first),
            )
            for begin in np.unique(begins).tolist()
        ),
    )


def _figures(days: VisitDays, first: Ints) -> ActivityFigures:
    visits = days.visits
    starts, counts = visits.spans()
    return ActivityFigures(
        active=len(starts),
        new=int((visits.day == first[visits.who]).sum()),
        repeat=int((counts > 1).sum()),
        visits=len(visits.who),
        sales=int(visits.sales.sum()),
        gross=int(days.gross.sum()),
        net=int(days.net.sum()),
    )


def _first_days(days: VisitDays) -> Ints:
    """Return the day of each member's first purchase, by his number."""
    visits = days.visits
    starts, _ = visits.spans()
    first = np.zeros(len(days.members), dtype=np.int64)
    first[visits.who[starts]] = visits.day[starts]
    return first


def _begins(days: Ints, by: Period) -> Ints:
    """Return the first day of each day's week or month, as ordinals."""
    if by == "week":
        return days - (days - 1) % _WEEK_DAYS  # ordinal 1 was a Monday
    distinct, places = np.unique(days, return_inverse=True)
    months = [date.fromordinal(day).replace(day=1).toordinal() for day in distinct.tolist()]
    found: Ints = np.array(months, dtype=np.int64)[places]
    return found


def _less(day: date, length: timedelta) -> date:
    return day - min(length, day - date.min)
