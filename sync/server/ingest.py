"""Taking in what counters push: in order, any number of times, and never refusing a fact.

A batch is one transaction. Each operation is applied behind a savepoint of its own; one that
cannot be applied is kept, marked quarantined, and blocks nothing (SYNC.md §2.4). What two
machines wrote under one stream is told apart by the hash chain: rewind, probe and fork are
answers, not errors.
"""

import hashlib
from dataclasses import dataclass, field

import msgspec

from db.domain import hlc
from db.domain.authority import DECISIONS, GRANTS
from db.domain.ids import ID_BYTES, MemberId, OperationId, StreamId, parse_id
from db.domain.operations import (
    HASH_BYTES,
    MalformedOperation,
    Operation,
    Personal,
    chained,
    read_operation,
)
from db.services.replication import apply_set_aside, receive, receive_again, together
from db.storage.operations import StreamHead
from db.storage.unit_of_work import UnitOfWork
from sync.protocol.messages import Fact, PushReply, PushRequest, Verdict
from sync.protocol.office import OfficeRefused
from sync.protocol.version import app_version
from sync.server.beyond_leases import believes_coupons, settle_leases
from sync.server.conflict_notices import note_unreadable
from sync.server.conflicts import RETRIED, believed_before, look_at
from sync.server.decisions import settle_owed
from sync.server.desk import Desk
from sync.server.feed import publish
from sync.server.gift_holds import check_gift_hold
from sync.server.holds import check_holds, enter_hold_again, note_closed
from sync.server.leases import check_tokens, grant_again, reclaim_closed
from sync.server.remembering import await_its_act, is_our_own, remember_of_member
from sync.server.storage.device_rows import DeviceRow

NEXT_MS = 5_000
"""When a counter that has more to push should go on."""
PUBLISHED = ("applied", "skipped")
OF_A_SALE = ("reversal", "return", "attach", "event_revoke", "gift_return")


@dataclass(slots=True)
class _Batch:
    """How far a push has come."""

    desk: Desk
    request: PushRequest
    head: StreamHead
    verdicts: list[Verdict] = field(default_factory=list)
    fork_at: int = 0
    answer: str = "ack"
    upto: int = 0


def ingest(
    desk: Desk, device: DeviceRow, request: PushRequest, *, one_by_one: bool = False
) -> PushReply:
    """Store a stream's next operations and say how far it is held.

    Unless `one_by_one` they are applied together, as if none could fail.

    Raises:
        OfficeRefused: `not_yours` when another counter writes this stream.
        NotTogether: when one failed; what was done here may not stand.
    """
    stream_id = StreamId(request.stream)
    desk.work.operations.open_stream(stream_id, device.counter_id, epoch=request.epoch)
    head = _head(desk, stream_id)
    if head.counter_id != device.counter_id:
        raise OfficeRefused("not_yours")
    batch = _Batch(desk, request, head, upto=head.sequence)
    read = [
        _read(batch, request.first + index, bytes(fact.op))
        for index, fact in enumerate(request.rows)
    ]
    if one_by_one:
        _take_all(batch, read)
    else:
        operations = [operation for operation in read if operation is not None]
        with together(desk.work, operations) as work:
            batch.desk = Desk(work, desk.journal)
            batch.desk.known.foresee(operations)
            _take_all(batch, read)
        batch.desk = desk
    desk.work.operations.ratchet(
        desk.work.home.stream_id, hlc.merge(0, _head(desk, stream_id).hlc, desk.work.at_ms)
    )
    return _reply(batch)


def apply_known_now(desk: Desk) -> bool:
    """Apply some of what an older version of head office set aside; say if there may be more."""

    def take(work: UnitOfWork, op: OperationId) -> None:
        operation = receive_again(work, op, check=lambda taken: _check(desk, taken))
        if operation is not None:
            publish(desk, operation)
            look_at(desk, operation, "applied")
            _follow_up(desk, operation)

    return apply_set_aside(desk.work, app_version(), take)


def _take_all(batch: _Batch, read: list[Operation | None]) -> None:
    """Take the operations of a batch in their order, as far as they fit."""
    request = batch.request
    for index, (fact, operation) in enumerate(zip(request.rows, read, strict=True)):
        if not _take(batch, request.first + index, fact, operation=operation):
            break


def _take(batch: _Batch, sequence: int, fact: Fact, *, operation: Operation | None) -> bool:
    """Take one operation, nothing for unreadable bytes; say whether to go on with the batch."""
    raw = bytes(fact.op)
    if sequence <= batch.head.sequence:
        held = _hash_at(batch.desk, batch.head.stream_id, sequence)
        given = None if operation is None else operation.hash
        if operation is None:
            before = _hash_at(batch.desk, batch.head.stream_id, sequence - 1)
            given = None if before is None else chained(before, raw)
        if held == given:
            batch.upto = sequence
            return True
        batch.answer, batch.fork_at = "fork", sequence
        batch.desk.heard.fork(batch.head.stream_id, at_ms=batch.desk.work.at_ms)
        return False
    if sequence > batch.head.sequence + 1:
        batch.answer, batch.upto = "rewind", batch.head.sequence
        return False
    if operation is None:
        _keep_unreadable(batch, sequence, raw)
    elif operation.envelope.p != batch.head.head.hex():
        batch.answer = "probe"
        return False
    else:
        _store(batch, operation, fact)
    head = chained(batch.head.head, raw) if operation is None else operation.hash
    batch.head = batch.head._replace(sequence=sequence, head=head)
    batch.upto = sequence
    return True


def _read(batch: _Batch, sequence: int, raw: bytes) -> Operation | None:
    """Return the operation, or nothing when these bytes are none that belongs in this place."""
    try:
        operation = read_operation(raw)
    except MalformedOperation:
        return None
    fits = operation.envelope.q == sequence and operation.stream == batch.head.stream_id
    return operation if fits else None


def _store(batch: _Batch, operation: Operation, fact: Fact) -> None:
    desk = batch.desk
    if desk.work.operations.holds(operation.op):
        _repeat(batch, operation)
        return
    for token in check_tokens(desk, operation, silent=True):
        grant_again(desk, token)
    for hold in check_holds(desk, operation, silent=True):
        enter_hold_again(desk, hold)
    personal = Personal(fact.nonce, fact.personal) if fact.nonce else None
    status = receive(
        desk.work,
        operation,
        personal,
        received_at=desk.work.at_ms,
        check=lambda taken: _check(desk, taken),
    )
    if status == "quarantined" and believed_before(desk, operation):
        status = "applied"
    if status in PUBLISHED:
        publish(desk, operation)
    look_at(desk, operation, status)
    if status == "applied":
        _follow_up(desk, operation)
        return
    if operation.envelope.t in OF_A_SALE:
        await_its_act(desk, operation)
    batch.verdicts.append(Verdict(sequence=operation.envelope.q, status=status))


def _follow_up(desk: Desk, operation: Operation) -> None:
    """Do what head office owes to an operation that stands."""
    settle_leases(desk, operation)
    settle_owed(desk, operation)
    match operation.envelope.t:
        case "member_register" if operation.member is not None:
            remember_of_member(desk, MemberId(operation.member))
        case "lease_close":
            reclaim_closed(desk, operation)
        case "hold_close":
            note_closed(desk, operation)
        case "sale" | "event_award" | "gift_redeem" | "top_up":
            _reverse_at_last(desk, operation.op)
        case "return" if operation.envelope.ref is not None:
            _reverse_at_last(desk, parse_id(operation.envelope.ref))
    if operation.member is not None:
        _reverse_at_last(desk, operation.member)


def _check(desk: Desk, operation: Operation) -> None:
    """Raise `ValueError` when an operation spends what head office never granted to it.

    Granting and giving back are ours alone: a counter that gave back would give twice.
    """
    if operation.envelope.t in GRANTS:
        raise ValueError("head office alone decides this")
    if operation.envelope.t in DECISIONS and not _is_former(desk, operation):
        raise ValueError("head office alone writes this")
    check_tokens(desk, operation, silent=False)
    believes_coupons(desk, operation)
    holds = check_holds(desk, operation, silent=False)
    if operation.envelope.t == "gift_redeem" and not _is_former(desk, operation):
        check_gift_hold(desk, operation, {hold.g for hold in holds})


def _is_former(desk: Desk, operation: Operation) -> bool:
    """Say whether a counter wrote this while it was its own authority."""
    return operation.envelope.q <= desk.devices.former_until(operation.stream)


def _reverse_at_last(desk: Desk, awaited: bytes) -> None:
    """Try again what waits for an act or a member, or a void for returns that its counter knew of.

    As long as one can be applied: by its counter's clock a void may lie before such a return.
    """
    while desk.known.any_awaiting() and (waiting := desk.feed.arrived(awaited)):
        if not sum([_apply_at_last(desk, OperationId(op)) for op in waiting]):
            break


def _apply_at_last(desk: Desk, op: OperationId) -> bool:
    """Try one of them again; say whether it stands now, and let it wait on where it does not."""
    applied = receive_again(desk.work, op, check=lambda taken: _check_at_last(desk, taken))
    if applied is None:
        waiting = desk.work.operations.find(op)
        if waiting is not None:
            await_its_act(desk, waiting)
        return False
    publish(desk, applied)
    look_at(desk, applied, RETRIED)
    settle_leases(desk, applied)
    settle_owed(desk, applied)
    return True


def _check_at_last(desk: Desk, operation: Operation) -> None:
    """Check what waited, unless head office wrote it itself in a former life."""
    if not is_our_own(desk, operation):
        _check(desk, operation)


def _repeat(batch: _Batch, operation: Operation) -> None:
    """Give an act that came before under another stream its place in this chain, and no more."""
    desk, envelope = batch.desk, operation.envelope
    before = desk.work.operations.find(operation.op)
    desk.work.operations.repeat(operation)
    place = {"s": envelope.s, "q": envelope.q, "p": envelope.p}
    same = before is not None and msgspec.structs.replace(before.envelope, **place) == envelope
    status = "repeated" if same else "quarantined"
    batch.verdicts.append(Verdict(sequence=envelope.q, status=status))


def _keep_unreadable(batch: _Batch, sequence: int, raw: bytes) -> None:
    """Keep bytes that are no operation under an id of their own: the chain goes on behind them."""
    digest = chained(batch.head.head, raw)
    op = OperationId(hashlib.sha256(batch.head.stream_id + digest).digest()[:ID_BYTES])
    batch.desk.work.operations.keep_unreadable(
        op,
        batch.head.stream_id,
        sequence,
        digest=digest,
        raw=raw,
        received_at=batch.desk.work.at_ms,
    )
    note_unreadable(batch.desk, op, batch.head)
    batch.verdicts.append(Verdict(sequence=sequence, status="quarantined", error="unreadable"))


def _reply(batch: _Batch) -> PushReply:
    desk, request, stream_id = batch.desk, batch.request, batch.head.stream_id
    head = _head(desk, stream_id)
    fork_previous = b""
    if batch.answer == "fork":
        fork_previous = _hash_at(desk, stream_id, batch.fork_at - 1) or b""
    return PushReply(
        request=request.request,
        incarnation=desk.incarnation,
        stream=request.stream,
        answer=batch.answer,
        upto=batch.upto,
        upto_hash=_hash_at(desk, stream_id, batch.upto) or bytes(HASH_BYTES),
        durable=head.durable_sequence,
        fork_at=batch.fork_at,
        fork_previous=fork_previous,
        verdicts=tuple(batch.verdicts),
        now=desk.work.at_ms,
        next_ms=NEXT_MS,
    )


def _hash_at(desk: Desk, stream_id: StreamId, sequence: int) -> bytes | None:
    if sequence == 0:
        return bytes(HASH_BYTES)
    return desk.work.operations.hash_at(stream_id, sequence)


def _head(desk: Desk, stream_id: StreamId) -> StreamHead:
    head = desk.work.operations.stream(stream_id)
    assert head is not None, "the stream was just opened"
    return head
