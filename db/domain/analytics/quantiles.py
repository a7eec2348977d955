"""Quantiles as every report takes them: by linear interpolation between neighbours, exactly.

Whole numbers go in and exact fractions come out, so that a value that lies on an edge lies on it on
every machine, and equal values never get different scores (DECISIONS 35).
"""

from collections.abc import Sequence
from fractions import Fraction

FIFTHS = 5


def quantile(ordered: Sequence[int], share: Fraction) -> Fraction:
    """Return the value below which `share` of ordered values lie; there must be some."""
    assert ordered, "nothing has no quantile"
    position = (len(ordered) - 1) * share
    low = int(position)
    part = position - low
    if not part:
        return Fraction(ordered[low])
    return ordered[low] + part * (ordered[low + 1] - ordered[low])


def median(values: Sequence[int]) -> Fraction:
    """Return the middle of some values in any order; there must be some."""
    return quantile(sorted(values), Fraction(1, 2))


def fifths(values: Sequence[int]) -> tuple[Fraction, ...]:
    """Return the four edges between fifths of some values in any order."""
    ordered = sorted(values)
    return tuple(quantile(ordered, Fraction(part, FIFTHS)) for part in range(1, FIFTHS))


def score(value: int, edges: Sequence[Fraction]) -> int:
    """Return 1 and one more for each edge strictly below the value."""
    return 1 + sum(edge < value for edge in edges)
