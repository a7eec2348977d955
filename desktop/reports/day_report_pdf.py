"""The day report on A4: the headline in cards, the hours as bars, then the tables.

Every page says what it is about and of how many it is one; the first says as of when, and which
counters are missing.
"""

from dataclasses import dataclass
from typing import Final

from db.domain.clock import BusinessCalendar
from db.queries.reports.day import DayReport
from desktop.reports.cells import shown
from desktop.reports.day_tables import (
    FigureCard,
    ReportTable,
    chart_bars,
    chart_title,
    day_tables,
    figure_cards,
    report_title,
    report_warnings,
)
from desktop.reports.paper import MARGIN, Foot, Ink, Paper, fitted, width_of, wrapped
from desktop.reports.paper_tables import (
    Strip,
    draw_chart,
    draw_table,
    draw_title,
    table_height,
)
from desktop.reports.words import Words

CARD_HEIGHT: Final = 58.0
CARD_GAP: Final = 8.0
CARDS_IN_ROW: Final = 4
CHART_HEIGHT: Final = 118.0
COLUMN_GAP: Final = 20.0
SECTION_GAP: Final = 10.0
VALUE_SIZES: Final = (16.0, 14.0, 12.0, 10.0)
WARNING_LINE: Final = 13.0


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the parts of one document share."""

    paper: Paper
    words: Words
    calendar: BusinessCalendar

    @property
    def whole(self) -> Strip:
        """Return the full width."""
        return Strip(MARGIN, self.paper.inner_width)

    def halves(self) -> tuple[Strip, Strip]:
        """Return the two columns."""
        width = (self.paper.inner_width - COLUMN_GAP) / 2
        return Strip(MARGIN, width), Strip(MARGIN + width + COLUMN_GAP, width)


def day_report_pdf(
    report: DayReport, *, calendar: BusinessCalendar, language: str, made_by: str = ""
) -> bytes:
    """Return the report as a PDF in `zh_CN` or `en`; phones and names of members are not in it."""
    words = Words(language)
    days = words.days(report.day_from, report.day_to)
    title = f"{report_title(report, words)}·{days}"
    paper = Paper(title=title)
    frame = _Frame(paper, words, calendar)
    _head(frame, report, made_by)
    _warnings(frame, report)
    _cards(frame, figure_cards(report, words))
    if bars := chart_bars(report):
        draw_title(paper, chart_title(report, words), frame.whole)
        draw_chart(paper, bars, frame.whole, height=CHART_HEIGHT)
        paper.y -= SECTION_GAP
    if report.empty:
        paper.text((MARGIN, paper.y - 24), words("empty"), Ink(12, colour="muted"))
    else:
        _tables(frame, day_tables(report, words, calendar=calendar))
    where = report.branch or words("all_branches")
    page = words("page", page="{page}", pages="{pages}")
    return paper.finish(Foot(f"{words('product')}·{title}·{where}", page))


def _head(frame: _Frame, report: DayReport, made_by: str) -> None:
    paper, words = frame.paper, frame.words
    right = paper.width - MARGIN
    local = frame.calendar.local(report.as_of_ms)
    cut = f"{frame.calendar.day_cut_minutes // 60:02d}:{frame.calendar.day_cut_minutes % 60:02d}"
    paper.text((MARGIN, paper.y - 20), report_title(report, words), Ink(22, bold=True))
    where = report.branch or words("all_branches")
    room = paper.inner_width - 190
    paper.text((MARGIN, paper.y - 40), fitted(where, Ink(12, bold=True), room), Ink(12, bold=True))
    days = words.days(report.day_from, report.day_to)
    paper.text((MARGIN, paper.y - 56), days, Ink(10.5, colour="muted"))
    as_of = words("as_of", at=f"{local:%Y-%m-%d %H:%M}")
    paper.text_right((right, paper.y - 40), as_of, Ink(10.5, bold=True))
    small = Ink(8.5, colour="muted")
    said = words("business_day", cut=cut)
    if made_by:
        said = f"{said}·{words('made_by', name=made_by)}"
    paper.text_right((right, paper.y - 56), said, small)
    paper.y -= 66
    paper.rule(MARGIN, right, paper.y, colour="primary")
    paper.y -= SECTION_GAP


def _warnings(frame: _Frame, report: DayReport) -> None:
    paper, ink = frame.paper, Ink(9.5, bold=True, colour="warn")
    room = paper.inner_width - 20
    lines = [
        line
        for warning in report_warnings(report, frame.words)
        for line in wrapped(warning, ink, room)
    ]
    if not lines:
        return
    height = len(lines) * WARNING_LINE + 10
    paper.box((MARGIN, paper.y - height, paper.inner_width, height), fill="warn_bg", radius=4)
    for place, line in enumerate(lines):
        paper.text((MARGIN + 10, paper.y - 15 - place * WARNING_LINE), line, ink)
    paper.y -= height + SECTION_GAP


def _cards(frame: _Frame, cards: tuple[FigureCard, ...]) -> None:
    paper = frame.paper
    width = (paper.inner_width - (CARDS_IN_ROW - 1) * CARD_GAP) / CARDS_IN_ROW
    for start in range(0, len(cards), CARDS_IN_ROW):
        for place, card in enumerate(cards[start : start + CARDS_IN_ROW]):
            x = MARGIN + place * (width + CARD_GAP)
            _card(paper, card, Strip(x, width))
        paper.y -= CARD_HEIGHT + CARD_GAP


def _card(paper: Paper, card: FigureCard, strip: Strip) -> None:
    bottom = paper.y - CARD_HEIGHT
    paper.frame((strip.x, bottom, strip.width, CARD_HEIGHT), radius=4)
    room = strip.width - 16
    value = shown(card.value)
    inks = [Ink(size, bold=True) for size in VALUE_SIZES]
    ink = next((ink for ink in inks if width_of(value, ink) <= room), inks[-1])
    paper.text((strip.x + 8, bottom + CARD_HEIGHT - 15), card.title, Ink(8.5, colour="muted"))
    paper.text((strip.x + 8, bottom + 21), value, ink)
    notes = [Ink(size, colour="muted") for size in (7.5, 7.0, 6.5, 6.0)]
    note = next((ink for ink in notes if width_of(card.note, ink) <= room), notes[-1])
    paper.text((strip.x + 8, bottom + 8), fitted(card.note, note, room), note)


def _tables(frame: _Frame, tables: tuple[ReportTable, ...]) -> None:
    """Put the narrow tables side by side and the wide ones under each other."""
    by_key = {table.key: table for table in tables}
    narrow = [by_key.pop(key) for key in ("categories", "tenders", "points") if key in by_key]
    _side_by_side(frame, narrow)
    for table in by_key.values():
        frame.paper.y -= SECTION_GAP
        draw_table(frame.paper, table, frame.whole)


def _side_by_side(frame: _Frame, tables: list[ReportTable]) -> None:
    """Stand the first table at the left and the others at the right, on one page."""
    if not tables:
        return
    paper = frame.paper
    left, right = frame.halves()
    right_height = sum(table_height(table) + SECTION_GAP for table in tables[1:])
    paper.need(max(table_height(tables[0]), right_height))
    top = paper.y
    draw_table(paper, tables[0], left)
    lowest, paper.y = paper.y, top
    for table in tables[1:]:
        draw_table(paper, table, right)
        paper.y -= SECTION_GAP
    paper.y = min(lowest, paper.y)
