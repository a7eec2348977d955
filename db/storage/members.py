"""Members on disk: one row each, found by id, phone, number or a former system's id.

The row is a projection of `member_register` and the wishes after it. A phone is not unique in the
table: two cut-off counters may register the same one, and both are members until they are merged.
"""

from typing import NamedTuple

from db.domain.ids import BatchId, BranchId, MemberId
from db.domain.members import PersonalFields, RegisterBody
from db.storage.database import Row, Statements


class MemberRow(NamedTuple):
    """A member as stored; `phone` is E.164 or nothing, days are ISO text."""

    member_row: int
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
    referrer_id: MemberId | None
    state: str
    alias_of: MemberId | None
    tier: str
    tier_rank: int
    first_tier: str
    home_branch_id: BranchId
    joined_on: str
    registered_at: int
    external_id: str | None


_COLUMNS = (
    "member_row, member_id, number, phone, name, gender, birthday, email, city, note, channel,"
    " referrer_id, state, alias_of, tier, tier_rank, first_tier, home_branch_id, joined_on,"
    " registered_at, external_id"
)
_BY_ID = f"SELECT {_COLUMNS} FROM member WHERE member_id = ?"  # noqa: S608 - constant columns
_BY_PHONE = (
    f"SELECT {_COLUMNS} FROM member WHERE phone = ? AND state IN ('active', 'frozen')"  # noqa: S608 - constant columns
    " ORDER BY registered_at LIMIT 1"
)
_ALL_BY_PHONE = (
    f"SELECT {_COLUMNS} FROM member WHERE phone = ? AND state <> 'erased'"  # noqa: S608 - constant columns
    " ORDER BY state = 'merged', registered_at, member_id"
)
_BY_NUMBER = f"SELECT {_COLUMNS} FROM member WHERE number = ? ORDER BY registered_at LIMIT 1"  # noqa: S608 - constant columns
_BY_EXTERNAL = f"SELECT {_COLUMNS} FROM member WHERE external_id = ? LIMIT 1"  # noqa: S608 - constant columns


class MemberRepository:
    """Access to `member` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def by_id(self, member_id: MemberId) -> MemberRow | None:
        """Return the member with this id."""
        return _member(self._sql.one(_BY_ID, (member_id,)))

    def by_phone(self, phone: str) -> MemberRow | None:
        """Return the active or frozen member who has this E.164 phone; the first registered."""
        return _member(self._sql.one(_BY_PHONE, (phone,)))

    def all_by_phone(self, phone: str) -> list[MemberRow]:
        """Return everybody with this E.164 phone, merged or not, the first registered in front."""
        return [MemberRow(*row) for row in self._sql.all(_ALL_BY_PHONE, (phone,))]

    def by_number(self, number: str) -> MemberRow | None:
        """Return the member with this member number."""
        return _member(self._sql.one(_BY_NUMBER, (number,)))

    def by_external(self, external_id: str) -> MemberRow | None:
        """Return the member whom a former system knew under this id."""
        return _member(self._sql.one(_BY_EXTERNAL, (external_id,)))

    def add(
        self,
        member_id: MemberId,
        body: RegisterBody,
        personal: PersonalFields,
        *,
        home_branch_id: BranchId,
        registered_at: int,
        referrer_id: MemberId | None,
        batch_id: BatchId | None,
    ) -> int:
        """Write a member's row; return its local number."""
        row = self._sql.value(
            "INSERT INTO member (member_id, number, phone, name, gender, birthday, email, city,"
            " note, channel, referrer_id, state, tier, first_tier, home_branch_id, joined_on,"
            " registered_at, external_id, batch_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'active', ?, ?, ?, ?, ?, ?, ?)"
            " RETURNING member_row",
            (
                member_id,
                body.number,
                personal.phone or None,
                personal.name,
                personal.gender,
                personal.birthday,
                personal.email,
                personal.city,
                personal.note,
                body.channel,
                referrer_id,
                body.tier,
                body.tier,
                home_branch_id,
                body.joined_on,
                registered_at,
                personal.external_id or None,
                batch_id,
            ),
        )
        return int(row)

    def raise_tier(self, member_id: MemberId, tier: str, rank: int) -> None:
        """Lift a member to a level, unless he stands as high already.

        The lowest level has rank 0, and so has nobody's: who has no level is below all of them.
        """
        self._sql.run(
            "UPDATE member SET tier = ?, tier_rank = ? WHERE member_id = ?"
            " AND (tier_rank < ? OR tier = '')",
            (tier, rank, member_id, rank),
        )

    def set_tier(self, member_id: MemberId, tier: str, rank: int) -> None:
        """Set the level that standing sales give, after one was reversed."""
        self._sql.run(
            "UPDATE member SET tier = ?, tier_rank = ? WHERE member_id = ?",
            (tier, rank, member_id),
        )

    def set_state(self, member_id: MemberId, state: str) -> None:
        """Set active, frozen, merged or erased."""
        self._sql.run("UPDATE member SET state = ? WHERE member_id = ?", (state, member_id))

    def next_number_index(self) -> int:
        """Return how many numbers of this counter's block were used, and use one more."""
        return int(
            self._sql.value(
                "INSERT INTO setting (name, value) VALUES ('numbers_used', '1')"
                " ON CONFLICT (name) DO UPDATE"
                " SET value = CAST(CAST(setting.value AS INTEGER) + 1 AS TEXT)"
                " RETURNING CAST(value AS INTEGER) - 1"
            )
        )


def _member(row: Row | None) -> MemberRow | None:
    return None if row is None else MemberRow(*row)
