"""The units lying in a basket, and how a reduction is taken off them.

Promotions speak of units (the second piece, the cheapest one), sales of lines. A line's units are
kept as runs of equal price, so that a million units cost no more than one. A reduction is exact
until it is rounded once, is spread over lines by largest remainder, and never takes more off a
unit than it still costs.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import lcm

from db.domain.allocation import spread_within
from db.domain.basket import DELIVERY, BasketLine

LineTest = Callable[[BasketLine], bool]
_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Units:
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


@dataclass(frozen=True, slots=True)
class Share:
    """What is to come off these units together, in 分, exact."""

    units: Units
    value: Fraction


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
        return tuple(sum(units.amount for units in runs) for runs in self.runs)

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

    def cut(self, shares: Sequence[Share], total: int) -> tuple[Callable[[], "Pool"], list[int]]:
        """Return what makes the pool after `total` 分 came off these units, and each line's part.

        The shares are disjoint: no unit stands in two of them. Most offers are only compared, so
        the pool is not made before it is wanted.
        """
        mine: list[list[Share]] = [[] for _ in self.lines]
        for share in shares:
            mine[share.units.line].append(share)
        parts = _spread_exact(
            total,
            [_value_of(held) for held in mine],
            limits=[sum(share.units.amount for share in held) for held in mine],
        )
        return partial(self._without, mine, parts), parts

    def spread_over(self, total: int, weights: Sequence[Fraction]) -> list[int]:
        """Return `total` 分 spread over the lines, none below 0."""
        return _spread_exact(total, weights, limits=self.nets)

    def thinned(self, parts: Sequence[int]) -> "Pool":
        """Return the pool after each line lost its part, spread over its units by price."""
        runs = [
            _thin(before, part) if part else before
            for before, part in zip(self.runs, parts, strict=True)
        ]
        return Pool(self.lines, tuple(runs))

    def _without(self, mine: Sequence[Sequence[Share]], parts: Sequence[int]) -> "Pool":
        runs = [
            _cut_line(before, held, part) if part else before
            for before, held, part in zip(self.runs, mine, parts, strict=True)
        ]
        return Pool(self.lines, tuple(runs))


def dearest(units: Sequence[Units]) -> list[Units]:
    """Return the units that cost something, dearest first, the earlier line first among equals."""
    return sorted((u for u in units if u.price), key=lambda u: (-u.price, u.line))


def cheapest(units: Sequence[Units]) -> list[Units]:
    """Return the units that cost something, cheapest first, the earlier line first among equals."""
    return sorted((u for u in units if u.price), key=lambda u: (u.price, u.line))


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
    return sum(run.amount for run in units)


def count_of(units: Sequence[Units]) -> int:
    """Return how many units these are."""
    return sum(run.count for run in units)


def _even(line: int, net: int, count: int) -> tuple[Units, ...]:
    """Return `count` units that cost `net` together, as equal as whole 分 allow."""
    price, odd = divmod(net, count)
    runs = (Units(line, price + 1, odd), Units(line, price, count - odd))
    return tuple(run for run in runs if run.count)


def _spread_exact(total: int, weights: Sequence[Fraction], *, limits: Sequence[int]) -> list[int]:
    denominator = lcm(*(weight.denominator for weight in weights))
    whole = [weight.numerator * (denominator // weight.denominator) for weight in weights]
    return spread_within(total, whole, limits=limits)


def _value_of(shares: Sequence[Share]) -> Fraction:
    """Return what is to come off a line; most lines have one share, and fractions add slowly."""
    if not shares:
        return _NOTHING
    values = [share.value for share in shares]
    return sum(values[1:], values[0])


def _cut_line(before: Sequence[Units], shares: Sequence[Share], part: int) -> tuple[Units, ...]:
    if len(shares) == 1 and len(before) == 1 and shares[0].units == before[0]:
        return _even(before[0].line, before[0].amount - part, before[0].count)
    parts = _spread_exact(
        part,
        [share.value for share in shares],
        limits=[share.units.amount for share in shares],
    )
    left = {run.price: run.count for run in before}
    after: list[Units] = []
    for share, mine in zip(shares, parts, strict=True):
        units = share.units
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
