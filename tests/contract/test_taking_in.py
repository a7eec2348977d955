"""Enrolment and pushing, alike whatever answers: once is enough, twice changes nothing."""

import os
from pathlib import Path

import msgspec
import pytest

from db.domain.operations import read_operation, seal
from sync.protocol.office import OfficeRefused
from sync.server.devices import revoke
from tests.contract.conftest import Ground, Joining, with_rows
from tests.support.checkers import rows, value
from tests.support.grounds import a_code

HELD = "SELECT sequence, status FROM operation WHERE stream_id = ? ORDER BY sequence"


def test_a_code_takes_in_one_key_however_often_it_asks(
    ground: Ground, joining: Joining, tmp_path: Path
) -> None:
    till = joining()
    code, key = a_code(ground), os.urandom(32)

    first = joining.enrol(till.storage, tmp_path, code=code, key=key)
    again = joining.enrol(till.storage, tmp_path, code=code, key=key)

    assert first.device.device == again.device.device
    with pytest.raises(OfficeRefused, match="code_used"):
        joining.enrol(till.storage, tmp_path, code=code)


def test_counters_of_one_head_office_have_blocks_of_their_own(joining: Joining) -> None:
    blocks = []
    for till in (joining(), joining(), joining("外滩店")):
        with till.storage.begin() as work:
            blocks.append(work.home.number_block)

    assert len(set(blocks)) == 3


def test_a_batch_that_comes_again_is_acknowledged_and_stored_once(
    ground: Ground, joining: Joining
) -> None:
    till = joining()
    till.sells(3)
    batch = till.batch()

    replies = [till.remote.push(batch) for _ in range(3)]

    assert {(reply.answer, reply.upto) for reply in replies} == {("ack", batch.first + 2)}
    assert {reply.upto_hash for reply in replies} == {read_operation(bytes(batch.rows[2].op)).hash}
    assert rows(ground.book, HELD, batch.stream) == [(place, "applied") for place in (1, 2, 3)]


def test_batches_that_overtake_each_other_are_asked_for_again(joining: Joining) -> None:
    till = joining()
    till.sells(6)
    first, second, third = till.batches(2)

    early = till.remote.push(third)
    answers = [till.remote.push(each).answer for each in (first, third, second, first, third)]

    assert (early.answer, early.upto) == ("rewind", 0)
    assert answers == ["ack", "rewind", "ack", "ack", "ack"]


def test_another_act_in_a_held_place_is_a_fork_and_a_chain_that_parted_is_probed(
    joining: Joining,
) -> None:
    till = joining()
    till.sells(3)
    one, two, _ = till.batches(1)
    till.remote.push(one)
    true = read_operation(bytes(one.rows[0].op))
    twin = seal(msgspec.structs.replace(true.envelope, wall=1))
    stray = seal(
        msgspec.structs.replace(read_operation(bytes(two.rows[0].op)).envelope, p="11" * 32)
    )

    fork = till.remote.push(with_rows(one, twin.raw))
    probe = till.remote.push(with_rows(two, stray.raw))

    assert (fork.answer, fork.fork_at) == ("fork", 1)
    assert probe.answer == "probe"


def test_what_cannot_be_applied_is_kept_aside_and_blocks_nothing(
    ground: Ground, joining: Joining
) -> None:
    till = joining()
    member = till.registers()
    till.sells(2, member=member)
    *_, last = till.batches(1)
    whole = till.batch()
    sale = read_operation(bytes(last.rows[0].op))
    body = {**sale.envelope.b, "due": "much"}
    poison = seal(msgspec.structs.replace(sale.envelope, b=body))

    reply = till.remote.push(
        with_rows(whole, *(bytes(row.op) for row in whole.rows[:-1]), poison.raw)
    )

    assert (reply.answer, reply.upto) == ("ack", len(whole.rows))
    assert [(each.sequence, each.status) for each in reply.verdicts] == [
        (len(whole.rows), "quarantined")
    ]
    statuses = [status for _, status in rows(ground.book, HELD, whole.stream)]
    assert statuses == ["applied"] * (len(whole.rows) - 1) + ["quarantined"]


def test_bytes_that_are_no_operation_hold_their_place(ground: Ground, joining: Joining) -> None:
    till = joining()
    till.sells(1)
    batch = till.batch()

    reply = till.remote.push(with_rows(batch, b'{"not":"an operation"}'))

    assert (reply.answer, reply.upto, reply.verdicts[0].status) == ("ack", 1, "quarantined")
    assert value(ground.book, "SELECT kind FROM operation WHERE stream_id = ?", batch.stream) == (
        "unreadable"
    )


def test_a_stream_is_one_counters_own(joining: Joining) -> None:
    till, other = joining(), joining()
    till.sells(1)
    other.sells(1)
    till.remote.push(till.batch())
    stolen = msgspec.structs.replace(other.batch(), stream=till.batch().stream)

    with pytest.raises(OfficeRefused, match="not_yours"):
        other.remote.push(stolen)


def test_a_revoked_counter_is_lent_nothing(ground: Ground, joining: Joining) -> None:
    till = joining()
    revoke(ground.book, till.device.device)

    with pytest.raises(OfficeRefused, match="revoked"):
        till.asks()


def test_everything_stands_after_an_end_without_warning(ground: Ground, joining: Joining) -> None:
    till = joining()
    member = till.registers()
    till.sells(4, member=member)
    batch = till.batch()
    before = till.remote.push(batch)

    ground.restart()

    again = till.remote.push(batch)
    assert (again.answer, again.upto, again.upto_hash) == ("ack", before.upto, before.upto_hash)
    assert again.incarnation == before.incarnation
    assert till.exchange().trouble is None
