"""A copied disk is noticed by the code that it shows; that costs its stream the leases, no more."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from db.services.verify.book import verify_home
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from sync.client.exchange import ExchangeReport, exchange_once
from sync.client.inbox import pull_request
from sync.client.leasing import lease_exactly
from sync.client.storage_access import directly_on
from sync.protocol.messages import PullRequest, Roll
from sync.server.rolls import ROLL_EVERY_MS
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_sale
from tests.support.storage_fixtures import seeded_chance
from tests.unit.sync.conftest import Joining

ALARMS = "SELECT kind, times FROM alarm"


def exchanged(joining: Joining, storage: Storage) -> ExchangeReport:
    return exchange_once(directly_on(storage), joining.remote(), joining.device())


def stream_of(storage: Storage) -> bytes:
    with storage.begin() as work:
        return work.home.stream_id


def asked(joining: Joining) -> PullRequest:
    with joining.storage.begin() as work:
        return pull_request(work, joining.device())


@pytest.fixture
def joined(joining: Joining, clock: FixedClock) -> Joining:
    """Return a counter that has exchanged often enough to show a code."""
    joining.join()
    a_sale(joining.storage)
    for _ in range(3):
        exchanged(joining, joining.storage)
        clock.advance(ROLL_EVERY_MS)
    return joining


@pytest.fixture
def copy(joined: Joining, tmp_path: Path, clock: FixedClock) -> Iterator[Storage]:
    """Return a second machine from the first one's disk."""
    joined.storage.checkpoint()
    folder = tmp_path / "copy"
    shutil.copytree(joined.folder, folder)
    key = database_key(folder, os_store=False, chance=seeded_chance(1), create=False)
    storage = Storage(database_path(folder), key, clock=clock, chance=seeded_chance(500))
    yield storage
    storage.close()


def test_a_counter_alone_is_given_code_after_code_and_alarms_nobody(
    joined: Joining, clock: FixedClock
) -> None:
    before = asked(joined).roll
    for _ in range(4):
        clock.advance(ROLL_EVERY_MS)
        assert exchanged(joined, joined.storage).left == 0

    after = asked(joined).roll
    assert before is not None
    assert after is not None
    assert after.generation > before.generation
    assert rows(joined.office.storage, ALARMS) == []


def test_an_idle_exchange_turns_no_code(joined: Joining) -> None:
    exchanged(joined, joined.storage)
    before = asked(joined).roll

    exchanged(joined, joined.storage)

    assert asked(joined).roll == before


def test_of_two_machines_from_one_disk_both_move_to_streams_of_their_own_and_sell_on(
    joined: Joining, copy: Storage, clock: FixedClock
) -> None:
    old = stream_of(joined.storage)
    for _ in range(4):
        a_sale(joined.storage)
        exchanged(joined, joined.storage)
        clock.advance(ROLL_EVERY_MS)
    second = exchanged(joined, copy)
    told = exchanged(joined, copy)
    first = exchanged(joined, joined.storage)

    a_sale(copy)
    a_sale(joined.storage)
    for _ in range(3):
        clock.advance(ROLL_EVERY_MS)
        reports = [exchanged(joined, copy), exchanged(joined, joined.storage)]

    assert (second.left, told.left, first.left) == (1, 0, 1)
    assert len({old, stream_of(copy), stream_of(joined.storage)}) == 3
    assert rows(joined.office.storage, ALARMS) == [("clone", 1)]
    assert [report.left for report in reports] == [0, 0]
    assert [value(one, "SELECT count(*) FROM sale") for one in (copy, joined.storage)] == [7, 7]
    for book in (joined.office.storage, copy, joined.storage):
        assert verify_home(book).problems == ()


def test_what_two_wrote_is_lent_nothing_and_the_stream_of_ones_own_is(
    joined: Joining, copy: Storage, clock: FixedClock
) -> None:
    member = a_member(joined.storage)
    a_sale(joined.storage, member.member_id, amount=1_000_000)
    for _ in range(4):
        exchanged(joined, joined.storage)
        clock.advance(ROLL_EVERY_MS)
    exchanged(joined, copy)
    exchanged(joined, copy)

    def leased() -> int:
        run, office, device = directly_on(joined.storage), joined.remote(), joined.device()
        return lease_exactly(
            run, office, device, member_id=member.member_id, points=3_000
        ).redeemable

    before = leased()
    exchanged(joined, joined.storage)

    assert before < 3_000
    assert leased() >= 3_000


def test_a_question_that_comes_late_or_twice_alarms_nobody(
    joined: Joining, clock: FixedClock
) -> None:
    late = asked(joined)
    for _ in range(4):
        clock.advance(ROLL_EVERY_MS)
        exchanged(joined, joined.storage)

    reply = joined.remote().pull(late)

    assert reply.doubt
    assert exchanged(joined, joined.storage).left == 0
    assert rows(joined.office.storage, ALARMS) == []


def test_a_code_that_nobody_gave_is_none(joined: Joining) -> None:
    made_up = Roll(generation=1 << 40, code=bytes(32))
    request = msgspec.structs.replace(asked(joined), roll=made_up, doubt=b"x" * 32)

    reply = joined.remote().pull(request)

    assert reply.doubt
    assert rows(joined.office.storage, ALARMS) == []
    assert exchanged(joined, joined.storage).left == 0
