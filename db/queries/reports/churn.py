"""Churn alerts: who stays away longer than he used to, who spent most first.

Definitions: `db.domain.analytics.churn`. NumPy comes with this module.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from db.domain.analytics.churn import WARN_FROM, ChurnBand
from db.domain.ids import MemberId
from db.queries.analytics.buyers import buyers
from db.queries.analytics.groups import BANDS, bands
from db.queries.analytics.visits import VisitDays
from db.storage.database import Reader

_HALVES: Final = 2
_ERASED: Final = "SELECT member_id FROM member WHERE state = 'erased'"


@dataclass(frozen=True, slots=True)
class ChurnMember:
    """A member at risk: days away, his usual days between visits, 分 net within 365 days."""

    member_id: MemberId
    risk: float
    band: ChurnBand
    days_since: int
    usual_gap: float
    last_on: date
    spend: int


@dataclass(frozen=True, slots=True)
class ChurnList:
    """Everybody at risk as of a day; `spend` is theirs within 365 days, in 分."""

    today: date
    warned: int
    high: int
    spend: int
    members: Iterator[ChurnMember]


def churn_list(reader: Reader, days: VisitDays, *, today: date) -> ChurnList:
    """Return who is at risk, by spend; who was erased is nobody to write to."""
    people = buyers(days, today=today)
    risk, usual = people.risk, np.maximum(people.twice_gap, people.twice_shop_gap) / _HALVES
    found = bands(people)
    erased = {row[0] for row in reader.all(_ERASED)}
    risky = np.flatnonzero(people.at_risk(WARN_FROM))
    gone = [people.members[who] in erased for who in people.who[risky].tolist()]
    places = risky[~np.array(gone, dtype=np.bool_)]
    places = places[np.argsort(-people.net[places], kind="stable")]

    def members() -> Iterator[ChurnMember]:
        for at in places.tolist():
            yield ChurnMember(
                people.members[people.who[at]],
                float(risk[at]),
                BANDS[found[at]],
                int(people.recency[at]),
                float(usual[at]),
                date.fromordinal(int(people.last[at])),
                int(people.net[at]),
            )

    high = int((found[places] == BANDS.index(ChurnBand.HIGH)).sum())
    return ChurnList(today, len(places) - high, high, int(people.net[places].sum()), members())
