"""Points without a sale: redeemed for another till, adjusted by hand with a reason."""

from dataclasses import dataclass
from datetime import date

import msgspec

from db.domain.evaluation import LotAward
from db.domain.ids import BatchId, MemberId, OperationId, parse_id, text_of
from db.domain.leases import LotShare
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import (
    ADJUST_POINTS_MAX,
    REASON_CHARACTERS_MAX,
    AdjustBody,
    AdjustmentOutOfRange,
    RedeemBody,
    adjust_movements,
    redeem_movements,
)
from db.domain.redemption import Bill, check_redemption
from db.domain.redemption_refusals import InsufficientPoints
from db.domain.reversals import ReasonMissing
from db.domain.staff import Actor, Permission, require
from db.domain.verification import check_proof
from db.services.floor import carry_floor, spendable_with
from db.services.idle import carry_idle
from db.services.journal import Draft, append, written_before
from db.services.lots import (
    award_facts,
    enter_tokens,
    new_lots,
    own_tokens,
    pay_with_points,
    taken_from,
)
from db.services.members import active_member
from db.services.shifts import shift_here
from db.services.standing import standing_now
from db.storage.member_facts import MemberStanding
from db.storage.totals import CounterDay, DayFigures
from db.storage.unit_of_work import UnitOfWork

_KEEP = (
    "INSERT INTO points_entry (op, kind, member_id, points, value, reason, branch_id, counter_id,"
    " staff_id, approver_id, shift_id, entered_at, business_day)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemPoints:
    """A cashier spends points for money taken off at another till; `amount` is its due in 分.

    `floor`: head office does not answer, and somebody approves going beyond the lease.
    """

    op: OperationId
    member_id: MemberId
    by: Actor
    points: int
    amount: int | None = None
    floor: bool = False
    proof: str = ""
    online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustPoints:
    """Somebody corrects a member's points by hand, up or down."""

    op: OperationId
    member_id: MemberId
    by: Actor
    points: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BringOpeningPoints:
    """Points that a member had in a former system, with the last day they are good for."""

    op: OperationId
    member_id: MemberId
    by: Actor
    points: int
    expires_on: date | None
    batch_id: BatchId


@dataclass(frozen=True, slots=True)
class PointsRedeemed:
    """The points are spent; `value` is what the other till takes off, in 分."""

    member_id: MemberId
    points: int
    value: int
    balance: int


@dataclass(frozen=True, slots=True)
class PointsAdjusted:
    """The balance was corrected."""

    member_id: MemberId
    points: int
    balance: int


def redeem_points(work: UnitOfWork, command: RedeemPoints) -> PointsRedeemed:
    """Spend a member's points once, however often the command arrives (DECISIONS 42).

    Raises:
        Refusal: one of `redemption_refusals`, with the largest allowed figure.
        ProofNeeded: when so many points are given only to whoever proves that they are his.
        NoSuchMember, MemberNotActive, NotPermitted, ApprovalNeeded: as their names say.
    """
    require(command.by, Permission.REDEEM)
    if (written := written_before(work, command.op, "redeem")) is not None:
        body = msgspec.convert(written.envelope.b, RedeemBody)
        assert body.points == command.points, "one id, one redemption"
        balance = standing_now(work, command.member_id).available
        return PointsRedeemed(command.member_id, body.points, body.value, balance)
    member_id = active_member(work, command.member_id).member_id
    standing = standing_now(work, member_id)
    program = work.program(work.today)
    value = check_redemption(
        program.money,
        command.points,
        balance=standing.available,
        spendable=spendable_with(standing, command.by, floor=command.floor),
        bill=None if command.amount is None else Bill.of_amount(command.amount),
    )
    online = command.online or work.home.own_authority
    check_proof(program, value, online=online, by=command.by, proof=command.proof)
    tokens, spends = pay_with_points(work, member_id, command.points, on=work.today)
    body = RedeemBody(
        points=command.points,
        value=value,
        spends=spends,
        amount=command.amount,
        shift=shift_here(work),
        approver=id_text(command.by.approver_id),
        proof=command.proof,
    )
    operation = append(
        work,
        Draft(
            op=command.op,
            kind="redeem",
            body=body,
            by=command.by,
            member_id=member_id,
            rule=program.mark,
            tokens=tokens,
        ),
    )
    apply_redeem(work, operation, None)
    return PointsRedeemed(member_id, command.points, value, standing.available - command.points)


def adjust_points(work: UnitOfWork, command: AdjustPoints) -> PointsAdjusted:
    """Correct a member's points by hand; taking more than he has is refused.

    Raises:
        ReasonMissing, AdjustmentOutOfRange, InsufficientPoints: when it cannot be.
        NotPermitted, ApprovalNeeded: when the actor may not adjust.
    """
    require(command.by, Permission.ADJUST)
    if (written := written_before(work, command.op, "adjust")) is not None:
        points = msgspec.convert(written.envelope.b, AdjustBody).points
        assert points == command.points, "one id, one adjustment"
        balance = standing_now(work, command.member_id).available
        return PointsAdjusted(command.member_id, command.points, balance)
    if not command.reason.strip():
        raise ReasonMissing
    if command.points == 0 or abs(command.points) > ADJUST_POINTS_MAX:
        raise AdjustmentOutOfRange(command.points, ADJUST_POINTS_MAX)
    member_id = active_member(work, command.member_id).member_id
    standing = standing_now(work, member_id)
    body = AdjustBody(
        points=command.points,
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        awards=award_facts(work, _awards(work, command.points)),
        taken=_taken(work, standing, command.points),
        shift=shift_here(work),
        approver=id_text(command.by.approver_id),
    )
    operation = append(
        work,
        Draft(op=command.op, kind="adjust", body=body, by=command.by, member_id=member_id),
    )
    apply_adjust(work, operation, None)
    return PointsAdjusted(member_id, command.points, standing.available + command.points)


def bring_opening_points(work: UnitOfWork, command: BringOpeningPoints) -> PointsAdjusted:
    """Open the lot that a member brings along from a former system."""
    require(command.by, Permission.IMPORT)
    award = LotAward(command.points, work.today, command.expires_on, ())
    body = AdjustBody(
        points=command.points,
        reason="opening balance",
        entry="opening",
        awards=award_facts(work, (award,)),
        batch=text_of(command.batch_id),
    )
    operation = append(
        work,
        Draft(op=command.op, kind="adjust", body=body, by=command.by, member_id=command.member_id),
    )
    apply_adjust(work, operation, None)
    return PointsAdjusted(command.member_id, command.points, command.points)


def apply_redeem(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a redemption without a sale into the tables."""
    body = msgspec.convert(operation.envelope.b, RedeemBody)
    enter_tokens(work, operation)
    work.ledger.post(operation.op, redeem_movements(operation, body))
    work.leases.spend(body.spends)
    for token in own_tokens(operation):
        work.leases.set_state(token.lease_id, "reclaimed")
    carry_floor(work, operation)
    _keep(work, operation, entry=("redeem", -body.points, body.value, ""), body=body)
    _count(work, operation, DayFigures(redeemed=body.points))
    work.totals.add_points(_member(operation), earned=0, redeemed=body.points)


def apply_adjust(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry an adjustment or an opening balance into the tables."""
    body = msgspec.convert(operation.envelope.b, AdjustBody)
    work.ledger.post(
        operation.op,
        adjust_movements(operation, body),
        opening=new_lots(operation, body.awards),
    )
    carry_idle(work, operation, body.awards)
    _keep(work, operation, entry=(body.entry, body.points, 0, body.reason), body=body)
    if body.entry == "adjust":
        _count(work, operation, DayFigures(adjusted=body.points))


def _awards(work: UnitOfWork, points: int) -> tuple[LotAward, ...]:
    if points < 0:
        return ()
    expiry = work.program(work.today).expiry
    return (LotAward(points, work.today, expiry.last_day(work.today), (), expiry.idle),)


def _taken(work: UnitOfWork, standing: MemberStanding, points: int) -> tuple[LotShare, ...]:
    """Return the lots an adjustment takes from; points under a lease are not to be had."""
    if points > 0:
        return ()
    if -points > standing.free:
        raise InsufficientPoints(
            balance=standing.available, requested=-points, largest=max(0, standing.free)
        )
    member_id = standing.member_id
    return tuple(
        LotShare(text_of(lot_id), part, "" if owner == member_id else text_of(owner))
        for owner, taken in taken_from(work, member_id, -points, on=work.today)
        for lot_id, part in taken
    )


def _member(operation: Operation) -> MemberId:
    member = operation.member
    assert member is not None, "points belong to a member"
    return MemberId(member)


def _keep(
    work: UnitOfWork,
    operation: Operation,
    *,
    entry: tuple[str, int, int, str],
    body: RedeemBody | AdjustBody,
) -> None:
    envelope = operation.envelope
    kind, points, value, reason = entry
    work.sql.run(
        _KEEP,
        (
            operation.op,
            kind,
            operation.member,
            points,
            value,
            reason,
            parse_id(envelope.store),
            parse_id(envelope.dev),
            None if envelope.staff is None else parse_id(envelope.staff),
            None if body.approver is None else parse_id(body.approver),
            None if body.shift is None else parse_id(body.shift),
            envelope.wall,
            envelope.bd,
        ),
    )


def _count(work: UnitOfWork, operation: Operation, figures: DayFigures) -> None:
    envelope = operation.envelope
    day = CounterDay(parse_id(envelope.store), parse_id(envelope.dev), envelope.bd)
    work.totals.add_day(day, figures)
