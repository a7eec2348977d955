"""The feed on disk: what counters pull, in each bucket without a gap.

Rows are numbered inside the transaction that writes them and written last in it. A database
sequence would be simpler and loses rows: under eight writers `sequence > cursor` never delivered
14 to 61 in a hundred (SYNC.md §2.6).
"""

from dataclasses import dataclass

from db.storage.database import Statements
from sync.protocol.digest import EMPTY, added


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One operation in its place, with the personal data beside it if there is any."""

    bucket: bytes
    sequence: int
    raw: bytes
    nonce: bytes | None
    payload: bytes | None


_PAGE = """
SELECT f.bucket, f.sequence, o.raw, p.nonce, p.payload
FROM feed AS f
JOIN operation AS o ON o.op = f.op
LEFT JOIN personal AS p ON p.op = f.op
WHERE f.bucket = ? AND f.sequence > ? ORDER BY f.sequence LIMIT ?
"""


class FeedRepository:
    """Access to `feed`, `pending_grant` and `awaited` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def append(self, bucket: bytes, op: bytes, raw: bytes) -> None:
        """Publish an operation; publishing it again changes nothing."""
        if self.bucket_of(op) is not None:
            return
        sequence, total = self.head(bucket)
        self._sql.run(
            "INSERT INTO feed (bucket, sequence, op, sum256) VALUES (?, ?, ?, ?)",
            (bucket, sequence + 1, op, added(total, raw)),
        )

    def head(self, bucket: bytes) -> tuple[int, bytes]:
        """Return a bucket's last sequence and the digest there."""
        row = self._sql.one(
            "SELECT sequence, sum256 FROM feed WHERE bucket = ? ORDER BY sequence DESC LIMIT 1",
            (bucket,),
        )
        return (0, EMPTY) if row is None else (row[0], row[1])

    def sum_at(self, bucket: bytes, sequence: int) -> bytes | None:
        """Return the digest of a bucket's first `sequence` rows, if it has as many."""
        if sequence == 0:
            return EMPTY
        value: bytes | None = self._sql.value(
            "SELECT sum256 FROM feed WHERE bucket = ? AND sequence = ?", (bucket, sequence)
        )
        return value

    def buckets(self) -> list[bytes]:
        """Return every bucket there is, the busiest question answered by an index alone."""
        return [row[0] for row in self._sql.all(_BUCKETS)]

    def bucket_of(self, op: bytes) -> bytes | None:
        """Return the bucket that an operation was published in."""
        value: bytes | None = self._sql.value("SELECT bucket FROM feed WHERE op = ?", (op,))
        return value

    def unpublished(self, member_id: bytes) -> list[tuple[bytes, bytes]]:
        """Return (op, raw) of a member's operations that are not in the feed, as they arrived."""
        return [
            (row[0], row[1])
            for row in self._sql.all(
                "SELECT o.op, o.raw FROM operation AS o WHERE o.member_id = ?"
                " AND o.status IN ('applied', 'skipped')"
                " AND NOT EXISTS (SELECT 1 FROM feed AS f WHERE f.op = o.op) ORDER BY o.rowid",
                (member_id,),
            )
        ]

    def hold(self, lease_id: bytes, member_id: bytes, token: bytes) -> None:
        """Keep a recalled lease until its member is known."""
        self._sql.run(
            "INSERT INTO pending_grant (lease_id, member_id, token) VALUES (?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (lease_id, member_id, token),
        )

    def release(self, member_id: bytes) -> list[bytes]:
        """Return the tokens that waited for a member, and keep them no longer."""
        rows = self._sql.all(
            "DELETE FROM pending_grant WHERE member_id = ? RETURNING token", (member_id,)
        )
        return [row[0] for row in rows]

    def await_sale(self, sale_id: bytes, op: bytes) -> None:
        """Remember that an operation can be applied once this sale is here."""
        self._sql.run(
            "INSERT INTO awaited (sale_id, op) VALUES (?, ?) ON CONFLICT DO NOTHING", (sale_id, op)
        )

    def arrived(self, sale_id: bytes) -> list[bytes]:
        """Return what waited for a sale, the oldest first, and keep it no longer."""
        rows = self._sql.all("DELETE FROM awaited WHERE sale_id = ? RETURNING op", (sale_id,))
        return sorted(row[0] for row in rows)

    def page(self, bucket: bytes, after: int, *, limit: int) -> list[FeedRow]:
        """Return a bucket's rows behind `after`, at most `limit`."""
        return [FeedRow(*row) for row in self._sql.all(_PAGE, (bucket, after, limit))]


# A loose index scan: one seek for each bucket, however long they are.
_BUCKETS = """
WITH RECURSIVE each(bucket) AS (
    SELECT min(bucket) FROM feed
    UNION ALL
    SELECT (SELECT min(f.bucket) FROM feed AS f WHERE f.bucket > each.bucket) FROM each
    WHERE each.bucket IS NOT NULL
)
SELECT bucket FROM each WHERE bucket IS NOT NULL
"""
