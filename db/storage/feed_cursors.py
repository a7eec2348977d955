"""Where this counter stands in head office's feed: one cursor for each bucket, and its digest.

A cursor moves in the transaction that applies the page, never before and never after. It belongs
to one incarnation of head office: a restored head office numbers its feed anew.
"""

from dataclasses import dataclass

from db.storage.database import Statements


@dataclass(frozen=True, slots=True)
class FeedCursor:
    """The last row taken from a bucket, how many there were, and the sum of their SHA-256."""

    bucket: bytes
    incarnation: bytes
    sequence: int
    count: int
    sum256: bytes


class FeedCursorRepository:
    """Access to `cursor` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def all(self) -> list[FeedCursor]:
        """Return every cursor."""
        return [
            FeedCursor(*row)
            for row in self._sql.all(
                "SELECT bucket, incarnation, sequence, count, sum256 FROM cursor ORDER BY bucket"
            )
        ]

    def put(self, cursor: FeedCursor) -> None:
        """Move a bucket's cursor."""
        self._sql.run(
            "INSERT INTO cursor (bucket, incarnation, sequence, count, sum256)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (bucket) DO UPDATE SET"
            " incarnation = excluded.incarnation, sequence = excluded.sequence,"
            " count = excluded.count, sum256 = excluded.sum256",
            (cursor.bucket, cursor.incarnation, cursor.sequence, cursor.count, cursor.sum256),
        )

    def forget(self, bucket: bytes | None = None) -> None:
        """Begin a bucket, or all of them, from the start; what comes twice is skipped."""
        self._sql.run("DELETE FROM cursor WHERE ?1 IS NULL OR bucket = ?1", (bucket,))
