"""Which program is in force on a business day, and every version there is, for those who read."""

from dataclasses import dataclass
from datetime import date

from db.domain.program.program import Program, load_program
from db.storage.database import Reader

_IN_FORCE = """
SELECT document FROM program
ORDER BY effective_on > ?1, CASE WHEN effective_on > ?1 THEN effective_on END, effective_on DESC,
         version DESC LIMIT 1
"""
_MARKED = "SELECT document FROM program WHERE program_id = ? AND version = ?"
_VERSIONS = """
SELECT p.program_id, p.version, p.effective_on, p.document, p.published_at,
       coalesce(s.name, ''), coalesce(s.code, '')
FROM program AS p LEFT JOIN staff AS s ON s.staff_id = p.published_by
ORDER BY p.effective_on, p.version, p.program_id
"""


@dataclass(frozen=True, slots=True)
class ProgramVersion:
    """A version as it was published; `document` is its JSON, `published_at` UTC ms.

    Nobody published the version that a home began with.
    """

    program_id: str
    version: int
    effective_on: str
    document: bytes
    published_at: int | None = None
    published_by: str = ""
    published_by_code: str = ""

    @property
    def mark(self) -> str:
        """Return `id@version`, as a sale records it."""
        return f"{self.program_id}@{self.version}"


def program_on(reader: Reader, day: date) -> Program:
    """Return the program in force on a day: the latest that had begun, else the first there is."""
    document = reader.value(_IN_FORCE, (day.isoformat(),))
    assert document is not None, "init writes a program before anything is sold"
    return load_program(document)


def program_marked(reader: Reader, mark: str) -> Program | None:
    """Return the version that a sale keeps as `id@version`; None where it is not here.

    An import keeps none, and a counter that joined a head office has head office's alone.
    """
    program_id, _, version = mark.rpartition("@")
    if not version.isdecimal():
        return None
    document = reader.value(_MARKED, (program_id, int(version)))
    return None if document is None else load_program(document)


def program_versions(reader: Reader) -> tuple[ProgramVersion, ...]:
    """Return every version, the earliest first."""
    return tuple(ProgramVersion(*row) for row in reader.all(_VERSIONS))
