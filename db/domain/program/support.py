"""What of a valid program the counter cannot carry out yet, said before it is taken over.

`program check` and `program preview` understand more of a document than selling does: the pure
engine computes it, but no operation writes it down yet. A rule that would be quietly ignored at
the counter is worse than a refusal, so a program that has one is not taken over.
"""

from collections.abc import Iterator

from msgspec import UNSET

from db.domain.program.document import Condition
from db.domain.program.offer_document import ProgramDocument
from db.domain.program.program import Program, load_program
from db.domain.program.reading import InvalidProgram, Problem
from db.domain.program.walk import walk


def load_counter_program(raw: bytes) -> Program:
    """Return the program that a document writes, if this version can sell by all of it.

    Raises:
        InvalidProgram: with every problem and its path; `not_at_counter_yet` is valid but not
            carried out here.
    """
    program = load_program(raw)
    if problems := tuple(_beyond_the_counter(program.document)):
        raise InvalidProgram(problems)
    return program


def _beyond_the_counter(document: ProgramDocument) -> Iterator[Problem]:
    for path, part in walk(document, "$"):
        if isinstance(part, Condition) and part.segment is not UNSET:
            yield Problem(f"{path}.segment", "not_at_counter_yet")
