"""Undoing a sale within two minutes, and voiding it later: the opposite entries, to the point.

Spent points go back into the lease they came from while that is open on this stream, else to the
member; in place of a lot that has run out, into a new one that lives 30 days. Earned points are
taken out of the very lots the sale opened, even below zero (points owed).
"""

from dataclasses import dataclass
from datetime import timedelta

import msgspec

from db.domain.evaluation import LotAward
from db.domain.ids import LeaseId, LotId, MemberId, OperationId, SaleId, parse_id, text_of
from db.domain.leases import LotShare, LotSpend
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.refusals import Refusal
from db.domain.returns import GRACE_DAYS
from db.domain.reversals import (
    AlreadyReversed,
    NotThisCounter,
    ReasonMissing,
    check_undo,
    reversal_movements,
)
from db.domain.sales import AwardFact, ReversalBody, SaleBody
from db.domain.staff import Actor, Permission, require
from db.services.journal import Draft, append
from db.services.lots import award_facts, open_lots
from db.storage.sales import SaleRow
from db.storage.totals import CounterDay, DayFigures
from db.storage.unit_of_work import UnitOfWork


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
    """The sale counts no more; points as it had earned and redeemed them."""

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
    sale = _standing(work, command.sale_id, command.op)
    if sale.reversed_by == command.op:
        return _outcome(sale)
    if sale.counter_id != work.home.counter_id:
        raise NotThisCounter(command.sale_id)
    check_undo(command.sale_id, sold_at=sale.sold_at, at_ms=work.at_ms)
    return _reverse(work, sale, op=command.op, by=command.by, manner="undo", reason="")


def void_sale(work: UnitOfWork, command: VoidSale) -> SaleReversed:
    """Take a sale back for a reason, however long ago it was.

    Raises:
        NoSuchSale, AlreadyReversed, ReasonMissing: when it cannot be.
        NotPermitted, ApprovalNeeded: when the actor may not void.
    """
    require(command.by, Permission.VOID)
    if not command.reason.strip():
        raise ReasonMissing
    sale = _standing(work, command.sale_id, command.op)
    if sale.reversed_by == command.op:
        return _outcome(sale)
    reason = command.reason.strip()[:REASON_CHARACTERS_MAX]
    return _reverse(work, sale, op=command.op, by=command.by, manner="void", reason=reason)


def apply_reversal(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a reversal into the tables; a second reversal of one sale is a conflict."""
    body = msgspec.convert(operation.envelope.b, ReversalBody)
    envelope = operation.envelope
    assert envelope.ref is not None, "a reversal names its sale"
    sale_id = SaleId(parse_id(envelope.ref))
    sale = work.sales.by_id(sale_id)
    assert sale is not None, "the sale is known before its reversal"
    first = work.sales.mark_reversed(sale_id, operation.op)
    assert first, "the sale was reversed before"
    work.sql.run(
        "INSERT INTO reversal (op, sale_id, manner, reason, branch_id, counter_id, staff_id,"
        " approver_id, shift_id, reversed_at, business_day)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        ),
    )
    open_lots(work, operation, body.renewed)
    work.ledger.post(operation.op, reversal_movements(operation, body))
    work.leases.give_back(body.restored)
    _uncount(work, operation, sale)


def _standing(work: UnitOfWork, sale_id: SaleId, op: OperationId) -> SaleRow:
    """Return a sale that stands, or that this very operation reversed."""
    sale = work.sales.by_id(sale_id)
    if sale is None:
        raise NoSuchSale(text_of(sale_id))
    if sale.reversed_by is not None and sale.reversed_by != op:
        raise AlreadyReversed(sale_id)
    return sale


def _reverse(
    work: UnitOfWork, sale: SaleRow, *, op: OperationId, by: Actor, manner: str, reason: str
) -> SaleReversed:
    written = work.operations.find(sale.sale_id)
    assert written is not None, "a sale's operation is kept"
    was = msgspec.convert(written.envelope.b, SaleBody)
    shift = work.shifts.open_here(work.home.counter_id)
    lapsed = sum(spend.points for spend in was.spends if _has_lapsed(work, sale, spend))
    body = ReversalBody(
        manner=manner,
        reason=reason,
        taken=tuple(LotShare(award.lot, award.points) for award in was.awards),
        restored=tuple(
            _restored(work, spend) for spend in was.spends if not _has_lapsed(work, sale, spend)
        ),
        renewed=_renewed(work, lapsed),
        shift=None if shift is None else text_of(shift.shift_id),
        approver=id_text(by.approver_id),
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
    return _outcome(sale)


def _has_lapsed(work: UnitOfWork, sale: SaleRow, spend: LotSpend) -> bool:
    assert sale.member_id is not None, "points are spent by a member"
    last_day = work.ledger.last_day(sale.member_id, LotId(parse_id(spend.lot)))
    return last_day is not None and last_day < work.today


def _renewed(work: UnitOfWork, points: int) -> tuple[AwardFact, ...]:
    """Return the lot that takes in points whose own lots have run out (DECISIONS 44)."""
    if points == 0:
        return ()
    last_day = work.today + timedelta(days=GRACE_DAYS)
    return award_facts(work, (LotAward(points, work.today, last_day, ()),))


def _restored(work: UnitOfWork, spend: LotSpend) -> LotSpend:
    """Return the points to their lease while it is open on our stream, else to the member."""
    lease_id = LeaseId(parse_id(spend.lease))
    token = work.leases.token(lease_id)
    ours = token is not None and token.stream_id == work.home.stream_id
    if ours and work.leases.state(lease_id) == "open":
        return spend
    return LotSpend(spend.lot, "", spend.points)


def _uncount(work: UnitOfWork, operation: Operation, sale: SaleRow) -> None:
    """Take the sale out of its own business day, and note the reversal in the day it happened."""
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
    envelope = operation.envelope
    work.totals.add_day(
        CounterDay(parse_id(envelope.store), parse_id(envelope.dev), envelope.bd),
        DayFigures(reversed_sales=1, reversed_amount=sale.due),
    )
    if sale.member_id is None:
        return
    before = work.totals.last_on(sale.member_id)
    work.totals.remove_visit(
        sale.member_id, spend=sale.due, earned=sale.earned, redeemed=sale.redeemed
    )
    work.grams.visited(sale.member_id, was_on=before, last_on=work.totals.last_on(sale.member_id))
    if sale.raised_rank is not None:
        lower_level(work, sale.member_id)


def lower_level(work: UnitOfWork, member_id: MemberId) -> None:
    """Take the rise back unless another standing sale reached the level (DECISIONS 43)."""
    if (highest := work.sales.highest_raise(member_id)) is not None:
        work.members.set_tier(member_id, *highest)
        return
    member = work.members.by_id(member_id)
    if member is not None:  # his registration may come after his sales: `members._catch_up`
        work.members.set_tier(member_id, member.first_tier, 0)


def _outcome(sale: SaleRow) -> SaleReversed:
    return SaleReversed(sale.sale_id, sale.member_id, sale.due, sale.earned, sale.redeemed)
