"""Events that somebody reports: a profile completed, a birthday, a survey, an occasion attended."""

from dataclasses import dataclass

import msgspec

from db.domain.events import EventAlreadyAwarded, check_event, occurrence
from db.domain.ids import MemberId, OperationId
from db.domain.operations import Operation
from db.domain.reward_facts import EventBody, member_of
from db.domain.staff import Actor, Permission, require
from db.services.event_awards import Happening, award_event
from db.services.journal import written_before
from db.services.members import active_member
from db.services.standing import standing_now
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEvent:
    """A cashier reports that something happened to a member: `survey`, `attended:E1` ..."""

    op: OperationId
    by: Actor
    member_id: MemberId
    event: str


@dataclass(frozen=True, slots=True)
class EventRecorded:
    """The event is kept, with what it gave; `balance` are the available points after it."""

    member_id: MemberId
    event: str
    points: int
    tags: tuple[str, ...]
    coupons: tuple[str, ...]
    raised_to: str | None
    balance: int
    explanation: tuple[dict[str, object], ...]


def record_event(work: UnitOfWork, command: RecordEvent) -> EventRecorded:
    """Record an event once, and award what the program gives for it, be it nothing.

    Raises:
        EventUnknown: when no event is called that.
        EventAlreadyAwarded: when it happened before and counts once.
        NoSuchMember, MemberNotActive, NotPermitted: as their names say.
    """
    require(command.by, Permission.ENROLL)
    if (written := written_before(work, command.op, "event_award")) is not None:
        return _recorded(work, written)
    check_event(command.event)
    member_id = active_member(work, command.member_id).member_id
    happening = Happening(
        op=command.op,
        by=command.by,
        member_id=member_id,
        event=command.event,
        key=occurrence(command.event, work.today),
    )
    operation = award_event(work, happening, even_nothing=True)
    if operation is None:
        raise EventAlreadyAwarded(command.event)
    return _recorded(work, operation)


def _recorded(work: UnitOfWork, operation: Operation) -> EventRecorded:
    body = msgspec.convert(operation.envelope.b, EventBody)
    member_id = member_of(operation)
    standing = standing_now(work, member_id)
    return EventRecorded(
        member_id=member_id,
        event=body.event,
        points=body.points,
        tags=body.tags,
        coupons=tuple(coupon.code for coupon in body.issued),
        raised_to=body.raised_to,
        balance=standing.available,
        explanation=body.explanation,
    )
