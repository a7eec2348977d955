"""The promises about points: spent once, online and off, and given back when they are not."""

import pytest

from db.domain.redemption_refusals import BeyondLease
from sync.client.leasing import give_back, lease_exactly, lease_for_lookup
from tests.simulation.checkers import (
    check_no_overspending,
    check_quiet,
)
from tests.simulation.line import Faults
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_redemption, a_sale


def test_two_counters_cannot_spend_the_same_points(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=50_000)
    first.exchange()
    second.exchange()

    def ask(counter: SimulatedCounter) -> int:
        return lease_exactly(
            counter.run,
            counter.office(),
            counter.device,
            member_id=member.member_id,
            points=400,
        ).redeemable

    assert ask(first) >= 400
    assert ask(second) < 400
    a_redemption(first.storage, member.member_id, 400)
    with pytest.raises(BeyondLease):
        a_redemption(second.storage, member.member_id, 400)
    check_no_overspending(world)
    check_quiet(world)


def test_an_exact_lease_that_was_not_spent_comes_back(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=50_000)
    first.exchange(renew=False)
    second.exchange(renew=False)
    ask = {"member_id": member.member_id, "points": 500}
    lease_exactly(first.run, first.office(), first.device, **ask)

    assert lease_exactly(second.run, second.office(), second.device, **ask).redeemable == 0
    assert give_back(first.run, member.member_id) == 1
    first.exchange(renew=False)

    assert lease_exactly(second.run, second.office(), second.device, **ask).redeemable == 500
    check_quiet(world)


def test_a_standing_lease_pays_while_the_line_is_down_and_no_further(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=100_000)
    report = first.exchange()
    first.line.faults = Faults(lose_request=1)

    assert report.leased == 1
    a_redemption(first.storage, member.member_id, 200)
    with pytest.raises(BeyondLease):
        a_redemption(first.storage, member.member_id, 100)
    check_quiet(world)


def test_standing_leases_of_all_counters_stay_within_the_share(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    for _ in range(2):
        assert world.enroll(world.add_counter())
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=100_000)
    for counter in world.counters:
        counter.exchange(renew=False)
    for counter in world.counters:
        lease_for_lookup(counter.run, counter.office(), counter.device, member_id=member.member_id)

    granted = value(world.office.storage, "SELECT sum(granted) FROM lease")

    assert granted == 500
    check_quiet(world)


def test_a_lease_that_ran_out_is_closed_and_comes_back(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=100_000)
    first.exchange()
    world.pass_time(73 * 3_600_000)

    with pytest.raises(BeyondLease):
        a_redemption(first.storage, member.member_id, 100)
    first.exchange(renew=False)

    assert rows(world.office.storage, "SELECT state FROM lease") == [("reclaimed",)]
    check_quiet(world)


def test_points_earned_a_moment_ago_can_be_spent_online(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage)
    a_sale(first.storage, member.member_id, amount=30_000)

    leased = lease_exactly(
        first.run, first.office(), first.device, member_id=member.member_id, points=300
    )

    assert (leased.online, leased.redeemable) == (True, 300)
    a_redemption(first.storage, member.member_id, 300)
    check_quiet(world)


def test_offline_asking_for_a_lease_answers_with_what_there_is(first: SimulatedCounter) -> None:
    member = a_member(first.storage)
    first.line.faults = Faults(lose_request=1)

    leased = lease_exactly(
        first.run, first.office(), first.device, member_id=member.member_id, points=100
    )

    assert (leased.online, leased.granted, leased.redeemable) == (False, 0, 0)
