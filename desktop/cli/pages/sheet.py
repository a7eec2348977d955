"""What people read on a terminal: aligned facts, narrow tables, sentences that wrap.

Widths are counted in cells (a Chinese character takes two), nothing is wider than 80 cells or the
window, and a page says what it means in the reader's language alone.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len, set_cell_size

from desktop.cli.pages.tongue import Tongue

WIDTH = 80
GAP = 2
INDENT = "  "
_NOT_FIRST = "，。；：、）」！？,.;:)%"
_NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column; figures stand at the right, the elastic one gives way when the page is narrow."""

    title: str
    right: bool = False
    elastic: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, and what stands below it in small."""

    cells: Sequence[str]
    under: str = ""


@dataclass(slots=True)
class Sheet:
    """A page in the making; `text` is all of it."""

    tongue: Tongue
    width: int = WIDTH
    command: str = "guitai"
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the page, every line ended, no blank line at its end."""
        return "\n".join(self.lines).rstrip("\n") + "\n"

    def gap(self) -> None:
        """Leave one line empty, however often it is asked for."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def say(self, text: str, *, indent: str = "") -> None:
        """Add a sentence, wrapped."""
        for line in wrapped(text, self.width - cell_len(indent)):
            self.lines.append(indent + line)

    def title(self, text: str) -> None:
        """Add the title of what follows."""
        self.gap()
        self.say(text)

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Add names and values under each other; a value that says nothing is left out."""
        shown = [(name, value) for name, value in pairs if value]
        at = max((cell_len(name) for name, _ in shown), default=0) + GAP
        for name, value in shown:
            for place, part in enumerate(wrapped(value, self.width - at)):
                self.lines.append(padded("" if place else name, at) + part)

    def table(self, title: str, columns: Sequence[Column], rows: Sequence[Line]) -> None:
        """Add a table; a column that is empty in every row is left out, and so is no row at all."""
        if not rows:
            return
        kept = [i for i in range(len(columns)) if any(row.cells[i] for row in rows)]
        heads = [columns[i] for i in kept]
        body = [[row.cells[i] for i in kept] for row in rows]
        widths = self._widths(heads, body)
        if title:
            self.title(title)
        if any(head.title for head in heads):
            self._row(heads, [head.title for head in heads], widths)
        for row, cells in zip(rows, body, strict=True):
            self._row(heads, cells, widths)
            if row.under:
                self.say(row.under, indent=INDENT * 2)

    def next(self, *commands: str) -> None:
        """Say which commands come next."""
        self.gap()
        self.say(self.tongue("接下来：", "Next:"))
        self.call(*commands)

    def call(self, *commands: str) -> None:
        """Add commands of the same home; they are not wrapped, so that they can be copied."""
        self.lines.extend(f"{INDENT}{self.command} {command}" for command in commands)

    def _widths(self, heads: Sequence[Column], body: Sequence[Sequence[str]]) -> list[int]:
        widths = [
            max(cell_len(head.title), *(cell_len(row[i]) for row in body))
            for i, head in enumerate(heads)
        ]
        over = sum(widths) + GAP * (len(widths) - 1) + len(INDENT) - self.width
        for i, head in enumerate(heads):
            if over > 0 and head.elastic:
                narrower = max(_NARROWEST, widths[i] - over)
                over -= widths[i] - narrower
                widths[i] = narrower
        return widths

    def _row(self, heads: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> None:
        parts = [
            padded(cell, width, right=head.right)
            for head, cell, width in zip(heads, cells, widths, strict=True)
        ]
        self.lines.append((INDENT + (" " * GAP).join(parts)).rstrip())


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return the text in exactly so many cells; what does not fit ends in `…`."""
    spare = width - cell_len(text)
    if spare < 0:
        return set_cell_size(text, width - 1) + "…"
    return " " * spare + text if right else text + " " * spare


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of so many cells: broken at spaces, or between Chinese characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            if line and cell_len(line + word.rstrip()) > width and word[0] not in _NOT_FIRST:
                lines.append(line.rstrip())
                line = ""
            line += word
        lines.extend(_cut(line.rstrip(), width) or [""])
    return lines


def _words(text: str) -> list[str]:
    """Return what may not be broken: words with the space behind them, single wide characters."""
    words: list[str] = []
    for character in text:
        whole = words and not words[-1].endswith(" ") and not _is_wide(words[-1][-1])
        if words and (character == " " or (whole and not _is_wide(character))):
            words[-1] += character
        else:
            words.append(character)
    return words


def _cut(line: str, width: int) -> list[str]:
    """Return a line as it is; one that no space breaks (a path, a digest) in pieces."""
    if cell_len(line) <= width + GAP or " " in line:
        return [line]
    return textwrap.wrap(line, width, break_on_hyphens=False)


def _is_wide(character: str) -> bool:
    return cell_len(character) > 1
