"""The drawer opened by hand, and papers printed again: what an audit counts.

Cash put in or taken out belongs to the open shift and to what should lie in its drawer. A copy has
a number, given in the same transaction that records it, so no two copies of a counter share one.
"""

from dataclasses import dataclass

import msgspec

from db.domain.drawer import (
    DrawerOpenBody,
    NothingPrinted,
    ReprintBody,
    ShiftCashBody,
    checked_move,
    checked_reason,
)
from db.domain.ids import OperationId, ShiftId, parse_id, text_of
from db.domain.operations import Operation, Personal
from db.domain.staff import Actor, Permission, require
from db.services.journal import Draft, append, written_before
from db.services.shifts import NoOpenShift, shift_here
from db.storage.drawer import DrawerRepository, DrawerRow, ReprintRow
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCash:
    """Somebody puts `amount` 分 into the drawer, or takes them out (below zero)."""

    op: OperationId
    by: Actor
    amount: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDrawer:
    """Somebody opens the drawer without a sale."""

    op: OperationId
    by: Actor
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """Somebody prints the paper of an act again; `printed` is that act's operation."""

    op: OperationId
    by: Actor
    printed: OperationId


@dataclass(frozen=True, slots=True)
class CashMoved:
    """So many 分 were moved in this shift."""

    shift_id: ShiftId
    amount: int


@dataclass(frozen=True, slots=True)
class DrawerOpened:
    """It is recorded; now the drawer may be kicked open."""

    shift_id: ShiftId | None


@dataclass(frozen=True, slots=True)
class Reprinted:
    """It is recorded; now print copy number `copy`, from 1."""

    printed: OperationId
    copy: int


def move_cash(work: UnitOfWork, command: MoveCash) -> CashMoved:
    """Record cash put into the drawer of the open shift, or taken out.

    Raises:
        NoOpenShift, ReasonMissing: as their names say.
        NotAnAmount: for 0 and for more than any drawer holds.
        NotPermitted: when the actor has no shift of his own.
    """
    require(command.by, Permission.SHIFT)
    if (written := written_before(work, command.op, "shift_cash")) is not None:
        said = msgspec.convert(written.envelope.b, ShiftCashBody)
        return CashMoved(ShiftId(parse_id(said.shift)), said.amount)
    amount, reason = checked_move(command.amount), checked_reason(command.reason)
    shift = shift_here(work)
    if shift is None:
        raise NoOpenShift
    body = ShiftCashBody(shift=shift, amount=amount, reason=reason)
    draft = Draft(op=command.op, kind="shift_cash", body=body, by=command.by)
    apply_drawer(work, append(work, draft), None)
    return CashMoved(ShiftId(parse_id(shift)), amount)


def open_drawer(work: UnitOfWork, command: OpenDrawer) -> DrawerOpened:
    """Record that the drawer is opened without a sale; a shift need not be open.

    Raises:
        ReasonMissing: when no reason is given.
        NotPermitted: when the actor has no shift of his own.
    """
    require(command.by, Permission.SHIFT)
    if (written := written_before(work, command.op, "drawer_open")) is not None:
        return DrawerOpened(_shift(msgspec.convert(written.envelope.b, DrawerOpenBody).shift))
    shift = shift_here(work)
    body = DrawerOpenBody(reason=checked_reason(command.reason), shift=shift)
    draft = Draft(op=command.op, kind="drawer_open", body=body, by=command.by)
    apply_drawer(work, append(work, draft), None)
    return DrawerOpened(_shift(shift))


def record_reprint(work: UnitOfWork, command: Reprint) -> Reprinted:
    """Record that an act's paper is printed again; return which copy this is.

    Raises:
        NothingPrinted: when no such act is here.
        NotPermitted: when the actor may not sell.
    """
    require(command.by, Permission.SELL)
    if (written := written_before(work, command.op, "reprint")) is not None:
        said = msgspec.convert(written.envelope.b, ReprintBody)
        return Reprinted(command.printed, said.copy)
    if not work.operations.holds(command.printed):
        raise NothingPrinted(text_of(command.printed))
    copy = DrawerRepository(work.sql).copies(command.printed) + 1
    draft = Draft(
        op=command.op,
        kind="reprint",
        body=ReprintBody(copy=copy),
        by=command.by,
        reference=command.printed,
    )
    apply_reprint(work, append(work, draft), None)
    return Reprinted(command.printed, copy)


def apply_drawer(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a movement of cash, or an opening, into the drawer's log."""
    DrawerRepository(work.sql).enter(drawer_row(operation))


def apply_reprint(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a copy into the tables; the act it tells of may be held elsewhere."""
    DrawerRepository(work.sql).print_again(reprint_row(operation))


def drawer_row(operation: Operation) -> DrawerRow:
    """Return the row that a `shift_cash` or a `drawer_open` makes."""
    envelope = operation.envelope
    body: ShiftCashBody | DrawerOpenBody
    if envelope.t == "shift_cash":
        body = msgspec.convert(envelope.b, ShiftCashBody)
        amount = body.amount
    else:
        body, amount = msgspec.convert(envelope.b, DrawerOpenBody), 0
    return DrawerRow(
        op=operation.op,
        kind=envelope.t,
        shift_id=None if body.shift is None else parse_id(body.shift),
        amount=amount,
        reason=body.reason,
        counter_id=parse_id(envelope.dev),
        staff_id=None if envelope.staff is None else parse_id(envelope.staff),
        entered_at=envelope.wall,
        business_day=envelope.bd,
    )


def reprint_row(operation: Operation) -> ReprintRow:
    """Return the row that a `reprint` makes."""
    envelope = operation.envelope
    assert envelope.ref is not None, "a copy is a copy of something"
    return ReprintRow(
        op=operation.op,
        printed=parse_id(envelope.ref),
        copy=msgspec.convert(envelope.b, ReprintBody).copy,
        counter_id=parse_id(envelope.dev),
        staff_id=None if envelope.staff is None else parse_id(envelope.staff),
        entered_at=envelope.wall,
        business_day=envelope.bd,
    )


def _shift(text: str | None) -> ShiftId | None:
    return None if text is None else ShiftId(parse_id(text))
