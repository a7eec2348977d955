"""The promises about gifts with a stock: given out off line too, and never one too many."""

from typing import Any

import pytest

from db.domain.gifts import GiftNeedsHeadOffice, GiftOutOfStock
from db.domain.ids import MemberId, OperationId
from db.services.gifts import GiftRedeemed, RedeemGift, ReturnGift, redeem_gift, return_gift
from db.storage.unit_of_work import Storage
from sync.client.holding import Wanted
from sync.client.leasing import Leased, lease_for_sale
from tests.simulation.checkers import check_no_overspending, check_quiet
from tests.simulation.line import Faults
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import value
from tests.support.makers import NOBODY, a_member, a_sale
from tests.support.publishing import publish

HOUR_MS = 3_600_000
MUG = "MUG"
EMPTY_LEASE = {"share": "0.4", "points_max": 2_000}


def offer(world: World, stock: int, **offline: Any) -> MemberId:
    """Let the shop give mugs for points; return a member whom every counter lends points."""
    publish(
        world.office.storage,
        redemption={"gifts": [{"sku": MUG, "points": 100, "stock": stock}]},
        offline={"lease": EMPTY_LEASE} | offline,
    )
    for counter in world.counters:
        counter.exchange(renew=False)
    first = world.counters[0]
    member_id = a_member(first.storage).member_id
    a_sale(first.storage, member_id, amount=200_000)
    for counter in world.counters * 2:
        counter.exchange()
    return member_id


def want(counter: SimulatedCounter, member_id: MemberId) -> Leased:
    wanted = Wanted(member_id=member_id, points=100, gift=MUG)
    return lease_for_sale(counter.run, counter.office(), counter.device, wanted=wanted)


def give(counter: SimulatedCounter, member_id: MemberId) -> GiftRedeemed:
    return give_by(counter.storage, member_id)


def give_by(storage: Storage, member_id: MemberId) -> GiftRedeemed:
    with storage.begin() as work:
        op = OperationId(work.new_id())
        return redeem_gift(work, RedeemGift(op=op, by=NOBODY, member_id=member_id, sku=MUG))


def cut(*counters: SimulatedCounter) -> None:
    for counter in counters:
        counter.line.faults = Faults(lose_request=1)


def given(world: World) -> int:
    return -int(value(world.office.storage, "SELECT coalesce(sum(change), 0) FROM gift_move"))


def test_each_counter_gives_out_the_piece_it_holds_and_no_more(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = offer(world, stock=5)
    cut(first, second)

    for counter in (first, second):
        give(counter, member_id)
        with pytest.raises(GiftNeedsHeadOffice):
            give(counter, member_id)
    check_quiet(world)

    assert given(world) == 2
    check_no_overspending(world)


def test_the_last_piece_goes_out_once(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = offer(world, stock=1)
    cut(first)

    want(second, member_id)
    with pytest.raises(GiftNeedsHeadOffice):
        give(second, member_id)
    give(first, member_id)
    first.line.heal()
    check_quiet(world)
    want(second, member_id)
    with pytest.raises(GiftNeedsHeadOffice):
        give(second, member_id)

    assert given(world) == 1
    check_quiet(world)


def test_a_piece_that_an_idle_counter_holds_is_asked_back(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = offer(world, stock=1)

    want(second, member_id)
    first.exchange(renew=False)
    want(second, member_id)
    cut(second)

    give(second, member_id)
    with pytest.raises(GiftNeedsHeadOffice):
        give(first, member_id)
    check_quiet(world)


def test_head_office_gives_out_nothing_that_it_lent(world: World, first: SimulatedCounter) -> None:
    member_id = offer(world, stock=2)

    with pytest.raises(GiftOutOfStock):
        give_by(world.office.storage, member_id)
    assert give(first, member_id).left == 1
    check_quiet(world)


def test_a_gift_that_came_back_is_stock_again(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = offer(world, stock=1)
    give(first, member_id)
    with first.storage.begin() as work:
        gift = OperationId(work.operations.after(work.home.stream_id, 0)[-1][1])
        command = ReturnGift(op=OperationId(work.new_id()), by=NOBODY, gift=gift, reason="破了")
        return_gift(work, command)
    check_quiet(world)

    want(second, member_id)
    give(second, member_id)

    check_quiet(world)
    assert given(world) == 1


def test_a_held_piece_is_free_again_when_its_time_ran_out_and_it_was_closed(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id = offer(world, stock=1)
    world.pass_time(73 * HOUR_MS)
    with pytest.raises(GiftNeedsHeadOffice):
        give(first, member_id)
    first.exchange(renew=False)

    want(second, member_id)

    assert give(second, member_id).points == 100
    check_quiet(world)


def test_a_gift_given_out_under_no_hold_is_set_aside(world: World, first: SimulatedCounter) -> None:
    member_id = offer(world, stock=1)
    publish(
        first.storage,
        redemption={"gifts": [{"sku": MUG, "points": 100}]},
        offline={"lease": EMPTY_LEASE},
    )
    give(first, member_id)

    assert first.exchange(renew=False).quarantined == 1
    assert given(world) == 0
