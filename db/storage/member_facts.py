"""What the rules must know of a member before a sale, read for services and screens alike.

The card that the cashier sees and the sale that follows look at the same facts. Lots and leases
are two statements: joined into one they would each be written to a table first, at twice the cost.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import msgspec

from db.domain.basket import MemberFacts
from db.domain.beyond_leases import floor_room
from db.domain.ids import MemberId
from db.domain.program.program import Program
from db.domain.tiers import TierLadder, window_start
from db.storage.database import Reader
from db.storage.floor import floor_use, fresh_lots
from db.storage.home import HomeIdentity
from db.storage.profiles import aliases_of
from db.storage.rewards import awarded_by_events, events_between, tags_of

_KNOWN = """
SELECT m.member_id, m.state, m.alias_of, t.last_on, m.tier, m.tier_rank, m.joined_on, m.birthday,
       coalesce(t.visits, 0), m.referrer_id IS NOT NULL,
       EXISTS (SELECT 1 FROM lease WHERE member_id = m.member_id AND state <> 'reclaimed'),
       EXISTS (SELECT 1 FROM member_alias WHERE root_id = m.member_id),
       EXISTS (SELECT 1 FROM lot INDEXED BY lot_idle
               WHERE member_id = m.member_id AND idle IS NOT NULL)
FROM member AS m LEFT JOIN member_total AS t ON t.member_id = m.member_id
WHERE m.member_id = ?
"""
_FREE = """
SELECT coalesce(sum(CASE WHEN remaining < 0 OR (available_on <= ?2 AND
                         (expires_on IS NULL OR expires_on >= ?2)) THEN remaining END), 0),
       coalesce(sum(CASE WHEN remaining > 0 AND available_on > ?2 THEN remaining END), 0),
       count(expires_on)
FROM lot WHERE member_id = ?1 AND remaining <> 0
"""
_LEASED = """
SELECT coalesce(sum(CASE WHEN l.stream_id = ?2 AND l.state = 'open' AND l.until_at > ?3
                         THEN s.granted - s.spent - s.returned END), 0),
       coalesce(sum(s.granted - s.spent - s.returned), 0),
       coalesce(sum(min(s.granted - s.spent - s.returned, 0)), 0)
FROM lease AS l JOIN lease_lot AS s ON s.lease_id = l.lease_id
WHERE l.member_id = ?1 AND l.state <> 'reclaimed'
"""
_AWARDED = """
SELECT coalesce(sum(CASE WHEN business_day = ?2 THEN earned END), 0), coalesce(sum(earned), 0)
FROM sale WHERE member_id = ?1 AND business_day BETWEEN ?3 AND ?2 AND reversed_by IS NULL
"""
_AWARDED_IN = """
SELECT coalesce(sum(CASE WHEN business_day = ?2 THEN earned END), 0), coalesce(sum(earned), 0)
FROM sale WHERE member_id = ?1 AND business_day BETWEEN ?3 AND ?4 AND reversed_by IS NULL
"""
_SPENT = """
SELECT coalesce(sum(due - returned_amount), 0), count(*) - coalesce(sum(returned_whole), 0),
       coalesce(sum(earned - returned_earned), 0) FROM sale
WHERE member_id = ? AND business_day BETWEEN ? AND ? AND reversed_by IS NULL
"""


class Known(NamedTuple):
    """What the member's own row says of him, for who has read it already."""

    tier: str
    tier_rank: int
    joined_on: str
    birthday: str
    visits: int
    referred: bool = False
    leased: bool = True
    """Whether some of his points may be under a lease."""
    merged: bool = False
    """Whether he stands for others, who were merged into him."""
    idle: bool = True
    """Whether some of his lots may end for want of a sale."""


class Person(NamedTuple):
    """A member as an act meets him: who answers for his id, since when, and what is known."""

    member_id: MemberId
    state: str
    alias_of: MemberId | None
    last_on: str | None
    known: Known

    @property
    def may_hold_idle(self) -> bool:
        """Say whether lots of his, or of those he stands for, may end for want of a sale."""
        return self.known.idle or self.known.merged


class MemberStanding(msgspec.Struct, frozen=True):
    """A member's points and facts on a business day.

    `available` counts what is under any counter's lease too, for it is still the member's; `free`
    is what is under none, less what leases were spent beyond themselves (two voids of one sale give
    its points back twice, and somebody spent them again). `ending` is how many of his lots, under
    no lease, have a last day. `redeemable` is what this counter may spend now, `floor` how many
    more with a second person's approval where the program has a floor, `measured` what the tier
    ladder measures. Available and pending are
    `db.domain.lots`' sums, asked of the database because a member may have hundreds of lots.
    """

    member_id: MemberId
    facts: MemberFacts
    tier_rank: int
    free: int
    available: int
    pending: int
    ending: int
    redeemable: int
    measured: int
    floor: int = 0


def member_standing(
    reader: Reader,
    member_id: MemberId,
    *,
    home: HomeIdentity,
    program: Program,
    on: date,
    now_ms: int,
    known: Known | None = None,
) -> MemberStanding:
    """Return what the program may look at; `now_ms` is the trusted time that leases end by."""
    known = known or _known(reader, member_id)
    ids: tuple[MemberId, ...] = (member_id,)
    if known.merged:
        ids = (member_id, *aliases_of(reader, member_id))
        known = with_aliases(reader, known, ids[1:])
    joined = date.fromisoformat(known.joined_on)
    today, month = _awarded(reader, ids, program, on=on)
    free, pending, ending = _sums(reader, _FREE, ids, params=(on.isoformat(),))
    here, leased, overspent = (
        _sums(reader, _LEASED, ids, params=(home.stream_id, now_ms)) if known.leased else (0, 0, 0)
    )
    fresh, floor = _beyond_leases(reader, ids, program, home=home, on=on, now_ms=now_ms)
    return MemberStanding(
        member_id=member_id,
        facts=MemberFacts(
            joined_on=joined,
            birthday=known.birthday,
            tier=known.tier,
            tags=frozenset(tags_of(reader, member_id)) if program.reads_tags else frozenset(),
            visits=known.visits,
            referred=bool(known.referred),
            awarded_today=today,
            awarded_this_month=month,
        ),
        tier_rank=known.tier_rank,
        free=free + overspent,
        available=free + leased,
        pending=pending,
        ending=ending,
        redeemable=max(0, free + overspent)
        if home.own_authority
        else min(here + fresh, max(0, free + leased)),
        measured=_measured(reader, ids, program.ladder, on=on, joined_on=joined),
        floor=min(floor, max(0, free + overspent - fresh)),
    )


def person(reader: Reader, member_id: MemberId) -> Person | None:
    """Return the member with this id, as an act must know him."""
    row = reader.one(_KNOWN, (member_id,))
    if row is None:
        return None
    member_id, state, alias_of, last_on, *known = row
    return Person(member_id, state, alias_of, last_on, Known(*known))


def _known(reader: Reader, member_id: MemberId) -> Known:
    found = person(reader, member_id)
    assert found is not None, "the caller found the member"
    return found.known


def with_aliases(reader: Reader, known: Known, aliases: Iterable[MemberId]) -> Known:
    """Return what is known of a member and of those he stands for, as of one person.

    The highest level and the earliest day of joining are his; visits add up. A merge can be here
    before who was merged is: buckets of the feed arrive one by one.
    """
    for alias in aliases:
        found = person(reader, alias)
        if found is None:
            continue
        other = found.known
        stands, beside = (known.tier != "", known.tier_rank), (other.tier != "", other.tier_rank)
        higher = other if beside > stands else known
        known = known._replace(
            tier=higher.tier,
            tier_rank=higher.tier_rank,
            joined_on=min(known.joined_on, other.joined_on),
            visits=known.visits + other.visits,
            referred=known.referred or other.referred,
            leased=known.leased or other.leased,
        )
    return known


def _beyond_leases(
    reader: Reader,
    ids: tuple[MemberId, ...],
    program: Program,
    *,
    home: HomeIdentity,
    on: date,
    now_ms: int,
) -> tuple[int, int]:
    """Return (fresh points, room of the floor); a program without them costs no question."""
    offline = program.document.offline
    if home.own_authority or not (offline.spend_fresh or offline.floor):
        return 0, 0
    fresh = fresh_lots(reader, ids, stream_id=home.stream_id, on=on) if offline.spend_fresh else []
    points = sum(each.lot.points for each in fresh)
    if offline.floor is None:
        return points, 0
    use = floor_use(reader, ids, stream_id=home.stream_id, counter_id=home.counter_id, on=on)
    return points, 0 if use is None else floor_room(offline.floor, use, now_ms=now_ms)


def _sums(
    reader: Reader, sql: str, ids: tuple[MemberId, ...], *, params: tuple[object, ...]
) -> tuple[int, ...]:
    """Return the sums of a question over a member and those he stands for, who are few."""
    rows = [reader.one(sql, (each, *params)) for each in ids]
    return tuple(map(sum, zip(*(row for row in rows if row is not None), strict=True)))


def _awarded(
    reader: Reader, ids: tuple[MemberId, ...], program: Program, *, on: date
) -> tuple[int, int]:
    """Return the points awarded this day and month; not asked where the program has no caps."""
    if program.terms.per_day is None and program.terms.per_month is None:
        return 0, 0
    days = on.isoformat(), on.replace(day=1).isoformat()
    today, month = _sums(reader, _AWARDED, ids, params=days)
    by_events = [awarded_by_events(reader, each, on=on) for each in ids]
    return today + sum(row[0] for row in by_events), month + sum(row[1] for row in by_events)


def points_awarded(reader: Reader, member_id: MemberId, *, day: str) -> tuple[int, int]:
    """Return the points awarded on a business day, and in all of its month, to him and aliases."""
    first, last = f"{day[:7]}-01", f"{day[:7]}-31"
    ids = (member_id, *aliases_of(reader, member_id))
    by_sales = _sums(reader, _AWARDED_IN, ids, params=(day, first, last))
    by_events = [
        sum(events_between(reader, each, days) for each in ids)
        for days in ((day, day), (first, last))
    ]
    return by_sales[0] + by_events[0], by_sales[1] + by_events[1]


def _measured(
    reader: Reader, ids: tuple[MemberId, ...], ladder: TierLadder, *, on: date, joined_on: date
) -> int:
    if not ladder.levels:
        return 0
    first = window_start(ladder, on, joined_on)
    days = first.isoformat(), on.isoformat()
    spend, visits, earned = _sums(reader, _SPENT, ids, params=days)
    if ladder.measure == "points_earned":
        earned += sum(events_between(reader, each, days) for each in ids)
    return int({"net_spend": spend, "visits": visits, "points_earned": earned}[ladder.measure])
