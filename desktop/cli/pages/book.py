"""A report on a terminal by its form: its title and days, its facts, its tables."""

from collections.abc import Callable
from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.reports.book import Heading, ReportForm, book_of
from desktop.reports.cells import shown

Document = dict[str, Any]


def form_page(form: ReportForm) -> Callable[[Sheet, Document], None]:
    """Return what puts a document of this form on a page."""

    def page(sheet: Sheet, document: Document) -> None:
        book = book_of(form, document, sheet.tongue, heading=Heading("", "", ""))
        days = [document[name] for name in ("from", "to") if document.get(name)]
        sheet.say(" ".join([book.title, *dict.fromkeys(days)]))
        sheet.gap()
        sheet.facts([(name, shown(cell)) for name, cell in book.facts])
        for table in book.tables:
            columns = [
                Column(column.title, right=column.numeric, elastic=column.stretch)
                for column in table.columns
            ]
            lines = [Line([shown(cell) for cell in row]) for row in table.rows]
            sheet.table(table.title, columns, lines)

    return page
