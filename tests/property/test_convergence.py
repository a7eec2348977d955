"""The law of replication: the same operations in any order that keeps each stream's give one book.

Two counters of a shop work apart; two empty storages hear of it in different orders.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.ids import CounterId, MemberId, StreamId
from db.domain.operations import Operation, Personal, read_operation
from db.services.replication import receive
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, the_book
from tests.support.histories import Counter, Step, a_counter, an_empty_storage, histories
from tests.support.publishing import LADDER, publish
from tests.support.storage_fixtures import NOW_MS, MadeHome

Written = tuple[Operation, Personal | None]
SECOND = bytes([2] * 16)


def written(storage: Storage, *, after: int = 0) -> list[Written]:
    with storage.begin() as work:
        return [
            (read_operation(raw), work.operations.personal(op))
            for op, raw in work.all(
                "SELECT op, raw FROM operation WHERE stream_id = ? AND sequence > ?"
                " ORDER BY sequence",
                (work.home.stream_id, after),
            )
        ]


def hear(storage: Storage, operations: list[Written]) -> list[str]:
    with storage.begin() as work:
        return [
            receive(work, operation, personal, received_at=NOW_MS)
            for operation, personal in operations
        ]


def become_the_second_counter(storage: Storage) -> None:
    with storage.begin() as work:
        branch_id = work.home.branch_id
        work.branches.put_counter(CounterId(SECOND), branch_id, "02机", number_block=None)
        work.operations.open_stream(StreamId(SECOND), CounterId(SECOND), epoch=0)
        work.settings.put("counter_id", SECOND.hex())
        work.settings.put("stream_id", SECOND.hex())
        work.forget()


def interleaved(first: list[Written], second: list[Written], turns: list[bool]) -> list[Written]:
    """Return both lists as one, each in its own order, taking turns as told."""
    mine, yours = sum(turns), len(turns) - sum(turns)
    turns = turns + [True] * (len(first) - mine) + [False] * (len(second) - yours)
    one, other = iter(first), iter(second)
    taken = (next(one if turn else other, None) for turn in turns)
    return [each for each in taken if each is not None]


@settings(max_examples=20)
@given(
    here=histories,
    there=histories,
    turns=st.lists(st.booleans(), max_size=28),
    other_turns=st.lists(st.booleans(), max_size=28),
)
def test_whatever_the_order_of_arrival_the_book_is_the_same(
    made_home: MadeHome,
    here: list[Step],
    there: list[Step],
    turns: list[bool],
    other_turns: list[bool],
) -> None:
    with (
        a_counter(made_home, seed=3) as first,
        an_empty_storage(made_home, seed=4) as (apart, apart_clock),
        an_empty_storage(made_home) as (heard, _),
        an_empty_storage(made_home) as (heard_otherwise, _),
    ):
        publish(first.storage, tiers=LADDER)
        publish(apart, tiers=LADDER)
        known = written(first.storage)
        hear(apart, known)
        become_the_second_counter(apart)
        second = Counter(apart, apart_clock, members=list(first.members))
        first.play(here)
        second.play(there)
        mine, yours = written(first.storage, after=len(known)), written(apart)

        for storage, order in ((heard, turns), (heard_otherwise, other_turns)):
            statuses = hear(storage, known + interleaved(mine, yours, order))
            assert set(statuses) == {"applied"}
            check_ledger(storage)

        assert the_book(heard) == the_book(heard_otherwise)


@settings(max_examples=20)
@given(history=histories)
def test_what_a_counter_did_is_what_its_operations_say(
    made_home: MadeHome, history: list[Step]
) -> None:
    with a_counter(made_home) as counter, an_empty_storage(made_home) as (heard, _):
        publish(counter.storage, tiers=LADDER)
        counter.play(history)

        assert set(hear(heard, written(counter.storage))) == {"applied"}

        assert the_book(heard) == the_book(counter.storage)
        assert the_member(heard, counter.members[0]) == the_member(
            counter.storage, counter.members[0]
        )


def the_member(storage: Storage, member_id: MemberId | None) -> object:
    assert member_id is not None
    with storage.begin() as work:
        return work.members.by_id(member_id)
