"""What a sale leads to beside its points, and what goes when all of it comes back.

Tags and the level are in the sale's own operation. The gift of the level it reaches, and the part
of who brought a friend that buys for the first time, are operations of their own in the same
transaction; their ids follow from the sale's, and when nothing of it is left they are revoked.
"""

import msgspec

from db.domain.events import REFERRED_FRIEND
from db.domain.ids import LotId, MemberId, OperationId, SaleId, parse_id, text_of
from db.domain.leases import LotShare
from db.domain.members import MemberNotActive, NoSuchMember
from db.domain.offers.coupon_facts import OffersBack
from db.domain.offers.coupons import OPEN
from db.domain.operations import Operation, id_text
from db.domain.return_facts import AttachBody
from db.domain.reward_facts import EventBody, EventRevokeBody, following_id, member_of
from db.domain.sales import SaleBody
from db.domain.staff import Actor
from db.domain.taking_back import take_back
from db.services.event_awards import (
    Happening,
    apply_event_revoke,
    award_event,
    award_level,
    tag_rows,
)
from db.services.idle import carry_idle, restart_idle
from db.services.journal import Draft, append
from db.services.levels import raise_level
from db.services.members import active_member
from db.services.shifts import shift_here
from db.storage.coupons import find_coupon
from db.storage.ledger import held_lots
from db.storage.rewards import RewardRow
from db.storage.sales import SaleRow
from db.storage.unit_of_work import UnitOfWork


def follow_sale(work: UnitOfWork, cause: Operation, *, visits: int, by: Actor) -> int:
    """Award what a member's sale, or a sale attached to him, leads to; `visits` came before it.

    Returns how many points of it the member may spend at once. A referrer who is not active any
    more gets nothing.
    """
    raised = cause.envelope.b.get("raised_to")
    usable = 0 if raised is None else award_level(work, cause, raised, by=by)
    if visits == 0 and work.program(work.today).document.referral is not msgspec.UNSET:
        _award_referrer(work, cause, by=by)
    return usable


def carry_rewards(
    work: UnitOfWork, operation: Operation, body: SaleBody | AttachBody, *, idle: bool = True
) -> None:
    """Carry what a sale gives besides points: tags, a level, longer life for idle lots.

    `idle` says whether the member may have such lots, for who has asked already.
    """
    if operation.member is None:
        return
    member_id = member_of(operation)
    work.rewards.tag(tag_rows(operation, body.tags))
    if body.raised_to is not None and body.raised_rank is not None:
        raised = (body.raised_to, body.raised_rank)
        raise_level(work, member_id, raised, at_ms=operation.envelope.wall)
    carry_idle(work, operation, body.awards)
    if idle:
        restart_idle(work, member_id)


def uncarry_rewards(work: UnitOfWork, operation: Operation, sale: SaleRow) -> None:
    """Let the tags of a sale of which nothing is left go, and idle lots count without it."""
    if sale.member_id is not None:
        work.rewards.untag(led_to(work, sale.sale_id), by=operation.op)
        restart_idle(work, sale.member_id)


def revoke_following(work: UnitOfWork, cause: Operation, sale_id: SaleId, *, by: Actor) -> None:
    """Take back what a sale led to, now that `cause` has taken all of the sale back."""
    for row in work.rewards.following(led_to(work, sale_id)):
        op = following_id(OperationId(cause.op), text_of(row.op))
        revoke_award(work, row, op=op, by=by)
        for further in work.rewards.following(row.op):
            op = following_id(OperationId(cause.op), text_of(further.op))
            revoke_award(work, further, op=op, by=by)


def _award_referrer(work: UnitOfWork, cause: Operation, *, by: Actor) -> None:
    friend = work.members.by_id(member_of(cause))
    if friend is None or friend.referrer_id is None:
        return
    try:
        referrer = active_member(work, friend.referrer_id)
    except (NoSuchMember, MemberNotActive):
        return
    if referrer.member_id == friend.member_id:
        return  # they turned out to be one
    key = f"{REFERRED_FRIEND}:{text_of(friend.member_id)}"
    award_event(
        work,
        Happening(
            op=following_id(OperationId(cause.op), REFERRED_FRIEND),
            by=by,
            member_id=referrer.member_id,
            event=REFERRED_FRIEND,
            key=key,
            reference=cause.op,
        ),
    )


def revoke_award(work: UnitOfWork, row: RewardRow, *, op: OperationId, by: Actor) -> None:
    """Take an award that stands back: its points, the coupons nobody used, its tags.

    Under an id that is known nothing is written: a head office that was put back remembers it.
    """
    if work.operations.holds(op):
        return
    award = work.operations.find(OperationId(row.op))
    assert award is not None, "an award's operation is kept"
    body = msgspec.convert(award.envelope.b, EventBody)
    member_id = MemberId(row.member_id)
    coupons = [find_coupon(work.sql, coupon.code) for coupon in body.issued]
    withdrawn = tuple(coupon.code for coupon in coupons if coupon and coupon.state == OPEN)
    draft = Draft(
        op=op,
        kind="event_revoke",
        body=EventRevokeBody(
            event=body.event,
            points=body.points,
            taken=_taken(work, member_id, body),
            offers=OffersBack(withdrawn=withdrawn) if withdrawn else None,
            shift=shift_here(work),
            approver=id_text(by.approver_id),
        ),
        by=by,
        member_id=member_id,
        reference=row.op,
        rule=award.envelope.rule,
    )
    apply_event_revoke(work, append(work, draft), None)


def _taken(work: UnitOfWork, member_id: MemberId, body: EventBody) -> tuple[LotShare, ...]:
    """Return the lots that give an award up; the award's own lot owes what none holds."""
    own = tuple(LotId(parse_id(award.lot)) for award in body.awards)
    if not own:
        return ()
    lots = held_lots(work.sql, member_id)
    gone = min(body.points, _expired_of(work, own))
    taken = take_back(lots, own=own, points=body.points - gone, on=work.today)
    shares = dict(taken.shares)
    if taken.owed:
        shares[own[0]] = shares.get(own[0], 0) + taken.owed
    return tuple(LotShare(text_of(lot_id), part) for lot_id, part in shares.items())


def _expired_of(work: UnitOfWork, lots: tuple[LotId, ...]) -> int:
    """Return how many points of these lots have ended."""
    return sum(
        int(
            work.sql.value(
                "SELECT coalesce(sum(points), 0) FROM transfer"
                " WHERE lot_id = ? AND entry = 'expire'",
                (lot_id,),
            )
        )
        for lot_id in lots
    )


def led_to(work: UnitOfWork, sale_id: SaleId) -> bytes:
    """Return the act that led to rewards: the sale, or the attach that made it the member's."""
    attached = work.sql.value("SELECT op FROM sale_attach WHERE sale_id = ?", (sale_id,))
    return sale_id if attached is None else bytes(attached)
