"""Gifts for points: one piece an act, its stock and its points together; and gifts brought back.

A stock is one number for the whole shop. Where a head office stands between counters, a gift with
a stock goes out under a hold that head office granted on pieces of it (`db.domain.holds`).
"""

from dataclasses import dataclass

import msgspec

from db.domain.gifts import (
    STOCK_CHANGE_MAX,
    GiftNeedsHeadOffice,
    GiftNotReturnable,
    GiftStockBelowZero,
    GiftStockUncounted,
    check_gift,
    gift_of,
    left_of,
)
from db.domain.ids import LotId, MemberId, OperationId, parse_id, text_of
from db.domain.leases import LotSpend
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import REASON_CHARACTERS_MAX, AdjustmentOutOfRange
from db.domain.program.document import Gift
from db.domain.reversals import ReasonMissing
from db.domain.reward_facts import (
    GiftBody,
    GiftReturnBody,
    GiftStockBody,
    gift_movements,
    gift_return_movements,
    member_of,
)
from db.domain.staff import Actor, Permission, require
from db.services.floor import carry_floor, spendable_with
from db.services.idle import carry_idle
from db.services.journal import Draft, append, trusted_now, written_before
from db.services.lots import enter_tokens, new_lots, own_tokens, pay_with_points
from db.services.members import active_member
from db.services.points_back import grace_lot, lot_holder
from db.services.reward_rows import count_points, gift_move, reward_row
from db.services.shifts import shift_here
from db.services.standing import standing_now
from db.storage.gift_holds import GiftHold, gift_hold_here, pieces_lent
from db.storage.ledger import last_day_of
from db.storage.rewards import gift_moves
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemGift:
    """A member takes a gift for points; `floor` as in `RedeemPoints`."""

    op: OperationId
    by: Actor
    member_id: MemberId
    sku: str
    floor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnGift:
    """A gift comes back, and its points with it, for a reason."""

    op: OperationId
    by: Actor
    gift: OperationId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStock:
    """Somebody counts pieces of a gift in or out."""

    op: OperationId
    by: Actor
    sku: str
    change: int
    reason: str


@dataclass(frozen=True, slots=True)
class GiftRedeemed:
    """The gift is his; `left` is the stock after it, None where none is counted."""

    member_id: MemberId
    sku: str
    points: int
    balance: int
    left: int | None


@dataclass(frozen=True, slots=True)
class GiftStock:
    """A gift with what is left of it."""

    sku: str
    points: int
    left: int | None


def redeem_gift(work: UnitOfWork, command: RedeemGift) -> GiftRedeemed:
    """Give a gift for points once, however often the command arrives.

    Raises:
        GiftUnknown, GiftOutOfStock, InsufficientPoints, GiftNeedsHeadOffice: when it cannot be had.
        NoSuchMember, MemberNotActive, NotPermitted: as their names say.
    """
    require(command.by, Permission.REDEEM)
    if (written := written_before(work, command.op, "gift_redeem")) is not None:
        return _redeemed(work, written)
    member_id = active_member(work, command.member_id).member_id
    program = work.program(work.today)
    gift = gift_of(program.document, command.sku)
    moved, held = _stock(work, gift)
    standing = standing_now(work, member_id)
    spendable = spendable_with(standing, command.by, floor=command.floor)
    counted = gift if held is None else msgspec.structs.replace(gift, stock=msgspec.UNSET)
    check_gift(counted, moved=moved, balance=standing.available, spendable=spendable)
    tokens, spends = pay_with_points(work, member_id, gift.points, on=work.today)
    body = GiftBody(
        sku=gift.sku,
        points=gift.points,
        spends=spends,
        shift=shift_here(work),
        approver=id_text(command.by.approver_id),
        hold="" if held is None else text_of(held.hold_id),
        lent=None if held is None else work.holds.token(held.hold_id),
    )
    operation = append(
        work,
        Draft(
            op=command.op,
            kind="gift_redeem",
            body=body,
            by=command.by,
            member_id=member_id,
            rule=program.mark,
            tokens=tokens,
        ),
    )
    apply_gift_redeem(work, operation, None)
    return _redeemed(work, operation)


def return_gift(work: UnitOfWork, command: ReturnGift) -> GiftRedeemed:
    """Take a gift back into stock and give its points back, once.

    Raises:
        GiftNotReturnable, ReasonMissing: when it cannot be.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    require(command.by, Permission.VOID)
    if (written := written_before(work, command.op, "gift_return")) is not None:
        return _redeemed(work, written)
    if not command.reason.strip():
        raise ReasonMissing
    operation = work.operations.find(command.gift)
    found = work.rewards.find(command.gift)
    if operation is None or found is None or found[0].kind != "gift_redeem" or found[1]:
        raise GiftNotReturnable(text_of(command.gift))
    body = msgspec.convert(operation.envelope.b, GiftBody)
    living = _living(work, member_of(operation), body.spends)
    returned = GiftReturnBody(
        sku=body.sku,
        points=body.points,
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        restored=living,
        renewed=grace_lot(work, body.points - sum(spend.points for spend in living)),
        shift=shift_here(work),
        approver=id_text(command.by.approver_id),
    )
    draft = Draft(
        op=command.op,
        kind="gift_return",
        body=returned,
        by=command.by,
        member_id=member_of(operation),
        reference=command.gift,
        rule=operation.envelope.rule,
    )
    made = append(work, draft)
    apply_gift_return(work, made, None)
    return _redeemed(work, made)


def move_stock(work: UnitOfWork, command: MoveStock) -> GiftStock:
    """Count pieces of a gift in or out, once.

    Raises:
        GiftUnknown, GiftStockUncounted, GiftStockBelowZero, ReasonMissing, AdjustmentOutOfRange:
            when it cannot be.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    require(command.by, Permission.SETTINGS)
    gift = gift_of(work.program(work.today).document, command.sku)
    if written_before(work, command.op, "gift_stock") is None:
        if not command.reason.strip():
            raise ReasonMissing
        _check_change(work, gift, command.change)
        body = GiftStockBody(
            sku=gift.sku,
            change=command.change,
            reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
            approver=id_text(command.by.approver_id),
        )
        draft = Draft(op=command.op, kind="gift_stock", body=body, by=command.by)
        apply_gift_stock(work, append(work, draft), None)
    return GiftStock(gift.sku, gift.points, left_of(gift, work.rewards.moved(gift.sku)))


def gift_stocks(work: UnitOfWork) -> tuple[GiftStock, ...]:
    """Return the gifts of today's program with what is left of each."""
    moves = gift_moves(work.sql)
    return tuple(
        GiftStock(gift.sku, gift.points, left_of(gift, moves.get(gift.sku, 0)))
        for gift in work.program(work.today).document.redemption.gifts
    )


def apply_gift_redeem(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a gift for points into the tables."""
    body = msgspec.convert(operation.envelope.b, GiftBody)
    enter_tokens(work, operation)
    work.ledger.post(operation.op, gift_movements(operation, body))
    work.leases.spend(body.spends)
    for token in own_tokens(operation):
        work.leases.set_state(token.lease_id, "reclaimed")
    carry_floor(work, operation)
    work.rewards.add(reward_row(operation))
    work.rewards.move_gift(gift_move(operation))
    count_points(work, operation, redeemed=body.points)


def apply_gift_return(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a gift that came back into the tables; a second time is a conflict."""
    body = msgspec.convert(operation.envelope.b, GiftReturnBody)
    reference = operation.envelope.ref
    assert reference is not None, "a gift that comes back names its redemption"
    assert work.rewards.undo(parse_id(reference), by=operation.op), "the gift is not out"
    work.ledger.post(
        operation.op,
        gift_return_movements(operation, body),
        opening=new_lots(operation, body.renewed),
    )
    carry_idle(work, operation, body.renewed)
    work.rewards.add(reward_row(operation))
    work.rewards.move_gift(gift_move(operation))
    count_points(work, operation, redeemed=-body.points)


def apply_gift_stock(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry counted pieces into the table."""
    msgspec.convert(operation.envelope.b, GiftStockBody)
    work.rewards.move_gift(gift_move(operation))


def _stock(work: UnitOfWork, gift: Gift) -> tuple[int, GiftHold | None]:
    """Return what moved of a gift's stock, less what is lent, and the hold it goes out under.

    Raises:
        GiftNeedsHeadOffice: at a counter that holds no piece of it.
    """
    moved = work.rewards.moved(gift.sku)
    if left_of(gift, moved) is None:
        return moved, None
    if work.home.own_authority:
        return moved - pieces_lent(work.sql, gift.sku), None
    held = gift_hold_here(
        work.sql, gift.sku, stream_id=work.home.stream_id, now_ms=trusted_now(work)
    )
    if held is None:
        raise GiftNeedsHeadOffice(gift.sku)
    return moved, held


def _check_change(work: UnitOfWork, gift: Gift, change: int) -> None:
    left = left_of(gift, work.rewards.moved(gift.sku) - pieces_lent(work.sql, gift.sku))
    if left is None:
        raise GiftStockUncounted(gift.sku)
    if change == 0 or abs(change) > STOCK_CHANGE_MAX:
        raise AdjustmentOutOfRange(change, STOCK_CHANGE_MAX)
    if left + change < 0:
        raise GiftStockBelowZero(gift.sku, left, change)


def _redeemed(work: UnitOfWork, operation: Operation) -> GiftRedeemed:
    member_id, body = member_of(operation), operation.envelope.b
    stock = {gift.sku: gift.left for gift in gift_stocks(work)}
    return GiftRedeemed(
        member_id=member_id,
        sku=body["sku"],
        points=body["points"],
        balance=standing_now(work, member_id).available,
        left=stock.get(body["sku"]),
    )


def _living(
    work: UnitOfWork, member_id: MemberId, spends: tuple[LotSpend, ...]
) -> tuple[LotSpend, ...]:
    """Return where a gift's points go back to: lots that have not run out, whosever they are."""
    living: list[LotSpend] = []
    for spend in spends:
        holder = lot_holder(work.sql, member_id, spend.lease)
        last_day = last_day_of(work.sql, holder, LotId(parse_id(spend.lot)))
        if last_day is None or last_day >= work.today:
            of = "" if holder == member_id else text_of(holder)
            living.append(LotSpend(spend.lot, "", spend.points, of))
    return tuple(living)
