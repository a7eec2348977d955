"""The member card: who stands at the counter, what he may spend, and as of when.

One statement for the person, then the same `member_standing` that the sale is decided by, so the
card never promises what the sale would refuse. What only a head office knows is asked only where
there is one, and what leases hold only where they hold something.
"""

from collections import Counter
from datetime import date

import msgspec

from db.domain.ids import MemberId
from db.domain.offers.coupons import NO_FACTS, OfferFacts
from db.domain.program.document import Text, Tiers
from db.domain.program.program import Program
from db.queries.waiting import something_waits
from db.storage.coupons import offer_facts
from db.storage.database import Reader, Row
from db.storage.home import HomeIdentity
from db.storage.member_facts import Known, MemberStanding, member_standing, with_aliases
from db.storage.profiles import aliases_of

_ALIAS_HOPS_MAX = 8
_CARD = """
SELECT m.member_id, m.number, m.phone, m.name, m.gender, m.birthday, m.channel, m.state, m.tier,
       m.joined_on, m.registered_at, m.alias_of, b.name,
       coalesce(t.visits, 0), coalesce(t.spend, 0), t.last_on,
       m.tier_rank, m.referrer_id IS NOT NULL,
       EXISTS (SELECT 1 FROM member_alias WHERE root_id = m.member_id),
       EXISTS (SELECT 1 FROM lease WHERE member_id = m.member_id AND state <> 'reclaimed')
FROM member AS m
LEFT JOIN branch AS b ON b.branch_id = m.home_branch_id
LEFT JOIN member_total AS t ON t.member_id = m.member_id
WHERE m.member_id = ?
"""
_NEXT_EXPIRY = """
SELECT expires_on, sum(remaining) FROM lot
WHERE member_id = ?1 AND remaining <> 0 AND remaining > 0 AND expires_on >= ?2
GROUP BY expires_on ORDER BY expires_on LIMIT 1
"""
_NEXT_EXPIRY_WITH_LEASES = """
SELECT expires_on, sum(points) FROM (
    SELECT expires_on, remaining AS points FROM lot
    WHERE member_id = ?1 AND remaining <> 0 AND remaining > 0 AND expires_on >= ?2
    UNION ALL
    SELECT o.expires_on, p.granted - p.spent - p.returned
    FROM lease AS l JOIN lease_lot AS p ON p.lease_id = l.lease_id
    JOIN lot AS o ON o.member_id = l.member_id AND o.lot_id = p.lot_id
    WHERE l.member_id = ?1 AND l.state = 'open' AND o.expires_on >= ?2
      AND p.granted > p.spent + p.returned
) GROUP BY expires_on ORDER BY expires_on LIMIT 1
"""
_ALIAS_TOTAL = "SELECT spend, last_on FROM member_total WHERE member_id = ?"
_LAST_CONTACT = "SELECT value FROM setting WHERE name = 'last_contact_at'"


class MemberCard(msgspec.Struct, frozen=True):
    """One member as the counter shows him: money in 分, points whole, times UTC ms.

    `member_id` is the survivor of every merge. `as_of_ms` is when what is known here of other
    counters was last complete: now, where this counter is the authority. `waiting` says that head
    office has not yet everything that happened to him here. `to_next` is the next level and what
    is missing for it, in the ladder's measure; `next_expiry` the nearest last day and its points;
    `offers` the coupons he holds and what he and all have used of what is limited.
    """

    member_id: MemberId
    number: str
    phone: str | None
    name: str
    gender: str
    birthday: str
    channel: str
    state: str
    tier: str
    tier_name_zh: str
    tier_name_en: str
    joined_on: date
    home_branch: str
    standing: MemberStanding
    available: int
    pending: int
    redeemable: int
    as_of_ms: int
    visits: int
    spend: int
    last_on: date | None
    next_expiry: tuple[date, int] | None
    to_next: tuple[str, int] | None
    waiting: bool
    offers: OfferFacts = NO_FACTS


def member_card(
    reader: Reader, member_id: MemberId, *, home: HomeIdentity, program: Program, now_ms: int
) -> MemberCard | None:
    """Return the card of whoever answers to this id now, through merges; nothing for nobody."""
    on = home.calendar.day_of(now_ms)
    row = _person(reader, member_id)
    if row is None:
        return None
    survivor = MemberId(row[0])
    known = _known(row)
    ids: tuple[MemberId, ...] = (survivor,)
    if known.merged:
        ids = (survivor, *aliases_of(reader, survivor))
        row = _as_one(reader, row, with_aliases(reader, known, ids[1:]), aliases=ids[1:])
    standing = member_standing(
        reader, survivor, home=home, program=program, on=on, now_ms=now_ms, known=known
    )
    zh, en = tier_names(program, row[8])
    return MemberCard(
        member_id=survivor,
        number=row[1],
        phone=row[2],
        name=row[3],
        gender=row[4],
        birthday=row[5],
        channel=row[6],
        state=row[7],
        tier=row[8],
        tier_name_zh=zh,
        tier_name_en=en,
        joined_on=date.fromisoformat(row[9]),
        home_branch=row[12] or "",
        standing=standing,
        available=standing.available,
        pending=standing.pending,
        redeemable=standing.redeemable,
        as_of_ms=now_ms if home.own_authority else int(reader.value(_LAST_CONTACT) or row[10]),
        visits=row[13],
        spend=row[14],
        last_on=None if row[15] is None else date.fromisoformat(row[15]),
        next_expiry=_next_expiry(reader, standing, ids, on=on),
        to_next=program.ladder.to_next(row[8], standing.measured),
        waiting=not home.own_authority and something_waits(reader, survivor, home.counter_id),
        offers=offer_facts(reader, survivor, program, home=home, now_ms=now_ms),
    )


def tier_names(program: Program, code: str) -> tuple[str, str]:
    """Return a level's name in Chinese and English; its code where the program names none."""
    tiers = program.document.tiers
    levels = tiers.levels if isinstance(tiers, Tiers) else []
    for level in levels:
        if level.code != code or level.name is msgspec.UNSET:
            continue
        if isinstance(level.name, Text):
            return level.name.zh, level.name.en or level.name.zh
        return str(level.name), str(level.name)
    return code, code


def _known(row: Row) -> Known:
    """Return what a card's row says of the member himself."""
    return Known(
        tier=row[8],
        tier_rank=row[16],
        joined_on=row[9],
        birthday=row[5],
        visits=row[13],
        referred=bool(row[17]),
        merged=bool(row[18]),
        leased=bool(row[19]),
    )


def _as_one(reader: Reader, row: Row, known: Known, *, aliases: tuple[MemberId, ...]) -> Row:
    """Return a card's row as of one person: he and those he stands for."""
    spend, last_on = row[14], row[15] or ""
    for alias in aliases:
        other = reader.one(_ALIAS_TOTAL, (alias,)) or (0, None)
        spend, last_on = spend + other[0], max(last_on, other[1] or "")
    shown = (*row[:8], known.tier, known.joined_on, *row[10:13])
    return (*shown, known.visits, spend, last_on or None, *row[16:])


def _next_expiry(
    reader: Reader, standing: MemberStanding, ids: tuple[MemberId, ...], *, on: date
) -> tuple[date, int] | None:
    under_leases = standing.available != standing.free
    if not (under_leases or standing.ending):
        return None
    sql = _NEXT_EXPIRY_WITH_LEASES if under_leases else _NEXT_EXPIRY
    ends: Counter[str] = Counter()
    for each in ids:
        if (row := reader.one(sql, (each, on.isoformat()))) is not None:
            ends[row[0]] += row[1]
    nearest = min(ends, default=None)
    return None if nearest is None else (date.fromisoformat(nearest), ends[nearest])


def _person(reader: Reader, member_id: MemberId) -> Row | None:
    """Return the row of the member who answers to an id, through merges."""
    for _ in range(_ALIAS_HOPS_MAX):
        row = reader.one(_CARD, (member_id,))
        if row is None or row[11] is None:
            return row
        member_id = MemberId(row[11])
    return None
