"""Records nobody sums from are proved too: what is altered in the file is found and named."""

import pytest

from db.domain.ids import OperationId
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.coupon_makers import COUPONS, a_coupon
from tests.support.drawer_makers import cash_moved, printed_again
from tests.support.makers import (
    a_basket,
    a_closing,
    a_member,
    a_redemption,
    a_sale,
    a_shift,
    a_void,
)
from tests.support.publishing import publish
from tests.support.reward_makers import TIERS
from tests.support.value_makers import VALUE, a_top_up, a_value_sale

ALTERED = {
    "lot_days_differ": "UPDATE lot SET expires_on = '2099-01-01'",
    "value_lot_days_differ": "UPDATE value_lot SET expires_on = '2099-01-01'",
    "value_transfers_differ": (
        "UPDATE value_transfer SET sale_id = zeroblob(16) WHERE sale_id IS NOT NULL"
    ),
    "member_level_differs": "UPDATE member SET tier = 'basic', tier_rank = 0",
    "member_row_differs": "UPDATE member SET joined_on = '2020-01-01'",
    "consents_differ": "UPDATE consent SET granted = 1 - granted",
    "shift_differs": "UPDATE shift SET counted = counted + 100",
    "reversal_differs": "UPDATE reversal SET shift_id = NULL",
    "points_entry_differs": "UPDATE points_entry SET shift_id = NULL",
    "drawer_entry_differs": "UPDATE drawer_entry SET amount = amount + 1 WHERE amount <> 0",
    "reprint_differs": "UPDATE reprint SET copy = copy + 1",
    "offer_uses_differ": "UPDATE coupon_use SET member_id = NULL",
}


@pytest.fixture
def book(storage: Storage) -> Storage:
    publish(
        storage,
        points={"expiry": {"kind": "months", "after": 1}},
        coupons=COUPONS,
        tiers=TIERS,
        stored_value=VALUE | {"bonus_expiry": {"kind": "months", "after": 1}},
    )
    a_shift(storage)
    member = a_member(storage).member_id
    code = a_coupon(storage, member)
    a_sale(storage, member, amount=20_000)
    basket = a_basket(amount=9_000)
    a_sale(
        storage, member, basket=type(basket)(lines=basket.lines, coupons=(code,)), redeem_points=100
    )
    a_void(storage, a_sale(storage, member).sale_id)
    cash_moved(storage, 5_000)
    printed_again(storage, OperationId(a_sale(storage).sale_id))
    a_top_up(storage, member)
    a_value_sale(storage, member)
    a_redemption(storage, member, 100)
    a_closing(storage, counted=50_000)
    return storage


@pytest.mark.parametrize("problem", ALTERED)
def test_an_altered_record_is_named(book: Storage, problem: str) -> None:
    assert verify_home(book).problems == ()

    with book.begin() as work:
        work.sql.run(ALTERED[problem])

    assert problem in {each.name for each in verify_home(book).problems}


def test_days_that_are_none_are_a_problem_and_no_fault(storage: Storage, clock: FixedClock) -> None:
    publish(storage, points={"expiry": {"kind": "inactivity", "months": 1}})
    a_sale(storage, a_member(storage).member_id)
    clock.advance(1)

    with storage.begin() as work:
        work.sql.run("UPDATE lot SET available_on = 'yesterday'")

    assert "idle_lot_differs" in {each.name for each in verify_home(storage).problems}
