"""Goods that come back at another counter, or at two: whoever hears of it agrees."""

import pytest

from db.domain.ids import OperationId
from db.domain.return_refusals import SaleElsewhere
from db.services.return_plan import Asked
from db.services.returns import TakeReturn, take_return
from sync.client.leasing import lease_exactly
from tests.simulation.checkers import check_quiet
from tests.simulation.world import HOUR_MS, SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.makers import (
    NOBODY,
    a_member,
    a_return,
    a_sale,
    a_void,
    an_adjustment,
    an_attachment,
)

QUARANTINED = "SELECT kind FROM operation WHERE status = 'quarantined'"
POINTS = "SELECT sum(balance) FROM account WHERE kind IN ('member', 'lease')"
RETURNED = "SELECT returned_amount, returned_earned, returned_whole FROM sale"


def test_a_sale_comes_back_at_another_counter_bit_by_bit(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    sold = a_sale(first.storage, member_id, amount=10_001)
    with pytest.raises(SaleElsewhere):
        a_return(second.storage, sold.sale_id)
    world.settle()

    a_return(second.storage, sold.sale_id, amount=3_333)
    world.settle()
    a_return(first.storage, sold.sale_id)

    world.settle()
    check_quiet(world)
    assert value(world.office.storage, POINTS) == 0
    for counter in (first, second):
        assert rows(counter.storage, RETURNED) == [(10_001, 100, 1)]


def test_units_that_two_cut_off_counters_take_back_add_up(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    sold = a_sale(first.storage, member_id, amount=10_001)
    world.settle()

    a_return(first.storage, sold.sale_id, amount=3_333)
    a_return(second.storage, sold.sale_id, amount=3_334)

    world.settle()
    check_quiet(world)
    assert rows(world.office.storage, RETURNED) == [(6_667, 66, 0)]


def test_what_two_cut_off_counters_refunded_twice_is_set_aside(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    sold = a_sale(first.storage, member_id, amount=10_000)
    world.settle()

    a_return(first.storage, sold.sale_id)
    a_return(second.storage, sold.sale_id, amount=4_000)
    first.exchange(renew=False)
    second.exchange(renew=False)

    assert rows(world.office.storage, QUARANTINED) == [("return",)]
    assert rows(world.office.storage, RETURNED) == [(10_000, 100, 1)]
    assert value(world.office.storage, POINTS) == 0


def test_a_void_and_a_return_of_two_cut_off_counters_count_once(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    sold = a_sale(first.storage, member_id, amount=10_000)
    world.settle()

    a_return(second.storage, sold.sale_id, amount=4_000)
    a_void(first.storage, sold.sale_id)
    second.exchange(renew=False)
    first.exchange(renew=False)

    assert rows(world.office.storage, QUARANTINED) == [("reversal",)]
    assert value(world.office.storage, POINTS) == 60


def test_a_return_of_what_was_voided_meanwhile_is_set_aside(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    sold = a_sale(first.storage, member_id, amount=10_000)
    world.settle()

    a_void(first.storage, sold.sale_id)
    a_return(second.storage, sold.sale_id, amount=4_000)
    first.exchange(renew=False)
    second.exchange(renew=False)

    assert rows(world.office.storage, QUARANTINED) == [("return",)]
    assert value(world.office.storage, POINTS) == 0


def test_points_given_back_elsewhere_wait_for_head_office(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    an_adjustment(first.storage, member_id, 1_000)
    world.settle()
    lease_exactly(first.run, first.office(), first.device, member_id=member_id, points=500)
    sold = a_sale(first.storage, member_id, amount=50_000, redeem_points=500)
    world.settle()

    with second.storage.begin() as work:
        op = OperationId(work.new_id())
        asked = Asked(sale_id=sold.sale_id)
        effect = take_return(work, TakeReturn(op=op, by=NOBODY, asked=asked))

    assert (effect.redeemed, effect.pending) == (500, 500)
    world.settle()
    assert value(world.office.storage, POINTS) == 1_000
    assert rows(world.office.storage, QUARANTINED) == []


def test_a_return_that_a_restored_head_office_hears_before_the_sale_waits_for_it(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(first.storage).member_id
    world.settle()
    world.act(first, "back_up_office")
    sold = a_sale(first.storage, member_id, amount=50_000)
    unnamed = a_sale(first.storage, None)
    world.settle()
    world.pass_time(HOUR_MS)
    a_return(second.storage, sold.sale_id)
    an_attachment(second.storage, unnamed.sale_id, member_id)
    world.settle()
    world.act(first, "restore_office")

    second.exchange()

    assert sorted(rows(world.office.storage, QUARANTINED)) == [("attach",), ("return",)]
    first.exchange()
    check_quiet(world)
    assert value(world.office.storage, POINTS) == 128


def test_a_member_attached_at_one_counter_is_his_sale_at_the_other(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = a_member(second.storage).member_id
    sold = a_sale(first.storage)
    world.settle()
    an_attachment(second.storage, sold.sale_id, member_id)
    world.settle()

    a_return(first.storage, sold.sale_id, amount=2_800)

    world.settle()
    check_quiet(world)
    assert value(world.office.storage, POINTS) == 100
    assert value(second.storage, "SELECT spend FROM member_total") == 10_000


def test_what_refers_to_a_sale_is_heard_behind_it_whatever_branch_the_member_is_of(
    world: World, first: SimulatedCounter
) -> None:
    """Both ways round: a counter that joins late reads one branch's bucket before the other's."""
    other = world.add_counter()
    assert world.enroll(other)
    pairs = ((first, other, "138 0000 0001"), (other, first, "138 0000 0002"))
    sales = [
        (a_sale(seller.storage), home, a_member(home.storage, phone=phone).member_id)
        for seller, home, phone in pairs
    ]
    world.settle()
    for sold, home, member_id in sales:
        an_attachment(home.storage, sold.sale_id, member_id)
        a_return(home.storage, sold.sale_id, amount=2_800)
    world.settle()

    late = world.add_counter()
    assert world.enroll(late)
    world.settle()

    check_quiet(world)
    assert rows(late.storage, QUARANTINED) == []
    assert rows(late.storage, "SELECT spend FROM member_total") == [(10_000,), (10_000,)]
