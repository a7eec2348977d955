"""What waits to be pushed, and what head office's answer does to it.

The queue is our own streams behind `acked_sequence`, the oldest stream first: what was written
before a restore or before joining goes ahead of what was written after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from db.domain.ids import StreamId
from db.domain.operations import GENESIS
from db.services.journal import note_office_time
from db.services.rehoming import rehome
from db.storage.offered import note_offered
from db.storage.operations import StreamHead
from db.storage.unit_of_work import UnitOfWork
from sync.client.device import REQUEST_BYTES, DeviceIdentity
from sync.protocol.messages import (
    BATCH_BYTES_MAX,
    BATCH_FACTS_MAX,
    Fact,
    PushReply,
    PushRequest,
)

INCARNATION_SETTING = "office_incarnation"
MOST_SETTING = "push_most"


@dataclass(frozen=True, slots=True)
class PushOutcome:
    """What one push came to: newly held by head office, quarantined there, moved to a new stream.

    `progress` is false when the answer moved nothing: asking again at once would not help.
    """

    pushed: int = 0
    quarantined: int = 0
    rehomed: int = 0
    progress: bool = True


def next_batch(
    work: UnitOfWork, device: DeviceIdentity, *, most: int = BATCH_FACTS_MAX
) -> PushRequest | None:
    """Return the next operations to push, at most `most` or 512 KiB; nothing when none waits."""
    for head in work.operations.streams_of(work.home.counter_id):
        if head.sequence > head.acked_sequence:
            return _batch(work, device, head, most=most)
    return None


def everything_waiting(work: UnitOfWork, device: DeviceIdentity) -> Iterator[PushRequest]:
    """Yield every batch that waits, as if each had been acknowledged before the next."""
    for stream in work.operations.streams_of(work.home.counter_id):
        head = stream
        while head.sequence > head.acked_sequence:
            batch = _batch(work, device, head, most=BATCH_FACTS_MAX)
            head = head._replace(acked_sequence=head.acked_sequence + len(batch.rows))
            yield batch


def most_at_once(work: UnitOfWork) -> int:
    """Return how many operations to push at once: twice what went through where 500 did not."""
    found = int(work.settings.get(MOST_SETTING) or BATCH_FACTS_MAX)
    most = min(BATCH_FACTS_MAX, 2 * found)
    if most != found:
        work.settings.put(MOST_SETTING, str(most))
    return most


def note_most(work: UnitOfWork, most: int) -> None:
    """Remember that more than so many operations at once do not get through."""
    work.settings.put(MOST_SETTING, str(most))


def waiting(work: UnitOfWork) -> int:
    """Return how many operations of all our streams head office does not have."""
    streams = work.operations.streams_of(work.home.counter_id)
    return sum(head.sequence - head.acked_sequence for head in streams)


def take_push_reply(work: UnitOfWork, request: PushRequest, reply: PushReply) -> PushOutcome:
    """Carry head office's answer into our book; an acknowledgement must name our own hash."""
    meet_incarnation(work, reply.incarnation)
    note_time(work, reply.now)
    stream_id = StreamId(request.stream)
    match reply.answer:
        case "ack":
            return _acked(work, request, reply)
        case "rewind" if reply.upto < request.first - 1:
            work.operations.rewind(stream_id, upto=reply.upto)
            return PushOutcome()
        case "fork":
            return _forked(work, stream_id, reply)
        case "probe":
            return PushOutcome(progress=_go_back(work, stream_id))
        case _:
            return PushOutcome(progress=False)


def meet_incarnation(work: UnitOfWork, incarnation: bytes) -> None:
    """Notice a restored head office: everything behind its last backup is sent again.

    The cursors stay with the incarnation that they belong to, and are read on from a common place.
    """
    known = work.settings.get(INCARNATION_SETTING)
    if known == incarnation.hex():
        return
    work.settings.put(INCARNATION_SETTING, incarnation.hex())
    if known is None:
        return
    for head in work.operations.streams_of(work.home.counter_id):
        work.operations.rewind(head.stream_id, upto=head.durable_sequence)


def note_time(work: UnitOfWork, now_ms: int) -> None:
    """Remember the contact, and let head office's clock move ours on where ours is behind."""
    work.settings.put("last_contact_at", str(work.at_ms))
    note_office_time(work, now_ms)


def _batch(work: UnitOfWork, device: DeviceIdentity, head: StreamHead, *, most: int) -> PushRequest:
    facts: list[Fact] = []
    weight = BATCH_BYTES_MAX
    for raw, nonce, payload in work.operations.to_send(head, limit=most):
        if facts and weight < len(raw):
            break
        weight -= len(raw)
        facts.append(Fact(op=msgspec.Raw(raw), nonce=nonce or b"", personal=payload or b""))
    if head.stream_id == work.home.stream_id:
        note_offered(work.settings, head.stream_id, upto=head.acked_sequence + len(facts))
    previous = GENESIS
    if head.acked_sequence:
        previous = work.operations.hash_at(head.stream_id, head.acked_sequence) or GENESIS
    return PushRequest(
        request=work.chance(REQUEST_BYTES),
        rows=tuple(facts),
        device=device.device,
        token=device.token,
        stream=head.stream_id,
        epoch=head.epoch,
        first=head.acked_sequence + 1,
        previous=previous,
    )


def _acked(work: UnitOfWork, request: PushRequest, reply: PushReply) -> PushOutcome:
    stream_id = StreamId(request.stream)
    before = _head(work, stream_id)
    if reply.upto > before.sequence or _hash_at(work, stream_id, reply.upto) != reply.upto_hash:
        return PushOutcome(progress=_go_back(work, stream_id))
    work.operations.acknowledge(stream_id, upto=reply.upto, durable=reply.durable)
    pushed = max(0, reply.upto - before.acked_sequence)
    quarantined = sum(1 for verdict in reply.verdicts if verdict.status == "quarantined")
    return PushOutcome(pushed=pushed, quarantined=quarantined, progress=pushed > 0)


def _forked(work: UnitOfWork, stream_id: StreamId, reply: PushReply) -> PushOutcome:
    """Move what head office holds otherwise to a new stream, once the prefix is proved equal."""
    head = _head(work, stream_id)
    if not 1 <= reply.fork_at <= head.sequence:
        return PushOutcome(progress=False)
    if _hash_at(work, stream_id, reply.fork_at - 1) != reply.fork_previous:
        return PushOutcome(progress=_go_back(work, stream_id))
    return PushOutcome(rehomed=rehome(work, stream_id, at=reply.fork_at))


def _go_back(work: UnitOfWork, stream_id: StreamId) -> bool:
    """Offer the stream from where no doubt is left; say whether that is further back than now."""
    head = _head(work, stream_id)
    if head.acked_sequence == 0:
        return False
    upto = head.durable_sequence if head.durable_sequence < head.acked_sequence else 0
    work.operations.rewind(stream_id, upto=upto)
    return True


def _hash_at(work: UnitOfWork, stream_id: StreamId, sequence: int) -> bytes | None:
    return GENESIS if sequence == 0 else work.operations.hash_at(stream_id, sequence)


def _head(work: UnitOfWork, stream_id: StreamId) -> StreamHead:
    head = work.operations.stream(stream_id)
    assert head is not None, "the batch was taken from it"
    return head
