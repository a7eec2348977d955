"""What the shop owes for stored value: as a document, on a terminal, and as CSV."""

from collections.abc import Iterator
from typing import Any

from db.domain.money import amount_text
from db.queries.reports.stored_value import PurseFigures, StoredValueReport
from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, money
from desktop.reports.csv_text import csv_bytes

Document = dict[str, Any]
_FIGURES = ("opening", "topped_up", "spent", "refunded", "expired", "closing")
_PURSES = ("principal", "bonus")


def value_report_document(report: StoredValueReport) -> Document:
    """Return the report for the edge: money as decimal strings."""
    return {
        "day_from": report.day_from.isoformat(),
        "day_to": report.day_to.isoformat(),
        "liability": amount_text(report.closing),
        "principal": _figures(report.principal),
        "bonus": _figures(report.bonus),
        "branches": [
            {
                "branch": row.branch,
                "principal": _figures(row.principal),
                "bonus": _figures(row.bonus),
            }
            for row in report.branches
        ],
    }


def value_report_page(sheet: Sheet, answer: Document) -> None:
    """Show opening, what came and went, and closing: a row for each purse of each branch."""
    say = sheet.tongue
    first, last = answer["day_from"], answer["day_to"]
    sheet.say(
        say(f"储值负债 {first} 至 {last}", f"What is owed for stored value, {first} to {last}")
    )
    sheet.gap()
    sheet.facts([(say.label("liability"), money(answer["liability"]))])
    columns = [
        Column(say.label("branch"), elastic=True),
        Column(say.label("purse")),
        *(Column(_title(say, name), right=True) for name in _FIGURES),
    ]
    lines = [
        Line((where, purse, *(money(figures[name]) for name in _FIGURES)))
        for where, purse, figures in _rows(say, answer)
    ]
    sheet.table("", columns, lines)


def value_report_csv(report: StoredValueReport, language: str) -> bytes:
    """Return the report as one table for a spreadsheet."""
    say = Tongue("en" if language == "en" else "zh", 0)
    head = (say.label("branch"), say.label("purse"), *(_title(say, name) for name in _FIGURES))
    rows = [
        (where, purse, *(figures[name] for name in _FIGURES))
        for where, purse, figures in _rows(say, value_report_document(report))
    ]
    return csv_bytes([head, *rows])


def _rows(say: Tongue, answer: Document) -> Iterator[tuple[str, str, Document]]:
    """Yield (branch, purse, figures), the whole shop last where there are several branches."""
    for row in answer["branches"]:
        for purse in _PURSES:
            yield row["branch"], say.label(purse), row[purse]
    if len(answer["branches"]) > 1:
        for purse in _PURSES:
            yield say("合计", "Total"), say.label(purse), answer[purse]


def _title(say: Tongue, name: str) -> str:
    return say("期初", "Opening") if name == "opening" else say.label(name)


def _figures(figures: PurseFigures) -> Document:
    return {name: amount_text(getattr(figures, name)) for name in _FIGURES}
