"""Registering members: phone and consent in one act, offline, findable before the door closes.

The member number comes out of the block head office gave this counter, so that two counters can
never make the same one; before enrolment it is random (DECISIONS 22).
"""

from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from db.domain.birthday import parse_birthday
from db.domain.clock import is_iso_day
from db.domain.consent import MEMBERSHIP, ConsentFact
from db.domain.events import SIGNUP
from db.domain.ids import BatchId, BranchId, MemberId, OperationId, parse_id, text_of
from db.domain.lookup.member_number import NUMBER_CHANCE_BYTES, number_in_block, random_number
from db.domain.lookup.phone import parse_phone
from db.domain.members import (
    CHANNELS,
    GENDERS,
    FieldInvalid,
    MemberNotActive,
    NoSuchMember,
    PersonalFields,
    PhoneTaken,
    RegisterBody,
    checked_text,
)
from db.domain.operations import Operation, Personal, personal_of
from db.domain.reward_facts import following_id
from db.domain.staff import Actor, Permission, require
from db.services.consents import keep_consents
from db.services.event_awards import Happening, award_event
from db.services.journal import Draft, append, written_before
from db.services.profile_rows import refresh_member
from db.storage.erasures import erased_at
from db.storage.member_facts import Person, person
from db.storage.members import MemberRow
from db.storage.profiles import standing_for, touched
from db.storage.totals import CounterDay, DayFigures
from db.storage.unit_of_work import UnitOfWork

_ALIAS_HOPS_MAX = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollMember:
    """A cashier registers a member; `phone` is as typed and is normalised here."""

    op: OperationId
    member_id: MemberId
    by: Actor
    phone: str
    name: str = ""
    gender: str = ""
    birthday: str = ""
    email: str = ""
    city: str = ""
    note: str = ""
    channel: str = "walk_in"
    referrer_id: MemberId | None = None
    consents: tuple[ConsentFact, ...] = ()
    external_id: str = ""
    joined_on: str = ""
    batch_id: BatchId | None = None
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class MemberEnrolled:
    """The member exists, and head office will hear of it; `points` are for joining."""

    member_id: MemberId
    number: str
    points: int = 0


def enroll_member(work: UnitOfWork, command: EnrollMember) -> MemberEnrolled:
    """Register a member once, however often the command arrives.

    Raises:
        PhoneInvalid: when the phone is none, with the reason.
        PhoneTaken: when an active or frozen member has the phone.
        FieldInvalid: when another field holds what it may not.
        NotPermitted: when the actor may not enroll.
    """
    require(command.by, Permission.ENROLL)
    if (written := written_before(work, command.op, "member_register")) is not None:
        assert written.member == command.member_id, "one id, one member"
        body = msgspec.convert(written.envelope.b, RegisterBody)
        return MemberEnrolled(command.member_id, body.number, _welcomed(work, command))
    personal = _checked(work, command)
    if (holding := phone_holder(work, personal.phone)) is not None:
        raise PhoneTaken(holding.standing.member_id, holding.standing.state)
    body = RegisterBody(
        number=_new_number(work),
        channel=command.channel,
        joined_on=command.joined_on or work.today.isoformat(),
        tier=work.program(work.today).ladder.reached(0),
        referrer=None if command.referrer_id is None else text_of(command.referrer_id),
        consents=command.consents,
        batch=None if command.batch_id is None else text_of(command.batch_id),
    )
    operation = append(
        work,
        Draft(
            op=command.op,
            kind="member_register",
            body=body,
            by=command.by,
            member_id=command.member_id,
            personal=personal_of(msgspec.to_builtins(personal), work.new_nonce()),
            at_ms=command.at_ms,
        ),
    )
    _write(work, operation, body=body, personal=personal)
    if command.batch_id is None:
        _welcome(work, command)
    return MemberEnrolled(command.member_id, body.number, _welcomed(work, command))


def _welcome(work: UnitOfWork, command: EnrollMember) -> None:
    """Award what joining gives, in an act of its own."""
    award_event(
        work,
        Happening(
            op=following_id(command.op, SIGNUP),
            by=command.by,
            member_id=command.member_id,
            event=SIGNUP,
            key=SIGNUP,
            reference=command.op,
        ),
    )


def _welcomed(work: UnitOfWork, command: EnrollMember) -> int:
    found = work.rewards.find(following_id(command.op, SIGNUP))
    return 0 if found is None else found[0].points


def apply_member_register(
    work: UnitOfWork, operation: Operation, personal: Personal | None
) -> None:
    """Carry a registration into the tables; without personal data it is a nameless member."""
    body = msgspec.convert(operation.envelope.b, RegisterBody)
    fields = PersonalFields()
    if personal is not None:
        fields = msgspec.json.decode(personal.payload, type=PersonalFields)
    _write(work, operation, body=body, personal=fields)


def active_member(work: UnitOfWork, member_id: MemberId) -> Person:
    """Return the member who answers to this id now, through merges.

    Raises:
        NoSuchMember: when nobody does.
        MemberNotActive: when he is frozen or erased.
    """
    found = person(work.sql, member_id)
    for _ in range(_ALIAS_HOPS_MAX):
        if found is None or found.alias_of is None:
            break
        found = person(work.sql, found.alias_of)
    if found is None:
        raise NoSuchMember(text_of(member_id))
    if found.state != "active":
        raise MemberNotActive(found.member_id, found.state)
    return found


class PhoneHolder(NamedTuple):
    """Whose row has a phone, and who stands for him now."""

    holder: MemberRow
    standing: MemberRow


def phone_holder(
    work: UnitOfWork, phone: str, *, beside: MemberId | None = None
) -> PhoneHolder | None:
    """Return who has an E.164 phone; `beside` may have it, in his own name or in an alias's."""
    for row in work.members.all_by_phone(phone) if phone else ():
        standing = registered_member(work, standing_for(work.sql, row.member_id))
        if standing.member_id != beside:
            return PhoneHolder(row, standing)
    return None


def registered_member(work: UnitOfWork, member_id: MemberId) -> MemberRow:
    """Return the row of a member, merged or not; raise `NoSuchMember` for nobody."""
    row = work.members.by_id(member_id)
    if row is None:
        raise NoSuchMember(text_of(member_id))
    return row


def member_standing_for(work: UnitOfWork, member_id: MemberId) -> MemberRow:
    """Return the row of whoever stands for a member now; raise `NoSuchMember` for nobody."""
    registered_member(work, member_id)
    return registered_member(work, standing_for(work.sql, member_id))


def _checked(work: UnitOfWork, command: EnrollMember) -> PersonalFields:
    """Return the personal fields in their stored form, or refuse the first that is wrong."""
    if command.channel not in CHANNELS:
        raise FieldInvalid("channel", "unknown")
    if command.gender not in GENDERS:
        raise FieldInvalid("gender", "unknown")
    if command.joined_on and not is_iso_day(command.joined_on):
        raise FieldInvalid("joined_on", "not_a_day")
    phone = ""
    if command.phone or not command.external_id:
        phone = parse_phone(command.phone, work.home.region).e164
    texts = {
        "name": command.name,
        "email": command.email,
        "city": command.city,
        "note": command.note,
        "external_id": command.external_id,
    }
    for field, text in texts.items():
        checked_text(field, text)
    return PersonalFields(
        phone=phone,
        name=" ".join(command.name.split()),
        gender=command.gender,
        birthday=str(parse_birthday(command.birthday, today=work.today))
        if command.birthday
        else "",
        email=command.email.strip(),
        city=command.city.strip(),
        note=command.note.strip(),
        external_id=command.external_id.strip(),
    )


def _new_number(work: UnitOfWork) -> str:
    block = work.home.number_block
    if block is not None:
        return number_in_block(block, work.members.next_number_index())
    while True:  # a 1 in 10^12 chance of a second round
        number = random_number(work.chance(NUMBER_CHANCE_BYTES))
        if work.members.by_number(number) is None:
            return number


def _write(
    work: UnitOfWork, operation: Operation, *, body: RegisterBody, personal: PersonalFields
) -> None:
    envelope = operation.envelope
    member = operation.member
    assert member is not None, "a registration is somebody's"
    member_id = MemberId(member)
    row = work.members.add(
        member_id,
        body,
        personal,
        home_branch_id=BranchId(parse_id(envelope.store)),
        registered_at=envelope.wall,
        referrer_id=None if body.referrer is None else MemberId(parse_id(body.referrer)),
        batch_id=None if body.batch is None else BatchId(parse_id(body.batch)),
    )
    _catch_up(work, member_id, row=row, personal=personal)
    keep_consents(work, operation, body.consents)
    if body.batch is None:
        work.totals.add_day(
            CounterDay(parse_id(envelope.store), parse_id(envelope.dev), envelope.bd),
            DayFigures(new_members=1),
        )


def _catch_up(work: UnitOfWork, member_id: MemberId, *, row: int, personal: PersonalFields) -> None:
    """Let a member be found by his last visit, and stand at the level that his acts gave him.

    There are none before he is registered, except at a restored head office: another counter may
    send his sales again before his own counter sends his registration.
    """
    last_on = work.totals.last_on(member_id)
    work.grams.put(row, name=personal.name, phone=personal.phone or None, last_on=last_on)
    if (raised := work.sales.highest_raise(member_id)) is not None:
        work.members.raise_tier(member_id, *raised)
    if erased_at(work.sql, member_id) is not None:
        work.members.set_state(member_id, "erased")
    elif touched(work.sql, member_id):
        refresh_member(work, member_id)


def spoken_consent(*, marketing: bool, basis: str = "spoken") -> tuple[ConsentFact, ...]:
    """Return the facts of an enrolment: membership yes, marketing only if it was said."""
    facts = [ConsentFact(purpose=MEMBERSHIP, granted=True, basis=basis)]
    if marketing:
        facts.append(ConsentFact(purpose="marketing", granted=True, basis=basis))
    return tuple(facts)
