"""Two cut-off counters take back, or attach, one and the same: all books end as head office's."""

from collections.abc import Callable
from typing import Any

import pytest

from db.domain.basket import Basket, BasketLine
from db.domain.ids import MemberId, OperationId, SaleId
from db.domain.offers.coupon_refusals import CouponElsewhere
from db.domain.redemption_refusals import BeyondLease, InsufficientPoints
from db.domain.stored_value.refusals import StoredValueElsewhere
from db.services.gifts import RedeemGift, ReturnGift, redeem_gift, return_gift
from db.services.verify.book import verify_home
from db.storage.unit_of_work import Storage
from sync.client.leasing import lease_for_lookup
from tests.simulation.checkers import check_no_overspending
from tests.simulation.inboxes import both, everybody, inbox
from tests.simulation.line import Faults
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import check_ledger, rows, the_book
from tests.support.coupon_makers import a_coupon
from tests.support.makers import (
    NOBODY,
    a_member,
    a_redemption,
    a_return,
    a_sale,
    a_void,
    an_adjustment,
    an_attachment,
    an_undo,
)
from tests.support.publishing import publish
from tests.support.reward_makers import SPEND
from tests.support.value_makers import VALUE, a_top_up

QUARANTINED = "SELECT op FROM operation WHERE status = 'quarantined' ORDER BY op"
Act = Callable[[Storage, SaleId], object]
ORDERS = pytest.mark.parametrize("later_first", [False, True], ids=["in order", "other order"])


def part(storage: Storage, sale_id: SaleId) -> object:
    return a_return(storage, sale_id, amount=6_000)


ACTS: dict[str, tuple[Act, Act]] = {
    "two voids": (a_void, a_void),
    "two returns of all": (a_return, a_return),
    "two parts over the whole": (part, part),
    "a void and a return": (a_void, a_return),
    "a return and a void": (a_return, a_void),
    "a part and a void": (part, a_void),
    "a void and a part": (a_void, part),
    "a part and all": (part, a_return),
}


def all_agree(world: World) -> None:
    """Say that every book is head office's, and each is proved."""
    expected = the_book(world.office.storage)
    lost = rows(world.office.storage, QUARANTINED)
    for storage in everybody(world):
        book = the_book(storage)
        for table, told in expected.items():
            assert book[table] == told, table
        check_ledger(storage)
        assert verify_home(storage).problems == ()
    for counter in world.counters:
        assert set(rows(counter.storage, QUARANTINED)) <= set(lost)


def exchange(first: SimulatedCounter, second: SimulatedCounter, *, later_first: bool) -> None:
    order = (second, first) if later_first else (first, second)
    both(*order)
    both(*order)


@ORDERS
@pytest.mark.parametrize("acts", list(ACTS))
def test_what_was_taken_back_twice_ends_as_head_office_has_it(
    world: World,
    first: SimulatedCounter,
    second: SimulatedCounter,
    *,
    acts: str,
    later_first: bool,
) -> None:
    publish(world.office.storage, earning=[SPEND], referral={"referrer": {"points": 40}})
    world.settle()
    bringer = a_member(first.storage).member_id
    friend = a_member(first.storage, phone="139 1234 5678", referrer_id=bringer).member_id
    sold = a_sale(first.storage, friend, amount=10_000)
    world.settle()
    one, other = ACTS[acts]
    one(first.storage, sold.sale_id)
    other(second.storage, sold.sale_id)

    exchange(first, second, later_first=later_first)

    assert len(rows(world.office.storage, QUARANTINED)) >= 1
    assert inbox(first.storage) == inbox(world.office.storage)
    assert len(inbox(first.storage)) >= 1
    all_agree(world)
    exchange(first, second, later_first=not later_first)
    all_agree(world)


@ORDERS
def test_a_void_behind_a_return_that_lost_goes_with_it(
    world: World, first: SimulatedCounter, second: SimulatedCounter, *, later_first: bool
) -> None:
    member = a_member(first.storage).member_id
    sold = a_sale(first.storage, member, amount=10_000)
    world.settle()
    part(first.storage, sold.sale_id)
    part(second.storage, sold.sale_id)
    a_void(second.storage, sold.sale_id)

    exchange(first, second, later_first=later_first)

    all_agree(world)


@ORDERS
def test_of_two_members_attached_to_one_sale_head_office_has_one(
    world: World, first: SimulatedCounter, second: SimulatedCounter, *, later_first: bool
) -> None:
    one = a_member(first.storage).member_id
    other = a_member(first.storage, phone="139 1234 5678").member_id
    sold = a_sale(first.storage, None, amount=10_000)
    world.settle()
    an_attachment(first.storage, sold.sale_id, one)
    an_attachment(second.storage, sold.sale_id, other)

    exchange(first, second, later_first=later_first)

    all_agree(world)


@ORDERS
def test_a_member_attached_to_a_sale_that_was_voided_elsewhere(
    world: World, first: SimulatedCounter, second: SimulatedCounter, *, later_first: bool
) -> None:
    member = a_member(first.storage).member_id
    sold = a_sale(first.storage, None, amount=10_000)
    world.settle()
    an_attachment(first.storage, sold.sale_id, member)
    a_return(first.storage, sold.sale_id, amount=2_000)
    a_void(second.storage, sold.sale_id)

    exchange(first, second, later_first=later_first)

    all_agree(world)


@ORDERS
def test_what_two_voids_gave_back_of_value_and_coupon_is_given_back_once(
    world: World, first: SimulatedCounter, second: SimulatedCounter, *, later_first: bool
) -> None:
    ten = {"code": "TEN", "kind": "amount", "value": "10.00"}
    publish(world.office.storage, coupons=[ten], stored_value=VALUE)
    world.settle()
    member = a_member(first.storage).member_id
    code = a_coupon(first.storage, member)
    a_top_up(first.storage, member, 20_000)
    basket = Basket(lines=(BasketLine(unit_price=20_000, quantity=1),), coupons=(code,))
    sold = a_sale(
        first.storage, member, basket=basket, tenders={"stored_value": 5_000, "cash": 14_000}
    )
    world.settle()
    a_void(first.storage, sold.sale_id)
    a_return(second.storage, sold.sale_id)

    exchange(first, second, later_first=later_first)

    assert len(rows(world.office.storage, QUARANTINED)) == 1
    all_agree(world)


@ORDERS
def test_a_gift_that_came_back_at_two_counters_came_back_once(
    world: World, first: SimulatedCounter, second: SimulatedCounter, *, later_first: bool
) -> None:
    mug = {"sku": "MUG", "points": 100, "stock": 3}
    publish(world.office.storage, redemption={"gifts": [mug]}, earning=[SPEND])
    world.settle()
    member = a_member(first.storage).member_id
    a_sale(first.storage, member, amount=100_000)
    world.settle()
    first.exchange()
    look_up(first, member)
    with first.storage.begin() as work:
        gift = OperationId(work.new_id())
        redeem_gift(work, RedeemGift(op=gift, by=NOBODY, member_id=member, sku="MUG"))
    world.settle()
    for counter in (first, second):
        with counter.storage.begin() as work:
            op = OperationId(work.new_id())
            return_gift(work, ReturnGift(op=op, by=NOBODY, gift=gift, reason="破了"))

    exchange(first, second, later_first=later_first)

    assert len(rows(world.office.storage, QUARANTINED)) == 1
    all_agree(world)


def lend(world: World, first: SimulatedCounter) -> MemberId:
    """Return a member whose points, coupon and stored value the first counter may spend."""
    ten = {"code": "TEN", "kind": "amount", "value": "10.00"}
    share = {"share": "1", "amount_max": "500.00", "hours": 72}
    lease = {"share": "1", "points_max": 1_000, "all_counters_share": "1"}
    offline = {"lease": lease, "stored_value": share}
    publish(world.office.storage, coupons=[ten], stored_value=VALUE, offline=offline)
    world.settle()
    member = a_member(first.storage).member_id
    a_top_up(first.storage, member, 10_000)
    world.settle()
    an_adjustment(world.office.storage, member, points=200)
    world.settle()
    look_up(first, member)
    return member


def look_up(counter: SimulatedCounter, member: MemberId) -> None:
    lease_for_lookup(counter.run, counter.office(), counter.device, member_id=member)


SPENT: dict[str, dict[str, Any]] = {
    "points": {"redeem_points": 200},
    "stored value": {"tenders": {"stored_value": 15_000, "cash": 5_000}},
    "a coupon": {},
}
REFUSED = (BeyondLease, StoredValueElsewhere, CouponElsewhere, InsufficientPoints)


def spend(counter: SimulatedCounter, member: MemberId, what: str, coupons: list[str]) -> SaleId:
    lines = (BasketLine(unit_price=20_000, quantity=1),)
    basket = Basket(lines=lines, coupons=tuple(coupons))
    return a_sale(counter.storage, member, basket=basket, **SPENT[what]).sale_id


@pytest.mark.parametrize("what", list(SPENT))
@pytest.mark.parametrize("other_first", [False, True], ids=["in order", "other order"])
def test_what_a_sale_that_others_know_gave_back_is_not_spent_before_head_office_has_spoken(
    world: World,
    first: SimulatedCounter,
    second: SimulatedCounter,
    *,
    what: str,
    other_first: bool,
) -> None:
    member = lend(world, first)
    coupons = [a_coupon(first.storage, member)] if what == "a coupon" else []
    sold = spend(first, member, what, coupons)
    world.settle()

    a_void(first.storage, sold)
    a_return(second.storage, sold)
    for counter in (first, second):
        with pytest.raises(REFUSED):
            spend(counter, member, what, coupons)
    exchange(first, second, later_first=other_first)

    all_agree(world)
    check_no_overspending(world)


@pytest.mark.parametrize("what", list(SPENT))
def test_what_only_this_counter_knows_of_is_spent_again_at_once(
    world: World, first: SimulatedCounter, what: str
) -> None:
    member = lend(world, first)
    coupons = [a_coupon(first.storage, member)] if what == "a coupon" else []

    an_undo(first.storage, spend(first, member, what, coupons))
    spend(first, member, what, coupons)

    world.settle()
    all_agree(world)
    check_no_overspending(world)


def test_a_sale_whose_push_was_never_answered_may_be_known(
    world: World, first: SimulatedCounter
) -> None:
    member = lend(world, first)
    sold = spend(first, member, "points", [])
    first.line.faults = Faults(lose_request=1)
    first.exchange()

    a_void(first.storage, sold)

    with pytest.raises(REFUSED):
        spend(first, member, "points", [])


def test_what_a_contested_attachment_earned_is_not_fresh(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    publish(world.office.storage, earning=[SPEND], offline={"spend_fresh": True})
    world.settle()
    one = a_member(first.storage).member_id
    sold = a_sale(first.storage, None, amount=100_000)
    world.settle()
    a_void(second.storage, sold.sale_id)
    an_attachment(first.storage, sold.sale_id, one)

    with pytest.raises(REFUSED):
        a_redemption(first.storage, one, 100)
    exchange(first, second, later_first=True)

    assert len(rows(world.office.storage, QUARANTINED)) == 1
    all_agree(world)
