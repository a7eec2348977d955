"""Joining a head office: its program, staff, branch and number block replace the home's own.

What the shop did before stays what it was. Its old stream is closed and pushed as it stands, and
a new stream begins, for a stream is never handed on. Where head office knows the branch under
another id, the old id becomes an alias: rows move, sealed operations keep what they say.
"""

import hashlib
from dataclasses import asdict, dataclass

import msgspec

from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId, CounterId, StaffId, StreamId
from db.domain.staff import Role
from db.storage.feed_cursors import FeedCursorRepository
from db.storage.home import OFFICE
from db.storage.programs import ProgramRow
from db.storage.staff import StaffRow
from db.storage.unit_of_work import UnitOfWork

BOOK_SETTING = "office_book"


class ProgramEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One version of the program, with who published it when."""

    program_id: str
    version: int
    effective_on: str
    document: bytes
    published_at: int | None = None
    published_by: bytes | None = None


class StaffEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A person who works here; PIN misses stay with the counter that saw them."""

    staff_id: bytes
    code: str
    name: str
    role: Role
    pin_hash: str
    active: bool
    member_id: bytes | None = None


class BranchEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A branch."""

    branch_id: bytes
    name: str
    timezone: str
    day_cut_minutes: int


class CounterEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A counter of a branch, with the block its member numbers come from."""

    counter_id: bytes
    branch_id: bytes
    name: str
    number_block: str | None


class OfficeBook(msgspec.Struct, frozen=True, kw_only=True):
    """What head office decides for every counter, as one whole: the last one counts."""

    programs: tuple[ProgramEntry, ...]
    staff: tuple[StaffEntry, ...]
    branches: tuple[BranchEntry, ...]
    counters: tuple[CounterEntry, ...]
    aliases: tuple[tuple[bytes, bytes], ...] = ()

    @property
    def digest(self) -> bytes:
        """Return what tells this book from another."""
        return hashlib.sha256(msgspec.json.encode(self)).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinOffice:
    """Head office took this counter in, as `counter_name` of `branch_id`."""

    branch_id: BranchId
    stream_id: StreamId
    number_block: str
    book: OfficeBook


@dataclass(frozen=True, slots=True)
class OfficeJoined:
    """The counter belongs to a head office from now on; so many operations wait for it."""

    branch_id: BranchId
    branch_name: str
    waiting: int


def join_office(work: UnitOfWork, command: JoinOffice) -> OfficeJoined:
    """Put head office's word in place of the home's own; local facts wait to be pushed."""
    home = work.home
    adopt_book(work, command.book)
    if (home.branch_id, command.branch_id) in command.book.aliases:
        work.branches.move_branch(home.branch_id, command.branch_id)
    work.branches.put_counter(
        home.counter_id,
        command.branch_id,
        home.counter_name,
        number_block=command.number_block,
    )
    if home.number_block != command.number_block:
        work.settings.put("numbers_used", "0")
    start_stream(work, command.stream_id)
    work.settings.put("authority", OFFICE)
    work.forget()
    FeedCursorRepository(work.sql).forget_all()
    streams = work.operations.streams_of(home.counter_id)
    for stream in streams:
        work.operations.rewind(stream.stream_id, upto=0)
    waiting = sum(stream.sequence for stream in streams)
    return OfficeJoined(command.branch_id, work.home.branch_name, waiting)


def start_stream(work: UnitOfWork, stream_id: StreamId) -> None:
    """Close the stream this counter writes and begin another; leases of the old one end with it.

    The new stream's clock goes on where the old one's stood, so trusted time never goes back.
    """
    home = work.home
    old = work.operations.stream(home.stream_id)
    assert old is not None, "a home writes a stream"
    work.operations.close_stream(home.stream_id, "closed")
    work.operations.open_stream(stream_id, home.counter_id, epoch=old.epoch + 1)
    work.operations.ratchet(stream_id, old.hlc)
    work.settings.put("stream_id", stream_id.hex())
    work.forget()


def adopt_book(work: UnitOfWork, book: OfficeBook) -> None:
    """Put head office's programs, staff, branches and counters in place of ours."""
    work.programs.replace_all(
        [ProgramRow(**msgspec.structs.asdict(entry)) for entry in book.programs]
    )
    work.staff.replace_all([_staff_row(entry) for entry in book.staff])
    for branch in book.branches:
        work.branches.adopt_branch(
            BranchId(branch.branch_id),
            branch.name,
            BusinessCalendar(branch.timezone, branch.day_cut_minutes),
        )
    for counter in book.counters:
        work.branches.put_counter(
            CounterId(counter.counter_id),
            BranchId(counter.branch_id),
            counter.name,
            number_block=counter.number_block,
        )
    for alias_id, branch_id in book.aliases:
        work.branches.put_alias(alias_id, branch_id)
    work.settings.put(BOOK_SETTING, book.digest.hex())
    work.forget()


def office_book(work: UnitOfWork) -> OfficeBook:
    """Return what this head office decides, as its counters are to have it."""
    return OfficeBook(
        programs=tuple(ProgramEntry(**asdict(row)) for row in work.programs.all()),
        staff=tuple(
            StaffEntry(
                staff_id=row[0],
                code=row[1],
                name=row[2],
                role=Role(row[3]),
                pin_hash=row[4],
                active=bool(row[5]),
                member_id=row[6],
            )
            for row in work.all(
                "SELECT staff_id, code, name, role, pin_hash, active, member_id FROM staff"
                " ORDER BY staff_id"
            )
        ),
        branches=tuple(
            BranchEntry(branch_id=row[0], name=row[1], timezone=row[2], day_cut_minutes=row[3])
            for row in work.all(
                "SELECT branch_id, name, timezone, day_cut_minutes FROM branch ORDER BY branch_id"
            )
        ),
        counters=tuple(
            CounterEntry(counter_id=row[0], branch_id=row[1], name=row[2], number_block=row[3])
            for row in work.all(
                "SELECT counter_id, branch_id, name, number_block FROM counter ORDER BY counter_id"
            )
        ),
        aliases=tuple(
            (row[0], row[1])
            for row in work.all("SELECT alias_id, branch_id FROM branch_alias ORDER BY alias_id")
        ),
    )


def _staff_row(entry: StaffEntry) -> StaffRow:
    return StaffRow(
        staff_id=StaffId(entry.staff_id),
        code=entry.code,
        name=entry.name,
        role=entry.role,
        pin_hash=entry.pin_hash,
        pin_misses=0,
        locked_until=0,
        active=entry.active,
        member_id=entry.member_id,
    )
