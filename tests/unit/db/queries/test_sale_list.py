"""The counter's list of sales: the order, the pages, what became of each, and what a text finds."""

from datetime import date

import pytest

from db.domain.ids import text_of
from db.domain.staff import Actor
from db.queries import sale_list
from db.queries.sale_list import SalePage, counter_sales, find_sales, member_sales
from db.storage.home import read_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_return, a_sale, a_void, an_attachment, an_undo

DAY_MS = 86_400_000


def today(storage: Storage) -> date:
    with storage.reading() as reader:
        return read_home(reader).calendar.day_of(storage.clock.wall_ms())


def listed(storage: Storage, limit: int = 50) -> SalePage:
    day = today(storage)
    with storage.reading() as reader:
        return counter_sales(reader, read_home(reader), on=day, limit=limit)


def found(storage: Storage, text: str) -> list[bytes]:
    day = today(storage)
    with storage.reading() as reader:
        page = find_sales(reader, text, home=read_home(reader), on=day)
    return [row.sale_id for row in page.rows]


def test_the_sales_of_today_come_newest_first(storage: Storage, clock: FixedClock) -> None:
    ids = []
    for amount in (1_000, 2_000, 3_000):
        clock.advance(60_000)
        ids.append(a_sale(storage, amount=amount).sale_id)

    assert [row.sale_id for row in listed(storage).rows] == ids[::-1]
    assert [row.due for row in listed(storage).rows] == [3_000, 2_000, 1_000]


def test_a_sale_of_yesterday_is_not_listed_today(storage: Storage, clock: FixedClock) -> None:
    a_sale(storage)
    clock.advance(DAY_MS)

    assert listed(storage) == SalePage()


def test_pages_hold_every_sale_once(storage: Storage, clock: FixedClock) -> None:
    for _ in range(5):
        clock.advance(1_000)
        a_sale(storage)
    seen, day = [], today(storage)
    with storage.reading() as reader:
        home, page = read_home(reader), SalePage()
        for _ in range(3):
            page = counter_sales(
                reader,
                home,
                on=day,
                limit=2,
                behind=page.rows[-1] if page.rows else None,
            )
            seen.append(len(page.rows))

    assert seen == [2, 2, 1]
    assert not page.more
    assert listed(storage, limit=2).more


def test_each_sale_says_what_became_of_it(storage: Storage, manager: Actor) -> None:
    undone, voided, partly, whole, standing = (
        a_sale(storage, amount=5_000).sale_id for _ in range(5)
    )
    an_undo(storage, undone)
    a_void(storage, voided, by=manager)
    a_return(storage, partly, by=manager, amount=1_500)
    a_return(storage, whole, by=manager)

    rows = {row.sale_id: row for row in listed(storage).rows}

    assert (rows[undone].reversed_by, rows[voided].reversed_by) == ("undo", "void")
    assert (rows[partly].returned, rows[partly].returned_whole) == (1_500, False)
    assert (rows[whole].returned, rows[whole].returned_whole) == (5_000, True)
    assert (rows[standing].reversed_by, rows[standing].returned) == (None, 0)


def test_a_member_is_named_also_when_attached_afterwards(storage: Storage, manager: Actor) -> None:
    member = a_member(storage, name="张小芳")
    sold = a_sale(storage)

    assert listed(storage).rows[0].member_id is None

    an_attachment(storage, sold.sale_id, member.member_id, by=manager)

    row = listed(storage).rows[0]
    assert (row.member_id, row.member_name, row.earned) == (member.member_id, "张小芳", 128)


def test_a_till_receipt_finds_its_sale_for_a_month(storage: Storage, clock: FixedClock) -> None:
    sold = a_sale(storage, till_receipt="000123")

    assert found(storage, " 000123 ") == [sold.sale_id]

    clock.advance((sale_list.RECEIPT_DAYS - 1) * DAY_MS)
    assert found(storage, "000123") == [sold.sale_id]

    clock.advance(DAY_MS)
    assert found(storage, "000123") == []


def test_the_text_of_an_id_finds_its_sale_however_old(storage: Storage, clock: FixedClock) -> None:
    sold = a_sale(storage)
    clock.advance(400 * DAY_MS)

    assert found(storage, text_of(sold.sale_id)) == [sold.sale_id]
    assert found(storage, text_of(sold.sale_id).replace("-", "").upper()) == [sold.sale_id]


@pytest.mark.parametrize("text", ["", "   ", "nothing", "0" * 32, "'; DROP TABLE sale; --"])
def test_a_text_that_means_no_sale_finds_none(storage: Storage, text: str) -> None:
    a_sale(storage)

    assert found(storage, text) == []


def test_the_sales_of_a_member_come_in_pages(storage: Storage, clock: FixedClock) -> None:
    member = a_member(storage).member_id
    ids = []
    for _ in range(3):
        clock.advance(DAY_MS)
        ids.append(a_sale(storage, member).sale_id)
        a_sale(storage)

    with storage.reading() as reader:
        first = member_sales(reader, member, limit=2)
        rest = member_sales(reader, member, limit=2, behind=first.rows[-1])

    assert [row.sale_id for row in (*first.rows, *rest.rows)] == ids[::-1]
    assert (first.more, rest.more) == (True, False)


ID = bytes(16)


@pytest.mark.parametrize(
    ("sql", "params", "index"),
    [
        (sale_list._OF_DAY, ("2026-11-21", ID, ID, ID), "sale_by_day"),
        (sale_list._OF_MEMBER, (ID, 0, ID), "sale_by_member"),
        (sale_list._OF_RECEIPT, (ID, "2026-11-21", "1"), "sale_by_till_receipt"),
        (sale_list._ONE, (ID,), "PRIMARY KEY"),
    ],
)
def test_every_list_is_read_from_an_index_and_never_sorted(
    storage: Storage, sql: str, params: tuple[object, ...], index: str
) -> None:
    with storage.reading() as reader:
        plan = [str(row[3]) for row in reader.all(f"EXPLAIN QUERY PLAN {sql}", params)]

    assert index in plan[0]
    assert not any("SCAN" in step or "TEMP B-TREE" in step for step in plan)


def test_a_page_has_a_written_limit(storage: Storage) -> None:
    with pytest.raises(AssertionError):
        listed(storage, limit=sale_list.PAGE_ROWS_MAX + 1)
