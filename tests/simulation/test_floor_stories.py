"""The promises about what goes beyond a lease: bounded, approved, owed for, and shown before."""

from dataclasses import replace

import pytest

from db.domain.ids import MemberId, StaffId
from db.domain.offers.coupon_refusals import CouponElsewhere
from db.domain.redemption_refusals import BeyondLease
from db.domain.staff import Actor, ApprovalNeeded, Role
from db.services.floor import end_spell
from db.storage.unit_of_work import Storage
from sync.client.leasing import lease_exactly, lease_for_lookup
from sync.server import beyond_leases
from sync.server.risk import Risk, office_risk
from tests.simulation.checkers import check_no_overspending, check_quiet
from tests.simulation.line import Faults
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.coupon_makers import COUPONS, a_coupon
from tests.support.makers import a_basket, a_member, a_redemption, a_sale, an_undo
from tests.support.publishing import publish

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
LEASE = {"share": "0", "points_max": 0, "all_counters_share": "0", "hours": 72}
FLOOR = {"per_visit": 200, "per_counter": 500, "hours": 24}
APPROVED = Actor(StaffId(b"c" * 16), Role.CASHIER, StaffId(b"m" * 16), Role.MANAGER)
CASHIER = Actor(StaffId(b"c" * 16), Role.CASHIER)


def offer(world: World, **offline: object) -> None:
    """Let head office's program have these offline terms, and let it be everywhere."""
    publish(world.office.storage, offline={"lease": LEASE} | offline)
    for counter in (*world.counters, *world.counters):
        counter.exchange()


def a_known_member(world: World, points: int, *, phone: str = "138 1234 5678") -> MemberId:
    """Return a member with so many points whom every counter knows."""
    first = world.counters[0]
    member_id = a_member(first.storage, phone=phone).member_id
    a_sale(first.storage, member_id, amount=100 * points)
    for counter in (*world.counters, *world.counters):
        counter.exchange()
    return member_id


def cut(*counters: SimulatedCounter) -> None:
    for counter in counters:
        counter.line.faults = Faults(lose_request=1)


def by_floor(counter: SimulatedCounter, member_id: MemberId, points: int) -> int:
    return a_redemption(counter.storage, member_id, points, by=APPROVED, floor=True).points


def buy(counter: SimulatedCounter, member_id: MemberId, code: str, *, by: Actor = APPROVED) -> int:
    basket = replace(a_basket(amount=6_000), coupons=(code,))
    return a_sale(counter.storage, member_id, basket=basket, by=by, floor=True).due


def owed(storage: Storage) -> int:
    return -int(value(storage, "SELECT coalesce(sum(remaining), 0) FROM lot WHERE remaining < 0"))


def risk(world: World) -> Risk:
    return office_risk(world.office.storage)


def test_without_a_floor_nobody_approves_points_into_being(
    world: World, first: SimulatedCounter
) -> None:
    offer(world)
    member_id = a_known_member(world, 1_000)
    cut(first)

    with pytest.raises(BeyondLease):
        by_floor(first, member_id, 100)
    assert risk(world).points == 0
    check_no_overspending(world)
    check_quiet(world)


def test_the_floor_needs_a_second_person_and_the_word_of_who_asks(
    world: World, first: SimulatedCounter
) -> None:
    offer(world, floor=FLOOR)
    member_id = a_known_member(world, 1_000)
    cut(first)

    with pytest.raises(ApprovalNeeded):
        a_redemption(first.storage, member_id, 100, by=CASHIER, floor=True)
    with pytest.raises(BeyondLease) as refused:
        a_redemption(first.storage, member_id, 100, by=APPROVED)
    assert refused.value.largest == 0
    assert by_floor(first, member_id, 100) == 100
    check_quiet(world)


def test_the_floor_ends_with_the_visit_the_counters_limit_and_its_hours(
    world: World, first: SimulatedCounter
) -> None:
    offer(world, floor=FLOOR)
    members = [a_known_member(world, 1_000, phone=f"138 1234 567{n}") for n in range(4)]
    cut(first)

    by_floor(first, members[0], 100)
    with pytest.raises(BeyondLease) as refused:
        by_floor(first, members[0], 200)
    assert refused.value.largest == 100
    by_floor(first, members[0], 100)
    by_floor(first, members[1], 200)
    with pytest.raises(BeyondLease):
        by_floor(first, members[2], 200)
    by_floor(first, members[2], 100)
    with pytest.raises(BeyondLease):
        by_floor(first, members[3], 100)
    check_quiet(world)


def test_only_an_exchange_refills_the_floor_and_its_hours_end(
    world: World, first: SimulatedCounter
) -> None:
    offer(world, floor=FLOOR | {"per_visit": 500})
    members = [a_known_member(world, 2_000, phone=f"138 1234 567{n}") for n in range(2)]
    cut(first)
    by_floor(first, members[0], 500)
    world.pass_time(23 * HOUR_MS)
    with pytest.raises(BeyondLease):
        by_floor(first, members[1], 100)

    first.line.heal()
    first.exchange(renew=False)
    cut(first)
    by_floor(first, members[1], 500)
    first.line.heal()
    first.exchange(renew=False)
    world.pass_time(25 * HOUR_MS)
    with pytest.raises(BeyondLease):
        by_floor(first, members[1], 100)
    check_quiet(world)


def test_what_two_counters_spent_twice_is_owed_and_new_points_repay_it(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    offer(world, floor=FLOOR)
    member_id = a_known_member(world, 200)
    assert risk(world).points == 2 * 500
    cut(first, second)
    by_floor(first, member_id, 200)
    by_floor(second, member_id, 200)

    check_quiet(world)
    assert owed(world.office.storage) == 200
    a_sale(first.storage, member_id, amount=30_000)
    check_quiet(world)

    assert owed(world.office.storage) == 0
    assert value(second.storage, "SELECT sum(remaining) FROM lot") == 100
    assert rows(second.storage, "SELECT kind FROM reward_entry") == [("debt",)]


def test_what_is_owed_too_long_is_the_shops_loss(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    publish(
        world.office.storage,
        offline={"lease": LEASE, "floor": FLOOR},
        debt={"write_off_days": 90},
    )
    for counter in world.counters:
        counter.exchange()
    member_id = a_known_member(world, 200)
    cut(first, second)
    by_floor(first, member_id, 200)
    by_floor(second, member_id, 200)
    check_quiet(world)

    world.pass_time(92 * DAY_MS)
    a_sale(first.storage, member_id, amount=100)
    check_quiet(world)

    assert owed(world.office.storage) == 0
    assert value(second.storage, "SELECT balance FROM account WHERE kind = 'loss'") == -199


def test_a_sale_pays_by_lease_first_and_by_the_floor_what_is_missing(
    world: World, first: SimulatedCounter
) -> None:
    offer(world, floor=FLOOR, lease={"share": "0.1", "points_max": 100})
    member_id = a_known_member(world, 1_000)
    cut(first)

    sold = a_sale(
        first.storage, member_id, amount=5_000, redeem_points=300, by=APPROVED, floor=True
    )

    assert value(first.storage, "SELECT points FROM floor_spend") == 200
    assert value(first.storage, "SELECT spent FROM lease WHERE state = 'open'") == 100
    check_quiet(world)
    an_undo(first.storage, sold.sale_id, by=APPROVED)
    check_quiet(world)
    assert (
        value(first.storage, "SELECT sum(granted - spent) FROM lease WHERE state = 'open'") == 100
    )
    assert owed(world.office.storage) == 0


def test_a_restored_counter_has_no_floor_until_it_has_exchanged(
    world: World, first: SimulatedCounter
) -> None:
    offer(world, floor=FLOOR)
    member_id = a_known_member(world, 1_000)
    world.act(first, "back_up")
    cut(first)
    by_floor(first, member_id, 200)
    world.act(first, "restore")

    with pytest.raises(BeyondLease):
        by_floor(first, member_id, 100)


def test_a_lease_that_nobody_closed_comes_back_by_force_and_is_covered_if_it_was_spent(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    offer(world, lease={"share": "0.5", "points_max": 500}, forced_reclaim_days=7)
    member_id = a_known_member(world, 1_000)
    assert value(first.storage, "SELECT granted FROM lease") == 500
    cut(first)
    a_redemption(first.storage, member_id, 300)
    world.pass_time(9 * DAY_MS)
    second.exchange(renew=False)
    world.pass_time(2 * DAY_MS)
    second.exchange(renew=False)

    shown = risk(world)
    assert (shown.points, [each.forced for each in shown.counters]) == (500, [500, 0])
    leased = lease_exactly(
        second.run, second.office(), second.device, member_id=member_id, points=1_000
    )
    assert leased.redeemable == 1_000
    a_redemption(second.storage, member_id, 1_000)
    check_quiet(world)

    assert owed(world.office.storage) == 300
    assert risk(world).points == 0
    assert value(world.office.storage, "SELECT count(*) FROM account WHERE balance < 0") == 2


def test_many_leases_come_back_by_force_in_parts_so_that_nobody_waits_for_all(
    world: World,
    first: SimulatedCounter,
    second: SimulatedCounter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beyond_leases, "FORCED_AT_ONCE", 2)
    offer(world, lease={"share": "0.5", "points_max": 500}, forced_reclaim_days=7)
    for number in range(3):
        a_known_member(world, 1_000, phone=f"138 1234 567{number}")
    cut(first)
    world.pass_time(11 * DAY_MS)
    reclaimed = "SELECT count(*) FROM lease WHERE state = 'reclaimed'"

    second.exchange(renew=False)
    at_first = value(world.office.storage, reclaimed)
    second.exchange(renew=False)

    assert (at_first, value(world.office.storage, reclaimed)) == (2, 3)


def test_fresh_points_are_spent_where_they_were_earned_and_nowhere_else(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    offer(world, spend_fresh=True)
    member_id = a_known_member(world, 200)
    cut(first)
    a_sale(first.storage, member_id, amount=30_000)

    assert a_redemption(first.storage, member_id, 300).points == 300
    with pytest.raises(BeyondLease):
        a_redemption(first.storage, member_id, 100)
    assert risk(world).points == 0
    check_no_overspending(world)
    check_quiet(world)
    assert owed(world.office.storage) == 0


def test_points_whose_acknowledgement_was_lost_are_still_the_counters_own(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    offer(world, spend_fresh=True)
    member_id = a_known_member(world, 200)
    a_sale(first.storage, member_id, amount=30_000)
    first.line.faults = Faults(lose_reply=1)
    first.exchange()

    lease_for_lookup(second.run, second.office(), second.device, member_id=member_id)
    wanted = lease_exactly(
        second.run, second.office(), second.device, member_id=member_id, points=500
    )
    assert wanted.redeemable == 0
    assert a_redemption(first.storage, member_id, 300).points == 300
    check_no_overspending(world)
    check_quiet(world)
    assert owed(world.office.storage) == 0
    again = lease_exactly(
        second.run, second.office(), second.device, member_id=member_id, points=200
    )
    assert again.redeemable == 200


def test_a_forged_floor_is_set_aside(world: World, first: SimulatedCounter) -> None:
    """A counter that goes by a floor that the program does not have is not believed."""
    offer(world)
    member_id = a_known_member(world, 1_000)
    publish(first.storage, offline={"lease": LEASE, "floor": FLOOR})
    with first.storage.begin() as work:
        end_spell(work)
    by_floor(first, member_id, 100)

    report = first.exchange()

    assert report.quarantined == 1
    assert value(world.office.storage, "SELECT count(*) FROM floor_spend") == 0


def a_coupon_everywhere(world: World, per_visit: int) -> tuple[MemberId, str]:
    """Return a member and his coupon of ¥10.00, known at both counters and held at none."""
    publish(
        world.office.storage,
        coupons=COUPONS,
        offline={"lease": LEASE, "floor": FLOOR | {"per_visit": per_visit, "per_counter": 2_500}},
    )
    for counter in world.counters:
        counter.exchange()
    member_id = a_known_member(world, 2_000)
    code = a_coupon(world.office.storage, member_id)
    for counter in world.counters:
        counter.exchange()
    return member_id, code


def test_a_coupon_goes_by_the_floor_for_what_it_is_worth(
    world: World, first: SimulatedCounter
) -> None:
    member_id, code = a_coupon_everywhere(world, per_visit=1_100)
    cut(first)

    with pytest.raises(ApprovalNeeded):
        buy(first, member_id, code, by=CASHIER)
    assert buy(first, member_id, code) == 5_000
    with pytest.raises(BeyondLease):
        by_floor(first, member_id, 200)
    by_floor(first, member_id, 100)
    check_quiet(world)
    assert value(world.office.storage, "SELECT sum(coupons) FROM floor_spend") == 1_000


def test_a_coupon_worth_more_than_the_floor_waits_for_head_office(
    world: World, first: SimulatedCounter
) -> None:
    member_id, code = a_coupon_everywhere(world, per_visit=900)
    cut(first)

    with pytest.raises(CouponElsewhere):
        buy(first, member_id, code)


def test_a_coupon_used_twice_by_the_floor_is_a_conflict_and_both_sales_stand(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member_id, code = a_coupon_everywhere(world, per_visit=1_000)
    cut(first, second)
    buy(first, member_id, code)
    buy(second, member_id, code)

    check_quiet(world)

    assert value(world.office.storage, "SELECT count(*) FROM coupon_use") == 2
    assert rows(second.storage, "SELECT kind FROM conflict") == [("coupon_twice",)]


def test_a_coupon_that_claims_to_be_worth_less_is_set_aside(
    world: World, first: SimulatedCounter
) -> None:
    member_id, code = a_coupon_everywhere(world, per_visit=1_000)
    publish(
        first.storage,
        coupons=COUPONS,
        offline={"lease": LEASE, "floor": FLOOR | {"per_visit": 1_000, "per_counter": 2_500}},
        redemption={"money": {"points_per_step": 100, "value_per_step": "10.00"}},
    )
    buy(first, member_id, code)

    assert first.exchange().quarantined == 1
