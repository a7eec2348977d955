"""A report as a workbook: a sheet that sums up, then a sheet a table, its head frozen.

Figures are numbers and texts are texts: nothing of what a member or a product is called is run as
a formula or a link. xlsxwriter is imported when the first workbook is made.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from desktop.reports.book import ReportBook
from desktop.reports.cells import Cell, Count, Figure, Money, PerMille, Ratio, shown
from desktop.reports.csv_text import guarded
from desktop.reports.day_tables import ReportTable
from desktop.wording.speech import Voice

NAME_MAX: Final = 31
WIDEST: Final = 48
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "text": {},
    "quoted": {"quote_prefix": True},
    "head": {"bold": True, "bottom": 1, "bg_color": "#EEF2F5"},
    "head_right": {"bold": True, "bottom": 1, "bg_color": "#EEF2F5", "align": "right"},
    "title": {"bold": True, "font_size": 16},
    "bold": {"bold": True},
    "money": {"num_format": "#,##0.00"},
    "count": {"num_format": "#,##0"},
    "share": {"num_format": "0.0%"},
    "number": {"num_format": "#,##0.0"},
}


def book_xlsx(book: ReportBook, say: Voice) -> bytes:
    """Return the report as an XLSX workbook."""
    import xlsxwriter

    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        pens = {name: workbook.add_format(form) for name, form in _FORMATS.items()}
        names: set[str] = set()
        summary = workbook.add_worksheet(_name(say("概要", "Summary"), names))
        _summary(_Page(summary, pens), book, say)
        for table in book.tables:
            _table(_Page(workbook.add_worksheet(_name(table.title, names)), pens), table)
    return content.getvalue()


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet of the workbook, and the pens to write with."""

    sheet: Any
    pens: dict[str, Any]

    def write(self, at: tuple[int, int], cell: Cell) -> None:
        """Write a cell as what it is; nothing for nothing."""
        match cell:
            case "":
                return  # an empty cell, not a cell with nothing in it
            case str():
                pen = self.pens["text" if guarded(cell) == cell else "quoted"]
                self.sheet.write_string(*at, cell, pen)
            case Money(int(amount)):
                self.sheet.write_number(*at, amount / 100, self.pens["money"])
            case Count(number):
                self.sheet.write_number(*at, number, self.pens["count"])
            case PerMille(parts):
                self.sheet.write_number(*at, parts / 1000, self.pens["share"])
            case Ratio(float(value)):
                self.sheet.write_number(*at, value, self.pens["share"])
            case Figure(float(value)):
                self.sheet.write_number(*at, value, self.pens["number"])


def _summary(page: _Page, book: ReportBook, say: Voice) -> None:
    heading = book.heading
    page.sheet.hide_gridlines(2)
    page.sheet.set_column(0, 0, 26)
    page.sheet.set_column(1, 1, 40)
    page.sheet.write_string(0, 0, book.title, page.pens["title"])
    lines = [
        (say("日期", "Days"), heading.days),
        (say("门店", "Branch"), heading.branch),
        (say("截至", "As of"), heading.as_of),
        *((say("注意", "Note"), warning) for warning in heading.warnings),
        *book.facts,
        (say("口径", "Definition"), book.definition),
    ]
    for row, (name, cell) in enumerate(lines, start=2):
        page.write((row, 0), name)
        page.write((row, 1), cell)


def _table(page: _Page, table: ReportTable) -> None:
    sheet = page.sheet
    for place, column in enumerate(table.columns):
        pen = page.pens["head_right" if column.numeric else "head"]
        sheet.write_string(0, place, column.title, pen)
        cells = [shown(row[place]) for row in table.rows]
        wide = max(map(_width, [column.title, *cells])) + 2
        sheet.set_column(place, place, min(wide, WIDEST))
    lines = [*table.rows, *([table.total] if table.total is not None else [])]
    for line, row in enumerate(lines, start=1):
        for place, cell in enumerate(row):
            page.write((line, place), cell)
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _name(title: str, taken: set[str]) -> str:
    """Return a name that a workbook takes: short, without what it forbids, its own."""
    wanted = _FORBIDDEN.sub(" ", title).strip()[:NAME_MAX] or "-"
    name, number = wanted, 1
    while name.lower() in taken:
        number += 1
        name = f"{wanted[: NAME_MAX - 4]} {number}"
    taken.add(name.lower())
    return name


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
