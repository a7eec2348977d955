"""Every act has its place: a chain without gaps, under a clock that never goes back."""

import hashlib

import pytest

from db.domain.hlc import milliseconds
from db.domain.operations import GENESIS, Envelope, Operation, read_operation
from db.domain.redemption_refusals import InsufficientPoints
from db.services.journal import trusted_now
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows
from tests.support.makers import a_member, a_sale, a_shift, an_undo


def journal(storage: Storage) -> list[Operation]:
    raws = rows(storage, "SELECT raw FROM operation ORDER BY sequence")
    return [read_operation(raw) for (raw,) in raws]


def envelopes(storage: Storage) -> list[Envelope]:
    return [operation.envelope for operation in journal(storage)]


def test_operations_follow_one_another_and_each_hashes_the_one_before(storage: Storage) -> None:
    member = a_member(storage)
    a_shift(storage)
    an_undo(storage, a_sale(storage, member.member_id).sale_id)

    previous, written = GENESIS, journal(storage)
    for place, operation in enumerate(written, start=1):
        assert operation.envelope.q == place
        assert operation.envelope.p == previous.hex()
        previous = hashlib.sha256(previous + operation.raw).digest()
        assert operation.hash == previous
    assert len(written) == 4
    assert rows(storage, "SELECT sequence, head, acked_sequence FROM stream") == [(4, previous, 0)]


def test_the_stamps_never_go_back_though_the_clock_does(
    storage: Storage, clock: FixedClock
) -> None:
    a_sale(storage)
    clock.advance(-3_600_000)
    a_sale(storage)
    a_sale(storage)
    clock.advance(7_200_000)
    a_sale(storage)

    stamps = [envelope.hlc for envelope in envelopes(storage)]
    walls = [envelope.wall for envelope in envelopes(storage)]
    assert stamps == sorted(set(stamps))
    assert stamps[1] == stamps[0] + 1
    assert walls[1] == walls[0] - 3_600_000
    assert milliseconds(stamps[3]) == clock.at_ms


def test_trusted_time_stands_still_while_the_clock_is_behind(
    storage: Storage, clock: FixedClock
) -> None:
    a_sale(storage)
    latest = clock.at_ms
    clock.advance(-3_600_000)

    with storage.begin() as work:
        assert trusted_now(work) == latest
    clock.advance(3_600_001)
    with storage.begin() as work:
        assert trusted_now(work) == latest + 1


def test_an_operation_says_where_and_by_whom(storage: Storage) -> None:
    a_sale(storage)

    (envelope,) = envelopes(storage)
    with storage.begin() as work:
        home = work.home
    assert envelope.t == "sale"
    assert envelope.bd == "2026-11-21"
    assert envelope.tz == "Asia/Shanghai"
    assert bytes.fromhex(envelope.store.replace("-", "")) == home.branch_id
    assert bytes.fromhex(envelope.dev.replace("-", "")) == home.counter_id
    assert bytes.fromhex(envelope.s.replace("-", "")) == home.stream_id


def test_a_refused_act_takes_no_place(storage: Storage) -> None:
    member = a_member(storage)
    before = rows(storage, "SELECT * FROM stream")

    with pytest.raises(InsufficientPoints):
        a_sale(storage, member.member_id, redeem_points=100)

    assert rows(storage, "SELECT * FROM stream") == before
