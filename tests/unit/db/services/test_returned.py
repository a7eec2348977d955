"""What a return leaves behind: days, drawer, levels, what is shown of it, and its proof."""

from typing import Any

import pytest

from db.domain.basket import BasketLine
from db.domain.ids import MemberId, SaleId
from db.queries.ledger_history import member_history
from db.queries.sale_detail import sale_detail
from db.queries.shift_summary import shift_summary, shift_tenders
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows, value
from tests.support.makers import (
    NOBODY,
    a_basket,
    a_member,
    a_return,
    a_sale,
    a_shift,
    a_void,
    an_undo,
)
from tests.support.publishing import LADDER, publish

DAY_MS = 86_400_000
APPLES = BasketLine(unit_price=335, quantity=3, discount=4, sku="A", category="food")
MILK = BasketLine(unit_price=10_000, sku="B", category="food")
SPENT = "SELECT visits, spend, earned, redeemed FROM member_total"


def goods(storage: Storage, member_id: MemberId | None = None, **facts: Any) -> SaleId:
    """Sell three apples and a milk for ¥110.01."""
    basket = a_basket(APPLES, MILK)
    return a_sale(storage, member_id, basket=basket, names=("苹果", "牛奶"), **facts).sale_id


def balances(storage: Storage) -> list[tuple[object, ...]]:
    return rows(
        storage, "SELECT kind, owner, balance FROM account WHERE balance <> 0 ORDER BY 1, 2"
    )


def test_a_return_counts_on_its_own_day_and_the_sale_stays_in_its_own(
    storage: Storage, clock: FixedClock
) -> None:
    sale_id = goods(storage, a_member(storage).member_id)
    clock.advance(DAY_MS)

    a_return(storage, sale_id, lines=((2, 1),))

    assert rows(
        storage,
        "SELECT business_day, sales, amount, earned, returns, returned_amount, returned_earned"
        " FROM counter_day ORDER BY 1",
    ) == [("2026-11-21", 1, 11_001, 110, 0, 0, 0), ("2026-11-22", 0, 0, 0, 1, 10_000, 100)]
    assert rows(storage, SPENT) == [(1, 1_001, 10, 0)]


@pytest.mark.parametrize("reverse", [a_void, an_undo])
def test_a_reversal_after_a_return_takes_what_is_left(storage: Storage, reverse: Any) -> None:
    member_id = a_member(storage).member_id
    a_shift(storage)
    sale_id = goods(storage, member_id)
    a_return(storage, sale_id, lines=((1, 1),))

    outcome = reverse(storage, sale_id)

    assert (outcome.due, outcome.earned) == (11_001 - 333, 110 - 3)
    assert balances(storage) == []
    assert rows(storage, SPENT) == [(0, 0, 0, 0)]
    assert rows(storage, "SELECT sales, returns, reversed_amount FROM counter_day") == [
        (0, 0, 11_001)
    ]
    assert verify_home(storage).problems == ()


def test_money_goes_back_the_way_it_came_and_leaves_the_drawer(storage: Storage) -> None:
    shift_id = a_shift(storage, opening_float=0).shift_id
    sold = a_sale(storage, amount=10_000, tenders={"cash": 4_000, "card": 6_000})

    part = a_return(storage, sold.sale_id, amount=5_000)
    asked = a_return(storage, sold.sale_id, amount=1_000, tenders={"card": 1_000})

    assert (part.tenders, asked.tenders) == ({"cash": 2_000, "card": 3_000}, {"card": 1_000})
    with storage.reading() as reader:
        shift = shift_summary(reader, shift_id)
        tenders = shift_tenders(reader, shift_id)
    assert shift is not None
    assert (shift.amount, shift.cash, shift.expected) == (4_000, 2_000, 2_000)
    assert (shift.returns, shift.returned_amount) == (2, 6_000)
    assert tenders == (("card", 2_000, 1), ("cash", 2_000, 1))
    a_void(storage, sold.sale_id)
    with storage.reading() as reader:
        after = shift_summary(reader, shift_id)
        tenders = shift_tenders(reader, shift_id)
    assert after is not None
    assert (after.amount, after.cash) == (0, 0)
    assert tenders == ()


def test_a_return_lowers_what_qualifies_and_the_whole_one_takes_the_rise_back(
    storage: Storage,
) -> None:
    publish(storage, tiers=LADDER)
    member_id = a_member(storage).member_id
    sold = a_sale(storage, member_id, amount=100_000)
    assert sold.raised_to == "gold"

    a_return(storage, sold.sale_id, amount=50_000)
    kept = value(storage, "SELECT tier FROM member")
    a_return(storage, sold.sale_id)

    assert (kept, value(storage, "SELECT tier FROM member")) == ("gold", "silver")


@pytest.mark.parametrize("take", [a_return, a_void])
def test_the_rise_stays_when_other_sales_reach_the_level(storage: Storage, take: Any) -> None:
    publish(storage, tiers=LADDER)
    member_id = a_member(storage).member_id
    a_sale(storage, member_id, amount=60_000)
    raising = a_sale(storage, member_id, amount=60_000)
    a_sale(storage, member_id, amount=50_000)
    assert raising.raised_to == "gold"

    take(storage, raising.sale_id)

    assert value(storage, "SELECT tier FROM member") == "gold"


def test_a_sale_shows_its_returns_and_the_member_his(storage: Storage, clock: FixedClock) -> None:
    member_id = a_member(storage).member_id
    clock.advance(1)
    sale_id = goods(storage, member_id)
    clock.advance(1)
    a_return(storage, sale_id, lines=((1, 2),), reason="坏了")

    with storage.reading() as reader:
        detail = sale_detail(reader, sale_id)
        history = member_history(reader, member_id)

    assert detail is not None
    (back,) = detail.returns
    assert (back.paid, back.earned, back.reason) == (667, 6, "坏了")
    assert [(line.line, line.quantity) for line in back.lines] == [(1, 2)]
    assert (detail.returned_tenders, detail.returned_whole) == ({"cash": 667}, False)
    assert [(row.kind, row.amount, row.points) for row in history[:2]] == [
        ("return", -667, -6),
        ("sale", 11_001, 110),
    ]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE goods_return SET paid = paid + 1",
        "UPDATE goods_return_line SET quantity = quantity + 1",
        "UPDATE sale SET returned_amount = 0",
        "UPDATE sale SET returned_whole = 1",
        "UPDATE counter_day SET returned_amount = 0",
        "DELETE FROM goods_return",
        "UPDATE member_total SET spend = spend + 1",
    ],
)
def test_verify_finds_what_was_changed_behind_its_back(storage: Storage, damage: str) -> None:
    sale_id = goods(storage, a_member(storage).member_id)
    a_return(storage, sale_id, lines=((1, 1),), by=NOBODY)
    assert verify_home(storage).problems == ()

    with storage.begin() as work:
        work.sql.run(damage)

    assert verify_home(storage).problems
