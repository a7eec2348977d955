"""Tables in files: from a path to rows by column name, or to the columns that are missing."""

import re
from collections.abc import Mapping
from pathlib import Path

from db.domain.history import Row
from desktop.cli.files import read_bytes, read_json
from desktop.cli.invalid import InvalidInput
from desktop.tables.records import TableFault, records_in


def read_table(path: Path, *, mend: bool = False) -> list[list[str]]:
    """Return every record of a table, the heading first where there is one.

    With `mend` as `records_in` has it.

    Raises:
        InvalidInput: when it cannot be read, is empty, or is in no encoding that we know.
    """
    try:
        return records_in(read_bytes(path), mend=mend)
    except TableFault as fault:
        details = {"problem": fault.problem} if fault.problem else {}
        raise InvalidInput(fault.reason, file=str(path), **details) from fault


def read_rows(path: Path, *, needed: tuple[str, ...], names: Mapping[str, str]) -> list[Row]:
    """Return (spreadsheet row, cells by column) of a table whose heading is its first record.

    Args:
        path: the file.
        needed: columns without which it is no such table.
        names: for a column of ours, the title that the file gives it.
    """
    records = read_table(path)
    ours = {title.strip().lower(): column for column, title in names.items()}
    heading = [title.strip().lower() for title in records[0]]
    columns = [ours.get(title, title) for title in heading]
    if missing := [column for column in needed if column not in columns]:
        raise InvalidInput(
            "columns_missing",
            file=path.name,
            missing=", ".join(missing),
            found=titles_shown(records[0]),
        )
    return [
        (number, dict(zip(columns, cells, strict=False)))
        for number, cells in enumerate(records[1:], start=2)
        if any(cells)
    ]


def titles_shown(record: list[str]) -> str:
    """Return headings to show; what may be a person's number in their place is not shown."""
    titles = (title.strip() for title in record if title.strip())
    return re.sub(r"\d{5,}", "***", ", ".join(titles))[:300]


def read_map(path: Path | None) -> dict[str, str]:
    """Return a map file: for each column of ours, the title that the other system gives it.

    Raises:
        InvalidInput: when it is no JSON object of texts.
    """
    if path is None:
        return {}
    document = read_json(path)
    if not isinstance(document, dict) or not all(
        isinstance(title, str) and title for title in document.values()
    ):
        raise InvalidInput("map_invalid", file=str(path), problem='{"phone": "联系电话"}')
    return {str(column): str(title) for column, title in document.items()}
