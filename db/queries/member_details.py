"""What is known of a member beside his card: the way to reach him, his consents, his lots.

For the member's own data on the command line, in an export and on his page; masks are put on by
whoever shows it.
"""

from dataclasses import dataclass

from db.domain.consent import PURPOSES, ConsentRecord, strictest
from db.domain.ids import LotId, MemberId
from db.storage.database import Reader, Row
from db.storage.erasures import erased_at
from db.storage.profiles import aliases_of

_DETAILS = """
SELECT m.email, m.city, m.note, m.external_id, r.number, t.earned, t.redeemed
FROM member AS m
LEFT JOIN member AS r ON r.member_id = m.referrer_id
LEFT JOIN member_total AS t ON t.member_id = m.member_id
WHERE m.member_id = ?
"""
_TOTALS = "SELECT earned, redeemed FROM member_total WHERE member_id = ?"
_MERGED_AT = """
SELECT a.alias_id, max(m.hlc) FROM member_alias AS a
JOIN member_merge AS m ON m.source_id = a.alias_id
WHERE a.root_id = ? GROUP BY a.alias_id
"""
_CONSENTS = """
SELECT purpose, granted, basis, text_version, channel, given_at, hlc, counter_id FROM consent
WHERE member_id = ? ORDER BY hlc
"""
_LOTS = """
SELECT o.lot_id, o.awarded, o.remaining, o.available_on, o.expires_on, o.opened_at,
       (SELECT coalesce(sum(p.granted - p.spent - p.returned), 0) FROM lease_lot AS p
        JOIN lease AS l ON l.lease_id = p.lease_id
        WHERE p.lot_id = o.lot_id AND l.state <> 'reclaimed')
FROM lot AS o WHERE o.member_id = ? AND o.op <> zeroblob(16)
ORDER BY o.expires_on IS NULL, o.expires_on, o.opened_at, o.lot_id
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


def member_details(reader: Reader, member_id: MemberId) -> MemberDetails:
    """Return the details of a member who is there."""
    row = reader.one(_DETAILS, (member_id,))
    assert row is not None, "the caller found the member"
    ids = (member_id, *aliases_of(reader, member_id))
    rows = [each for one in ids for each in reader.all(_CONSENTS, (one,))]
    entries = tuple(_consent(each) for each in sorted(rows, key=lambda each: each[6]))
    others = [reader.one(_TOTALS, (alias,)) or (0, 0) for alias in ids[1:]]
    return MemberDetails(
        email=row[0],
        city=row[1],
        note=row[2],
        external_id=row[3] or "",
        referrer_number=row[4] or "",
        earned=(row[5] or 0) + sum(other[0] for other in others),
        redeemed=(row[6] or 0) + sum(other[1] for other in others),
        consents=consents_of(reader, member_id),
        consent_history=entries,
        lots=tuple(LotState(*each) for one in ids for each in reader.all(_LOTS, (one,))),
    )


def consents_of(reader: Reader, member_id: MemberId) -> dict[str, bool]:
    """Return for each purpose whether consent to it stands.

    Where one stands for others the strictest answer counts, until he himself is asked again.
    Whoever was erased agrees to nothing.
    """
    if erased_at(reader, member_id) is not None:
        return dict.fromkeys(PURPOSES, False)
    merges: dict[MemberId, int] = dict(reader.all(_MERGED_AT, (member_id,)))
    answers = [
        [
            ConsentRecord(row[0], bool(row[1]), row[6], row[7])
            for row in reader.all(_CONSENTS, (one,))
        ]
        for one in (member_id, *merges)
    ]
    merged_at = max(merges.values(), default=0)
    return {purpose: strictest(answers, purpose, asked_since=merged_at) for purpose in PURPOSES}


def _consent(row: Row) -> ConsentEntry:
    return ConsentEntry(row[0], bool(row[1]), *row[2:7])
