"""A report on A4: head, facts, bars and tables, what it means at its end.

A table that is wider than the page goes on below itself with its first column again.
"""

from dataclasses import replace
from typing import Final

from desktop.reports.book import ReportBook
from desktop.reports.cells import Cell, shown
from desktop.reports.day_tables import ReportTable
from desktop.reports.paper import MARGIN, Foot, Ink, Paper, fitted, width_of, wrapped
from desktop.reports.paper_tables import Strip, column_widths, draw_chart, draw_table, draw_title
from desktop.wording.speech import Voice

CHART_HEIGHT: Final = 130.0
FACT_HEIGHT: Final = 40.0
FACTS_IN_ROW: Final = 4
GAP: Final = 10.0
LINE: Final = 13.0
NAME_MIN: Final = 90.0


def book_pdf(book: ReportBook, say: Voice) -> bytes:
    """Return the report as a PDF."""
    title = f"{book.title}·{book.heading.days}"
    paper = Paper(title=title)
    whole = Strip(MARGIN, paper.inner_width)
    _head(paper, book, say)
    _warnings(paper, book.heading.warnings)
    _facts(paper, book.facts)
    if book.bars:
        draw_title(paper, book.bars_title, whole)
        draw_chart(paper, book.bars, whole, height=CHART_HEIGHT)
    for table in book.tables:
        for part in parts_of(table, paper.inner_width):
            paper.y -= GAP
            draw_table(paper, part, whole)
    if not book.tables:
        empty = say("这段时间没有记录", "Nothing recorded in this time")
        paper.text((MARGIN, paper.y - 24), empty, Ink(12, colour="muted"))
        paper.y -= 30
    _definition(paper, book.definition)
    page = say("第 {page} / {pages} 页", "Page {page} of {pages}")
    where = book.heading.branch
    return paper.finish(Foot(f"{say('柜台会员', 'Guitai')}·{title}·{where}", page))


def parts_of(table: ReportTable, width: float) -> tuple[ReportTable, ...]:
    """Return the table, or as many with its first column each as it takes to fit the width.

    A column without a word in any row is left out, and so is a row that says nothing further on.
    """
    told = [i for i in range(1, len(table.columns)) if any(shown(row[i]) for row in table.rows)]
    table = _only(table, [0, *told])
    widths = column_widths(table, width)
    first = min(widths[0], NAME_MIN) if table.columns[0].stretch else widths[0]
    groups: list[list[int]] = [[]]
    used = first
    for place, wide in enumerate(widths[1:], start=1):
        if used + wide > width and groups[-1]:
            groups.append([])
            used = first
        groups[-1].append(place)
        used += wide
    first_part, *others = (_only(table, [0, *group]) for group in groups)
    return (first_part, *(_with_words(part) for part in others))


def _with_words(table: ReportTable) -> ReportTable:
    """Return a part of a table without the rows that hold nothing but their name."""
    rows = tuple(row for row in table.rows if any(shown(cell) for cell in row[1:]))
    return replace(table, rows=rows, alarms=frozenset())


def _only(table: ReportTable, places: list[int]) -> ReportTable:
    def of(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(row[place] for place in places)

    return ReportTable(
        table.key,
        table.title,
        tuple(table.columns[place] for place in places),
        tuple(map(of, table.rows)),
        None if table.total is None else of(table.total),
        table.alarms,
    )


def _head(paper: Paper, book: ReportBook, say: Voice) -> None:
    right = paper.width - MARGIN
    heading = book.heading
    paper.text((MARGIN, paper.y - 20), book.title, Ink(22, bold=True))
    bold = Ink(12, bold=True)
    branch = fitted(heading.branch, bold, paper.inner_width - 190)
    paper.text((MARGIN, paper.y - 40), branch, bold)
    paper.text((MARGIN, paper.y - 56), heading.days, Ink(10.5, colour="muted"))
    as_of = f"{say('截至', 'As of')} {heading.as_of}"
    paper.text_right((right, paper.y - 40), as_of, Ink(10.5, bold=True))
    paper.y -= 66
    paper.rule(MARGIN, right, paper.y, colour="primary")
    paper.y -= GAP


def _warnings(paper: Paper, warnings: tuple[str, ...]) -> None:
    ink = Ink(9.5, bold=True, colour="warn")
    lines = [line for each in warnings for line in wrapped(each, ink, paper.inner_width - 20)]
    if not lines:
        return
    height = len(lines) * LINE + 10
    paper.box((MARGIN, paper.y - height, paper.inner_width, height), fill="warn_bg", radius=4)
    for place, line in enumerate(lines):
        paper.text((MARGIN + 10, paper.y - 15 - place * LINE), line, ink)
    paper.y -= height + GAP


def _facts(paper: Paper, facts: tuple[tuple[str, Cell], ...]) -> None:
    """Draw the facts four in a row; a figure is never cut."""
    width = (paper.inner_width - (FACTS_IN_ROW - 1) * GAP) / FACTS_IN_ROW
    for start in range(0, len(facts), FACTS_IN_ROW):
        for place, (title, cell) in enumerate(facts[start : start + FACTS_IN_ROW]):
            x = MARGIN + place * (width + GAP)
            paper.frame((x, paper.y - FACT_HEIGHT, width, FACT_HEIGHT), radius=4)
            small = Ink(8, colour="muted")
            paper.text((x + 8, paper.y - 13), fitted(title, small, width - 16), small)
            value = shown(cell)
            inks = [Ink(size, bold=True) for size in (14.0, 12.0, 10.0, 8.0)]
            ink = next((ink for ink in inks if width_of(value, ink) <= width - 16), inks[-1])
            paper.text((x + 8, paper.y - 32), value, ink)
        paper.y -= FACT_HEIGHT + GAP


def _definition(paper: Paper, definition: str) -> None:
    ink = Ink(8.5, colour="muted")
    lines = wrapped(definition, ink, paper.inner_width)
    paper.need(len(lines) * LINE + GAP)
    paper.y -= GAP
    for line in lines:
        paper.y -= LINE
        paper.text((MARGIN, paper.y), line, ink)
