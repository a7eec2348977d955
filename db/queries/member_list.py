"""The members as a list: of a level, with a tag, by when they were here last, in an order.

For looking over the book, not for the till: it reads the whole of it once.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from db.domain.ids import MemberId
from db.queries.member_candidates import FoundMember, MatchedBy
from db.storage.database import Reader, Row

TAGS_MAX: Final = 8
_FROM: Final = """
FROM member AS m LEFT JOIN member_total AS t ON t.member_id = m.member_id
WHERE m.state IN ('active', 'frozen')
  AND (?1 = '' OR m.tier = ?1)
  AND (?2 = '' OR 1 = (
      SELECT held FROM member_tag WHERE member_id = m.member_id AND tag = ?2
      AND undone_by IS NULL ORDER BY hlc DESC, op DESC LIMIT 1))
  AND (?3 = '' OR t.last_on >= ?3)
  AND (?4 = '' OR t.last_on < ?4)
  AND (?5 = 0 OR t.last_on IS NULL)
"""
_ROWS: Final = (
    "SELECT m.member_id, m.number, coalesce(m.phone, ''), m.name, m.tier, m.state, t.last_on,"
    f" t.last_at {_FROM} ORDER BY "
)
_COUNT: Final = f"SELECT count(*) {_FROM}"
_TAGS: Final = "SELECT DISTINCT tag FROM member_tag WHERE held = 1 ORDER BY tag"


class LastVisit(StrEnum):
    """When a member was here last: days before today, or never."""

    ANY = "any"
    WITHIN_30 = "within_30"
    TO_90 = "to_90"
    OVER_90 = "over_90"
    NEVER = "never"


class ListOrder(StrEnum):
    """Who comes first."""

    LAST_VISIT = "last_visit"
    SPEND = "spend"
    NEWEST = "newest"


_ORDERS: Final = {
    ListOrder.LAST_VISIT: f"{_ROWS} t.last_at DESC NULLS LAST, m.member_row DESC",
    ListOrder.SPEND: f"{_ROWS} coalesce(t.spend, 0) DESC, m.member_row",
    ListOrder.NEWEST: f"{_ROWS} m.registered_at DESC, m.member_row DESC",
}


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """Which members; an empty one is all of them."""

    tier: str = ""
    tag: str = ""
    last_visit: LastVisit = LastVisit.ANY
    order: ListOrder = ListOrder.LAST_VISIT


@dataclass(frozen=True, slots=True)
class MemberList:
    """The first of those who fit, and how many fit."""

    members: tuple[FoundMember, ...]
    count: int


def member_list(reader: Reader, wanted: MemberFilter, *, on: date, limit: int) -> MemberList:
    """Return the members that fit on a business day, at most `limit` of them."""
    values = _values(wanted, on)
    rows = islice(reader.each(_ORDERS[wanted.order], values), limit)
    members = tuple(_member(row) for row in rows)
    return MemberList(members, int(reader.value(_COUNT, values)))


def tags_in_use(reader: Reader) -> tuple[str, ...]:
    """Return the first tags that anybody was ever given, sorted."""
    return tuple(row[0] for row in islice(reader.each(_TAGS), TAGS_MAX))


def _member(row: Row) -> FoundMember:
    member_id, number, phone, name, tier, state, last_on, last_at = row
    return FoundMember(
        MemberId(member_id), number, phone, name, tier, state, last_on, last_at, MatchedBy.NUMBER
    )


def _values(wanted: MemberFilter, on: date) -> tuple[str | int, ...]:
    month, quarter = on - timedelta(days=30), on - timedelta(days=90)
    since, before = {
        LastVisit.WITHIN_30: (month.isoformat(), ""),
        LastVisit.TO_90: (quarter.isoformat(), month.isoformat()),
        LastVisit.OVER_90: ("", quarter.isoformat()),
    }.get(wanted.last_visit, ("", ""))
    never = int(wanted.last_visit is LastVisit.NEVER)
    return wanted.tier, wanted.tag, since, before, never
