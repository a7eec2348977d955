"""Spreading a whole number over parts so that the parts always add up to it.

This is the largest remainder method (Hare quota): each part gets the floor of its exact share,
and what is left goes one by one to the largest remainders, ties to the earlier part. Points and
分 are spread the same way, so that lines always add up to their sale.
"""

from collections.abc import Sequence
from operator import le


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Return `total` spread over parts in proportion to `weights`, to the last unit.

    Without any weight above zero nothing is spread: every part is 0. A total below zero is spread
    as its opposite.

    Args:
        total: points or 分.
        weights: one per part, never negative.
    """
    if total == 0:
        return [0] * len(weights)
    if total < 0:
        return [-part for part in spread(-total, weights)]
    divisor = sum(weights)
    if divisor == 0:
        return [0] * len(weights)
    parts = [total * weight // divisor for weight in weights]
    left = total - sum(parts)
    if left:
        remainders = [total * weight % divisor for weight in weights]
        by_remainder = sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)
        for part in by_remainder[:left]:
            parts[part] += 1
    return parts


def spread_within(total: int, weights: Sequence[int], *, limits: Sequence[int]) -> list[int]:
    """Return `total` spread like `spread`, no part above its limit.

    What a part cannot take is offered again to the others by their weights; what none can take
    stays unspread.
    """
    room = sum(limit for limit, weight in zip(limits, weights, strict=True) if weight)
    parts, left = [0] * len(weights), min(total, room)
    while left > 0:
        open_weights = [
            weight if part < limit else 0
            for weight, part, limit in zip(weights, parts, limits, strict=True)
        ]
        more = spread(left, open_weights)
        if left == total and all(map(le, more, limits)):  # nearly always, and at once
            return more
        taken = [
            min(share, limit - part) for share, limit, part in zip(more, limits, parts, strict=True)
        ]
        parts = [part + share for part, share in zip(parts, taken, strict=True)]
        left -= sum(taken)
    return parts
