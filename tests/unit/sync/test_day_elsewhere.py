"""The day report at a counter of a head office: what it knows of the others, and what it says."""

from datetime import timedelta

from db.queries.reports.day import DayReport, day_report
from db.storage.home import read_home
from db.storage.system import FixedClock
from tests.support.makers import a_sale
from tests.unit.sync.conftest import Joining
from tests.unit.sync.forging import exchanged


def report_at(counter: Joining, clock: FixedClock, *, days_ago: int = 0) -> DayReport:
    with counter.storage.reading() as reader:
        calendar = read_home(reader).calendar
        day = calendar.day_of(clock.wall_ms()) - timedelta(days=days_ago)
        return day_report(reader, branch_id=None, day_from=day, day_to=day, calendar=calendar)


def test_a_counter_whose_sales_came_is_not_said_to_have_sent_nothing(
    joining: Joining, bystander: Joining, clock: FixedClock
) -> None:
    a_sale(bystander.storage, amount=30_000)
    sold_at = clock.wall_ms()
    exchanged(bystander)
    clock.advance(60_000)
    exchanged(joining)

    report = report_at(joining, clock)

    assert report.silent_counters == ()
    there = next(row for row in report.counters if row.counter == "02机")
    assert (there.amount, there.last_data_ms) == (30_000, sold_at)


def test_head_office_which_sells_nothing_is_no_counter_of_the_day(
    joining: Joining, bystander: Joining, clock: FixedClock
) -> None:
    for counter in (bystander, joining):
        exchanged(counter)

    report = report_at(joining, clock)

    assert {row.counter for row in report.counters} == {"01机", "02机"}
    assert [row.counter for row in report.silent_counters] == ["02机"]
