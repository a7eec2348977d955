"""Program documents on disk, by version; the one in force on a business day is asked for."""

from datetime import date

from db.storage.database import Statements


class ProgramRepository:
    """Access to `program` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def put(self, program_id: str, version: int, *, effective_on: date, document: bytes) -> None:
        """Keep a version; a version is never changed, writing it again changes nothing."""
        self._sql.run(
            "INSERT INTO program (program_id, version, effective_on, document)"
            " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (program_id, version, effective_on.isoformat(), document),
        )

    def replace_all(self, documents: list[tuple[str, int, str, bytes]]) -> None:
        """Put head office's programs in place of ours."""
        self._sql.run("DELETE FROM program")
        self._sql.run_many(
            "INSERT INTO program (program_id, version, effective_on, document) VALUES (?, ?, ?, ?)",
            documents,
        )

    def all(self) -> list[tuple[str, int, str, bytes]]:
        """Return every version: (id, version, effective on, document)."""
        return [
            (row[0], row[1], row[2], row[3])
            for row in self._sql.all(
                "SELECT program_id, version, effective_on, document FROM program"
                " ORDER BY effective_on, version"
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
