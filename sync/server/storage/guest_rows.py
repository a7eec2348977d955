"""Guests on disk: who is one of which branch, and the buckets that tell of them."""

import hashlib

from db.domain.ids import BranchId, CounterId, MemberId
from db.storage.unit_of_work import UnitOfWork
from sync.protocol.digest import EMPTY, added
from sync.server.storage.feed_rows import FeedRow

_PAGE = """
SELECT f.bucket, f.sequence, o.raw, p.nonce, p.payload
FROM guest_feed AS f
JOIN operation AS o ON o.op = f.op
LEFT JOIN personal AS p ON p.op = f.op
WHERE f.bucket = ? AND f.sequence > ? ORDER BY f.sequence LIMIT ?
"""
_HISTORY = """
SELECT op, raw FROM operation
WHERE member_id = ? AND status IN ('applied', 'skipped') ORDER BY rowid
"""
_ERASURES = """
SELECT raw FROM operation
WHERE op IN (SELECT op FROM erasure) AND status = 'applied' ORDER BY rowid
"""
_HEAD = "SELECT sequence, sum256 FROM guest_head WHERE bucket = ?"
_LOCKED = f"{_HEAD} /*+ FOR UPDATE */"
_FIRST = "INSERT INTO guest_head (bucket, sequence, sum256) VALUES (?, 0, ?) ON CONFLICT DO NOTHING"
_MOVE = "UPDATE guest_head SET sequence = ?, sum256 = ? WHERE bucket = ?"
_TELL = "INSERT INTO guest_feed (bucket, sequence, op, sum256) VALUES (?, ?, ?, ?)"
_BOUGHT_HERE = """
SELECT DISTINCT s.member_id FROM sale AS s JOIN member AS m ON m.member_id = s.member_id
WHERE s.branch_id = ?1 AND s.business_day >= ?2 AND m.home_branch_id <> ?1
"""


def guest_bucket(branch_id: bytes) -> bytes:
    """Return the bucket that tells of a branch's guests."""
    return hashlib.sha256(b"guests of " + branch_id).digest()[:16]


class GuestRepository:
    """Access to `home_counter`, `guest` and `guest_feed` through one open transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._sql = work.sql
        self._waiting: dict[bytes, dict[bytes, bytes]] = {}
        self._branches: list[BranchId] | None = None

    def narrow(self, counter_id: CounterId, *, home: bool) -> None:
        """Let a counter hold the members of its branch only, or all."""
        self._branches = None
        if home:
            self._sql.run(
                "INSERT INTO home_counter (counter_id) VALUES (?) ON CONFLICT DO NOTHING",
                (counter_id,),
            )
        else:
            self._sql.run("DELETE FROM home_counter WHERE counter_id = ?", (counter_id,))

    def branch_of(self, counter_id: CounterId) -> BranchId | None:
        """Return whose members alone a counter holds; nothing where it holds all."""
        branch: BranchId | None = self._sql.value(
            "SELECT c.branch_id FROM home_counter AS h JOIN counter AS c"
            " ON c.counter_id = h.counter_id WHERE h.counter_id = ?",
            (counter_id,),
        )
        return branch

    def branches(self) -> list[BranchId]:
        """Return the branches that have such a counter; asked once a transaction."""
        if self._branches is not None:
            return self._branches
        rows = self._sql.all(
            "SELECT DISTINCT c.branch_id FROM home_counter AS h JOIN counter AS c"
            " ON c.counter_id = h.counter_id"
        )
        self._branches = [BranchId(row[0]) for row in rows]
        return self._branches

    def bought_here(self, branch_id: BranchId, since: str) -> list[MemberId]:
        """Return other branches' members who bought at this one since a business day."""
        return [MemberId(row[0]) for row in self._sql.all(_BOUGHT_HERE, (branch_id, since))]

    def is_guest(self, branch_id: BranchId, member_id: bytes) -> bool:
        """Say whether a member is a guest of a branch."""
        row = self._sql.one(
            "SELECT 1 FROM guest WHERE branch_id = ? AND member_id = ?", (branch_id, member_id)
        )
        return row is not None

    def add(self, branch_id: BranchId, member_id: MemberId) -> bool:
        """Make a member a guest; say whether he was none."""
        return bool(
            self._sql.run(
                "INSERT INTO guest (branch_id, member_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (branch_id, member_id),
            )
        )

    def history(self, member_id: bytes) -> list[tuple[bytes, bytes]]:
        """Return (op, raw) of what stands about a member, as it arrived."""
        return [(row[0], row[1]) for row in self._sql.all(_HISTORY, (member_id,))]

    def erasures(self) -> list[bytes]:
        """Return every erasure that stands, as it arrived."""
        return [row[0] for row in self._sql.all(_ERASURES)]

    def tells(self, branch_id: BranchId, op: bytes) -> bool:
        """Say whether an operation is in a branch's bucket of guests, or will be at the end."""
        if op in self._waiting.get(guest_bucket(branch_id), {}):
            return True
        row = self._sql.one(
            "SELECT 1 FROM guest_feed WHERE bucket = ? AND op = ?", (guest_bucket(branch_id), op)
        )
        return row is not None

    def append(self, branch_id: BranchId, op: bytes, raw: bytes) -> None:
        """Tell a branch of one more operation at the transaction's end, behind the feed's own."""
        if not self._waiting:
            self._work.at_the_end(self.flush)
        self._waiting.setdefault(guest_bucket(branch_id), {})[op] = raw

    def flush(self) -> None:
        """Write what is to be told; the buckets stay locked until the commit."""
        waiting, self._waiting = self._waiting, {}
        for bucket in sorted(waiting):
            self._write(bucket, waiting[bucket])

    def _write(self, bucket: bytes, operations: dict[bytes, bytes]) -> None:
        self._sql.run(_FIRST, (bucket, EMPTY))
        head = self._sql.one(_LOCKED, (bucket,))
        assert head is not None, "it was just written, by us or another"
        sequence, total = head
        rows = []
        for op, raw in operations.items():
            sequence, total = sequence + 1, added(total, raw)
            rows.append((bucket, sequence, op, total))
        self._sql.run_many(_TELL, rows)
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
            "SELECT sum256 FROM guest_feed WHERE bucket = ? AND sequence = ?", (bucket, sequence)
        )
        return value

    def page(self, bucket: bytes, after: int, *, limit: int) -> list[FeedRow]:
        """Return a bucket's rows behind `after`, at most `limit`."""
        return [FeedRow(*row) for row in self._sql.all(_PAGE, (bucket, after, limit))]
