"""Publishing a version of the program: whole or not at all, from a business day on, for good.

A version is never changed afterwards, so that every sale can be explained by the one it names. At
head office it travels in the office's book with the next exchange; a counter that is offline when
it begins has it already, and its business day decides. An enrolled counter publishes nothing.
"""

from dataclasses import dataclass
from datetime import date

from db.domain.program.program import Program
from db.domain.program.support import load_counter_program
from db.domain.refusals import Refusal
from db.domain.staff import Actor, Permission, require
from db.storage.programs import ProgramRow
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishProgram:
    """A manager puts a document into force from its day on."""

    by: Actor
    document: bytes


@dataclass(frozen=True, slots=True)
class ProgramPublished:
    """The version counts from its day on; `replaces` is what is in force on the day before."""

    program_id: str
    version: int
    effective_on: date
    replaces: str


@dataclass(eq=False)
class HeadOfficeDecides(Refusal):
    """This counter belongs to a head office, which publishes for all of them."""


@dataclass(eq=False)
class VersionNotAbove(Refusal):
    """Another document of this id has this version or a higher one already."""

    program: str
    version: int
    highest: int


@dataclass(eq=False)
class BeginsInThePast(Refusal):
    """Sales of that day were made by other rules; a version begins today at the earliest."""

    effective_on: str
    today: str


@dataclass(eq=False)
class WouldBeOvertaken(Refusal):
    """A version that is there already would take over again on its own day."""

    effective_on: str
    other: str
    other_on: str


def publish_program(work: UnitOfWork, command: PublishProgram) -> ProgramPublished:
    """Put a version into force from its business day on; the same one again changes nothing.

    Raises:
        NotPermitted, ApprovalNeeded: when the actor may not decide the rules.
        InvalidProgram: when the document is not valid, or more than counters can do.
        HeadOfficeDecides, VersionNotAbove, BeginsInThePast, WouldBeOvertaken: as they say.
    """
    require(command.by, Permission.SETTINGS)
    if not work.home.own_authority:
        raise HeadOfficeDecides
    program = load_counter_program(command.document)
    rows = work.programs.all()
    if not _is_there(rows, program, command.document):
        _check_place(rows, program, work.today)
        work.programs.put(
            ProgramRow(
                program_id=program.program_id,
                version=program.version,
                effective_on=program.effective_on.isoformat(),
                document=command.document,
                published_at=work.at_ms,
                published_by=command.by.staff_id,
            )
        )
        work.forget()
    return ProgramPublished(
        program.program_id,
        program.version,
        program.effective_on,
        _before(rows, program),
    )


def _is_there(rows: list[ProgramRow], program: Program, document: bytes) -> bool:
    return any(
        (row.program_id, row.version, row.document)
        == (program.program_id, program.version, document)
        for row in rows
    )


def _check_place(rows: list[ProgramRow], program: Program, today: date) -> None:
    """Refuse what is not above its former versions, begins in the past, or would not last."""
    highest = max((row.version for row in rows if row.program_id == program.program_id), default=0)
    if program.version <= highest:
        raise VersionNotAbove(program.program_id, program.version, highest)
    begins = program.effective_on.isoformat()
    if program.effective_on < today:
        raise BeginsInThePast(begins, today.isoformat())
    last = max(rows, key=lambda row: (row.effective_on, row.version))
    if (last.effective_on, last.version) >= (begins, program.version):
        raise WouldBeOvertaken(begins, f"{last.program_id}@{last.version}", last.effective_on)


def _before(rows: list[ProgramRow], program: Program) -> str:
    """Return the mark of the version that this one takes over from."""
    begins = program.effective_on.isoformat()
    earlier = [
        row
        for row in rows
        if (row.effective_on, row.version) < (begins, program.version)
        and (row.program_id, row.version) != (program.program_id, program.version)
    ]
    if not earlier:
        return ""
    row = max(earlier, key=lambda each: (each.effective_on, each.version))
    return f"{row.program_id}@{row.version}"
