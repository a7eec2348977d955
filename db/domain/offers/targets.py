"""Whom an offer is about and when it holds: targets and gates, compiled from the document.

`order` is all goods. Delivery is touched only by free delivery or by a target that names it (a sku,
category or brand that is not under `not`), and never counts for a threshold. Gates beside `when`
look at the goods of the target; for one unit (cheapest, dearest) at all goods. Line leaves of a
promotion's `when` ask whether the basket holds such a line; those of a coupon's `when` choose the
lines it is good for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET

from db.domain.conditions import Compiled, Moment, compile_condition, fields_of
from db.domain.exact import minor
from db.domain.money import amount_text
from db.domain.offers.units import (
    LineTest,
    Pool,
    Units,
    amount_of,
    cheapest,
    count_of,
    dearest,
)
from db.domain.program.document import Condition, CountRange, MoneyRange

_NAMING = frozenset({"sku", "category", "brand"})


@dataclass(frozen=True, slots=True)
class Used:
    """How often an offer has been used: by all, and by this member."""

    total: int = 0
    member: int = 0


_NEVER = Used()
_OPEN = (None, None)


class Scene(msgspec.Struct, frozen=True):
    """What gates look at besides the basket; `moment.spend` is set anew for every test."""

    moment: Moment
    used: Mapping[str, Used] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why an offer does not hold: a word, and the numbers that tell how far it is."""

    why: str
    details: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """The units an offer is about: `order`, `cheapest_unit`, `dearest_unit` or `lines`.

    Thresholds of a single unit's offer look at the goods that `over` selects.
    """

    kind: str = "order"
    test: LineTest | None = None
    names_lines: bool = False
    over: LineTest | None = None

    def units(self, pool: Pool) -> list[Units]:
        """Return the units meant, in basket order."""
        goods = pool.goods(self.test)
        if self.kind == "cheapest_unit":
            return cheapest(goods, 1)
        if self.kind == "dearest_unit":
            return dearest(goods, 1)
        return goods + pool.delivery(self.test) if self.names_lines else goods

    def measured(self, pool: Pool) -> list[Units]:
        """Return the units that thresholds over the target count; never delivery."""
        return pool.goods(self.test if self.kind == "lines" else self.over)


@dataclass(frozen=True, slots=True)
class Gates:
    """When an offer holds."""

    when: Compiled
    spend: tuple[int | None, int | None] = (None, None)
    quantity: tuple[int | None, int | None] = (None, None)
    limit_total: int | None = None
    limit_per_member: int | None = None

    def hindrance(
        self, offer_id: str, target: Target, *, pool: Pool, scene: Scene
    ) -> Hindrance | None:
        """Return the first thing that keeps the offer from holding; None when it holds."""
        return (
            self._limits(scene.used.get(offer_id, _NEVER), scene.moment)
            or self._condition(pool, scene.moment)
            or self._thresholds(target, pool)
        )

    def _limits(self, used: Used, moment: Moment) -> Hindrance | None:
        if self.limit_total is not None and used.total >= self.limit_total:
            return _short("limit_total", limit=self.limit_total, used=used.total)
        if self.limit_per_member is None:
            return None
        if moment.member is None:
            return Hindrance("member_required")
        if used.member >= self.limit_per_member:
            return _short("limit_per_member", limit=self.limit_per_member, used=used.member)
        return None

    def _condition(self, pool: Pool, moment: Moment) -> Hindrance | None:
        if self.when.gate is not None:
            moment = moment.spending(amount_of(pool.goods()))
        if not self.when.holds(moment):
            return Hindrance("condition")
        if self.when.lines is not None and not pool.goods(self.when.lines):
            return Hindrance("no_line")
        return None

    def _thresholds(self, target: Target, pool: Pool) -> Hindrance | None:
        if self.spend == _OPEN and self.quantity == _OPEN:
            return None
        units = target.measured(pool)
        amount, count = amount_of(units), count_of(units)
        if not _inside(amount, self.spend):
            return Hindrance("spend", (*_edges(self.spend, amount_text), _has(amount_text(amount))))
        if not _inside(count, self.quantity):
            return Hindrance("quantity", (*_edges(self.quantity, int), _has(count)))
        return None


def compile_target(target: str | Condition) -> Target:
    """Return the target that a checked document writes."""
    if not isinstance(target, Condition):
        return Target(target)
    return lines_target(compile_condition(target).lines, target)


def lines_target(test: LineTest | None, condition: Condition | object) -> Target:
    """Return the target of the lines that a condition chooses; all goods without one."""
    if test is None or not isinstance(condition, Condition):
        return Target()
    return Target("lines", test, names_lines=_names(condition))


def money_range(limits: MoneyRange | object) -> tuple[int | None, int | None]:
    """Return a range of the document in 分; None is open."""
    if not isinstance(limits, MoneyRange):
        return None, None
    low = None if limits.min is UNSET else minor(limits.min)
    return low, None if limits.max is UNSET else minor(limits.max)


def count_range(limits: CountRange | object) -> tuple[int | None, int | None]:
    """Return a range of whole numbers of the document; None is open."""
    if not isinstance(limits, CountRange):
        return None, None
    low = None if limits.min is UNSET else limits.min
    return low, None if limits.max is UNSET else limits.max


def _names(condition: Condition) -> bool:
    """Say whether a condition names its lines; what is only excluded or priced names none."""
    ((name, value),) = fields_of(condition)
    if name in {"all", "any"}:
        return any(_names(child) for child in value)
    return name in _NAMING


def _inside(number: int, limits: tuple[int | None, int | None]) -> bool:
    low, high = limits
    return (low is None or number >= low) and (high is None or number <= high)


def _short(why: str, **numbers: int) -> Hindrance:
    return Hindrance(why, tuple(numbers.items()))


def _edges(limits: tuple[int | None, int | None], told: Any) -> tuple[tuple[str, Any], ...]:
    named = zip(("min", "max"), limits, strict=True)
    return tuple((name, told(value)) for name, value in named if value is not None)


def _has(value: Any) -> tuple[str, Any]:
    return "has", value
