"""What a rule gives, compiled: rates, bands, per item, fixed points, multipliers.

Points are kept as whole numbers over a denominator, the rates' over one per program, so that forty
rules over thirty lines are integer sums and still exact. Nothing is rounded here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import msgspec
from msgspec import UNSET

from db.domain.exact import minor, quotient_text, rate, rate_text
from db.domain.explanation import Explained
from db.domain.money import amount_text
from db.domain.program.document import Award


@dataclass(frozen=True, slots=True)
class RateAward:
    """So many points per so many 分 of base; with `whole` only full amounts count."""

    points: int
    per: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """From `start` 分 of base on, this rate."""

    start: int
    rate: RateAward


@dataclass(frozen=True, slots=True)
class BandAward:
    """Bands in ascending order; marginal by slices, whole by the highest one reached."""

    bands: tuple[Band, ...]
    marginal: bool = True


@dataclass(frozen=True, slots=True)
class ItemAward:
    """So many points per so many units; with `whole` only full groups of units count."""

    points: int
    per_item: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class FixedAward:
    """So many points, once; no multiplier touches them."""

    points: int


@dataclass(frozen=True, slots=True)
class Multiplier:
    """A factor on the rate points of the lines it selects."""

    factor: Fraction


@dataclass(frozen=True, slots=True)
class CouponAward:
    """A coupon of this kind of the program, once."""

    code: str


@dataclass(frozen=True, slots=True)
class TagAward:
    """A word that is kept with the member from then on."""

    tag: str


Compiled = RateAward | BandAward | ItemAward | FixedAward | Multiplier | CouponAward | TagAward


def compile_award(award: Award) -> Compiled:
    """Return a checked award as numbers; a coupon by the code of its kind, a tag by its word."""
    if award.coupon is not UNSET:
        return CouponAward(award.coupon)
    if award.tag is not UNSET:
        return TagAward(award.tag)
    if award.multiply is not UNSET:
        return Multiplier(rate(award.multiply))
    if award.bands is not UNSET:
        bands = [
            Band(
                minor(band.from_),
                RateAward(
                    band.points, minor(band.per_amount), band.whole_steps or award.whole_steps
                ),
            )
            for band in award.bands
        ]
        return BandAward(
            tuple(sorted(bands, key=lambda band: band.start)), award.mode == "marginal"
        )
    assert award.points is not UNSET, "an award gives something"
    if award.per_amount is not UNSET:
        return RateAward(award.points, minor(award.per_amount), award.whole_steps)
    if award.per_item is not UNSET:
        return ItemAward(award.points, award.per_item, award.whole_steps)
    return FixedAward(award.points)


def denominator_of(awards: Iterable[Compiled]) -> int:
    """Return the number of parts into which a point is cut so that every rate is whole."""
    pers: list[int] = []
    for award in awards:
        if isinstance(award, RateAward):
            pers.append(award.per)
        elif isinstance(award, BandAward):
            pers.extend(band.rate.per for band in award.bands)
    return lcm(1, *pers)


class Pot(msgspec.Struct):
    """The rate points of one sale, line by line, in whole parts of a point by their size.

    Rates share one size, the program's; what is given by units or bands brings its own.
    """

    denominator: int
    bases: list[int]
    quantities: list[int]
    parts: dict[int, list[int]]

    @classmethod
    def of(cls, denominator: int, *, bases: list[int], quantities: list[int]) -> "Pot":
        """Return an empty pot for these lines."""
        return cls(denominator, bases, quantities, {denominator: [0] * len(bases)})

    def exact(self) -> tuple[list[int], int]:
        """Return every line's rate points before multipliers, as numerators over one number."""
        return over_one_denominator(self.parts, len(self.bases))

    def put(self, award: Compiled, lines: list[int]) -> Explained:
        """Add what an award gives to the lines it selects, and say what it was."""
        if isinstance(award, RateAward):
            return self._put_rate(award, lines)
        if isinstance(award, BandAward):
            return self._put_bands(award, lines)
        assert isinstance(award, ItemAward), award
        return self._put_items(award, lines)

    def _put_rate(self, award: RateAward, lines: list[int]) -> Explained:
        bases = self.bases
        base = sum([bases[line] for line in lines])
        if award.whole:
            points, per = award.points * (base // award.per), 1
            self._put_share(points, per, lines, weights=bases)
        else:
            points, per = base * award.points, award.per
            factor = award.points * (self.denominator // per)
            parts = self.parts[self.denominator]
            for line in lines:
                parts[line] += bases[line] * factor
        return {
            "award": "per_amount",
            "points": award.points,
            "per_amount": amount_text(award.per),
            "base": amount_text(base),
            "exact": quotient_text(points, per),
        }

    def _put_bands(self, award: BandAward, lines: list[int]) -> Explained:
        base = sum([self.bases[line] for line in lines])
        if award.marginal:
            points = _marginal(award.bands, base)
        else:
            reached = [band.rate for band in award.bands if band.start <= base]
            points = _at(reached[-1], base) if reached else Fraction(0)
        self._put_share(points.numerator, points.denominator, lines, weights=self.bases)
        return {
            "award": "bands",
            "mode": "marginal" if award.marginal else "whole",
            "base": amount_text(base),
            "exact": rate_text(points),
        }

    def _put_items(self, award: ItemAward, lines: list[int]) -> Explained:
        units = sum([self.quantities[line] for line in lines])
        if award.whole:
            points, per = award.points * (units // award.per_item), 1
        else:
            points, per = award.points * units, award.per_item
        self._put_share(points, per, lines, weights=self.quantities)
        return {
            "award": "per_item",
            "points": award.points,
            "per_item": award.per_item,
            "units": units,
            "exact": quotient_text(points, per),
        }

    def _put_share(self, points: int, per: int, lines: list[int], *, weights: list[int]) -> None:
        """Spread points ÷ per over lines, exactly: each line's part is points × weight ÷ total."""
        total = sum([weights[line] for line in lines])
        if total == 0 or points == 0:
            return
        size = total * per
        parts = self.parts.get(size) or self.parts.setdefault(size, [0] * len(weights))
        for line in lines:
            parts[line] += points * weights[line]


def over_one_denominator(parts: Mapping[int, list[int]], count: int) -> tuple[list[int], int]:
    """Return sums, line by line, of numerators kept by their denominator; and their common one."""
    if len(parts) == 1:
        ((common, sums),) = parts.items()
        return sums, common
    common = lcm(*parts)
    sums = [0] * count
    for denominator, numerators in parts.items():
        times = common // denominator
        sums = [
            total + numerator * times for total, numerator in zip(sums, numerators, strict=True)
        ]
    return sums, common


def _marginal(bands: tuple[Band, ...], base: int) -> Fraction:
    ends = [band.start for band in bands[1:]] + [base]
    slices = (
        (band.rate, min(base, end) - band.start) for band, end in zip(bands, ends, strict=True)
    )
    return sum((_at(rate_of, part) for rate_of, part in slices if part > 0), Fraction(0))


def _at(award: RateAward, base: int) -> Fraction:
    if award.whole:
        return Fraction(award.points * (base // award.per))
    return Fraction(base * award.points, award.per)
