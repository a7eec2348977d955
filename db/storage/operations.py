"""The operation log on disk: every stream's bytes as they were sealed, and the queue to send.

The outbox is not a second table: it is what lies behind `acked_sequence` in our own stream, so
an act and its duty to be sent cannot come apart.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from db.domain.ids import CounterId, MemberId, OperationId, StreamId
from db.domain.operations import Operation, Personal, read_operation
from db.storage.database import Statements, in_lists

BATCH_OPERATIONS_MAX = 500


class StreamHead(NamedTuple):
    """Where a stream stands: last sequence, its hash, its clock, and what head office has."""

    stream_id: StreamId
    counter_id: CounterId
    epoch: int
    sequence: int
    head: bytes
    hlc: int
    status: str
    acked_sequence: int
    durable_sequence: int


class Start(NamedTuple):
    """What an act at the counter starts from, in one statement instead of three.

    `written` is the operation that stands under the act's id already, `shift_id` the open shift.
    """

    stream: StreamHead
    written: Operation | None
    shift_id: bytes | None


_STREAM = (
    "SELECT stream_id, counter_id, epoch, sequence, head, hlc, status, acked_sequence,"
    " durable_sequence FROM stream WHERE stream_id = ?"
)
_LOCKED = f"{_STREAM} /*+ FOR UPDATE */"
_START = (
    "SELECT s.stream_id, s.counter_id, s.epoch, s.sequence, s.head, s.hlc, s.status,"
    " s.acked_sequence, s.durable_sequence, (SELECT raw FROM operation WHERE op = ?2),"
    " (SELECT h.shift_id FROM shift AS h WHERE h.counter_id = s.counter_id"
    "  AND h.closed_at IS NULL ORDER BY h.opened_at DESC LIMIT 1)"
    " FROM stream AS s WHERE s.stream_id = ?1"
)
_TO_SEND = (
    "SELECT o.raw, p.nonce, p.payload FROM operation AS o LEFT JOIN personal AS p ON p.op = o.op"
    " WHERE o.stream_id = ? AND o.sequence > ? ORDER BY o.sequence"
)
_STREAMS_OF = (
    "SELECT stream_id, counter_id, epoch, sequence, head, hlc, status, acked_sequence,"
    " durable_sequence FROM stream WHERE counter_id = ? ORDER BY epoch, rowid"
)
_APPEND = (
    "INSERT INTO operation (stream_id, sequence, op, kind, hash, raw, hlc, member_id, received_at,"
    " status, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MOVE_HEAD = (
    "UPDATE stream SET sequence = ?, head = ?, hlc = max(hlc, ?) WHERE stream_id = ?"
    " AND sequence < ?"
)
_HELD_OF = "SELECT op FROM operation WHERE op IN"
_HASHES = (
    "SELECT sequence, hash FROM operation WHERE stream_id = ?1 AND sequence >= ?2 AND sequence < ?3"
    " UNION ALL"
    " SELECT sequence, hash FROM repeated WHERE stream_id = ?1 AND sequence >= ?2 AND sequence < ?3"
)


class OperationRepository:
    """Append-only access to `operation`, and the heads in `stream`."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql
        self._absent: set[bytes] = set()
        self._new: frozenset[bytes] = frozenset()
        self._places: dict[bytes, tuple[range, dict[int, bytes]]] = {}

    def foresee(self, ops: Collection[bytes]) -> None:
        """Ask at once which of these ids are held; before many operations are applied together."""
        self._absent = set(ops).difference(
            row[0] for row in in_lists(self._sql, _HELD_OF, list(ops))
        )
        self._new = frozenset(self._absent)

    def came_now(self, op: bytes) -> bool:
        """Say whether it was asked beforehand, and an operation with this id was not here."""
        return op in self._new

    def foresee_places(self, stream_id: bytes, sequences: range) -> None:
        """Ask at once for a stream's hashes in a range; before many operations are received."""
        rows = self._sql.all(_HASHES, (stream_id, sequences.start, sequences.stop))
        self._places[stream_id] = (sequences, {row[0]: row[1] for row in rows})

    def stream(self, stream_id: StreamId) -> StreamHead | None:
        """Return a stream's head, if we know the stream."""
        row = self._sql.one(_STREAM, (stream_id,))
        return None if row is None else StreamHead(*row)

    def locked_stream(self, stream_id: StreamId) -> StreamHead | None:
        """Return a stream's head, which no other transaction moves until this one ends."""
        row = self._sql.one(_LOCKED, (stream_id,))
        return None if row is None else StreamHead(*row)

    def start(self, stream_id: StreamId, op: OperationId) -> Start:
        """Return what an act in this stream starts from; `op` is the act's own id."""
        row = self._sql.one(_START, (stream_id, op))
        assert row is not None, "init opens the counter's stream"
        *stream, raw, shift_id = row
        return Start(StreamHead(*stream), None if raw is None else read_operation(raw), shift_id)

    def open_stream(self, stream_id: StreamId, counter_id: CounterId, *, epoch: int) -> None:
        """Begin a stream; opening one that is there changes nothing."""
        self._sql.run(
            "INSERT INTO stream (stream_id, counter_id, epoch, sequence, head, hlc, status)"
            " VALUES (?, ?, ?, 0, zeroblob(32), 0, 'live') ON CONFLICT DO NOTHING",
            (stream_id, counter_id, epoch),
        )

    def streams_of(self, counter_id: CounterId) -> list[StreamHead]:
        """Return every stream a counter has written, the oldest first."""
        return [StreamHead(*row) for row in self._sql.all(_STREAMS_OF, (counter_id,))]

    def close_stream(self, stream_id: StreamId, status: str) -> None:
        """Write no more into a stream: `closed`, or `forked` where two wrote it."""
        self._sql.run("UPDATE stream SET status = ? WHERE stream_id = ?", (status, stream_id))

    def append(
        self,
        operation: Operation,
        *,
        received_at: int | None = None,
        status: str = "applied",
        error: str | None = None,
    ) -> None:
        """Write one operation and move its stream's head to it.

        The caller has checked that it follows the head; the same id twice is a bug here.
        """
        envelope, stream_id, op = operation.envelope, operation.stream, operation.op
        self._absent.discard(op)
        if (place := self._places.get(stream_id)) is not None:
            place[1][envelope.q] = operation.hash
        self._sql.later(
            _APPEND,
            (
                stream_id,
                envelope.q,
                op,
                envelope.t,
                operation.hash,
                operation.raw,
                envelope.hlc,
                operation.member,
                received_at,
                status,
                error,
            ),
        )
        self._sql.later(
            _MOVE_HEAD,
            (envelope.q, operation.hash, envelope.hlc, stream_id, envelope.q),
            key=stream_id,
            merge=_further,
        )

    def advance(self, stream_id: StreamId, sequence: int, head: bytes) -> None:
        """Move a stream's head over an operation that is held elsewhere."""
        self._sql.run(
            "UPDATE stream SET sequence = ?, head = ? WHERE stream_id = ? AND sequence < ?",
            (sequence, head, stream_id, sequence),
        )

    def keep_unreadable(
        self,
        op: OperationId,
        stream_id: StreamId,
        sequence: int,
        *,
        digest: bytes,
        raw: bytes,
        received_at: int,
    ) -> None:
        """Keep bytes that are no operation in their place of the chain, quarantined."""
        self._places.clear()
        self._absent.discard(op)
        self._sql.run(
            "INSERT INTO operation (stream_id, sequence, op, kind, hash, raw, hlc, received_at,"
            " status, error) VALUES (?, ?, ?, 'unreadable', ?, ?, 0, ?, 'quarantined',"
            " 'unreadable')",
            (stream_id, sequence, op, digest, raw, received_at),
        )
        self.advance(stream_id, sequence, digest)

    def set_status(self, op: bytes, status: str, error: str | None = None) -> None:
        """Say that an operation was applied, quarantined or skipped."""
        self._sql.run(
            "UPDATE operation SET status = ?, error = ? WHERE op = ?", (status, error, op)
        )

    def is_quarantined(self, op: bytes) -> bool:
        """Say whether an operation is kept that could not be applied, or stands no more."""
        return bool(
            self._sql.value("SELECT status = 'quarantined' FROM operation WHERE op = ?", (op,))
        )

    def set_aside(self, after: int, *, limit: int) -> list[tuple[int, bytes]]:
        """Return (place, op) of operations that are kept and not applied, as they arrived."""
        rows = self._sql.each(
            "SELECT rowid, op FROM operation WHERE rowid > ? AND status <> 'applied'"
            " AND kind <> 'unreadable' ORDER BY rowid",
            (after,),
        )
        return [(row[0], row[1]) for row in islice(rows, limit)]

    def error_of(self, op: bytes) -> str:
        """Return what was wrong with an operation; nothing for one that stands."""
        return str(self._sql.value("SELECT error FROM operation WHERE op = ?", (op,)) or "")

    def ratchet(self, stream_id: StreamId, hlc: int) -> None:
        """Raise a stream's clock; it never goes back."""
        self._sql.run("UPDATE stream SET hlc = max(hlc, ?) WHERE stream_id = ?", (hlc, stream_id))

    def find(self, op: bytes) -> Operation | None:
        """Return the operation with this id, if one that can be read was ever written here."""
        raw = self._sql.value(
            "SELECT raw FROM operation WHERE op = ? AND kind <> 'unreadable'", (op,)
        )
        return None if raw is None else read_operation(raw)

    def holds(self, op: bytes) -> bool:
        """Say whether an operation with this id was ever written here."""
        if op in self._absent:
            return False
        return self._sql.value("SELECT 1 FROM operation WHERE op = ?", (op,)) is not None

    def hash_at(self, stream_id: StreamId, sequence: int) -> bytes | None:
        """Return the hash of the stream after `sequence`, if we hold that operation."""
        place = self._places.get(stream_id)
        if place is not None and sequence in place[0]:
            return place[1].get(sequence)
        value: bytes | None = self._sql.value(
            "SELECT hash FROM operation WHERE stream_id = ?1 AND sequence = ?2"
            " UNION ALL SELECT hash FROM repeated WHERE stream_id = ?1 AND sequence = ?2",
            (stream_id, sequence),
        )
        return value

    def repeat(self, operation: Operation) -> None:
        """Give an act that is held under another stream its place in this chain, and no more."""
        self._places.clear()
        stream_id, sequence = StreamId(operation.stream), operation.envelope.q
        self._sql.run(
            "INSERT INTO repeated (stream_id, sequence, op, hash, raw) VALUES (?, ?, ?, ?, ?)",
            (stream_id, sequence, operation.op, operation.hash, operation.raw),
        )
        self.advance(stream_id, sequence, operation.hash)

    def after(
        self, stream_id: StreamId, sequence: int, *, limit: int = BATCH_OPERATIONS_MAX
    ) -> list[tuple[int, bytes, bytes]]:
        """Return (sequence, op, raw) of a stream's operations behind `sequence`, oldest first."""
        return [
            (row[0], row[1], row[2])
            for row in self._sql.all(
                "SELECT sequence, op, raw FROM operation WHERE stream_id = ? AND sequence > ?"
                " ORDER BY sequence LIMIT ?",
                (stream_id, sequence, limit),
            )
        ]

    def to_send(
        self, head: StreamHead, *, limit: int
    ) -> Iterator[tuple[bytes, bytes | None, bytes | None]]:
        """Yield (raw, nonce, personal data) of what head office does not have, oldest first."""
        rows = self._sql.each(_TO_SEND, (head.stream_id, head.acked_sequence))
        return ((row[0], row[1], row[2]) for row in islice(rows, limit))

    def waiting(self, stream_id: StreamId) -> int:
        """Return how many of the stream's operations head office does not have."""
        return int(
            self._sql.value(
                "SELECT sequence - acked_sequence FROM stream WHERE stream_id = ?", (stream_id,)
            )
            or 0
        )

    def acknowledge(self, stream_id: StreamId, *, upto: int, durable: int) -> None:
        """Remember what head office has, and what its backups have; neither ever goes back."""
        self._sql.run(
            "UPDATE stream SET acked_sequence = max(acked_sequence, ?),"
            " durable_sequence = max(durable_sequence, ?) WHERE stream_id = ?",
            (upto, durable, stream_id),
        )

    def taken_back(self, stream_id: StreamId, sequence: int) -> None:
        """Note that head office holds an operation of ours that came to us through its feed."""
        self._sql.run(
            "UPDATE stream SET acked_sequence = ?2 WHERE stream_id = ?1"
            " AND acked_sequence = ?2 - 1",
            (stream_id, sequence),
        )

    def cut(self, stream_id: StreamId, *, at: int, head: bytes) -> None:
        """End a stream before `at`: what lay there goes on under another stream."""
        self._sql.run(
            "UPDATE stream SET sequence = ?2, head = ?3, status = 'forked',"
            " acked_sequence = min(acked_sequence, ?2) WHERE stream_id = ?1",
            (stream_id, at - 1, head),
        )

    def move(self, operation: Operation) -> None:
        """Give an operation its new place and bytes; its id, and what it did, stay."""
        self._places.clear()
        envelope = operation.envelope
        self._sql.run(
            "UPDATE operation SET stream_id = ?, sequence = ?, hash = ?, raw = ? WHERE op = ?",
            (operation.stream, envelope.q, operation.hash, operation.raw, operation.op),
        )
        self.advance(StreamId(operation.stream), envelope.q, operation.hash)

    def make_way(self, stream_id: bytes, sequence: int) -> None:
        """Move another counter's operation out of a place that head office fills otherwise."""
        self._places.clear()
        self._sql.run(
            "UPDATE operation SET sequence = 1 + (SELECT max(1 << 40, max(o.sequence))"
            " FROM operation AS o WHERE o.stream_id = ?1) WHERE stream_id = ?1 AND sequence = ?2",
            (stream_id, sequence),
        )

    def rewind(self, stream_id: StreamId, *, upto: int) -> None:
        """Head office lost its tail: what lies behind `upto` waits again."""
        self._sql.run(
            "UPDATE stream SET acked_sequence = ? WHERE stream_id = ? AND acked_sequence > ?",
            (upto, stream_id, upto),
        )

    def keep_personal(self, op: bytes, member_id: MemberId, personal: Personal) -> None:
        """Keep the personal data that an operation names by digest; again changes nothing."""
        self._sql.later(
            "INSERT INTO personal (op, member_id, nonce, payload) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (op, member_id, personal.nonce, personal.payload),
        )

    def personal(self, op: bytes) -> Personal | None:
        """Return the personal data beside an operation, unless it was erased."""
        row = self._sql.one("SELECT nonce, payload FROM personal WHERE op = ?", (op,))
        return None if row is None else Personal(row[0], row[1])


def _further(before: Sequence[Any], after: Sequence[Any]) -> Sequence[Any]:
    """Return which of two moves of a stream's head stands: the further, with the later clock."""
    newest = after if after[0] > before[0] else before
    return (*newest[:2], max(before[2], after[2]), *newest[3:])
