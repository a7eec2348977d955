"""The authority on points: who may spend how many of whose, and until when.

Granting moves points out of the member's account into a lease of one stream, so no two counters
hold the right to the same point. The id of the ask is the id of the grant and of the lease: asked
twice, granted once. Only a close in the counter's own chain, the proof that it will spend no more,
brings the rest back; time alone brings nothing back (SYNC.md §2.9).
"""

import hashlib
from datetime import timedelta
from functools import lru_cache

import msgspec

from db.domain.exact import rate
from db.domain.ids import (
    CHANCE_BYTES,
    LeaseId,
    MemberId,
    OperationId,
    StreamId,
    parse_id,
    text_of,
    uuid7,
)
from db.domain.leases import LeaseToken, LotShare
from db.domain.lots import Lot, spend_order, take
from db.domain.operations import Operation
from db.domain.program.program import load_program
from db.queries.programs import program_versions
from db.services.journal import Draft, append
from db.services.leases import (
    LeaseCloseBody,
    LeaseGrantBody,
    LeaseReclaimBody,
    apply_lease_grant,
    apply_lease_reclaim,
)
from db.storage.member_facts import Known, MemberStanding, member_standing, person
from db.storage.profiles import standing_for, stood_for
from db.storage.unit_of_work import UnitOfWork
from sync.protocol.messages import LEASE_ASKS_MAX, Fact, LeaseAsk, LeaseNo, LeaseReply, LeaseRequest
from sync.protocol.signing import is_signed, sign
from sync.server.asker import EXACT_LEASE_MS, HOUR_MS, OFFICE, Asker, asker_of
from sync.server.beyond_leases import believes_beyond
from sync.server.coupon_holds import grant_coupons
from sync.server.desk import Desk
from sync.server.feed import publish
from sync.server.gift_holds import GIFTS, grant_gift
from sync.server.remembering import remember_decision
from sync.server.storage.device_rows import DeviceRow
from sync.server.value_holds import grant_value

PURPOSE = "lease"
_VALUE = ("value", "value_exact", "value_all")


def answer_leases(desk: Desk, device: DeviceRow, request: LeaseRequest) -> LeaseReply:
    """Grant what may be granted, each ask once."""
    asker = asker_of(desk, device, request)
    hear(desk, request.stream, request.acked)
    granted: list[Operation] = []
    refused: list[LeaseNo] = []
    for ask in request.asks[:LEASE_ASKS_MAX]:
        answer = _answered_before(desk, ask) or _grant(desk, asker, ask)
        if isinstance(answer, LeaseNo):
            refused.append(answer)
        else:
            granted.append(answer)
    for grant in granted:
        publish(desk, grant)
    return LeaseReply(
        request=request.request,
        rows=tuple(Fact(op=msgspec.Raw(grant.raw)) for grant in granted),
        incarnation=desk.incarnation,
        refused=tuple(refused),
        now=desk.work.at_ms,
    )


def check_tokens(desk: Desk, operation: Operation, *, silent: bool) -> list[LeaseToken]:
    """Return the leases of ours that an operation carries.

    Raises:
        ValueError: unless `silent`, when it spends by a token that is neither signed by us nor its
            counter's own from the time before it joined, or by no token at all.
    """
    envelope = operation.envelope
    if not envelope.gtok and not envelope.b.get("spends"):
        return []
    try:
        tokens = [msgspec.convert(fields, LeaseToken, strict=False) for fields in envelope.gtok]
        ours = [token for token in tokens if _is_ours(desk, token, operation)]
    except (msgspec.ValidationError, ValueError):
        if silent:
            return []
        raise
    if silent:
        return ours
    own = [token for token in tokens if token.own]
    if desk.devices.former_until(operation.stream) < envelope.q:
        own = [token for token in own if token.why]
        believes_beyond(desk, operation, own)
    good = {token.g for token in (*ours, *own)}
    if any(token.g not in good for token in tokens):
        raise ValueError("a lease that head office did not grant to this counter")
    spends = envelope.b.get("spends", ())
    if any(spend["lease"] not in good for spend in spends):
        raise ValueError("points spent without a lease")
    return ours


def grant_again(desk: Desk, token: LeaseToken) -> None:
    """Enter a lease that this head office signed in a life it has forgotten; known ones stay."""
    if desk.work.leases.token(token.lease_id) is None:
        publish(desk, _enter(desk, token))


def reclaim_closed(desk: Desk, operation: Operation) -> None:
    """Give back what a close leaves of its lease, if the counter that closed it is its holder."""
    work = desk.work
    lease_id = LeaseId(parse_id(msgspec.convert(operation.envelope.b, LeaseCloseBody).lease))
    if remember_decision(desk, reclaim_id(lease_id)):
        return
    token = work.leases.token(lease_id)
    if token is None or work.leases.state(lease_id) != "closed":
        return
    holder = work.operations.stream(token.stream_id)
    closer = work.operations.stream(StreamId(operation.stream))
    assert closer is not None, "the operation was just stored in it"
    if holder is None or holder.counter_id != closer.counter_id:
        return
    shares = _what_comes_back(work, lease_id)
    if not shares or work.operations.holds(reclaim_id(lease_id)):
        return
    reclaim = append(
        work,
        Draft(
            op=reclaim_id(lease_id),
            kind="lease_reclaim",
            body=LeaseReclaimBody(lease=token.g, shares=shares),
            by=OFFICE,
            member_id=token.member_id,
        ),
    )
    apply_lease_reclaim(work, reclaim, None)
    publish(desk, reclaim)


def _what_comes_back(work: UnitOfWork, lease_id: LeaseId) -> tuple[LotShare, ...]:
    """Return what is left of a lease, less what other lots of it were overspent by."""
    owed = sum(points for _, points in work.leases.overspent(lease_id))
    shares = []
    for lot_id, left in work.leases.left(lease_id):
        kept = min(owed, left)
        owed -= kept
        if left > kept:
            shares.append(LotShare(text_of(lot_id), left - kept))
    return tuple(shares)


def reclaim_id(lease_id: LeaseId) -> OperationId:
    """Return the id of the one reclaim a lease can have, in this life of head office or another."""
    chance = hashlib.sha256(b"reclaim" + lease_id).digest()[:CHANCE_BYTES]
    return OperationId(uuid7(int.from_bytes(lease_id[:6], "big"), chance))


def _answered_before(desk: Desk, ask: LeaseAsk) -> Operation | LeaseNo | None:
    if not desk.work.operations.holds(ask.ask):
        return None
    operation = desk.work.operations.find(ask.ask)
    kind = "hold_grant" if ask.purpose in (*_VALUE, *GIFTS, "coupons") else "lease_grant"
    whose = None if operation is None else operation.member or b""
    if operation is None or operation.envelope.t != kind or whose != ask.member:
        return LeaseNo(ask=ask.ask, code="ask_taken", free=0)
    return operation


def _grant(desk: Desk, asker: Asker, ask: LeaseAsk) -> Operation | LeaseNo:
    if ask.purpose in GIFTS:
        return grant_gift(desk, asker, ask)
    if ask.purpose == "coupons" and not ask.member:
        return grant_coupons(desk, asker, ask)
    member = desk.work.members.by_id(MemberId(ask.member))
    stands = desk.work.members.by_id(standing_for(desk.work.sql, MemberId(ask.member)))
    if member is None or stands is None or stands.state != "active":
        return LeaseNo(ask=ask.ask, code="no_member", free=0)
    if ask.purpose == "coupons":
        return grant_coupons(desk, asker, ask)
    if ask.purpose in _VALUE:
        return grant_value(desk, asker, ask)
    return _grant_points(desk, asker, ask, member_id=member.member_id)


def _grant_points(
    desk: Desk, asker: Asker, ask: LeaseAsk, *, member_id: MemberId
) -> Operation | LeaseNo:
    program = desk.work.program(asker.today)
    standing = member_standing(
        desk.work.sql,
        member_id,
        home=desk.work.home,
        program=program,
        on=asker.today,
        now_ms=desk.work.at_ms,
        known=_alone(desk, member_id),
    )
    exact = ask.purpose == "exact"
    points = ask.points if exact else _standing_points(desk, asker, standing)
    lots = _lots_to_lend(desk, standing.member_id)
    usable = sum(lot.points for lot in spend_order(lots, asker.today))
    free = max(0, min(standing.free, usable))
    if points <= 0 or points > free:
        return LeaseNo(ask=ask.ask, code="not_enough" if exact else "nothing_to_lease", free=free)
    hours = program.document.offline.lease.hours
    length = EXACT_LEASE_MS if exact else hours * HOUR_MS
    return _enter(desk, _token(desk, asker, ask, points=points, length_ms=length))


def _alone(desk: Desk, member_id: MemberId) -> Known:
    """Return what is known of a member without those he stands for: a lease is on his own lots."""
    found = person(desk.work.sql, member_id)
    assert found is not None, "the caller found him"
    return found.known._replace(merged=False)


def _standing_points(desk: Desk, asker: Asker, standing: MemberStanding) -> int:
    """Return the program's share of what the member has, within the share of all counters."""
    lease = desk.work.program(asker.today).document.offline.lease
    leased = standing.available - standing.free
    here = sum(
        one.points
        for one in desk.work.leases.open_here(
            standing.member_id, asker.stream.stream_id, at_ms=desk.work.at_ms
        )
        if one.until_at - desk.work.at_ms > lease.hours * HOUR_MS // 2
    )
    share = min(int(rate(lease.share) * standing.available), lease.points_max)
    all_counters = int(rate(lease.all_counters_share) * standing.available)
    return min(share - here, all_counters - leased, standing.free)


def _token(desk: Desk, asker: Asker, ask: LeaseAsk, *, points: int, length_ms: int) -> LeaseToken:
    lots = _lots_to_lend(desk, MemberId(ask.member))
    taken = take(lots, points, asker.today)
    ends = {lot.lot_id: lot.expires_on for lot in lots}
    until = desk.work.at_ms + length_ms
    for lot_id, _ in taken:
        if (last := ends[lot_id]) is not None:
            until = min(until, asker.calendar.starts_at(last + timedelta(days=1)))
    token = LeaseToken(
        g=text_of(ask.ask),
        m=text_of(ask.member),
        s=text_of(asker.stream.stream_id),
        n=points,
        until=until,
        lots=tuple(LotShare(text_of(lot_id), part) for lot_id, part in taken),
    )
    signature = sign(desk.private_key, PURPOSE, token.signed_bytes())
    return msgspec.structs.replace(token, sig=signature.hex())


def _enter(desk: Desk, token: LeaseToken) -> Operation:
    """Write a grant into our own stream and into the tables."""
    operation = append(
        desk.work,
        Draft(
            op=OperationId(token.lease_id),
            kind="lease_grant",
            body=LeaseGrantBody(token=token),
            by=OFFICE,
            member_id=token.member_id,
        ),
    )
    apply_lease_grant(desk.work, operation, None)
    return operation


def hear(desk: Desk, stream_id: bytes, acked: int) -> None:
    """Note how far a counter knows us to hold its stream; never further than we do."""
    stream = desk.work.operations.stream(StreamId(stream_id))
    if stream is not None and acked:
        desk.heard.hear(stream_id, min(acked, stream.sequence))


def _lots_to_lend(desk: Desk, member_id: MemberId) -> list[Lot]:
    """Return a member's lots but those that the counter which awarded them may spend by itself."""
    lots = desk.work.ledger.lots(member_id)
    if not any(_spends_fresh(version.document) for version in program_versions(desk.work.sql)):
        return lots
    fresh = desk.heard.fresh_lots(member_id)
    return [lot for lot in lots if lot.lot_id not in fresh]


@lru_cache(maxsize=64)
def _spends_fresh(document: bytes) -> bool:
    return load_program(document).document.offline.spend_fresh


def _is_ours(desk: Desk, token: LeaseToken, operation: Operation) -> bool:
    if token.own or operation.member is None:
        return False
    if not stood_for(desk.work.sql, MemberId(operation.member), token.member_id):
        return False
    holder = desk.work.operations.stream(token.stream_id)
    if holder is None or text_of(holder.counter_id) != operation.envelope.dev:
        return False
    try:
        signature = bytes.fromhex(token.sig)
    except ValueError:
        return False
    return is_signed(desk.public_key, signature, purpose=PURPOSE, message=token.signed_bytes())
