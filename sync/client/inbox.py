"""What head office tells, taken into our book: the rows and the cursor in one transaction.

Rows come without gaps in each bucket. A row that came before is skipped by its operation's id, so
reading a bucket again from the start changes nothing; the digest says when that is needed.
"""

from dataclasses import dataclass, replace

from db.domain import hlc
from db.domain.ids import StreamId
from db.domain.operations import MalformedOperation, Operation, Personal, read_operation
from db.services.enrollment import BOOK_SETTING, adopt_book
from db.services.rehoming import rehome
from db.services.replication import is_known, receive
from db.storage.feed_cursors import FeedCursor, FeedCursorRepository
from db.storage.unit_of_work import UnitOfWork
from sync.client.device import REQUEST_BYTES, DeviceIdentity
from sync.client.outbox import INCARNATION_SETTING, meet_incarnation, note_time
from sync.protocol.digest import EMPTY, added
from sync.protocol.messages import Fact, Position, PullReply, PullRequest
from sync.protocol.office import OfficeUnreachable
from sync.protocol.version import app_version


@dataclass(frozen=True, slots=True)
class RowsTaken:
    """What a part of a page came to: how many `rows` the cursors moved over, and their status.

    `update_needed`: the next is a row that only a newer version knows.
    """

    rows: int = 0
    applied: int = 0
    quarantined: int = 0
    update_needed: bool = False


def pull_request(work: UnitOfWork, device: DeviceIdentity) -> PullRequest:
    """Return the question what happened since our cursors."""
    return PullRequest(
        request=work.chance(REQUEST_BYTES),
        device=device.device,
        token=device.token,
        incarnation=bytes.fromhex(work.settings.get(INCARNATION_SETTING) or ""),
        positions=tuple(
            Position(bucket=cursor.bucket, sequence=cursor.sequence, sum256=cursor.sum256)
            for cursor in FeedCursorRepository(work.sql).all()
        ),
        book=bytes.fromhex(work.settings.get(BOOK_SETTING) or ""),
        app=app_version(),
    )


def begin_page(work: UnitOfWork, reply: PullReply) -> None:
    """Take what travels in front of the rows: the time, the book, buckets to be read again."""
    meet_incarnation(work, reply.incarnation)
    note_time(work, reply.now)
    if reply.book is not None:
        adopt_book(work, reply.book)
    cursors = FeedCursorRepository(work.sql)
    for page in reply.pages:
        if page.again:
            cursors.forget(page.bucket)


def take_rows(
    work: UnitOfWork, incarnation: bytes, rows: tuple[Fact, ...], *, within_ms: int | None = None
) -> RowsTaken:
    """Apply rows in their order and move the cursors over them, in this one transaction.

    With `within_ms` no further row is begun after so long: somebody else may want the storage.

    Raises:
        OfficeUnreachable: `not_ours` when the rows are not the next ones; nothing is taken.
    """
    cursors = {cursor.bucket: cursor for cursor in FeedCursorRepository(work.sql).all()}
    taken = RowsTaken()
    begun = work.clock.mono_ms()
    for row in rows:
        if within_ms is not None and taken.rows and work.clock.mono_ms() - begun >= within_ms:
            break
        cursor = cursors.get(row.bucket) or FeedCursor(row.bucket, incarnation, 0, 0, EMPTY)
        if row.at != cursor.sequence + 1:
            raise OfficeUnreachable("not_ours", "a gap in the feed")
        operation = _operation(row)
        envelope = operation.envelope
        if envelope.crit and not is_known(operation):
            taken = replace(taken, update_needed=True)
            break
        status = _take(work, operation, row)
        taken = replace(
            taken,
            rows=taken.rows + 1,
            applied=taken.applied + (status in {"applied", "skipped"}),
            quarantined=taken.quarantined + (status == "quarantined"),
        )
        cursors[row.bucket] = FeedCursor(
            row.bucket,
            incarnation,
            row.at,
            cursor.count + 1,
            added(cursor.sum256, operation.raw),
        )
    _put(work, cursors, {row.bucket for row in rows})
    return taken


def check_page(work: UnitOfWork, reply: PullReply) -> int:
    """Compare digests where the page ends; return how many buckets will be read again."""
    cursors = FeedCursorRepository(work.sql)
    known = {cursor.bucket: cursor for cursor in cursors.all()}
    wrong = 0
    for page in reply.pages:
        cursor = known.get(page.bucket)
        if cursor is not None and cursor.sequence == page.upto and cursor.sum256 != page.sum256:
            cursors.forget(page.bucket)
            wrong += 1
    return wrong


def _operation(row: Fact) -> Operation:
    try:
        return read_operation(bytes(row.op))
    except MalformedOperation as error:
        raise OfficeUnreachable("not_ours", "a row that is no operation") from error


def _take(work: UnitOfWork, operation: Operation, row: Fact) -> str:
    """Receive one operation, making room for it where its place in its stream is taken."""
    stream_id, sequence = StreamId(operation.stream), operation.envelope.q
    ours = work.operations.stream(stream_id)
    held = work.operations.hash_at(stream_id, sequence)
    if held is not None and held != operation.hash:
        if ours is None:
            work.operations.make_way(stream_id, sequence)
        else:
            rehome(work, stream_id, at=sequence)
    personal = Personal(row.nonce, row.personal) if row.nonce else None
    status = receive(work, operation, personal, received_at=work.at_ms)
    if ours is not None:
        work.operations.taken_back(stream_id, sequence)
    live = work.home.stream_id
    work.operations.ratchet(live, hlc.merge(0, operation.envelope.hlc, work.at_ms))
    return status


def _put(work: UnitOfWork, cursors: dict[bytes, FeedCursor], moved: set[bytes]) -> None:
    repository = FeedCursorRepository(work.sql)
    for bucket in moved & cursors.keys():
        repository.put(cursors[bucket])
