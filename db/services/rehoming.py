"""Moving acts to a stream of their own when two machines wrote under one: nothing is lost.

A restored backup or a cloned disk goes on writing where another copy already wrote. Head office
keeps what came first; what came second keeps its ids and what it did, and gets a place in a new
stream (SYNC.md §2.10). Its leases stay with the old stream and are spent no more.
"""

import msgspec

from db.domain.ids import StreamId, text_of
from db.domain.operations import GENESIS, seal
from db.services.enrollment import start_stream
from db.storage.operations import BATCH_OPERATIONS_MAX
from db.storage.unit_of_work import UnitOfWork

STREAM_BYTES = 16


def rehome(work: UnitOfWork, stream_id: StreamId, *, at: int) -> int:
    """Move this counter's operations from `at` on to a fresh stream; return how many.

    The caller has proved that both sides agree on everything before `at`.
    """
    before = GENESIS if at == 1 else work.operations.hash_at(stream_id, at - 1)
    assert before is not None, "both sides agree on what lies before"
    if stream_id == work.home.stream_id:
        start_stream(work, StreamId(work.chance(STREAM_BYTES)))
    moved = 0
    while batch := work.operations.after(stream_id, at - 1, limit=BATCH_OPERATIONS_MAX):
        for _, op, _ in batch:
            _move(work, op)
        moved += len(batch)
    work.operations.cut(stream_id, at=at, head=before)
    return moved


def _move(work: UnitOfWork, op: bytes) -> None:
    operation = work.operations.find(op)
    head = work.operations.stream(work.home.stream_id)
    assert operation is not None, "it was just listed"
    assert head is not None, "a home writes a stream"
    work.operations.move(
        seal(
            msgspec.structs.replace(
                operation.envelope,
                s=text_of(head.stream_id),
                q=head.sequence + 1,
                p=head.head.hex(),
            )
        )
    )
