"""Tags that people put on members and take off; rules put theirs on within their own act."""

import re
from dataclasses import dataclass
from typing import Final

import msgspec

from db.domain.ids import MemberId, OperationId
from db.domain.members import FieldInvalid
from db.domain.operations import Operation, Personal, id_text
from db.domain.reward_facts import TagBody
from db.domain.staff import Actor, Permission, require
from db.services.event_awards import tag_rows
from db.services.journal import Draft, append, written_before
from db.services.members import active_member
from db.storage.rewards import tags_of
from db.storage.unit_of_work import UnitOfWork

_TAG: Final = re.compile(r"[^\x00-\x1f\x7f]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TagMember:
    """Somebody gives a member a tag, or takes it off."""

    op: OperationId
    by: Actor
    member_id: MemberId
    tag: str
    held: bool = True


@dataclass(frozen=True, slots=True)
class MemberTagged:
    """The member has these tags now."""

    member_id: MemberId
    tags: tuple[str, ...]


def tag_member(work: UnitOfWork, command: TagMember) -> MemberTagged:
    """Put a tag on a member or take it off; what is so already is not written again.

    Raises:
        FieldInvalid: when the tag is empty, longer than 40 characters, or holds control characters.
        NoSuchMember, MemberNotActive, NotPermitted: as their names say.
    """
    require(command.by, Permission.ENROLL)
    tag = command.tag.strip()
    if not _TAG.fullmatch(tag):
        raise FieldInvalid("tag", "not_a_tag")
    member_id = active_member(work, command.member_id).member_id
    held = tag in tags_of(work.sql, member_id)
    if written_before(work, command.op, "tag") is None and held != command.held:
        body = TagBody(tag=tag, held=command.held, approver=id_text(command.by.approver_id))
        draft = Draft(op=command.op, kind="tag", body=body, by=command.by, member_id=member_id)
        apply_tag(work, append(work, draft), None)
    return MemberTagged(member_id, tags_of(work.sql, member_id))


def apply_tag(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a word on a tag into the table."""
    body = msgspec.convert(operation.envelope.b, TagBody)
    work.rewards.tag(tag_rows(operation, (body.tag,), held=body.held))
