"""Signing in by PIN, wrong ones counted; and who works here: added, given a new PIN, left.

A service that refuses rolls its transaction back, so a wrong PIN is an outcome here, not a
refusal raised inside: the miss has to be remembered. Staff of an enrolled counter are head
office's; they come with its book, and nothing here changes them.
"""

from dataclasses import dataclass, replace

from db.domain.ids import StaffId, text_of
from db.domain.refusals import Refusal
from db.domain.staff import (
    PIN_BACKOFF_MS,
    Actor,
    Permission,
    PinLocked,
    Role,
    WeakPin,
    WrongPin,
    check_pin,
    locked_until,
    require,
)
from db.domain.staff_changes import (
    CodeTaken,
    LastManager,
    StaffAtHeadOffice,
    checked_code,
    checked_name,
)
from db.storage.staff import StaffRow, hash_pin, pin_matches
from db.storage.staff_desk import StaffDeskRepository
from db.storage.unit_of_work import UnitOfWork


@dataclass(eq=False)
class NoSuchStaff(Refusal):
    """Nobody who works here answers to that."""

    wanted: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The PIN is right; this is who acts from now on, once he has a PIN of his own."""

    staff_id: StaffId
    code: str
    name: str
    role: Role
    pin_once: bool = False

    @property
    def actor(self) -> Actor:
        """Return the person as one who acts alone."""
        return Actor(self.staff_id, self.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStaff:
    """A manager adds a person who works here."""

    staff_id: StaffId
    by: Actor
    code: str
    name: str
    role: Role
    pin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPin:
    """A manager gives a person a new PIN; `who` is his id or his code."""

    by: Actor
    who: str | StaffId
    pin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveStaff:
    """A manager says that a person works here no more; what he did keeps his name."""

    by: Actor
    who: str | StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStaff:
    """A manager gives a person another name or role; `who` is his id or his code."""

    by: Actor
    who: str | StaffId
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person of the staff as he is now."""

    staff_id: StaffId
    code: str
    name: str
    role: Role
    active: bool


def sign_in(work: UnitOfWork, *, who: str | StaffId, pin: str) -> SignedIn | WrongPin | PinLocked:
    """Check a PIN; return who it is, or how it failed, with the miss remembered.

    Args:
        work: the transaction.
        who: a staff id, or the code that a person goes by.
        pin: as typed.

    Raises:
        NoSuchStaff: when nobody active answers to `who`.
    """
    row = _active(work, who)
    now = work.at_ms
    if row.locked_until > now:
        return PinLocked(_still_locked(work, row, now))
    if not pin_matches(row.pin_hash, pin):
        misses = row.pin_misses + 1
        until = locked_until(misses, now)
        work.staff.note_pin(row.staff_id, misses=misses, locked_until=until)
        return PinLocked(until) if until else WrongPin(misses)
    if row.pin_misses:
        work.staff.note_pin(row.staff_id, misses=0, locked_until=0)
    desk = StaffDeskRepository(work.sql)
    desk.signed_in(row.staff_id, now)
    once = desk.of(row.staff_id).pin_once
    return SignedIn(row.staff_id, row.code, row.name, row.role, once)


def _still_locked(work: UnitOfWork, row: StaffRow, now: int) -> int:
    """Return until when a locked PIN stays locked.

    A lock that ends later than any lock lasts was set by a clock that ran ahead, or the clock was
    set back: it begins again by the clock there is, so it neither falls at once nor lasts years.
    """
    until = min(row.locked_until, now + PIN_BACKOFF_MS[-1])
    if until != row.locked_until:
        work.staff.note_pin(row.staff_id, misses=row.pin_misses, locked_until=until)
    return until


def add_staff(work: UnitOfWork, command: AddStaff) -> StaffMember:
    """Add a person; the same id again writes him anew.

    Raises:
        NotPermitted, StaffAtHeadOffice: when the staff are not this actor's to change.
        WeakPin, FieldInvalid, CodeTaken: when PIN, code or name may not be.
    """
    _check_may_change(work, command.by)
    check_pin(command.pin)
    code, name = checked_code(command.code), checked_name(command.name)
    taken = work.staff.by_code(code)
    if taken is not None and taken.staff_id != command.staff_id:
        raise CodeTaken(code, taken.name, "active" if taken.active else "left")
    row = StaffRow(
        staff_id=command.staff_id,
        code=code,
        name=name,
        role=command.role,
        pin_hash=hash_pin(command.pin),
        pin_misses=0,
        locked_until=0,
        active=True,
        member_id=None,
    )
    return _put(work, row)


def reset_pin(work: UnitOfWork, command: ResetPin) -> StaffMember:
    """Give a person a new PIN; the misses and the lock of the old one are forgotten.

    Raises:
        NotPermitted, StaffAtHeadOffice: when the staff are not this actor's to change.
        NoSuchStaff, WeakPin: as they say.
    """
    _check_may_change(work, command.by)
    row = _active(work, command.who)
    check_pin(command.pin)
    StaffDeskRepository(work.sql).put_pin_once(row.staff_id, once=False)
    return _put(work, replace(row, pin_hash=hash_pin(command.pin)))


def change_staff(work: UnitOfWork, command: ChangeStaff) -> StaffMember:
    """Give a person another name or role; PIN and code stay.

    Raises:
        NotPermitted, StaffAtHeadOffice: when the staff are not this actor's to change.
        NoSuchStaff, FieldInvalid: as they say.
        LastManager: when nobody would be left who may change anything.
    """
    _check_may_change(work, command.by)
    row = _active(work, command.who)
    name = checked_name(command.name)
    if command.role is not Role.MANAGER and work.staff.managers() == [row.staff_id]:
        raise LastManager(row.code)
    return _put(work, replace(row, name=name, role=command.role))


def own_pin(work: UnitOfWork, staff_id: StaffId, pin: str) -> StaffMember:
    """Let a person's PIN be one that he chose himself.

    Raises:
        NoSuchStaff: when he is gone.
        WeakPin: `same` when it is the PIN that he has.
    """
    row = _active(work, staff_id)
    if pin_matches(row.pin_hash, pin):
        raise WeakPin("same")
    return _put(work, replace(row, pin_hash=hash_pin(pin)))


def active_person(work: UnitOfWork, who: str | StaffId) -> StaffMember:
    """Return a person who may sign in; raise `NoSuchStaff` when there is none."""
    row = _active(work, who)
    return StaffMember(row.staff_id, row.code, row.name, row.role, row.active)


def leave_staff(work: UnitOfWork, command: LeaveStaff) -> StaffMember:
    """Let a person sign in no more; his code stays his, for what he did is told under it.

    Raises:
        NotPermitted, StaffAtHeadOffice: when the staff are not this actor's to change.
        NoSuchStaff, LastManager: as they say.
    """
    _check_may_change(work, command.by)
    row = _active(work, command.who)
    if work.staff.managers() == [row.staff_id]:
        raise LastManager(row.code)
    return _put(work, replace(row, active=False))


def _check_may_change(work: UnitOfWork, by: Actor) -> None:
    require(by, Permission.SETTINGS)
    if not work.home.own_authority:
        raise StaffAtHeadOffice


def _active(work: UnitOfWork, who: str | StaffId) -> StaffRow:
    row = work.staff.by_code(who) if isinstance(who, str) else work.staff.by_id(who)
    if row is None or not row.active:
        raise NoSuchStaff(who if isinstance(who, str) else text_of(who))
    return row


def _put(work: UnitOfWork, row: StaffRow) -> StaffMember:
    work.staff.put(row)
    return StaffMember(row.staff_id, row.code, row.name, row.role, row.active)
