"""Clocks that were years wrong for an hour: nothing of it stays once they are right again."""

from sync.client.leasing import lease_exactly
from tests.simulation.checkers import check_quiet
from tests.simulation.world import HOUR_MS, SimulatedCounter, World
from tests.support.makers import a_member, a_redemption, a_sale, an_adjustment

IN_2037_MS = 2_114_380_800_000


def test_a_counter_that_was_in_2037_for_an_hour_redeems_again(
    world: World, first: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    an_adjustment(first.storage, member_id, 1_000)
    world.settle()
    first.clock.at_ms = IN_2037_MS
    a_sale(first.storage)
    first.exchange()

    first.clock.at_ms = world.clock.at_ms
    first.exchange()
    lease_exactly(first.run, first.office(), first.device, member_id=member_id, points=500)

    assert a_redemption(first.storage, member_id, 500).balance == 500
    check_quiet(world)


def test_its_leases_still_run_out(world: World, first: SimulatedCounter) -> None:
    member_id = a_member(first.storage).member_id
    an_adjustment(first.storage, member_id, 1_000)
    first.clock.at_ms = IN_2037_MS
    a_sale(first.storage)
    first.clock.at_ms = world.clock.at_ms
    first.exchange(renew=False)
    leased = lease_exactly(first.run, first.office(), first.device, member_id=member_id, points=500)
    first.line.faults.lose_request = 1

    world.pass_time(HOUR_MS)
    later = lease_exactly(first.run, first.office(), first.device, member_id=member_id, points=500)

    assert (leased.redeemable, later.redeemable) == (500, 0)
