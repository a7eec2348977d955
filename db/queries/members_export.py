"""The book as open rows: members with their consents and balances, and the ledger.

Plain columns under plain names, so that a shop can leave with its data. Phones and names are given
in full here; masking is the edge's duty, which knows the role. Rows come one after another, so a
million members need no memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from db.domain.consent import UNSURE
from db.domain.ids import MemberId, text_of
from db.queries.member_details import consents_of
from db.storage.database import Reader, Row
from db.storage.member_facts import person, with_aliases
from db.storage.profiles import aliases_of

_STANDS = f"""
SELECT CASE WHEN c.granted = 1 AND NOT EXISTS (
    SELECT 1 FROM consent AS w
    WHERE w.member_id = c.member_id AND w.purpose = c.purpose AND w.granted = 0
      AND w.counter_id <> c.counter_id AND w.hlc > c.hlc - {UNSURE}) THEN 1 ELSE 0 END
FROM consent AS c WHERE c.member_id = m.member_id AND c.purpose = '{{}}'
ORDER BY c.hlc DESC, c.granted LIMIT 1
"""  # noqa: S608 - constant parts; `db.domain.consent.in_force` in SQL
_MEMBERS = f"""
SELECT m.member_id, m.number, m.phone, m.name, m.gender, m.birthday, m.email, m.city, m.note,
       m.channel, m.state, m.tier, m.joined_on, coalesce(b.name, ''), m.external_id,
       coalesce(t.visits, 0), coalesce(t.spend, 0), t.first_on, t.last_on,
       coalesce((SELECT sum(remaining) FROM lot WHERE member_id = m.member_id), 0)
       + coalesce((SELECT sum(p.granted - p.spent - p.returned) FROM lease AS l
           JOIN lease_lot AS p ON p.lease_id = l.lease_id
           WHERE l.member_id = m.member_id AND l.state <> 'reclaimed'), 0),
       ({_STANDS.format("membership")}), ({_STANDS.format("marketing")}),
       EXISTS (SELECT 1 FROM member_alias WHERE root_id = m.member_id)
FROM member AS m
LEFT JOIN branch AS b ON b.branch_id = m.home_branch_id
LEFT JOIN member_total AS t ON t.member_id = m.member_id
WHERE m.state IN ('active', 'frozen')
ORDER BY m.member_row
"""  # noqa: S608 - constant parts
_OF_ALIAS = """
SELECT coalesce(t.spend, 0), t.first_on, t.last_on,
       coalesce((SELECT sum(remaining) FROM lot WHERE member_id = m.member_id), 0)
       + coalesce((SELECT sum(p.granted - p.spent - p.returned) FROM lease AS l
           JOIN lease_lot AS p ON p.lease_id = l.lease_id
           WHERE l.member_id = m.member_id AND l.state <> 'reclaimed'), 0)
FROM member AS m LEFT JOIN member_total AS t ON t.member_id = m.member_id
WHERE m.member_id = ?
"""
_LEDGER = """
SELECT op, leg, entry, member_id, lot_id, debit, credit, points FROM movement ORDER BY op, leg
"""
_CONSENTS = """
SELECT member_id, purpose, granted, basis, text_version, channel, given_at FROM consent
ORDER BY member_id, hlc, purpose
"""


@dataclass(frozen=True, slots=True)
class ExportedMember:
    """One member as open data; `spend` in 分, days ISO, ids as text, consents yes, no or unsaid."""

    member_id: str
    number: str
    phone: str
    name: str
    gender: str
    birthday: str
    email: str
    city: str
    note: str
    channel: str
    state: str
    tier: str
    joined_on: str
    branch: str
    external_id: str
    visits: int
    spend: int
    first_on: str
    last_on: str
    points: int
    consent_membership: bool | None
    consent_marketing: bool | None


@dataclass(frozen=True, slots=True)
class ExportedTransfer:
    """One movement of points: why, whose, between which kinds of account."""

    op: str
    leg: int
    entry: str
    member_id: str
    lot_id: str
    debit: str
    credit: str
    points: int


@dataclass(frozen=True, slots=True)
class ExportedConsent:
    """One word of a member on one purpose; the last one counts. `given_at` is UTC ms."""

    member_id: str
    purpose: str
    granted: bool
    basis: str
    text_version: str
    channel: str
    given_at: int


def exported_members(reader: Reader) -> Iterator[ExportedMember]:
    """Yield every active or frozen member in the order of registration, with all of his aliases."""
    for row in reader.each(_MEMBERS):
        member = _member(row)
        yield _as_one(reader, MemberId(row[0]), member) if row[22] else member


def exported_ledger(reader: Reader) -> Iterator[ExportedTransfer]:
    """Yield every movement of points, operation by operation."""
    for op, leg, entry, member_id, lot_id, debit, credit, points in reader.each(_LEDGER):
        yield ExportedTransfer(
            op=text_of(op),
            leg=leg,
            entry=entry,
            member_id=text_of(member_id),
            lot_id=text_of(lot_id),
            debit=debit,
            credit=credit,
            points=points,
        )


def exported_consents(reader: Reader) -> Iterator[ExportedConsent]:
    """Yield every consent and withdrawal, member by member, oldest first."""
    for member_id, purpose, granted, basis, version, channel, given_at in reader.each(_CONSENTS):
        yield ExportedConsent(
            member_id=text_of(member_id),
            purpose=purpose,
            granted=bool(granted),
            basis=basis,
            text_version=version,
            channel=channel,
            given_at=given_at,
        )


def _member(row: Row) -> ExportedMember:
    return ExportedMember(
        member_id=text_of(row[0]),
        number=row[1],
        phone=row[2] or "",
        name=row[3],
        gender=row[4],
        birthday=row[5],
        email=row[6],
        city=row[7],
        note=row[8],
        channel=row[9],
        state=row[10],
        tier=row[11],
        joined_on=row[12],
        branch=row[13],
        external_id=row[14] or "",
        visits=row[15],
        spend=row[16],
        first_on=row[17] or "",
        last_on=row[18] or "",
        points=row[19],
        consent_membership=_said(row[20]),
        consent_marketing=_said(row[21]),
    )


def _as_one(reader: Reader, member_id: MemberId, member: ExportedMember) -> ExportedMember:
    """Return a member with what is kept under those who were merged into him."""
    found, aliases = person(reader, member_id), aliases_of(reader, member_id)
    assert found is not None, "his row was just read"
    known = with_aliases(reader, found.known, aliases)
    rows = [row for each in aliases if (row := reader.one(_OF_ALIAS, (each,))) is not None]
    consents = consents_of(reader, member_id)
    firsts = [day for day in (member.first_on, *(row[1] for row in rows)) if day]
    lasts = [day for day in (member.last_on, *(row[2] for row in rows)) if day]
    return replace(
        member,
        tier=known.tier,
        joined_on=known.joined_on,
        visits=known.visits,
        spend=member.spend + sum(row[0] for row in rows),
        first_on=min(firsts, default=""),
        last_on=max(lasts, default=""),
        points=member.points + sum(row[3] for row in rows),
        consent_membership=consents["membership"],
        consent_marketing=consents["marketing"],
    )


def _said(granted: int | None) -> bool | None:
    return None if granted is None else bool(granted)
