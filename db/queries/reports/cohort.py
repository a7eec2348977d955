"""Cohorts: members by the month of their first purchase, and who came again in each month since.

Months are calendar months of business days. NumPy comes with this module.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from db.queries.analytics.visits import Ints, VisitDays

WITHIN_DAYS: Final = (30, 60, 90)
_YEAR_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who bought first in `month`, a month's first day.

    `active` are members by months since, from 0, and `spend` their net spend in 分; `again` how
    many had a second day of purchase within 30, 60 and 90 days.
    """

    month: date
    members: int
    active: tuple[int, ...]
    spend: tuple[int, ...]
    again: tuple[int, ...]


def cohorts(
    days: VisitDays, *, today: date, month_from: date | None = None, month_to: date | None = None
) -> tuple[Cohort, ...]:
    """Return the cohorts up to a day, those of the months between two days where they are given."""
    seen = days.until(today)
    visits = seen.visits
    starts, counts = visits.spans()
    if not len(starts):
        return ()
    first_month = np.full(len(days.members), -1, dtype=np.int64)
    first_month[visits.who[starts]] = _months(visits.day[starts])
    gaps = np.full(len(days.members), np.iinfo(np.int64).max, dtype=np.int64)
    twice = counts > 1
    gaps[visits.who[starts[twice]]] = visits.day[starts[twice] + 1] - visits.day[starts[twice]]
    born = first_month[visits.who[starts]]
    low = int(born.min()) if month_from is None else _month(month_from)
    high = int(born.max()) if month_to is None else _month(month_to)
    return tuple(
        _cohort(month, seen, first_month, gaps=gaps, today=today)
        for month in sorted(set(born.tolist()))
        if low <= month <= high
    )


def _cohort(month: int, seen: VisitDays, first_month: Ints, *, gaps: Ints, today: date) -> Cohort:
    ages = _month(today) - month + 1
    rows = first_month[seen.who] == month
    age = _months(seen.day[rows]) - month
    spend = np.zeros(ages, dtype=np.int64)
    after = age >= 0  # what came back before the first purchase that stands belongs to no month
    np.add.at(spend, age[after], seen.net[rows][after])
    bought = seen.sales[rows] > 0
    pairs = np.unique(seen.who[rows][bought] * ages + age[bought])
    active = np.bincount(pairs % ages, minlength=ages)
    own = gaps[first_month == month]
    return Cohort(
        date(month // _YEAR_MONTHS, month % _YEAR_MONTHS + 1, 1),
        len(own),
        tuple(active.tolist()),
        tuple(spend.tolist()),
        tuple(int((own <= within).sum()) for within in WITHIN_DAYS),
    )


def _month(day: date) -> int:
    return day.year * _YEAR_MONTHS + day.month - 1


def _months(days: Ints) -> Ints:
    """Return months counted from year 0, of ordinals of days."""
    distinct, places = np.unique(days, return_inverse=True)
    months = np.array([_month(date.fromordinal(day)) for day in distinct.tolist()], np.int64)
    found: Ints = months[places]
    return found
