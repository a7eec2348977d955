"""Operations that nobody of ours writes: set aside with a reason, and nothing else is affected.

Each story ends with an honest counter of the same office that exchanges as ever, and with proved
books (`bystander`). What breaks a body is in test_ingest_poison.
"""

from typing import Any

import msgspec
import pytest

from db.domain.ids import text_of
from db.domain.operations import RAW_BYTES_MAX, chained, seal
from db.queries.line_status import STOPPED_SETTING
from db.storage.system import FixedClock
from sync.client.outbox import take_push_reply
from sync.protocol.messages import LeaseAsk, LeaseRequest
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_sale
from tests.unit.sync.conftest import Joining
from tests.unit.sync.forging import batch_of, exchanged, first_in, pushed, waiting_at

pytestmark = pytest.mark.usefixtures("bystander")
IN_2037 = 2_114_352_000_000
STATUSES = "SELECT kind, status FROM operation WHERE received_at IS NOT NULL ORDER BY rowid"
DEEP = 900
"""Few enough for a reader with an empty stack, too many for one in the middle of something."""


def test_operations_in_another_order_wait_for_their_own(joining: Joining) -> None:
    for _ in range(3):
        a_sale(joining.storage)
    raws = [bytes(fact.op) for fact in batch_of(joining).rows]

    ahead = pushed(joining, raws[2], raws[1], first=3)
    turned = pushed(joining, raws[0], raws[2], raws[1])

    assert (ahead.answer, ahead.upto) == ("rewind", 0)
    assert [verdict.status for verdict in turned.verdicts] == ["quarantined", "quarantined"]
    assert turned.verdicts[0].error == "unreadable", "it does not belong in that place"


def test_half_of_a_batch_is_held_and_the_other_half_follows(joining: Joining) -> None:
    for _ in range(4):
        a_sale(joining.storage)
    batch = batch_of(joining)
    half = msgspec.structs.replace(batch, rows=batch.rows[:2])

    reply = joining.remote().push(half)
    with joining.storage.begin() as work:
        outcome = take_push_reply(work, half, reply)

    assert (outcome.pushed, waiting_at(joining)) == (2, 2)
    assert (exchanged(joining).pushed, waiting_at(joining)) == (2, 0)
    assert value(joining.office.storage, "SELECT count(*) FROM sale") == 4


def test_an_operation_larger_than_any_is_kept_and_blocks_nothing(joining: Joining) -> None:
    a_sale(joining.storage)
    true = first_in(batch_of(joining))
    body = {**true.envelope.b, "note": "大" * RAW_BYTES_MAX}
    large = msgspec.json.encode(msgspec.structs.replace(true.envelope, b=body), order="sorted")

    reply = pushed(joining, large)

    assert (reply.answer, reply.upto) == ("ack", 1)
    assert rows(joining.office.storage, STATUSES) == [("unreadable", "quarantined")]


def test_an_operation_that_nests_without_end_is_kept_and_reaches_no_counter(
    joining: Joining, bystander: Joining
) -> None:
    a_sale(joining.storage)
    true = first_in(batch_of(joining))
    deep: list[Any] = []
    for _ in range(DEEP):
        deep = [deep]
    fields = {"t": "of the future", "crit": 0, "b": {"deep": deep}}
    raw = msgspec.json.encode(msgspec.structs.replace(true.envelope, **fields), order="sorted")

    reply = pushed(joining, raw)

    assert reply.verdicts[0].error == "unreadable"
    assert rows(joining.office.storage, STATUSES) == [("unreadable", "quarantined")]
    assert exchanged(bystander).trouble is None


def test_the_same_bytes_that_are_no_operation_may_come_in_two_streams(joining: Joining) -> None:
    a_sale(joining.storage)
    streams = [bytes([number]) * 16 for number in (1, 2)]

    replies = [pushed(joining, b'{"no":"operation"}', stream=stream) for stream in streams]

    assert [(reply.answer, reply.upto) for reply in replies] == [("ack", 1), ("ack", 1)]


def test_an_operation_under_the_id_of_bytes_that_were_none_is_set_aside(joining: Joining) -> None:
    a_sale(joining.storage)
    true = first_in(batch_of(joining))
    nothing = b'{"no":"operation"}'
    pushed(joining, nothing)
    (op,) = rows(joining.office.storage, "SELECT op FROM operation WHERE kind = 'unreadable'")[0]
    fields = {"op": text_of(op), "q": 2, "p": chained(bytes(32), nothing).hex()}

    reply = pushed(joining, nothing, seal(msgspec.structs.replace(true.envelope, **fields)).raw)

    assert (reply.answer, reply.upto, reply.verdicts[-1].status) == ("ack", 2, "quarantined")


def test_an_ask_under_the_id_of_bytes_that_were_none_grants_nothing(joining: Joining) -> None:
    member = a_member(joining.storage)
    a_sale(joining.storage, member.member_id, amount=50_000)
    exchanged(joining)
    a_sale(joining.storage)
    nothing = pushed(joining, b'{"no":"operation"}')
    op = value(joining.office.storage, "SELECT op FROM operation WHERE kind = 'unreadable'")
    device = joining.device()
    ask = LeaseAsk(ask=op, member=member.member_id, purpose="exact", points=100)
    request = LeaseRequest(
        request=bytes(16),
        device=device.device,
        token=device.token,
        stream=nothing.stream,
        epoch=1,
        asks=(ask,),
    )

    reply = joining.remote().lease(request)

    assert (reply.rows, [no.code for no in reply.refused]) == ((), ["ask_taken"])


@pytest.mark.parametrize("change", [{"v": 99}, {"tv": 99}, {"t": "sale_of_the_future"}], ids=str)
def test_what_a_version_99_wrote_is_kept_and_counters_of_today_stop_reading_and_go_on_sending(
    joining: Joining, bystander: Joining, change: dict[str, Any]
) -> None:
    a_sale(joining.storage)
    true = first_in(batch_of(joining))

    reply = pushed(joining, seal(msgspec.structs.replace(true.envelope, **change)).raw)

    assert (reply.answer, reply.verdicts[0].status) == ("ack", "skipped")
    kept = rows(joining.office.storage, "SELECT status FROM operation WHERE op = ?", true.op)
    assert kept == [("skipped",)]
    a_sale(bystander.storage)
    report = exchanged(bystander)
    assert (report.trouble, report.pushed) == ("update_needed", 1)
    with joining.office.storage.begin() as work:
        work.sql.run("DELETE FROM feed WHERE op = ?", (true.op,))
        work.sql.run("DELETE FROM feed_head WHERE bucket NOT IN (SELECT bucket FROM feed)")
    with bystander.storage.begin() as work:
        work.settings.put(STOPPED_SETTING, "as if it was updated")


def test_what_a_version_99_calls_unimportant_is_kept_and_passed_over(
    joining: Joining, bystander: Joining
) -> None:
    a_sale(joining.storage)
    true = first_in(batch_of(joining))
    future = msgspec.structs.replace(true.envelope, t="sale_of_the_future", crit=0)

    pushed(joining, seal(future).raw)

    assert exchanged(bystander).trouble is None
    kept = rows(bystander.storage, "SELECT status FROM operation WHERE op = ?", true.op)
    assert kept == [("skipped",)]


def test_a_clock_of_2037_sells_and_drags_no_other_clock_with_it(
    joining: Joining, bystander: Joining, clock: FixedClock
) -> None:
    now = clock.wall_ms()
    clock.advance(IN_2037 - now)
    a_sale(joining.storage)
    clock.advance(now - IN_2037)

    report = exchanged(joining)
    exchanged(bystander)

    assert (report.trouble, report.quarantined, waiting_at(joining)) == (None, 0, 0)
    for book in (joining.office.storage, bystander.storage):
        with book.begin() as work:
            stream = work.operations.stream(work.home.stream_id)
        assert stream is not None
        assert (stream.hlc >> 16) < now + 3_600_000
    assert value(joining.office.storage, "SELECT count(*) FROM sale") == 1
