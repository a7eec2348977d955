"""Merging two members into one, and taking that back within 90 days.

A merge is an alias and moves nothing: facts stay with the id they were written under, so those that
come late land right, those of before and after are told apart for ever, and undoing is as simple.
Whatever is asked of the one who stays is asked of his aliases too (`db.storage.profiles`).
"""

from dataclasses import dataclass

import msgspec

from db.domain.ids import MemberId, OperationId, parse_id, text_of
from db.domain.members import MemberNotActive
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.profiles import (
    UNMERGE_MS_MAX,
    Merge,
    MergeBody,
    NotMerged,
    SameMember,
    UnmergeBody,
    UnmergeTooLate,
)
from db.domain.staff import Actor, Permission, require
from db.services.conflicts import close_answered
from db.services.double_awards import settle_double_awards
from db.services.expiry import NotTheAuthority
from db.services.idle import restart_idle
from db.services.journal import Draft, append, written_before
from db.services.members import member_standing_for, registered_member
from db.services.profile_rows import refresh_member
from db.storage.profiles import MergeRow
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeMembers:
    """Two cards are one person: `source` answers to `target` from now on."""

    op: OperationId
    source: MemberId
    target: MemberId
    by: Actor
    reason: str = ""
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class MembersMerged:
    """One stands for both."""

    op: OperationId
    source: MemberId
    target: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmergeMember:
    """They were two after all: `source` stands for himself again."""

    op: OperationId
    source: MemberId
    by: Actor
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MemberUnmerged:
    """Each stands for himself."""

    op: OperationId
    source: MemberId
    target: MemberId


def merge_members(work: UnitOfWork, command: MergeMembers) -> MembersMerged:
    """Merge once, however often the command arrives. Head office decides it for its counters.

    Raises:
        NotTheAuthority: on a counter of a head office (DECISIONS 12).
        NoSuchMember: when one of them is nobody.
        SameMember: when they are one already.
        MemberNotActive: when one of them is frozen or erased.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    require(command.by, Permission.MERGE)
    if (written := written_before(work, command.op, "member_merge")) is not None:
        said = _merge_of(written)
        return MembersMerged(command.op, said.source, said.target)
    if not work.home.own_authority:
        raise NotTheAuthority
    work.need_all()
    source = member_standing_for(work, command.source)
    target = member_standing_for(work, command.target)
    if source.member_id == target.member_id:
        raise SameMember(target.member_id)
    for row in (source, target):
        if row.state != "active":
            raise MemberNotActive(row.member_id, row.state)
    body = MergeBody(
        source=text_of(source.member_id),
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        automatic=command.automatic,
        approver=id_text(command.by.approver_id),
    )
    operation = append(
        work,
        Draft(
            op=command.op,
            kind="member_merge",
            body=body,
            by=command.by,
            member_id=target.member_id,
        ),
    )
    apply_member_merge(work, operation, None)
    close_answered(work, operation, by=command.by)
    settle_double_awards(work, target.member_id)
    return MembersMerged(command.op, source.member_id, target.member_id)


def unmerge_member(work: UnitOfWork, command: UnmergeMember) -> MemberUnmerged:
    """Take a merge back: what was written under either id is each one's own again.

    Raises:
        NotTheAuthority, NotMerged, UnmergeTooLate, NoSuchMember: when it cannot be.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    require(command.by, Permission.MERGE)
    written = written_before(work, command.op, "member_unmerge")
    if written is None and not work.home.own_authority:
        raise NotTheAuthority
    registered_member(work, command.source)
    merge = work.profiles.standing_merge(command.source)
    if written is not None:
        reference = written.envelope.ref
        assert reference is not None, "an unmerging names its merge"
        merge = work.profiles.merge_of(parse_id(reference))
    if merge is None:
        raise NotMerged(command.source)
    if written is None:
        if work.at_ms - merge.merged_at > UNMERGE_MS_MAX:
            raise UnmergeTooLate(command.source, merge.merged_at)
        _unmerge(work, command, merge)
    return MemberUnmerged(command.op, merge.source, merge.target)


def apply_member_merge(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a merge into the tables; either member may still be unknown here."""
    merge = _merge_of(operation)
    assert merge.source != merge.target, "nobody answers to himself"
    work.profiles.merge(merge, merged_at=operation.envelope.wall)
    refresh_member(work, merge.source)
    restart_idle(work, merge.source)


def apply_member_unmerge(
    work: UnitOfWork, operation: Operation, _personal: Personal | None
) -> None:
    """Carry the undoing of a merge into the tables; the merge may come after it."""
    body = msgspec.convert(operation.envelope.b, UnmergeBody)
    reference = operation.envelope.ref
    assert reference is not None, "an unmerging names its merge"
    work.profiles.unmerge(operation.op, parse_id(reference))
    source, target = MemberId(parse_id(body.source)), operation.member
    refresh_member(work, source)
    restart_idle(work, source)
    if target is not None:
        restart_idle(work, MemberId(target))


def _unmerge(work: UnitOfWork, command: UnmergeMember, merge: MergeRow) -> None:
    body = UnmergeBody(
        source=text_of(command.source),
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        approver=id_text(command.by.approver_id),
    )
    operation = append(
        work,
        Draft(
            op=command.op,
            kind="member_unmerge",
            body=body,
            by=command.by,
            member_id=merge.target,
            reference=merge.op,
        ),
    )
    apply_member_unmerge(work, operation, None)
    close_answered(work, operation, by=command.by)


def _merge_of(operation: Operation) -> Merge:
    body = msgspec.convert(operation.envelope.b, MergeBody)
    member = operation.member
    assert member is not None, "somebody stays"
    source = MemberId(parse_id(body.source))
    return Merge(operation.envelope.hlc, operation.op, source, MemberId(member))
