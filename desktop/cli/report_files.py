"""A report's document as an answer or a file: JSON, CSV, XLSX or PDF, the same figures in each."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from desktop.cli.answers import Document, answer
from desktop.cli.files import write_bytes
from desktop.cli.home import Home
from desktop.cli.pages.imports import file_page
from desktop.wording.speech import Speech

if TYPE_CHECKING:
    from desktop.reports.book import Heading, ReportBook, ReportForm

FILE_FORMS = ("csv", "xlsx", "pdf")
"""Forms that a terminal does not show: they need `--out`."""
Page = Callable[..., None]


def tell_document(
    home: Home,
    document: Document,
    page: Page,
    *,
    form: "ReportForm",
    rows: str,
    days: tuple[date | None, date],
    branch: str | None,
    asked: str,
    out: Path | None,
) -> None:
    """Answer with a report: on the terminal, or as a file; CSV holds the document's `rows`."""
    call = home.call
    call.as_json = call.as_json or (asked == "json" and out is None)
    if out is None:
        answer(call, document, page)
        return
    if asked in ("xlsx", "pdf"):
        from desktop.reports.book import book_of

        say = Speech(call.language)
        book = book_of(form, document, say, heading=heading_of(home, days=days, branch=branch))
        write_bytes(out, book_file(book, say, asked))
    elif asked == "csv":
        write_bytes(out, document_csv(document[rows]))
    else:
        write_bytes(out, msgspec.json.format(msgspec.json.encode(document), indent=2))
    answer(call, {"file": str(out), "format": asked}, file_page)


def book_file(book: "ReportBook", say: Speech, asked: str) -> bytes:
    """Return a report as a workbook or as paper."""
    if asked == "xlsx":
        from desktop.reports.book_xlsx import book_xlsx

        return book_xlsx(book, say)
    from desktop.reports.book_pdf import book_pdf

    return book_pdf(book, say)


def heading_of(home: Home, *, days: tuple[date | None, date], branch: str | None) -> "Heading":
    """Return what a report's head says: its days, its branch, and as of when it is."""
    from desktop.reports.book import Heading

    say = Speech(home.call.language)
    first, last = days
    local = home.identity.calendar.local(home.storage.clock.wall_ms())
    return Heading(
        days=_days(first, last, say),
        branch=branch or say("全部门店", "All branches"),
        as_of=f"{local:%Y-%m-%d %H:%M}",
    )


def _days(first: date | None, last: date, say: Speech) -> str:
    if first is None:
        return say(f"至 {last}", f"to {last}")
    return f"{first}" if first == last else f"{first} – {last}"


def document_csv(rows: list[Document]) -> bytes:
    """Return rows as a spreadsheet reads them; lists within a row are joined by spaces."""
    from desktop.reports.csv_text import csv_bytes

    if not rows:
        return csv_bytes([])
    head = tuple(rows[0])
    lines = [tuple(_cell(row[name]) for name in head) for row in rows]
    return csv_bytes([head, *lines])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(map(_cell, value))
    return str(value)
