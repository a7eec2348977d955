"""Undoing a sale within two minutes, and voiding it later: the opposite entries, to the point.

Both take what is left: after a partial return, what has not come back yet. The sale then counts
nowhere but in its reversal, and its returns with it.
"""

from dataclasses import dataclass

import msgspec

from db.domain.ids import MemberId, OperationId, SaleId, parse_id, text_of
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.refusals import Refusal
from db.domain.returns import LineShare, rest_of, shares_of
from db.domain.reversals import (
    AlreadyReversed,
    NotThisCounter,
    ReasonMissing,
    check_undo,
    reversal_movements,
)
from db.domain.sales import ReversalBody
from db.domain.staff import Actor, Permission, require
from db.services.idle import carry_idle
from db.services.journal import Draft, append, trusted_now
from db.services.letting_go import let_go
from db.services.levels import lower_level
from db.services.lots import new_lots
from db.services.offers import carry_offers_back, offers_back
from db.services.points_back import grace_lot, kept_level, points_back
from db.services.sale_rewards import revoke_following, uncarry_rewards
from db.services.shifts import shift_here
from db.services.sold import SoldSale, read_sold
from db.services.stored_value_sales import carry_back, value_back
from db.storage.returns import ReturnedSums, returned_sums
from db.storage.sales import SaleRow
from db.storage.totals import CounterDay, DayFigures
from db.storage.unit_of_work import UnitOfWork

_KEEP = (
    "INSERT INTO reversal (op, sale_id, manner, reason, branch_id, counter_id, staff_id,"
    " approver_id, shift_id, reversed_at, business_day, kept_tier, kept_rank)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(eq=False)
class NoSuchSale(Refusal):
    """There is no sale with this id here."""

    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoSale:
    """A cashier takes the last sale back, within two minutes."""

    op: OperationId
    sale_id: SaleId
    by: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidSale:
    """A sale is taken back later, for a reason."""

    op: OperationId
    sale_id: SaleId
    by: Actor
    reason: str


@dataclass(frozen=True, slots=True)
class SaleReversed:
    """The sale counts no more; due (分) and points are what was left of it."""

    sale_id: SaleId
    member_id: MemberId | None
    due: int
    earned: int
    redeemed: int


def undo_sale(work: UnitOfWork, command: UndoSale) -> SaleReversed:
    """Take a sale back within two minutes, at the counter that made it.

    Raises:
        NoSuchSale, AlreadyReversed, UndoTooLate, NotThisCounter: when it cannot be.
        NotPermitted: when the actor may not undo.
    """
    require(command.by, Permission.UNDO)
    sold = _standing(work, command.sale_id, command.op)
    if sold.row.reversed_by == command.op:
        return _outcome(sold)
    if sold.row.counter_id != work.home.counter_id:
        raise NotThisCounter(command.sale_id)
    check_undo(command.sale_id, sold_at=sold.row.sold_at, at_ms=work.at_ms)
    return _reverse(work, sold, op=command.op, by=command.by, manner="undo", reason="")


def void_sale(work: UnitOfWork, command: VoidSale) -> SaleReversed:
    """Take a sale back for a reason, however long ago it was.

    Raises:
        NoSuchSale, AlreadyReversed, ReasonMissing: when it cannot be.
        NotPermitted, ApprovalNeeded: when the actor may not void.
    """
    require(command.by, Permission.VOID)
    if not command.reason.strip():
        raise ReasonMissing
    sold = _standing(work, command.sale_id, command.op)
    if sold.row.reversed_by == command.op:
        return _outcome(sold)
    reason = command.reason.strip()[:REASON_CHARACTERS_MAX]
    return _reverse(work, sold, op=command.op, by=command.by, manner="void", reason=reason)


def apply_reversal(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a reversal into the tables; a second reversal of one sale is a conflict."""
    body = msgspec.convert(operation.envelope.b, ReversalBody)
    envelope = operation.envelope
    assert envelope.ref is not None, "a reversal names its sale"
    sale_id = SaleId(parse_id(envelope.ref))
    sale = work.sales.by_id(sale_id)
    assert sale is not None, "the sale is known before its reversal"
    sums = returned_sums(work.sql, sale_id)
    told = ReturnedSums(body.returned_amount, body.returned_earned, body.returned_redeemed)
    assert sums == told, "something was returned meanwhile"
    assert operation.member == sale.member_id, "a member was attached meanwhile"
    first = work.sales.mark_reversed(sale_id, operation.op)
    assert first, "the sale was reversed before"
    work.sql.run(
        _KEEP,
        (
            operation.op,
            sale_id,
            body.manner,
            body.reason,
            parse_id(envelope.store),
            parse_id(envelope.dev),
            None if envelope.staff is None else parse_id(envelope.staff),
            None if body.approver is None else parse_id(body.approver),
            None if body.shift is None else parse_id(body.shift),
            envelope.wall,
            envelope.bd,
            body.kept,
            body.kept_rank,
        ),
    )
    work.ledger.post(
        operation.op,
        reversal_movements(operation, body),
        opening=new_lots(operation, body.renewed),
    )
    carry_idle(work, operation, body.renewed)
    work.leases.give_back(body.restored)
    carry_back(work, operation, body.value, sale_id=sale_id)
    carry_offers_back(work, operation, body.offers, sale_id=sale_id)
    uncount(work, sale_id)
    uncarry_rewards(work, operation, sale)
    work.totals.add_day(
        CounterDay(parse_id(envelope.store), parse_id(envelope.dev), envelope.bd),
        DayFigures(reversed_sales=1, reversed_amount=sale.due),
    )


def _standing(work: UnitOfWork, sale_id: SaleId, op: OperationId) -> SoldSale:
    """Return a sale that stands, or that this very operation reversed."""
    sold = read_sold(work.sql, sale_id)
    if sold is None:
        raise NoSuchSale(text_of(sale_id))
    if sold.is_gone and sold.row.reversed_by != op:
        raise AlreadyReversed(sale_id)
    return sold


def _reverse(
    work: UnitOfWork, sold: SoldSale, *, op: OperationId, by: Actor, manner: str, reason: str
) -> SaleReversed:
    sale, program = sold.row, work.program(work.today)
    rest = sum(shares_of(sold.left, rest_of(sold.left)), LineShare())
    back = points_back(work.sql, sold, rest, home=work.home, on=work.today)
    kept = kept_level(
        work.sql, sold, home=work.home, program=program, on=work.today, now_ms=trusted_now(work)
    )
    body = ReversalBody(
        manner=manner,
        reason=reason,
        taken=back.taken,
        restored=back.restored,
        renewed=grace_lot(work, back.grace),
        returned_amount=sold.sums.amount,
        returned_earned=sold.sums.earned,
        returned_redeemed=sold.sums.redeemed,
        kept=None if kept is None else kept[0],
        kept_rank=None if kept is None else kept[1],
        shift=shift_here(work),
        approver=id_text(by.approver_id),
        value=value_back(
            work, sale.sale_id, sold.body.value, due=sold.body.due, returned=sold.body.due
        ),
        offers=offers_back(work, sale.sale_id, sold.body, whole_lines=(), whole=True),
    )
    operation = append(
        work,
        Draft(
            op=op,
            kind="reversal",
            body=body,
            by=by,
            member_id=sale.member_id,
            reference=sale.sale_id,
            rule=sale.program,
        ),
    )
    apply_reversal(work, operation, None)
    let_go(work, operation, sale.sale_id, value=body.value, offers=body.offers)
    revoke_following(work, operation, sale.sale_id, by=by)
    return _outcome(sold)


def uncount(work: UnitOfWork, sale_id: SaleId) -> None:
    """Let a sale that was just marked as reversed count nowhere, nor its returns."""
    sale = work.sales.by_id(sale_id)
    assert sale is not None, "the caller marked it"
    sums = returned_sums(work.sql, sale_id)
    with_member = sale.member_id is not None
    work.totals.add_day(
        CounterDay(sale.branch_id, sale.counter_id, sale.business_day),
        DayFigures(
            sales=-1,
            amount=-sale.due,
            member_sales=-int(with_member),
            member_amount=-sale.due if with_member else 0,
            earned=-sale.earned,
            redeemed=-sale.redeemed,
        ),
    )
    for day, figures in work.returns.uncounting(sale_id):
        work.totals.add_day(day, figures)
    if with_member and not sums.whole:
        remove_from_member(work, sale, sums)


def remove_from_member(work: UnitOfWork, sale: SaleRow, back: ReturnedSums) -> None:
    """Let a sale of which nothing is left count no more for its member; call when it is marked.

    `back` are the sums of its returns that were taken off before.
    """
    assert sale.member_id is not None, "the caller asked"
    before = work.totals.last_on(sale.member_id)
    work.totals.remove_visit(
        sale.member_id,
        spend=sale.due - back.amount,
        earned=sale.earned - back.earned,
        redeemed=sale.redeemed - back.redeemed,
    )
    work.grams.visited(sale.member_id, was_on=before, last_on=work.totals.last_on(sale.member_id))
    if sale.raised_rank is not None:
        lower_level(work, sale.member_id)


def _outcome(sold: SoldSale) -> SaleReversed:
    sale, sums = sold.row, sold.sums
    return SaleReversed(
        sale.sale_id,
        sale.member_id,
        sale.due - sums.amount,
        sale.earned - sums.earned,
        sale.redeemed - sums.redeemed,
    )
