"""Attaching a member to a sale that was rung up without one: one operation, and the sale is his.

The sale's own row has him from then on, with the points he earned; the operation of the sale stays
as it was confirmed, and `verify` puts the two together.
"""

from dataclasses import dataclass

import msgspec

from db.domain.attaching import (
    AttachTooLate,
    SaleHasMember,
    SaleHasReturns,
    TillReceiptDiffers,
    as_sold,
    basket_as_sold,
)
from db.domain.evaluation import SaleResult, evaluate_sale
from db.domain.ids import MemberId, OperationId, SaleId, parse_id, text_of
from db.domain.ledger import EntryKind
from db.domain.operations import Operation, Personal, id_text
from db.domain.return_facts import AttachBody
from db.domain.reversals import AlreadyReversed
from db.domain.sales import award_movements
from db.domain.staff import Actor, Permission, require
from db.services.journal import Draft, append, written_before
from db.services.lots import award_facts, new_lots
from db.services.members import active_member
from db.services.offers import coupon_rows, new_coupons, offers_for
from db.services.reversals import NoSuchSale
from db.services.sale_rewards import carry_rewards, follow_sale
from db.services.sales import level_raised
from db.services.shifts import shift_here
from db.services.sold import SoldSale, read_sold
from db.services.standing import standing_now
from db.storage.totals import CounterDay, DayFigures
from db.storage.unit_of_work import UnitOfWork

_KEEP = (
    "INSERT INTO sale_attach (op, sale_id, member_id, branch_id, counter_id, staff_id, approver_id,"
    " attached_at, business_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_HIS = (
    "UPDATE sale SET member_id = ?2, earned = ?3, tier = ?4, raised_to = ?5, raised_rank = ?6"
    " WHERE sale_id = ?1"
)
_EARNED = "UPDATE sale_line SET earned = ?3 WHERE sale_id = ?1 AND line = ?2"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachMember:
    """A cashier attaches a member to a sale of today; `till_receipt` is what the customer shows."""

    op: OperationId
    by: Actor
    sale_id: SaleId
    member_id: MemberId
    till_receipt: str | None = None


@dataclass(frozen=True, slots=True)
class MemberAttached:
    """The sale is the member's; `balance` are his available points after it."""

    sale_id: SaleId
    member_id: MemberId
    due: int
    earned: int
    balance: int
    tier: str
    raised_to: str | None
    explanation: tuple[dict[str, object], ...]


def attach_member(work: UnitOfWork, command: AttachMember) -> MemberAttached:
    """Attach a member once, however often the command arrives.

    Raises:
        NoSuchSale, SaleHasMember, AttachTooLate, SaleHasReturns, AlreadyReversed,
            TillReceiptDiffers: when the sale cannot be his.
        NoSuchMember, MemberNotActive, NotPermitted: as their names say.
    """
    require(command.by, Permission.SELL)
    if (written := written_before(work, command.op, "attach")) is not None:
        return _outcome(work, written)
    member_id = active_member(work, command.member_id).member_id
    sold = _to_attach(work, command)
    program = as_sold(work.program(work.today))
    standing = standing_now(work, member_id)
    result = evaluate_sale(
        program,
        basket_as_sold(sold.body, branch=text_of(sold.row.branch_id)),
        standing.facts,
        on=work.today,
        at_ms=sold.row.sold_at,
        offers=offers_for(work, member_id, program=program),
    )
    raised = level_raised(program.ladder, standing, result)
    operation = append(
        work,
        Draft(
            op=command.op,
            kind="attach",
            body=_body(work, command, result, raised=raised),
            by=command.by,
            member_id=member_id,
            reference=command.sale_id,
            rule=program.mark,
        ),
    )
    apply_attach(work, operation, None)
    follow_sale(work, operation, visits=standing.facts.visits, by=command.by)
    return _outcome(work, operation)


def apply_attach(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry an attached member into the tables; a second one is a conflict."""
    body = msgspec.convert(operation.envelope.b, AttachBody)
    sold, member = _named(work, operation)
    assert sold.row.member_id is None, "a member was attached before"
    assert sold.row.reversed_by is None, "the sale was undone or voided before"
    assert not sold.has_returns, "something was returned before"
    assert len(body.earned_by_line) == len(sold.body.lines), "every line says what it earned"
    sale_id = sold.row.sale_id
    his = (body.earned, body.tier, body.raised_to, body.raised_rank)
    work.sql.run(_HIS, (sale_id, member, *his))
    lines = enumerate(body.earned_by_line, start=1)
    work.sql.run_many(_EARNED, [(sale_id, line, earned) for line, earned in lines])
    work.sql.run(_KEEP, attach_row(operation, body))
    work.coupons.issue(coupon_rows(operation, body.issued))
    work.ledger.post(
        operation.op,
        award_movements(member, body.awards, EntryKind.EARN),
        opening=new_lots(operation, body.awards),
    )
    _count(work, member, sold, body=body)
    carry_rewards(work, operation, body)


def attach_row(operation: Operation, body: AttachBody) -> tuple[object, ...]:
    """Return the row that an attach is kept as."""
    envelope = operation.envelope
    assert envelope.ref is not None, "an attach names its sale"
    return (
        operation.op,
        parse_id(envelope.ref),
        operation.member,
        parse_id(envelope.store),
        parse_id(envelope.dev),
        None if envelope.staff is None else parse_id(envelope.staff),
        None if body.approver is None else parse_id(body.approver),
        envelope.wall,
        envelope.bd,
    )


def _to_attach(work: UnitOfWork, command: AttachMember) -> SoldSale:
    sold = read_sold(work.sql, command.sale_id)
    if sold is None:
        raise NoSuchSale(text_of(command.sale_id))
    sale = sold.row
    if sale.member_id is not None:
        raise SaleHasMember(sale.sale_id, sale.member_id)
    if sold.is_gone:
        raise AlreadyReversed(sale.sale_id)
    if sold.has_returns:
        raise SaleHasReturns(sale.sale_id, sold.sums.amount)
    if sale.business_day != work.today.isoformat():
        raise AttachTooLate(sale.sale_id, sale.business_day)
    if command.till_receipt is not None and command.till_receipt != sale.till_receipt:
        raise TillReceiptDiffers(sale.sale_id, command.till_receipt)
    return sold


def _body(
    work: UnitOfWork,
    command: AttachMember,
    result: SaleResult,
    *,
    raised: tuple[str, int] | None,
) -> AttachBody:
    return AttachBody(
        earned=result.earned,
        earned_by_line=tuple(line.earned for line in result.per_line),
        awards=award_facts(work, result.awards),
        issued=new_coupons(work, result.coupon_awards, work.program(work.today)),
        tags=result.tag_awards,
        tier=result.tier,
        raised_to=None if raised is None else raised[0],
        raised_rank=None if raised is None else raised[1],
        till_receipt=command.till_receipt,
        shift=shift_here(work),
        approver=id_text(command.by.approver_id),
        explanation=tuple(msgspec.to_builtins(part) for part in result.explanation),
    )


def _count(work: UnitOfWork, member_id: MemberId, sold: SoldSale, *, body: AttachBody) -> None:
    """Count the sale for its member and as a member's on its own day."""
    sale = sold.row
    work.totals.add_day(
        CounterDay(sale.branch_id, sale.counter_id, sale.business_day),
        DayFigures(member_sales=1, member_amount=sale.due, earned=body.earned),
    )
    before = work.totals.last_on(member_id)
    work.totals.add_visit(
        member_id,
        spend=sale.due,
        earned=body.earned,
        redeemed=0,
        business_day=sale.business_day,
        sold_at=sale.sold_at,
    )
    after = max(before or "", sale.business_day)
    work.grams.visited(member_id, was_on=before, last_on=after)


def _named(work: UnitOfWork, operation: Operation) -> tuple[SoldSale, MemberId]:
    """Return the sale that an attach names, and the member."""
    reference, member = operation.envelope.ref, operation.member
    assert reference is not None, "an attach names its sale"
    assert member is not None, "somebody is attached"
    sold = read_sold(work.sql, SaleId(parse_id(reference)))
    assert sold is not None, "the sale is known before its member"
    return sold, MemberId(member)


def _outcome(work: UnitOfWork, operation: Operation) -> MemberAttached:
    body = msgspec.convert(operation.envelope.b, AttachBody)
    sold, member_id = _named(work, operation)
    return MemberAttached(
        sale_id=sold.row.sale_id,
        member_id=member_id,
        due=sold.row.due,
        earned=body.earned,
        balance=standing_now(work, member_id).available,
        tier=body.tier,
        raised_to=body.raised_to,
        explanation=body.explanation,
    )
