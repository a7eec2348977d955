"""The wrong functions that mutants are made of, each of which takes a right one's place."""

from collections.abc import Callable
from typing import Any

import msgspec

from db.domain.ids import LeaseId, MemberId, StreamId
from db.domain.operations import Operation
from db.services import gifts, lots, points, replication, sales, stored_value_sales
from db.services import leases as lease_acts
from db.services.journal import Draft, append
from db.services.leases import LeaseReclaimBody, apply_lease_reclaim
from db.storage import coupons as coupon_rows
from db.storage import leases as lease_rows
from db.storage import profiles as profile_rows
from db.storage.feed_cursors import FeedCursor, FeedCursorRepository
from db.storage.operations import OperationRepository
from db.storage.unit_of_work import UnitOfWork
from sync.client import exchange, inbox, leasing, outbox
from sync.client.remote_office import RemoteOffice
from sync.protocol.messages import Position
from sync.protocol.office import OfficeRefused, OfficeUnreachable
from sync.server import feed, holds, ingest, office
from sync.server import leases as office_leases
from sync.server.asker import OFFICE
from sync.server.desk import Desk
from sync.server.storage.feed_rows import FeedRepository
from sync.server.storage.grant_journal import GrantJournal

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


def redeem_without_grant(put: Put) -> None:
    """A counter spends what was granted to another."""
    put(lease_rows, "_OPEN", lease_rows._OPEN.replace("l.stream_id = ?", "? IS NOT NULL"))


def closed_leases_are_spent(put: Put) -> None:
    """A counter spends leases that it closed."""
    wrong = lease_rows._OPEN.replace("l.state = 'open'", "l.state IN ('open', 'closed')")
    put(lease_rows, "_OPEN", wrong)


def leases_are_spent_again(put: Put) -> None:
    """A counter forgets what it spent of a lease."""
    put(lease_rows.LeaseRepository, "spend", lambda *_said: None)


def leases_never_end(put: Put) -> None:
    """A counter spends leases whose time is over."""
    right = lease_rows.LeaseRepository.open_here

    def wrong(self: Any, member_id: MemberId, stream_id: StreamId, *, at_ms: int) -> Any:
        return right(self, member_id, stream_id, at_ms=min(at_ms, 0))

    put(lease_rows.LeaseRepository, "open_here", wrong)
    put(leasing, "close_expired_leases", lambda _work: None)


def reclaim_at_lease_end(put: Put) -> None:
    """Head office takes a lease back when its time is over, spent or not."""
    right = office.answer_pull

    def reclaim(desk: Desk) -> None:
        work = desk.work
        over = "SELECT lease_id, member_id FROM lease WHERE state = 'open' AND until_at < ?"
        for lease_id, member_id in work.all(over, (work.at_ms,)):
            shares = office_leases._what_comes_back(work, LeaseId(lease_id))
            token = work.leases.token(LeaseId(lease_id))
            if not shares or token is None or token.own:
                continue
            draft = Draft(
                op=office_leases.reclaim_id(LeaseId(lease_id)),
                kind="lease_reclaim",
                body=LeaseReclaimBody(lease=token.g, shares=shares),
                by=OFFICE,
                member_id=MemberId(member_id),
            )
            apply_lease_reclaim(work, append(work, draft), None)

    def wrong(desk: Desk, *said: Any) -> Any:
        reclaim(desk)
        return right(desk, *said)

    put(office, "answer_pull", wrong)


def no_escrow(put: Put) -> None:
    """A grant leaves the points in the member's account as well."""
    put(lease_acts, "grant_movements", lambda _token: [])


def device_authored_release(put: Put) -> None:
    """A counter's close gives back by itself, and head office does as well."""
    right = replication.HANDLERS["lease_close"]

    def wrong(work: UnitOfWork, operation: Operation, personal: Any) -> None:
        right(work, operation, personal)
        token = msgspec.convert(operation.envelope.gtok[0], lots.LeaseToken)
        left = work.leases.left(token.lease_id)
        back = tuple(lots.LotShare(lots.text_of(lot), part) for lot, part in left)
        if operation.member is not None and back:
            member_id = MemberId(operation.member)
            moved = lease_acts.reclaim_movements(token.lease_id, member_id, back)
            work.ledger.post(operation.op, moved)

    put(lease_acts, "apply_lease_close", wrong)
    put(replication, "HANDLERS", replication.HANDLERS | {"lease_close": wrong})


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


def coupons_without_hold(put: Put) -> None:
    """A counter uses any coupon it has heard of, and head office believes it."""
    put(coupon_rows, "_usable_here", lambda *_said, **_more: None)
    put(holds, "_check_uses", lambda *_said: None)


def value_without_hold(put: Put) -> None:
    """A counter spends all stored value it has heard of, and head office believes it."""
    right = stored_value_sales.held_here

    def wrong(work: UnitOfWork, member_id: MemberId, purse: Any) -> Any:
        return type(right(work, member_id, purse))(purse)

    put(stored_value_sales, "held_here", wrong)
    put(holds, "_check_uses", lambda *_said: None)


def spends_before_their_grant_are_lost(put: Put) -> None:
    """What is spent of a lease that was not heard of yet is not counted."""

    def wrong(work: UnitOfWork, operation: Operation) -> None:
        for token in lots.own_tokens(operation):
            work.leases.add(token)

    for module in (sales, points, gifts):
        put(module, "enter_tokens", wrong)


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

    def wrong(desk: Desk, device: Any, request: Any) -> Any:
        positions = tuple(
            Position(
                bucket=one.bucket,
                sequence=one.sequence,
                sum256=desk.feed.sum_at(one.bucket, one.sequence) or one.sum256,
            )
            for one in request.positions
        )
        return right(desk, device, msgspec.structs.replace(request, positions=positions))

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
        no_push_dedupe,
        no_apply_dedupe,
        cursor_saved_before_apply,
        prune_at_ack,
        trust_any_200,
        no_incarnation,
        redeem_without_grant,
        closed_leases_are_spent,
        leases_are_spent_again,
        leases_never_end,
        reclaim_at_lease_end,
        no_escrow,
        device_authored_release,
        no_grant_journal,
        acknowledged_before_commit,
        a_bad_operation_blocks,
        first_word_stands,
        coupons_without_hold,
        value_without_hold,
        spends_before_their_grant_are_lost,
        gap_in_feed,
        no_contiguity,
        no_digests,
        ack_without_hash,
        ack_of_head,
        any_answer_will_do,
    )
}
