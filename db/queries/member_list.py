"""The members as a list: of a level, with a tag, by when they were here last, in an order.

For looking over the book, not for the till: it reads the whole of it once. What those merged into
a member bought, and the tags they were given, are his.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from db.domain.ids import MemberId
from db.queries.member_candidates import FoundMember, MatchedBy
from db.queries.merged_totals import JOINED, LAST_AT, LAST_ON, SPEND
from db.storage.database import Reader, Row

TAGS_MAX: Final = 8
_FROM: Final = f"""
FROM member AS m {JOINED}
WHERE m.state IN ('active', 'frozen')
  AND (?1 = '' OR m.tier = ?1)
  AND (?2 = '' OR m.member_id IN (
      SELECT who FROM (
          SELECT coalesce(a.root_id, g.member_id) AS who, g.held,
                 row_number() OVER (PARTITION BY coalesce(a.root_id, g.member_id)
                                    ORDER BY g.hlc DESC, g.op DESC) AS place
          FROM member_tag AS g LEFT JOIN member_alias AS a ON a.alias_id = g.member_id
          WHERE g.tag = ?2 AND g.undone_by IS NULL
      ) AS w WHERE place = 1 AND held = 1))
  AND (?3 = '' OR {LAST_ON} >= ?3)
  AND (?4 = '' OR {LAST_ON} < ?4)
  AND (?5 = 0 OR {LAST_ON} IS NULL)
"""  # noqa: S608 - constant parts
_ROWS: Final = (
    f"SELECT m.member_id, m.number, coalesce(m.phone, ''), m.name, m.tier, m.state, {LAST_ON},"
    f" {LAST_AT} {_FROM} ORDER BY "
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
    ListOrder.LAST_VISIT: f"{_ROWS} {LAST_AT} DESC NULLS LAST, m.member_row DESC",
    ListOrder.SPEND: f"{_ROWS} {SPEND} DESC, m.member_row",
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
