"""Paying stored value in and out: one act, one operation, counted in the drawer of its shift."""

from dataclasses import dataclass
from datetime import date

import msgspec

from db.domain.holds import spent_of_holds
from db.domain.ids import LotId, MemberId, OperationId, parse_id, text_of
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.reversals import ReasonMissing
from db.domain.staff import Actor, Permission, require
from db.domain.stored_value.facts import (
    TOP_UP_TENDERS,
    HoldSpend,
    RefundBody,
    TopUpBody,
    bonus_fact,
    refund_movements,
    top_up_movements,
    value_shares,
)
from db.domain.stored_value.purse import Purse, ValueRefund, refund, taken_back, top_up
from db.domain.stored_value.refusals import (
    NoSuchTopUp,
    StoredValueElsewhere,
    StoredValueNotOffered,
)
from db.services.journal import Draft, append, written_before
from db.services.members import active_member
from db.services.shifts import shift_here
from db.services.stored_value_sales import held_here, open_bonus_lots, owner_of, place_of
from db.storage.stored_value import ValueEntryRow, member_purse
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUpValue:
    """A member pays so many 分 in, with a tender of `TOP_UP_TENDERS`."""

    op: OperationId
    member_id: MemberId
    by: Actor
    pay: int
    tender: str = "cash"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundValue:
    """A member gets principal back, all of it without an amount (分), for a reason.

    With `top_up` that one top-up was a mistake, and is taken back whole with its own bonus.
    """

    op: OperationId
    member_id: MemberId
    by: Actor
    reason: str
    amount: int | None = None
    top_up: OperationId | None = None
    tender: str = "cash"


@dataclass(frozen=True, slots=True)
class ValueMoved:
    """What was paid in (below zero: out) and the bonus with it, and both balances after; 分."""

    member_id: MemberId
    paid: int
    bonus: int
    bonus_expires_on: date | None
    principal_after: int
    bonus_after: int


def top_up_value(work: UnitOfWork, command: TopUpValue) -> ValueMoved:
    """Pay money in once, however often the command arrives; the ladder adds its bonus.

    Raises:
        StoredValueNotOffered, OverMaxBalance: as their names say.
        NoSuchMember, MemberNotActive, NotPermitted: when the member or the actor may not.
    """
    require(command.by, Permission.TOP_UP)
    assert command.pay > 0, "a top-up pays something in"
    assert command.tender in TOP_UP_TENDERS, "input is checked before"
    if (written := written_before(work, command.op, "top_up")) is not None:
        return _moved(work, written)
    member_id = active_member(work, command.member_id).member_id
    if (terms := work.program(work.today).stored_value) is None:
        raise StoredValueNotOffered
    purse = member_purse(work.sql, member_id)
    paid = top_up(terms, purse, command.pay, on=work.today)
    lot = LotId(work.new_id())
    body = TopUpBody(
        pay=paid.pay,
        bonus=(bonus_fact(lot, paid.bonus, paid.expires_on),) if paid.bonus else (),
        tender=command.tender,
        shift=shift_here(work),
        approver=id_text(command.by.approver_id),
    )
    operation = _append(work, command.op, "top_up", body=body, by=command.by, member_id=member_id)
    apply_top_up(work, operation, None)
    return _moved(work, operation)


def refund_value(work: UnitOfWork, command: RefundValue) -> ValueMoved:
    """Pay principal out once; the bonus is void with it.

    Raises:
        NothingToRefund, RefundOverPrincipal, StoredValueElsewhere, ReasonMissing: when it cannot.
        NoSuchTopUp, TopUpSpent: when that top-up cannot be taken back.
        NoSuchMember, MemberNotActive, NotPermitted, ApprovalNeeded: as their names say.
    """
    require(command.by, Permission.REFUND)
    assert command.tender in TOP_UP_TENDERS, "input is checked before"
    if (written := written_before(work, command.op, "refund")) is not None:
        return _moved(work, written)
    if not command.reason.strip():
        raise ReasonMissing
    member_id = active_member(work, command.member_id).member_id
    purse = member_purse(work.sql, member_id)
    paid_out = (
        refund(purse, command.amount, on=work.today)
        if command.top_up is None
        else _mistaken(work, member_id, purse, top_up=command.top_up)
    )
    holds = _holds_for(work, member_id, purse, paid_out=paid_out)
    body = RefundBody(
        principal=paid_out.principal,
        voided=value_shares(paid_out.voided),
        tender=command.tender,
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        shift=shift_here(work),
        approver=id_text(command.by.approver_id),
        holds=holds,
    )
    operation = _append(
        work,
        command.op,
        "refund",
        body=body,
        by=command.by,
        member_id=member_id,
        reference=command.top_up,
    )
    apply_refund(work, operation, None)
    return _moved(work, operation)


def apply_top_up(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a top-up into the tables."""
    body = msgspec.convert(operation.envelope.b, TopUpBody)
    open_bonus_lots(work, operation, body.bonus)
    work.values.post(place_of(operation, sale_id=None), top_up_movements(operation, body))
    work.values.enter(entry_row(operation))


def apply_refund(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a refund into the tables."""
    body = msgspec.convert(operation.envelope.b, RefundBody)
    work.values.post(place_of(operation, sale_id=None), refund_movements(operation, body))
    work.holds.spend(operation.op, body.holds)
    work.values.enter(entry_row(operation))


def entry_row(operation: Operation) -> ValueEntryRow:
    """Return the row that a top-up or a refund is kept as."""
    envelope = operation.envelope
    if envelope.t == "top_up":
        body: TopUpBody | RefundBody = msgspec.convert(envelope.b, TopUpBody)
    else:
        body = msgspec.convert(envelope.b, RefundBody)
    principal, bonus, reason = _figures(body)
    return ValueEntryRow(
        op=operation.op,
        kind=envelope.t,
        member_id=owner_of(operation),
        principal=principal,
        bonus=bonus,
        tender=body.tender,
        reason=reason,
        branch_id=parse_id(envelope.store),
        counter_id=parse_id(envelope.dev),
        staff_id=None if envelope.staff is None else parse_id(envelope.staff),
        approver_id=None if body.approver is None else parse_id(body.approver),
        shift_id=None if body.shift is None else parse_id(body.shift),
        entered_at=envelope.wall,
        business_day=envelope.bd,
        top_up=None if envelope.ref is None else parse_id(envelope.ref),
    )


def _figures(body: TopUpBody | RefundBody) -> tuple[int, int, str]:
    """Return principal, bonus and reason of an entry; a refund's figures are below zero."""
    if isinstance(body, TopUpBody):
        return body.pay, sum(lot.amount for lot in body.bonus), ""
    return -body.principal, -sum(share.amount for share in body.voided), body.reason


def _append(
    work: UnitOfWork,
    op: OperationId,
    kind: str,
    *,
    body: TopUpBody | RefundBody,
    by: Actor,
    member_id: MemberId,
    reference: OperationId | None = None,
) -> Operation:
    draft = Draft(
        op=op,
        kind=kind,
        body=body,
        by=by,
        member_id=member_id,
        reference=reference,
        rule=work.program(work.today).mark,
    )
    return append(work, draft)


def _mistaken(
    work: UnitOfWork, member_id: MemberId, purse: Purse, *, top_up: OperationId
) -> ValueRefund:
    """Return what taking one of the member's top-ups back pays out."""
    written = work.operations.find(top_up)
    if (
        written is None
        or written.envelope.t != "top_up"
        or written.member != member_id
        or work.values.was_taken_back(top_up)
    ):
        raise NoSuchTopUp(text_of(top_up))
    body = msgspec.convert(written.envelope.b, TopUpBody)
    lots = tuple((LotId(parse_id(lot.lot)), lot.amount) for lot in body.bonus)
    return taken_back(purse, body.pay, lots, on=work.today)


def _moved(work: UnitOfWork, operation: Operation) -> ValueMoved:
    row = entry_row(operation)
    purse = member_purse(work.sql, row.member_id)
    lots = operation.envelope.b.get("bonus", ())
    last_day = lots[0].get("expires_on") if lots else None
    return ValueMoved(
        member_id=row.member_id,
        paid=row.principal,
        bonus=row.bonus,
        bonus_expires_on=None if last_day is None else date.fromisoformat(last_day),
        principal_after=purse.principal,
        bonus_after=purse.bonus(work.today),
    )


def _holds_for(
    work: UnitOfWork, member_id: MemberId, purse: Purse, *, paid_out: ValueRefund
) -> tuple[HoldSpend, ...]:
    """Return the holds that a refund comes out of; refuse what another counter may be spending."""
    if work.home.own_authority:
        return ()
    here = held_here(work, member_id, purse)
    principal, bonus = here.purse.spendable(work.today)
    if paid_out.principal > principal or paid_out.bonus > bonus:
        raise StoredValueElsewhere(
            requested_minor=paid_out.principal,
            largest_minor=principal if paid_out.bonus <= bonus else 0,
            balance_minor=purse.principal,
        )
    return spent_of_holds(here.holds, paid_out.principal, paid_out.voided)
