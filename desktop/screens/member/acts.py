"""What can be done to a member from his page: who may, what it takes, and the service it is.

Where a counter has a head office, what it may not decide it asks for (待总部确认).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from db.domain.consent import MARKETING, ConsentFact
from db.domain.ids import MemberId, OperationId
from db.domain.staff import Actor, Permission
from db.domain.wishes import WishAct
from db.queries.member_candidates import FoundMember
from db.queries.member_page import MemberPage
from db.services.consents import RecordConsent, record_consent
from db.services.erasure import EraseMember, erase_member
from db.services.merges import MergeMembers, UnmergeMember, merge_members, unmerge_member
from db.services.points import AdjustPoints, adjust_points
from db.services.profiles import (
    FreezeMember,
    ReleasePhone,
    UpdateProfile,
    freeze_member,
    release_phone,
    update_profile,
)
from db.services.reveals import RevealMember, reveal_member
from db.services.tags import TagMember, tag_member
from db.services.wishes import AskOffice, ask_office
from db.storage.unit_of_work import UnitOfWork
from desktop.screens.member.state import ActKind

Service = Callable[[UnitOfWork], object]


@dataclass(frozen=True, slots=True)
class Form:
    """What an act takes: the role's permission, lines to type, a reason, another member."""

    permission: Permission
    fields: tuple[str, ...] = ()
    reason: bool = False
    genders: bool = False
    searches: bool = False
    twice: bool = False  # it cannot be taken back: the button is pressed twice


FORMS: Mapping[ActKind, Form] = {
    ActKind.EDIT: Form(
        Permission.ENROLL, ("name", "birthday", "email", "city", "note"), genders=True
    ),
    ActKind.PHONE: Form(Permission.CHANGE_PHONE, ("phone",)),
    ActKind.RECYCLED: Form(Permission.CHANGE_PHONE),
    ActKind.ADJUST: Form(Permission.ADJUST, ("points",), reason=True),
    ActKind.FREEZE: Form(Permission.FREEZE, reason=True),
    ActKind.UNFREEZE: Form(Permission.FREEZE, reason=True),
    ActKind.REVEAL: Form(Permission.REVEAL, reason=True),
    ActKind.MERGE: Form(Permission.MERGE, ("search",), searches=True),
    ActKind.UNMERGE: Form(Permission.MERGE),
    ActKind.TAG: Form(Permission.ENROLL, ("tag",)),
    ActKind.CONSENT: Form(Permission.ENROLL),
    ActKind.ERASE: Form(Permission.MERGE, reason=True, twice=True),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and chosen so far for one act."""

    kind: ActKind
    page: MemberPage
    revealed: bool
    texts: dict[str, str] = field(default_factory=dict)
    reason: int = -1
    gender: str | None = None
    found: tuple[FoundMember, ...] = ()
    other: int = -1
    recycled: bool = False
    armed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was typed and chosen for an act on a member.

    `texts` holds only what was touched; `other` is the second member of a merge or its undoing,
    `own_authority` says that this counter decides by itself.
    """

    kind: ActKind
    member_id: MemberId
    texts: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    other: MemberId | None = None
    points: int = 0
    phone: str = ""
    recycled: bool = False
    own_authority: bool = True
    words_hash: str = ""


def service_of(wanted: Wanted, *, op: OperationId, by: Actor) -> Service:
    """Return the one transaction that an act is."""
    return _MAKERS[wanted.kind](wanted, op, by)


def other_of(typed: Typed) -> MemberId | None:
    """Return the second member of a merge or its undoing."""
    if typed.other < 0:
        return None
    if typed.kind is ActKind.UNMERGE:
        return typed.page.merged[typed.other].member_id
    return typed.found[typed.other].member_id if typed.found else None


def withdraw_marketing(member_id: MemberId, *, op: OperationId, by: Actor) -> Service:
    """Return the act by which a member takes his consent to offers back."""
    fact = ConsentFact(purpose=MARKETING, granted=False, basis="spoken")
    return _consent(op, by, member_id=member_id, fact=fact)


def untag(member_id: MemberId, tag: str, *, op: OperationId, by: Actor) -> Service:
    """Return the act that takes a tag off."""
    command = TagMember(op=op, by=by, member_id=member_id, tag=tag, held=False)
    return partial(tag_member, command=command)


def _update(wanted: Wanted, op: OperationId, by: Actor) -> Service:
    command = UpdateProfile(
        op=op,
        member_id=wanted.member_id,
        by=by,
        changes=wanted.texts,
        reason=wanted.reason,
        recycled=wanted.recycled,
    )
    return partial(update_profile, command=command)


def _release(wanted: Wanted, op: OperationId, by: Actor) -> Service:
    return partial(release_phone, command=ReleasePhone(op=op, by=by, phone=wanted.phone))


def _adjust(wanted: Wanted, op: OperationId, by: Actor) -> Service:
    command = AdjustPoints(
        op=op, member_id=wanted.member_id, by=by, points=wanted.points, reason=wanted.reason
    )
    return partial(adjust_points, command=command)


def _freeze(wanted: Wanted, op: OperationId, by: Actor) -> Service:
    command = FreezeMember(
        op=op,
        member_id=wanted.member_id,
        by=by,
        reason=wanted.reason,
        frozen=wanted.kind is ActKind.FREEZE,
    )
    return partial(freeze_member, command=command)


def _reveal(wanted: Wanted, op: OperationId, by: Actor) -> Service:
    command = RevealMember(op=op, by=by, reason=wanted.reason, member_id=wanted.member_id)
    return partial(reveal_member, command=command)


def _merge(wanted: Wanted, op: OperationId, by: Actor) -> Service:
    assert wanted.other is not None, "two are merged"
    if not wanted.own_authority:
        return _ask(wanted, op, by, act=WishAct.MERGE)
    command = MergeMembers(op=op, source=wanted.other, target=wanted.member_id, by=by)
    return partial(merge_members, command=command)


def _unmerge(wanted: Wanted, op: OperationId, by: Actor) -> Service:
    assert wanted.other is not None, "somebody is told apart"
    if not wanted.own_authority:
        return _ask(wanted, op, by, act=WishAct.UNMERGE)
    return partial(unmerge_member, command=UnmergeMember(op=op, source=wanted.other, by=by))


def _tag(wanted: Wanted, op: OperationId, by: Actor) -> Service:
    command = TagMember(op=op, by=by, member_id=wanted.member_id, tag=wanted.texts.get("tag", ""))
    return partial(tag_member, command=command)


def _grant(wanted: Wanted, op: OperationId, by: Actor) -> Service:
    fact = ConsentFact(purpose=MARKETING, granted=True, basis="spoken", text_hash=wanted.words_hash)
    return _consent(op, by, member_id=wanted.member_id, fact=fact)


def _erase(wanted: Wanted, op: OperationId, by: Actor) -> Service:
    if not wanted.own_authority:
        return _ask(wanted, op, by, act=WishAct.ERASE)
    command = EraseMember(op=op, member_id=wanted.member_id, by=by, reason=wanted.reason)
    return partial(erase_member, command=command)


def _ask(wanted: Wanted, op: OperationId, by: Actor, *, act: WishAct) -> Service:
    command = AskOffice(
        op=op,
        act=act,
        by=by,
        member_id=wanted.member_id,
        other=wanted.other,
        reason=wanted.reason,
    )
    return partial(ask_office, command=command)


def _consent(op: OperationId, by: Actor, *, member_id: MemberId, fact: ConsentFact) -> Service:
    command = RecordConsent(op=op, member_id=member_id, by=by, consents=(fact,))
    return partial(record_consent, command=command)


_MAKERS: Mapping[ActKind, Callable[[Wanted, OperationId, Actor], Service]] = {
    ActKind.EDIT: _update,
    ActKind.PHONE: _update,
    ActKind.RECYCLED: _release,
    ActKind.ADJUST: _adjust,
    ActKind.FREEZE: _freeze,
    ActKind.UNFREEZE: _freeze,
    ActKind.REVEAL: _reveal,
    ActKind.MERGE: _merge,
    ActKind.UNMERGE: _unmerge,
    ActKind.TAG: _tag,
    ActKind.CONSENT: _grant,
    ActKind.ERASE: _erase,
}
