"""Wishes: asking head office for what a counter may not do alone (待总部确认).

Where the counter is its own authority there is nobody to ask: what would be asked is done.
"""

from dataclasses import dataclass, replace

import msgspec

from db.domain.conflicts import CHOICES, MERGE, ChoiceNotOffered, ConflictKind
from db.domain.ids import MemberId, OperationId, parse_id
from db.domain.members import MemberNotActive
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.profiles import NotMerged, SameMember
from db.domain.refusals import Refusal
from db.domain.staff import Actor, Permission, require
from db.domain.wishes import AskedBefore, WishAct, WishBody
from db.services.conflicts import open_one
from db.services.journal import Draft, append, written_before
from db.services.members import member_standing_for, registered_member
from db.storage.conflicts import WishRow, waits_already
from db.storage.members import MemberRow
from db.storage.unit_of_work import UnitOfWork


@dataclass(eq=False)
class NobodyToAsk(Refusal):
    """This counter is its own authority: it decides and asks nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOffice:
    """A counter asks for a merge, its undoing, an erasure, or a decision.

    Of a merge `member_id` stays and `other` answers to him; of an undoing `other` is told apart.
    """

    op: OperationId
    act: WishAct
    by: Actor
    member_id: MemberId | None = None
    other: MemberId | None = None
    conflict: bytes | None = None
    choice: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Head office will hear of it."""

    op: OperationId
    act: WishAct
    member_id: MemberId | None


def ask_office(work: UnitOfWork, command: AskOffice) -> Asked:
    """Ask once, however often the command arrives; nothing changes until head office answers.

    Raises:
        NobodyToAsk: where this counter is its own authority.
        AskedBefore: when the same is asked for and not answered.
        NoSuchMember, SameMember, MemberNotActive, NotMerged: of the members.
        NoSuchConflict, ConflictResolved, ChoiceNotOffered: of the conflict.
        NotPermitted: when the actor may not.
    """
    require(command.by, Permission.MERGE)
    if work.home.own_authority:
        raise NobodyToAsk
    if (written := written_before(work, command.op, "wish")) is not None:
        member = written.member
        return Asked(command.op, command.act, None if member is None else MemberId(member))
    member_id, other = _about(work, command)
    if (found := _duplicate(work, command, (member_id, other))) is not None:
        command = replace(command, act=WishAct.RESOLVE, conflict=found, choice=MERGE)
    asks = command.choice if command.act is WishAct.RESOLVE else command.act.value
    if waits_already(work.sql, asks, member_id=member_id, conflict=command.conflict):
        raise AskedBefore(asks)
    body = WishBody(
        act=command.act.value,
        other=id_text(other),
        conflict=id_text(command.conflict),
        choice=command.choice,
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        approver=id_text(command.by.approver_id),
    )
    draft = Draft(
        op=command.op,
        kind="wish",
        body=body,
        by=command.by,
        member_id=member_id,
        reference=command.conflict,
    )
    apply_wish(work, append(work, draft), None)
    return Asked(command.op, command.act, member_id)


def apply_wish(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a wish into the table; head office answers it when it arrives there."""
    work.conflicts.ask(wish_row(operation))


def wish_row(operation: Operation) -> WishRow:
    """Return the row that a wish is kept as; of a decision asked for, `act` is the choice."""
    envelope = operation.envelope
    body = msgspec.convert(envelope.b, WishBody)
    act = WishAct(body.act)
    return WishRow(
        op=operation.op,
        act=body.choice if act is WishAct.RESOLVE else act.value,
        member_id=operation.member,
        other=None if body.other is None else parse_id(body.other),
        conflict_id=None if body.conflict is None else parse_id(body.conflict),
        reason=body.reason,
        branch_id=parse_id(envelope.store),
        counter_id=parse_id(envelope.dev),
        staff_id=None if envelope.staff is None else parse_id(envelope.staff),
        approver_id=None if body.approver is None else parse_id(body.approver),
        wished_at=envelope.wall,
    )


def _about(work: UnitOfWork, command: AskOffice) -> tuple[MemberId | None, MemberId | None]:
    """Return whom a wish is about, refused where what it asks for cannot be."""
    if command.act is WishAct.RESOLVE:
        return _of_conflict(work, command), None
    assert command.member_id is not None, "it is somebody's"
    target = member_standing_for(work, command.member_id)
    if command.act is WishAct.ERASE:
        if target.state == "erased":
            raise MemberNotActive(target.member_id, target.state)
        return target.member_id, None
    assert command.other is not None, "two are merged or told apart"
    if command.act is WishAct.MERGE:
        return target.member_id, _source(work, target, command.other)
    other = registered_member(work, command.other)
    if work.profiles.standing_merge(other.member_id) is None:
        raise NotMerged(other.member_id)
    return target.member_id, other.member_id


def _duplicate(
    work: UnitOfWork, command: AskOffice, pair: tuple[MemberId | None, MemberId | None]
) -> bytes | None:
    """Return the open conflict that a merge asked for would settle."""
    if command.act is not WishAct.MERGE or pair[0] is None:
        return None
    for found in work.conflicts.about_member(pair[0]):
        two = {found.subject, found.other}
        if found.kind == ConflictKind.POSSIBLE_DUPLICATE and two == set(pair):
            return found.conflict_id
    return None


def _of_conflict(work: UnitOfWork, command: AskOffice) -> MemberId | None:
    assert command.conflict is not None, "a decision is asked for a conflict"
    found = open_one(work, command.conflict)
    choices = CHOICES[ConflictKind(found.kind)]
    if command.choice not in choices:
        raise ChoiceNotOffered(command.choice, ", ".join(choices))
    return None if found.member_id is None else MemberId(found.member_id)


def _source(work: UnitOfWork, target: MemberRow, other: MemberId) -> MemberId:
    source = member_standing_for(work, other)
    if source.member_id == target.member_id:
        raise SameMember(target.member_id)
    for row in (source, target):
        if row.state != "active":
            raise MemberNotActive(row.member_id, row.state)
    return source.member_id
