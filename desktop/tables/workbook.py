"""The rows of a spreadsheet (.xlsx): the first sheet that a person sees.

Cells come as text the way a person reads them: whole numbers without a point, days as ISO. What a
formula came to when the file was saved is its value; formulas are not computed here.
"""

import zlib
from datetime import date, datetime, time
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from desktop.tables.records import TableFault

UNPACKED_BYTES_MAX: Final = 512 * 1024 * 1024
ROWS_MAX: Final = 200_000
COLUMNS_MAX: Final = 256
BROKEN: Final = (
    InvalidFileException,
    BadZipFile,
    zlib.error,
    SyntaxError,  # what broken XML raises
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,  # a workbook with a password
    TypeError,
    ValueError,
)
"""What openpyxl raises, by where a workbook is damaged."""


def records_of_workbook(raw: bytes) -> list[list[str]]:
    """Return the rows of the first visible sheet that has any, blank ones in their places.

    Raises:
        TableFault: not_a_table for what only looks like a spreadsheet, file_too_large beyond the
            limits, file_empty where nothing is written on any sheet.
    """
    try:
        unpacked = _unpacked_bytes(raw)
        rows = _first_rows(raw) if unpacked <= UNPACKED_BYTES_MAX else []
    except BROKEN as error:
        raise TableFault("not_a_table", type(error).__name__) from error
    if unpacked > UNPACKED_BYTES_MAX:
        raise TableFault("file_too_large")
    if not rows:
        raise TableFault("file_empty")
    return [_trimmed(row) for row in rows]


def _first_rows(raw: bytes) -> list[list[str]]:
    """Return the rows of the first visible sheet that has any; none where none has."""
    book = load_workbook(BytesIO(raw), read_only=True, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows = [
            [_text(value) for value in row]
            for row in sheet.iter_rows(max_row=ROWS_MAX, max_col=COLUMNS_MAX, values_only=True)
        ]
        if any(any(row) for row in rows):
            return rows
    return []


def _unpacked_bytes(raw: bytes) -> int:
    with ZipFile(BytesIO(raw)) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return ""  # a day that a formula left empty
        case _:
            return str(value)


def _trimmed(row: list[str]) -> list[str]:
    """Return a row without the empty cells at its end, which only formatting put there."""
    while row and not row[-1]:
        row = row[:-1]
    return row
