"""Tables in files, whatever wrote them: text in any encoding, a spreadsheet, a page called .xls.

The kind of a file is read from its first bytes, never from its name: shop systems call a web page
`.xls` and a text `.csv` whatever is in it.
"""

import csv
from typing import Final

from db.domain.csv_text import decode_text, mended_text, records_of
from db.domain.trouble import Trouble

FILE_BYTES_MAX: Final = 64 * 1024 * 1024
_ZIP: Final = b"PK\x03\x04"
_OLD_SPREADSHEET: Final = b"\xd0\xcf\x11\xe0"
_BLANK: Final = b"\xef\xbb\xbf \r\n\t"
_PAGE_STARTS: Final = ("<html", "<!doctype", "<table", "<?xml", "<meta")


class TableFault(Trouble):
    """A file that holds no table of ours.

    `reason` is file_empty, file_too_large, spreadsheet (of before 2007), not_text or not_a_table;
    `problem` is what a reader said about it.
    """

    code = "table_unreadable"

    def __init__(self, reason: str, problem: str = "") -> None:
        super().__init__(f"{reason}: {problem}" if problem else reason)
        self.reason = reason
        self.problem = problem


def records_in(raw: bytes, *, mend: bool = False) -> list[list[str]]:
    """Return every record of a table, the heading first where there is one.

    With `mend` a text of which some lines are broken is read as `mended_text` has it: only for who
    looks at the marks.

    Raises:
        TableFault: when there is none in it.
    """
    if len(raw) > FILE_BYTES_MAX:
        raise TableFault("file_too_large")
    if not raw.strip(_BLANK):
        raise TableFault("file_empty")
    if raw.startswith(_OLD_SPREADSHEET):
        raise TableFault("spreadsheet")
    if raw.startswith(_ZIP):
        from desktop.tables.workbook import records_of_workbook  # noqa: PLC0415  openpyxl: 150 ms

        return records_of_workbook(raw)
    return _records_of_text(raw, mend=mend)


def _records_of_text(raw: bytes, *, mend: bool) -> list[list[str]]:
    text = decode_text(raw)
    if text is None and mend:
        text = mended_text(raw)
    if text is None:
        raise TableFault("not_text")
    if text.lstrip("\ufeff \r\n\t")[:10].lower().startswith(_PAGE_STARTS):
        from desktop.tables.web_page import records_of_page  # noqa: PLC0415  rarely one of these

        return records_of_page(text)
    try:
        return records_of(text)
    except csv.Error as error:
        raise TableFault("not_a_table", str(error)) from error
