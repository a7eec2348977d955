"""A sale taken back somewhere else, or twice: whoever hears of it in whatever order agrees."""

import pytest

from db.domain.redemption_refusals import BeyondLease
from sync.client.leasing import lease_exactly
from tests.simulation.checkers import check_quiet
from tests.simulation.world import HOUR_MS, SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_redemption, a_return, a_sale, a_void, an_adjustment

QUARANTINED = "SELECT kind FROM operation WHERE status = 'quarantined'"
POINTS = "SELECT sum(balance) FROM account WHERE kind IN ('member', 'lease')"


def test_a_void_that_a_restored_head_office_hears_before_the_sale_waits_for_it(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    world.settle()
    world.act(first, "back_up_office")
    sold = a_sale(first.storage, member_id, amount=50_000)
    unnamed = a_sale(first.storage, None)
    world.settle()
    world.pass_time(HOUR_MS)
    a_void(second.storage, sold.sale_id)
    a_void(second.storage, unnamed.sale_id)
    world.settle()
    world.act(first, "restore_office")

    second.exchange()

    assert rows(world.office.storage, QUARANTINED) == [("reversal",), ("reversal",)]
    first.exchange()
    check_quiet(world)
    assert value(world.office.storage, POINTS) == 0


def test_points_that_two_voids_gave_back_twice_are_leased_once(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    an_adjustment(first.storage, member_id, 1_000)
    world.settle()
    lease_exactly(first.run, first.office(), first.device, member_id=member_id, points=500)
    sold = a_sale(first.storage, member_id, amount=50_000, redeem_points=500)
    world.settle()

    a_void(second.storage, sold.sale_id)
    a_void(first.storage, sold.sale_id)
    second.exchange(renew=False)
    with pytest.raises(BeyondLease):
        a_redemption(first.storage, member_id, 500)
    first.exchange(renew=False)

    assert rows(world.office.storage, QUARANTINED) == [("reversal",)]
    assert value(world.office.storage, POINTS) == 1_000
    assert all_that_is_leased(world, second, member_id=member_id) == 1_000
    world.pass_time(HOUR_MS)
    first.exchange(renew=False)
    second.exchange(renew=False)
    assert all_that_is_leased(world, second, member_id=member_id) == 1_000


def all_that_is_leased(world: World, counter: SimulatedCounter, *, member_id: bytes) -> int:
    """Lease as many points as head office lets go, in steps of a hundred; return how many."""
    for points in range(1_000, 0, -100):
        leased = lease_exactly(
            counter.run, counter.office(), counter.device, member_id=member_id, points=points
        )
        if leased.redeemable >= points:
            return leased.redeemable
    return 0


def test_a_void_and_the_return_it_knew_of_wait_for_the_sale_whatever_the_clocks_say(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    third = world.add_counter()
    assert world.enroll(third)
    member_id = a_member(first.storage).member_id
    world.settle()
    world.act(first, "back_up_office")
    sold = a_sale(first.storage, member_id, amount=50_000)
    world.settle()
    a_return(second.storage, sold.sale_id, amount=20_000)
    world.settle()
    third.clock.at_ms -= HOUR_MS
    a_void(third.storage, sold.sale_id)
    world.settle()
    world.act(first, "restore_office")

    third.exchange()
    second.exchange()
    first.exchange()

    assert rows(world.office.storage, QUARANTINED) == []
    check_quiet(world)
    assert value(world.office.storage, POINTS) == 0
