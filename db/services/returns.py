"""Goods come back: some units of some lines, a part of an amount, or all that is left of a sale.

What is shown before and what is done afterwards is one computation over the same facts. A return
counts on the day it happens; the sale stays what it was. Every figure is in the operation, so what
two counters took back of one sale adds up in any order, until more came back than was sold: that
is a conflict, which head office sets aside.
"""

from dataclasses import dataclass

import msgspec

from db.domain.ids import OperationId, SaleId, parse_id
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.program.program import Program
from db.domain.return_facts import ReturnBody, ReturnedLine
from db.domain.returns import LineShare
from db.domain.reversals import reversal_movements
from db.domain.staff import Actor, Permission, require
from db.services.idle import carry_idle
from db.services.journal import Draft, append, trusted_now, written_before
from db.services.letting_go import let_go
from db.services.lots import new_lots
from db.services.offers import carry_offers_back, offers_back
from db.services.points_back import PointsBack, grace_lot, kept_level
from db.services.return_plan import Asked, ReturnEffect, ReturnPlan, plan_return
from db.services.reversals import remove_from_member
from db.services.sale_rewards import revoke_following, uncarry_rewards
from db.services.shifts import shift_here
from db.services.sold import SoldSale, read_sold
from db.services.stored_value_sales import carry_back, value_back
from db.storage.returns import ReturnedSums, ReturnRow
from db.storage.totals import CounterDay, DayFigures
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReturn:
    """A cashier takes goods back."""

    op: OperationId
    by: Actor
    asked: Asked
    reason: str = ""


def take_return(work: UnitOfWork, command: TakeReturn) -> ReturnEffect:
    """Take goods back once, however often the command arrives.

    Raises:
        NoSuchSale, SaleElsewhere, AlreadyReversed, SaleOfAnotherMember, NotReturnable: of the sale.
        UnknownLine, QuantityInvalid, OverReturn, OverReturnedAmount, LinesRequired: of the goods.
        RefundDoesNotMatch, RefundBeyondTender: of the money.
        NotPermitted: when the actor may not.
    """
    require(command.by, Permission.RETURN)
    if (written := written_before(work, command.op, "return")) is not None:
        return _told_again(work, written)
    plan = plan_return(work.sql, command.asked, home=work.home, on=work.today)
    sale = plan.sold.row
    body = _body(work, plan, command)
    operation = append(
        work,
        Draft(
            op=command.op,
            kind="return",
            body=body,
            by=command.by,
            member_id=sale.member_id,
            reference=sale.sale_id,
            rule=sale.program or None,
        ),
    )
    apply_return(work, operation, None)
    let_go(work, operation, sale.sale_id, value=body.value, offers=body.offers)
    if plan.effect.whole:
        revoke_following(work, operation, sale.sale_id, by=command.by)
    return plan.effect


def apply_return(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a return into the tables; more than was sold is a conflict."""
    body = msgspec.convert(operation.envelope.b, ReturnBody)
    reference = operation.envelope.ref
    assert reference is not None, "a return names its sale"
    sold = read_sold(work.sql, SaleId(parse_id(reference)))
    assert sold is not None, "the sale is known before its return"
    assert sold.row.reversed_by is None, "the sale was undone or voided before"
    assert operation.member == sold.row.member_id, "a member was attached meanwhile"
    whole = _whole_after(sold, body)
    work.returns.add(return_row(operation, body), [_kept_line(line) for line in body.lines])
    sums = ReturnedSums(body.paid, body.earned, body.redeemed, whole)
    work.returns.sum_up(sold.row.sale_id, sums)
    work.ledger.post(
        operation.op,
        reversal_movements(operation, body),
        opening=new_lots(operation, body.renewed),
    )
    carry_idle(work, operation, body.renewed)
    work.leases.give_back(body.restored)
    carry_back(work, operation, body.value, sale_id=sold.row.sale_id)
    carry_offers_back(work, operation, body.offers, sale_id=sold.row.sale_id)
    _count(work, operation, sold, sums=sums)
    if whole:
        uncarry_rewards(work, operation, sold.row)


def return_row(operation: Operation, body: ReturnBody) -> ReturnRow:
    """Return the row that a return operation is kept as."""
    envelope = operation.envelope
    assert envelope.ref is not None, "a return names its sale"
    return ReturnRow(
        op=operation.op,
        sale_id=parse_id(envelope.ref),
        member_id=operation.member,
        paid=body.paid,
        discount=body.discount,
        redeemed=body.redeemed,
        redeemed_value=body.redeemed_value,
        earned=body.earned,
        lapsed=body.lapsed,
        owed=body.owed,
        tenders=body.tenders,
        kept_tier=body.kept,
        kept_rank=body.kept_rank,
        reason=body.reason,
        branch_id=parse_id(envelope.store),
        counter_id=parse_id(envelope.dev),
        staff_id=None if envelope.staff is None else parse_id(envelope.staff),
        approver_id=None if body.approver is None else parse_id(body.approver),
        shift_id=None if body.shift is None else parse_id(body.shift),
        returned_at=envelope.wall,
        business_day=envelope.bd,
    )


def _body(work: UnitOfWork, plan: ReturnPlan, command: TakeReturn) -> ReturnBody:
    effect, sold, back = plan.effect, plan.sold, plan.back
    kept = _kept(work, sold, work.program(work.today)) if effect.whole else None
    return ReturnBody(
        lines=effect.lines,
        paid=effect.paid,
        discount=effect.discount,
        redeemed=effect.redeemed,
        redeemed_value=effect.redeemed_value,
        earned=effect.earned,
        tenders=effect.tenders,
        taken=back.taken,
        lapsed=back.lapsed,
        owed=back.owed,
        restored=back.restored,
        renewed=grace_lot(work, back.grace),
        kept=None if kept is None else kept[0],
        kept_rank=None if kept is None else kept[1],
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        shift=shift_here(work),
        approver=id_text(command.by.approver_id),
        whole=effect.whole,
        value=value_back(
            work,
            sold.row.sale_id,
            sold.body.value,
            due=sold.body.due,
            returned=sold.sums.amount + effect.paid,
        ),
        offers=offers_back(
            work,
            sold.row.sale_id,
            sold.body,
            whole_lines=_lines_back(sold, effect.lines),
            whole=effect.whole,
        ),
    )


def _lines_back(sold: SoldSale, lines: tuple[ReturnedLine, ...]) -> list[int]:
    """Return the lines, from 1, of which nothing is left after a return."""
    now = {line.line: line.cumulative for line in lines}
    return [
        number
        for number, line in enumerate(sold.left.lines, start=1)
        if max(now.get(number, 0), line.returned) >= line.of
    ]


def _kept(work: UnitOfWork, sold: SoldSale, program: Program) -> tuple[str, int] | None:
    return kept_level(
        work.sql,
        sold,
        home=work.home,
        program=program,
        on=work.today,
        now_ms=trusted_now(work),
    )


def _whole_after(sold: SoldSale, body: ReturnBody) -> bool:
    """Return whether nothing is left of a sale after a return; assert that so much was left."""
    back = {line.line: line for line in body.lines}
    assert back.keys() <= set(range(1, len(sold.left.lines) + 1)), "every line is one of the sale's"
    whole = True
    for number, line in enumerate(sold.left.lines, start=1):
        now = back.get(number)
        returned = line.returned + (0 if now is None else now.quantity)
        assert returned <= line.of, "more comes back than was sold"
        whole = whole and returned == line.of
    return whole


def _kept_line(line: ReturnedLine) -> tuple[int, int, LineShare]:
    share = LineShare(line.earned, line.redeemed, line.redeemed_value, line.discount, line.paid)
    return line.line, line.quantity, share


def _count(work: UnitOfWork, operation: Operation, sold: SoldSale, *, sums: ReturnedSums) -> None:
    """Count the return on its own day, and take it off what the member has bought."""
    envelope, member_id = operation.envelope, sold.row.member_id
    work.totals.add_day(
        CounterDay(parse_id(envelope.store), parse_id(envelope.dev), envelope.bd),
        DayFigures(
            returns=1,
            returned_amount=sums.amount,
            returned_earned=sums.earned,
            returned_redeemed=sums.redeemed,
        ),
    )
    if member_id is None:
        return
    if sums.whole:
        remove_from_member(work, sold.row, sold.sums)
    else:
        work.totals.take_off(
            member_id, spend=sums.amount, earned=sums.earned, redeemed=sums.redeemed
        )


def _told_again(work: UnitOfWork, operation: Operation) -> ReturnEffect:
    """Return the outcome of a return that stands already."""
    body = msgspec.convert(operation.envelope.b, ReturnBody)
    row = return_row(operation, body)
    sold = read_sold(work.sql, SaleId(row.sale_id))
    assert sold is not None, "a return's sale is here"
    back = PointsBack(body.taken, body.lapsed, body.owed, body.restored)
    grace = sum(award.points for award in body.renewed)
    return ReturnEffect(
        sale_id=SaleId(row.sale_id),
        member_id=sold.row.member_id,
        lines=body.lines,
        paid=body.paid,
        tenders=body.tenders,
        discount=body.discount,
        earned=body.earned,
        lapsed=body.lapsed,
        owed=body.owed,
        redeemed=body.redeemed,
        redeemed_value=body.redeemed_value,
        grace=grace,
        pending=0 if work.home.own_authority else back.to_member + grace,
        whole=sold.sums.whole,
    )
