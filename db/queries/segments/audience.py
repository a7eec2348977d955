"""Who is in a segment: how many, which, and whether one member is.

Groups by the shop's edges are counted from all purchases with NumPy, which is imported only where a
segment asks for one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Final

from db.domain.analytics.lifecycle import LifecycleDays
from db.domain.clock import BusinessCalendar
from db.domain.ids import MemberId
from db.domain.segments.evaluating import followed, matches
from db.domain.segments.groups import ShopFigures, plain
from db.domain.segments.tree import Compare, Consents, Every, Is, Node, leaves
from db.queries.member_details import consents_of
from db.queries.merged_totals import LAST_ON, SPEND, VISITS
from db.queries.segments.hours import hour_shifts
from db.queries.segments.record import member_record
from db.queries.segments.statement import BookParts, segment_statement
from db.storage.database import Reader, Row

_ROOTS: Final = "SELECT DISTINCT root_id FROM member_alias"
_COUNT: Final = "count(*)"
_ROW: Final = (
    "m.member_id, m.number, m.phone, m.name, m.tier, coalesce(b.name, ''), m.joined_on,"
    f" {VISITS}, {SPEND}, {LAST_ON}, coalesce(m.external_id, '')"
)
_BY_SPEND: Final = f"ORDER BY {SPEND} DESC, m.member_id"
_ON_EDGES: Final = frozenset({"rfm", "value"})
_ON_SCORES: Final = frozenset({"rfm_r", "rfm_f", "rfm_m"})


@dataclass(frozen=True, slots=True)
class SegmentMember:
    """A member of a segment as a list shows him; what he bought under all his records, in 分."""

    member_id: MemberId
    number: str
    phone: str | None
    name: str
    tier: str
    home: str
    joined_on: date
    visits: int
    spend: int
    last_on: date | None
    external_id: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment ready to be asked: its conditions in metrics, and the shop's figures of the day."""

    node: Node
    shop: ShopFigures
    calendar: BusinessCalendar


def prepared(
    reader: Reader,
    node: Node,
    *,
    named: Mapping[str, Node],
    today: date,
    calendar: BusinessCalendar,
    stages: LifecycleDays | None = None,
) -> Segment:
    """Return a segment ready to be asked, every name followed and every group said in metrics.

    Raises:
        NoSuchSegment, SegmentRefersToItself, SegmentTooLarge: as their names say.
    """
    tree = followed(node, named)
    shop = shop_figures(reader, tree, today=today, stages=stages or LifecycleDays())
    return Segment(plain(tree, shop), shop, calendar)


def segment_size(reader: Reader, segment: Segment) -> int:
    """Return how many members are in a segment."""
    statement = segment_statement(
        segment.node, segment.shop, _parts(reader, segment), wanted=_COUNT
    )
    return int(reader.value(statement.sql, statement.params))


def segment_members(
    reader: Reader, segment: Segment, *, limit: int | None = None
) -> Iterator[SegmentMember]:
    """Yield the members of a segment, who spent most first, at most so many."""
    statement = segment_statement(
        segment.node, segment.shop, _parts(reader, segment), wanted=_ROW, order=_BY_SPEND
    )
    rows = reader.each(statement.sql, statement.params)
    yield from map(_member, rows if limit is None else islice(rows, limit))


def is_in(reader: Reader, segment: Segment, member_id: MemberId) -> bool:
    """Say whether a member is in a segment, from his own record."""
    record = member_record(reader, member_id, today=segment.shop.today, calendar=segment.calendar)
    return matches(segment.node, record, segment.shop)


def reachable(node: Node) -> Node:
    """Return the part of a segment that agreed to be written to: the only list to contact."""
    return Every((node, Consents("marketing")))


def shop_figures(reader: Reader, node: Node, *, today: date, stages: LifecycleDays) -> ShopFigures:
    """Return what a segment needs of the shop as a whole; purchases are counted only for groups."""
    asked = set(leaves(node))
    edges = any(_needs_edges(leaf) for leaf in asked)
    risk = any(_needs_gap(leaf) for leaf in asked)
    if not (edges or risk):
        return ShopFigures(today, stages)
    from db.queries.analytics.buyers import buyers  # noqa: PLC0415 - NumPy comes with it
    from db.queries.analytics.groups import rfm_table  # noqa: PLC0415 - likewise
    from db.queries.analytics.visits import visit_days  # noqa: PLC0415 - likewise

    people = buyers(visit_days(reader, day_to=today), today=today)
    table = rfm_table(people)
    gap = Fraction(people.twice_shop_gap, 2)
    if table.edges is None:
        return ShopFigures(today, stages, shop_gap=gap)
    return ShopFigures(today, stages, table.edges, table.dear_from, gap)


def _needs_edges(leaf: object) -> bool:
    return (isinstance(leaf, Is) and leaf.field in _ON_EDGES) or (
        isinstance(leaf, Compare) and leaf.metric.name in _ON_SCORES
    )


def _needs_gap(leaf: object) -> bool:
    return (isinstance(leaf, Is) and leaf.field == "churn") or (
        isinstance(leaf, Compare) and leaf.metric.name == "churn_risk"
    )


def _parts(reader: Reader, segment: Segment) -> BookParts:
    asked = set(leaves(segment.node))
    by_hour = any(isinstance(leaf, Compare) and leaf.metric.hours for leaf in asked)
    purposes = {leaf.purpose for leaf in asked if isinstance(leaf, Consents)}
    merged: dict[str, tuple[bytes, ...]] = {}
    if purposes:
        given = {root: consents_of(reader, MemberId(root)) for (root,) in reader.all(_ROOTS)}
        merged = {
            purpose: tuple(root for root, consents in given.items() if consents[purpose])
            for purpose in purposes
        }
    hours = hour_shifts(reader, segment.calendar) if by_hour else BookParts().hours
    return BookParts(hours, merged)


def _member(row: Row) -> SegmentMember:
    member_id, number, phone, name, tier, home, joined, visits, spend, last, external = row
    return SegmentMember(
        MemberId(member_id), number, phone, name, tier, home,
        joined_on=date.fromisoformat(joined), visits=visits, spend=spend,
        last_on=None if last is None else date.fromisoformat(last), external_id=external,
    )  # fmt: skip
