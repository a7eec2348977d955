"""What head office tells, taken into our book: the rows and the cursor in one transaction.

Rows come without gaps in each bucket. A row that came before is skipped by its operation's id, so
reading a bucket again from the start changes nothing; the digest says when that is needed. A row
that only a newer version can read stops its bucket, and no other, until this counter is updated.
"""

from contextlib import nullcontext
from dataclasses import dataclass, field

from db.domain import hlc
from db.domain.ids import StreamId
from db.domain.operations import MalformedOperation, Operation, Personal, read_operation
from db.domain.upcasts import UPCASTS, latest_version
from db.queries.line_status import REREAD_SETTING, STOPPED_SETTING
from db.services.enrollment import BOOK_SETTING, adopt_book
from db.services.floor import tell_acked
from db.services.rehoming import rehome
from db.services.replication import is_known, known_mark, receive, together
from db.storage.feed_cursors import FeedCursor, FeedCursorRepository
from db.storage.unit_of_work import UnitOfWork
from sync.client.device import REQUEST_BYTES, DeviceIdentity
from sync.client.outbox import INCARNATION_SETTING, meet_incarnation, note_time
from sync.client.rolls import shown_doubt, shown_roll, take_roll
from sync.protocol.digest import EMPTY, added
from sync.protocol.messages import MARKS_MAX, Fact, Position, PullReply, PullRequest
from sync.protocol.office import OfficeUnreachable
from sync.protocol.version import CAPS, app_version

MEMBERS_SETTING = "members"
PART_ROWS = 25
"""How many rows are taken together where time is short."""
FAR_APART = 4


@dataclass(frozen=True, slots=True)
class RowsTaken:
    """What a part of a page came to: how many `rows` are dealt with, and what became of them."""

    rows: int = 0
    applied: int = 0
    quarantined: int = 0


@dataclass(slots=True)
class _Page:
    """How far the taking of rows has come; `statuses` are of those that were received."""

    incarnation: bytes
    cursors: dict[bytes, FeedCursor]
    stopped: set[bytes]
    moved: set[bytes] = field(default_factory=set)
    rows: int = 0
    statuses: list[str] = field(default_factory=list)
    ours: dict[bytes, bool] = field(default_factory=dict)
    hlc: int = 0

    def is_ours(self, work: UnitOfWork, stream_id: StreamId) -> bool:
        """Say whether a stream is one that this counter writes or wrote."""
        known = self.ours.get(stream_id)
        if known is None:
            known = self.ours[stream_id] = work.operations.stream(stream_id) is not None
        return known


def pull_request(work: UnitOfWork, device: DeviceIdentity) -> PullRequest:
    """Return the question what happened since our cursors.

    A cursor of another incarnation is no position in this one: its marks go instead.
    """
    repository = FeedCursorRepository(work.sql)
    incarnation = bytes.fromhex(work.settings.get(INCARNATION_SETTING) or "")
    cursors = repository.all()
    ours = [cursor for cursor in cursors if cursor.incarnation == incarnation]
    passed = [
        mark
        for cursor in cursors
        if cursor.incarnation != incarnation
        for mark in (cursor, *repository.marks(cursor.bucket))
    ]
    return PullRequest(
        request=work.chance(REQUEST_BYTES),
        device=device.device,
        token=device.token,
        incarnation=incarnation,
        positions=tuple(map(_position, ours)),
        marks=tuple(map(_position, passed[:MARKS_MAX])),
        stopped=tuple(sorted(stopped_buckets(work))),
        book=bytes.fromhex(work.settings.get(BOOK_SETTING) or ""),
        stream=work.home.stream_id,
        roll=shown_roll(work),
        doubt=shown_doubt(work),
        app=app_version(),
        caps=CAPS,
        max_tv={kind: latest_version(kind) for kind in UPCASTS},
        acked=tell_acked(work),
    )


def begin_page(work: UnitOfWork, reply: PullReply, *, stream_id: bytes) -> bool:
    """Take what travels in front of the rows: the time, the book, buckets to be read again.

    Returns whether this counter left the stream it asked for, because two wrote it.

    Raises:
        OfficeUnreachable: `not_ours` when it goes on from a place that we never passed.
    """
    meet_incarnation(work, reply.incarnation)
    note_time(work, reply.now)
    if work.settings.get(MEMBERS_SETTING) != reply.members:
        work.settings.put(MEMBERS_SETTING, reply.members)
    if reply.book is not None:
        adopt_book(work, reply.book)
    cursors = FeedCursorRepository(work.sql)
    foreign = {one.bucket for one in cursors.all() if one.incarnation != reply.incarnation}
    for page in reply.pages:
        if page.again:
            cursors.forget(page.bucket)
            note_reread(work)
        elif page.bucket in foreign and not cursors.resume(
            page.bucket, reply.incarnation, at=page.after
        ):
            raise OfficeUnreachable("not_ours", "a place in the feed that was never passed")
    return take_roll(work, reply, stream_id=stream_id)


def take_rows(
    work: UnitOfWork,
    incarnation: bytes,
    rows: tuple[Fact, ...],
    *,
    within_ms: int | None = None,
    one_by_one: bool = False,
) -> RowsTaken:
    """Apply rows in their order and move the cursors over them, in this one transaction.

    With `within_ms` no further rows are begun after so long: somebody else may want the storage.
    Unless `one_by_one` they are applied together, as if none could fail.

    Raises:
        OfficeUnreachable: `not_ours` when the rows are not the next ones; nothing is taken.
        NotTogether: when one failed; nothing is taken, and they are to be taken one by one.
    """
    page = _Page(
        incarnation,
        {cursor.bucket: cursor for cursor in FeedCursorRepository(work.sql).all()},
        set(stopped_buckets(work)),
    )
    begun, part = work.clock.mono_ms(), len(rows) if within_ms is None else PART_ROWS
    for start in range(0, len(rows), part or 1):
        if within_ms is not None and start and work.clock.mono_ms() - begun >= within_ms:
            break
        _take_part(work, page, rows[start : start + part], one_by_one=one_by_one)
    _put(work, page.cursors, page.moved)
    return RowsTaken(
        rows=page.rows,
        applied=sum(status in {"applied", "skipped"} for status in page.statuses),
        quarantined=page.statuses.count("quarantined"),
    )


def _take_part(work: UnitOfWork, page: _Page, rows: tuple[Fact, ...], *, one_by_one: bool) -> None:
    read = [None if row.bucket in page.stopped else _operation(row) for row in rows]
    operations = [operation for operation in read if operation is not None]
    with nullcontext(work) if one_by_one else together(work, operations) as gathered:
        _foresee_places(gathered, operations)
        for row, operation in zip(rows, read, strict=True):
            _take_row(gathered, page, row, operation=operation)
        gathered.operations.ratchet(gathered.home.stream_id, page.hlc)


def _take_row(work: UnitOfWork, page: _Page, row: Fact, *, operation: Operation | None) -> None:
    """Take one row, or pass over one of a bucket that is stopped; `operation` is what it holds."""
    page.rows += 1
    if operation is None or row.bucket in page.stopped:
        return
    cursor = page.cursors.get(row.bucket) or FeedCursor(row.bucket, page.incarnation, 0, 0, EMPTY)
    if row.at != cursor.sequence + 1:
        raise OfficeUnreachable("not_ours", "a gap in the feed")
    if operation.envelope.crit and not is_known(operation):
        page.stopped.add(row.bucket)
        _stop(work, page.stopped)
        return
    page.statuses.append(_take(work, page, operation, row=row))
    page.moved.add(row.bucket)
    page.cursors[row.bucket] = FeedCursor(
        row.bucket,
        page.incarnation,
        row.at,
        cursor.count + 1,
        added(cursor.sum256, operation.raw),
    )


def check_page(work: UnitOfWork, reply: PullReply) -> int:
    """Compare digests where the page ends; return how many buckets will be read again.

    Where they agree is a place that can be gone back to.
    """
    cursors = FeedCursorRepository(work.sql)
    known = {cursor.bucket: cursor for cursor in cursors.all()}
    wrong = 0
    for page in reply.pages:
        cursor = known.get(page.bucket)
        if cursor is None or cursor.sequence != page.upto or page.upto == 0:
            continue
        if cursor.sum256 == page.sum256:
            cursors.mark(cursor)
        else:
            cursors.forget(page.bucket)
            note_reread(work)
            wrong += 1
    return wrong


def stopped_buckets(work: UnitOfWork) -> frozenset[bytes]:
    """Return the buckets that this version cannot read on; a newer one tries them again."""
    text = work.settings.get(STOPPED_SETTING) or ""
    mark, _, buckets = text.partition(" ")
    if text and mark != known_mark():
        work.settings.put(STOPPED_SETTING, "")
        return frozenset()
    return frozenset(map(bytes.fromhex, buckets.split()))


def note_reread(work: UnitOfWork) -> None:
    """Remember for a person that what we had read was not what head office says."""
    times = int((work.settings.get(REREAD_SETTING) or "0").split()[0])
    work.settings.put(REREAD_SETTING, f"{times + 1} {work.at_ms}")


def _stop(work: UnitOfWork, buckets: set[bytes]) -> None:
    text = " ".join(bucket.hex() for bucket in sorted(buckets))
    work.settings.put(STOPPED_SETTING, f"{known_mark()} {text}")


def _position(cursor: FeedCursor) -> Position:
    return Position(bucket=cursor.bucket, sequence=cursor.sequence, sum256=cursor.sum256)


def _operation(row: Fact) -> Operation:
    try:
        return read_operation(bytes(row.op))
    except MalformedOperation as error:
        raise OfficeUnreachable("not_ours", "a row that is no operation") from error


def _take(work: UnitOfWork, page: _Page, operation: Operation, *, row: Fact) -> str:
    """Receive one operation, making room for it where its place in its stream is taken."""
    stream_id, sequence = StreamId(operation.stream), operation.envelope.q
    ours = page.is_ours(work, stream_id)
    held = work.operations.hash_at(stream_id, sequence)
    if held is not None and held != operation.hash:
        if ours:
            work.operations.ratchet(work.home.stream_id, page.hlc)
            rehome(work, stream_id, at=sequence)
            page.ours.clear()
        else:
            work.operations.make_way(stream_id, sequence)
    personal = Personal(row.nonce, row.personal) if row.nonce else None
    status = receive(work, operation, personal, received_at=work.at_ms)
    if ours:
        work.operations.taken_back(stream_id, sequence)
    page.hlc = max(page.hlc, hlc.merge(0, operation.envelope.hlc, work.at_ms))
    return status


def _foresee_places(work: UnitOfWork, operations: list[Operation]) -> None:
    """Ask at once what is held where the rows of a stream belong, unless they lie far apart."""
    places: dict[bytes, list[int]] = {}
    for operation in operations:
        places.setdefault(operation.stream, []).append(operation.envelope.q)
    for stream_id, sequences in places.items():
        between = range(min(sequences), max(sequences) + 1)
        if len(between) <= FAR_APART * len(sequences):
            work.operations.foresee_places(stream_id, between)


def _put(work: UnitOfWork, cursors: dict[bytes, FeedCursor], moved: set[bytes]) -> None:
    repository = FeedCursorRepository(work.sql)
    for bucket in moved & cursors.keys():
        repository.put(cursors[bucket])
