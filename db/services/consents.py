"""Recording consent and its withdrawal: one tap, offline, and a withdrawal always wins."""

from dataclasses import dataclass

import msgspec

from db.domain.consent import PURPOSES, ConsentBody, ConsentFact
from db.domain.ids import MemberId, OperationId, parse_id, text_of
from db.domain.members import FieldInvalid, NoSuchMember
from db.domain.operations import Operation, Personal
from db.domain.staff import Actor, Permission, require
from db.services.journal import Draft, append
from db.storage.unit_of_work import UnitOfWork

_KEEP = (
    "INSERT INTO consent (op, purpose, member_id, granted, basis, text_version, text_hash,"
    " channel, staff_id, counter_id, given_at, hlc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConsent:
    """A member said yes or no to one or more purposes."""

    op: OperationId
    member_id: MemberId
    by: Actor
    consents: tuple[ConsentFact, ...]


@dataclass(frozen=True, slots=True)
class ConsentRecorded:
    """The answer stands in the book."""

    member_id: MemberId


def record_consent(work: UnitOfWork, command: RecordConsent) -> ConsentRecorded:
    """Write a member's answer once, however often the command arrives.

    Raises:
        NoSuchMember: when nobody has the id.
        FieldInvalid: when a purpose is none of ours.
    """
    require(command.by, Permission.ENROLL)
    if work.operations.holds(command.op):
        return ConsentRecorded(command.member_id)
    if work.members.by_id(command.member_id) is None:
        raise NoSuchMember(text_of(command.member_id))
    for consent in command.consents:
        if consent.purpose not in PURPOSES:
            raise FieldInvalid("consent", "unknown")
    body = ConsentBody(consents=command.consents)
    operation = append(
        work,
        Draft(
            op=command.op,
            kind="consent",
            body=body,
            by=command.by,
            member_id=command.member_id,
        ),
    )
    keep_consents(work, operation, body.consents)
    return ConsentRecorded(command.member_id)


def apply_consent(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry an answer from elsewhere into the tables."""
    body = msgspec.convert(operation.envelope.b, ConsentBody)
    keep_consents(work, operation, body.consents)


def keep_consents(
    work: UnitOfWork, operation: Operation, consents: tuple[ConsentFact, ...]
) -> None:
    """Write the answers inside an operation, beside who took them and when."""
    envelope = operation.envelope
    work.sql.run_many(
        _KEEP,
        [
            (
                operation.op,
                consent.purpose,
                operation.member,
                int(consent.granted),
                consent.basis,
                consent.text_version,
                consent.text_hash,
                consent.channel,
                None if envelope.staff is None else parse_id(envelope.staff),
                parse_id(envelope.dev),
                envelope.wall,
                envelope.hlc,
            )
            for consent in consents
        ],
    )
