"""RFM of the whole shop: edges, scores, ten groups, and how much the best fifth brings.

Definitions: `db.domain.analytics.rfm`. Counted with NumPy, which comes with this module.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from db.domain.analytics.lifecycle import LifecycleDays
from db.domain.analytics.quantiles import FIFTHS
from db.domain.analytics.rfm import RfmEdges, RfmGroup
from db.domain.ids import MemberId
from db.queries.analytics.buyers import Buyers
from db.queries.analytics.groups import GROUPS, RfmTable, rfm_groups
from db.queries.analytics.visits import Flags, Ints

TOP_SHARE_PER_CENT: Final = 20


@dataclass(frozen=True, slots=True)
class RfmRow:
    """A group: how many members, what they spent in 分 in the window, sums for the averages."""

    group: RfmGroup
    members: int
    spend: int
    recency_sum: int
    frequency_sum: int
    points: int


@dataclass(frozen=True, slots=True)
class RfmMember:
    """One buyer: days, days of purchase (or purchases), 分; scores are 0 outside the window."""

    member_id: MemberId
    recency: int
    frequency: int
    money: int
    scores: tuple[int, int, int]
    group: RfmGroup


@dataclass(frozen=True, slots=True)
class RfmReport:
    """The report as of `today`; `counts` are members by score from 1 to 5 of R, F and M.

    `top_spend` is what the best fifth of those who spent brought, of `all_spend`; 分.
    """

    today: date
    since: date
    buyers: int
    edges: RfmEdges | None
    counts: tuple[tuple[int, ...], ...]
    best: int
    poorest: int
    top_spend: int
    all_spend: int
    rows: tuple[RfmRow, ...]


def rfm_report(
    people: Buyers, table: RfmTable, *, settings: LifecycleDays, points: dict[MemberId, int]
) -> RfmReport:
    """Return the report; `points` are those that members hold."""
    groups = rfm_groups(people, table, days=settings)
    scores = (table.recency_score, table.frequency_score, table.money_score)
    held = np.array([points.get(people.members[who], 0) for who in people.who.tolist()], np.int64)
    inside = people.in_window
    top, everything = _top_spend(table.money[inside])
    return RfmReport(
        today=people.today,
        since=people.since,
        buyers=len(people),
        edges=table.edges,
        counts=tuple(
            tuple(int((column == score).sum()) for score in range(1, FIFTHS + 1))
            for column in scores
        ),
        best=_all_of(scores, FIFTHS),
        poorest=_all_of(scores, 1),
        top_spend=top,
        all_spend=everything,
        rows=tuple(_row(table, held, of=groups == at, group=GROUPS[at]) for at in _ORDER),
    )


def rfm_members(people: Buyers, table: RfmTable, *, settings: LifecycleDays) -> Iterator[RfmMember]:
    """Yield every buyer, who spent most in the window first."""
    groups = rfm_groups(people, table, days=settings)
    for at in np.argsort(-table.money, kind="stable").tolist():
        yield RfmMember(
            people.members[people.who[at]],
            int(table.recency[at]),
            int(table.frequency[at]),
            int(table.money[at]),
            (
                int(table.recency_score[at]),
                int(table.frequency_score[at]),
                int(table.money_score[at]),
            ),
            GROUPS[groups[at]],
        )


def _row(table: RfmTable, held: Ints, *, of: Flags, group: RfmGroup) -> RfmRow:
    figures = (table.money, table.recency, table.frequency, held)
    return RfmRow(group, int(of.sum()), *(int(column[of].sum()) for column in figures))


def _all_of(scores: tuple[Ints, ...], score: int) -> int:
    return int(np.logical_and.reduce([column == score for column in scores]).sum())


def _top_spend(money: Ints) -> tuple[int, int]:
    """Return what the best fifth of those who spent anything brought, rounded up, and all."""
    spent = np.sort(money[money > 0])[::-1]
    fifth = -(-len(spent) * TOP_SHARE_PER_CENT // 100)
    return int(spent[:fifth].sum()), int(spent.sum())


_ORDER: Final = tuple(
    GROUPS.index(group)
    for group in (
        RfmGroup.IMPORTANT_VALUE,
        RfmGroup.IMPORTANT_DEVELOP,
        RfmGroup.IMPORTANT_KEEP,
        RfmGroup.IMPORTANT_WIN_BACK,
        RfmGroup.COMMON_VALUE,
        RfmGroup.COMMON_DEVELOP,
        RfmGroup.COMMON_KEEP,
        RfmGroup.COMMON_WIN_BACK,
        RfmGroup.NEW,
        RfmGroup.LOST,
    )
)
