"""Tables and charts on paper: figures at the right, hairlines, the head again on the next page."""

from dataclasses import dataclass
from typing import Final

from desktop.reports.cells import Cell, shown
from desktop.reports.day_tables import ReportTable, TableColumn
from desktop.reports.paper import Ink, Paper, fitted, width_of
from desktop.widgets.chart_drawing import Anchor, Bar, Block, Rule, Words, draw_bars

ROW: Final = 17.0
HEAD: Final = 18.0
TITLE: Final = 26.0
PAD: Final = 5.0
KEPT_TOGETHER: Final = 200.0
"""A table up to this height is not torn; of a longer one so much stays with its title."""
CHART_SCALE: Final = 0.52
_TITLE_INK: Final = Ink(11.5, bold=True)
_HEAD_INK: Final = Ink(8, colour="muted")
_CELL_INK: Final = Ink(9)
_TOTAL_INK: Final = Ink(9, bold=True)
_ALARM_INK: Final = Ink(9, bold=True, colour="warn")
_TEXT_MIN: Final = 44.0


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a table stands: its left edge and its width."""

    x: float
    width: float


def draw_table(paper: Paper, table: ReportTable, strip: Strip) -> None:
    """Draw a table from the pen downwards; it may go on over several pages."""
    pen = _Pen(paper, table.columns, column_widths(table, strip.width), strip)
    paper.need(min(table_height(table), KEPT_TOGETHER))
    draw_title(paper, table.title, strip)
    pen.head()
    for place, row in enumerate(table.rows):
        if not paper.fits(ROW):
            paper.turn()
            pen.head()
        pen.row(row, _ALARM_INK if place in table.alarms else _CELL_INK)
    if table.total is not None:
        paper.need(ROW)
        paper.rule(strip.x, strip.x + strip.width, paper.y, colour="border")
        pen.row(table.total, _TOTAL_INK)


def table_height(table: ReportTable) -> float:
    """Return how high a table is on one page."""
    rows = len(table.rows) + (table.total is not None)
    return TITLE + HEAD + rows * ROW


def column_widths(table: ReportTable, width: float) -> list[float]:
    """Return the width of each column: as wide as its widest figure, the rest for the text."""
    rows = [*table.rows, *([table.total] if table.total is not None else [])]
    widths = [
        max(
            width_of(column.title, _HEAD_INK),
            *(width_of(shown(row[place]), _TOTAL_INK) for row in rows),
        )
        + 2 * PAD
        for place, column in enumerate(table.columns)
    ]
    stretched = next((i for i, column in enumerate(table.columns) if column.stretch), 0)
    others = sum(widths) - widths[stretched]
    widths[stretched] = max(width - others, _TEXT_MIN)
    return widths


def draw_chart(paper: Paper, bars: tuple[Bar, ...], strip: Strip, *, height: float) -> None:
    """Draw the bars that the screen shows, by the same drawing, from the pen downwards."""

    def measure(text: str, size: float) -> float:
        return width_of(text, Ink(size))

    top = paper.y
    shapes = draw_bars(bars, width=strip.width, height=height, measure=measure, scale=CHART_SCALE)
    for shape in shapes:
        match shape:
            case Block(x, y, width, high, colour):
                area = (strip.x + x, top - y - high, width, high)
                paper.box(area, fill=colour, radius=1)
            case Rule(x1, y1, x2, _, colour):
                paper.rule(strip.x + x1, strip.x + x2, top - y1, colour=colour)
            case Words(x, y, text, size, colour, anchor, bold):
                write = {
                    Anchor.LEFT: paper.text,
                    Anchor.MIDDLE: paper.text_middle,
                    Anchor.RIGHT: paper.text_right,
                }[anchor]
                write((strip.x + x, top - y), text, Ink(size, bold=bold, colour=colour))
    paper.y -= height


def draw_title(paper: Paper, title: str, strip: Strip) -> None:
    """Write the title of a part."""
    paper.text((strip.x, paper.y - 15), title, _TITLE_INK)
    paper.y -= TITLE


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws one table's rows."""

    paper: Paper
    columns: tuple[TableColumn, ...]
    widths: list[float]
    strip: Strip

    def head(self) -> None:
        """Draw the names of the columns on their ground."""
        paper, strip = self.paper, self.strip
        paper.box((strip.x, paper.y - HEAD, strip.width, HEAD), fill="surface_2", radius=2)
        self._write([column.title for column in self.columns], paper.y - HEAD + 6, _HEAD_INK)
        paper.y -= HEAD

    def row(self, row: tuple[Cell, ...], ink: Ink) -> None:
        """Draw a row and the hairline under it."""
        self._write([shown(cell) for cell in row], self.paper.y - ROW + 5.5, ink)
        self.paper.y -= ROW
        self.paper.rule(self.strip.x, self.strip.x + self.strip.width, self.paper.y)

    def _write(self, texts: list[str], base: float, ink: Ink) -> None:
        x = self.strip.x
        for column, text, width in zip(self.columns, texts, self.widths, strict=True):
            if column.numeric:
                self.paper.text_right((x + width - PAD, base), text, ink)
            else:
                self.paper.text((x + PAD, base), fitted(text, ink, width - 2 * PAD), ink)
            x += width
