"""Changing a member's profile: corrections, another phone, a recycled number, freezing.

Every field is said anew by an act of its own time; the last word stands and the others stay in the
history. A phone that went to somebody else (号码换人了) leaves one member and comes to the other in
one transaction, as two acts, for two members.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from db.domain.birthday import parse_birthday
from db.domain.ids import MemberId, OperationId
from db.domain.lookup.phone import parse_phone
from db.domain.members import GENDERS, FieldInvalid, MemberNotActive, PhoneTaken, checked_text
from db.domain.operations import Operation, Personal, id_text, personal_of
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.profiles import EDITABLE, FROZEN, NO, YES, FreezeBody, UpdateBody
from db.domain.reversals import ReasonMissing
from db.domain.reward_facts import following_id
from db.domain.staff import Actor, Permission, require
from db.services.journal import Draft, append, written_before
from db.services.members import member_standing_for, phone_holder
from db.services.profile_rows import refresh_member
from db.storage.members import MemberRow
from db.storage.unit_of_work import UnitOfWork

_RELEASED = "recycled phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateProfile:
    """A cashier corrects a profile; `changes` are as typed, an empty one takes the field away.

    `recycled` says that whoever has the phone now is another person: it leaves him.
    """

    op: OperationId
    member_id: MemberId
    by: Actor
    changes: Mapping[str, str]
    reason: str = ""
    recycled: bool = False


@dataclass(frozen=True, slots=True)
class ProfileUpdated:
    """What changed, and who lost his phone to this member."""

    member_id: MemberId
    changed: tuple[str, ...]
    released_from: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeMember:
    """A manager stops a member from earning and redeeming, or lets him again."""

    op: OperationId
    member_id: MemberId
    by: Actor
    reason: str
    frozen: bool = True


@dataclass(frozen=True, slots=True)
class MemberFrozen:
    """The member is frozen, or active again."""

    member_id: MemberId
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePhone:
    """A number went to somebody else: it leaves whoever has it, before he is registered."""

    op: OperationId
    by: Actor
    phone: str


def update_profile(work: UnitOfWork, command: UpdateProfile) -> ProfileUpdated:
    """Change a profile once, however often the command arrives; what is so already is not said.

    Raises:
        NoSuchMember: when nobody has the id.
        PhoneInvalid, FieldInvalid: when a field holds what it may not.
        PhoneTaken: when another member has the phone, and it was not said to be recycled.
        MemberNotActive: when he was erased: nothing may name him again.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    phone_changes = "phone" in command.changes
    require(command.by, Permission.CHANGE_PHONE if phone_changes else Permission.ENROLL)
    if (written := written_before(work, command.op, "member_update")) is not None:
        fields = msgspec.convert(written.envelope.b, UpdateBody).fields
        return ProfileUpdated(command.member_id, fields)
    row = member_standing_for(work, command.member_id)
    if row.state == "erased":
        raise MemberNotActive(row.member_id, row.state)
    texts = {name: _checked(work, name, text) for name, text in command.changes.items()}
    changed = {name: text for name, text in texts.items() if text != (getattr(row, name) or "")}
    if not changed:
        return ProfileUpdated(row.member_id, ())
    holding = phone_holder(work, changed.get("phone", ""), beside=row.member_id)
    if holding is not None and not command.recycled:
        raise PhoneTaken(holding.standing.member_id, holding.standing.state)
    released = None
    if holding is not None:
        released = _released(work, holding.holder, op=command.op, by=command.by)
    _say(work, replace(command, changes=changed), row.member_id)
    return ProfileUpdated(row.member_id, tuple(changed), released)


def release_phone(work: UnitOfWork, command: ReleasePhone) -> MemberId | None:
    """Take a recycled number off whoever has it; return him, or nothing when nobody has.

    Raises:
        PhoneInvalid: when it is no phone.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    require(command.by, Permission.CHANGE_PHONE)
    phone = _checked(work, "phone", command.phone)
    holding = phone_holder(work, phone)
    if holding is None:
        return None
    return _released(work, holding.holder, op=command.op, by=command.by)


def freeze_member(work: UnitOfWork, command: FreezeMember) -> MemberFrozen:
    """Freeze a member, or free him; what is so already is not said again.

    Raises:
        ReasonMissing: without a reason in words.
        NoSuchMember: when nobody has the id.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    require(command.by, Permission.FREEZE)
    if not command.reason.strip():
        raise ReasonMissing
    row = member_standing_for(work, command.member_id)
    written = written_before(work, command.op, "member_freeze")
    if written is None and (row.state == "frozen") != command.frozen:
        body = FreezeBody(
            frozen=command.frozen,
            reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
            approver=id_text(command.by.approver_id),
        )
        operation = append(
            work,
            Draft(
                op=command.op,
                kind="member_freeze",
                body=body,
                by=command.by,
                member_id=row.member_id,
            ),
        )
        apply_member_freeze(work, operation, None)
    return MemberFrozen(row.member_id, command.frozen)


def apply_member_update(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a change into the tables; what it says is kept beside the operation already."""
    body = msgspec.convert(operation.envelope.b, UpdateBody)
    assert set(body.fields) <= set(EDITABLE), "only these are said anew"
    member_id = _member(operation)
    words = [(field, "") for field in body.fields]
    work.profiles.say(member_id, operation.op, operation.envelope.hlc, words=words)
    refresh_member(work, member_id)


def apply_member_freeze(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a freezing, or its end, into the tables."""
    body = msgspec.convert(operation.envelope.b, FreezeBody)
    member_id = _member(operation)
    word = (FROZEN, YES if body.frozen else NO)
    work.profiles.say(member_id, operation.op, operation.envelope.hlc, words=[word])
    refresh_member(work, member_id)


def _released(work: UnitOfWork, holder: MemberRow, *, op: OperationId, by: Actor) -> MemberId:
    command = UpdateProfile(
        op=following_id(op, _RELEASED),
        member_id=holder.member_id,
        by=by,
        changes={"phone": ""},
        recycled=True,
    )
    _say(work, command, holder.member_id)
    return holder.member_id


def _say(work: UnitOfWork, command: UpdateProfile, member_id: MemberId) -> None:
    body = UpdateBody(
        fields=tuple(sorted(command.changes)),
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        recycled=command.recycled,
        approver=id_text(command.by.approver_id),
    )
    operation = append(
        work,
        Draft(
            op=command.op,
            kind="member_update",
            body=body,
            by=command.by,
            member_id=member_id,
            personal=personal_of(dict(command.changes), work.new_nonce()),
        ),
    )
    apply_member_update(work, operation, None)


def _checked(work: UnitOfWork, field: str, text: str) -> str:
    """Return a field in its stored form, or refuse it."""
    if field not in EDITABLE:
        raise FieldInvalid(field, "unknown")
    text = text.strip()
    match field:
        case "phone" if text:
            return str(parse_phone(text, work.home.region).e164)
        case "birthday" if text:
            return str(parse_birthday(text, today=work.today))
        case "gender" if text not in GENDERS:
            raise FieldInvalid("gender", "unknown")
        case "name":
            return " ".join(checked_text(field, text).split())
        case _:
            return checked_text(field, text)


def _member(operation: Operation) -> MemberId:
    member = operation.member
    assert member is not None, "a profile is somebody's"
    return MemberId(member)
