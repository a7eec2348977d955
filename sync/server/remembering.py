"""What a head office that was put back to a backup remembers: its journal, entered again.

Counters go by what it decided and told, so each decision gets back under its old id, with its old
words, as if it had never been lost. One about a member who is not here again waits for him. What
followed from an act (points covered, a lease that came back because it was closed, a debt that was
repaid) waits for that act: entered before it, it would make the act seem paid for already, and
what is left of the lease would come back to the member as well.
"""

from typing import Final

import msgspec

from db.domain.ids import MemberId, OperationId, StreamId, parse_id, text_of
from db.domain.operations import MalformedOperation, Operation, read_operation, seal
from db.domain.reward_facts import DebtBody
from db.services.leases import LeaseReclaimBody
from db.services.replication import receive
from sync.server.desk import Desk
from sync.server.feed import publish

_OF_NOBODY: Final = frozenset({"erase", "conflict_close"})
"""Carried out at once: whoever is not here yet will come without a name, and what is decided of a
conflict holds before it is found."""
_IN_TOKENS: Final = frozenset({"lease_grant", "hold_grant"})
"""What counters bring again themselves."""


def remember(desk: Desk) -> int:
    """Enter what the journal holds and the file has forgotten; return how much that is."""
    told: dict[bytes, Operation] = {}
    for raw in desk.journal.each():
        if (operation := _read(raw)) is not None:
            told[operation.op] = operation
    forgotten = [
        each for each in told.values() if not desk.work.operations.holds(OperationId(each.op))
    ]
    for operation in forgotten:
        if _follows(desk, operation) or _waits_for_member(desk, operation):
            desk.remembered.hold(operation.op, operation.member or b"", operation.raw)
        else:
            _enter(desk, operation)
    return len(forgotten)


def remember_of_member(desk: Desk, member_id: MemberId) -> None:
    """Enter what waited for a member who was registered just now."""
    raws = desk.remembered.of_member(member_id)
    if raws:
        desk.work.need_all()  # they may touch whatever their kinds do
    read = map(_read, raws)
    waiting = [operation for operation in read if operation is not None]
    for operation in sorted(waiting, key=lambda each: each.envelope.hlc):
        if not _follows(desk, operation):
            remember_decision(desk, operation.op)


def remember_decision(desk: Desk, op: bytes) -> bool:
    """Enter the decision that waits under an id, now that its act is here; say if there was one."""
    raw = desk.remembered.take(op)
    operation = None if raw is None else _read(raw)
    if operation is None:
        return False
    _enter(desk, operation)
    return True


def _read(raw: bytes) -> Operation | None:
    """Return a decision that was kept; nothing for a torn line, or for what an older form kept."""
    try:
        return read_operation(raw)
    except MalformedOperation:
        return None


def _enter(desk: Desk, operation: Operation) -> None:
    """Write an operation of a former life behind the head of this one; its words stay."""
    work = desk.work
    if work.operations.holds(OperationId(operation.op)):
        return
    head = work.operations.locked_stream(work.home.stream_id)
    assert head is not None, "a home writes a stream"
    place = {"s": text_of(head.stream_id), "q": head.sequence + 1, "p": head.head.hex()}
    again = seal(msgspec.structs.replace(operation.envelope, **place))
    status = receive(work, again, None, received_at=work.at_ms)
    work.operations.ratchet(head.stream_id, max(head.hlc, operation.envelope.hlc))
    if status == "applied":
        publish(desk, again)
    elif status == "quarantined" and operation.envelope.t not in _IN_TOKENS:
        await_its_act(desk, again)


def await_its_act(desk: Desk, operation: Operation) -> None:
    """Let what could not be applied wait for what is not here yet.

    A restored head office hears again from counters in an order of their own: the one that voided
    may speak before the one that sold. What it wrote itself and that names no act waits for
    whatever comes of its member: for the lots that it takes from.
    """
    reference = operation.envelope.ref
    if reference is not None:
        act = parse_id(reference)
        waits = not desk.work.operations.holds(OperationId(act))
        if not waits and operation.envelope.t != "reversal":
            return
    elif operation.member is not None and is_our_own(desk, operation):
        act = operation.member
    else:
        return
    desk.feed.await_sale(act, operation.op)
    desk.known.note_awaiting()


def is_our_own(desk: Desk, operation: Operation) -> bool:
    """Say whether head office wrote an operation itself, in this life or a former one."""
    stream = desk.work.operations.stream(StreamId(operation.stream))
    return stream is not None and stream.counter_id == desk.work.home.counter_id


def _follows(desk: Desk, operation: Operation) -> bool:
    """Say whether a decision follows from an act; one by time alone follows from none."""
    body = operation.envelope.b
    match operation.envelope.t:
        case "lease_cover":
            return True
        case "lease_reclaim":
            return not msgspec.convert(body, LeaseReclaimBody).forced
        case "debt":
            after = msgspec.convert(body, DebtBody).after
            return after is not None and not desk.work.operations.holds(
                OperationId(parse_id(after))
            )
    return False


def _waits_for_member(desk: Desk, operation: Operation) -> bool:
    member = operation.envelope.m
    if member is None or operation.envelope.t in _OF_NOBODY:
        return False
    return desk.work.members.by_id(MemberId(parse_id(member))) is None
