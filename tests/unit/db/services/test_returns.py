"""Returns at the counter: what is taken and given, once, and what is refused with which figure."""

from typing import Any

import pytest

from db.domain.basket import BasketLine
from db.domain.ids import MemberId, OperationId, SaleId
from db.domain.refusals import Refusal
from db.domain.return_refusals import (
    LinesRequired,
    OverReturn,
    OverReturnedAmount,
    QuantityInvalid,
    RefundBeyondTender,
    RefundDoesNotMatch,
    SaleElsewhere,
    SaleOfAnotherMember,
    UnknownLine,
)
from db.domain.reversals import AlreadyReversed
from db.domain.staff import Actor, NotPermitted, Role
from db.services.expiry import WriteExpiries, write_expiries
from db.services.return_plan import Asked, ReturnEffect, preview_return
from db.services.returns import TakeReturn, take_return
from db.services.reversals import NoSuchSale
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, rows, the_book, value
from tests.support.makers import (
    NOBODY,
    a_basket,
    a_member,
    a_redemption,
    a_return,
    a_sale,
    a_void,
    an_adjustment,
    an_undo,
)
from tests.support.publishing import publish

DAY_MS = 86_400_000
APPLES = BasketLine(unit_price=335, quantity=3, discount=4, sku="A", category="food")
MILK = BasketLine(unit_price=10_000, sku="B", category="food")
SPENT = "SELECT visits, spend, earned, redeemed FROM member_total"


def goods(storage: Storage, member_id: MemberId | None = None, **facts: Any) -> SaleId:
    """Sell three apples and a milk for ¥110.01."""
    basket = a_basket(APPLES, MILK)
    return a_sale(storage, member_id, basket=basket, names=("苹果", "牛奶"), **facts).sale_id


def figures(effect: ReturnEffect) -> tuple[int, int, int]:
    return effect.paid, effect.earned, effect.redeemed


def balances(storage: Storage) -> list[tuple[object, ...]]:
    return rows(
        storage, "SELECT kind, owner, balance FROM account WHERE balance <> 0 ORDER BY 1, 2"
    )


def test_units_one_by_one_reverse_all_that_the_line_did(storage: Storage) -> None:
    member_id = a_member(storage).member_id
    an_adjustment(storage, member_id, 500)
    before = balances(storage)
    sale_id = goods(storage, member_id, redeem_points=500)

    parts = [a_return(storage, sale_id, lines=((1, 1),)) for _ in range(3)]
    last = a_return(storage, sale_id)

    assert [figures(part) for part in parts] == [(318, 3, 15), (319, 3, 15), (319, 4, 15)]
    assert figures(last) == (9_545, 95, 455)
    assert [part.whole for part in (*parts, last)] == [False, False, False, True]
    assert balances(storage) == before
    assert rows(storage, SPENT) == [(0, 0, 0, 0)]
    assert verify_home(storage).problems == ()


def test_units_that_cost_nothing_come_back_once_too(storage: Storage) -> None:
    gift = BasketLine(unit_price=0, quantity=2, sku="G")
    sold = a_sale(storage, basket=a_basket(gift, MILK), names=("赠品", "牛奶"))

    a_return(storage, sold.sale_id, lines=((1, 2),))

    with pytest.raises(OverReturn):
        a_return(storage, sold.sale_id, lines=((1, 1),))
    assert verify_home(storage).problems == ()


def test_what_is_shown_before_is_what_is_done(storage: Storage) -> None:
    member_id = a_member(storage).member_id
    sale_id = goods(storage, member_id)
    asked = Asked(sale_id=sale_id, lines=((1, 2), (2, 1)))
    book = the_book(storage)

    with storage.begin() as work:
        home, today = work.home, work.today
    with storage.reading() as reader:
        shown = preview_return(reader, asked, home=home, on=today)

    assert the_book(storage) == book
    assert a_return(storage, sale_id, lines=asked.lines) == shown


def test_a_repeated_command_is_the_same_return(storage: Storage, manager: Actor) -> None:
    sale_id = goods(storage, a_member(storage).member_id)
    with storage.begin() as work:
        op = OperationId(work.new_id())
    command = TakeReturn(op=op, by=manager, asked=Asked(sale_id=sale_id, lines=((1, 1),)))

    with storage.begin() as work:
        first = take_return(work, command)
    book = the_book(storage)
    with storage.begin() as work:
        again = take_return(work, command)

    assert again == first
    assert the_book(storage) == book


def test_part_of_an_amount_reverses_its_floor_and_the_rest_what_is_left(storage: Storage) -> None:
    sold = a_sale(storage, a_member(storage).member_id, amount=12_855)

    part = a_return(storage, sold.sale_id, amount=3_099)
    rest = a_return(storage, sold.sale_id)

    assert figures(part) == (3_099, 30, 0)
    assert figures(rest) == (9_756, 98, 0)
    assert rest.whole


@pytest.mark.parametrize(
    ("asked", "refusal", "details"),
    [
        ({"lines": ((1, 4),)}, OverReturn, {"line": 1, "requested": 4, "largest": 3}),
        ({"lines": ((1, 2), (1, 2))}, OverReturn, {"line": 1, "requested": 4, "largest": 3}),
        ({"lines": ((3, 1),)}, UnknownLine, {"line": 3}),
        ({"lines": ((0, 1),)}, UnknownLine, {"line": 0}),
        ({"lines": ((1, 0),)}, QuantityInvalid, {"line": 1, "requested": 0}),
        ({"lines": ((1, -1),)}, QuantityInvalid, {"line": 1, "requested": -1}),
        ({"member_id": MemberId(bytes(16))}, SaleOfAnotherMember, {"member_id": bytes(16)}),
        ({"tenders": {"cash": 1}}, RefundDoesNotMatch, {"due_minor": 11_001, "refunded_minor": 1}),
        (
            {"tenders": {"card": 11_001}},
            RefundBeyondTender,
            {"tender": "card", "requested_minor": 11_001, "largest_minor": 0},
        ),
    ],
)
def test_what_cannot_come_back_is_refused_with_the_figures(
    storage: Storage, asked: dict[str, Any], refusal: type[Refusal], details: dict[str, Any]
) -> None:
    sale_id = goods(storage, a_member(storage).member_id)
    book = the_book(storage)

    with pytest.raises(refusal) as refused:
        a_return(storage, sale_id, **asked)

    assert details.items() <= refused.value.details.items()
    assert the_book(storage) == book


def test_a_sale_with_lines_is_not_returned_by_an_amount(storage: Storage) -> None:
    with pytest.raises(LinesRequired):
        a_return(storage, goods(storage), amount=100)


@pytest.mark.parametrize(("amount", "refusal"), [(6_001, OverReturnedAmount), (0, QuantityInvalid)])
def test_more_than_is_left_of_an_amount_or_nothing_is_refused(
    storage: Storage, amount: int, refusal: type[Refusal]
) -> None:
    sold = a_sale(storage, amount=10_000)
    a_return(storage, sold.sale_id, amount=4_000)

    with pytest.raises(refusal):
        a_return(storage, sold.sale_id, amount=amount)


def test_a_sale_comes_back_once_and_an_undone_one_never(storage: Storage) -> None:
    returned, undone = a_sale(storage), a_sale(storage)
    a_return(storage, returned.sale_id)
    an_undo(storage, undone.sale_id)

    for sale_id in (returned.sale_id, undone.sale_id):
        with pytest.raises(AlreadyReversed):
            a_return(storage, sale_id)
    with pytest.raises(AlreadyReversed):
        a_void(storage, returned.sale_id)


def test_an_unknown_sale_needs_head_office_where_there_is_one(storage: Storage) -> None:
    with pytest.raises(NoSuchSale):
        a_return(storage, SaleId(bytes(16)))
    with storage.begin() as work:
        work.settings.put("authority", "office")
        work.forget()

    with pytest.raises(SaleElsewhere):
        a_return(storage, SaleId(bytes(16)))


def test_a_cashier_takes_goods_back_and_an_auditor_does_not(storage: Storage) -> None:
    sold = a_sale(storage)
    with pytest.raises(NotPermitted):
        a_return(storage, sold.sale_id, by=Actor(None, Role.AUDITOR))

    assert a_return(storage, sold.sale_id, by=Actor(None, Role.CASHIER)).whole


def test_points_that_were_spent_since_come_from_other_lots_then_are_owed(storage: Storage) -> None:
    member_id = a_member(storage).member_id
    first = a_sale(storage, member_id, amount=30_000)
    a_sale(storage, member_id, amount=10_000)
    a_redemption(storage, member_id, 300)

    effect = a_return(storage, first.sale_id)

    assert (effect.earned, effect.owed) == (300, 200)
    assert rows(storage, "SELECT remaining FROM lot ORDER BY opened_at, lot_id") == [(-200,), (0,)]
    check_ledger(storage)
    assert verify_home(storage).problems == ()


def test_points_spent_last_come_back_first_and_each_to_its_lot(storage: Storage) -> None:
    member_id = a_member(storage).member_id
    a_sale(storage, member_id, amount=10_000)
    a_sale(storage, member_id, amount=15_000)
    lots = "SELECT remaining FROM lot WHERE awarded IN (100, 150) ORDER BY awarded"
    sold = a_sale(storage, member_id, amount=400, redeem_points=200)
    assert rows(storage, lots) == [(0,), (50,)]

    a_return(storage, sold.sale_id, amount=50)
    first = rows(storage, lots)
    a_return(storage, sold.sale_id, amount=100)
    second = rows(storage, lots)
    a_return(storage, sold.sale_id)

    assert (first, second) == ([(0,), (100,)], [(50,), (150,)])
    assert rows(storage, lots) == [(100,), (150,)]


def test_points_that_expired_meanwhile_are_not_taken_twice(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage, points={"expiry": {"kind": "days", "after": 10}})
    member_id = a_member(storage).member_id
    sold = a_sale(storage, member_id, amount=10_000)
    clock.advance(20 * DAY_MS)
    with storage.begin() as work:
        write_expiries(work, WriteExpiries(by=NOBODY))

    part = a_return(storage, sold.sale_id, amount=4_000)
    rest = a_return(storage, sold.sale_id)

    assert [(each.earned, each.lapsed, each.owed) for each in (part, rest)] == [
        (40, 40, 0),
        (60, 60, 0),
    ]
    assert value(storage, "SELECT sum(remaining) FROM lot") == 0
    assert verify_home(storage).problems == ()


def test_points_given_back_to_a_lapsed_lot_live_another_thirty_days(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage, points={"expiry": {"kind": "days", "after": 10}})
    member_id = a_member(storage).member_id
    a_sale(storage, member_id, amount=20_000)
    sold = a_sale(storage, member_id, amount=10_000, redeem_points=200)
    clock.advance(20 * DAY_MS)

    effect = a_return(storage, sold.sale_id, amount=4_900)

    assert (effect.redeemed, effect.grace) == (100, 100)
    assert rows(
        storage,
        "SELECT awarded, remaining, available_on, expires_on FROM lot"
        " WHERE op = (SELECT op FROM goods_return)",
    ) == [(100, 100, "2026-12-11", "2027-01-10")]
    assert verify_home(storage).problems == ()
