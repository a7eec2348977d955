"""Opening lots and paying out of them: what a sale, a redemption and an adjustment have in common.

Points are paid under a lease, always. A counter without a head office grants itself, inside the
very operation, a lease on exactly the lots it spends; one with a head office does so only beyond
its leases, where the program lets it (`db.domain.beyond_leases`).
"""

from dataclasses import replace
from datetime import date
from functools import lru_cache

import msgspec

from db.domain.beyond_leases import FLOOR, FRESH
from db.domain.evaluation import LotAward
from db.domain.ids import LotId, MemberId, parse_id, text_of
from db.domain.leases import LeaseToken, LotShare, LotSpend, grant_movements, spend_from
from db.domain.lots import Lot, take
from db.domain.operations import Operation
from db.domain.redemption_refusals import BeyondLease
from db.domain.sales import AwardFact
from db.services.journal import trusted_now
from db.storage.floor import FreshLot, fresh_lots
from db.storage.ledger import NewLot
from db.storage.profiles import aliases_of
from db.storage.unit_of_work import UnitOfWork

OWN_LEASE_MS = 60_000
"""How long a lease lasts that a counter grants itself: it is spent in the same operation."""
LOTS_MAX = 1_000
"""How many lots one act spends: an operation is bounded, what a member may hold is not."""


def pay_with_points(
    work: UnitOfWork, member_id: MemberId | None, points: int, *, on: date
) -> tuple[tuple[LeaseToken, ...], tuple[LotSpend, ...]]:
    """Return the tokens to carry and the lots that pay; the points were checked before.

    Without a head office the counter grants itself exactly what it spends. Raises `BeyondLease`
    with what fits into one act when the points lie in more than `LOTS_MAX` lots.
    """
    if points == 0 or member_id is None:
        return (), ()
    stream_id = work.home.stream_id
    if not work.home.own_authority:
        now_ms = trusted_now(work)
        ids = (member_id, *aliases_of(work.sql, member_id))
        leases = [
            lease for each in ids for lease in work.leases.open_here(each, stream_id, at_ms=now_ms)
        ]
        held = min(points, sum(lease.points for lease in leases))
        spends = spend_from(leases, held) if held else []
        used = {spend.lease for spend in spends}
        tokens = tuple(lease.token for lease in leases if lease.token.g in used)
        if held < points:
            more = _beyond_leases(work, ids, points - held, on=on)
            tokens, spends = (*tokens, *more), [*spends, *_spends_of(more)]
        _check_fits(work, spends, points)
        return tokens, tuple(spends)
    tokens = _own_leases(work, taken_from(work, member_id, points, on=on))
    spends = _spends_of(tokens)
    _check_fits(work, spends, points)
    return tokens, tuple(spends)


def _beyond_leases(
    work: UnitOfWork, ids: tuple[MemberId, ...], points: int, *, on: date
) -> tuple[LeaseToken, ...]:
    """Return what a counter grants itself beyond its leases: fresh points, then by the floor."""
    offline = work.program(on).document.offline
    fresh: list[FreshLot] = []
    if offline.spend_fresh:
        fresh = fresh_lots(work.sql, ids, stream_id=work.home.stream_id, on=on)
    part = min(points, sum(each.lot.points for each in fresh))
    taken = _by_owner([(each.owner, each.lot) for each in fresh], part, on=on)
    tokens = _own_leases(work, taken, why=FRESH)
    if part == points:
        return tokens
    gone = {parse_id(share.lot): share.points for token in tokens for share in token.lots}
    rest = [
        (each, replace(lot, points=lot.points - gone.get(lot.lot_id, 0)))
        for each in ids
        for lot in work.ledger.lots(each)
    ]
    by_floor = _own_leases(work, _by_owner(rest, points - part, on=on), why=FLOOR)
    return (*tokens, *by_floor)


def _own_leases(
    work: UnitOfWork, taken: list[tuple[MemberId, list[tuple[LotId, int]]]], *, why: str = ""
) -> tuple[LeaseToken, ...]:
    """Return the leases that this counter grants itself on exactly what it spends."""
    return tuple(
        LeaseToken(
            g=text_of(work.new_id()),
            m=text_of(owner),
            s=text_of(work.home.stream_id),
            n=sum(part for _, part in shares),
            until=work.at_ms + OWN_LEASE_MS,
            lots=tuple(LotShare(text_of(lot_id), part) for lot_id, part in shares),
            why=why,
        )
        for owner, shares in taken
    )


def _spends_of(tokens: tuple[LeaseToken, ...]) -> list[LotSpend]:
    return [LotSpend(share.lot, token.g, share.points) for token in tokens for share in token.lots]


def _check_fits(work: UnitOfWork, spends: list[LotSpend], points: int) -> None:
    """Refuse what lies in more lots than one operation names."""
    if len(spends) <= LOTS_MAX:
        return
    most = sum(spend.points for spend in spends[:LOTS_MAX])
    money = work.program(work.today).money
    largest = most if money is None else most - most % money.points_per_step
    raise BeyondLease(spendable=most, requested=points, largest=largest)


def taken_from(
    work: UnitOfWork, member_id: MemberId, points: int, *, on: date
) -> list[tuple[MemberId, list[tuple[LotId, int]]]]:
    """Return whose lots pay, and how much each: a member's own, and of those he stands for."""
    lots = [
        (each, lot)
        for each in (member_id, *aliases_of(work.sql, member_id))
        for lot in work.ledger.lots(each)
    ]
    return _by_owner(lots, points, on=on)


def _by_owner(
    lots: list[tuple[MemberId, Lot]], points: int, *, on: date
) -> list[tuple[MemberId, list[tuple[LotId, int]]]]:
    """Return which of these lots pay, in PROGRAM §4 order, under whom they are."""
    owners = {lot.lot_id: owner for owner, lot in lots}
    taken: dict[MemberId, list[tuple[LotId, int]]] = {}
    for lot_id, part in take([lot for _, lot in lots], points, on):
        taken.setdefault(owners[lot_id], []).append((lot_id, part))
    return list(taken.items())


def new_lots(operation: Operation, awards: tuple[AwardFact, ...]) -> dict[bytes, NewLot]:
    """Return the lots that an operation awards, for the ledger to open with their movements."""
    wall = operation.envelope.wall
    return {
        parse_id(award.lot): NewLot(
            _day(award.available_on),
            None if award.expires_on is None else _day(award.expires_on),
            wall,
        )
        for award in awards
    }


@lru_cache(maxsize=64)
def _day(text: str) -> str:
    """Return a day as it is stored; raise `ValueError` for what is none."""
    return date.fromisoformat(text).isoformat()


def own_tokens(operation: Operation) -> list[LeaseToken]:
    """Return the leases that a counter without head office granted itself in an operation."""
    return [token for token in _tokens(operation) if token.own]


def enter_tokens(work: UnitOfWork, operation: Operation) -> None:
    """Keep the leases that an operation spends and that are not known here yet.

    Those its counter granted itself, and those of head office whose grant is still on its way: it
    lies in the feed of another branch where the one who spends stands for a member of there.
    """
    for token in _tokens(operation):
        if work.leases.add(token) and not token.own:
            work.ledger.post(token.lease_id, grant_movements(token))


def _tokens(operation: Operation) -> list[LeaseToken]:
    return [msgspec.convert(fields, LeaseToken) for fields in operation.envelope.gtok]


def award_facts(work: UnitOfWork, awards: tuple[LotAward, ...]) -> tuple[AwardFact, ...]:
    """Return what the evaluation awards as facts, each lot with its own new id."""
    return tuple(
        AwardFact(
            lot=text_of(work.new_id()),
            points=award.points,
            available_on=award.available_on.isoformat(),
            expires_on=None if award.expires_on is None else award.expires_on.isoformat(),
            rules=award.rules,
            idle=award.idle,
        )
        for award in awards
    )
