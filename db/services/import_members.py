"""Bringing in a former system's members, with the points they had, a part of the list at a time.

Each part is a transaction of its own, so a cut-off import keeps whole parts and goes on when the
same file is brought again: who is here already is skipped, never given points twice.
"""

from dataclasses import dataclass

from db.domain.ids import BatchId, MemberId, OperationId
from db.domain.member_sheet import SheetFault, SheetMember
from db.domain.members import FieldInvalid, PhoneTaken
from db.domain.staff import Actor, Permission, require
from db.services.imports import CARRIED_OVER
from db.services.members import EnrollMember, enroll_member
from db.services.points import BringOpeningPoints, bring_opening_points
from db.storage.unit_of_work import UnitOfWork

MEMBERS_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMembers:
    """A manager brings at most `MEMBERS_MAX` members of a list."""

    by: Actor
    batch_id: BatchId
    members: tuple[SheetMember, ...]


@dataclass(frozen=True, slots=True)
class MembersImported:
    """So many are members now, with so many points; the others were skipped, and why."""

    added: int
    points: int
    skipped: tuple[SheetFault, ...]


def import_members(work: UnitOfWork, command: ImportMembers) -> MembersImported:
    """Register the members of a list who are not here, and bring their points.

    Points whose last day has passed are not brought.

    Raises:
        NotPermitted: when the actor may not import.
    """
    require(command.by, Permission.IMPORT)
    assert len(command.members) <= MEMBERS_MAX, "the caller cuts the list"
    added = points = 0
    skipped: list[SheetFault] = []
    for member in command.members:
        try:
            points += _bring(work, command, member)
            added += 1
        except PhoneTaken:
            skipped.append(SheetFault(member.row, "phone_taken"))
        except FieldInvalid as refusal:
            skipped.append(SheetFault(member.row, f"{refusal.field}_{refusal.reason}"))
    work.imports.count(command.batch_id, added=added, updated=0, skipped=len(skipped))
    return MembersImported(added, points, tuple(skipped))


def _bring(work: UnitOfWork, command: ImportMembers, member: SheetMember) -> int:
    """Register one member; return the points that came along."""
    enrolled = enroll_member(
        work,
        EnrollMember(
            op=OperationId(work.new_id()),
            member_id=MemberId(work.new_id()),
            by=command.by,
            phone=member.phone,
            name=member.name,
            gender=member.gender,
            birthday=member.birthday,
            email=member.email,
            city=member.city,
            note=member.note,
            channel="import",
            consents=(CARRIED_OVER,),
            external_id=member.external_id,
            joined_on=member.joined_on,
            batch_id=command.batch_id,
        ),
    )
    ends = member.points_expire_on
    if not member.points or (ends is not None and ends < work.today):
        return 0
    bring_opening_points(
        work,
        BringOpeningPoints(
            op=OperationId(work.new_id()),
            member_id=enrolled.member_id,
            by=command.by,
            points=member.points,
            expires_on=ends,
            batch_id=command.batch_id,
        ),
    )
    return member.points
