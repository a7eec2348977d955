"""Conflicts as operations: opened by who finds them, closed by who decides, wished for by counters.

Only the authority opens and closes: head office, or the counter of a shop that has none. Its
choices are carried out in `conflict_choices`.
"""

from dataclasses import dataclass, field

import msgspec

from db.domain.conflicts import (
    ERASE,
    KEEP,
    MERGE,
    UNMERGE,
    ConflictCloseBody,
    ConflictKind,
    ConflictOpenBody,
    ConflictResolved,
    NoSuchConflict,
    SideFact,
    closing_id,
    conflict_id,
)
from db.domain.ids import MemberId, OperationId, parse_id, text_of
from db.domain.operations import Operation, Personal, id_text
from db.domain.staff import Actor, Role
from db.services.journal import Draft, append
from db.storage.conflicts import CloseRow, ConflictRow
from db.storage.profiles import standing_for
from db.storage.unit_of_work import UnitOfWork

OFFICE = Actor(None, Role.HEAD_OFFICE)
_ANSWERED = {
    "member_merge": (
        {ConflictKind.POSSIBLE_DUPLICATE.value, ConflictKind.MERGE_ASKED.value},
        MERGE,
    ),
    "member_unmerge": ({ConflictKind.UNMERGE_ASKED.value}, UNMERGE),
    "erase": ({ConflictKind.ERASURE_ASKED.value}, ERASE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What does not fit: `subject` was there first, `other` came later; `branch` is where."""

    kind: ConflictKind
    subject: bytes
    other: bytes = b""
    branch: bytes
    member_id: bytes | None = None
    reference: bytes | None = None
    recommended: str = KEEP
    detail: dict[str, object] = field(default_factory=dict)
    sides: tuple[SideFact, ...] = ()


def open_conflict(work: UnitOfWork, found: Finding) -> OperationId | None:
    """Open a conflict; None where it was found before, whatever was decided."""
    op = conflict_id(found.kind, found.subject, found.other)
    if work.operations.holds(op):
        return None
    body = ConflictOpenBody(
        kind=found.kind.value,
        subject=found.subject.hex(),
        other=found.other.hex(),
        branch=text_of(found.branch),
        detail=found.detail,
        sides=found.sides,
        recommended=found.recommended,
    )
    draft = Draft(
        op=op,
        kind="conflict_open",
        body=body,
        by=OFFICE,
        member_id=None if found.member_id is None else MemberId(found.member_id),
        reference=found.reference,
    )
    apply_conflict_open(work, append(work, draft), None)
    return op


def close_conflict(
    work: UnitOfWork,
    op: bytes,
    *,
    choice: str,
    by: Actor = OFFICE,
    decision: bytes | None = None,
    member_id: bytes | None = None,
) -> None:
    """Say how a conflict ends, and by which operation if by one; once it is said it stays said."""
    closing = closing_id(op)
    if work.operations.holds(closing):
        return  # a head office that was put back remembers the end before the conflict
    draft = Draft(
        op=closing,
        kind="conflict_close",
        body=ConflictCloseBody(choice=choice, decision=id_text(decision)),
        by=by,
        member_id=None if member_id is None else MemberId(member_id),
        reference=op,
    )
    apply_conflict_close(work, append(work, draft), None)


def close_answered(work: UnitOfWork, cause: Operation, *, by: Actor) -> None:
    """Close what asked for a merge, its undoing or an erasure that `cause` has brought."""
    answers, choice = _ANSWERED[cause.envelope.t]
    assert cause.member is not None, "it is somebody's"
    for found in work.conflicts.about_member(cause.member):
        if found.kind not in answers or not _is_so(work, found, choice):
            continue
        close_conflict(
            work,
            found.conflict_id,
            choice=choice,
            by=by,
            decision=cause.op,
            member_id=found.member_id,
        )


def _is_so(work: UnitOfWork, found: ConflictRow, choice: str) -> bool:
    """Say whether what a conflict asked for is so now."""
    if choice == ERASE:
        return True
    whom = found.subject if found.kind == ConflictKind.POSSIBLE_DUPLICATE else found.member_id
    assert whom is not None, "two members are two"
    first = standing_for(work.sql, MemberId(whom))
    later = standing_for(work.sql, MemberId(found.other))
    return (first == later) == (choice == MERGE)


def open_one(work: UnitOfWork, wanted: bytes) -> ConflictRow:
    """Return an open conflict.

    Raises:
        NoSuchConflict, ConflictResolved: when there is none, or it was decided.
    """
    found = work.conflicts.find(wanted)
    if found is None:
        raise NoSuchConflict(text_of(wanted))
    row, choice = found
    if choice is not None:
        raise ConflictResolved(choice)
    return row


def apply_conflict_open(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a conflict into the inbox."""
    work.conflicts.open(conflict_row(operation))


def apply_conflict_close(
    work: UnitOfWork, operation: Operation, _personal: Personal | None
) -> None:
    """Carry a decision into the inbox; the conflict itself may come after it."""
    work.conflicts.close(close_row(operation))


def conflict_row(operation: Operation) -> ConflictRow:
    """Return the row that a conflict is kept as."""
    envelope = operation.envelope
    body = msgspec.convert(envelope.b, ConflictOpenBody)
    detail = {"figures": body.detail, "sides": body.sides}
    return ConflictRow(
        conflict_id=operation.op,
        kind=ConflictKind(body.kind).value,
        subject=bytes.fromhex(body.subject),
        other=bytes.fromhex(body.other),
        member_id=operation.member,
        branch_id=parse_id(body.branch),
        detail=msgspec.json.encode(detail, order="sorted").decode(),
        recommended=body.recommended,
        opened_at=envelope.wall,
    )


def close_row(operation: Operation) -> CloseRow:
    """Return the row that a decision is kept as."""
    envelope = operation.envelope
    body = msgspec.convert(envelope.b, ConflictCloseBody)
    assert envelope.ref is not None, "a decision names its conflict"
    return CloseRow(
        op=operation.op,
        conflict_id=parse_id(envelope.ref),
        choice=body.choice,
        decision=None if body.decision is None else parse_id(body.decision),
        closed_at=envelope.wall,
    )
