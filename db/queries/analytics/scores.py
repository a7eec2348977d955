"""Scores of many figures at once, equal to `db.domain.analytics.quantiles` to the last tie.

Edges are exact fractions and are compared as whole numbers, so no rounding moves a value that lies
on an edge.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from db.domain.analytics.quantiles import FIFTHS
from db.queries.analytics.visits import Flags, Ints


def quantile_of(values: Ints, share: Fraction) -> Fraction:
    """Return a quantile by linear interpolation; there must be some values, in any order."""
    position = (len(values) - 1) * share
    low = int(position)
    part = position - low
    places = [low, low + 1] if part else [low]
    found = np.partition(values, places)
    edge = Fraction(int(found[low]))
    return edge + part * (int(found[low + 1]) - edge) if part else edge


def fifths_of(values: Ints) -> tuple[Fraction, ...]:
    """Return the four edges between fifths; there must be some values."""
    return tuple(quantile_of(values, Fraction(part, FIFTHS)) for part in range(1, FIFTHS))


def above(values: Ints, edge: Fraction) -> Flags:
    """Say of each value whether it is above an edge, exactly."""
    # A whole number is above an edge when it is above the edge rounded down.
    higher: Flags = values > edge.numerator // edge.denominator
    return higher


def scores_of(values: Ints, edges: Sequence[Fraction]) -> Ints:
    """Return 1 and one more for each edge strictly below, of each value."""
    scores = np.ones(len(values), dtype=np.int64)
    for edge in edges:
        scores += above(values, edge)
    return scores


def rank_scores(values: Ints) -> Ints:
    """Return the fifth in which each value's average rank lies, ties sharing theirs: 1 to 5."""
    _, place, alike = np.unique(values, return_inverse=True, return_counts=True)
    twice_rank = (2 * (np.cumsum(alike) - alike) + alike + 1)[place]
    scores = np.ones(len(values), dtype=np.int64)
    for part in range(1, FIFTHS):
        scores += twice_rank * FIFTHS > 2 * part * len(values)
    return scores
