"""The day report: every table of it says the same as the maintained rows and the ledger."""

from dataclasses import fields
from datetime import date, timedelta

from db.domain.basket import Basket, BasketLine
from db.domain.staff import Actor
from db.queries.reports.day import DayFigures, DayReport, day_report
from db.queries.reports.day_parts import CategoryRow, HourRow
from db.queries.totals import book_totals
from db.storage.home import HomeIdentity
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import (
    a_closing,
    a_member,
    a_redemption,
    a_sale,
    a_shift,
    a_void,
    an_adjustment,
    an_undo,
)
from tests.support.publishing import publish
from tests.support.reward_makers import GIFTS, SPEND, a_gift, a_gift_return

SATURDAY = date(2026, 11, 21)
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


def report_of(
    storage: Storage,
    home: HomeIdentity,
    day_from: date = SATURDAY,
    day_to: date | None = None,
    **options: object,
) -> DayReport:
    with storage.reading() as reader:
        return day_report(
            reader,
            branch_id=options.get("branch_id"),
            day_from=day_from,
            day_to=day_to or day_from,
            calendar=home.calendar,
            now_ms=storage.clock.wall_ms(),
        )


def a_day(storage: Storage, clock: FixedClock, by: Actor) -> None:
    """Play one Saturday: five sales, one undone, one voided, points in and out, a shift."""
    a_shift(storage, by=by, opening_float=50_000)
    member = a_member(storage, by=by)
    a_member(storage, by=by, phone="139 0000 1111", name="李明")
    lines = (
        BasketLine(unit_price=1_000, quantity=3, sku="A1", category="food/snack"),
        BasketLine(unit_price=9_800, sku="B2", category="toys"),
    )
    a_sale(storage, member.member_id, by=by, basket=Basket(lines=lines), names=("薯片", "积木"))
    clock.advance(HOUR_MS)
    a_sale(storage, by=by, amount=5_000, tenders={"wechat": 5_000})
    mistake = a_sale(storage, member.member_id, by=by, amount=99_900)
    clock.advance(60_000)
    an_undo(storage, mistake.sale_id, by=by)
    a_sale(storage, member.member_id, by=by, amount=2_000, redeem_points=100)
    wrong = a_sale(storage, by=by, amount=3_300)
    clock.advance(2 * HOUR_MS)
    a_void(storage, wrong.sale_id, by=by)
    an_adjustment(storage, member.member_id, 12, by=by)
    a_closing(storage, by=by, counted=64_300, till_total=20_000)


def test_the_headline_counts_what_stands(
    storage: Storage, home: HomeIdentity, clock: FixedClock, manager: Actor
) -> None:
    a_day(storage, clock, manager)

    report = report_of(storage, home)

    assert report.figures == DayFigures(
        sales=3,
        amount=12_800 + 5_000 + 1_900,
        member_sales=2,
        member_amount=14_700,
        new_members=2,
        earned=128 + 19,
        redeemed=100,
        adjusted=12,
    )
    assert report.figures.average == 6_567
    assert report.figures.member_share_per_mille == 746
    assert (report.redeemed_value, report.members, report.items) == (100, 1, 6)


def test_what_was_taken_back_is_told_apart(
    storage: Storage, home: HomeIdentity, clock: FixedClock, manager: Actor
) -> None:
    a_day(storage, clock, manager)

    taken = report_of(storage, home).reversals

    assert (taken.undone, taken.undone_amount) == (1, 99_900)
    assert (taken.voided, taken.voided_amount) == (1, 3_300)
    assert (taken.taken_back, taken.given_back) == (999, 0)
    assert (taken.voided_taken_back, taken.voided_given_back) == (0, 0)


def test_a_sale_voided_the_next_day_leaves_its_own_day_and_shows_in_the_other_s_reversals(
    storage: Storage, home: HomeIdentity, clock: FixedClock
) -> None:
    sold = a_sale(storage, amount=5_000)
    clock.advance(DAY_MS)
    a_void(storage, sold.sale_id)

    saturday = report_of(storage, home)
    sunday = report_of(storage, home, SATURDAY + timedelta(days=1))

    assert (saturday.figures.sales, saturday.reversals.voided) == (0, 0)
    assert (sunday.figures.sales, sunday.reversals.voided) == (0, 1)
    assert sunday.reversals.voided_amount == 5_000


def test_hours_run_from_the_first_sale_s_to_the_last_one_s_without_gaps(
    storage: Storage, home: HomeIdentity, clock: FixedClock, manager: Actor
) -> None:
    a_sale(storage, amount=1_000)
    clock.advance(11 * HOUR_MS)  # 01:00 at night still is Saturday
    a_sale(storage, amount=2_000)

    hours = report_of(storage, home).hours

    assert [row.hour for row in hours] == [14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1]
    assert hours[0] == HourRow(14, 1, 1_000)
    assert hours[-1] == HourRow(1, 1, 2_000)
    assert sum(row.amount for row in hours) == 3_000


def test_tenders_categories_cashiers_and_counters_each_add_up_to_the_headline(
    storage: Storage, home: HomeIdentity, clock: FixedClock, manager: Actor
) -> None:
    a_day(storage, clock, manager)

    report = report_of(storage, home)

    amount = report.figures.amount
    assert sum(row.amount for row in report.tenders) == amount
    assert sum(row.amount for row in report.hours) == amount
    assert sum(row.amount for row in report.categories) == amount
    assert sum(row.amount for row in report.cashiers) == amount
    assert sum(row.amount for row in report.counters) == amount
    assert sum(row.amount for row in report.days) == amount
    assert report.categories == (
        CategoryRow("toys", 1, 9_800),
        CategoryRow("", 2, 6_900),
        CategoryRow("food", 3, 3_000),
    )
    (cashier,) = report.cashiers
    assert (cashier.name, cashier.undone, cashier.voided) == ("店长", 1, 1)
    assert (cashier.redeemed, cashier.adjusted) == (100, 12)


def test_the_shift_says_what_should_be_in_the_drawer_and_on_the_till(
    storage: Storage, home: HomeIdentity, clock: FixedClock, manager: Actor
) -> None:
    a_day(storage, clock, manager)

    (shift,) = report_of(storage, home).shifts

    assert (shift.amount, shift.cash) == (19_700, 14_700)
    assert (shift.expected, shift.difference) == (64_700, -400)
    assert shift.till_difference == -300


def test_a_sale_undone_in_the_next_shift_takes_its_cash_out_of_that_drawer(
    storage: Storage, home: HomeIdentity, clock: FixedClock, manager: Actor
) -> None:
    a_shift(storage, opening_float=10_000)
    sold = a_sale(storage, amount=5_000)
    a_closing(storage, counted=15_000)
    clock.advance(1_000)
    a_shift(storage, opening_float=15_000)
    a_void(storage, sold.sale_id)

    second, first = report_of(storage, home).shifts

    assert (first.cash, first.difference) == (5_000, 0)
    assert (second.cash, second.expected) == (-5_000, 10_000)


def test_figures_equal_the_maintained_rows_and_the_ledger(
    storage: Storage, home: HomeIdentity, clock: FixedClock, manager: Actor
) -> None:
    a_day(storage, clock, manager)
    report = report_of(storage, home)

    with storage.reading() as reader:
        names = ", ".join(f"sum({field.name})" for field in fields(DayFigures))
        maintained = DayFigures(*reader.one(f"SELECT {names} FROM counter_day"))
        totals = book_totals(reader)

    assert report.figures == maintained
    assert report.figures.earned + report.figures.adjusted + report.opening == totals.issued
    assert report.figures.redeemed == totals.redeemed
    assert report.figures.amount == totals.amount


def test_a_redemption_without_a_sale_counts_points_and_worth(
    storage: Storage, home: HomeIdentity
) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=50_000)
    a_redemption(storage, member.member_id, 300)

    report = report_of(storage, home)

    assert (report.figures.redeemed, report.redeemed_value) == (300, 300)


def test_the_same_weekday_a_week_before_is_the_comparison(
    storage: Storage, home: HomeIdentity, clock: FixedClock
) -> None:
    a_sale(storage, amount=1_000)
    clock.advance(7 * DAY_MS)
    a_sale(storage, amount=2_500)

    next_saturday = SATURDAY + timedelta(days=7)
    report = report_of(storage, home, next_saturday)

    assert (report.figures.amount, report.before.amount) == (2_500, 1_000)


def test_several_days_are_listed_and_summed(
    storage: Storage, home: HomeIdentity, clock: FixedClock
) -> None:
    a_sale(storage, amount=1_000)
    clock.advance(2 * DAY_MS)
    a_sale(storage, amount=2_500)

    report = report_of(storage, home, SATURDAY, SATURDAY + timedelta(days=2))

    assert [(row.day, row.amount) for row in report.days] == [
        ("2026-11-21", 1_000), ("2026-11-23", 2_500),
    ]  # fmt: skip
    assert report.figures.amount == 3_500


def test_a_day_without_anything_is_empty(storage: Storage, home: HomeIdentity) -> None:
    report = report_of(storage, home)

    assert report.empty
    assert report.figures.average == 0
    assert report.hours == ()


def test_another_branch_s_counter_that_sent_nothing_is_named(
    storage: Storage, home: HomeIdentity, clock: FixedClock
) -> None:
    contact = clock.at_ms
    a_sale(storage, amount=1_000)
    with storage.begin() as work:
        work.branches.put_branch(bytes(15) + b"b", "人民广场店", home.calendar)
        work.branches.put_counter(bytes(15) + b"c", bytes(15) + b"b", "02机", number_block="7K")
        work.settings.put("authority", "office")
        work.settings.put("last_contact_at", str(contact))
        work.forget()
    clock.advance(HOUR_MS)

    everywhere = report_of(storage, home)
    here = report_of(storage, home, branch_id=home.branch_id)

    assert [(row.branch, row.counter) for row in everywhere.silent_counters] == [
        ("人民广场店", "02机")
    ]
    assert (everywhere.branch, here.branch) == (None, "南京东路店")
    assert here.silent_counters == ()
    assert (here.as_of_ms, here.unsynced, here.figures.sales) == (contact, 1, 1)


def test_points_that_went_for_gifts_are_told_apart_from_those_that_paid(
    storage: Storage, home: HomeIdentity
) -> None:
    publish(storage, earning=[SPEND], redemption=GIFTS)
    member = a_member(storage).member_id
    a_sale(storage, member, amount=50_000)
    a_redemption(storage, member, 100)
    a_gift(storage, member, "PEN")
    a_gift_return(storage)
    a_gift(storage, member, "CUP")

    report = report_of(storage, home)

    assert (report.figures.redeemed, report.gift_points, report.redeemed_value) == (150, 50, 100)
