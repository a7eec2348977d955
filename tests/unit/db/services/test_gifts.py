"""Gifts with stock, points that end, debts that are repaid or forgiven, levels that are lost."""

import pytest

from db.domain.gifts import (
    GiftNotReturnable,
    GiftOutOfStock,
    GiftStockBelowZero,
    GiftStockUncounted,
    GiftUnknown,
)
from db.domain.redemption_refusals import InsufficientPoints
from db.services.gifts import GiftStock, gift_stocks
from db.services.levels import raise_level
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import value
from tests.support.makers import a_member, a_sale, a_void, an_adjustment
from tests.support.publishing import publish
from tests.support.reward_makers import (
    GIFTS,
    TIERS,
    a_gift,
    a_gift_return,
    expiries,
    points,
    prove,
    review,
    stock,
)

DAY_MS = 86_400_000


def test_a_gift_takes_points_and_stock_and_gives_both_back(storage: Storage) -> None:
    publish(storage, redemption=GIFTS)
    member = a_member(storage).member_id
    a_sale(storage, member, amount=12_000)

    given = a_gift(storage, member)
    back = a_gift_return(storage)

    assert (given.points, given.balance, given.left) == (50, 70, 1)
    assert (back.balance, back.left) == (120, 2)
    with pytest.raises(GiftNotReturnable):
        a_gift_return(storage)
    prove(storage)


def test_gifts_never_oversell_and_more_may_be_counted_in(storage: Storage) -> None:
    publish(storage, redemption=GIFTS)
    member = a_member(storage).member_id
    a_sale(storage, member, amount=16_000)
    a_gift(storage, member)
    a_gift(storage, member)

    with pytest.raises(GiftOutOfStock):
        a_gift(storage, member)
    assert stock(storage, "CUP", 1).left == 1
    assert a_gift(storage, member).left == 0
    with pytest.raises(GiftStockBelowZero):
        stock(storage, "CUP", -1)
    with pytest.raises(GiftStockUncounted):
        stock(storage, "PEN", 1)
    with storage.begin() as work:
        assert gift_stocks(work) == (GiftStock("CUP", 50, 0), GiftStock("PEN", 5, None))
    prove(storage)


def test_a_gift_beyond_the_balance_or_unknown_is_refused(storage: Storage) -> None:
    publish(storage, redemption=GIFTS)
    member = a_member(storage).member_id
    a_sale(storage, member, amount=4_900)

    with pytest.raises(InsufficientPoints):
        a_gift(storage, member)
    with pytest.raises(GiftUnknown):
        a_gift(storage, member, "CAR")
    assert a_gift(storage, member, "PEN").left is None


def test_points_end_once_after_their_last_day(storage: Storage, clock: FixedClock) -> None:
    publish(storage, points={"expiry": {"kind": "days", "after": 3}})
    member = a_member(storage).member_id
    a_sale(storage, member, amount=10_000)
    clock.advance(3 * DAY_MS)

    early = expiries(storage)
    clock.advance(DAY_MS)
    ended = expiries(storage)
    again = expiries(storage)

    assert [run.expired for run in (early, ended, again)] == [0, 100, 0]
    assert points(storage, member) == 0
    prove(storage)


def test_a_void_does_not_take_what_has_ended_a_second_time(
    storage: Storage, clock: FixedClock
) -> None:
    publish(
        storage,
        points={"expiry": {"kind": "days", "after": 3}},
        referral={"referrer": {"points": 200}},
    )
    referrer = a_member(storage, phone="13800000001").member_id
    friend = a_member(storage, referrer_id=referrer).member_id
    sold = a_sale(storage, friend, amount=10_000)
    clock.advance(4 * DAY_MS)
    expiries(storage)

    a_void(storage, sold.sale_id)

    assert (points(storage, friend), points(storage, referrer)) == (0, 0)
    prove(storage)


@pytest.mark.parametrize("amount", [100, 1])
def test_a_sale_lets_idle_points_live_on_and_its_void_takes_that_back(
    storage: Storage, clock: FixedClock, amount: int
) -> None:
    """Even a sale that earns nothing."""
    publish(storage, points={"expiry": {"kind": "inactivity", "months": 1}})
    member = a_member(storage).member_id
    ends = "SELECT expires_on FROM lot ORDER BY opened_at LIMIT 1"
    a_sale(storage, member, amount=10_000)

    first = value(storage, ends)
    clock.advance(20 * DAY_MS)
    sold = a_sale(storage, member, amount=amount)
    second = value(storage, ends)
    a_void(storage, sold.sale_id)
    third = value(storage, ends)

    assert [first, second, third] == ["2026-12-21", "2027-01-11", "2026-12-21"]
    prove(storage)


def test_awards_repay_before_they_end_and_old_debts_are_forgiven(
    storage: Storage, clock: FixedClock
) -> None:
    publish(
        storage,
        points={"expiry": {"kind": "days", "after": 5}},
        debt={"repay_share": "1/2", "write_off_days": 30},
    )
    member = a_member(storage).member_id
    sold = a_sale(storage, member, amount=10_000)
    a_sale(storage, member, amount=1, redeem_points=0)
    an_adjustment(storage, member, points=-100)
    a_void(storage, sold.sale_id)
    owed = points(storage, member)
    a_sale(storage, member, amount=3_000)
    clock.advance(6 * DAY_MS)
    ended = expiries(storage)
    still = points(storage, member)
    clock.advance(25 * DAY_MS)
    forgiven = expiries(storage)

    assert (owed, ended.repaid, ended.expired, still) == (-100, 15, 15, -85)
    assert (forgiven.forgiven, points(storage, member)) == (85, 0)
    assert expiries(storage).members == 0
    prove(storage)


def test_a_level_that_was_not_kept_falls_after_the_grace_days(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage, tiers=TIERS)
    member = a_member(storage).member_id
    sold = a_sale(storage, member, amount=12_000)
    clock.advance(51 * DAY_MS)  # 11 January: the year of the sale is judged, and it was enough

    kept = review(storage)
    clock.advance(364 * DAY_MS)  # 10 January: the last day of grace
    early = review(storage)
    clock.advance(DAY_MS)
    fallen = review(storage)
    again = review(storage)
    a_void(storage, sold.sale_id)

    assert [kept, early, fallen, again] == [[], [], [("gold", "basic")], []]
    assert value(storage, "SELECT tier FROM member") == "basic"
    prove(storage)


def test_who_rises_after_a_review_stands_above_its_word(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage, tiers=TIERS)
    member = a_member(storage).member_id
    a_sale(storage, member, amount=12_000)
    clock.advance((366 + 41 + 11) * DAY_MS)

    fallen = review(storage)
    again = a_sale(storage, member, amount=12_000)

    assert fallen == [("gold", "basic")]
    assert (again.raised_to, again.balance) == ("gold", 300)
    assert value(storage, "SELECT tier FROM member") == "gold"
    prove(storage)


def test_a_rise_that_is_heard_of_after_a_later_review_does_not_stand_above_it(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage, tiers=TIERS)
    member = a_member(storage).member_id
    sold = a_sale(storage, member, amount=12_000)
    clock.advance((366 + 41 + 11) * DAY_MS)
    fallen = review(storage)

    with storage.begin() as work:
        raise_level(work, member, ("gold", 1), at_ms=sold.sold_at)
        late = work.members.by_id(member)

    assert fallen == [("gold", "basic")]
    assert late is not None
    assert late.tier == "basic"
