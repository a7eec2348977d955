"""Conditions of a program, compiled once into plain functions.

Line leaves (sku, category, brand, price, quantity) select lines; sale and member leaves gate the
rule; both kinds meet only under `all` (DECISIONS 16), so every condition splits into one gate and
one line test. A rule with an event leaf fires on that event and on nothing else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import msgspec
from msgspec import UNSET

from db.domain.basket import BasketLine, MemberFacts
from db.domain.conditions_member import MEMBER_LEAVES
from db.domain.exact import minor
from db.domain.program.document import Condition

LINE_LEAVES = frozenset({"sku", "category", "brand", "price", "quantity"})
_COMBINATIONS = frozenset({"all", "any", "not_"})
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Moment(msgspec.Struct, frozen=True):
    """A sale or an event as gates see it: `spend` in 分, `minute` of the local wall clock."""

    on: date
    minute: int
    member: MemberFacts | None
    spend: int = 0
    branch: str = ""
    channel: str = ""
    tenders: tuple[str, ...] = ()
    event: str = ""

    def spending(self, spend: int) -> "Moment":
        """Return the moment with what thresholds are tested on, in 分."""
        return msgspec.structs.replace(self, spend=spend)


Gate = Callable[[Moment], bool]
LineTest = Callable[[BasketLine], bool]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A condition in two halves; None is "always" and "every line"."""

    gate: Gate | None = None
    lines: LineTest | None = None
    on_event: bool = False

    def holds(self, moment: Moment) -> bool:
        """Say whether the gate lets this moment through."""
        if self.on_event != bool(moment.event):
            return False
        return self.gate is None or self.gate(moment)

    def selects(self, line: BasketLine) -> bool:
        """Say whether the line is one of those meant."""
        return self.lines is None or self.lines(line)


ALWAYS = Compiled()


def compile_condition(condition: Condition | object) -> Compiled:
    """Return the condition as functions; an absent one always holds and selects every line.

    The document was checked before: line and gate leaves meet only under `all`.
    """
    if not isinstance(condition, Condition):
        return ALWAYS
    gates: list[Gate] = []
    tests: list[LineTest] = []
    for part in _conjuncts(condition):
        if kinds_of(part) == {"line"}:
            tests.append(_build(part, _line_leaf))
        else:
            gates.append(_build(part, _gate_leaf))
    return Compiled(
        gate=_every(gates) if gates else None,
        lines=_every(tests) if tests else None,
        on_event="event" in set(leaf_names(condition)),
    )


def leaf_names(condition: Condition) -> Iterator[str]:
    """Yield the name of every leaf below, repeats included."""
    for name, value in fields_of(condition):
        if name in _COMBINATIONS:
            for child in value if isinstance(value, list) else [value]:
                yield from leaf_names(child)
        else:
            yield name


def kinds_of(condition: Condition) -> set[str]:
    """Return which kinds of leaves are below: `line`, `gate` or both."""
    return {"line" if name in LINE_LEAVES else "gate" for name in leaf_names(condition)}


def fields_of(condition: Condition) -> list[tuple[str, Any]]:
    """Return the keys that are written in this object; a valid one has exactly one."""
    values = ((name, getattr(condition, name)) for name in condition.__struct_fields__)
    return [(name, value) for name, value in values if value is not UNSET]


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    """Yield the parts that must all hold, `all` within `all` opened."""
    if condition.all is UNSET:
        yield condition
        return
    for child in condition.all:
        yield from _conjuncts(child)


def _build(condition: Condition, leaf: Callable[[str, Any], Any]) -> Any:
    ((name, value),) = fields_of(condition)
    if name == "all":
        return _every([_build(child, leaf) for child in value])
    if name == "any":
        return _some([_build(child, leaf) for child in value])
    if name == "not_":
        return partial(_negated, _build(value, leaf))
    return leaf(name, value)


def _every(tests: list[Any]) -> Any:
    if len(tests) == 1:
        return tests[0]
    return lambda facts: all(test(facts) for test in tests)


def _some(tests: list[Any]) -> Any:
    return lambda facts: any(test(facts) for test in tests)


def _negated(test: Callable[[Any], bool], facts: object) -> bool:
    return not test(facts)


def _line_leaf(name: str, value: Any) -> LineTest:
    if name == "category":
        prefixes = tuple(f"{path.rstrip('/')}/" for path in value)
        return lambda line: f"{line.category}/".startswith(prefixes)
    if name == "sku":
        skus = frozenset(value)
        return lambda line: line.sku in skus
    if name == "brand":
        brands = frozenset(value)
        return lambda line: line.brand in brands
    if name == "price":
        inside = _between(*_bounds(value, read=minor))
        return lambda line: inside(line.unit_price)
    assert name == "quantity", name
    inside = _between(*_bounds(value))
    return lambda line: inside(line.quantity)


def _gate_leaf(name: str, value: Any) -> Gate:
    if name in MEMBER_LEAVES:
        test = MEMBER_LEAVES[name](value)
        return lambda moment: moment.member is not None and test(moment.member, moment.on)
    return _SALE_LEAVES[name](value)


def _spend(value: Any) -> Gate:
    inside = _between(*_bounds(value, read=minor))
    return lambda moment: inside(moment.spend)


def _branch(value: list[str]) -> Gate:
    wanted = frozenset(value)
    return lambda moment: moment.branch in wanted


def _channel(value: list[str]) -> Gate:
    wanted = frozenset(value)
    return lambda moment: moment.channel in wanted


def _weekday(value: list[str]) -> Gate:
    wanted = frozenset(_WEEKDAYS.index(day) for day in value)
    return lambda moment: moment.on.weekday() in wanted


def _month_day(value: list[int]) -> Gate:
    wanted = frozenset(value)
    return lambda moment: moment.on.day in wanted


def _date(value: Any) -> Gate:
    first = date.min if value.from_ is UNSET else date.fromisoformat(value.from_)
    last = date.max if value.to is UNSET else date.fromisoformat(value.to)
    return lambda moment: first <= moment.on <= last


def _time(value: Any) -> Gate:
    first = 0 if value.from_ is UNSET else minute_of(value.from_)
    last = 24 * 60 - 1 if value.to is UNSET else minute_of(value.to)
    if first <= last:
        return lambda moment: first <= moment.minute <= last
    return lambda moment: moment.minute >= first or moment.minute <= last


def _tender(value: list[str]) -> Gate:
    wanted = frozenset(value)
    return lambda moment: not wanted.isdisjoint(moment.tenders)


def _event(value: list[str]) -> Gate:
    wanted = frozenset(value)
    return lambda moment: moment.event in wanted or moment.event.partition(":")[0] in wanted


_SALE_LEAVES: dict[str, Callable[[Any], Gate]] = {
    "spend": _spend,
    "branch": _branch,
    "channel": _channel,
    "weekday": _weekday,
    "month_day": _month_day,
    "date": _date,
    "time": _time,
    "tender": _tender,
    "event": _event,
}


def minute_of(text: str) -> int:
    """Return the minute of the day that `HH:MM` writes."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _bounds(value: Any, *, read: Callable[[Any], int] = int) -> tuple[int | None, int | None]:
    low = None if value.min is UNSET else read(value.min)
    high = None if value.max is UNSET else read(value.max)
    return low, high


def _between(low: int | None, high: int | None) -> Callable[[int], bool]:
    return lambda number: (low is None or number >= low) and (high is None or number <= high)
