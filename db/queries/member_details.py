"""What is known of a member beside his card: the way to reach him, his consents, his lots.

For the member's own data on the command line, in an export and on his page; masks are put on by
whoever shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from db.domain.consent import PURPOSES, ConsentRecord, in_force
from db.domain.ids import LotId, MemberId
from db.storage.database import Reader, Row

_DETAILS = """
SELECT m.email, m.city, m.note, m.external_id, r.number, t.earned, t.redeemed
FROM member AS m
LEFT JOIN member AS r ON r.member_id = m.referrer_id
LEFT JOIN member_total AS t ON t.member_id = m.member_id
WHERE m.member_id = ?
"""
_CONSENTS = """
SELECT purpose, granted, basis, text_version, channel, given_at, hlc FROM consent
WHERE member_id = ? ORDER BY hlc
"""
_LOTS = """
SELECT o.lot_id, o.awarded, o.remaining, o.available_on, o.expires_on, o.opened_at,
       (SELECT coalesce(sum(p.granted - p.spent), 0) FROM lease_lot AS p
        JOIN lease AS l ON l.lease_id = p.lease_id
        WHERE p.lot_id = o.lot_id AND l.state <> 'reclaimed')
FROM lot AS o WHERE o.member_id = ?
ORDER BY o.expires_on IS NULL, o.expires_on, o.opened_at, o.lot_id
"""
_EVERYBODY = """
SELECT m.member_id, m.number, m.phone, m.name, m.gender, m.birthday, m.email, m.city, m.note,
       m.channel, m.tier, m.state, m.joined_on, m.external_id, coalesce(t.visits, 0),
       coalesce(t.spend, 0), t.last_on,
       coalesce((SELECT sum(o.remaining) FROM lot AS o WHERE o.member_id = m.member_id), 0)
       + coalesce((SELECT sum(p.granted - p.spent) FROM lease AS l
                   JOIN lease_lot AS p ON p.lease_id = l.lease_id
                   WHERE l.member_id = m.member_id AND l.state <> 'reclaimed'), 0)
FROM member AS m LEFT JOIN member_total AS t ON t.member_id = m.member_id
WHERE m.state <> 'erased' ORDER BY m.member_row
"""


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """One answer as it was given; `given_at` UTC ms."""

    purpose: str
    granted: bool
    basis: str
    text_version: str
    channel: str
    given_at: int
    hlc: int


@dataclass(frozen=True, slots=True)
class LotState:
    """A lot as it stands: points awarded, left with the member, and under leases."""

    lot_id: LotId
    awarded: int
    remaining: int
    available_on: str
    expires_on: str | None
    opened_at: int
    leased: int


@dataclass(frozen=True, slots=True)
class MemberDetails:
    """The rest of a member; `consents` says for each purpose whether it stands."""

    email: str
    city: str
    note: str
    external_id: str
    referrer_number: str
    earned: int
    redeemed: int
    consents: dict[str, bool]
    consent_history: tuple[ConsentEntry, ...]
    lots: tuple[LotState, ...]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as a line of an export; `spend` in 分, `points` whatever their days."""

    member_id: MemberId
    number: str
    phone: str | None
    name: str
    gender: str
    birthday: str
    email: str
    city: str
    note: str
    channel: str
    tier: str
    state: str
    joined_on: str
    external_id: str | None
    visits: int
    spend: int
    last_on: str | None
    points: int


def member_details(reader: Reader, member_id: MemberId) -> MemberDetails:
    """Return the details of a member who is there."""
    row = reader.one(_DETAILS, (member_id,))
    assert row is not None, "the caller found the member"
    entries = tuple(_consent(each) for each in reader.all(_CONSENTS, (member_id,)))
    records = [ConsentRecord(entry.purpose, entry.granted, entry.hlc) for entry in entries]
    return MemberDetails(
        email=row[0],
        city=row[1],
        note=row[2],
        external_id=row[3] or "",
        referrer_number=row[4] or "",
        earned=row[5] or 0,
        redeemed=row[6] or 0,
        consents={purpose: in_force(records, purpose) for purpose in PURPOSES},
        consent_history=entries,
        lots=tuple(LotState(*each) for each in reader.all(_LOTS, (member_id,))),
    )


def all_members(reader: Reader) -> Iterator[MemberLine]:
    """Yield every member who is not erased, in the order they were registered here."""
    for row in reader.each(_EVERYBODY):
        yield MemberLine(*row)


def _consent(row: Row) -> ConsentEntry:
    return ConsentEntry(row[0], bool(row[1]), *row[2:])
