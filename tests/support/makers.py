"""Makers of what happens at a counter: valid by default, each fact may be overridden.

Every maker runs the real service in a transaction of its own and returns its outcome.
"""

from dataclasses import replace
from typing import Any

from db.domain.basket import Basket, BasketLine
from db.domain.ids import MemberId, OperationId, SaleId
from db.domain.staff import Actor, Role
from db.services.attach import AttachMember, MemberAttached, attach_member
from db.services.members import EnrollMember, MemberEnrolled, enroll_member, spoken_consent
from db.services.points import (
    AdjustPoints,
    PointsAdjusted,
    PointsRedeemed,
    RedeemPoints,
    adjust_points,
    redeem_points,
)
from db.services.return_plan import Asked, ReturnEffect
from db.services.returns import TakeReturn, take_return
from db.services.reversals import SaleReversed, UndoSale, VoidSale, undo_sale, void_sale
from db.services.sales import Sell, Sold, sell
from db.services.shifts import (
    CloseShift,
    OpenShift,
    ShiftClosed,
    ShiftOpened,
    close_shift,
    open_shift,
)
from db.storage.unit_of_work import Storage

NOBODY = Actor(None, Role.MANAGER)


def a_basket(*lines: BasketLine, amount: int = 12_800) -> Basket:
    """Return a basket of these lines, or of a bare amount in 分."""
    return Basket(lines=lines) if lines else Basket.of_amount(amount)


def a_member(storage: Storage, *, by: Actor = NOBODY, **facts: Any) -> MemberEnrolled:
    """Register 张小芳, 138 1234 5678, or whoever `facts` say."""
    with storage.begin() as work:
        command = EnrollMember(
            op=OperationId(work.new_id()),
            member_id=MemberId(work.new_id()),
            by=by,
            phone="138 1234 5678",
            name="张小芳",
            consents=spoken_consent(marketing=False),
        )
        return enroll_member(work, replace(command, **facts))


def a_sale(
    storage: Storage,
    member_id: MemberId | None = None,
    *,
    by: Actor = NOBODY,
    amount: int = 12_800,
    **facts: Any,
) -> Sold:
    """Sell for `amount` 分 (¥128.00), or the `basket` that `facts` bring, paid in cash."""
    with storage.begin() as work:
        command = Sell(
            op=OperationId(work.new_id()),
            by=by,
            basket=a_basket(amount=amount),
            member_id=member_id,
        )
        return sell(work, replace(command, **facts))


def an_undo(storage: Storage, sale_id: SaleId, *, by: Actor = NOBODY) -> SaleReversed:
    """Undo a sale."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        return undo_sale(work, UndoSale(op=op, sale_id=sale_id, by=by))


def a_void(
    storage: Storage, sale_id: SaleId, *, by: Actor = NOBODY, reason: str = "输错金额"
) -> SaleReversed:
    """Void a sale."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        return void_sale(work, VoidSale(op=op, sale_id=sale_id, by=by, reason=reason))


def a_return(
    storage: Storage, sale_id: SaleId, *, by: Actor = NOBODY, reason: str = "", **asked: Any
) -> ReturnEffect:
    """Take goods back: the `lines` or the `amount` that `asked` says, else all that is left."""
    with storage.begin() as work:
        command = TakeReturn(
            op=OperationId(work.new_id()),
            by=by,
            asked=Asked(sale_id=sale_id, **asked),
            reason=reason,
        )
        return take_return(work, command)


def an_attachment(
    storage: Storage, sale_id: SaleId, member_id: MemberId, *, by: Actor = NOBODY, **facts: Any
) -> MemberAttached:
    """Attach a member to a sale."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = AttachMember(op=op, by=by, sale_id=sale_id, member_id=member_id)
        return attach_member(work, replace(command, **facts))


def a_redemption(
    storage: Storage, member_id: MemberId, points: int, *, by: Actor = NOBODY, **facts: Any
) -> PointsRedeemed:
    """Redeem points without a sale."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = RedeemPoints(op=op, member_id=member_id, by=by, points=points)
        return redeem_points(work, replace(command, **facts))


def an_adjustment(
    storage: Storage,
    member_id: MemberId,
    points: int,
    *,
    by: Actor = NOBODY,
    reason: str = "补录小票",
) -> PointsAdjusted:
    """Adjust points by hand, up or down."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = AdjustPoints(op=op, member_id=member_id, by=by, points=points, reason=reason)
        return adjust_points(work, command)


def a_shift(storage: Storage, *, by: Actor = NOBODY, opening_float: int = 50_000) -> ShiftOpened:
    """Open a shift with ¥500.00 in the drawer."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        return open_shift(work, OpenShift(op=op, by=by, opening_float=opening_float))


def a_closing(storage: Storage, *, by: Actor = NOBODY, **facts: Any) -> ShiftClosed:
    """Close the open shift."""
    with storage.begin() as work:
        command = CloseShift(op=OperationId(work.new_id()), by=by)
        return close_shift(work, replace(command, **facts))
