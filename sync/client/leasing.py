"""Getting leases: exactly enough for the customer at the counter, and a standing share in store.

Both are asks with ids of their own, so a repeated ask is one ask. What a counter does not spend
it closes; only head office gives points back.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from db.domain.ids import LeaseId, MemberId
from db.domain.leases import Lease
from db.domain.lots import available_on
from db.domain.operations import MalformedOperation, read_operation
from db.services.floor import tell_acked
from db.services.holds import close_long_held
from db.services.journal import trusted_now
from db.services.leases import close_expired_leases, close_lease
from db.services.replication import receive
from db.services.visitors import forget_visitors
from db.storage.home import OFFICE
from db.storage.profiles import aliases_of, standing_for
from db.storage.unit_of_work import UnitOfWork
from sync.client.device import REQUEST_BYTES, DeviceIdentity
from sync.client.holding import (
    Wanted,
    asks_for,
    asks_for_lookup,
    asks_to_renew,
    close_older_value,
    close_unspent,
)
from sync.client.http_office import LOOKUP_LIMIT_MS
from sync.client.outbox import meet_incarnation, next_batch, note_time, take_push_reply
from sync.client.storage_access import RunOnStorage
from sync.protocol.messages import LEASE_ASKS_MAX, LeaseAsk, LeaseReply, LeaseRequest
from sync.protocol.office import HeadOffice, OfficeRefused, OfficeUnreachable

ACTIVE_DAYS = 60
"""A member who bought at this branch within so many days has a standing lease here."""
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Leased:
    """What asking came to: leases granted, and points redeemable at this counter now.

    `online` says whether head office answered.
    """

    granted: int
    redeemable: int
    online: bool


def lease_exactly(
    run: RunOnStorage,
    office: HeadOffice,
    device: DeviceIdentity,
    *,
    member_id: MemberId,
    points: int,
) -> Leased:
    """Make sure this counter may spend `points` of a member, if head office answers in time.

    What he earned here a minute ago is told to head office first, for it leases what it knows of.
    Never raises for the line: offline, what is leased already is what there is.
    """
    return lease_for_sale(run, office, device, wanted=Wanted(member_id=member_id, points=points))


def lease_for_sale(
    run: RunOnStorage, office: HeadOffice, device: DeviceIdentity, *, wanted: Wanted
) -> Leased:
    """Make sure this counter may use what a sale wants: points, coupons, stored value.

    As `lease_exactly` otherwise; a coupon that anybody may bring needs no member.
    """
    return _lease(run, office, device, wanted=wanted)


def lease_for_lookup(
    run: RunOnStorage, office: HeadOffice, device: DeviceIdentity, *, member_id: MemberId
) -> Leased:
    """Ask for what a member who was just found may use here: as `lease_exactly` otherwise.

    That is the standing share of his points and his stored value, and his coupons.
    """
    return _lease(run, office, device, wanted=Wanted(member_id=member_id, standing=True))


def give_back(run: RunOnStorage, member_id: MemberId) -> int:
    """Close the exact leases on a member that were not spent; return how many."""
    return run(partial(_close_exact, member_id=member_id))


def renew_leases(run: RunOnStorage, office: HeadOffice, device: DeviceIdentity) -> int:
    """Ask for a standing lease on every active member who has none or whose half is over or spent.

    Leases of coupons and stored value that this counter holds are renewed likewise, and a piece of
    each gift with a stock.

    Returns how many were granted. Raises what the line raises.
    """
    request = run(partial(_standing_request, device=device))
    if request is None:
        return 0
    reply = office.lease(request)
    return run(partial(_take_grants, reply=reply, supersede=True))


def begin_exchange(work: UnitOfWork) -> bool:
    """Close what ran out; say whether this home belongs to a head office at all.

    It does not where a backup from before it joined was brought back: then it enrolls again.
    """
    if work.home.authority != OFFICE:
        return False
    close_expired_leases(work)
    close_long_held(work)
    forget_visitors(work)
    return True


def _lease(
    run: RunOnStorage,
    office: HeadOffice,
    device: DeviceIdentity,
    *,
    wanted: Wanted,
) -> Leased:
    granted, online = 0, True
    try:
        started = run(_mono_ms)
        if (batch := run(partial(next_batch, device=device))) is not None:
            pushed = office.push(batch)
            run(partial(take_push_reply, request=batch, reply=pushed))
        online = run(_mono_ms) - started <= LOOKUP_LIMIT_MS
        request = run(partial(_request_for, device=device, wanted=wanted))
        if online and request is not None:
            reply = office.lease(request)
            granted = run(partial(_take_grants, reply=reply, supersede=wanted.standing))
    except (OfficeUnreachable, OfficeRefused):
        online = False
    member_id = wanted.member_id
    held = 0 if member_id is None else run(partial(_held, member_id=member_id))
    return Leased(granted, held, online)


def _mono_ms(work: UnitOfWork) -> int:
    return work.clock.mono_ms()


def _request_for(
    work: UnitOfWork, *, device: DeviceIdentity, wanted: Wanted
) -> LeaseRequest | None:
    if work.home.authority != OFFICE:
        return None
    member_id, asks = wanted.member_id, []
    if member_id is not None and wanted.standing:
        asks = [
            LeaseAsk(ask=work.new_id(), member=each, purpose="standing")
            for each in _ids(work, member_id)
        ]
        asks += asks_for_lookup(work, standing_for(work.sql, member_id))
    elif member_id is not None:
        shares = _short_of(work, member_id, wanted.points - _held(work, member_id))
        asks = [
            LeaseAsk(ask=work.new_id(), member=each, purpose="exact", points=part)
            for each, part in shares
        ]
    if not wanted.standing:
        asks += asks_for(work, wanted)
    return _request(work, device, tuple(asks)) if asks else None


def _ids(work: UnitOfWork, member_id: MemberId) -> tuple[MemberId, ...]:
    """Return who stands for a member now, and everybody for whom he does."""
    root = standing_for(work.sql, member_id)
    return (root, *aliases_of(work.sql, root))


def _short_of(work: UnitOfWork, member_id: MemberId, short: int) -> list[tuple[MemberId, int]]:
    """Return of whose lots to ask how much: each lease is on one id's own lots.

    What none of them seems to have is asked of the one who stands: head office may know more.
    """
    ids = _ids(work, member_id)
    shares: Counter[MemberId] = Counter()
    for each in ids if len(ids) > 1 else ():
        held = max(0, available_on(work.ledger.lots(each), work.today))
        part = min(held, max(0, short))
        shares[each] += part
        short -= part
    shares[ids[0]] += max(0, short)
    return [(each, part) for each, part in shares.items() if part > 0]


def _request(work: UnitOfWork, device: DeviceIdentity, asks: tuple[LeaseAsk, ...]) -> LeaseRequest:
    head = work.operations.stream(work.home.stream_id)
    assert head is not None, "a home writes a stream"
    return LeaseRequest(
        request=work.chance(REQUEST_BYTES),
        device=device.device,
        token=device.token,
        stream=head.stream_id,
        epoch=head.epoch,
        asks=asks,
        acked=tell_acked(work),
    )


def _standing_request(work: UnitOfWork, device: DeviceIdentity) -> LeaseRequest | None:
    half = work.program(work.today).document.offline.lease.hours * HOUR_MS // 2
    rows = work.all(
        _WANTING,
        (
            (work.today - timedelta(days=ACTIVE_DAYS)).isoformat(),
            work.home.branch_id,
            work.home.stream_id,
            trusted_now(work) + half,
            LEASE_ASKS_MAX,
        ),
    )
    asks = [LeaseAsk(ask=work.new_id(), member=row[0], purpose="standing") for row in rows]
    since = trusted_now(work) - ACTIVE_DAYS * 24 * HOUR_MS
    asks += asks_to_renew(work, active_ms=since)[: LEASE_ASKS_MAX - len(asks)]
    return _request(work, device, tuple(asks)) if asks else None


def _take_grants(work: UnitOfWork, reply: LeaseReply, *, supersede: bool) -> int:
    """Take granted leases into the book; close what a new standing lease replaces."""
    meet_incarnation(work, reply.incarnation)
    note_time(work, reply.now)
    granted = 0
    for row in reply.rows:
        try:
            operation = read_operation(bytes(row.op))
        except MalformedOperation as error:
            raise OfficeUnreachable("not_ours", "a grant that is no operation") from error
        if receive(work, operation, None, received_at=work.at_ms) == "applied":
            granted += 1
        if supersede and operation.member is not None:
            member_id = MemberId(operation.member)
            if operation.envelope.t == "lease_grant":
                _close_older(work, member_id, LeaseId(operation.op))
            else:
                close_older_value(work, member_id, newest=operation.op)
    return granted


def _close_older(work: UnitOfWork, member_id: MemberId, newest: LeaseId) -> None:
    now = trusted_now(work)
    half = work.program(work.today).document.offline.lease.hours * HOUR_MS // 2
    for lease in work.leases.open_here(member_id, work.home.stream_id, at_ms=now):
        if lease.lease_id != newest and lease.until_at < now + half:
            close_lease(work, lease.lease_id, member_id)


def _close_exact(work: UnitOfWork, member_id: MemberId) -> int:
    now = trusted_now(work)
    half = work.program(work.today).document.offline.lease.hours * HOUR_MS // 2
    unspent = [
        lease for lease in _open_here(work, member_id) if lease.until_at < now + min(half, HOUR_MS)
    ]
    for lease in unspent:
        close_lease(work, lease.lease_id, lease.token.member_id)
    return len(unspent) + close_unspent(work, member_id)


def _held(work: UnitOfWork, member_id: MemberId) -> int:
    return sum(lease.points for lease in _open_here(work, member_id))


def _open_here(work: UnitOfWork, member_id: MemberId) -> list[Lease]:
    """Return this counter's leases on a member's points and on those of his aliases."""
    now, stream_id = trusted_now(work), work.home.stream_id
    return [
        lease
        for each in _ids(work, member_id)
        for lease in work.leases.open_here(each, stream_id, at_ms=now)
    ]


_WANTING = """
SELECT s.member_id
FROM (SELECT member_id, max(sold_at) AS last_at FROM sale
      WHERE business_day >= ?1 AND branch_id = ?2 AND member_id IS NOT NULL
      GROUP BY member_id) AS s
JOIN member AS m ON m.member_id = s.member_id AND m.state IN ('active', 'merged')
WHERE (SELECT sum(remaining) FROM lot WHERE member_id = s.member_id) > 0
  AND NOT EXISTS (SELECT 1 FROM lease AS l WHERE l.member_id = s.member_id AND l.stream_id = ?3
                  AND l.state = 'open' AND l.until_at > ?4
                  AND 2 * (l.granted - l.spent - l.returned) >= l.granted)
ORDER BY s.last_at DESC LIMIT ?5
"""
