"""Standing leases of coupons and stored value: renewed for those who come, closed for the rest."""

import pytest

from db.domain.ids import MemberId
from db.domain.offers.coupon_refusals import CouponElsewhere
from sync.client.holding import Wanted
from sync.client.leasing import lease_for_lookup, lease_for_sale
from tests.simulation.checkers import check_quiet
from tests.simulation.line import Faults
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import value
from tests.support.coupon_makers import COUPONS, a_coupon
from tests.support.makers import a_basket, a_member, a_redemption, a_sale
from tests.support.publishing import publish
from tests.support.value_makers import VALUE, a_top_up, a_value_sale

HOUR_MS = 3_600_000
SHARE = {"share": "0.5", "amount_max": "400.00", "hours": 48}
_OPEN_VALUE = """
SELECT coalesce(sum(v.granted), 0) FROM hold AS h JOIN hold_value AS v ON v.hold_id = h.hold_id
WHERE NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code = '')
"""


@pytest.fixture
def member_id(world: World, first: SimulatedCounter, second: SimulatedCounter) -> MemberId:
    """Return a member who buys at the first counter and paid in at the second, long ago."""
    publish(
        world.office.storage, coupons=COUPONS, stored_value=VALUE, offline={"stored_value": SHARE}
    )
    for counter in world.counters:
        counter.exchange()
    made = a_member(first.storage).member_id
    a_sale(first.storage, made)
    for counter in world.counters * 2:
        counter.exchange()
    a_top_up(second.storage, made)
    world.pass_time(49 * HOUR_MS)
    for counter in (second, first, second):
        counter.exchange()
    return made


def look_up(counter: SimulatedCounter, member_id: MemberId) -> None:
    lease_for_lookup(counter.run, counter.office(), counter.device, member_id=member_id)


def cut(counter: SimulatedCounter) -> None:
    counter.line.faults = Faults(lose_request=1)


def buy(counter: SimulatedCounter, member_id: MemberId, code: str) -> int:
    basket = a_basket(amount=6_000)
    basket = type(basket)(lines=basket.lines, coupons=(code,))
    return a_sale(counter.storage, member_id, basket=basket).due


def test_a_coupon_stays_with_the_counter_where_the_member_buys(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    code = a_coupon(world.office.storage, member_id)
    look_up(first, member_id)
    world.pass_time(40 * HOUR_MS)
    first.exchange()
    world.pass_time(40 * HOUR_MS)
    cut(first)

    assert buy(first, member_id, code) == 5_000
    check_quiet(world)


def test_a_coupon_of_somebody_who_comes_no_more_is_free_after_its_hours(
    world: World, first: SimulatedCounter, second: SimulatedCounter, member_id: MemberId
) -> None:
    world.pass_time(61 * 24 * HOUR_MS)
    code = a_coupon(world.office.storage, member_id)
    look_up(first, member_id)
    world.pass_time(40 * HOUR_MS)
    first.exchange()
    world.pass_time(40 * HOUR_MS)
    with pytest.raises(CouponElsewhere):
        buy(first, member_id, code)
    first.exchange()
    second.exchange()

    look_up(second, member_id)

    assert buy(second, member_id, code) == 5_000
    check_quiet(world)


def test_stored_value_is_renewed_before_its_hours_end_and_the_old_lease_closed(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    look_up(first, member_id)
    lent = value(first.storage, _OPEN_VALUE)
    assert lent > 0
    world.pass_time(30 * HOUR_MS)
    first.exchange()
    assert value(first.storage, _OPEN_VALUE) == lent
    world.pass_time(30 * HOUR_MS)
    cut(first)

    a_value_sale(first.storage, member_id, lent)
    check_quiet(world)


def test_stored_value_that_is_more_than_half_spent_is_lent_anew(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    look_up(first, member_id)
    lent = value(first.storage, _OPEN_VALUE)
    a_value_sale(first.storage, member_id, lent * 3 // 4)
    first.exchange()
    cut(first)

    a_value_sale(first.storage, member_id, lent // 2)
    check_quiet(world)


def test_a_lease_for_one_visit_is_not_renewed(
    world: World, first: SimulatedCounter, member_id: MemberId
) -> None:
    wanted = Wanted(member_id=member_id, value=100)
    lease_for_sale(first.run, first.office(), first.device, wanted=wanted)
    before = value(first.storage, "SELECT count(*) FROM hold")

    first.exchange()

    assert value(first.storage, "SELECT count(*) FROM hold") == before


def test_points_that_are_more_than_half_spent_are_lent_anew(
    world: World, first: SimulatedCounter
) -> None:
    member = a_member(first.storage, phone="138 7654 3210").member_id
    a_sale(first.storage, member, amount=100_000)
    first.exchange()
    a_redemption(first.storage, member, 200)
    first.exchange()
    cut(first)

    assert a_redemption(first.storage, member, 100).points == 100
    check_quiet(world)
