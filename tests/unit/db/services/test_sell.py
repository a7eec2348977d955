"""Selling: one sale, one operation, its points, and what is refused beyond it."""

from dataclasses import replace

import pytest

from db.domain.basket import Basket, BasketLine
from db.domain.ids import MemberId, OperationId
from db.domain.members import MemberNotActive, NoSuchMember
from db.domain.redemption_refusals import (
    BelowMinimum,
    InsufficientPoints,
    MemberRequired,
    NotAStep,
    OverShare,
)
from db.domain.staff import Actor, NotPermitted, Role
from db.services.sale_facts import TendersDoNotMatch
from db.services.sales import Sell, TillReceiptUsed, sell
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, rows, the_book, value
from tests.support.makers import a_member, a_sale, a_shift, an_undo
from tests.support.publishing import LADDER, publish

DAY_MS = 86_400_000


def test_an_amount_earns_and_is_counted_for_member_and_day(storage: Storage) -> None:
    member = a_member(storage)

    sold = a_sale(storage, member.member_id, amount=12_850)

    assert (sold.due, sold.earned, sold.balance) == (12_850, 128, 128)
    assert rows(storage, "SELECT visits, spend, earned, last_on FROM member_total") == [
        (1, 12_850, 128, "2026-11-21")
    ]
    assert rows(storage, "SELECT sales, amount, member_sales, earned FROM counter_day") == [
        (1, 12_850, 1, 128)
    ]
    check_ledger(storage)


def test_a_sale_without_member_earns_nothing_and_moves_nothing(storage: Storage) -> None:
    sold = a_sale(storage)

    assert (sold.earned, sold.balance, sold.member_id) == (0, 0, None)
    assert rows(storage, "SELECT sales, amount, member_sales, member_amount FROM counter_day") == [
        (1, 12_800, 0, 0)
    ]
    assert value(storage, "SELECT count(*) FROM movement") == 0


def test_lines_keep_their_names_and_share_what_was_earned(storage: Storage) -> None:
    member = a_member(storage)
    basket = Basket(
        lines=(
            BasketLine(unit_price=1_990, quantity=2, sku="A", category="food"),
            BasketLine(unit_price=10_000, discount=1_000, sku="B"),
        )
    )

    sold = a_sale(storage, member.member_id, basket=basket, names=("牛奶", "茶叶"))

    assert rows(
        storage,
        "SELECT line, sku, name, quantity, unit_price, discount, amount, earned FROM sale_line",
    ) == [
        (1, "A", "牛奶", 2, 1_990, 0, 3_980, 40),
        (2, "B", "茶叶", 1, 10_000, 1_000, 9_000, 89),
    ]
    assert sold.due == 12_980
    assert value(storage, "SELECT items FROM sale") == 3


def test_one_sale_is_one_operation_that_holds_everything(storage: Storage) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id)
    before = value(storage, "SELECT count(*) FROM operation")

    a_sale(storage, member.member_id, redeem_points=100)

    assert value(storage, "SELECT count(*) FROM operation") == before + 1


def test_selling_twice_with_one_command_sells_once(storage: Storage, manager: Actor) -> None:
    member = a_member(storage)
    with storage.begin() as work:
        command = Sell(
            op=OperationId(work.new_id()),
            by=manager,
            basket=Basket.of_amount(12_800),
            member_id=member.member_id,
        )
        first = sell(work, command)
    book = the_book(storage)

    with storage.begin() as work:
        again = sell(work, command)

    assert again == first
    assert the_book(storage) == book


def test_a_repeated_sale_without_member_tells_the_same(storage: Storage, manager: Actor) -> None:
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = Sell(op=op, by=manager, basket=Basket.of_amount(100))
        first = sell(work, command)
        assert sell(work, command) == first


def test_the_tiers_multiplier_counts_and_a_rise_counts_from_the_next_sale(
    storage: Storage,
) -> None:
    publish(storage, tiers=LADDER)
    member = a_member(storage)

    rising = a_sale(storage, member.member_id, amount=100_000)
    after = a_sale(storage, member.member_id, amount=10_000)

    assert (rising.earned, rising.tier, rising.raised_to) == (1_000, "silver", "gold")
    assert (after.earned, after.tier, after.raised_to) == (200, "gold", None)


def test_the_lowest_level_is_reached_though_it_begins_above_nothing(storage: Storage) -> None:
    levels = [{"code": "gold", "from": "1000.00", "multiplier": "2"}]
    publish(storage, tiers=LADDER | {"levels": levels})
    member = a_member(storage)

    rising = a_sale(storage, member.member_id, amount=100_000)
    after = a_sale(storage, member.member_id, amount=10_000)

    assert (rising.tier, rising.raised_to) == ("", "gold")
    assert (after.tier, after.earned) == ("gold", 200)


def test_points_pay_a_part_and_leave_the_lots_they_came_from(storage: Storage) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=25_000)

    sold = a_sale(storage, member.member_id, amount=10_000, redeem_points=200)

    assert (sold.redeemed, sold.redeemed_value, sold.due, sold.earned) == (200, 200, 9_800, 98)
    assert sold.balance == 250 - 200 + 98
    assert rows(storage, "SELECT remaining FROM lot ORDER BY remaining") == [(50,), (98,)]
    check_ledger(storage)


@pytest.mark.parametrize(
    ("points", "refused", "largest"),
    [
        (150, NotAStep, 500),
        (100, BelowMinimum, 500),
        (600, OverShare, 500),
        (1_100, InsufficientPoints, 500),
    ],
)
def test_a_redemption_beyond_a_limit_is_refused_with_the_largest_figure(
    storage: Storage, points: int, refused: type[Exception], largest: int
) -> None:
    money = {
        "points_per_step": 100,
        "value_per_step": "1.00",
        "min_points": 200,
        "max_share": "0.5",
    }
    publish(storage, redemption={"money": money})
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=100_000)
    book = the_book(storage)

    with pytest.raises(refused) as refusal:
        a_sale(storage, member.member_id, amount=1_000, redeem_points=points)

    assert refusal.value.largest == largest  # type: ignore[attr-defined] # every one of them has it
    assert the_book(storage) == book


def test_points_of_nobody_cannot_pay(storage: Storage) -> None:
    with pytest.raises(MemberRequired):
        a_sale(storage, None, redeem_points=100)


def test_points_earned_in_a_sale_do_not_pay_in_it(storage: Storage) -> None:
    member = a_member(storage)

    with pytest.raises(InsufficientPoints) as refusal:
        a_sale(storage, member.member_id, amount=20_000, redeem_points=100)

    assert (refusal.value.balance, refusal.value.largest) == (0, 0)


def test_pending_points_are_not_spendable_before_their_day(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage, points={"pending_days": 3})
    member = a_member(storage)
    sold = a_sale(storage, member.member_id, amount=20_000)

    assert sold.balance == 0
    with pytest.raises(InsufficientPoints):
        a_sale(storage, member.member_id, redeem_points=100)

    clock.advance(3 * DAY_MS)
    assert a_sale(storage, member.member_id, redeem_points=100).redeemed == 100


def test_the_nearest_expiry_pays_first(storage: Storage, clock: FixedClock) -> None:
    member = a_member(storage)
    bought = []
    for last_days in (90, 30):
        publish(storage, points={"expiry": {"kind": "days", "after": last_days}})
        bought.append(a_sale(storage, member.member_id, amount=10_000))
        clock.advance(DAY_MS)

    a_sale(storage, member.member_id, amount=5_000, redeem_points=100)

    left = dict(rows(storage, "SELECT op, remaining FROM lot"))
    assert [left[sold.sale_id] for sold in bought] == [100, 0]


def test_lapsed_points_do_not_pay(storage: Storage, clock: FixedClock) -> None:
    publish(storage, points={"expiry": {"kind": "days", "after": 30}})
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=10_000)

    clock.advance(31 * DAY_MS)

    with pytest.raises(InsufficientPoints):
        a_sale(storage, member.member_id, redeem_points=100)


def test_tenders_are_kept_and_must_add_up_to_what_is_due(storage: Storage) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id)
    paid = {"wechat": 10_000, "cash": 2_700}

    sold = a_sale(storage, member.member_id, redeem_points=100, tenders=paid)

    assert dict(
        rows(storage, "SELECT tender, amount FROM sale_tender WHERE sale_id = ?", sold.sale_id)
    ) == {"cash": 2_700, "wechat": 10_000}


@pytest.mark.parametrize(
    "tenders", [{"cash": 12_799}, {"barter": 12_800}, {"cash": 12_900, "card": -100}]
)
def test_tenders_that_do_not_fit_are_refused(storage: Storage, tenders: dict[str, int]) -> None:
    with pytest.raises(TendersDoNotMatch) as refusal:
        a_sale(storage, tenders=tenders)

    assert (refusal.value.due_minor, refusal.value.tendered_minor) == (
        12_800,
        sum(tenders.values()),
    )
    assert value(storage, "SELECT count(*) FROM operation") == 0


def test_a_till_receipt_serves_once_a_day(storage: Storage, clock: FixedClock) -> None:
    a_sale(storage, till_receipt="0017")

    with pytest.raises(TillReceiptUsed):
        a_sale(storage, till_receipt="0017")

    a_sale(storage, till_receipt="0018")
    clock.advance(DAY_MS)
    a_sale(storage, till_receipt="0017")


def test_a_till_receipt_serves_again_after_its_sale_was_undone(storage: Storage) -> None:
    sold = a_sale(storage, till_receipt="0017")
    an_undo(storage, sold.sale_id)

    a_sale(storage, till_receipt="0017")


def test_a_sale_belongs_to_the_open_shift(storage: Storage) -> None:
    a_sale(storage)
    shift = a_shift(storage)
    a_sale(storage)

    assert sorted(rows(storage, "SELECT shift_id FROM sale"), key=str) == sorted(
        [(None,), (shift.shift_id,)], key=str
    )


def test_a_stranger_and_a_frozen_member_do_not_earn(storage: Storage) -> None:
    member = a_member(storage)
    with storage.begin() as work:
        work.members.set_state(member.member_id, "frozen")
        stranger = MemberId(work.new_id())

    with pytest.raises(MemberNotActive):
        a_sale(storage, member.member_id)
    with pytest.raises(NoSuchMember):
        a_sale(storage, stranger)


def test_an_auditor_may_not_sell(storage: Storage) -> None:
    with pytest.raises(NotPermitted):
        a_sale(storage, by=Actor(None, Role.AUDITOR))


def test_a_sale_after_midnight_counts_for_the_evening_before(
    storage: Storage, clock: FixedClock
) -> None:
    clock.advance(13 * 3_600_000)  # 03:00 of Sunday
    a_sale(storage)
    clock.advance(3_600_000)  # 04:00: the cut
    a_sale(storage)

    days = rows(storage, "SELECT business_day FROM sale ORDER BY sold_at")
    assert days == [("2026-11-21",), ("2026-11-22",)]


def test_a_daily_cap_counts_what_the_day_awarded_before(storage: Storage) -> None:
    publish(storage, points={"caps": {"per_day": 150}})
    member = a_member(storage)

    earned = [a_sale(storage, member.member_id, amount=10_000).earned for _ in range(3)]

    assert earned == [100, 50, 0]


def test_no_command_is_changed_by_its_sale(storage: Storage, manager: Actor) -> None:
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = Sell(op=op, by=manager, basket=Basket.of_amount(100), tenders={"card": 100})
        copy = replace(command, tenders=dict(command.tenders))
        sell(work, command)

    assert command == copy
