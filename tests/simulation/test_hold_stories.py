"""The promises about coupons and stored value: one holder at a time, online and off, and back."""

from collections.abc import Callable

import pytest

from db.domain.ids import MemberId
from db.domain.offers.coupon_refusals import CouponElsewhere, CouponUnknown, CouponUsed
from db.domain.stored_value.refusals import StoredValueElsewhere
from sync.client.holding import Wanted
from sync.client.leasing import Leased, give_back, lease_for_lookup, lease_for_sale
from tests.simulation.checkers import check_quiet
from tests.simulation.line import Faults
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.coupon_makers import COUPONS, a_coupon, some_coupons
from tests.support.makers import a_basket, a_member, a_sale, an_undo
from tests.support.publishing import publish
from tests.support.value_makers import VALUE, a_top_up, a_value_refund, a_value_sale, held

HOUR_MS = 3_600_000
SHARE = {"share": "0.5", "amount_max": "40.00", "hours": 48}
BuyWith = Callable[..., object]


@pytest.fixture(autouse=True)
def shop(world: World) -> None:
    """Let head office's program have coupons and stored value, and let it be everywhere."""
    publish(
        world.office.storage, coupons=COUPONS, stored_value=VALUE, offline={"stored_value": SHARE}
    )
    for counter in world.counters:
        counter.exchange()


@pytest.fixture
def member_id(world: World, first: SimulatedCounter) -> MemberId:
    made = a_member(first.storage).member_id
    for counter in (*world.counters, *world.counters):
        counter.exchange()
    return made


def look_up(counter: SimulatedCounter, member_id: MemberId) -> Leased:
    return lease_for_lookup(counter.run, counter.office(), counter.device, member_id=member_id)


def want(counter: SimulatedCounter, **facts: object) -> Leased:
    return lease_for_sale(counter.run, counter.office(), counter.device, wanted=Wanted(**facts))


def buy(counter: SimulatedCounter, member_id: MemberId | None, code: str) -> object:
    basket = a_basket(amount=6_000)
    return a_sale(
        counter.storage, member_id, basket=type(basket)(lines=basket.lines, coupons=(code,))
    )


def cut(counter: SimulatedCounter) -> None:
    counter.line.faults = Faults(lose_request=1)


def test_a_coupon_of_head_office_goes_to_the_counter_that_looked_the_member_up(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    code = a_coupon(world.office.storage, member_id)

    assert look_up(first, member_id).online
    look_up(second, member_id)
    cut(first)
    second.exchange()

    with pytest.raises(CouponElsewhere):
        buy(second, member_id, code)
    assert buy(first, member_id, code).due == 5_000
    first.line.faults = Faults()
    check_quiet(world)
    look_up(second, member_id)
    with pytest.raises(CouponUsed):
        buy(second, member_id, code)
    assert value(world.office.storage, "SELECT count(*) FROM coupon_use") == 1


def test_a_coupon_issued_at_a_counter_is_that_counters_until_it_is_asked_back(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    code = a_coupon(first.storage, member_id)
    first.exchange()
    second.exchange()

    look_up(second, member_id)
    with pytest.raises(CouponElsewhere):
        buy(second, member_id, code)
    first.exchange()
    with pytest.raises(CouponElsewhere):
        buy(first, member_id, code)
    look_up(second, member_id)
    cut(second)

    assert buy(second, member_id, code).due == 5_000
    check_quiet(world)


def test_a_coupon_held_for_its_hours_is_free_for_everybody(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    code = a_coupon(first.storage, member_id)
    world.pass_time(73 * HOUR_MS)
    with pytest.raises(CouponElsewhere):
        buy(first, member_id, code)
    first.exchange()
    second.exchange()
    look_up(second, member_id)

    buy(second, member_id, code)
    check_quiet(world)


def test_time_alone_frees_no_coupon(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    code = a_coupon(world.office.storage, member_id)
    look_up(first, member_id)
    buy(first, member_id, code)
    world.pass_time(73 * HOUR_MS)

    look_up(second, member_id)
    second.exchange()

    with pytest.raises(CouponElsewhere):
        buy(second, member_id, code)
    check_quiet(world)
    assert value(world.office.storage, "SELECT count(*) FROM coupon_use") == 1


def test_what_was_lent_is_not_used_after_its_hours(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    code = a_coupon(world.office.storage, member_id)
    a_top_up(world.office.storage, member_id)
    first.exchange()
    look_up(first, member_id)
    cut(first)
    world.pass_time(73 * HOUR_MS)

    with pytest.raises(CouponElsewhere):
        buy(first, member_id, code)
    with pytest.raises(StoredValueElsewhere):
        a_value_sale(first.storage, member_id, 100)
    first.line.faults = Faults()
    look_up(first, member_id)
    first.exchange()
    look_up(first, member_id)

    buy(first, member_id, code)
    a_value_sale(first.storage, member_id, 100)
    check_quiet(world)


def test_a_coupon_that_anybody_brings_is_granted_by_its_code(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    code = some_coupons(world.office.storage, "ANY").coupons[0].code

    want(second, codes=(code,))
    want(first, codes=(code,))
    with pytest.raises(CouponUnknown):
        buy(first, None, code)
    first.exchange()
    with pytest.raises(CouponElsewhere):
        buy(first, None, code)

    assert buy(second, None, code).due == 5_400
    check_quiet(world)


def test_a_coupon_that_came_back_is_still_its_holders(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    code = a_coupon(world.office.storage, member_id)
    look_up(first, member_id)
    sold = buy(first, member_id, code)
    an_undo(first.storage, sold.sale_id)
    first.exchange()
    second.exchange()
    look_up(second, member_id)

    with pytest.raises(CouponElsewhere):
        buy(second, member_id, code)
    buy(first, member_id, code)
    check_quiet(world)


def test_an_ask_for_coupons_that_is_repeated_is_one_grant(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    a_coupon(world.office.storage, member_id)
    first.line.faults = Faults(repeat=1)

    look_up(first, member_id)
    look_up(first, member_id)

    assert value(world.office.storage, "SELECT count(*) FROM hold") == 1
    check_quiet(world)


def test_a_share_of_stored_value_is_spent_while_the_line_is_down_and_no_further(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    a_top_up(world.office.storage, member_id)
    look_up(first, member_id)
    look_up(second, member_id)
    for counter in (first, second):
        cut(counter)

    for counter in (first, second):
        with pytest.raises(StoredValueElsewhere):
            a_value_sale(counter.storage, member_id, 4_001)
        a_value_sale(counter.storage, member_id, 3_000)
        a_value_sale(counter.storage, member_id, 1_000)
    for counter in (first, second):
        counter.line.faults = Faults()
    check_quiet(world)

    assert sum(held(world.office.storage, member_id)) == 15_000 - 8_000


def test_an_exact_lease_of_stored_value_takes_what_is_free_and_gives_it_back(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    a_top_up(world.office.storage, member_id)
    second.exchange()
    want(first, member_id=member_id, value=15_000)
    want(second, member_id=member_id, value=1_000)

    with pytest.raises(StoredValueElsewhere):
        a_value_sale(second.storage, member_id, 1_000)
    assert give_back(first.run, member_id) == 1
    first.exchange()
    want(second, member_id=member_id, value=15_000)
    a_value_sale(second.storage, member_id, 15_000)

    check_quiet(world)
    assert held(world.office.storage, member_id) == (0, 0)


def test_what_was_paid_in_at_one_counter_is_asked_back_for_another(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    a_top_up(first.storage, member_id)
    first.exchange()
    second.exchange()

    want(second, member_id=member_id, value=9_000)
    with pytest.raises(StoredValueElsewhere):
        a_value_sale(second.storage, member_id, 9_000)
    first.exchange()
    with pytest.raises(StoredValueElsewhere):
        a_value_sale(first.storage, member_id, 1_000)
    want(second, member_id=member_id, value=9_000)
    a_value_sale(second.storage, member_id, 9_000)

    check_quiet(world)
    assert sum(held(world.office.storage, member_id)) == 6_000


def test_a_counter_that_is_offline_spends_what_was_paid_in_there(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    a_top_up(first.storage, member_id)
    first.exchange()
    second.exchange()
    cut(first)

    want(second, member_id=member_id, value=9_000)
    a_value_sale(first.storage, member_id, 15_000)
    with pytest.raises(StoredValueElsewhere):
        a_value_sale(second.storage, member_id, 1)
    first.line.faults = Faults()
    check_quiet(world)

    assert held(world.office.storage, member_id) == (0, 0)


def test_all_of_the_stored_value_can_be_paid_out_where_it_was_not_paid_in(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    a_top_up(first.storage, member_id)
    world.pass_time(49 * HOUR_MS)
    first.exchange()
    second.exchange()

    want(second, member_id=member_id, all_value=True)
    paid_out = a_value_refund(second.storage, member_id)

    assert paid_out.paid == -10_000
    check_quiet(world)
    assert held(world.office.storage, member_id) == (0, 0)


def test_a_restored_office_knows_its_holds_by_its_journal(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    code = a_coupon(world.office.storage, member_id)
    a_top_up(world.office.storage, member_id)
    first.exchange()
    second.exchange()
    world._back_up_office(first)
    look_up(first, member_id)
    world._restore_office(first)

    look_up(second, member_id)
    want(second, member_id=member_id, value=12_000)

    with pytest.raises(CouponElsewhere):
        buy(second, member_id, code)
    with pytest.raises(StoredValueElsewhere):
        a_value_sale(second.storage, member_id, 12_000)
    buy(first, member_id, code)
    a_value_sale(first.storage, member_id, 4_000)
    check_quiet(world)
    assert (
        rows(world.office.storage, "SELECT status FROM operation WHERE status <> 'applied'") == []
    )


def test_a_restored_counter_uses_nothing_that_it_held_before(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    code = a_coupon(first.storage, member_id)
    a_top_up(first.storage, member_id)
    first.exchange()
    world._back_up(first)
    buy(first, member_id, code)
    a_value_sale(first.storage, member_id, 15_000)
    first.exchange()
    world._restore(first)

    with pytest.raises(CouponElsewhere):
        buy(first, member_id, code)
    with pytest.raises(StoredValueElsewhere):
        a_value_sale(first.storage, member_id, 1)
    check_quiet(world)
    assert held(world.office.storage, member_id) == (0, 0)
