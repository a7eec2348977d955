"""Who stands under a gram: postings in the order of the last visit, and the members behind them.

Raw, constant SQL: this is what every key in the finder runs.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from heapq import merge
from typing import Any, Final, NamedTuple, Protocol

from db.domain.ids import MemberId

SCANNED_POSTINGS_MAX: Final = 1_000
_PAGE: Final = 100
_ALIAS_HOPS_MAX: Final = 8

_SELECT: Final = (
    "SELECT m.member_id, m.number, m.phone, m.name, m.tier, m.state, m.alias_of,"
    " t.last_on, t.last_at FROM member m LEFT JOIN member_total t ON t.member_id = m.member_id"
)
_BY_ID: Final = f"{_SELECT} WHERE m.member_id = ?"
_BY_PHONE: Final = f"{_SELECT} WHERE m.phone = ?"
_BY_NUMBER: Final = f"{_SELECT} WHERE m.number = ?"
_BY_EXTERNAL: Final = f"{_SELECT} WHERE m.external_id = ?"
_FEW: Final = 20
_BY_FEW_ROWS: Final = f"{_SELECT} WHERE m.member_row IN ({', '.join('?' * _FEW)})"
_LISTED: Final = "(SELECT CAST(value AS INTEGER) FROM json_each(?))"
_BY_ROWS: Final = f"{_SELECT} WHERE m.member_row IN {_LISTED}"
_HIDDEN: Final = ("erased", "merged")
_POSTINGS: Final = (
    "SELECT recency, member_row FROM member_gram WHERE gram = ?"
    " ORDER BY recency, member_row LIMIT ?"
)
_NAMED_POSTINGS: Final = (
    "SELECT g.recency, g.member_row, m.name, m.phone FROM member_gram g"
    " CROSS JOIN member m ON m.member_row = g.member_row"
    " WHERE g.gram = ? AND (g.recency, g.member_row) > (?, ?)"
    " ORDER BY g.recency, g.member_row LIMIT ?"
)
_BEFORE_ALL: Final = (-(1 << 40), 0)

Row = tuple[Any, ...]
Posting = tuple[int, int]


class Asks(Protocol):
    """What a query needs of a reader: constant SQL in, rows out."""

    def all(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """Return every row."""


class MatchedBy(StrEnum):
    """What of a member answered the query."""

    PHONE = "phone"
    NUMBER = "number"
    EXTERNAL_ID = "external_id"
    LAST_DIGITS = "last_digits"
    NAME = "name"
    PINYIN = "pinyin"


class FoundMember(NamedTuple):
    """A member in a list; `phone` is E.164 and is masked by whoever shows it.

    A tuple, because twenty of them are made for every key that is typed.
    """

    member_id: MemberId
    number: str
    phone: str
    name: str
    tier: str
    state: str
    last_on: str | None
    last_at: int | None
    matched: MatchedBy


def members_by_phone(reader: Asks, e164: str) -> list[FoundMember]:
    """Return who has exactly this phone, survivors standing for the merged."""
    return _resolved(reader, reader.all(_BY_PHONE, (e164,)), MatchedBy.PHONE)


def members_by_number(reader: Asks, number: str) -> list[FoundMember]:
    """Return who has exactly this member number: two, when it was issued twice offline."""
    return _resolved(reader, reader.all(_BY_NUMBER, (number,)), MatchedBy.NUMBER)


def members_by_external_id(reader: Asks, external_id: str) -> list[FoundMember]:
    """Return whom a former system knew under exactly this id."""
    return _resolved(reader, reader.all(_BY_EXTERNAL, (external_id,)), MatchedBy.EXTERNAL_ID)


def newest_postings(reader: Asks, grams: Sequence[str], *, limit: int) -> list[Posting]:
    """Return up to `limit` postings under any of the grams, the newest month first."""
    lists = [reader.all(_POSTINGS, (gram, limit)) for gram in grams]
    if len(lists) == 1:
        return lists[0]
    return list(dict.fromkeys(merge(*lists)))[:limit]


def scanned_postings(
    reader: Asks, gram: str, keep: Callable[[str, str], bool], *, limit: int
) -> list[Posting]:
    """Return postings whose member's (name, phone) passes `keep`; at most 1,000 are looked at."""
    kept: list[Posting] = []
    after: Posting = _BEFORE_ALL
    for _ in range(SCANNED_POSTINGS_MAX // _PAGE):
        page = reader.all(_NAMED_POSTINGS, (gram, *after, _PAGE))
        kept += [(row[0], row[1]) for row in page if keep(row[2], row[3] or "")]
        if len(page) < _PAGE or len(kept) >= limit:
            break
        after = page[-1][0], page[-1][1]
    return kept[:limit]


def members_of(reader: Asks, postings: Sequence[Posting], matched: MatchedBy) -> list[FoundMember]:
    """Return the members behind postings, the latest visit first."""
    if not postings:
        return []
    places = [row for _, row in postings]
    if len(places) <= _FEW:
        rows = reader.all(_BY_FEW_ROWS, places + [None] * (_FEW - len(places)))
    else:
        rows = reader.all(_BY_ROWS, (str(places),))
    return _resolved(reader, rows, matched)


def _resolved(reader: Asks, rows: list[Row], matched: MatchedBy) -> list[FoundMember]:
    """Turn rows into members: the erased left out, the merged replaced by their survivors."""
    if len(rows) == 1 and rows[0][5] not in _HIDDEN:  # whom a phone names, nearly always
        return [_member(rows[0], matched)]
    survivors = [row if row[6] is None else _survivor(reader, row) for row in rows]
    found = {row[0]: row for row in survivors if row[5] not in _HIDDEN}
    latest_first = sorted(found.values(), key=_last_at, reverse=True)
    return [_member(row, matched) for row in latest_first]


def _last_at(row: Row) -> int:
    return row[8] or 0


def _survivor(reader: Asks, row: Row) -> Row:
    for _ in range(_ALIAS_HOPS_MAX):
        if row[6] is None:
            break
        followed = reader.all(_BY_ID, (row[6],))
        if not followed:
            break
        row = followed[0]
    return row


def _member(row: Row, matched: MatchedBy) -> FoundMember:
    member_id, number, phone, name, tier, state, _, last_on, last_at = row
    return FoundMember(member_id, number, phone or "", name, tier, state, last_on, last_at, matched)
