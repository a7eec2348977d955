"""Undo and void: who, how long, once, and that they leave nothing but history."""

import pytest

from db.domain.ids import OperationId, SaleId
from db.domain.redemption_refusals import InsufficientPoints
from db.domain.reversals import UNDO_MS, AlreadyReversed, NotThisCounter, ReasonMissing, UndoTooLate
from db.domain.staff import Actor, ApprovalNeeded, NotPermitted, Role
from db.services.reversals import NoSuchSale, UndoSale, VoidSale, undo_sale, void_sale
from db.services.set_up import HomeMade
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, rows, the_book, value
from tests.support.makers import a_member, a_redemption, a_sale, a_void, an_undo
from tests.support.publishing import LADDER, publish

DAY_MS = 86_400_000


def balances(storage: Storage) -> list[tuple[object, ...]]:
    return rows(
        storage, "SELECT kind, owner, balance FROM account WHERE balance <> 0 ORDER BY 1, 2"
    )


def test_undo_takes_back_what_the_sale_gave(storage: Storage) -> None:
    member = a_member(storage)
    sold = a_sale(storage, member.member_id)

    undone = an_undo(storage, sold.sale_id)

    assert (undone.due, undone.earned, undone.redeemed) == (12_800, 128, 0)
    assert balances(storage) == []
    assert rows(storage, "SELECT visits, spend, earned, first_on, last_on FROM member_total") == [
        (0, 0, 0, None, None)
    ]
    assert rows(
        storage, "SELECT sales, amount, reversed_sales, reversed_amount FROM counter_day"
    ) == [(0, 0, 1, 12_800)]
    check_ledger(storage)


def test_redeemed_points_go_back_to_the_lots_they_came_from(storage: Storage) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=10_000)
    a_sale(storage, member.member_id, amount=15_000)
    lots = rows(storage, "SELECT lot_id, remaining FROM lot ORDER BY lot_id")
    sold = a_sale(storage, member.member_id, redeem_points=200)

    an_undo(storage, sold.sale_id)

    left = rows(storage, "SELECT lot_id, remaining FROM lot WHERE remaining <> 0 ORDER BY lot_id")
    assert left == lots
    check_ledger(storage)


def test_undo_is_open_for_two_minutes(storage: Storage, clock: FixedClock) -> None:
    first, second = a_sale(storage), a_sale(storage)

    clock.advance(UNDO_MS)
    an_undo(storage, first.sale_id)
    clock.advance(1)

    with pytest.raises(UndoTooLate) as refusal:
        an_undo(storage, second.sale_id)
    assert refusal.value.elapsed_ms == UNDO_MS + 1


def test_another_counters_sale_is_not_undone_here(storage: Storage) -> None:
    sold = a_sale(storage)
    with storage.begin() as work:
        work.sql.run("UPDATE sale SET counter_id = zeroblob(16)")

    with pytest.raises(NotThisCounter):
        an_undo(storage, sold.sale_id)


def test_a_sale_is_taken_back_once(storage: Storage) -> None:
    sold = a_sale(storage)
    an_undo(storage, sold.sale_id)

    with pytest.raises(AlreadyReversed):
        an_undo(storage, sold.sale_id)
    with pytest.raises(AlreadyReversed):
        a_void(storage, sold.sale_id)


@pytest.mark.parametrize("manner", ["undo", "void"])
def test_a_repeated_command_is_the_same_reversal(
    storage: Storage, manager: Actor, manner: str
) -> None:
    sold = a_sale(storage)
    with storage.begin() as work:
        op = OperationId(work.new_id())

    def reverse() -> object:
        with storage.begin() as work:
            if manner == "undo":
                return undo_sale(work, UndoSale(op=op, sale_id=sold.sale_id, by=manager))
            return void_sale(
                work, VoidSale(op=op, sale_id=sold.sale_id, by=manager, reason="输错金额")
            )

    first = reverse()
    book = the_book(storage)

    assert reverse() == first
    assert the_book(storage) == book


def test_what_was_never_sold_is_not_taken_back(storage: Storage, made: HomeMade) -> None:
    with pytest.raises(NoSuchSale):
        an_undo(storage, SaleId(made.staff_id))


def test_a_void_needs_a_reason_and_no_hurry(storage: Storage, clock: FixedClock) -> None:
    sold = a_sale(storage)
    clock.advance(40 * DAY_MS)

    with pytest.raises(ReasonMissing):
        a_void(storage, sold.sale_id, reason="  ")
    a_void(storage, sold.sale_id, reason=" 顾客退货 ")

    assert rows(storage, "SELECT manner, reason FROM reversal") == [("void", "顾客退货")]


def test_a_void_counts_in_its_own_day_and_uncounts_in_the_sales(
    storage: Storage, clock: FixedClock
) -> None:
    sold = a_sale(storage)
    clock.advance(DAY_MS)

    a_void(storage, sold.sale_id)

    assert rows(
        storage, "SELECT business_day, sales, reversed_sales FROM counter_day ORDER BY 1"
    ) == [("2026-11-21", 0, 0), ("2026-11-22", 0, 1)]


def test_a_cashier_voids_with_an_approver_who_is_somebody_else(
    storage: Storage, made: HomeMade
) -> None:
    sold = a_sale(storage)
    cashier = Actor(None, Role.CASHIER)
    himself = Actor(made.staff_id, Role.CASHIER, made.staff_id, Role.MANAGER)
    approved = Actor(None, Role.CASHIER, made.staff_id, Role.MANAGER)

    for actor in (cashier, himself):
        with pytest.raises(ApprovalNeeded):
            a_void(storage, sold.sale_id, by=actor)
    with pytest.raises(NotPermitted):
        a_void(storage, sold.sale_id, by=Actor(None, Role.AUDITOR))
    a_void(storage, sold.sale_id, by=approved)

    assert value(storage, "SELECT approver_id FROM reversal") == made.staff_id


def test_the_rise_is_taken_back_with_the_sale_that_gave_it(storage: Storage) -> None:
    publish(storage, tiers=LADDER)
    member = a_member(storage)
    sold = a_sale(storage, member.member_id, amount=100_000)
    assert value(storage, "SELECT tier FROM member") == "gold"

    an_undo(storage, sold.sale_id)

    assert rows(storage, "SELECT tier, tier_rank FROM member") == [("silver", 0)]


def test_the_rise_stays_where_another_standing_sale_gave_it_too(storage: Storage) -> None:
    publish(storage, tiers=LADDER)
    member = a_member(storage)
    first = a_sale(storage, member.member_id, amount=100_000)
    second = a_sale(storage, member.member_id, amount=100_000)
    with storage.begin() as work:  # as when two cut-off counters raised him each
        work.sql.run(
            "UPDATE sale SET raised_to = 'gold', raised_rank = 1 WHERE sale_id = ?",
            (second.sale_id,),
        )

    an_undo(storage, first.sale_id)

    assert value(storage, "SELECT tier FROM member") == "gold"


def test_the_award_is_taken_back_though_it_was_spent_and_is_owed(storage: Storage) -> None:
    member = a_member(storage)
    sold = a_sale(storage, member.member_id, amount=30_000)
    a_redemption(storage, member.member_id, 200)

    an_undo(storage, sold.sale_id)

    assert rows(storage, "SELECT remaining FROM lot") == [(-200,)]
    with pytest.raises(InsufficientPoints) as refusal:
        a_redemption(storage, member.member_id, 100)
    assert (refusal.value.balance, refusal.value.largest) == (-200, 0)
    check_ledger(storage)


def test_points_owed_are_repaid_by_what_is_earned_next(storage: Storage) -> None:
    member = a_member(storage)
    sold = a_sale(storage, member.member_id, amount=30_000)
    a_redemption(storage, member.member_id, 200)
    an_undo(storage, sold.sale_id)

    assert a_sale(storage, member.member_id, amount=15_000).balance == -50
    assert a_sale(storage, member.member_id, amount=25_000).balance == 200
    with pytest.raises(InsufficientPoints):
        a_redemption(storage, member.member_id, 300)
    a_redemption(storage, member.member_id, 200)
    check_ledger(storage)


def test_the_last_visit_is_the_one_before(storage: Storage, clock: FixedClock) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id)
    before = rows(storage, "SELECT * FROM member_total")
    grams = rows(storage, "SELECT * FROM member_gram ORDER BY 1, 2, 3")
    clock.advance(40 * DAY_MS)
    sold = a_sale(storage, member.member_id)
    assert rows(storage, "SELECT * FROM member_gram ORDER BY 1, 2, 3") != grams

    an_undo(storage, sold.sale_id)

    assert rows(storage, "SELECT * FROM member_total") == before
    assert rows(storage, "SELECT * FROM member_gram ORDER BY 1, 2, 3") == grams


def test_spent_points_of_a_lot_that_has_run_out_come_back_for_thirty_days(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage, points={"expiry": {"kind": "days", "after": 30}})
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=10_000)
    clock.advance(30 * DAY_MS)
    sold = a_sale(storage, member.member_id, amount=5_000, redeem_points=100)

    clock.advance(DAY_MS)
    a_void(storage, sold.sale_id)

    assert rows(storage, "SELECT remaining, expires_on FROM lot WHERE remaining <> 0") == [
        (100, "2027-01-21")
    ]
    check_ledger(storage)
    clock.advance(30 * DAY_MS)
    assert a_redemption(storage, member.member_id, 100).balance == 0


def test_a_sale_without_member_is_undone_too(storage: Storage) -> None:
    sold = a_sale(storage)

    an_undo(storage, sold.sale_id)

    assert rows(storage, "SELECT sales, amount, reversed_sales FROM counter_day") == [(0, 0, 1)]
    assert value(storage, "SELECT count(*) FROM sale WHERE reversed_by IS NULL") == 0
