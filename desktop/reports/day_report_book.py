"""The day report as a book, for the workbook: the figures of its page and its CSV."""

from typing import Final

from db.domain.clock import BusinessCalendar
from db.queries.reports.day import DayReport
from desktop.reports.book import Heading, ReportBook
from desktop.reports.cells import Count, Money
from desktop.reports.day_tables import (
    ReportTable,
    TableColumn,
    chart_bars,
    chart_title,
    day_tables,
    figure_cards,
    report_title,
    report_warnings,
)
from desktop.reports.words import Words

_MINUTE_FORMAT: Final = "%Y-%m-%d %H:%M"


def day_report_book(report: DayReport, *, calendar: BusinessCalendar, language: str) -> ReportBook:
    """Return the report as a book in `zh_CN` or `en`."""
    words = Words(language)
    tables = day_tables(report, words, calendar=calendar)
    return ReportBook(
        title=report_title(report, words),
        definition=words("define_amount"),
        heading=Heading(
            days=words.days(report.day_from, report.day_to),
            branch=report.branch or words("all_branches"),
            as_of=calendar.local(report.as_of_ms).strftime(_MINUTE_FORMAT),
            warnings=report_warnings(report, words),
        ),
        facts=tuple((card.title, card.value) for card in figure_cards(report, words)),
        bars_title=chart_title(report, words),
        bars=chart_bars(report),
        tables=(*_hours(report, words), *tables),
    )


def _hours(report: DayReport, words: Words) -> tuple[ReportTable, ...]:
    if not report.hours:
        return ()
    columns = (
        TableColumn(words("hour"), numeric=False),
        TableColumn(words("sales")),
        TableColumn(words("sum")),
    )
    rows = tuple(
        (f"{row.hour:02d}:00", Count(row.sales), Money(row.amount)) for row in report.hours
    )
    return (ReportTable("hours", words("hour"), columns, rows),)
