"""Two cut-off counters take back, or attach, one and the same: all books end as head office's."""

from collections.abc import Callable

import pytest

from db.domain.basket import Basket, BasketLine
from db.domain.ids import SaleId
from db.services.verify.book import verify_home
from db.storage.unit_of_work import Storage
from tests.simulation.inboxes import both, everybody, inbox
from tests.simulation.world import SimulatedCounter, World
from tests.support.checkers import check_ledger, rows, the_book
from tests.support.coupon_makers import a_coupon
from tests.support.makers import a_member, a_return, a_sale, a_void, an_attachment
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
