"""Putting right the stamps of clocks that ran ahead; head office does, when such an act arrives."""

import msgspec

from db.domain.clock_facts import STAMPED, RestampBody, stamp_ahead
from db.domain.ids import MemberId, OperationId, parse_id
from db.domain.operations import Operation, Personal
from db.domain.reward_facts import following_id
from db.domain.staff import Actor, Role
from db.services.journal import Draft, append
from db.services.profile_rows import refresh_member
from db.storage.stamps import restamp
from db.storage.unit_of_work import UnitOfWork

_OFFICE = Actor(None, Role.HEAD_OFFICE)


def put_right(work: UnitOfWork, operation: Operation, *, received_at: int) -> Operation | None:
    """Say by what an act counts whose stamp is more than two minutes ahead of its arrival (ms)."""
    if operation.envelope.t not in STAMPED or operation.member is None:
        return None
    envelope = operation.envelope
    stamp = stamp_ahead(envelope.hlc, received_at=received_at, sequence=envelope.q)
    op = following_id(OperationId(operation.op), "restamp")
    if stamp is None or work.operations.holds(op):
        return None
    draft = Draft(
        op=op,
        kind="restamp",
        body=RestampBody(hlc=stamp),
        by=_OFFICE,
        member_id=MemberId(operation.member),
        reference=operation.op,
    )
    told = append(work, draft)
    apply_restamp(work, told, None)
    return told


def apply_restamp(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a stamp put right into the tables; it travels behind the act that it is about."""
    body = msgspec.convert(operation.envelope.b, RestampBody)
    reference, member = operation.envelope.ref, operation.member
    assert reference is not None, "a stamp is an act's"
    assert member is not None, "only what concerns a member is stamped anew"
    act = parse_id(reference)
    assert work.operations.holds(OperationId(act)), "an act is known before its stamp is put right"
    restamp(work.sql, operation.op, act, hlc=body.hlc)
    refresh_member(work, MemberId(member))
