"""The promises about disks: restored, cloned, rolled back, at the counter and at head office."""

import shutil
from pathlib import Path

import msgspec

from db.domain.operations import read_operation, seal
from db.services.replication import apply
from sync.client.leasing import lease_exactly
from sync.server.office import office_totals
from tests.simulation.checkers import (
    check_no_overspending,
    check_quiet,
)
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_redemption, a_sale


def test_two_machines_from_one_disk_both_go_on_and_lose_nothing(
    world: World, first: SimulatedCounter, tmp_path: Path
) -> None:
    member = a_member(first.storage)
    first.exchange()
    twin = world.add_counter()
    twin.storage.close()
    shutil.rmtree(twin.folder)
    first.storage.checkpoint()
    shutil.copytree(first.folder, twin.folder)
    twin.key, twin.device = first.key, first.device
    twin.reopen()
    a_sale(first.storage, member.member_id, amount=10_000)
    a_sale(twin.storage, member.member_id, amount=20_000)
    a_sale(twin.storage, member.member_id, amount=30_000)
    first.exchange()

    report = twin.exchange()

    assert (report.rehomed, report.pushed) == (2, 2)
    assert office_totals(world.office.storage).amount == 60_000
    check_quiet(world)


def test_an_act_that_comes_again_in_another_stream_is_done_once(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    first.exchange()
    world.act(first, "back_up")
    a_sale(first.storage, member.member_id, amount=10_000)
    first.exchange()
    world.strict = False
    sale = rows(first.storage, "SELECT raw FROM operation WHERE kind = 'sale'")[0][0]
    world.act(first, "roll_back")
    _replay_sale(first, sale)

    report = first.exchange()

    assert report.rehomed >= 1
    assert value(world.office.storage, "SELECT count(*) FROM sale") == 1
    assert value(world.office.storage, "SELECT count(*) FROM repeated") == 1
    check_quiet(world)


def test_a_restored_head_office_is_told_again_and_grants_nothing_twice(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=50_000)
    first.exchange(renew=False)
    second.exchange(renew=False)
    world.act(first, "back_up_office")
    ask = {"member_id": member.member_id, "points": 500}
    lease_exactly(first.run, first.office(), first.device, **ask)
    a_redemption(first.storage, member.member_id, 500)
    world.act(first, "restore_office")

    leased = lease_exactly(second.run, second.office(), second.device, **ask)

    assert leased.redeemable == 0
    assert first.exchange().pushed > 0
    check_no_overspending(world)
    check_quiet(world)


def test_a_restored_counter_begins_a_new_stream_and_hears_its_own_past(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    first.exchange()
    world.act(first, "back_up")
    sold = a_sale(first.storage, member.member_id)
    first.exchange()

    world.act(first, "restore")
    first.exchange()

    assert value(first.storage, "SELECT count(*) FROM sale WHERE sale_id = ?", sold.sale_id) == 1
    check_quiet(world)


def _replay_sale(counter: SimulatedCounter, raw: bytes) -> None:
    """Let a rolled-back counter write the very act that it had written and sent before."""
    envelope = read_operation(raw).envelope
    with counter.storage.begin() as work:
        head = work.operations.stream(work.home.stream_id)
        again = seal(
            msgspec.structs.replace(
                envelope, q=head.sequence + 1, p=head.head.hex(), hlc=envelope.hlc + 1
            )
        )
        work.operations.append(again)
        apply(work, again, None)
