"""What stands on a receipt, before anybody knows how wide the paper is.

A receipt is a list of blocks; `desktop.receipts.layout` fits them to the columns of a printer and
`desktop.devices.escpos` says them in its language. So a receipt is tested without a printer, and a
printer without a shop.
"""

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Where a block stands on the paper."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `big` is double width and height."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    big: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A name at the left edge and a figure at the right edge, which is never broken."""

    name: str
    figure: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in a line: the first takes what the others leave; those are figures, at the right.

    `widths` are the columns of the figures; a figure that is wider takes what it needs.
    """

    cells: tuple[str, ...]
    widths: tuple[int, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""

    double: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code in the middle, with the words that stand below it."""

    payload: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Empty lines."""

    lines: int = 1


Block = Text | Pair | Row | Rule | Code | Space


@dataclass(frozen=True, slots=True)
class Receipt:
    """One piece of paper, cut off at its end.

    `title` names it in the printer's queue; `opens_drawer` asks for the cash drawer's pulse.
    """

    title: str
    blocks: tuple[Block, ...]
    opens_drawer: bool = False
