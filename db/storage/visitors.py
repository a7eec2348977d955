"""Visitors on disk: members who were asked of head office, for as long as they are needed."""

from db.domain.ids import CounterId, MemberId
from db.storage.database import Statements

_ACTED_HERE = """
SELECT EXISTS (SELECT 1 FROM operation AS o JOIN stream AS s ON s.stream_id = o.stream_id
               WHERE o.member_id = ?1 AND s.counter_id = ?2
                 AND o.kind NOT IN ('lease_close', 'hold_close', 'reveal'))
"""


class VisitorRepository:
    """Access to `visitor`, and to what names visitors, through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def came(self, member_id: MemberId, *, at_ms: int) -> None:
        """Remember that a member was asked for."""
        self._sql.run(
            "INSERT INTO visitor (member_id, fetched_at) VALUES (?, ?)"
            " ON CONFLICT (member_id) DO UPDATE SET fetched_at = excluded.fetched_at",
            (member_id, at_ms),
        )

    def since_before(self, at_ms: int, *, limit: int) -> list[MemberId]:
        """Return who was asked for last before a moment."""
        rows = self._sql.all(
            "SELECT member_id FROM visitor WHERE fetched_at < ? ORDER BY fetched_at LIMIT ?",
            (at_ms, limit),
        )
        return [MemberId(row[0]) for row in rows]

    def stays(self, member_id: MemberId, counter_id: CounterId) -> bool:
        """Say whether something happened to him here: then head office counts him as a guest."""
        return bool(self._sql.value(_ACTED_HERE, (member_id, counter_id)))

    def gone(self, member_id: MemberId) -> None:
        """Think of him as a visitor no longer."""
        self._sql.run("DELETE FROM visitor WHERE member_id = ?", (member_id,))

    def unname(self, member_id: MemberId) -> None:
        """Take away what names a member, beside the chain."""
        self._sql.run("DELETE FROM personal WHERE member_id = ?", (member_id,))
