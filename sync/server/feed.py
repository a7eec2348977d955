"""Publishing and answering pulls: which bucket an operation lies in, and the page a counter gets.

A bucket is a branch: a member's operations lie in the bucket of his home branch, so what depends
on each other arrives in order; a sale without a member lies in the selling branch's (DECISIONS 26),
and what refers to an act, as a return does to its sale, lies behind that act.
Programs, staff and branches are no operations: the book that holds them travels with the page.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from db.domain.ids import StreamId, parse_id
from db.domain.operations import Operation, read_operation
from db.services.enrollment import office_book
from db.storage.operations import BATCH_OPERATIONS_MAX
from sync.protocol.messages import (
    BATCH_BYTES_MAX,
    BATCH_FACTS_MAX,
    BucketPage,
    Fact,
    PullReply,
    PullRequest,
)
from sync.server.desk import Desk
from sync.server.guests import HomeFeed, feed_for, tell_of_guests
from sync.server.storage.device_rows import DeviceRow
from sync.server.storage.feed_rows import FeedRepository

PUBLISHED_SETTING = "published_upto"
NEXT_MS = 15_000
"""When a counter with nothing to say should ask again."""
FEED_DIFFERS = "feed_differs"


def publish(desk: Desk, operation: Operation) -> None:
    """Put an operation into the feed, and tell the branches whose guest it is about.

    Call it last in the transaction.
    """
    _publish(desk, operation)
    tell_of_guests(desk, operation)


def _publish(desk: Desk, operation: Operation) -> None:
    """Put an operation into its bucket.

    What concerns a member waits for his registration, which decides the bucket. It comes first,
    except after head office was restored, when counters send again in an order of their own.
    """
    if (bucket := _bucket_of_reference(desk, operation)) is not None:
        desk.feed.append(bucket, operation.op, operation.raw)
        return
    if operation.member is None:
        branch = desk.work.branches.canonical(parse_id(operation.envelope.store))
        desk.feed.append(branch, operation.op, operation.raw)
        return
    home = desk.known.home_of(operation.member)
    if home is None:
        desk.known.note_early(operation.member)
        return
    desk.feed.append(home, operation.op, operation.raw)
    if operation.envelope.t == "member_register" and desk.known.acted_before(operation.member):
        for op, raw in desk.feed.unpublished(operation.member):
            desk.feed.append(home, op, raw)


def publish_own(desk: Desk) -> bool:
    """Put what head office itself wrote since the last pull into the feed; say if there is more.

    Its command line and its decisions write operations as any counter's do. A restored head office
    writes another stream, and first goes on with what the backup had not published of the last.
    """
    if (place := _own_place(desk)) is None:
        return False
    work = desk.work
    work.operations.locked_stream(place.stream_id)  # two pulls at once publish it once
    if (place := _own_place(desk)) is None:
        return False
    after = place.after
    rows = work.operations.after(place.stream_id, after)
    for sequence, _op, raw in rows:
        after = sequence
        operation = read_operation(raw)
        if operation.member is not None and desk.known.home_of(operation.member) is None:
            work.need_all()  # he may be registered at this moment
        publish(desk, operation)
    work.settings.put(PUBLISHED_SETTING, f"{place.stream_id.hex()} {after}")
    return len(rows) == BATCH_OPERATIONS_MAX or place.stream_id != work.home.stream_id


class _Place(NamedTuple):
    """Behind which operation one of our own streams goes on."""

    stream_id: StreamId
    after: int


def _own_place(desk: Desk) -> _Place | None:
    """Return where our own streams go on behind what was looked through; nothing at their end."""
    work = desk.work
    of, _, upto = (work.settings.get(PUBLISHED_SETTING) or "").partition(" ")
    live = work.operations.stream(work.home.stream_id)
    assert live is not None, "a home writes a stream"
    if of == live.stream_id.hex():
        return _Place(live.stream_id, int(upto)) if live.sequence > int(upto) else None
    known = not of
    for head in work.operations.streams_of(work.home.counter_id):
        marked = of == head.stream_id.hex()
        known = known or marked
        after = int(upto) if marked else 0
        if known and head.sequence > after:
            return _Place(head.stream_id, after)
    return None


def answer_pull(desk: Desk, device: DeviceRow, request: PullRequest) -> PullReply:
    """Return what lies behind the counter's positions, at most one page of it.

    One that still asks a head office that was since put back to a backup is told so, and no more:
    it asks again with the places that it passed.
    """
    more = publish_own(desk)
    book = office_book(desk.work)
    reply = PullReply(
        request=request.request,
        incarnation=desk.incarnation,
        pages=(),
        more=True,
        book=None if book.digest == request.book else book,
        now=desk.work.at_ms,
        members="all" if desk.guests.branch_of(device.counter_id) is None else "home",
        next_ms=NEXT_MS,
    )
    if request.incarnation not in {b"", desk.incarnation}:
        return reply
    feed = feed_for(desk, device.counter_id)
    page = _Page(feed, max(1, min(request.most, BATCH_FACTS_MAX)), more=more)
    starts = _starts(desk, device, request, feed=feed)
    stopped = frozenset(request.stopped)
    for bucket in feed.buckets():
        if bucket not in stopped:
            _read(page, starts.pop(bucket, _Start(bucket)))
    for start in starts.values():
        if start.bucket not in stopped:
            _read(page, _Start(start.bucket, told=start.told, again=start.again))
    return msgspec.structs.replace(
        reply, rows=tuple(page.facts), pages=tuple(page.pages), more=page.more
    )


@dataclass(slots=True)
class _Page:
    """What is being gathered for one answer."""

    feed: FeedRepository | HomeFeed
    room: int
    more: bool
    weight: int = BATCH_BYTES_MAX
    pages: list[BucketPage] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a bucket is read on; `told` where the counter has to hear that even without a row."""

    bucket: bytes
    after: int = 0
    told: bool = False
    again: bool = False


def _read(page: _Page, start: _Start) -> None:
    """Add a bucket's rows behind its start to the page, as far as there is room."""
    upto = start.after
    for row in page.feed.page(start.bucket, upto, limit=page.room) if page.room else ():
        if page.facts and page.weight < len(row.raw):
            break
        page.room, page.weight, upto = page.room - 1, page.weight - len(row.raw), row.sequence
        page.facts.append(
            Fact(
                op=msgspec.Raw(row.raw),
                nonce=row.nonce or b"",
                personal=row.payload or b"",
                bucket=start.bucket,
                at=row.sequence,
            )
        )
    page.more = page.more or page.feed.head(start.bucket)[0] > upto
    if start.told or upto > start.after:
        total = page.feed.sum_at(start.bucket, upto)
        assert total is not None, "the row was just read"
        page.pages.append(
            BucketPage(
                bucket=start.bucket,
                after=start.after,
                upto=upto,
                sum256=total,
                again=start.again,
            )
        )


def _starts(
    desk: Desk,
    device: DeviceRow,
    request: PullRequest,
    *,
    feed: FeedRepository | HomeFeed,
) -> dict[bytes, _Start]:
    """Return where each bucket that the counter knows is read on.

    Where digests differ that is the start, and a person should know. Of places that it passed in
    another incarnation it is the furthest that is ours too, or the start where none is.
    """
    starts: dict[bytes, _Start] = {}
    for mark in sorted(request.marks, key=lambda one: one.sequence):
        if not _is_read(desk, feed, mark.bucket):
            continue
        agreed = feed.sum_at(mark.bucket, mark.sequence) == mark.sum256
        if agreed or mark.bucket not in starts:
            starts[mark.bucket] = _Start(mark.bucket, mark.sequence if agreed else 0, told=True)
    for position in request.positions:
        if not _is_read(desk, feed, position.bucket):
            continue
        if feed.sum_at(position.bucket, position.sequence) == position.sum256:
            starts[position.bucket] = _Start(position.bucket, position.sequence)
        else:
            starts[position.bucket] = _Start(position.bucket, told=True, again=True)
            desk.alarms.raised(
                FEED_DIFFERS, device.device_id, at_ms=desk.work.at_ms, detail=position.bucket.hex()
            )
    return starts


def _is_read(desk: Desk, feed: FeedRepository | HomeFeed, bucket: bytes) -> bool:
    """Say whether a counter still reads a bucket: whom it holds may have been changed."""
    if isinstance(feed, HomeFeed):
        return feed.reads(bucket)
    return not desk.guests.head(bucket)[0]


def _bucket_of_reference(desk: Desk, operation: Operation) -> bytes | None:
    """Return the bucket of what an operation refers to: behind it, it is applied after it."""
    reference = operation.envelope.ref
    return None if reference is None else desk.feed.bucket_of(parse_id(reference))
