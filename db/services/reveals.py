"""Showing a member's telephone whole: allowed by role, with a reason, and recorded as a fact.

The operation changes no table. It stands in the log and reaches head office like a sale, so that
who looked at whom can be asked years later.
"""

from dataclasses import dataclass

import msgspec

from db.domain.ids import MemberId, OperationId, text_of
from db.domain.members import NoSuchMember
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.reversals import ReasonMissing
from db.domain.staff import Actor, Permission, require
from db.services.journal import Draft, append
from db.storage.unit_of_work import UnitOfWork


class RevealBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `reveal`; `what` is member, or list for an export of the whole book."""

    what: str
    reason: str
    approver: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealMember:
    """Somebody wants to see a member's personal data whole, or without `member_id` everybody's."""

    op: OperationId
    by: Actor
    reason: str
    member_id: MemberId | None = None


@dataclass(frozen=True, slots=True)
class MemberRevealed:
    """It is recorded; now it may be shown."""

    member_id: MemberId | None


def reveal_member(work: UnitOfWork, command: RevealMember) -> MemberRevealed:
    """Record who looks at whose data and why, once, however often the command arrives.

    Raises:
        ReasonMissing, NoSuchMember: as their names say.
        NotPermitted, ApprovalNeeded: when the actor may not reveal.
    """
    require(command.by, Permission.REVEAL)
    if work.operations.holds(command.op):
        return MemberRevealed(command.member_id)
    reason = command.reason.strip()[:REASON_CHARACTERS_MAX]
    if not reason:
        raise ReasonMissing
    if command.member_id is not None and work.members.by_id(command.member_id) is None:
        raise NoSuchMember(text_of(command.member_id))
    body = RevealBody(
        what="list" if command.member_id is None else "member",
        reason=reason,
        approver=id_text(command.by.approver_id),
    )
    append(
        work,
        Draft(
            op=command.op,
            kind="reveal",
            body=body,
            by=command.by,
            member_id=command.member_id,
        ),
    )
    return MemberRevealed(command.member_id)


def apply_reveal(_work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Check a reveal from elsewhere; the log is all there is to it."""
    msgspec.convert(operation.envelope.b, RevealBody)
