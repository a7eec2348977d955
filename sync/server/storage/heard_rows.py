"""What counters know head office to hold, and the lots that are theirs until then."""

from db.domain.ids import MemberId
from db.storage.database import Statements

_HEAR = """
INSERT INTO stream_heard (stream_id, sequence) VALUES (?, ?)
ON CONFLICT (stream_id) DO UPDATE SET sequence = excluded.sequence
"""
_FRESH = """
SELECT l.lot_id FROM lot AS l JOIN operation AS o ON o.op = l.op
JOIN stream AS s ON s.stream_id = o.stream_id
LEFT JOIN stream_heard AS h ON h.stream_id = s.stream_id
WHERE l.member_id = ? AND l.remaining > 0 AND o.sequence > coalesce(h.sequence, 0)
  AND s.counter_id IN (SELECT counter_id FROM device WHERE state = 'live')
  AND NOT EXISTS (SELECT 1 FROM stream AS later
                  WHERE later.counter_id = s.counter_id AND later.epoch > s.epoch)
"""
"""A counter spends as fresh what its newest stream awarded, so older ones hold nothing back."""


class HeardRepository:
    """Access to `stream_heard` and `forked_stream` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def hear(self, stream_id: bytes, sequence: int) -> None:
        """Note that a counter knows so much of its stream to be held."""
        before = self._sql.value(
            "SELECT sequence FROM stream_heard WHERE stream_id = ?", (stream_id,)
        )
        if before is None or before < sequence:
            self._sql.run(_HEAR, (stream_id, sequence))

    def fork(self, stream_id: bytes, *, at_ms: int) -> None:
        """Note that two machines wrote a stream; the first time counts."""
        self._sql.run(
            "INSERT INTO forked_stream (stream_id, seen_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (stream_id, at_ms),
        )

    def fresh_lots(self, member_id: MemberId) -> frozenset[bytes]:
        """Return a member's lots that the counter which awarded them may spend as its own."""
        return frozenset(row[0] for row in self._sql.all(_FRESH, (member_id,)))
