"""Which program is in force on a business day, and every version there is, for those who read."""

from dataclasses import dataclass
from datetime import date

from db.domain.program import Program, load_program
from db.storage.database import Reader

_IN_FORCE = """
SELECT document FROM program
ORDER BY effective_on > ?1, CASE WHEN effective_on > ?1 THEN effective_on END, effective_on DESC,
         version DESC LIMIT 1
"""
_VERSIONS = """
SELECT program_id, version, effective_on, document FROM program ORDER BY effective_on, version
"""


@dataclass(frozen=True, slots=True)
class ProgramVersion:
    """A version as it was published; `document` is its JSON."""

    program_id: str
    version: int
    effective_on: str
    document: bytes


def program_on(reader: Reader, day: date) -> Program:
    """Return the program in force on a day: the latest that had begun, else the first there is."""
    document = reader.value(_IN_FORCE, (day.isoformat(),))
    assert document is not None, "init writes a program before anything is sold"
    return load_program(document)


def program_versions(reader: Reader) -> tuple[ProgramVersion, ...]:
    """Return every version, the earliest first."""
    return tuple(ProgramVersion(*row) for row in reader.all(_VERSIONS))
