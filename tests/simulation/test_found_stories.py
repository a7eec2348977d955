"""What whole universes found wrong, each told as the shortest story that shows it."""

import pytest

from db.domain.ids import OperationId
from db.domain.members import MemberNotActive
from db.services.erasure import EraseMember
from sync.client.leasing import lease_exactly
from sync.server.desk import Desk
from sync.server.erasures import erase
from tests.simulation.checkers import check_quiet
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import check_ledger
from tests.support.makers import NOBODY, a_member, a_redemption, an_adjustment
from tests.support.profile_makers import a_change, a_merge, an_unmerging
from tests.support.value_makers import a_top_up, a_value_sale


@pytest.fixture
def elsewhere(world: World) -> SimulatedCounter:
    """Return a counter of the second branch, whose members lie in a feed of their own."""
    for _ in range(2):
        assert world.enroll(world.add_counter())
    return world.counters[2]


def test_nobody_names_again_who_was_erased(world: World, first: SimulatedCounter) -> None:
    member_id = a_member(first.storage).member_id
    world.settle()
    with world.office.storage.begin() as work:
        op = OperationId(work.new_id())
        command = EraseMember(op=op, member_id=member_id, by=NOBODY, reason="本人要求")
        erase(Desk(work, world.office.journal), command)
    world.settle()

    with pytest.raises(MemberNotActive):
        a_change(first.storage, member_id, name="张小芳")

    check_quiet(world)


def test_what_head_office_wrote_before_its_backup_is_published_after_it_was_restored(
    world: World, first: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    world.settle()
    an_adjustment(world.office.storage, member_id, 500)
    world.act(first, "back_up_office")
    world.act(first, "restore_office")

    world.settle()

    check_quiet(world)


def newcomer(world: World) -> SimulatedCounter:
    """Return a counter that reads everything from the start."""
    counter = world.add_counter()
    assert world.enroll(counter)
    return counter


@pytest.mark.parametrize("turned", [False, True])
def test_points_of_an_alias_in_another_branch_are_spent_before_their_lease_is_heard_of(
    world: World, first: SimulatedCounter, elsewhere: SimulatedCounter, *, turned: bool
) -> None:
    here, there = (elsewhere, first) if turned else (first, elsewhere)
    one = a_member(here.storage, phone="13800138001").member_id
    other = a_member(there.storage, phone="13800138002").member_id
    an_adjustment(there.storage, other, 500)
    world.settle()
    a_merge(world.office.storage, other, one)
    world.settle()
    lease_exactly(here.run, here.office(), here.device, member_id=one, points=500)
    a_redemption(here.storage, one, 500)
    world.settle()

    late = newcomer(world)
    late.exchange(renew=False)

    check_ledger(late.storage)
    check_quiet(world)


@pytest.mark.parametrize("turned", [False, True])
def test_bonus_of_an_alias_in_another_branch_stays_his_where_its_spending_is_heard_first(
    world: World, first: SimulatedCounter, elsewhere: SimulatedCounter, *, turned: bool
) -> None:
    here, there = (elsewhere, first) if turned else (first, elsewhere)
    one = a_member(here.storage, phone="13800138001").member_id
    other = a_member(there.storage, phone="13800138002").member_id
    a_top_up(there.storage, other)
    world.settle()
    a_merge(world.office.storage, other, one)
    world.settle()
    a_value_sale(there.storage, one, 3_000)
    world.settle()
    an_unmerging(world.office.storage, other)

    newcomer(world)

    check_quiet(world)
