"""Conflicts and wishes on disk: one row for each operation that opens, closes or asks."""

from typing import NamedTuple

from db.storage.database import Reader, Statements

_OPEN = """
INSERT INTO conflict (conflict_id, kind, subject, other, member_id, branch_id, detail, recommended,
    opened_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_CLOSE = """
INSERT INTO conflict_close (op, conflict_id, choice, decision, closed_at) VALUES (?, ?, ?, ?, ?)
"""
_WISH = """
INSERT INTO wish (op, act, member_id, other, conflict_id, reason, branch_id, counter_id, staff_id,
    approver_id, wished_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_WAITS = """
SELECT w.op FROM wish AS w
LEFT JOIN conflict AS c ON c.subject = w.op
LEFT JOIN conflict_close AS x ON x.conflict_id = coalesce(w.conflict_id, c.conflict_id)
WHERE w.member_id = ? AND w.act = ? AND w.conflict_id IS NULL AND x.op IS NULL LIMIT 1
"""
_WAITS_ABOUT = """
SELECT w.op FROM wish AS w
WHERE w.conflict_id = ? AND w.act = ? AND NOT EXISTS
    (SELECT 1 FROM conflict_close AS x WHERE x.conflict_id = w.conflict_id) LIMIT 1
"""
_COLUMNS = """
c.conflict_id, c.kind, c.subject, c.other, c.member_id, c.branch_id, c.detail, c.recommended,
c.opened_at, x.choice
"""
_FROM = "FROM conflict AS c LEFT JOIN conflict_close AS x ON x.conflict_id = c.conflict_id"
_FIND = f"SELECT {_COLUMNS} {_FROM} WHERE c.conflict_id = ?"
_QUARANTINES = """
SELECT c.conflict_id FROM conflict AS c
WHERE ((c.kind = 'quarantined' AND c.subject = ?) OR (c.kind = 'reversed_twice' AND c.other = ?))
  AND NOT EXISTS (SELECT 1 FROM conflict_close AS x WHERE x.conflict_id = c.conflict_id)
"""
_SETS_ASIDE = """
SELECT 1 FROM conflict AS c
WHERE ((c.kind = 'quarantined' AND c.subject = ?) OR (c.kind = 'reversed_twice' AND c.other = ?))
  AND NOT EXISTS (SELECT 1 FROM conflict_close AS x
                  WHERE x.conflict_id = c.conflict_id AND x.choice = 'applied')
"""
_ABOUT = f"""
SELECT {_COLUMNS} {_FROM}
WHERE x.op IS NULL AND (c.subject = ? OR c.other = ? OR c.member_id = ?) ORDER BY c.opened_at
"""


class ConflictRow(NamedTuple):
    """A conflict as it is opened; `detail` is JSON of figures and sides, and names nobody."""

    conflict_id: bytes
    kind: str
    subject: bytes
    other: bytes
    member_id: bytes | None
    branch_id: bytes
    detail: str
    recommended: str
    opened_at: int


class CloseRow(NamedTuple):
    """How a conflict was decided."""

    op: bytes
    conflict_id: bytes
    choice: str
    decision: bytes | None
    closed_at: int


class WishRow(NamedTuple):
    """What a counter asked for."""

    op: bytes
    act: str
    member_id: bytes | None
    other: bytes | None
    conflict_id: bytes | None
    reason: str
    branch_id: bytes
    counter_id: bytes
    staff_id: bytes | None
    approver_id: bytes | None
    wished_at: int


class ConflictRepository:
    """Access to conflicts and wishes through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def open(self, row: ConflictRow) -> None:
        """Write a conflict."""
        self._sql.run(_OPEN, row)

    def close(self, row: CloseRow) -> None:
        """Write how one was decided."""
        self._sql.run(_CLOSE, row)

    def ask(self, row: WishRow) -> None:
        """Write a wish."""
        self._sql.run(_WISH, row)

    def find(self, conflict_id: bytes) -> tuple[ConflictRow, str | None] | None:
        """Return a conflict, and what was chosen if it is decided."""
        row = self._sql.one(_FIND, (conflict_id,))
        return None if row is None else (ConflictRow(*row[:-1]), row[-1])

    def quarantines(self, op: bytes) -> list[bytes]:
        """Return the open conflicts that an operation which could not be applied has."""
        return [row[0] for row in self._sql.all(_QUARANTINES, (op, op))]

    def sets_aside(self, op: bytes) -> bool:
        """Say whether head office has an operation set aside, whatever was decided of it since."""
        return bool(self._sql.all(_SETS_ASIDE, (op, op)))

    def about_member(self, member_id: bytes) -> list[ConflictRow]:
        """Return the open conflicts of which a member is the subject or the other."""
        ids = (member_id, member_id, member_id)
        return [ConflictRow(*row[:-1]) for row in self._sql.all(_ABOUT, ids)]


def waits_already(
    reader: Reader, act: str, *, member_id: bytes | None, conflict: bytes | None
) -> bool:
    """Say whether the same is asked for already, of a conflict or of a member, and not answered."""
    if conflict is not None:
        return reader.one(_WAITS_ABOUT, (conflict, act)) is not None
    return reader.one(_WAITS, (member_id, act)) is not None
