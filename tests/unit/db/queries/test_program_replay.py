"""Replaying a program over the shop's own book: what is read, what is left out."""

from datetime import date
from typing import Any

import pytest

from db.domain.basket import Basket, BasketLine
from db.domain.history import FormerLine, FormerPurchase
from db.domain.ids import OperationId
from db.domain.program.program import Program
from db.queries.past_sales import past_members, past_sales
from db.queries.program_replay import NoSalesToReplay, ProgramReplay, program_replay
from db.services.import_history import BringSales, bring_sales
from db.services.imports import open_batch
from db.services.stored_value import TopUpValue, top_up_value
from db.services.tags import TagMember, tag_member
from db.storage.imports import ProductRow
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import NOBODY, a_member, a_sale, a_void
from tests.support.programs import a_program
from tests.support.publishing import LADDER, publish

TODAY = date(2026, 11, 21)
DAY_MS = 86_400_000


def replayed(storage: Storage, proposed: Program, days: int = 90, **facts: Any) -> ProgramReplay:
    with storage.reading() as reader:
        return program_replay(reader, proposed, today=TODAY, days=days, **facts)


def double() -> Program:
    return a_program(version=2, earning=[{"id": "s", "give": {"points": 2, "per_amount": "1.00"}}])


def test_the_program_in_force_gives_what_it_gave(storage: Storage) -> None:
    member = a_member(storage)
    for amount in (12_345, 678, 99):
        a_sale(storage, member.member_id, amount=amount)
    a_sale(storage, member.member_id, amount=5_000, redeem_points=100)
    a_sale(storage, amount=7_000)

    found = replayed(storage, double())

    assert (found.days, found.now.figures.sales, found.now.figures.member_sales) == (1, 5, 4)
    assert found.now.figures.earned == found.recorded_earned
    assert found.now.figures.redeemed == found.recorded_redeemed == 100
    assert found.proposed.figures.earned == 246 + 13 + 1 + 98
    assert found.numbers == {member.member_id: member.number}
    assert [change.by for change in found.changes] == [358 - 178]
    assert (found.spread.gain, found.spread.lose, found.spread.same) == (1, 0, 0)


def test_sales_taken_back_are_left_out(storage: Storage) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=1_000)
    sold = a_sale(storage, member.member_id, amount=50_000)
    a_void(storage, sold.sale_id)

    assert replayed(storage, double()).now.figures.earned == 10


def test_days_without_sales_cannot_be_replayed(storage: Storage) -> None:
    with pytest.raises(NoSalesToReplay) as refused:
        replayed(storage, double(), days=30)

    assert (refused.value.first_day, refused.value.last_day) == ("2026-10-23", "2026-11-21")


def test_only_the_last_days_count(storage: Storage, clock: FixedClock) -> None:
    member = a_member(storage)
    clock.at_ms -= 3 * DAY_MS
    a_sale(storage, member.member_id, amount=1_000)
    clock.at_ms += 3 * DAY_MS
    a_sale(storage, member.member_id, amount=2_000)

    found = [replayed(storage, double(), days=days).now.figures.earned for days in (3, 4)]

    assert found == [20, 30]


def test_what_a_program_took_off_is_put_back_and_what_a_cashier_did_is_not(
    storage: Storage,
) -> None:
    levels = [{"code": "gold", "from": "0", "discount": "0.10"}]
    publish(storage, tiers=LADDER | {"levels": levels})
    member = a_member(storage)
    line = BasketLine(unit_price=10_000, discount=1_000, sku="A", category="food")
    a_sale(storage, member.member_id, basket=Basket((line,), order_discount=100))
    with storage.begin() as work:
        work.imports.put_products([ProductRow("A", "茶", "food", "春茗", "", None)])

    with storage.reading() as reader:
        (sale,) = past_sales(reader, TODAY, TODAY, members={member.member_id})

    (past,) = sale.basket.lines
    assert (past.unit_price, past.discount, sale.basket.order_discount) == (10_000, 1_000, 100)
    assert (past.sku, past.category, past.brand) == ("A", "food", "春茗")
    assert replayed(storage, double()).now.figures.discount == 900


def test_members_are_as_they_were_before_the_days(storage: Storage, clock: FixedClock) -> None:
    member = a_member(storage)
    clock.at_ms -= 10 * DAY_MS
    a_sale(storage, member.member_id, amount=30_000)
    clock.at_ms += 10 * DAY_MS
    a_sale(storage, member.member_id, amount=1_000, redeem_points=100)

    with storage.reading() as reader:
        members, _numbers = past_members(reader, TODAY, TODAY)

    (past,) = members.values()
    assert (past.visits, past.points) == (1, 300)
    assert [(each.net_spend, each.visits) for each in past.before] == [(30_000, 1)]


def test_the_bar_hears_of_every_sale_in_the_end(storage: Storage) -> None:
    for _ in range(3):
        a_sale(storage, amount=100)
    heard: list[tuple[int, int]] = []

    replayed(storage, double(), told=lambda done, total: heard.append((done, total)))

    assert heard == [(3, 3)]


def test_bonus_that_paid_then_earns_nothing_again(storage: Storage) -> None:
    publish(storage, stored_value={"ladder": [{"pay": "100.00", "bonus": "100.00"}]})
    member = a_member(storage)
    with storage.begin() as work:
        command = TopUpValue(
            op=OperationId(work.new_id()), by=NOBODY, member_id=member.member_id, pay=10_000
        )
        top_up_value(work, command)
    a_sale(storage, member.member_id, amount=8_000, tenders={"stored_value": 8_000})

    found = replayed(storage, double())

    assert (found.recorded_earned, found.now.figures.earned) == (40, 40)
    assert found.proposed.figures.earned == 80


def test_tags_are_looked_at_where_a_program_asks_for_them(storage: Storage) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=1_000)
    rule = {"id": "vip", "when": {"tag": ["vip"]}, "give": {"points": 7}}
    proposed = a_program(version=2, earning=[rule])

    without = replayed(storage, proposed).proposed.figures.earned
    with storage.begin() as work:
        tag_member(
            work,
            TagMember(
                op=OperationId(work.new_id()), by=NOBODY, member_id=member.member_id, tag="vip"
            ),
        )

    assert (without, replayed(storage, proposed).proposed.figures.earned) == (0, 7)


def test_a_former_purchase_with_a_return_in_it_is_one_of_its_amount(storage: Storage) -> None:
    lines = (
        FormerLine("A", 2, 1_000, 0, 2_000),
        FormerLine("B", -1, 500, 0, -500),
    )
    purchase = FormerPurchase("P1", "7", storage.clock.wall_ms(), 1, 1_500, 0, 1_500, lines)
    with storage.begin() as work:
        batch = open_batch(work, kind="history", source="file", by=NOBODY)
        command = BringSales(
            by=NOBODY, batch_id=batch, purchases=(purchase,), members={}, products={}
        )
        bring_sales(work, command)

    with storage.reading() as reader:
        (sale,) = past_sales(reader, TODAY, TODAY, members=())

    assert [(line.unit_price, line.sku) for line in sale.basket.lines] == [(1_500, "")]


def test_the_counter_sells_on_while_a_snapshot_is_read(storage: Storage, clock: FixedClock) -> None:
    clock.at_ms -= DAY_MS
    a_sale(storage, amount=100)
    clock.at_ms += DAY_MS
    yesterday = date(2026, 11, 20)

    with storage.reading() as reader:
        sales = past_sales(reader, yesterday, TODAY, members=())
        first = next(sales)
        sold = a_sale(storage, amount=200)
        rest = list(sales)

    assert (first.basket.lines[0].unit_price, sold.due, rest) == (100, 200, [])
