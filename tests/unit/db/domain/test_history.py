"""Former purchases: from cells to facts, with the time they had, or the reason why not."""

from datetime import date

import pytest

from db.domain.clock import BusinessCalendar
from db.domain.history import FormerLine, History, SkippedRow, instant_of, read_history

CALENDAR = BusinessCalendar()
PURCHASE = {
    "purchase_id": "P1", "member_id": "7", "purchased_at": "2017-03-01T10:00:00", "items": "3",
    "gross": "12.00", "discount": "2.00", "total": "10.00",
}  # fmt: skip


def history(*purchases: dict[str, str], lines: tuple[dict[str, str], ...] = ()) -> History:
    """Return what these purchases and lines are read as."""
    return read_history(
        members=[],
        products=[],
        purchases=list(enumerate(purchases, start=2)),
        lines=list(enumerate(lines, start=2)),
        calendar=CALENDAR,
    )


def test_a_bare_day_stays_that_day_and_a_time_goes_by_the_cut() -> None:
    days = [
        CALENDAR.day_of(instant_of(text, CALENDAR))
        for text in (
            "2017-03-01T00:00:00",
            "2017-03-01",
            "2017-03-01T03:59:59",
            "2017-03-01T04:00:00",
        )
    ]

    assert days == [date(2017, 3, 1), date(2017, 3, 1), date(2017, 2, 28), date(2017, 3, 1)]


def test_an_offset_makes_midnight_an_instant() -> None:
    assert CALENDAR.day_of(instant_of("2017-03-01T00:00:00+08:00", CALENDAR)) == date(2017, 2, 28)


def test_money_is_exact_and_a_visit_without_an_amount_is_a_visit() -> None:
    read = history(
        PURCHASE, PURCHASE | {"purchase_id": "P2", "gross": "", "discount": "", "total": ""}
    )

    assert [(each.gross, each.discount, each.total) for each in read.purchases] == [
        (1200, 200, 1000),
        (0, 0, 0),
    ]
    assert [member.external_id for member in read.members] == ["7"]


def test_a_unit_price_informs_and_the_amount_counts() -> None:
    line = {
        "purchase_id": "P1", "sku": "A", "qty": "2", "unit_price": "5.005", "discount": "0.01",
        "coupon_discount": "", "amount": "10.00",
    }  # fmt: skip

    read = history(PURCHASE, lines=(line,))

    assert read.purchases[0].lines == (
        FormerLine(sku="A", quantity=2, unit_price=501, discount=1, amount=1000),
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"purchase_id": ""}, "no_id"),
        ({"purchased_at": "someday"}, "time_invalid"),
        ({"purchased_at": "1960-01-01T10:00:00"}, "time_invalid"),
        ({"total": "abc"}, "total_invalid"),
        ({"total": "10.001"}, "total_invalid"),
        ({"total": "9.00"}, "total_does_not_add_up"),
        ({"items": "1.5"}, "items_invalid"),
    ],
)
def test_an_unusable_purchase_is_listed_with_its_row(change: dict[str, str], code: str) -> None:
    read = history(PURCHASE, PURCHASE | {"purchase_id": "P2"} | change)

    assert read.skipped == [SkippedRow("purchases.csv", 3, code)]
    assert len(read.purchases) == 1


def test_lines_that_do_not_add_up_to_what_was_paid_are_not_taken() -> None:
    read = history(PURCHASE, lines=({"purchase_id": "P1", "sku": "A", "amount": "9.99"},))

    assert read.skipped == [SkippedRow("purchases.csv", 2, "lines_do_not_add_up")]


def test_one_purchase_twice_counts_once_and_all_come_in_the_order_of_their_time() -> None:
    earlier = PURCHASE | {"purchase_id": "P0", "purchased_at": "2016-01-01T00:00:00"}

    read = history(PURCHASE, PURCHASE, earlier)

    assert [each.purchase_id for each in read.purchases] == ["P0", "P1"]
    assert read.skipped == [SkippedRow("purchases.csv", 3, "duplicate_in_file")]
