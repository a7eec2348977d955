"""Erasing a member everywhere: decided once by the authority, carried out by every replica.

What names him goes; his sales and points stay under his id, for the books. Whoever he stood for is
erased with him. Coupons, leases and stored value are untouched: nobody can use them any more. His
points end with the next run that writes what ended (`expiry`).
"""

from dataclasses import dataclass

import msgspec

from db.domain.erasure import EraseBody, ErasedBefore
from db.domain.ids import MemberId, OperationId, parse_id, text_of
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.staff import Actor, Permission, require
from db.services.conflicts import close_answered
from db.services.expiry import NotTheAuthority
from db.services.journal import Draft, append, written_before
from db.services.members import member_standing_for
from db.storage.erasures import erased_at
from db.storage.profiles import aliases_of
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseMember:
    """A member asked to be forgotten."""

    op: OperationId
    member_id: MemberId
    by: Actor
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MemberErased:
    """Nothing here names the member any more; `phones` were his, for head office's hashes."""

    op: OperationId
    members: tuple[MemberId, ...]
    phones: tuple[str, ...] = ()


def erase_member(work: UnitOfWork, command: EraseMember) -> MemberErased:
    """Erase once, however often the command arrives.

    Raises:
        NotTheAuthority: on a counter of a head office, which asks for it (`wishes`).
        NoSuchMember: when nobody has the id.
        ErasedBefore: when he is erased already.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    require(command.by, Permission.MERGE)
    if (written := written_before(work, command.op, "erase")) is not None:
        return MemberErased(command.op, _members(written))
    if not work.home.own_authority:
        raise NotTheAuthority
    row = member_standing_for(work, command.member_id)
    if (before := erased_at(work.sql, row.member_id)) is not None:
        raise ErasedBefore(before)
    ids = (row.member_id, *aliases_of(work.sql, row.member_id))
    body = EraseBody(
        members=tuple(text_of(each) for each in ids),
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        approver=id_text(command.by.approver_id),
    )
    found = [work.members.by_id(each) for each in ids]
    phones = tuple(each.phone for each in found if each is not None and each.phone)
    operation = append(
        work,
        Draft(op=command.op, kind="erase", body=body, by=command.by, member_id=row.member_id),
    )
    apply_erase(work, operation, None)
    close_answered(work, operation, by=command.by)
    return MemberErased(command.op, ids, phones)


def apply_erase(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Take away what names these members; whoever is not here yet will come without a name."""
    for member_id in _members(operation):
        work.erasures.note(operation.op, member_id, erased_at=operation.envelope.wall)
        blank_member(work, member_id)


def blank_member(work: UnitOfWork, member_id: MemberId) -> None:
    """Take away what names a member here, written over with zeros."""
    row = work.members.by_id(member_id)
    with work.sql.overwriting():
        if row is not None:
            last_on = work.totals.last_on(member_id)
            work.grams.remove(row.member_row, name=row.name, phone=row.phone, last_on=last_on)
        work.erasures.blank(member_id)


def _members(operation: Operation) -> tuple[MemberId, ...]:
    body = msgspec.convert(operation.envelope.b, EraseBody)
    assert operation.envelope.m in body.members, "whom it is about is among them"
    return tuple(MemberId(parse_id(each)) for each in body.members)
