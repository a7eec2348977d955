"""Publishing and answering pulls: which bucket an operation lies in, and the page a counter gets.

A bucket is a branch: a member's operations lie in the bucket of his home branch, so what depends
on each other arrives in order; a sale without a member lies in the selling branch's (DECISIONS 26),
and what refers to an act, as a return does to its sale, lies behind that act.
Programs, staff and branches are no operations: the book that holds them travels with the page.
"""

import msgspec

from db.domain.ids import MemberId, parse_id
from db.domain.operations import Operation, read_operation
from db.services.enrollment import office_book
from db.storage.operations import BATCH_OPERATIONS_MAX
from sync.protocol.messages import (
    BATCH_BYTES_MAX,
    BATCH_FACTS_MAX,
    BucketPage,
    Fact,
    Position,
    PullReply,
    PullRequest,
)
from sync.server.desk import Desk

PUBLISHED_SETTING = "published_upto"
NEXT_MS = 15_000
"""When a counter with nothing to say should ask again."""


def publish(desk: Desk, operation: Operation) -> None:
    """Put an operation into the feed; call it last in the transaction.

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
    member = desk.work.members.by_id(MemberId(operation.member))
    if member is None:
        return
    desk.feed.append(member.home_branch_id, operation.op, operation.raw)
    if operation.envelope.t == "member_register":
        for op, raw in desk.feed.unpublished(operation.member):
            desk.feed.append(member.home_branch_id, op, raw)


def publish_own(desk: Desk) -> bool:
    """Put what head office itself wrote since the last pull into the feed; say if there is more.

    Its command line and its decisions write operations as any counter's do.
    """
    work, stream_id = desk.work, desk.work.home.stream_id
    marked = (work.settings.get(PUBLISHED_SETTING) or "").split()
    after = int(marked[1]) if marked[:1] == [stream_id.hex()] else 0
    rows = work.operations.after(stream_id, after)
    for sequence, _op, raw in rows:
        after = sequence
        publish(desk, read_operation(raw))
    if rows:
        work.settings.put(PUBLISHED_SETTING, f"{stream_id.hex()} {after}")
    return len(rows) == BATCH_OPERATIONS_MAX


def answer_pull(desk: Desk, request: PullRequest) -> PullReply:
    """Return what lies behind the counter's positions, at most one page of it."""
    more = publish_own(desk)
    known = {position.bucket: position for position in request.positions}
    if request.incarnation != desk.incarnation:
        known = {}
    room, weight = max(1, min(request.most, BATCH_FACTS_MAX)), BATCH_BYTES_MAX
    pages: list[BucketPage] = []
    facts: list[Fact] = []
    for bucket in desk.feed.buckets():
        after, again = _start(desk, bucket, known.get(bucket))
        upto = after
        for row in desk.feed.page(bucket, after, limit=room):
            if facts and weight < len(row.raw):
                break
            room, weight, upto = room - 1, weight - len(row.raw), row.sequence
            facts.append(
                Fact(
                    op=msgspec.Raw(row.raw),
                    nonce=row.nonce or b"",
                    personal=row.payload or b"",
                    bucket=bucket,
                    at=row.sequence,
                )
            )
        more = more or desk.feed.head(bucket)[0] > upto
        if again or upto > after:
            total = desk.feed.sum_at(bucket, upto)
            assert total is not None, "the row was just read"
            pages.append(
                BucketPage(bucket=bucket, after=after, upto=upto, sum256=total, again=again)
            )
    book = office_book(desk.work)
    return PullReply(
        request=request.request,
        rows=tuple(facts),
        incarnation=desk.incarnation,
        pages=tuple(pages),
        more=more,
        book=None if book.digest == request.book else book,
        now=desk.work.at_ms,
        next_ms=NEXT_MS,
    )


def _start(desk: Desk, bucket: bytes, position: Position | None) -> tuple[int, bool]:
    """Return where to go on, and whether that is from the start because the digests differ."""
    if position is None:
        return 0, False
    if desk.feed.sum_at(bucket, position.sequence) != position.sum256:
        return 0, True
    return position.sequence, False


def _bucket_of_reference(desk: Desk, operation: Operation) -> bytes | None:
    """Return the bucket of what an operation refers to: behind it, it is applied after it."""
    reference = operation.envelope.ref
    return None if reference is None else desk.feed.bucket_of(parse_id(reference))
