"""The units lying in a basket, and how a reduction is taken off them.

Promotions speak of units (the second piece, the cheapest one), sales of lines. A line's units are
kept as runs of equal price, so that a million units cost no more than one. A reduction is exact
until it is rounded once, is spread over lines by largest remainder, and never takes more off a
unit than it still costs.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from math import lcm
from operator import attrgetter

import msgspec

from db.domain.allocation import spread_within
from db.domain.basket import DELIVERY, BasketLine
from db.domain.exact import half_up

LineTest = Callable[[BasketLine], bool]
_line_of, _price_of = attrgetter("line"), attrgetter("price")


class Units(msgspec.Struct, frozen=True, gc=False):
    """So many units of a line that each still cost `price` 分; lines count from 0."""

    line: int
    price: int
    count: int

    @property
    def amount(self) -> int:
        """Return what they still cost together, in 分."""
        return self.price * self.count

    def some(self, count: int) -> "Units":
        """Return so many of them."""
        return Units(self.line, self.price, count)


class Shares(msgspec.Struct, frozen=True):
    """What is to come off units, in 分, exact: numerators over one number.

    The units of one effect are disjoint: none stands in two places.
    """

    units: Sequence[Units]
    parts: Sequence[int]
    over: int = 1

    @property
    def rounded(self) -> int:
        """Return all of it in whole 分; a half goes up."""
        return half_up(sum(self.parts), self.over)

    @property
    def lines(self) -> set[int]:
        """Return the lines that lose something."""
        return {units.line for units, part in zip(self.units, self.parts, strict=True) if part}


@dataclass(frozen=True, slots=True)
class Pool:
    """All units of a basket at what they cost now; immutable, a cut returns another pool."""

    lines: tuple[BasketLine, ...]
    runs: tuple[tuple[Units, ...], ...]

    @classmethod
    def of(cls, lines: Sequence[BasketLine], nets: Sequence[int]) -> "Pool":
        """Return the units of these lines; the odd 分 of a line lies on its first units."""
        runs = [
            _even(index, net, line.quantity)
            for index, (line, net) in enumerate(zip(lines, nets, strict=True))
        ]
        return cls(tuple(lines), tuple(runs))

    def at(self, nets: Sequence[int]) -> "Pool":
        """Return the pool with each line brought down to this net, its units by price."""
        parts = [before - net for before, net in zip(self.nets, nets, strict=True)]
        return self.thinned(parts) if any(parts) else self

    @property
    def nets(self) -> tuple[int, ...]:
        """Return what each line still costs, in 分."""
        return tuple([amount_of(units) for units in self.runs])

    def goods(self, test: LineTest | None = None) -> list[Units]:
        """Return the units that count for thresholds: all but delivery, those of `test` only."""
        return [
            units
            for line, runs in zip(self.lines, self.runs, strict=True)
            if line.kind != DELIVERY and (test is None or test(line))
            for units in runs
        ]

    def delivery(self, test: LineTest | None = None) -> list[Units]:
        """Return the units of delivery lines."""
        return [
            units
            for line, runs in zip(self.lines, self.runs, strict=True)
            if line.kind == DELIVERY and (test is None or test(line))
            for units in runs
        ]

    def cut(self, shares: Shares, total: int) -> tuple[Callable[[], "Pool"], list[int]]:
        """Return what makes the pool after `total` 分 came off these units, and each line's part.

        Most offers are only compared, so the pool is not made before it is wanted.
        """
        weights, limits = [0] * len(self.lines), [0] * len(self.lines)
        for units, part in zip(shares.units, shares.parts, strict=True):
            weights[units.line] += part
            limits[units.line] += units.price * units.count
        parts = spread_within(total, weights, limits=limits)
        return partial(self._without, shares, parts), parts

    def thinned(self, parts: Sequence[int]) -> "Pool":
        """Return the pool after each line lost its part, spread over its units by price."""
        runs = [
            _thin(before, part) if part else before
            for before, part in zip(self.runs, parts, strict=True)
        ]
        return Pool(self.lines, tuple(runs))

    def _without(self, shares: Shares, parts: Sequence[int]) -> "Pool":
        held: dict[int, list[tuple[Units, int]]] = {}
        for units, weight in zip(shares.units, shares.parts, strict=True):
            held.setdefault(units.line, []).append((units, weight))
        runs = [
            _cut_line(before, held[line], part) if part else before
            for line, (before, part) in enumerate(zip(self.runs, parts, strict=True))
        ]
        return Pool(self.lines, tuple(runs))


def costing(units: Sequence[Units]) -> list[Units]:
    """Return the units that cost something: what is free already is neither bought nor given."""
    return [run for run in units if run.price]


def dearest(units: Sequence[Units], most: int | None = None) -> list[Units]:
    """Return the units that cost something, dearest first, the earlier line first among equals.

    With `most` only so many of them.
    """
    by_line = sorted(costing(units), key=_line_of)
    return first(sorted(by_line, key=_price_of, reverse=True), most)


def cheapest(units: Sequence[Units], most: int | None = None) -> list[Units]:
    """Return the units that cost something, cheapest first, the earlier line first among equals.

    With `most` only so many of them.
    """
    by_line = sorted(costing(units), key=_line_of)
    return first(sorted(by_line, key=_price_of), most)


def first(units: Sequence[Units], count: int | None) -> list[Units]:
    """Return the first so many units in the order given; None is all of them."""
    if count is None:
        return list(units)
    taken: list[Units] = []
    for run in units:
        if count <= 0:
            break
        taken.append(run.some(min(count, run.count)))
        count -= taken[-1].count
    return taken


def amount_of(units: Sequence[Units]) -> int:
    """Return what the units cost together, in 分."""
    return sum([run.price * run.count for run in units])


def count_of(units: Sequence[Units]) -> int:
    """Return how many units these are."""
    return sum([run.count for run in units])


def over_one(several: Sequence[Shares]) -> Shares:
    """Return shares of several kinds as one, over their common denominator."""
    over = lcm(*[shares.over for shares in several])
    return Shares(
        [units for shares in several for units in shares.units],
        [part * (over // shares.over) for shares in several for part in shares.parts],
        over,
    )


def _even(line: int, net: int, count: int) -> tuple[Units, ...]:
    """Return `count` units that cost `net` together, as equal as whole 分 allow."""
    price, odd = divmod(net, count)
    if odd == 0:
        return (Units(line, price, count),)
    return (Units(line, price + 1, odd), Units(line, price, count - odd))


def _cut_line(
    before: Sequence[Units], held: Sequence[tuple[Units, int]], part: int
) -> tuple[Units, ...]:
    """Take `part` off the units of a line that are held, by their weights."""
    if len(before) == 1 and len(held) == 1 and held[0][0] == before[0]:
        return _even(before[0].line, before[0].amount - part, before[0].count)
    parts = spread_within(
        part,
        [weight for _, weight in held],
        limits=[units.amount for units, _ in held],
    )
    left = {run.price: run.count for run in before}
    after: list[Units] = []
    for (units, _), mine in zip(held, parts, strict=True):
        left[units.price] -= units.count
        assert left[units.price] >= 0, "no unit is cut twice at once"
        after.extend(_even(units.line, units.amount - mine, units.count))
    after.extend(Units(before[0].line, price, count) for price, count in left.items() if count)
    return _merged(after)


def _thin(before: Sequence[Units], part: int) -> tuple[Units, ...]:
    """Take `part` off a line: each unit by its price, the odd 分 to the largest remainders."""
    total = amount_of(before)
    odd = part - sum(part * run.price // total * run.count for run in before)
    after: list[Units] = []
    for run in sorted(before, key=lambda run: -(part * run.price % total)):
        more = min(odd, run.count)
        odd -= more
        price = run.price - part * run.price // total
        after.append(Units(run.line, price - 1, more))
        after.append(Units(run.line, price, run.count - more))
    return _merged(run for run in after if run.count)


def _merged(runs: Iterable[Units]) -> tuple[Units, ...]:
    counts: dict[int, int] = {}
    line = 0
    for run in runs:
        line = run.line
        counts[run.price] = counts.get(run.price, 0) + run.count
    return tuple(Units(line, price, counts[price]) for price in sorted(counts, reverse=True))
