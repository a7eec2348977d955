"""Erasures as head office follows them: which devices carried them out, which phones came back."""

from typing import NamedTuple

from db.storage.database import Reader, Statements

_PASSED = """
INSERT INTO erasure_done (op, device_id, done_at)
SELECT DISTINCT e.op, CAST(? AS BLOB), CAST(? AS INTEGER)
FROM erasure AS e JOIN (
    SELECT op, bucket, sequence FROM feed UNION ALL SELECT op, bucket, sequence FROM guest_feed
) AS f ON f.op = e.op
WHERE f.bucket = ? AND f.sequence <= ?
  AND NOT EXISTS (SELECT 1 FROM erasure_done AS d WHERE d.op = e.op AND d.device_id = ?)
"""
_WAITS = """
SELECT 1 FROM erasure AS e
WHERE NOT EXISTS (SELECT 1 FROM erasure_done AS d WHERE d.op = e.op AND d.device_id = ?) LIMIT 1
"""
_ERASURES = """
SELECT e.op, min(e.member_id), min(e.erased_at) FROM erasure AS e
GROUP BY e.op ORDER BY min(e.erased_at) DESC, e.op LIMIT ?
"""
_DEVICES = """
SELECT c.name, b.name, d.state, d.last_seen_at, x.done_at
FROM device AS d
JOIN counter AS c ON c.counter_id = d.counter_id
JOIN branch AS b ON b.branch_id = c.branch_id
LEFT JOIN erasure_done AS x ON x.device_id = d.device_id AND x.op = ?
WHERE d.enrolled_at <= ? OR x.done_at IS NOT NULL
ORDER BY b.name, c.name, d.enrolled_at
"""

_YEAR_MS = 366 * 86_400_000


class DeviceDone(NamedTuple):
    """Whether a device has carried out an erasure, and when; times UTC ms."""

    counter: str
    branch: str
    state: str
    last_seen_at: int
    done_at: int | None


class ErasureRow(NamedTuple):
    """An erasure as head office follows it."""

    op: bytes
    member_id: bytes
    erased_at: int
    devices: tuple[DeviceDone, ...]


class ErasureFollowing:
    """Access to `erased_phone` and `erasure_done` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def keep_phone(self, digest: bytes, member_id: bytes, *, until_at: int) -> None:
        """Keep the hash of an erased member's phone; those whose year is over go."""
        self._sql.run("DELETE FROM erased_phone WHERE until_at < ?", (until_at - _YEAR_MS,))
        self._sql.run(
            "INSERT INTO erased_phone (hash, member_id, until_at) VALUES (?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (digest, member_id, until_at),
        )

    def phone_of(self, digest: bytes, *, at_ms: int) -> bytes | None:
        """Return which erased member had the phone of this hash, within the year."""
        value: bytes | None = self._sql.value(
            "SELECT member_id FROM erased_phone WHERE hash = ? AND until_at >= ?"
            " ORDER BY until_at DESC LIMIT 1",
            (digest, at_ms),
        )
        return value

    def waits_for(self, device_id: bytes) -> bool:
        """Say whether there is an erasure that a device is not known to have carried out."""
        return self._sql.one(_WAITS, (device_id,)) is not None

    def passed(self, device_id: bytes, *, bucket: bytes, sequence: int, at_ms: int) -> None:
        """Note that a device has carried out what lies in a bucket up to here."""
        self._sql.run(_PASSED, (device_id, at_ms, bucket, sequence, device_id))


def erasures(reader: Reader, *, limit: int) -> list[ErasureRow]:
    """Return the erasures with who has carried them out, the newest first.

    A device that joined later has nothing to carry out: it was told nothing of the person.
    """
    rows = reader.all(_ERASURES, (limit,))
    return [
        ErasureRow(
            op=row[0],
            member_id=row[1],
            erased_at=row[2],
            devices=tuple(DeviceDone(*each) for each in reader.all(_DEVICES, (row[0], row[2]))),
        )
        for row in rows
    ]
