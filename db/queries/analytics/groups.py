"""Which group each buyer is in: RFM, stage of life, frequency, value; over arrays.

The rules are those of `db.domain.analytics`; a test asks both about the same members. Codes are
places in the tuples below.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

import numpy as np

from db.domain.analytics import habits
from db.domain.analytics.churn import HIGH_FROM as CHURN_HIGH
from db.domain.analytics.churn import VISITS_MIN, WARN_FROM, ChurnBand
from db.domain.analytics.habits import REGULAR_FROM, Frequency, Value
from db.domain.analytics.lifecycle import LifecycleDays, Stage
from db.domain.analytics.quantiles import FIFTHS
from db.domain.analytics.rfm import (
    BUYERS_FOR_FIFTHS,
    CELLS,
    HIGH_FROM,
    RfmEdges,
    RfmGroup,
    fixed_edges,
)
from db.queries.analytics.buyers import Buyers
from db.queries.analytics.scores import above, fifths_of, quantile_of, rank_scores, scores_of
from db.queries.analytics.visits import Ints

GROUPS: Final = (*CELLS, RfmGroup.LOST, RfmGroup.NEW)
STAGES: Final = (Stage.NEW, Stage.ACTIVE, Stage.DORMANT, Stage.LOST)
FREQUENCIES: Final = (Frequency.ONE_OFF, Frequency.OCCASIONAL, Frequency.REGULAR)
VALUES: Final = (Value.ORDINARY, Value.POTENTIAL, Value.VIP, Value.NEVER)
BANDS: Final = (ChurnBand.NONE, ChurnBand.WARN, ChurnBand.HIGH, ChurnBand.TOO_FEW)
DEAR_SHARE: Final = Fraction(4, 5)

Counting = Literal["days", "sales"]
Spend = Literal["net", "gross"]
Scoring = Literal["edges", "ranks"]


@dataclass(frozen=True, slots=True)
class RfmTable:
    """Each buyer's figures and scores; scores are 0 for who bought nothing in the window.

    `dear_from` is the spend a day of purchase in 分 above which a fifth of the buyers lies.
    """

    recency: Ints
    frequency: Ints
    money: Ints
    recency_score: Ints
    frequency_score: Ints
    money_score: Ints
    edges: RfmEdges | None
    dear_from: Fraction


def rfm_table(
    people: Buyers,
    *,
    counting: Counting = "days",
    spend: Spend = "net",
    scoring: Scoring = "edges",
    fifths: bool | None = None,
) -> RfmTable:
    """Return figures and scores.

    Args:
        people: who bought.
        counting: frequency is days of purchase, or purchases.
        spend: money is net of what came back in the window, or what purchases came to.
        scoring: by the edges between fifths, or by the fifth of the average rank.
        fifths: whether edges are fifths; by the number of buyers where nothing is said.
    """
    figures = (
        people.recency,
        people.days if counting == "days" else people.sales,
        people.net if spend == "net" else people.gross,
    )
    inside = people.in_window
    shown = [column[inside] for column in figures]
    by_fifths = len(shown[0]) >= BUYERS_FOR_FIFTHS if fifths is None else fifths
    scores = np.zeros((3, len(people)), dtype=np.int64)
    edges = None
    if inside.any():
        edges = _edges(shown, fifths=by_fifths or scoring == "ranks")
        each = (edges.recency, edges.frequency, edges.money)
        for place, (values, cuts) in enumerate(zip(shown, each, strict=True)):
            ranked = rank_scores(values) if scoring == "ranks" else scores_of(values, cuts)
            scores[place, inside] = ranked
        scores[0, inside] = FIFTHS + 1 - scores[0, inside]
    dear = (
        quantile_of(shown[2] // np.maximum(shown[1], 1), DEAR_SHARE) if inside.any() else Fraction()
    )
    return RfmTable(*figures, scores[0], scores[1], scores[2], edges, dear)


def rfm_groups(people: Buyers, table: RfmTable, *, days: LifecycleDays) -> Ints:
    """Return each buyer's place in `GROUPS`."""
    high = [
        column >= HIGH_FROM
        for column in (table.money_score, table.recency_score, table.frequency_score)
    ]
    cells = 4 * high[0] + 2 * high[1] + high[2]
    groups = np.where(people.age <= days.new, GROUPS.index(RfmGroup.NEW), cells)
    lost = (people.recency > days.lost) | ~people.in_window
    return np.where(lost, GROUPS.index(RfmGroup.LOST), groups)


def stages(people: Buyers, *, days: LifecycleDays) -> Ints:
    """Return each buyer's place in `STAGES`."""
    later = np.where(people.recency <= days.lost, 2, 3)
    known = np.where(people.recency <= days.active, 1, later)
    return np.where(people.age <= days.new, 0, known)


def frequencies(people: Buyers) -> Ints:
    """Return each buyer's place in `FREQUENCIES`; his window must be 365 days."""
    return np.where(people.ever == 1, 0, np.where(people.days >= REGULAR_FROM, 2, 1))


def values(people: Buyers, table: RfmTable) -> Ints:
    """Return each buyer's place in `VALUES`; his window must be 365 days."""
    vip = (table.money_score == habits.TOP) & (table.frequency_score >= HIGH_FROM)
    average = table.money // np.maximum(table.frequency, 1)
    dear = (table.recency_score >= HIGH_FROM) & above(average, table.dear_from)
    return np.where(~people.in_window, 3, np.where(vip, 2, np.where(dear, 1, 0)))


def bands(people: Buyers) -> Ints:
    """Return each buyer's place in `BANDS`."""
    risky = people.at_risk(WARN_FROM).astype(np.int64) + people.at_risk(CHURN_HIGH)
    return np.where(people.ever < VISITS_MIN, 3, risky)


def _edges(figures: list[Ints], *, fifths: bool) -> RfmEdges:
    if not fifths:
        return fixed_edges(quantile_of(figures[2], Fraction(1, 2)))
    recency, frequency, money = (fifths_of(column) for column in figures)
    return RfmEdges(recency, frequency, money, fixed=False)
