"""The wrong functions that mutants are made of, each of which takes a right one's place."""

from collections.abc import Callable
from typing import Any

import msgspec

from db.domain.ids import StreamId
from db.domain.operations import Operation
from db.services import (
    replication,
)
from db.storage import profiles as profile_rows
from db.storage.feed_cursors import FeedCursor, FeedCursorRepository
from db.storage.operations import OperationRepository
from db.storage.unit_of_work import UnitOfWork
from sync.client import exchange, inbox, leasing, outbox
from sync.client.remote_office import RemoteOffice
from sync.protocol.messages import Position
from sync.protocol.office import OfficeRefused, OfficeUnreachable
from sync.server import feed, ingest, office
from sync.server.desk import Desk
from sync.server.storage.feed_rows import FeedRepository
from sync.server.storage.grant_journal import GrantJournal
from tests.simulation.lease_mutations import LEASE_MUTATIONS

Put = Callable[[object, str, Any], None]
Mutation = Callable[[Put], None]
LOST_COMMITS = 24
HIDDEN_ROWS = 8


class _LostCommit(Exception):
    """A transaction that is rolled back after it was told."""


def no_push_dedupe(put: Put) -> None:
    """Head office applies again what it holds."""
    right = ingest._take

    def wrong(batch: Any, sequence: int, fact: Any, *, operation: Operation | None) -> bool:
        held = sequence <= batch.head.sequence
        go_on: bool = right(batch, sequence, fact, operation=operation)
        if held and go_on and operation is not None:
            replication.HANDLERS[operation.envelope.t](batch.desk.work, operation, None)
        return go_on

    put(ingest, "_take", wrong)


def no_apply_dedupe(put: Put) -> None:
    """A counter applies again what comes again."""
    right = replication.receive

    def wrong(work: UnitOfWork, operation: Operation, personal: Any, **said: Any) -> str:
        if work.operations.holds(operation.op):
            replication.HANDLERS[operation.envelope.t](work, operation, personal)
        return right(work, operation, personal, **said)

    put(inbox, "receive", wrong)
    put(leasing, "receive", wrong)


def cursor_saved_before_apply(put: Put) -> None:
    """The cursors move in a transaction of their own, before the rows are applied."""

    def move(work: UnitOfWork, reply: Any) -> None:
        cursors = FeedCursorRepository(work.sql)
        for page in reply.pages:
            last = FeedCursor(page.bucket, reply.incarnation, page.upto, page.upto, page.sum256)
            cursors.put(last)

    def take(work: UnitOfWork, reply: Any) -> int:
        taken = 0
        for row in reply.rows:
            personal = replication.Personal(row.nonce, row.personal) if row.nonce else None
            operation, now = inbox._operation(row), work.at_ms
            taken += inbox.receive(work, operation, personal, received_at=now) != "duplicate"
        return taken

    def wrong(run: Any, reply: Any, report: Any, **_said: Any) -> None:
        run(lambda work: move(work, reply))
        report.pulled += run(lambda work: take(work, reply))

    put(exchange, "_take", wrong)


def prune_at_ack(put: Put) -> None:
    """What was acknowledged once is never sent again."""
    put(OperationRepository, "rewind", lambda *_said, **_upto: None)


def trust_any_200(put: Put) -> None:
    """Whatever answers 200 has taken everything."""
    right = exchange._push

    def all_taken(work: UnitOfWork) -> None:
        for head in work.operations.streams_of(work.home.counter_id):
            work.operations.acknowledge(head.stream_id, upto=head.sequence, durable=0)

    def wrong(run: Any, *parties: Any, **said: Any) -> None:
        try:
            right(run, *parties, **said)
        except OfficeUnreachable as trouble:
            if trouble.reason != "not_ours":
                raise
            run(all_taken)

    put(exchange, "_push", wrong)


def no_incarnation(put: Put) -> None:
    """A counter takes a restored head office for the one it knew."""
    right = inbox.pull_request

    def wrong(work: UnitOfWork, device: Any) -> Any:
        cursors = FeedCursorRepository(work.sql).all()
        positions = tuple(inbox._position(cursor) for cursor in cursors)
        asked = right(work, device)
        return msgspec.structs.replace(asked, incarnation=b"", positions=positions, marks=())

    put(inbox, "meet_incarnation", lambda *_said: None)
    put(outbox, "meet_incarnation", lambda *_said: None)
    put(leasing, "meet_incarnation", lambda *_said: None)
    put(exchange, "pull_request", wrong)


def what_lost_stands_on(put: Put) -> None:
    """An act that head office set aside goes on standing at its counter."""
    put(replication, "stand_down", lambda *_said, **_more: None)


def no_grant_journal(put: Put) -> None:
    """Grants are told without being written down outside of the file."""
    put(GrantJournal, "append", lambda *_said: None)


def acknowledged_before_commit(put: Put) -> None:
    """Head office answers, and some of its commits never happen."""
    right = office.ingest

    def wrong(self: Any, request: Any) -> Any:
        try:
            with self.storage.begin() as work:
                desk = Desk(work, self.journal)
                reply = right(desk, office._live(desk, request.device), request)
                lose_some(request.request[0])
        except _LostCommit:
            pass
        return reply

    def lose_some(chance: int) -> None:
        if chance % LOST_COMMITS == 0:
            raise _LostCommit

    put(office.Office, "push", wrong)


def a_bad_operation_blocks(put: Put) -> None:
    """Head office refuses a batch for one operation in it."""
    right = ingest.receive

    def wrong(*said: Any, **more: Any) -> str:
        status: str = right(*said, **more)
        if status == "quarantined":
            raise OfficeRefused("malformed")
        return status

    put(ingest, "receive", wrong)


def first_word_stands(put: Put) -> None:
    """Of two words on one field the earlier one stands."""
    put(profile_rows, "last_word", lambda words: min(words, key=lambda w: w[:2], default=None))


def gap_in_feed(put: Put) -> None:
    """Some rows appear in the feed later than those behind them, as by a plain sequence."""
    right, seen = FeedRepository.page, set[bytes]()

    def wrong(self: Any, bucket: bytes, after: int, *, limit: int) -> Any:
        shown = []
        for row in right(self, bucket, after, limit=limit):
            late = row.raw[-9] % HIDDEN_ROWS == 0 and row.raw not in seen
            seen.add(row.raw)
            if not late:
                shown.append(row)
        return shown

    put(FeedRepository, "page", wrong)


def no_contiguity(put: Put) -> None:
    """A counter takes rows as they come, whatever their places."""
    right = inbox.take_rows

    def wrong(work: UnitOfWork, incarnation: bytes, rows: Any, **said: Any) -> Any:
        if not rows:
            return right(work, incarnation, rows, **said)
        row, cursors = rows[0], FeedCursorRepository(work.sql)
        known = {cursor.bucket: cursor for cursor in cursors.all()}
        cursor = known.get(row.bucket) or FeedCursor(row.bucket, incarnation, 0, 0, bytes(32))
        before = FeedCursor(row.bucket, incarnation, row.at - 1, cursor.count, cursor.sum256)
        cursors.put(before)
        return right(work, incarnation, (row,), **said)

    put(exchange, "take_rows", wrong)


def no_digests(put: Put) -> None:
    """Nobody compares what was read with what there is."""
    right = feed._starts

    def wrong(desk: Desk, device: Any, request: Any, *, feed: Any) -> Any:
        positions = tuple(
            Position(
                bucket=one.bucket,
                sequence=one.sequence,
                sum256=feed.sum_at(one.bucket, one.sequence) or one.sum256,
            )
            for one in request.positions
        )
        believed = msgspec.structs.replace(request, positions=positions)
        return right(desk, device, believed, feed=feed)

    put(feed, "_starts", wrong)
    put(exchange, "check_page", lambda *_said, **_more: 0)


def ack_without_hash(put: Put) -> None:
    """A counter believes how far it is held without comparing the hash."""
    right = outbox._acked

    def wrong(work: UnitOfWork, request: Any, reply: Any) -> Any:
        own = outbox._hash_at(work, StreamId(request.stream), reply.upto)
        believed = msgspec.structs.replace(reply, upto_hash=own or reply.upto_hash)
        return right(work, request, believed)

    put(outbox, "_acked", wrong)


def ack_of_head(put: Put) -> None:
    """Head office names its own head and not how far this push went."""
    right = ingest._reply

    def wrong(batch: Any) -> Any:
        batch.upto = ingest._head(batch.desk, batch.head.stream_id).sequence
        return right(batch)

    put(ingest, "_reply", wrong)


def any_answer_will_do(put: Put) -> None:
    """A counter takes the answer to another request for one to its own."""

    def wrong(self: Any, kind: str, request: Any) -> Any:
        return self._opened(kind, self._carried(kind, request))

    put(RemoteOffice, "_answer", wrong)


MUTATIONS: dict[str, Mutation] = {
    made.__name__.replace("_", " "): made
    for made in (
        *LEASE_MUTATIONS,
        no_push_dedupe,
        no_apply_dedupe,
        cursor_saved_before_apply,
        prune_at_ack,
        trust_any_200,
        no_incarnation,
        what_lost_stands_on,
        no_grant_journal,
        acknowledged_before_commit,
        a_bad_operation_blocks,
        first_word_stands,
        gap_in_feed,
        no_contiguity,
        no_digests,
        ack_without_hash,
        ack_of_head,
        any_answer_will_do,
    )
}
