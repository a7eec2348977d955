"""Staff on disk: names, roles and argon2id hashes of their PINs.

argon2id with t=2, m=19 MiB, p=1 (OWASP's second profile) takes about 25 ms: slow for a thief
with the file, unnoticed at the counter.
"""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from db.domain.ids import StaffId
from db.domain.staff import Role
from db.storage.database import Reader, Row, Statements

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_COLUMNS = "staff_id, code, name, role, pin_hash, pin_misses, locked_until, active, member_id"


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person who works here; `code` is what a cashier types or taps to say who he is."""

    staff_id: StaffId
    code: str
    name: str
    role: Role
    pin_hash: str
    pin_misses: int
    locked_until: int
    active: bool
    member_id: bytes | None


def hash_pin(pin: str) -> str:
    """Return the argon2id hash of a PIN; takes about 25 ms."""
    return _HASHER.hash(pin)


def pin_matches(pin_hash: str, pin: str) -> bool:
    """Say whether a PIN is the one that was hashed; takes about 25 ms."""
    try:
        return _HASHER.verify(pin_hash, pin)
    except VerifyMismatchError:
        return False


class StaffRepository:
    """Access to `staff` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def by_id(self, staff_id: StaffId) -> StaffRow | None:
        """Return the person with this id."""
        return _staff(self._sql, "staff_id = ?", staff_id)

    def by_code(self, code: str) -> StaffRow | None:
        """Return the person with this code."""
        return _staff(self._sql, "code = ?", code)

    def managers(self) -> list[StaffId]:
        """Return the managers who may sign in."""
        found = self._sql.all(
            "SELECT staff_id FROM staff WHERE active = 1 AND role = ?", (Role.MANAGER.value,)
        )
        return [StaffId(row[0]) for row in found]

    def put(self, row: StaffRow) -> None:
        """Write a person, whatever was known of him.

        Misses and the lock belong to a PIN: they stay with the same one, and a new one is free of
        them, here as at every counter that gets it.
        """
        self._sql.run(
            "INSERT INTO staff (staff_id, code, name, role, pin_hash, active, member_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (staff_id) DO UPDATE SET"
            " code = excluded.code, name = excluded.name, role = excluded.role,"
            " pin_misses = CASE pin_hash WHEN excluded.pin_hash"
            " THEN staff.pin_misses ELSE 0 END,"
            " locked_until = CASE pin_hash WHEN excluded.pin_hash"
            " THEN staff.locked_until ELSE 0 END,"
            " pin_hash = excluded.pin_hash, active = excluded.active,"
            " member_id = excluded.member_id",
            (
                row.staff_id,
                row.code,
                row.name,
                row.role.value,
                row.pin_hash,
                int(row.active),
                row.member_id,
            ),
        )

    def note_pin(self, staff_id: StaffId, *, misses: int, locked_until: int) -> None:
        """Remember wrong PINs, or that there are none."""
        self._sql.run(
            "UPDATE staff SET pin_misses = ?, locked_until = ? WHERE staff_id = ?",
            (misses, locked_until, staff_id),
        )

    def replace_all(self, rows: list[StaffRow]) -> None:
        """Put head office's staff in place of ours; people it does not know become inactive."""
        self._sql.run("UPDATE staff SET active = 0")
        for row in rows:
            self._sql.run(
                "UPDATE staff SET code = code || '-' || hex(staff_id)"
                " WHERE code = ? AND staff_id <> ?",
                (row.code, row.staff_id),
            )
            self.put(row)


def active_staff(reader: Reader) -> list[StaffRow]:
    """Return everyone who may sign in, by code."""
    rows = reader.all(f"SELECT {_COLUMNS} FROM staff WHERE active = 1 ORDER BY code")  # noqa: S608 - constant columns
    return [_row(row) for row in rows]


def _staff(sql: Statements, where: str, value: object) -> StaffRow | None:
    row = sql.one(f"SELECT {_COLUMNS} FROM staff WHERE {where}", (value,))  # noqa: S608 - constant conditions
    return None if row is None else _row(row)


def _row(row: Row) -> StaffRow:
    staff_id, code, name, role, pin_hash, misses, until, active, member_id = row
    return StaffRow(
        staff_id=StaffId(staff_id),
        code=code,
        name=name,
        role=Role(role),
        pin_hash=pin_hash,
        pin_misses=misses,
        locked_until=until,
        active=bool(active),
        member_id=member_id,
    )
