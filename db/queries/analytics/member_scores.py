"""One member among all: his groups, scores and risk, for the card and for `score show`."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from db.domain.analytics.churn import ChurnRisk, churn_risk
from db.domain.analytics.habits import Frequency, Value
from db.domain.analytics.lifecycle import LifecycleDays, Stage
from db.domain.analytics.rfm import RfmGroup, RfmScores
from db.domain.ids import MemberId
from db.queries.analytics.buyers import Buyers
from db.queries.analytics.groups import (
    FREQUENCIES,
    GROUPS,
    STAGES,
    VALUES,
    RfmTable,
    frequencies,
    rfm_groups,
    stages,
    values,
)
from db.queries.analytics.visits import VisitDays


@dataclass(frozen=True, slots=True)
class MemberScores:
    """A member's figures as of a day; money in 分.

    `scores` is nothing for who bought nothing in the window.
    """

    first_on: date
    last_on: date
    recency: int
    frequency: int
    money: int
    scores: RfmScores | None
    group: RfmGroup
    stage: Stage
    how_often: Frequency
    value: Value
    churn: ChurnRisk


def member_scores(
    people: Buyers,
    table: RfmTable,
    days: VisitDays,
    *,
    member_id: MemberId,
    settings: LifecycleDays,
) -> MemberScores | None:
    """Return the figures of one of the buyers; nothing for who never bought."""
    if member_id not in people.members:
        return None
    places = np.flatnonzero(people.who == people.members.index(member_id))
    if not len(places):
        return None
    at = int(places[0])
    scored = [int(c[at]) for c in (table.recency_score, table.frequency_score, table.money_score)]
    visits = days.until(people.today).visits
    own_days = visits.day[visits.who == people.who[at]].tolist()
    return MemberScores(
        first_on=date.fromordinal(int(people.first[at])),
        last_on=date.fromordinal(int(people.last[at])),
        recency=int(table.recency[at]),
        frequency=int(table.frequency[at]),
        money=int(table.money[at]),
        scores=RfmScores(*scored) if scored[0] else None,
        group=GROUPS[rfm_groups(people, table, days=settings)[at]],
        stage=STAGES[stages(people, days=settings)[at]],
        how_often=FREQUENCIES[frequencies(people)[at]],
        value=VALUES[values(people, table)[at]],
        churn=churn_risk(
            own_days, today=people.today.toordinal(), shop_gap=Fraction(people.twice_shop_gap, 2)
        ),
    )
