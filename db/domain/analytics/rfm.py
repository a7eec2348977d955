"""RFM: how recently, how often and for how much a member buys, scored 1 to 5, and ten groups.

Recency is whole days since the last day of purchase, frequency the days of purchase in the window,
money the net spend in it. From 500 buyers on the edges are fifths of the company's own buyers;
below that they are fixed, for fifths of a handful say nothing (DECISIONS 35). A small recency is
good, so its score counts down from 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from db.domain.analytics.quantiles import FIFTHS, fifths, median, score

WINDOW_DAYS: Final = 365
BUYERS_FOR_FIFTHS: Final = 500
HIGH_FROM: Final = 4
RECENCY_FIXED: Final = tuple(map(Fraction, (7, 30, 90, 180)))
FREQUENCY_FIXED: Final = tuple(map(Fraction, (1, 2, 4, 8)))
MONEY_OF_MEDIAN: Final = (Fraction(1, 2), Fraction(1), Fraction(2), Fraction(4))


class RfmGroup(StrEnum):
    """The ten groups; `important` spend much, `common` little."""

    LOST = "lost"
    NEW = "new"
    IMPORTANT_VALUE = "important_value"
    IMPORTANT_DEVELOP = "important_develop"
    IMPORTANT_KEEP = "important_keep"
    IMPORTANT_WIN_BACK = "important_win_back"
    COMMON_VALUE = "common_value"
    COMMON_DEVELOP = "common_develop"
    COMMON_KEEP = "common_keep"
    COMMON_WIN_BACK = "common_win_back"


CELLS: Final = (
    RfmGroup.COMMON_WIN_BACK,
    RfmGroup.COMMON_KEEP,
    RfmGroup.COMMON_DEVELOP,
    RfmGroup.COMMON_VALUE,
    RfmGroup.IMPORTANT_WIN_BACK,
    RfmGroup.IMPORTANT_KEEP,
    RfmGroup.IMPORTANT_DEVELOP,
    RfmGroup.IMPORTANT_VALUE,
)
"""The eight cells by 4 x (money high) + 2 x (recency high) + (frequency high)."""


@dataclass(frozen=True, slots=True)
class RfmEdges:
    """What parts the five scores of each figure: days, days of purchase, 分."""

    recency: tuple[Fraction, ...]
    frequency: tuple[Fraction, ...]
    money: tuple[Fraction, ...]
    fixed: bool


@dataclass(frozen=True, slots=True)
class RfmScores:
    """Scores from 1, the poorest, to 5."""

    recency: int
    frequency: int
    money: int

    def __str__(self) -> str:
        return f"{self.recency}{self.frequency}{self.money}"


def rfm_edges(
    recency: Sequence[int], frequency: Sequence[int], *, money: Sequence[int]
) -> RfmEdges:
    """Return the edges that hold for these buyers, one value of each a buyer."""
    if len(recency) >= BUYERS_FOR_FIFTHS:
        return RfmEdges(fifths(recency), fifths(frequency), fifths(money), fixed=False)
    return fixed_edges(median(money) if money else Fraction(0))


def fixed_edges(median_money: Fraction) -> RfmEdges:
    """Return the edges of a shop with few buyers, whose median net spend is so many 分.

    Where more came back than was bought, whoever spent anything has spent much.
    """
    money = tuple(max(median_money, Fraction(0)) * times for times in MONEY_OF_MEDIAN)
    return RfmEdges(RECENCY_FIXED, FREQUENCY_FIXED, money, fixed=True)


def rfm_scores(recency: int, frequency: int, *, money: int, edges: RfmEdges) -> RfmScores:
    """Return a buyer's scores."""
    return RfmScores(
        FIFTHS + 1 - score(recency, edges.recency),
        score(frequency, edges.frequency),
        score(money, edges.money),
    )


def rfm_group(scores: RfmScores | None, *, lost: bool, new: bool) -> RfmGroup:
    """Return a buyer's group: lost comes first, then new, then the eight cells.

    Without scores he bought nothing in the window, which a window longer than the days after which
    a member is lost leaves to the lost alone.
    """
    if lost or scores is None:
        return RfmGroup.LOST
    if new:
        return RfmGroup.NEW
    high = [value >= HIGH_FROM for value in (scores.money, scores.recency, scores.frequency)]
    return CELLS[4 * high[0] + 2 * high[1] + high[2]]
