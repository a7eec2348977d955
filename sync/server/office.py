"""Head office in one process: a storage of its own, and the answers to its counters.

It stands on the same tables and the same `apply` as a counter, so both fold the same operations
to the same balances. What it decides (grants, reclaims) are operations in its own stream. Each
answer is one transaction; before it leaves, what was decided is in the grant journal. SQLite has
one writer, so there one thread answers; on PostgreSQL several workers do, and what two of them
touch is done by one after the other (`sync.server.touching`).
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from db.domain.clock import BusinessCalendar, Clock
from db.domain.ids import OperationId, StreamId
from db.domain.operations import read_operation
from db.queries.totals import BookTotals, book_totals
from db.services.enrollment import start_stream
from db.services.replication import NotTogether
from db.services.set_up import MANAGER_NAME, InitHome, init_home
from db.storage.errors import StorageUnavailable
from db.storage.system import Chance, system_chance
from db.storage.unit_of_work import Storage, UnitOfWork
from sync.protocol.messages import (
    ChunkRequest,
    EnrollReply,
    EnrollRequest,
    FindReply,
    FindRequest,
    LeaseNo,
    LeaseReply,
    LeaseRequest,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    SnapshotReply,
    SnapshotRequest,
)
from sync.protocol.office import OfficeRefused
from sync.server.beyond_leases import FORCE_EVERY_MS, force_overdue
from sync.server.desk import LIFE_SETTING, Desk, begin_life
from sync.server.devices import STREAM_BYTES, take_in
from sync.server.erasures import note_passed
from sync.server.feed import answer_pull
from sync.server.guests import find_for_counter
from sync.server.holds import recalls_of
from sync.server.ingest import apply_known_now, ingest
from sync.server.leases import answer_leases, hear
from sync.server.pace import Pace
from sync.server.remembering import remember
from sync.server.rolls import CLONE, answer_roll, is_doubted
from sync.server.secretary import Secretary
from sync.server.snapshot_shelf import SnapshotShelf
from sync.server.snapshots import Snapshots
from sync.server.storage.device_rows import DeviceRow
from sync.server.storage.grant_journal import JOURNAL_FILE, GrantJournal
from sync.server.storage.place import address_of, keep_address, new_book, open_book
from sync.server.storage.schema import migrate_office
from sync.server.touching import device_touched, lease_touches, push_touches

SEEN_EVERY_MS = 30_000
"""How exactly it is known when a counter was heard last: an idle one makes nobody write."""
_PULSE = "SELECT (SELECT sum(sequence) FROM stream), (SELECT max(asked_at) FROM recall)"
OFFICE_BRANCH = "总部"
OFFICE_COUNTER = "总部"


@dataclass(frozen=True, slots=True)
class OfficeMade:
    """A head office is ready; its manager's PIN is shown this once."""

    home: Path
    staff_code: str
    pin: str


class Office:
    """Implements `HeadOffice` on a storage; counters must be known and live.

    Args:
        storage: where it keeps everything.
        journal: where decisions go before they are told.
        needed: what a counter must be able to read to be told anything; it may always push.
        remembered: how much of the journal was entered again, for it was put back to a backup.
    """

    def __init__(
        self,
        storage: Storage,
        journal: GrantJournal,
        *,
        needed: frozenset[str] = frozenset(),
        remembered: int = 0,
    ) -> None:
        self.storage = storage
        self.journal = journal
        self.remembered = remembered
        self._secretary = Secretary(journal)
        self._forced_at = 0
        self.snapshots = Snapshots(storage, SnapshotShelf(journal.folder))
        self._needed = needed
        self._pace = Pace(storage.clock)

    def enroll(self, request: EnrollRequest) -> EnrollReply:
        """Take a counter in by a one-time code."""
        with self.storage.begin() as work:
            reply = take_in(Desk(work, self.journal), request)
        self.write_down()
        return reply

    def push(self, request: PushRequest) -> PushReply:
        """Take a stream's operations, in order, any number of times."""
        with self._pace.answering():
            try:
                reply = self._ingest(request, one_by_one=False)
            except NotTogether:
                reply = self._ingest(request, one_by_one=True)
        self.write_down()
        return msgspec.structs.replace(reply, next_ms=self._pace.pause(reply.next_ms))

    def _ingest(self, request: PushRequest, *, one_by_one: bool) -> PushReply:
        def take(work: UnitOfWork) -> PushReply:
            desk = Desk(work, self.journal)
            return ingest(desk, _live(desk, request.device), request, one_by_one=one_by_one)

        return self.storage.run(take, touching=partial(push_touches, request))

    def pull(self, request: PullRequest) -> PullReply:
        """Return what the feed holds behind the counter's cursors.

        With nothing new it reads a few rows and writes none.
        """
        self._force_overdue()
        with self._pace.answering():
            reply = self.storage.run(
                partial(self._tell, request), touching=partial(device_touched, request)
            )
        self.write_down()
        return msgspec.structs.replace(reply, next_ms=self._pace.pause(reply.next_ms))

    def _force_overdue(self) -> None:
        """Take back what nobody closed, now and then, alone: any member may be touched."""
        now = self.storage.clock.wall_ms()
        if now - self._forced_at < FORCE_EVERY_MS:
            return
        self._forced_at = now
        more = self.storage.run(
            lambda work: force_overdue(Desk(work, self.journal)), touching=lambda _reader: None
        )
        if more:
            self._forced_at = 0

    def _tell(self, request: PullRequest, work: UnitOfWork) -> PullReply:
        desk = Desk(work, self.journal)
        device = _live(desk, request.device)
        desk.devices.runs(request.device, request.app)
        if not self._needed.issubset(request.caps):
            raise OfficeRefused("update_needed")
        hear(desk, request.stream, request.acked)
        rolled = answer_roll(desk, device, request)
        reply = answer_pull(desk, device, request)
        note_passed(desk, request.device, request.positions)
        return msgspec.structs.replace(
            reply,
            recalls=recalls_of(desk, device.counter_id),
            roll=rolled.roll,
            doubt=rolled.doubt,
            leave=rolled.leave,
        )

    def lease(self, request: LeaseRequest) -> LeaseReply:
        """Grant the right to spend points, or say how many are free.

        A stream that two machines wrote is lent nothing more.
        """

        def grant(work: UnitOfWork) -> LeaseReply:
            desk = Desk(work, self.journal)
            device = _live(desk, request.device)
            if is_doubted(desk, request.stream):
                return _nothing_lent(desk, request)
            return answer_leases(desk, device, request)

        with self._pace.answering():
            reply = self.storage.run(grant, touching=partial(lease_touches, request))
        self.write_down()
        return reply

    def snapshot(self, request: SnapshotRequest) -> SnapshotReply:
        """Say by which manifest a new counter may load everything at once."""

        def offer(work: UnitOfWork) -> SnapshotReply:
            desk = Desk(work, self.journal)
            device = _live(desk, request.device)
            return self.snapshots.answer(desk, device, request)

        return self.storage.run(offer, touching=partial(device_touched, request))

    def find(self, request: FindRequest) -> FindReply:
        """Return what is known of whoever has a full phone or a member number."""

        def tell(work: UnitOfWork) -> FindReply:
            desk = Desk(work, self.journal)
            _live(desk, request.device)
            return find_for_counter(desk, request)

        with self._pace.answering():
            reply = self.storage.run(tell, touching=partial(device_touched, request))
        self.write_down()
        return reply

    def chunk(self, request: ChunkRequest) -> bytes:
        """Return a chunk of a snapshot; refuse with `gone` when it is not kept any more."""

        def heard(work: UnitOfWork) -> None:
            _live(Desk(work, self.journal), request.device)

        self.storage.run(heard, touching=partial(device_touched, request))
        self.write_down()
        chunk = self.snapshots.chunk(request.digest)
        if chunk is None:
            raise OfficeRefused("gone")
        return chunk

    def write_down(self) -> None:
        """Bring the grant journal up to what was committed: called before anything is told."""
        self._secretary.write_down(self.storage)

    def pulse(self) -> object:
        """Return what changes whenever operations come, or somebody asks for what another holds."""
        with self.storage.reading() as reader:
            return reader.one(_PULSE)

    def close(self) -> None:
        """Close the file."""
        self.storage.close()


def make_office(
    home: Path,
    *,
    calendar: BusinessCalendar | None = None,
    program: bytes | None = None,
    sandbox: bool = False,
    os_store: bool = False,
    manager: str = MANAGER_NAME,
    address: str | None = None,
) -> OfficeMade:
    """Make a new head office in an empty folder: a manager, a program, a signing key.

    Args:
        home: the folder; made when it is not there.
        calendar: time zone and day cut of head office's own books.
        program: a program document instead of the default one.
        sandbox: whether its clock may be set by `--at`.
        os_store: keep the database key in the operating system's store.
        manager: what its manager is called.
        address: the PostgreSQL that keeps its book, instead of a file in the folder.

    Raises:
        InvalidProgram: when the program brought along is not valid.
        StorageUnavailable: when the folder or the database cannot be used, or the database has a
            head office in it (`book_exists`).
    """
    storage = new_book(home, address=address, os_store=os_store, chance=system_chance)
    try:
        with storage.begin() as work:
            if work.settings.get("counter_id") is not None:
                raise StorageUnavailable("book_exists")
            made = init_home(
                work,
                InitHome(
                    branch=OFFICE_BRANCH,
                    counter=OFFICE_COUNTER,
                    calendar=calendar or BusinessCalendar(),
                    program=program,
                    sandbox=sandbox,
                    manager=manager,
                ),
            )
            migrate_office(work)
            begin_life(work)
    finally:
        storage.close()
    if address is not None:
        keep_address(home, address)
    return OfficeMade(home, made.staff_code, made.pin)


def open_office(
    home: Path,
    *,
    clock: Clock | None = None,
    chance: Chance = system_chance,
    os_store: bool = False,
) -> Office:
    """Open a head office; a restored one begins a new life and remembers its grant journal.

    A restored file says so itself. A PostgreSQL is put back by its own tools, and says nothing: it
    is noticed by the journal, which knows a decision that the book has not.

    Raises:
        NoHome: when there is no head office in the folder.
    """
    storage = open_book(home, clock=clock, chance=chance, os_store=os_store)
    journal, remembered = GrantJournal(home / JOURNAL_FILE), 0
    with storage.begin() as work:
        migrate_office(work)
        while apply_known_now(Desk(work, journal)):
            pass
        if address_of(home) is not None and _was_put_back(work, journal):
            start_stream(work, StreamId(work.chance(STREAM_BYTES)))
        if begin_life(work):
            remembered = remember(Desk(work, journal))
    return Office(storage, journal, remembered=remembered)


def _was_put_back(work: UnitOfWork, journal: GrantJournal) -> bool:
    """Say whether the book, which says that it wrote it, lacks the last decision that was told."""
    last = journal.last()
    if last is None or work.settings.get(LIFE_SETTING) is None:
        return False
    told = read_operation(last)
    return told.stream == work.home.stream_id and not work.operations.holds(OperationId(told.op))


def office_totals(storage: Storage) -> BookTotals:
    """Return the six figures that head office and a counter that holds everything agree on."""
    with storage.reading() as reader:
        return book_totals(reader)


def _nothing_lent(desk: Desk, request: LeaseRequest) -> LeaseReply:
    return LeaseReply(
        request=request.request,
        incarnation=desk.incarnation,
        refused=tuple(LeaseNo(ask=one.ask, code=CLONE, free=0) for one in request.asks),
        now=desk.work.at_ms,
    )


def _live(desk: Desk, device_id: bytes) -> DeviceRow:
    """Return the device and note now and then that it was heard.

    Raises:
        OfficeRefused: unknown_device, or revoked.
    """
    device = desk.devices.by_id(device_id)
    if device is None:
        raise OfficeRefused("unknown_device")
    if device.state != "live":
        raise OfficeRefused("revoked")
    if desk.work.at_ms - device.last_seen_at >= SEEN_EVERY_MS:
        desk.devices.seen(device_id, desk.work.at_ms)
    return device
