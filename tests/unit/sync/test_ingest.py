"""What head office does with facts it did not expect: keep them, and believe no false lease."""

import msgspec
import pytest

from db.domain.operations import Operation, read_operation, seal
from db.storage.unit_of_work import Storage
from sync.client.exchange import exchange_once
from sync.client.inbox import pull_request
from sync.client.leasing import give_back, lease_exactly
from sync.client.outbox import next_batch
from sync.client.storage_access import directly_on
from sync.protocol.messages import Fact, PushReply, PushRequest
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_redemption, a_sale
from tests.unit.sync.conftest import Joining

STATUSES = "SELECT kind, status FROM operation WHERE received_at IS NOT NULL ORDER BY rowid"


@pytest.fixture(autouse=True)
def joined(joining: Joining) -> Joining:
    joining.join()
    return joining


def batch_of(joining: Joining, storage: Storage) -> PushRequest:
    batch = directly_on(storage)(lambda work: next_batch(work, joining.device()))
    assert batch is not None
    return batch


def push(joining: Joining, batch: PushRequest) -> PushReply:
    return joining.office.push(batch)


def with_raw(batch: PushRequest, *raws: bytes, first: int | None = None) -> PushRequest:
    facts = tuple(Fact(op=msgspec.Raw(raw)) for raw in raws)
    first = batch.first if first is None else first
    return msgspec.structs.replace(batch, rows=facts, first=first)


def operation_in(batch: PushRequest, index: int = 0) -> Operation:
    return read_operation(bytes(batch.rows[index].op))


def test_bytes_that_are_no_operation_are_kept_and_the_chain_goes_on(
    joining: Joining, storage: Storage
) -> None:
    a_sale(storage)
    a_sale(storage)
    batch = batch_of(joining, storage)
    poison = b'{"not":"an operation"}'
    first = push(joining, with_raw(batch, poison))

    again = push(joining, with_raw(batch, poison))

    assert (first.answer, first.upto, first.verdicts[0].status) == ("ack", 1, "quarantined")
    assert (again.answer, again.upto) == ("ack", 1)
    assert rows(joining.office.storage, STATUSES) == [("unreadable", "quarantined")]


def test_a_batch_that_comes_twice_is_stored_once(joining: Joining, storage: Storage) -> None:
    a_sale(storage)
    batch = batch_of(joining, storage)

    replies = [push(joining, batch) for _ in range(3)]

    assert {reply.upto_hash for reply in replies} == {operation_in(batch).hash}
    assert value(joining.office.storage, "SELECT count(*) FROM sale") == 1


def test_a_batch_ahead_of_what_is_held_is_asked_to_rewind(
    joining: Joining, storage: Storage
) -> None:
    a_sale(storage)
    a_sale(storage)
    batch = batch_of(joining, storage)

    reply = push(joining, with_raw(batch, bytes(batch.rows[1].op), first=2))

    assert (reply.answer, reply.upto) == ("rewind", 0)


def test_another_act_in_a_place_that_is_held_is_a_fork_with_its_prefix(
    joining: Joining, storage: Storage
) -> None:
    a_sale(storage)
    a_sale(storage)
    batch = batch_of(joining, storage)
    push(joining, batch)
    twin = operation_in(batch, 1)
    other = seal(msgspec.structs.replace(twin.envelope, wall=1))

    reply = push(joining, with_raw(batch, other.raw, first=2))

    assert (reply.answer, reply.fork_at) == ("fork", 2)
    assert reply.fork_previous == operation_in(batch).hash


def test_a_chain_that_parted_below_is_probed(joining: Joining, storage: Storage) -> None:
    a_sale(storage)
    a_sale(storage)
    batch = batch_of(joining, storage)
    push(joining, with_raw(batch, bytes(batch.rows[0].op)))
    stray = seal(msgspec.structs.replace(operation_in(batch, 1).envelope, p="11" * 32))

    assert push(joining, with_raw(batch, stray.raw, first=2)).answer == "probe"


def test_a_redemption_by_a_lease_that_nobody_granted_is_kept_and_not_believed(
    joining: Joining, storage: Storage
) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=50_000)
    lease_exactly(
        directly_on(storage),
        joining.remote(),
        joining.device(),
        member_id=member.member_id,
        points=300,
    )
    a_redemption(storage, member.member_id, 100)
    batch = batch_of(joining, storage)
    true = operation_in(batch)
    token = true.envelope.gtok[0]

    for forged in (
        token | {"sig": "00" * 64},
        token | {"sig": "no hex"},
        {name: field for name, field in token.items() if name != "sig"},
    ):
        envelope = msgspec.structs.replace(true.envelope, gtok=(forged,))
        reply = push(joining, with_raw(batch, seal(envelope).raw))
        assert reply.verdicts[0].status == "quarantined"
        assert value(joining.office.storage, "SELECT sum(spent) FROM lease") == 0
        with joining.office.storage.begin() as work:
            work.sql.run("DELETE FROM operation WHERE op = ?", (true.op,))
            work.sql.run(
                "UPDATE stream SET sequence = ?, head = ? WHERE stream_id = ?",
                (batch.first - 1, batch.previous, batch.stream),
            )

    assert push(joining, batch).verdicts == ()
    assert value(joining.office.storage, "SELECT sum(spent) FROM lease") == 100


def test_points_spent_without_naming_a_lease_are_not_believed(
    joining: Joining, storage: Storage
) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=50_000)
    exchange_once(directly_on(storage), joining.remote(), joining.device())
    a_redemption(storage, member.member_id, 100)
    batch = batch_of(joining, storage)
    bare = seal(msgspec.structs.replace(operation_in(batch).envelope, gtok=()))

    reply = push(joining, with_raw(batch, bare.raw))

    assert reply.verdicts[0].status == "quarantined"


def test_personal_data_that_does_not_fit_its_digest_is_left_out(
    joining: Joining, storage: Storage
) -> None:
    a_member(storage)
    batch = batch_of(joining, storage)
    fact = msgspec.structs.replace(batch.rows[0], personal=b'{"name":"Mallory"}')

    reply = push(joining, msgspec.structs.replace(batch, rows=(fact,)))

    assert reply.answer == "ack"
    assert rows(joining.office.storage, "SELECT name, phone FROM member") == [("", None)]


def test_a_close_that_carries_a_lease_nobody_granted_closes_nothing(
    joining: Joining, storage: Storage
) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=50_000)
    run = directly_on(storage)
    who = {"member_id": member.member_id}
    lease_exactly(run, joining.remote(), joining.device(), points=300, **who)
    give_back(run, member.member_id)
    batch = batch_of(joining, storage)
    true = operation_in(batch)
    forged = true.envelope.gtok[0] | {"n": 400}

    reply = push(
        joining,
        with_raw(batch, seal(msgspec.structs.replace(true.envelope, gtok=(forged,))).raw),
    )

    assert reply.verdicts[0].status == "quarantined"
    assert rows(joining.office.storage, "SELECT state FROM lease") == [("open",)]


def test_a_counter_that_read_something_else_is_told_to_read_the_bucket_again(
    joining: Joining, storage: Storage
) -> None:
    a_sale(storage)
    exchange_once(directly_on(storage), joining.remote(), joining.device())
    honest = directly_on(storage)(lambda work: pull_request(work, joining.device()))
    wrong = msgspec.structs.replace(honest.positions[0], sum256=bytes(32))

    page = joining.office.pull(msgspec.structs.replace(honest, positions=(wrong,))).pages[0]

    assert (page.again, page.after, page.upto) == (True, 0, 1)
    assert joining.office.pull(honest).pages == ()
