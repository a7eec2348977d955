"""The day report as CSV: every figure in a cell of its own, as a spreadsheet wants it.

UTF-8 with a BOM, or Excel on Windows misreads Chinese; CRLF as RFC 4180 has it.
"""

from db.domain.clock import BusinessCalendar
from db.domain.money import amount_text
from db.queries.reports.day import DayReport
from desktop.reports.cells import plain
from desktop.reports.csv_text import csv_bytes
from desktop.reports.day_tables import day_tables, figure_cards, report_title, report_warnings
from desktop.reports.words import Words


def day_report_csv(report: DayReport, *, calendar: BusinessCalendar, language: str) -> bytes:
    """Return the report as one file of titled blocks, blank lines between them."""
    words = Words(language)
    local = calendar.local(report.as_of_ms)
    rows: list[tuple[str, ...]] = [
        (report_title(report, words),),
        (words.days(report.day_from, report.day_to),),
        (report.branch or words("all_branches"),),
        (words("as_of", at=f"{local:%Y-%m-%d %H:%M}"),),
        *((warning,) for warning in report_warnings(report, words)),
        (),
        (words("item"), words("value"), words("note")),
    ]
    rows += [(card.title, plain(card.value), card.note) for card in figure_cards(report, words)]
    if report.hours:
        rows += [(), (words("hour"), words("sales"), words("sum"))]
        rows += [
            (f"{row.hour:02d}:00", str(row.sales), amount_text(row.amount)) for row in report.hours
        ]
    for table in day_tables(report, words, calendar=calendar):
        rows += [(), (table.title,), tuple(column.title for column in table.columns)]
        rows += [tuple(plain(cell) for cell in row) for row in table.rows]
        if table.total is not None:
            rows.append(tuple(plain(cell) for cell in table.total))
    return csv_bytes(rows)
