"""What nobody of ours sends: refused or set aside with a reason, and nothing else is affected.

Each story ends with an honest counter of the same office that exchanges as ever, and with proved
books. What is broken below the message is in test_frames, what breaks a body in
test_ingest_poison, what a device may not do in test_enrollment.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from db.domain.clock import BusinessCalendar
from db.domain.ids import text_of
from db.domain.operations import RAW_BYTES_MAX, Operation, chained, read_operation, seal
from db.services.set_up import InitHome, init_home
from db.services.verify import verify_home
from db.storage.home import read_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from sync.client.exchange import ExchangeReport, exchange_once
from sync.client.inbox import pull_request
from sync.client.outbox import next_batch, take_push_reply, waiting
from sync.client.storage_access import directly_on
from sync.protocol.frames import OPENED_BYTES_MAX, SEALED_BYTES_MAX, unseal
from sync.protocol.messages import (
    EnrollRequest,
    Fact,
    LeaseAsk,
    LeaseRequest,
    Problem,
    PushReply,
    PushRequest,
    reply_in,
    seal_message,
)
from sync.protocol.office import OfficeRefused
from sync.protocol.signing import public_key
from sync.server.devices import revoke
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_sale
from tests.support.storage_fixtures import seeded_chance
from tests.unit.sync.conftest import Joining

IN_2037 = 2_114_352_000_000
STATUSES = "SELECT kind, status FROM operation WHERE received_at IS NOT NULL ORDER BY rowid"
DEEP = 900
"""Few enough for a reader with an empty stack, too many for one in the middle of something."""


@pytest.fixture(autouse=True)
def bystander(joining: Joining, tmp_path: Path, clock: FixedClock) -> Iterator[Joining]:
    """Return another counter of the office, who must not notice."""
    joining.join()
    folder = tmp_path / "bystander"
    folder.mkdir()
    storage = Storage(folder / "guitai.db", b"x" * 32, clock=clock, chance=seeded_chance(77))
    with storage.begin() as work:
        init_home(
            work,
            InitHome(branch="外滩店", counter="02机", calendar=BusinessCalendar(), sandbox=True),
        )
    other = Joining(joining.office, storage, folder)
    other.join(key=b"k" * 32)
    yield other
    a_sale(storage, a_member(storage, phone="13900000099").member_id, amount=12_300)
    report = exchanged(other)
    assert (report.trouble, report.pushed, report.quarantined) == (None, 2, 0)
    assert verify_home(joining.office.storage).problems == ()
    assert verify_home(storage).problems == ()
    storage.close()


def exchanged(joining: Joining) -> ExchangeReport:
    office, device = joining.remote(), joining.device()
    return exchange_once(directly_on(joining.storage), office, device, renew=False)


def batch_of(joining: Joining) -> PushRequest:
    with joining.storage.begin() as work:
        batch = next_batch(work, joining.device())
    assert batch is not None
    return batch


def first_in(batch: PushRequest) -> Operation:
    return read_operation(bytes(batch.rows[0].op))


def pushed(joining: Joining, *raws: bytes, **changes: Any) -> PushReply:
    """Push these bytes in the place of what waits."""
    facts = tuple(Fact(op=msgspec.Raw(raw)) for raw in raws)
    return joining.remote().push(msgspec.structs.replace(batch_of(joining), rows=facts, **changes))


def sealed_push(joining: Joining) -> bytes:
    key = joining.device().private_key
    return seal_message(batch_of(joining), private=key, purpose="push request")


def said(joining: Joining, sealed: bytes, kind: str = "push") -> tuple[int, str]:
    """Return the status and the problem that a sealed request is answered with."""
    status, answer = joining.line.door.answer(kind, sealed)
    reply = reply_in(unseal(answer))
    return status, reply.code if isinstance(reply, Problem) else "done"


def _asking_128_mib(lines: bytes) -> bytes:
    """Return a true message in a frame that asks its reader for 128 MiB of memory."""
    wide = zstandard.ZstdCompressionParameters(window_log=27)
    packing = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    return packing.compress(lines) + packing.flush()


BODIES: dict[str, tuple[Callable[[bytes], bytes], int, str]] = {
    "garbage": (lambda _: b"\x00\xff" * 500, 400, "malformed"),
    "a page": (lambda _: b"<!DOCTYPE html>", 400, "malformed"),
    "oversized": (lambda sealed: sealed + bytes(SEALED_BYTES_MAX), 413, "too_large"),
    "half of it": (lambda sealed: sealed[: len(sealed) // 2], 400, "malformed"),
    "a bomb": (lambda _: zstandard.compress(bytes(4 * OPENED_BYTES_MAX), 19), 400, "malformed"),
    "a huge window": (
        lambda sealed: _asking_128_mib(zstandard.decompress(sealed)),
        400,
        "malformed",
    ),
    "version 99": (
        lambda sealed: zstandard.compress(
            zstandard.decompress(sealed).replace(b'{"end":1', b'{"end":99')
        ),
        400,
        "malformed",
    ),
    "half of the batch": (
        lambda sealed: zstandard.compress(
            b"\n".join(zstandard.decompress(sealed).split(b"\n")[::2]) + b"\n"
        ),
        400,
        "malformed",
    ),
}


@pytest.mark.parametrize("case", BODIES)
def test_a_message_that_is_not_whole_is_refused_by_name_and_stores_nothing(
    joining: Joining, case: str
) -> None:
    for _ in range(3):
        a_sale(joining.storage)
    spoil, status, code = BODIES[case]

    assert said(joining, spoil(sealed_push(joining))) == (status, code)

    assert rows(joining.office.storage, STATUSES) == []
    assert exchanged(joining).pushed == 3


def test_a_message_that_was_overheard_brings_nothing_to_who_repeats_it(joining: Joining) -> None:
    a_sale(joining.storage)
    overheard = sealed_push(joining)
    before = exchanged(joining)

    again = [said(joining, overheard), said(joining, overheard, "pull"), said(joining, overheard)]

    assert (before.pushed, again) == (1, [(200, "done"), (401, "bad_signature"), (200, "done")])
    assert value(joining.office.storage, "SELECT count(*) FROM sale") == 1


def test_what_a_stranger_signs_is_nobodys(joining: Joining) -> None:
    a_sale(joining.storage)
    forged = seal_message(batch_of(joining), private=b"s" * 32, purpose="push request")

    assert said(joining, forged) == (401, "bad_signature")
    assert rows(joining.office.storage, STATUSES) == []


def test_a_device_may_not_write_the_stream_of_another(joining: Joining, bystander: Joining) -> None:
    a_sale(joining.storage)
    exchanged(joining)
    a_sale(joining.storage)
    theirs = batch_of(joining)
    device = bystander.device()
    stolen = msgspec.structs.replace(theirs, device=device.device, token=device.token)

    with pytest.raises(OfficeRefused) as refused:
        bystander.remote().push(stolen)

    assert refused.value.reason == "not_yours"
    assert exchanged(joining).pushed == 1


def test_a_revoked_device_learns_and_gets_nothing_and_what_it_repeats_is_refused(
    joining: Joining,
) -> None:
    a_sale(joining.storage)
    overheard = sealed_push(joining)
    revoke(joining.office.storage, joining.device().device)

    with joining.storage.begin() as work:
        request = pull_request(work, joining.device())
    with pytest.raises(OfficeRefused) as refused:
        joining.remote().pull(request)

    assert refused.value.reason == "revoked"
    assert said(joining, overheard) == (403, "revoked")
    assert (exchanged(joining).trouble, waiting_at(joining)) == ("revoked", 1)


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


@pytest.mark.parametrize("timezone", ["", "Mars/Olympus", "../../etc/passwd", "Asia", "\0"])
def test_a_counter_whose_days_begin_nowhere_is_not_taken_in(
    joining: Joining, timezone: str
) -> None:
    assert said(joining, an_enrolment(joining, timezone=timezone), "enroll") == (400, "malformed")
    assert value(joining.office.storage, "SELECT count(*) FROM branch WHERE name = '火星店'") == 0


def test_no_counter_is_taken_in_as_head_offices_own(joining: Joining) -> None:
    with joining.office.storage.reading() as reader:
        own = read_home(reader).counter_id

    assert said(joining, an_enrolment(joining, counter=own), "enroll") == (400, "malformed")
    with joining.office.storage.reading() as reader:
        assert read_home(reader).counter_name == "总部"


def an_enrolment(joining: Joining, **changes: Any) -> bytes:
    """Return a sealed request to be taken in, by a good code, as another counter in 火星店."""
    facts: dict[str, Any] = {
        "request": bytes(16),
        "code": joining.code(),
        "public_key": public_key(b"z" * 32),
        "counter": b"c" * 16,
        "counter_name": "03机",
        "branch": b"b" * 16,
        "branch_name": "火星店",
        "timezone": "Asia/Shanghai",
        "day_cut_minutes": 240,
    }
    request = EnrollRequest(**(facts | changes))
    return seal_message(request, private=b"z" * 32, purpose="enroll request")


def waiting_at(joining: Joining) -> int:
    return directly_on(joining.storage)(waiting)
