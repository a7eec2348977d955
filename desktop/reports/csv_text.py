"""CSV that opens well and harms nobody: a cell that a spreadsheet would run is written as text."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

BOM = "\ufeff"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as UTF-8 with a BOM and CRLF; harmless in a spreadsheet."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [guarded(cell) for cell in row] for row in rows
    )
    return (BOM + text.getvalue()).encode()


def guarded(cell: str) -> str:
    """Return a cell with a quote before whatever a spreadsheet would take for a formula.

    A plain number below zero is none.
    """
    if not cell.startswith(_STARTS_A_FORMULA):
        return cell
    number = cell[1:].replace(".", "", 1)
    return cell if cell[0] == "-" and number.isascii() and number.isdigit() else f"'{cell}"
