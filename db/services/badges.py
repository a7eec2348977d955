"""Badges, and PINs that count once: what a counter does about its own people's way in.

A badge belongs to one counter. It signs in whoever holds it, so only a digest is kept, a new one
takes the old one's place, and who is gone or locked out by wrong PINs cannot use it either.
"""

from dataclasses import dataclass

from db.domain.badges import BADGE_CHANCE_BYTES, badge_code, badge_digest, read_badge
from db.domain.ids import StaffId
from db.domain.refusals import Refusal
from db.domain.staff import Actor, Permission, PinLocked, Role, check_pin, require
from db.services.set_up import random_pin
from db.services.staff import (
    AddStaff,
    ResetPin,
    SignedIn,
    StaffMember,
    active_person,
    add_staff,
    own_pin,
    reset_pin,
)
from db.storage.staff_desk import StaffDeskRepository
from db.storage.unit_of_work import UnitOfWork


@dataclass(eq=False)
class BadgeUnknown(Refusal):
    """No badge of this counter has that code, or its holder works here no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """A manager gives a person, or takes, a way in; `who` is his id or his code."""

    by: Actor
    who: str | StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class Hire:
    """A manager adds a person who works here; his PIN is made here."""

    staff_id: StaffId
    by: Actor
    code: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class BadgeGiven:
    """The badge; its code is told this once."""

    person: StaffMember
    badge: str


@dataclass(frozen=True, slots=True)
class PinGiven:
    """A PIN that counts until its owner chooses his own; it is told this once."""

    person: StaffMember
    pin: str


def give_badge(work: UnitOfWork, command: WayIn) -> BadgeGiven:
    """Make a badge for a person; his former one opens nothing more.

    Raises:
        NotPermitted: when the actor is no manager.
        NoSuchStaff: when nobody active answers to `who`.
    """
    require(command.by, Permission.SETTINGS)
    person = active_person(work, command.who)
    code = badge_code(work.chance(BADGE_CHANCE_BYTES))
    StaffDeskRepository(work.sql).put_badge(person.staff_id, badge_digest(code), at_ms=work.at_ms)
    return BadgeGiven(person, code)


def take_badge(work: UnitOfWork, command: WayIn) -> StaffMember:
    """Let a person's badge open nothing any more, because it is lost; raises as `give_badge`."""
    require(command.by, Permission.SETTINGS)
    person = active_person(work, command.who)
    StaffDeskRepository(work.sql).put_badge(person.staff_id, None, at_ms=work.at_ms)
    return person


def sign_in_by_badge(work: UnitOfWork, badge: str) -> SignedIn | PinLocked:
    """Sign in whoever holds a badge.

    Who is locked out by wrong PINs waits, badge or no badge; nothing is counted here, for a badge
    cannot be guessed.

    Raises:
        BadgeUnknown: when it is no badge of this counter.
    """
    code = read_badge(badge)
    desk = StaffDeskRepository(work.sql)
    holder = None if code is None else desk.holder_of(badge_digest(code))
    if holder is None:
        raise BadgeUnknown
    row = work.staff.by_id(holder)
    if row is None or not row.active:
        raise BadgeUnknown
    if row.locked_until > work.at_ms:
        return PinLocked(row.locked_until)
    desk.signed_in(row.staff_id, work.at_ms)
    return SignedIn(row.staff_id, row.code, row.name, row.role)


def hire(work: UnitOfWork, command: Hire) -> PinGiven:
    """Add a person with a PIN of chance, which he has to change when he signs in with it.

    Raises:
        NotPermitted, StaffAtHeadOffice: when the staff are not this actor's to change.
        FieldInvalid, CodeTaken: when code or name may not be.
    """
    pin = random_pin(work)
    added = add_staff(
        work,
        AddStaff(
            staff_id=command.staff_id,
            by=command.by,
            code=command.code,
            name=command.name,
            role=command.role,
            pin=pin,
        ),
    )
    StaffDeskRepository(work.sql).put_pin_once(added.staff_id, once=True)
    return PinGiven(added, pin)


def give_pin(work: UnitOfWork, command: WayIn) -> PinGiven:
    """Give a person a new PIN of chance, which he has to change when he signs in with it.

    Raises:
        NotPermitted, StaffAtHeadOffice: when the staff are not this actor's to change.
        NoSuchStaff: when nobody active answers to `who`.
    """
    pin = random_pin(work)
    person = reset_pin(work, ResetPin(by=command.by, who=command.who, pin=pin))
    StaffDeskRepository(work.sql).put_pin_once(person.staff_id, once=True)
    return PinGiven(person, pin)


def choose_pin(work: UnitOfWork, *, staff_id: StaffId, pin: str) -> StaffMember:
    """Let a person who signed in with a PIN that counts once choose his own.

    Raises:
        WeakPin: when it may not be, or is the one that was given.
        NoSuchStaff: when he is gone meanwhile.
    """
    check_pin(pin)
    person = own_pin(work, staff_id, pin)
    StaffDeskRepository(work.sql).put_pin_once(staff_id, once=False)
    return person
