"""A list that was chosen: its rows, and which of its columns is what, guessed, then corrected."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from db.domain.member_sheet import FIELDS, MemberSheet, columns_of, heading_of, read_members
from desktop.tables.records import TableFault, records_in

NAME_CHARACTERS_MAX = 60


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file as it was read; `start` is its heading's row, `columns` a place for each field."""

    name: str
    source: str
    records: tuple[tuple[str, ...], ...]
    start: int
    columns: Mapping[str, int]

    @property
    def heading(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        return self.records[self.start]

    def sample(self, place: int) -> str:
        """Return the first cell of a column that is not empty."""
        rows = self.records[self.start + 1 :]
        return next((row[place] for row in rows if place < len(row) and row[place].strip()), "")

    def with_column(self, field: str, place: int | None) -> "ListFile":
        """Return the file with a field read from another column, or from none."""
        columns = {name: at for name, at in self.columns.items() if name != field and at != place}
        if place is not None:
            columns[field] = place
        return replace(self, columns={name: columns[name] for name in FIELDS if name in columns})

    def members(self, *, region: str, today: date) -> MemberSheet:
        """Return what the rows say by these columns."""
        return read_members(
            self.records, start=self.start, columns=self.columns, region=region, today=today
        )


def read_list(path: Path) -> ListFile:
    """Read a file and guess its columns.

    The heading is the row with a telephone column; where none has one, the first row that holds
    more than a title, so that somebody can say which column it is.

    Raises:
        TableFault: when it cannot be read or holds no table.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TableFault("file_not_readable", str(error.strerror)) from error
    records = tuple(tuple(row) for row in records_in(raw, mend=True))
    start = heading_of(records, {})
    if start is None:
        start = next((at for at, row in enumerate(records) if sum(map(bool, row)) > 1), None)
    if start is None:
        start = next((at for at, row in enumerate(records) if any(row)), None)
    if start is None:
        raise TableFault("file_empty")
    # As the command names it, so that a file brought by either is one source.
    source = f"{path.name} {hashlib.sha256(raw).hexdigest()[:16]}"
    columns = columns_of(records[start], {})
    return ListFile(path.name[:NAME_CHARACTERS_MAX], source, records, start, columns)
