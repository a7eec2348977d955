"""Head office's notes about operations that do not fit together: one row each, opened once."""

from typing import NamedTuple

from db.storage.database import Statements

_OPEN = """
INSERT INTO conflict (conflict_id, kind, subject, other, member_id, branch_id, detail, recommended,
    state, opened_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?)
ON CONFLICT (kind, subject, other) DO UPDATE SET detail = excluded.detail WHERE state = 'open'
RETURNING conflict_id
"""


class NewConflict(NamedTuple):
    """A conflict as it is found.

    `subject` is what was there first and `other` what came later: members, operations, or a member
    and a day. `detail` is JSON of figures and names nobody.
    """

    kind: str
    subject: bytes
    other: bytes
    member_id: bytes | None
    branch_id: bytes
    detail: bytes
    recommended: str


class ConflictRepository:
    """Access to `conflict` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def note(self, found: NewConflict, *, conflict_id: bytes, at_ms: int) -> bool:
        """Open a conflict; say whether it is new. One that is open gets the newest figures."""
        kind, subject, other, member_id, branch_id, detail, recommended = found
        row = self._sql.one(
            _OPEN,
            (
                conflict_id,
                kind,
                subject,
                other,
                member_id,
                branch_id,
                detail.decode(),
                recommended,
                at_ms,
            ),
        )
        return row is not None and row[0] == conflict_id

    def resolve(
        self, conflict_id: bytes, *, choice: str, at_ms: int, decision: bytes | None
    ) -> None:
        """Keep what was decided, and by which operation if by one."""
        self._sql.run(
            "UPDATE conflict SET state = 'resolved', choice = ?, resolved_at = ?, decision = ?"
            " WHERE conflict_id = ?",
            (choice, at_ms, decision, conflict_id),
        )
