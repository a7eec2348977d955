"""What a promotion's `give` takes off which units: every effect of PROGRAM.md §2, exactly.

An effect looks at the units of its target and at the whole basket, and says what comes off as
exact shares; rounding and spreading happen once per promotion, elsewhere. `max_value` scales an
effect down; `max_units` takes the dearest units first (for free units the cheapest). `times` limits
what repeats by itself (buy x get y, nth item, bundle, every, group); an effect that does not
repeat by itself is claimed that often, each time on what the claim before left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from db.domain.offers.units import (
    LineTest,
    Pool,
    Shares,
    Units,
    amount_of,
    cheapest,
    costing,
    count_of,
    dearest,
    first,
    over_one,
)


class Effect(Protocol):
    """Something that takes money off units."""

    def shares(self, chosen: Sequence[Units], pool: Pool) -> Shares:
        """Return what comes off the chosen units, exactly; `pool` is the whole basket."""
        ...


@dataclass(frozen=True, slots=True)
class Capped:
    """An effect that takes at most `max_value` 分 off, every share in proportion."""

    effect: Effect
    max_value: int

    def shares(self, chosen: Sequence[Units], pool: Pool) -> Shares:
        """Return the effect's shares, scaled down where they come to more."""
        shares = self.effect.shares(chosen, pool)
        total = sum(shares.parts)
        if total <= self.max_value * shares.over:
            return shares
        return Shares(shares.units, [part * self.max_value for part in shares.parts], total)


@dataclass(frozen=True, slots=True)
class PercentOff:
    """A share off each unit, dearest first up to `max_units`."""

    rate: Fraction
    max_units: int | None = None
    times: int = 1

    def shares(self, chosen: Sequence[Units], _pool: Pool) -> Shares:
        """Return price × rate; claimed again on what is left."""
        off = self.rate if self.times == 1 else 1 - (1 - self.rate) ** self.times
        units = _most(chosen, self.max_units)
        numerator = off.numerator
        return Shares(units, [u.price * u.count * numerator for u in units], off.denominator)


@dataclass(frozen=True, slots=True)
class AmountOff:
    """An amount off the units together, in proportion to what they cost."""

    amount: int
    max_units: int | None = None
    times: int = 1

    def shares(self, chosen: Sequence[Units], _pool: Pool) -> Shares:
        """Return parts of the amount, at most what the units cost."""
        return _together(_most(chosen, self.max_units), self.amount * self.times)


@dataclass(frozen=True, slots=True)
class AmountOffUnit:
    """An amount off every unit, at most its price; dearest first up to `max_units`."""

    amount: int
    max_units: int | None = None
    times: int = 1

    def shares(self, chosen: Sequence[Units], _pool: Pool) -> Shares:
        """Return the amount per unit."""
        off = self.amount * self.times
        units = _most(chosen, self.max_units)
        return Shares(units, [min(off, u.price) * u.count for u in units])


@dataclass(frozen=True, slots=True)
class FixedPrice:
    """Units for this price; a unit that costs less already keeps its price."""

    price: int
    max_units: int | None = None

    def shares(self, chosen: Sequence[Units], _pool: Pool) -> Shares:
        """Return what each unit costs above the fixed price."""
        units = _most(chosen, self.max_units)
        return Shares(units, [max(0, u.price - self.price) * u.count for u in units])


@dataclass(frozen=True, slots=True)
class BuyGet:
    """Buy x get y: units lying in the basket, the cheapest become free.

    A unit is bought or free, never both; a started group gives what lies beyond its bought units.
    Without `of` and `free` both are the target; `buy` 0 gives `get` units once.
    """

    buy: int
    get: int
    of: LineTest | None = None
    free: LineTest | None = None
    max_units: int | None = None
    times: int | None = None

    def shares(self, chosen: Sequence[Units], pool: Pool) -> Shares:
        """Return the whole price of the free units."""
        bought = costing(chosen if self.of is None else pool.goods(self.of))
        able = costing(chosen if self.free is None else pool.goods(self.free))
        both = {run.line for run in bought} & {run.line for run in able}
        shared = count_of([run for run in able if run.line in both])
        only_free = count_of(able) - shared
        free = self._free(count_of(bought), shared=shared, only_free=only_free)
        spare = count_of(bought) - self._needed(free)
        return _free_of_charge(_take_free(able, free, both, spare=spare))

    def _needed(self, free: int) -> int:
        return self.buy * -(-free // self.get)

    def _free(self, bought: int, *, shared: int, only_free: int) -> int:
        """Return how many units become free: whole groups first, then a started one."""
        most = only_free + shared
        times = 1 if self.buy == 0 and self.times is None else self.times
        for limit in (self.max_units, None if times is None else times * self.get):
            most = most if limit is None else min(most, limit)
        if self.buy == 0:
            return most

        def fits(free: int) -> bool:
            return self._needed(free) + max(0, free - only_free) <= bought

        low, high = 0, most
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if fits(middle) else (low, middle - 1)
        return low


@dataclass(frozen=True, slots=True)
class NthItem:
    """Every n-th unit at a share off, the units laid out dearest first."""

    n: int
    rate: Fraction
    max_units: int | None = None
    times: int | None = None

    def shares(self, chosen: Sequence[Units], _pool: Pool) -> Shares:
        """Return the share off the n-th, 2n-th, ... unit."""
        hits: list[Units] = []
        before = 0
        for run in dearest(chosen):
            hits.append(run.some((before + run.count) // self.n - before // self.n))
            before += run.count
        limits = [limit for limit in (self.max_units, self.times) if limit is not None]
        units = [u for u in first(hits, min(limits, default=None)) if u.count]
        numerator = self.rate.numerator
        return Shares(units, [u.amount * numerator for u in units], self.rate.denominator)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Articles that cost one price together; dear units first, while it saves anything."""

    items: tuple[tuple[str, int], ...]
    price: int
    max_units: int | None = None
    times: int | None = None

    def shares(self, _chosen: Sequence[Units], pool: Pool) -> Shares:
        """Return what the bundles' units cost above the bundle's price."""
        stacks = [_stack(pool, sku) for sku, _ in self.items]
        size = sum(quantity for _, quantity in self.items)
        left = None if self.max_units is None else self.max_units // size
        if self.times is not None:
            left = self.times if left is None else min(left, self.times)
        shares: list[Shares] = []
        while left is None or left > 0:
            bundle = [first(stack, n) for stack, (_, n) in zip(stacks, self.items, strict=True)]
            if any(count_of(part) < n for part, (_, n) in zip(bundle, self.items, strict=True)):
                break
            units = [unit for part in bundle for unit in part]
            if amount_of(units) <= self.price:
                break
            whole = (_whole(stack, n) for stack, (_, n) in zip(stacks, self.items, strict=True))
            many = max(1, min(whole))
            many = many if left is None else min(many, left)
            units = [unit.some(unit.count * many) for unit in units]
            shares.append(_together(units, amount_of(units) - many * self.price))
            stacks = [
                _rest(stack, n * many) for stack, (_, n) in zip(stacks, self.items, strict=True)
            ]
            left = None if left is None else left - many
        return over_one(shares)


@dataclass(frozen=True, slots=True)
class Bands:
    """The highest band that the target reaches, by amount in 分 or by units, gives."""

    bands: tuple[tuple[int, Effect], ...]
    by_quantity: bool = False

    def shares(self, chosen: Sequence[Units], pool: Pool) -> Shares:
        """Return the shares of the band reached; none below the first."""
        measured = count_of(chosen) if self.by_quantity else amount_of(chosen)
        reached = [effect for start, effect in self.bands if start <= measured]
        return reached[-1].shares(chosen, pool) if reached else Shares((), ())


@dataclass(frozen=True, slots=True)
class Every:
    """For every full amount of the target, so much off (每满)."""

    amount: int
    amount_off: int
    max_units: int | None = None
    times: int | None = None

    def shares(self, chosen: Sequence[Units], _pool: Pool) -> Shares:
        """Return the amount as often as the target holds the full one."""
        units = _most(chosen, self.max_units)
        often = amount_of(units) // self.amount
        often = often if self.times is None else min(often, self.times)
        return _together(units, often * self.amount_off)


@dataclass(frozen=True, slots=True)
class Groups:
    """Whole groups of so many units in basket order: an amount per group or unit, or a share."""

    size: int
    amount_off: int | None = None
    rate: Fraction = Fraction(0)
    per_unit: bool = False
    max_units: int | None = None
    times: int | None = None

    def shares(self, chosen: Sequence[Units], pool: Pool) -> Shares:
        """Return what comes off the units in whole groups."""
        units = costing(chosen)
        groups = count_of(units) // self.size
        if self.max_units is not None:
            groups = min(groups, self.max_units // self.size)
        if self.times is not None:
            groups = min(groups, self.times)
        grouped = first(units, groups * self.size)
        if self.amount_off is None:
            return PercentOff(self.rate).shares(grouped, pool)
        if self.per_unit:
            return AmountOffUnit(self.amount_off).shares(grouped, pool)
        return _together(grouped, groups * self.amount_off)


@dataclass(frozen=True, slots=True)
class DeliveryFree:
    """Delivery costs nothing; goods are not touched."""

    max_units: int | None = None

    def shares(self, _chosen: Sequence[Units], pool: Pool) -> Shares:
        """Return the whole price of the delivery lines."""
        return _free_of_charge(_most(pool.delivery(), self.max_units))


def _most(units: Sequence[Units], most: int | None) -> list[Units]:
    """Return the dearest so many; where all of them are meant, their order is nobody's business."""
    return costing(units) if most is None else dearest(units, most)


def _together(units: Sequence[Units], amount: int) -> Shares:
    """Return an amount off units together, in proportion to what they cost."""
    held = costing(units)
    total = amount_of(held)
    off = min(amount, total)
    return Shares(held, [off * u.price * u.count for u in held], total or 1)


def _free_of_charge(units: Sequence[Units]) -> Shares:
    return Shares(units, [u.price * u.count for u in units])


def _take_free(able: Sequence[Units], free: int, both: set[int], *, spare: int) -> list[Units]:
    """Return the cheapest `free` units; `spare` of them may come from lines that also count."""
    taken: list[Units] = []
    for run in cheapest(able):
        room = min(free, spare) if run.line in both else free
        if (count := min(run.count, room)) > 0:
            taken.append(run.some(count))
            free -= count
            spare -= count if run.line in both else 0
    return taken


def _stack(pool: Pool, sku: str) -> list[Units]:
    return dearest(pool.goods(lambda line: line.sku == sku))


def _whole(stack: Sequence[Units], quantity: int) -> int:
    """Return how many bundles the first run of a stack serves by itself."""
    return stack[0].count // quantity if stack else 0


def _rest(stack: Sequence[Units], count: int) -> list[Units]:
    rest: list[Units] = []
    for run in stack:
        gone = min(count, run.count)
        count -= gone
        if run.count > gone:
            rest.append(run.some(run.count - gone))
    return rest
