"""Opening and closing a shift: facts like sales, and closing is never blocked by sync."""

from dataclasses import dataclass

import msgspec

from db.domain.ids import OperationId, ShiftId, StaffId, parse_id, text_of
from db.domain.operations import Operation, Personal, id_text
from db.domain.refusals import Refusal
from db.domain.shifts import ShiftCloseBody, ShiftOpenBody, may_close
from db.domain.staff import Actor, Permission, require
from db.services.journal import Draft, append
from db.storage.shifts import ShiftRow
from db.storage.unit_of_work import UnitOfWork


@dataclass(eq=False)
class ShiftAlreadyOpen(Refusal):
    """This counter has an open shift; close it first."""

    number: int


@dataclass(eq=False)
class NoOpenShift(Refusal):
    """This counter has no open shift."""


@dataclass(eq=False)
class NotYourShift(Refusal):
    """Another opened this shift; he closes it, or a shift lead or manager does."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenShift:
    """A cashier begins at this counter with so many 分 in the drawer."""

    op: OperationId
    by: Actor
    opening_float: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseShift:
    """A cashier hands over: what he counted and what the till's Z says, in 分, if he did."""

    op: OperationId
    by: Actor
    counted: int | None = None
    till_total: int | None = None


@dataclass(frozen=True, slots=True)
class ShiftOpened:
    """The shift is open."""

    shift_id: ShiftId
    number: int


@dataclass(frozen=True, slots=True)
class ShiftClosed:
    """The shift is closed."""

    shift_id: ShiftId
    number: int


def open_shift(work: UnitOfWork, command: OpenShift) -> ShiftOpened:
    """Open a shift; refuse with `ShiftAlreadyOpen` when one is open here."""
    require(command.by, Permission.SHIFT)
    if (written := work.shifts.by_id(ShiftId(command.op))) is not None:
        return ShiftOpened(ShiftId(command.op), written.number)
    if (standing := work.shifts.open_here(work.home.counter_id)) is not None:
        raise ShiftAlreadyOpen(standing.number)
    number = work.shifts.next_number(work.home.counter_id)
    body = ShiftOpenBody(number=number, opening_float=command.opening_float)
    operation = append(work, Draft(op=command.op, kind="shift_open", body=body, by=command.by))
    apply_shift_open(work, operation, None)
    return ShiftOpened(ShiftId(command.op), number)


def close_shift(work: UnitOfWork, command: CloseShift) -> ShiftClosed:
    """Close the open shift; refuse with `NoOpenShift` when there is none.

    A cashier closes his own; another's is refused with `NotYourShift`.
    """
    require(command.by, Permission.SHIFT)
    if (written := work.operations.find(command.op)) is not None:
        body = msgspec.convert(written.envelope.b, ShiftCloseBody)
        shift_id = ShiftId(parse_id(body.shift))
        closed = work.shifts.by_id(shift_id)
        assert closed is not None, "its operation is here"
        return ShiftClosed(shift_id, closed.number)
    standing = work.shifts.open_here(work.home.counter_id)
    if standing is None:
        raise NoOpenShift
    opener_id = None if standing.staff_id is None else StaffId(standing.staff_id)
    if not may_close(command.by, opener_id):
        raise NotYourShift(standing.number)
    body = ShiftCloseBody(
        shift=text_of(standing.shift_id),
        counted=command.counted,
        till_total=command.till_total,
        approver=id_text(command.by.approver_id),
    )
    operation = append(work, Draft(op=command.op, kind="shift_close", body=body, by=command.by))
    apply_shift_close(work, operation, None)
    return ShiftClosed(ShiftId(standing.shift_id), standing.number)


def apply_shift_open(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry an opening into the tables."""
    body = msgspec.convert(operation.envelope.b, ShiftOpenBody)
    envelope = operation.envelope
    work.shifts.add(
        ShiftRow(
            shift_id=operation.op,
            number=body.number,
            branch_id=parse_id(envelope.store),
            counter_id=parse_id(envelope.dev),
            staff_id=None if envelope.staff is None else parse_id(envelope.staff),
            business_day=envelope.bd,
            opened_at=envelope.wall,
            opening_float=body.opening_float,
            closed_at=None,
            closed_by=None,
            counted=None,
            till_total=None,
        )
    )


def apply_shift_close(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a closing into the tables; its opening may come behind it."""
    body = msgspec.convert(operation.envelope.b, ShiftCloseBody)
    envelope, shift_id = operation.envelope, parse_id(body.shift)
    branch_id, counter_id = parse_id(envelope.store), parse_id(envelope.dev)
    work.shifts.foresee(shift_id, branch_id=branch_id, counter_id=counter_id, day=envelope.bd)
    work.shifts.close(
        shift_id,
        closed_at=envelope.wall,
        closed_by=None if envelope.staff is None else parse_id(envelope.staff),
        counted=body.counted,
        till_total=body.till_total,
    )


def shift_here(work: UnitOfWork) -> str | None:
    """Return the id, as text, of the shift that is open at this counter, if one is."""
    shift = work.shifts.open_here(work.home.counter_id)
    return None if shift is None else text_of(shift.shift_id)
