"""The rows of a web page's table, for the files that are called .xls and are none."""

from html.parser import HTMLParser

from desktop.tables.records import TableFault


def records_of_page(text: str) -> list[list[str]]:
    """Return the rows of the largest table of a page.

    Raises:
        TableFault: not_a_table, when the page has none.
    """
    reader = _Tables()
    reader.feed(text)
    reader.close()
    largest = max(reader.tables, key=len, default=[])
    if not largest:
        raise TableFault("not_a_table", "no <table>")
    return largest


class _Tables(HTMLParser):
    """Collects the cells of every table, nested ones for themselves."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell, or a line inside a cell."""
        if tag == "table":
            self.tables.append([])
            self._open.append(self.tables[-1])
        elif self._open and tag == "tr":
            self._open[-1].append([])
        elif self._open and tag in {"td", "th"}:
            if not self._open[-1]:
                self._open[-1].append([])
            self._open[-1][-1].append("")
            self._in_cell = True
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a cell or a table."""
        if tag in {"td", "th"}:
            self._in_cell = False
        elif tag == "table" and self._open:
            self._open.pop()
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        """Take text, where it stands in a cell."""
        if self._in_cell and self._open and self._open[-1] and self._open[-1][-1]:
            self._open[-1][-1][-1] += data
