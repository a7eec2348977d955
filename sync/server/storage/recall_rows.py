"""Recalls on disk: what head office wants back of which stream."""

from dataclasses import dataclass

from db.domain.ids import CounterId
from db.storage.database import Statements

RECALLS_MAX = 200


@dataclass(frozen=True, slots=True)
class RecallRow:
    """A coupon of a hold, or (without `hold_id`) a member's stored value, held by a stream."""

    stream_id: bytes
    hold_id: bytes = b""
    code: str = ""
    member_id: bytes = b""


class RecallRepository:
    """Access to `recall` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def want(self, row: RecallRow, *, at_ms: int) -> None:
        """Note that somebody asked; asking again moves the time."""
        self._sql.run(
            "INSERT INTO recall (stream_id, hold_id, code, member_id, asked_at)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (stream_id, hold_id, code, member_id)"
            " DO UPDATE SET asked_at = excluded.asked_at",
            (row.stream_id, row.hold_id, row.code, row.member_id, at_ms),
        )

    def wanted_of(self, counter_id: CounterId, *, since_ms: int) -> list[RecallRow]:
        """Return what is wanted of a counter's streams, asked for since a moment."""
        rows = self._sql.all(
            "SELECT stream_id, hold_id, code, member_id FROM recall WHERE asked_at >= ?2"
            " AND stream_id IN (SELECT stream_id FROM stream WHERE counter_id = ?1)"
            " ORDER BY asked_at DESC LIMIT ?3",
            (counter_id, since_ms, RECALLS_MAX),
        )
        return [RecallRow(*row) for row in rows]

    def closed(self, hold_id: bytes, codes: tuple[str, ...]) -> None:
        """Want a hold no more, or coupons of it."""
        if not codes:
            self._sql.run("DELETE FROM recall WHERE hold_id = ?", (hold_id,))
        self._sql.run_many(
            "DELETE FROM recall WHERE hold_id = ? AND code = ?",
            [(hold_id, code) for code in codes],
        )

    def value_closed(self, stream_id: bytes, member_id: bytes) -> None:
        """Want a stream's part of a member's value no more."""
        self._sql.run(
            "DELETE FROM recall WHERE stream_id = ? AND hold_id = x'' AND member_id = ?",
            (stream_id, member_id),
        )
