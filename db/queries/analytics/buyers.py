"""What each member who ever bought comes to, as of a day: recency, frequency, money, rhythm.

Counted from his days of purchase; everything later than the day asked about is unseen, so that a
report of last month is the same today. Gaps are doubled days, so that a median stays whole.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from db.domain.analytics.churn import VISITS_MIN
from db.domain.analytics.rfm import WINDOW_DAYS
from db.domain.ids import MemberId
from db.queries.analytics.visits import Flags, Floats, Ints, VisitDays

NO_GAP: Final = 0


@dataclass(frozen=True, slots=True)
class Buyers:
    """One row a member with a visit up to `today`, by his number in `members`.

    `first` and `last` are ordinals of days; `ever` counts days of purchase; `days`, `sales`,
    `gross` and `net` are what lies in the window that ends today (分). `twice_gap` is twice the
    median gap between his visits, 0 below three; `twice_shop_gap` the same over all gaps of all.
    """

    members: tuple[MemberId, ...]
    today: date
    since: date
    who: Ints
    first: Ints
    last: Ints
    ever: Ints
    days: Ints
    sales: Ints
    gross: Ints
    net: Ints
    twice_gap: Ints
    twice_shop_gap: int

    def __len__(self) -> int:
        return len(self.who)

    @property
    def recency(self) -> Ints:
        """Return the days since each one's last visit."""
        return self.today.toordinal() - self.last

    @property
    def age(self) -> Ints:
        """Return the days since each one's first visit."""
        return self.today.toordinal() - self.first

    @property
    def in_window(self) -> Flags:
        """Say who bought in the window."""
        bought: Flags = self.days > 0
        return bought

    @property
    def risk(self) -> Floats:
        """Return each one's churn risk; NaN below three visits."""
        usual = np.maximum(self.twice_gap, self.twice_shop_gap)
        known = self.ever >= VISITS_MIN
        return np.where(known, 2 * self.recency / np.where(known, usual, 1), np.nan)

    def at_risk(self, times: int) -> Flags:
        """Say whose risk is at least so many times, exactly."""
        usual = np.maximum(self.twice_gap, self.twice_shop_gap)
        risky: Flags = (self.ever >= VISITS_MIN) & (2 * self.recency >= times * usual)
        return risky


def buyers(days: VisitDays, *, today: date, since: date | None = None) -> Buyers:
    """Return the members who bought up to a day; the window is 365 days unless `since` is given."""
    start = since or today - timedelta(days=WINDOW_DAYS - 1)
    seen = days.until(today)
    visits = seen.visits
    starts, counts = visits.spans()
    who = visits.who[starts]
    gaps, owners = gaps_of(visits)
    inside, bought = seen.since(start), visits.since(start)
    place = np.full(len(days.members), -1, dtype=np.int64)
    place[who] = np.arange(len(who))
    return Buyers(
        members=days.members,
        today=today,
        since=start,
        who=who,
        first=visits.day[starts],
        last=visits.day[starts + counts - 1],
        ever=counts,
        days=_per_buyer(
            place, bought.who, values=np.ones(len(bought.who), dtype=np.int64), n=len(who)
        ),
        sales=_per_buyer(place, bought.who, values=bought.sales, n=len(who)),
        gross=_per_buyer(place, bought.who, values=bought.gross, n=len(who)),
        net=_per_buyer(place, inside.who, values=inside.net, n=len(who)),
        twice_gap=_twice_medians(gaps, place[owners], n=len(who)),
        twice_shop_gap=_twice_median(np.sort(gaps)),
    )


def gaps_of(visits: VisitDays) -> tuple[Ints, Ints]:
    """Return the days between each visit day and the member's next, and whose gap each is."""
    same = visits.who[1:] == visits.who[:-1]
    return np.diff(visits.day)[same], visits.who[1:][same]


def _per_buyer(place: Ints, who: Ints, *, values: Ints, n: int) -> Ints:
    """Return the sums of values by member; who never bought, and only brought back, has none."""
    at = place[who]
    sums = np.zeros(n, dtype=np.int64)
    np.add.at(sums, at[at >= 0], values[at >= 0])
    return sums


def _twice_medians(gaps: Ints, place: Ints, *, n: int) -> Ints:
    """Return twice the median gap of each member; 0 for who has fewer than two gaps."""
    order = np.lexsort((gaps, place))
    gaps, counts = gaps[order], np.bincount(place, minlength=n)
    starts = np.cumsum(counts) - counts
    twice = np.zeros(n, dtype=np.int64)
    known = counts >= VISITS_MIN - 1
    low, high = starts + (counts - 1) // 2, starts + counts // 2
    twice[known] = gaps[low[known]] + gaps[high[known]]
    return twice


def _twice_median(ordered: Ints) -> int:
    if not len(ordered):
        return 0
    return int(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2])
