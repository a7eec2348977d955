"""Fitting a receipt to the columns of a printer: lines of text, and codes between them.

Nothing is wider than the paper, no character of a name is lost, and figures end at the right edge.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.receipts.columns import fitted, to_left, to_right, width_of
from desktop.receipts.receipt import Align, Block, Code, Pair, Receipt, Row, Rule, Space, Text

FIRST_CELL_MIN = 8
"""Columns that the name keeps; with less beside it the figures go to a line of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print; a `big` one counts half the columns."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    big: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A QR code in the middle of the paper."""

    payload: str


def laid_out(receipt: Receipt, *, columns: int) -> list[Line | Mark]:
    """Return what a printer of so many columns (16 or more) prints, from top to bottom."""
    if columns < 2 * FIRST_CELL_MIN:
        raise ValueError(columns)
    return [piece for block in receipt.blocks for piece in _of_block(block, columns)]


def row_lines(cells: tuple[str, ...], widths: tuple[int, ...], *, columns: int) -> list[str]:
    """Return the lines of one row of cells."""
    name, *figures = cells
    wide = [max(width, width_of(figure) + 1) for width, figure in zip(widths, figures, strict=True)]
    room = columns - sum(wide)
    tail = "".join(map(to_right, figures, wide))
    if room < FIRST_CELL_MIN:
        return [*fitted(name, columns), to_right(tail.lstrip(), columns)]
    first, *rest = fitted(name, room)
    return [to_left(first, room) + tail, *rest]


def _of_block(block: Block, columns: int) -> Iterable[Line | Mark]:
    match block:
        case Text(text, align, bold, big):
            wide = columns // 2 if big else columns
            return [Line(line, align, bold=bold, big=big) for line in fitted(text, wide)]
        case Pair(name, figure, bold):
            return _row((name, figure), (0,), bold=bold, columns=columns)
        case Row(cells, widths, bold):
            return _row(cells, widths, bold=bold, columns=columns)
        case Rule(double):
            return [Line(("=" if double else "-") * columns)]
        case Space(lines):
            return [Line("")] * lines
        case Code(payload, caption):
            return [Mark(payload), *_caption(caption, columns)]


def _row(
    cells: tuple[str, ...], widths: tuple[int, ...], *, bold: bool, columns: int
) -> list[Line | Mark]:
    return [Line(line, bold=bold) for line in row_lines(cells, widths, columns=columns)]


def _caption(caption: str, columns: int) -> list[Line]:
    return [Line(line, Align.CENTRE) for line in fitted(caption, columns)] if caption else []
