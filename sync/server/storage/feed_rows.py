"""The feed on disk: what counters pull, in each bucket without a gap.

Rows are numbered inside the transaction that writes them and written last in it: bucket by bucket
in ascending order, the bucket's head locked until the commit. So what a reader sees of a bucket is
all of it up to some place. A database sequence would be simpler and loses rows: under eight
writers `sequence > cursor` never delivered 14 to 61 in a hundred (SYNC.md §2.6).
"""

from dataclasses import dataclass

from db.storage.unit_of_work import UnitOfWork
from sync.protocol.digest import EMPTY, added


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One operation in its place, with the personal data beside it if there is any."""

    bucket: bytes
    sequence: int
    raw: bytes
    nonce: bytes | None
    payload: bytes | None


_HEAD = "SELECT sequence, sum256 FROM feed_head WHERE bucket = ?"
_LOCKED = f"{_HEAD} /*+ FOR UPDATE */"
_FIRST = "INSERT INTO feed_head (bucket, sequence, sum256) VALUES (?, 0, ?) ON CONFLICT DO NOTHING"
_MOVE = "UPDATE feed_head SET sequence = ?, sum256 = ? WHERE bucket = ?"
_PUBLISH = "INSERT INTO feed (bucket, sequence, op, sum256) VALUES (?, ?, ?, ?)"
_PAGE = """
SELECT f.bucket, f.sequence, o.raw, p.nonce, p.payload
FROM feed AS f
JOIN operation AS o ON o.op = f.op
LEFT JOIN personal AS p ON p.op = f.op
WHERE f.bucket = ? AND f.sequence > ? ORDER BY f.sequence LIMIT ?
"""


class FeedRepository:
    """Access to `feed` and `awaited` through one open transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._sql = work.sql
        self._waiting: dict[bytes, tuple[bytes, bytes]] = {}
        """By operation: the bucket and the bytes that are published at the end."""
        self._told: set[bytes] = set()

    def append(self, bucket: bytes, op: bytes, raw: bytes) -> None:
        """Publish an operation at the transaction's end; publishing it again changes nothing."""
        came_now = self._work.operations.came_now(op)
        if op in self._told or not (came_now or self.bucket_of(op) is None):
            return
        self._told.add(op)
        if not self._waiting:
            self._work.at_the_end(self.flush)
        self._waiting[op] = (bucket, raw)

    def flush(self) -> None:
        """Write what is to be published; the buckets stay locked until the commit."""
        by_bucket: dict[bytes, list[tuple[bytes, bytes]]] = {}
        for op, (bucket, raw) in self._waiting.items():
            by_bucket.setdefault(bucket, []).append((op, raw))
        self._waiting.clear()
        for bucket in sorted(by_bucket):
            self._write(bucket, by_bucket[bucket])

    def _write(self, bucket: bytes, operations: list[tuple[bytes, bytes]]) -> None:
        head = self._sql.one(_LOCKED, (bucket,))
        if head is None:
            self._sql.run(_FIRST, (bucket, EMPTY))
            head = self._sql.one(_LOCKED, (bucket,))
            assert head is not None, "it was just written, by us or another"
        sequence, total = head
        rows = []
        for op, raw in operations:
            sequence, total = sequence + 1, added(total, raw)
            rows.append((bucket, sequence, op, total))
        self._sql.run_many(_PUBLISH, rows)
        self._sql.run(_MOVE, (sequence, total, bucket))

    def head(self, bucket: bytes) -> tuple[int, bytes]:
        """Return a bucket's last sequence and the digest there."""
        self.flush()
        row = self._sql.one(_HEAD, (bucket,))
        return (0, EMPTY) if row is None else (row[0], row[1])

    def sum_at(self, bucket: bytes, sequence: int) -> bytes | None:
        """Return the digest of a bucket's first `sequence` rows, if it has as many."""
        if sequence == 0:
            return EMPTY
        self.flush()
        value: bytes | None = self._sql.value(
            "SELECT sum256 FROM feed WHERE bucket = ? AND sequence = ?", (bucket, sequence)
        )
        return value

    def buckets(self) -> list[bytes]:
        """Return every bucket there is, in ascending order."""
        self.flush()
        return [row[0] for row in self._sql.all("SELECT bucket FROM feed_head ORDER BY bucket")]

    def bucket_of(self, op: bytes) -> bytes | None:
        """Return the bucket that an operation was published in, or will be at the end."""
        if (waits := self._waiting.get(op)) is not None:
            return waits[0]
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
            if row[0] not in self._waiting
        ]

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
        self.flush()
        return [FeedRow(*row) for row in self._sql.all(_PAGE, (bucket, after, limit))]
