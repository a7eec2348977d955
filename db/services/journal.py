"""Writing an operation: the one place where an act gets its place in this counter's stream.

Envelope, clock, chain and bytes are made here, inside the caller's transaction, so an act and its
operation are one. What the act does to the tables is its `apply_…`, which head office runs too.
"""

from typing import Any

import msgspec

from db.domain import hlc
from db.domain.ids import MemberId, OperationId, text_of
from db.domain.operations import ENVELOPE_VERSION, Envelope, Operation, Personal, id_text, seal
from db.domain.staff import Actor
from db.storage.operations import StreamHead
from db.storage.unit_of_work import UnitOfWork

OFFICE_TIME_SETTING = "office_time"
"""Our stream's mark, and head office's time, at the last contact; both UTC ms."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An act before it has a place: what happened, to whom, by whom."""

    op: OperationId
    kind: str
    body: msgspec.Struct
    by: Actor
    member_id: MemberId | None = None
    rule: str | None = None
    reference: bytes | None = None
    tokens: tuple[msgspec.Struct, ...] = ()
    personal: Personal | None = None
    at_ms: int | None = None
    """When it happened, where that is not now: purchases of a former system."""


def append(work: UnitOfWork, draft: Draft, *, after: StreamHead | None = None) -> Operation:
    """Seal a draft behind the head of this counter's stream and write it.

    `after` is the head, for who has read it in this transaction and appended nothing since.

    Raises:
        MalformedOperation: when the act does not fit into an operation.
    """
    home, stream = work.home, after or _own_end(work)
    at_ms = work.at_ms if draft.at_ms is None else draft.at_ms
    calendar = home.calendar
    envelope = Envelope(
        v=ENVELOPE_VERSION,
        t=draft.kind,
        tv=1,
        crit=1,
        op=text_of(draft.op),
        s=text_of(home.stream_id),
        q=stream.sequence + 1,
        p=stream.head.hex(),
        hlc=hlc.tick(stream.hlc, work.at_ms),
        wall=at_ms,
        mono=work.clock.mono_ms(),
        boot=work.clock.boot,
        bd=(work.today if draft.at_ms is None else calendar.day_of(at_ms)).isoformat(),
        tz=calendar.timezone,
        store=text_of(home.branch_id),
        dev=text_of(home.counter_id),
        staff=id_text(draft.by.staff_id),
        m=id_text(draft.member_id),
        rule=draft.rule,
        ref=id_text(draft.reference),
        gtok=tuple(_fields(token) for token in draft.tokens),
        pd=None if draft.personal is None else draft.personal.digest,
        b=_fields(draft.body),
    )
    operation = seal(envelope)
    work.operations.append(operation)
    if draft.personal is not None:
        assert draft.member_id is not None, "personal data is somebody's"
        work.operations.keep_personal(draft.op, draft.member_id, draft.personal)
    return operation


def written_before(work: UnitOfWork, op: OperationId, kind: str) -> Operation | None:
    """Return the act that stands under this id, if the command comes again.

    An id that stands for an act of another kind is a bug of whoever minted it.
    """
    return of_kind(work.operations.find(op), kind)


def of_kind(operation: Operation | None, kind: str) -> Operation | None:
    """Return the operation, which is of this kind if there is one."""
    assert operation is None or operation.envelope.t == kind, "one id, one act"
    return operation


def trusted_now(work: UnitOfWork, stream: StreamHead | None = None) -> int:
    """Return the time (UTC ms) that no clock set back turns back, for what runs out: leases.

    A clock that once ran years ahead leaves its mark in the stream for good. Only head office's
    word takes it from there: what it said the time was, and what the stream has moved since.
    `stream` is our own, for who has read it already.
    """
    stream = stream or _head(work)
    marked = hlc.milliseconds(stream.hlc)
    if marked - work.at_ms <= hlc.AHEAD_MS_MAX:
        return max(work.at_ms, marked)
    told = work.settings.get(OFFICE_TIME_SETTING)
    if told is None:
        return marked
    then, office_now = map(int, told.split())
    return max(work.at_ms, office_now + marked - then)


def note_office_time(work: UnitOfWork, now_ms: int) -> None:
    """Let head office's clock move ours on where ours is behind, and remember what it said."""
    stream_id, stream = work.home.stream_id, _head(work)
    stamp = hlc.merge(stream.hlc, now_ms << hlc.COUNTER_BITS, work.at_ms)
    work.operations.ratchet(stream_id, stamp)
    work.settings.put(OFFICE_TIME_SETTING, f"{hlc.milliseconds(stamp)} {now_ms}")


def _head(work: UnitOfWork) -> StreamHead:
    stream = work.operations.stream(work.home.stream_id)
    assert stream is not None, "init opens the counter's stream"
    return stream


def _own_end(work: UnitOfWork) -> StreamHead:
    """Return the head that is written behind: locked, where others write into our stream too."""
    stream = work.operations.locked_stream(work.home.stream_id)
    assert stream is not None, "init opens the counter's stream"
    return stream


def _fields(struct: msgspec.Struct) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(struct)
    return fields
