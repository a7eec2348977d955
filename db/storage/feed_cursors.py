"""Where this counter stands in head office's feed: one cursor for each bucket, and its digest.

A cursor moves in the transaction that applies the page, never before and never after. It belongs
to one incarnation of head office: a restored head office numbers its feed anew. Marks are places
that a cursor passed, at distances that double: behind one of them both still agree.
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

    def forget(self, bucket: bytes) -> None:
        """Begin a bucket from the start; what comes twice is skipped."""
        self._sql.run("DELETE FROM cursor WHERE bucket = ?", (bucket,))
        self._sql.run("DELETE FROM feed_mark WHERE bucket = ?", (bucket,))

    def forget_all(self) -> None:
        """Begin every bucket from the start."""
        self._sql.run("DELETE FROM cursor")
        self._sql.run("DELETE FROM feed_mark")

    def mark(self, cursor: FeedCursor) -> None:
        """Remember a place; of older ones those remain whose distance to it doubles."""
        marks = [mark.sequence for mark in self.marks(cursor.bucket)]
        kept = _at_doubling_distances(cursor.sequence, marks)
        self._sql.run_many(
            "DELETE FROM feed_mark WHERE bucket = ? AND sequence = ?",
            [(cursor.bucket, sequence) for sequence in marks if sequence not in kept],
        )
        self._sql.run(
            "INSERT INTO feed_mark (bucket, sequence, incarnation, sum256) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (bucket, sequence) DO UPDATE SET incarnation = excluded.incarnation,"
            " sum256 = excluded.sum256",
            (cursor.bucket, cursor.sequence, cursor.incarnation, cursor.sum256),
        )

    def marks(self, bucket: bytes) -> list[FeedCursor]:
        """Return the places that the bucket's cursor passed, the newest first."""
        return [
            FeedCursor(bucket, row[0], row[1], row[1], row[2])
            for row in self._sql.all(
                "SELECT incarnation, sequence, sum256 FROM feed_mark WHERE bucket = ?"
                " ORDER BY sequence DESC",
                (bucket,),
            )
        ]

    def resume(self, bucket: bytes, incarnation: bytes, *, at: int) -> bool:
        """Go on from a place in another incarnation; say whether we passed it.

        Marks behind it are of a feed that is no more. The start is known to everybody.
        """
        passed = [cursor for cursor in self.all() if cursor.bucket == bucket] + self.marks(bucket)
        mark = next((one for one in passed if one.sequence == at), None)
        if mark is None and at:
            return False
        self._sql.run("DELETE FROM feed_mark WHERE bucket = ? AND sequence > ?", (bucket, at))
        if mark is None:
            self.forget(bucket)
        else:
            self.put(FeedCursor(bucket, incarnation, at, at, mark.sum256))
        return True


def _at_doubling_distances(head: int, marks: list[int]) -> set[int]:
    """Return which of the places, newest first, to keep behind a new head.

    One goes when the gap it leaves is no wider than the way from there to the head: whoever lost
    n rows reads 2n again at most, and there are two marks for each doubling.
    """
    kept: set[int] = set()
    newer = head
    older = [*marks[1:], 0]
    for sequence, before in zip(marks, older, strict=False):
        if sequence < head and newer - before > head - newer:
            kept.add(sequence)
            newer = sequence
    return kept
