"""The first load of a counter: everything at once, and the same book as act by act."""

from pathlib import Path

import pytest

from db.domain.ids import OperationId
from db.services.erasure import EraseMember
from db.storage.unit_of_work import Storage
from sync.server.desk import Desk
from sync.server.erasures import erase
from sync.server.snapshots import LEAST_SETTING
from tests.simulation.checkers import check_quiet
from tests.simulation.line import Faults
from tests.simulation.world import HOUR_MS, SimulatedCounter, World
from tests.support.makers import NOBODY, a_member

DEEDS = ("register", "sell", "sell", "sell_for_points", "undo", "redeem_online", "adjust")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a shop of two counters in two branches where a good deal has happened."""
    world = World(tmp_path / "world", seed=7)
    for counter in (world.add_counter(), world.add_counter(), world.add_counter()):
        assert world.enroll(counter)
    for deed in (*DEEDS * 4, "exchange"):
        for counter in world.counters:
            world.act(counter, deed)
    world.settle()
    offer(world, 1)
    return world


def the_log(storage: Storage) -> list[tuple[object, ...]]:
    with storage.reading() as reader:
        return reader.all("SELECT op, stream_id, sequence, hash, status FROM operation ORDER BY op")


def offer(world: World, least: int) -> None:
    with world.office.storage.begin() as work:
        work.settings.put(LEAST_SETTING, str(least))


def build(world: World) -> None:
    order = world.office.snapshots.take_order()
    assert order is not None, "nobody asked for one"
    assert world.office.snapshots.build(order)


def a_newcomer(world: World, faults: Faults | None = None) -> SimulatedCounter:
    counter = world.add_counter(faults=faults)
    assert world.enroll(counter)
    return counter


def test_a_counter_enrolled_anew_reaches_the_same_book_as_one_that_read_every_act(
    world: World,
) -> None:
    newcomer = a_newcomer(world)
    asked = newcomer.exchange()
    build(world)
    loaded = newcomer.exchange()

    assert asked.loading
    assert loaded.loaded > 50
    assert loaded.pulled == 0, "nothing happened since"
    check_quiet(world)
    assert the_log(newcomer.storage) == the_log(world.counters[0].storage)
    world.close()


def test_what_happened_since_the_snapshot_comes_through_the_feed(world: World) -> None:
    newcomer = a_newcomer(world)
    newcomer.exchange()
    build(world)
    for deed in (*DEEDS, "exchange"):
        world.act(world.counters[0], deed)
    loaded = newcomer.exchange()

    assert loaded.loaded
    assert loaded.pulled > 0
    check_quiet(world)
    world.close()


def test_acts_of_the_counters_own_are_folded_onto_what_it_loads(world: World) -> None:
    """It sold before it joined, and goes on selling while the snapshot is built."""
    newcomer = world.add_counter()
    for deed in ("register", "sell", "sell"):
        world.act(newcomer, deed)
    assert world.enroll(newcomer)
    newcomer.exchange()
    build(world)
    world.act(newcomer, "sell")
    with newcomer.storage.begin() as work:
        work.settings.put("probe", "still here")
    own = set(the_log(newcomer.storage))
    loaded = newcomer.exchange()

    assert loaded.loaded
    assert own <= set(the_log(newcomer.storage))
    check_quiet(world)
    world.close()


@pytest.mark.parametrize("clock_moves", [HOUR_MS, -HOUR_MS])
def test_a_snapshot_that_names_somebody_is_not_handed_out_once_he_is_erased(
    world: World, clock_moves: int
) -> None:
    member_id = a_member(world.counters[0].storage, phone="13800138777").member_id
    world.settle()
    newcomer = a_newcomer(world)
    newcomer.exchange()
    build(world)
    world.clock.advance(clock_moves)
    with world.office.storage.begin() as work:
        command = EraseMember(op=OperationId(work.new_id()), member_id=member_id, by=NOBODY)
        erase(Desk(work, world.office.journal), command)

    asked = newcomer.exchange()
    build(world)
    loaded = newcomer.exchange()

    assert asked.loading
    assert loaded.loaded
    world.clock.advance(HOUR_MS)
    check_quiet(world)
    world.close()
