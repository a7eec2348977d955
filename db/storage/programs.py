"""Program documents on disk, by version; the one in force on a business day is asked for."""

from dataclasses import dataclass
from datetime import date

from db.storage.database import Statements

_INSERT = """
INSERT INTO program (program_id, version, effective_on, document, published_at, published_by)
VALUES (?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A version as it is kept; nobody published the one that a home began with."""

    program_id: str
    version: int
    effective_on: str
    document: bytes
    published_at: int | None = None
    published_by: bytes | None = None


class ProgramRepository:
    """Access to `program` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def put(self, row: ProgramRow) -> None:
        """Keep a version; a version is never changed, writing it again changes nothing."""
        self._sql.run(_INSERT + " ON CONFLICT DO NOTHING", _values(row))

    def replace_all(self, rows: list[ProgramRow]) -> None:
        """Put head office's programs in place of ours."""
        self._sql.run("DELETE FROM program")
        self._sql.run_many(_INSERT, [_values(row) for row in rows])

    def all(self) -> list[ProgramRow]:
        """Return every version in the order in which they come into force."""
        return [
            ProgramRow(*row)
            for row in self._sql.all(
                "SELECT program_id, version, effective_on, document, published_at, published_by"
                " FROM program ORDER BY effective_on, version, program_id"
            )
        ]

    def document_on(self, day: date) -> bytes | None:
        """Return the document in force on a business day: the latest that had begun.

        A day before the first program began gets the first one, so that imported history and a
        clock that runs behind still find rules.
        """
        document: bytes | None = self._sql.value(
            "SELECT document FROM program WHERE effective_on <= ?"
            " ORDER BY effective_on DESC, version DESC LIMIT 1",
            (day.isoformat(),),
        )
        if document is None:
            document = self._sql.value(
                "SELECT document FROM program ORDER BY effective_on, version LIMIT 1"
            )
        return document


def _values(row: ProgramRow) -> tuple[object, ...]:
    return (
        row.program_id,
        row.version,
        row.effective_on,
        row.document,
        row.published_at,
        row.published_by,
    )
