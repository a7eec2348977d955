"""Whether one member is in a segment; and segments that name others, with every name followed.

A segment that leads back to itself has no answer and is refused before anybody is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from db.domain.refusals import Refusal
from db.domain.segments.groups import ShopFigures, holds
from db.domain.segments.record import MemberRecord, figure
from db.domain.segments.tree import (
    Compare,
    Consents,
    Every,
    InSegment,
    Is,
    Leaf,
    Node,
    Not,
    Some,
    Tagged,
)

LEAVES_MAX: Final = 400


@dataclass(eq=False)
class NoSuchSegment(Refusal):
    """No segment has this name."""

    name: str


@dataclass(eq=False)
class SegmentRefersToItself(Refusal):
    """Following the names leads back to where it began."""

    name: str


@dataclass(eq=False)
class SegmentTooLarge(Refusal):
    """With every name followed it has more conditions than are ever meant."""

    conditions_max: int = LEAVES_MAX


def followed(node: Node, named: Mapping[str, Node]) -> Node:
    """Return the tree with every named segment in its place.

    Raises:
        NoSuchSegment, SegmentRefersToItself, SegmentTooLarge: as their names say.
    """
    return _Following(named).node(node, ())


class _Following:
    def __init__(self, named: Mapping[str, Node]) -> None:
        self._named = named
        self._leaves = 0

    def node(self, node: Node, under: tuple[str, ...]) -> Node:
        match node:
            case Every(parts):
                return Every(tuple(self.node(part, under) for part in parts))
            case Some(parts):
                return Some(tuple(self.node(part, under) for part in parts))
            case Not(part):
                return Not(self.node(part, under))
            case InSegment(name):
                return self._segment(name, under)
        self._leaves += 1
        if self._leaves > LEAVES_MAX:
            raise SegmentTooLarge
        return node

    def _segment(self, name: str, under: tuple[str, ...]) -> Node:
        if name in under:
            raise SegmentRefersToItself(name)
        if name not in self._named:
            raise NoSuchSegment(name)
        return self.node(self._named[name], (*under, name))


def matches(node: Node, record: MemberRecord, shop: ShopFigures) -> bool:
    """Say whether a member is in a segment without names or groups (`followed`, `plain`)."""
    match node:
        case Every(parts):
            return all(matches(part, record, shop) for part in parts)
        case Some(parts):
            return any(matches(part, record, shop) for part in parts)
        case Not(part):
            return not matches(part, record, shop)
        case _:
            return _leaf(node, record, shop)


def _leaf(leaf: Leaf, record: MemberRecord, shop: ShopFigures) -> bool:
    match leaf:
        case Compare(metric, how, value):
            found = figure(record, metric, shop)
            return found is not None and holds(found, how, value)
        case Is(field, values):
            return getattr(record, field) in values
        case Tagged(tag):
            return tag in record.tags
        case Consents(purpose):
            return purpose in record.consents
        case _:
            raise AssertionError(f"segment {leaf.name} was to be followed first")
