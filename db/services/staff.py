"""Signing in by PIN, and approving by PIN: wrong ones are counted and slow down.

A service that refuses rolls its transaction back, so a wrong PIN is an outcome here, not a
refusal raised inside: the miss has to be remembered.
"""

from dataclasses import dataclass

from db.domain.ids import StaffId
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
from db.storage.staff import StaffRow, hash_pin, pin_matches
from db.storage.unit_of_work import UnitOfWork


@dataclass(eq=False)
class NoSuchStaff(Refusal):
    """Nobody who works here answers to that."""

    wanted: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The PIN is right; this is who acts from now on."""

    staff_id: StaffId
    code: str
    name: str
    role: Role

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


def sign_in(work: UnitOfWork, *, who: str | StaffId, pin: str) -> SignedIn | WrongPin | PinLocked:
    """Check a PIN; return who it is, or how it failed, with the miss remembered.

    Args:
        work: the transaction.
        who: a staff id, or the code that a person goes by.
        pin: as typed.

    Raises:
        NoSuchStaff: when nobody active answers to `who`.
    """
    row = work.staff.by_code(who) if isinstance(who, str) else work.staff.by_id(who)
    if row is None or not row.active:
        raise NoSuchStaff(who if isinstance(who, str) else who.hex())
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
    return SignedIn(row.staff_id, row.code, row.name, row.role)


def _still_locked(work: UnitOfWork, row: StaffRow, now: int) -> int:
    """Return until when a locked PIN stays locked.

    A lock that ends later than any lock lasts was set by a clock that ran ahead, or the clock was
    set back: it begins again by the clock there is, so it neither falls at once nor lasts years.
    """
    until = min(row.locked_until, now + PIN_BACKOFF_MS[-1])
    if until != row.locked_until:
        work.staff.note_pin(row.staff_id, misses=row.pin_misses, locked_until=until)
    return until


def add_staff(work: UnitOfWork, command: AddStaff) -> SignedIn:
    """Add a person; refuse a weak PIN or a code that is taken."""
    require(command.by, Permission.SETTINGS)
    check_pin(command.pin)
    taken = work.staff.by_code(command.code)
    if taken is not None and taken.staff_id != command.staff_id:
        raise WeakPin("code_taken")
    work.staff.put(
        StaffRow(
            staff_id=command.staff_id,
            code=command.code,
            name=command.name,
            role=command.role,
            pin_hash=hash_pin(command.pin),
            pin_misses=0,
            locked_until=0,
            active=True,
            member_id=None,
        )
    )
    return SignedIn(command.staff_id, command.code, command.name, command.role)
