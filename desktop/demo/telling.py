"""What the demo says on stdout while it runs: one line for each thing done, and a table at the end.

Every sentence stands here in both languages, Chinese first; the machine's locale chooses.
"""

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

Words = tuple[str, str]
"""The same in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the closing table: one figure of both books."""

    words: Words
    counter: str
    office: str


class Telling:
    """Says things in the language of the machine."""

    def __init__(self, language: str) -> None:
        """Speak `zh` or `en`."""
        self._english = language == "en"
        self._console = Console(highlight=False, soft_wrap=True)

    def say(self, words: Words, **values: object) -> None:
        """Say a sentence; `values` fill its braces."""
        self._console.print(self.chosen(words).format(**values), markup=False)

    def step(self, number: int, words: Words, seconds: float) -> None:
        """Say that a step of the shift is done."""
        self._console.print(f"  {number:02d}  {self.chosen(words)}  {seconds:.1f} s", markup=False)

    def totals(self, lines: list[Line]) -> None:
        """Show both books beside each other."""
        table = Table()
        table.add_column("")
        table.add_column(self.chosen(("柜台", "counter")), justify="right")
        table.add_column(self.chosen(("总部", "head office")), justify="right")
        for line in lines:
            table.add_row(self.chosen(line.words), line.counter, line.office)
        self._console.print(table)

    def chosen(self, words: Words) -> str:
        """Return the words in the language that is spoken."""
        return words[1] if self._english else words[0]
