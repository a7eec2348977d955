"""What an event awards to a member, written down: the same act for reported and for led-to events.

A sale leads to events: the level it reaches, and a friend's first purchase for the one who brought
him. They are operations of their own, in the sale's transaction, with ids that follow from it; when
nothing of the sale is left they are revoked.
"""

from dataclasses import dataclass

import msgspec

from db.domain.evaluation import EventResult, evaluate_event
from db.domain.events import occurrence, reached_event
from db.domain.ids import MemberId, OperationId, parse_id
from db.domain.operations import Operation, Personal, id_text
from db.domain.reward_facts import (
    EventBody,
    EventRevokeBody,
    event_movements,
    following_id,
    member_of,
    revoke_movements,
)
from db.domain.staff import Actor
from db.services.idle import carry_idle
from db.services.journal import Draft, append
from db.services.levels import lower_level, raise_level
from db.services.lots import award_facts, new_lots
from db.services.offers import coupon_rows, new_coupons, offers_for
from db.services.reward_rows import count_points, reward_row
from db.services.shifts import shift_here
from db.services.standing import standing_now
from db.storage.member_facts import MemberStanding
from db.storage.rewards import TagRow
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event that happened to a member; `key` is what it counts once under, if it does."""

    op: OperationId
    by: Actor
    member_id: MemberId
    event: str
    key: str | None
    reference: bytes | None = None


def award_event(
    work: UnitOfWork, happening: Happening, *, even_nothing: bool = False
) -> Operation | None:
    """Write what an event gives; None where it gave before, or nothing and nobody asked.

    The levels that its points reach give what they give, too.
    """
    member_id, key = happening.member_id, happening.key
    if key is not None and work.rewards.happened(member_id, key):
        return None
    program, standing = work.program(work.today), standing_now(work, member_id)
    result = evaluate_event(
        program,
        happening.event,
        standing.facts,
        on=work.today,
        at_ms=work.at_ms,
        offers=offers_for(work, member_id, program=program),
    )
    if not result.gives and not even_nothing:
        return None
    body = _body(work, happening, result, standing=standing)
    operation = append(
        work,
        Draft(
            op=happening.op,
            kind="event_award",
            body=body,
            by=happening.by,
            member_id=member_id,
            reference=happening.reference,
            rule=program.mark,
        ),
    )
    apply_event_award(work, operation, None)
    if body.raised_to is not None:
        award_level(work, operation, body.raised_to, by=happening.by)
    return operation


def award_level(work: UnitOfWork, cause: Operation, level: str, *, by: Actor) -> int:
    """Give what reaching a level gives, once a year; return the points usable at once."""
    event = reached_event(level)
    operation = award_event(
        work,
        Happening(
            op=following_id(OperationId(cause.op), event),
            by=by,
            member_id=member_of(cause),
            event=event,
            key=occurrence(event, work.today),
            reference=cause.op,
        ),
    )
    if operation is None:
        return 0
    today = work.today.isoformat()
    body = msgspec.convert(operation.envelope.b, EventBody)
    return sum(award.points for award in body.awards if award.available_on <= today)


def apply_event_award(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry an event's award into the tables."""
    body = msgspec.convert(operation.envelope.b, EventBody)
    member_id = member_of(operation)
    work.rewards.add(reward_row(operation))
    work.ledger.post(
        operation.op,
        event_movements(operation, body),
        opening=new_lots(operation, body.awards),
    )
    if body.issued:
        work.coupons.issue(coupon_rows(operation, body.issued))
    carry_idle(work, operation, body.awards)
    work.rewards.tag(tag_rows(operation, body.tags))
    count_points(work, operation, earned=body.points)
    if body.raised_to is not None and body.raised_rank is not None:
        raise_level(
            work, member_id, (body.raised_to, body.raised_rank), at_ms=operation.envelope.wall
        )


def apply_event_revoke(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a revoked award into the tables; a second revocation is a conflict."""
    body = msgspec.convert(operation.envelope.b, EventRevokeBody)
    reference = operation.envelope.ref
    assert reference is not None, "a revocation names its award"
    award = parse_id(reference)
    found = work.rewards.find(award)
    assert found is not None, "an award is known before it is revoked"
    assert work.rewards.undo(award, by=operation.op), "the award was revoked before"
    work.rewards.add(reward_row(operation))
    work.ledger.post(operation.op, revoke_movements(operation, body))
    for code in () if body.offers is None else body.offers.withdrawn:
        work.coupons.void(code, operation.op)
    work.rewards.untag(award, by=operation.op)
    count_points(work, operation, earned=-body.points)
    if found[0].raised_rank is not None:
        lower_level(work, member_of(operation))


def tag_rows(operation: Operation, tags: tuple[str, ...], *, held: bool = True) -> list[TagRow]:
    """Return the words that an act says on a member's tags."""
    if not tags:
        return []
    envelope = operation.envelope
    member_id = member_of(operation)
    return [TagRow(operation.op, tag, member_id, held, envelope.t, envelope.hlc) for tag in tags]


def _body(
    work: UnitOfWork, happening: Happening, result: EventResult, *, standing: MemberStanding
) -> EventBody:
    raised = _raised(work, standing, result)
    return EventBody(
        event=happening.event,
        key=happening.key or "",
        points=result.earned,
        awards=award_facts(work, result.awards),
        issued=new_coupons(work, result.coupon_awards, work.program(work.today)),
        tags=result.tag_awards,
        tier=standing.facts.tier,
        raised_to=None if raised is None else raised[0],
        raised_rank=None if raised is None else raised[1],
        shift=shift_here(work),
        approver=id_text(happening.by.approver_id),
        explanation=tuple(msgspec.to_builtins(part) for part in result.explanation),
    )


def _raised(
    work: UnitOfWork, standing: MemberStanding, result: EventResult
) -> tuple[str, int] | None:
    """Return the level that an event's points lift the member to, where points qualify."""
    ladder = work.program(work.today).ladder
    if ladder.measure != "points_earned":
        return None
    tier = standing.facts.tier
    risen = ladder.risen(tier, standing.measured + result.earned)
    held = max(standing.tier_rank, ladder.rank(tier)) if tier else -1
    return (risen, ladder.rank(risen)) if ladder.rank(risen) > held else None
