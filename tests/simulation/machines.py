"""The machines of a universe: head office and its counters, each with a file, a clock and a fate.

All homes are copies of a few that are made once in each run: migrating and hashing a PIN for each
universe would take longer than the universe. Their ids are the same in every run, so a seed means
the same story everywhere.
"""

import atexit
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from db.domain.clock import BusinessCalendar
from db.domain.ids import StreamId
from db.services import set_up
from db.services.enrollment import start_stream
from db.services.set_up import InitHome, init_home
from db.storage.errors import StorageUnavailable
from db.storage.home import OFFICE, database_path
from db.storage.keys import database_key
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage, UnitOfWork
from sync.client.device import DeviceIdentity, enroll_with, load_device, new_identity
from sync.client.exchange import ExchangeReport, exchange_once
from sync.client.remote_office import RemoteOffice
from sync.protocol.signing import KEY_BYTES
from sync.server.desk import begin_life
from sync.server.door import Door
from sync.server.office import OFFICE_BRANCH, OFFICE_COUNTER, Office, open_office
from sync.server.storage.grant_journal import JOURNAL_FILE, GrantJournal
from sync.server.storage.schema import migrate_office
from tests.simulation.disk import Crash, SimulatedStorage, Strikes, Watch, copy_files
from tests.simulation.network import Link
from tests.simulation.program import the_program
from tests.simulation.timeline import SimulatedClock
from tests.support.storage_fixtures import seeded_chance

T = TypeVar("T")
MEMORY = Path("/dev/shm")
"""Where a universe lives, if the machine has it: nothing is durable in there, nor need be."""
COUNTERS_MAX = 4
BRANCHES = ("南京东路店", "徐家汇店")
BEGUN_MS = 1_790_000_000_000
"""When every home was made: 2026-09-21, before any universe begins."""
_ADDRESS = "http://127.0.0.1"
_NO_PIN = "$argon2id$v=19$m=8,t=1,p=1$c2ltdWxhdGVk$c2ltdWxhdGVk"
"""Nobody signs in here."""


def a_folder() -> Path:
    """Return a new folder, in memory where there is one."""
    return Path(tempfile.mkdtemp(prefix="universe", dir=MEMORY if MEMORY.is_dir() else None))


@dataclass(slots=True)
class Machine:
    """A computer with one home on it, which may lose its power at any commit."""

    name: str
    folder: Path
    key: bytes
    clock: SimulatedClock
    chance: random.Random
    strikes: Strikes
    watch: Watch
    storage: SimulatedStorage = field(init=False)

    def __post_init__(self) -> None:
        """Start it."""
        self.start()

    def start(self) -> None:
        """Open the home's file."""
        self.storage = SimulatedStorage(
            database_path(self.folder),
            self.key,
            clock=self.clock,
            chance=self.chance.randbytes,
            strikes=self.strikes,
            watch=self.watch,
            crash=Crash(self.name, self.clock.boots),
        )

    def lose_power(self) -> None:
        """Die and start again: what was not committed is gone, what waited is nobody's."""
        self.storage.cut_power()
        self.clock.reboot()
        self.start()


@dataclass(slots=True)
class Till(Machine):
    """A counter: its agent and its cashier work on one file."""

    link: Link = field(kw_only=True)
    lookup_link: Link = field(kw_only=True)
    identity: DeviceIdentity | None = None
    busy: set[str] = field(default_factory=set)
    strange: set[bytes] = field(default_factory=set)
    """Operations that this counter wrote and no program of today carries out."""

    @property
    def joined(self) -> bool:
        """Say whether this counter belongs to head office."""
        with self.storage.reading() as reader:
            found: str = reader.value("SELECT value FROM setting WHERE name = 'authority'")
        return found == OFFICE and load_device(self.folder) is not None

    def back_on_the_line(self) -> None:
        """Be reachable again."""
        self.link.weather.requests = self.link.weather.replies = True

    def process(self) -> "Process":
        """Return what runs here now."""
        return Process(self, self.clock.boots)


@dataclass(frozen=True, slots=True)
class Process:
    """What runs on a counter from one start of its machine to the next."""

    till: Till
    boots: int

    def enroll(self, code: str) -> None:
        """Join head office by a code, asking with the same key each time as the device file does.

        What the line or head office does about it is raised.
        """
        till = self.till
        if till.identity is None:
            till.identity = new_identity(_ADDRESS, till.chance.randbytes(KEY_BYTES))
        office = RemoteOffice(till.link, private_key=till.identity.private_key, server_key=None)
        enroll_with(self.storage, till.folder, till.identity, office=office, code=code)

    @property
    def storage(self) -> Storage:
        """Return the open file; raise `Crash` when the machine has started anew meanwhile."""
        if self.till.clock.boots != self.boots:
            raise Crash(self.till.name, self.boots)
        return self.till.storage

    @property
    def device(self) -> DeviceIdentity:
        """Return who this counter is at head office."""
        found = load_device(self.till.folder)
        assert found is not None, "the caller asked whether it has joined"
        return found

    def run(self, service: Callable[[UnitOfWork], T], /) -> T:
        """Run a service in one transaction."""
        with self.storage.begin() as work:
            return service(work)

    def office(self, link: Link) -> RemoteOffice:
        """Return head office at the other end of a line."""
        device = self.device
        return RemoteOffice(link, private_key=device.private_key, server_key=device.server_key)

    def exchange(self, *, renew: bool = True) -> ExchangeReport:
        """Run one exchange over whatever the line is now."""
        return exchange_once(self.run, self.office(self.till.link), self.device, renew=renew)


@dataclass(slots=True)
class Headquarters(Machine):
    """Head office's machine: its door answers unless it is down."""

    down_until: int = 0
    office: Office = field(init=False)
    _door: Door = field(init=False)

    def start(self) -> None:
        """Open the file and the door."""
        Machine.start(self)
        self.office = Office(self.storage, GrantJournal(self.folder / JOURNAL_FILE))
        with self.storage.begin() as work:
            migrate_office(work)
            begin_life(work)
        self._door = Door(self.office)

    def back_up(self) -> None:
        """Copy the file, as it stands between two transactions."""
        copy_files(self.storage.path, self._backup)

    def restore(self) -> None:
        """Bring the backup back, as `restore` does: a new stream, and with it a new life.

        The grant journal lies on another disk and is as it was.
        """
        self.storage.cut_power()
        copy_files(self._backup, database_path(self.folder))
        self.clock.reboot()
        path, chance = database_path(self.folder), self.chance.randbytes
        restored = Storage(path, self.key, clock=self.clock, chance=chance)
        with restored.begin() as work:
            start_stream(work, StreamId(work.chance(16)))
        restored.close()
        open_office(self.folder, clock=self.clock, chance=chance).close()
        self.start()

    @property
    def _backup(self) -> Path:
        return self.folder.parent / "office-backup" / database_path(self.folder).name

    def answer(self, kind: str, sealed: bytes) -> tuple[int, bytes] | None:
        """Return what the door says; nothing when the machine is down."""
        if self.clock.timeline.now_ms < self.down_until:
            return None
        try:
            return self._door.answer(kind, sealed)
        except StorageUnavailable:
            return 503, b""


@cache
def _templates(timezone: str, risk: str) -> dict[str, tuple[Path, bytes]]:
    """Return homes ready to be copied, by name: the office and every counter."""
    base = a_folder()
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    names = ["office", *(f"counter{number}" for number in range(COUNTERS_MAX))]
    return {
        name: _made(base / name, number, timezone=timezone, risk=risk)
        for number, name in enumerate(names)
    }


def _made(folder: Path, number: int, *, timezone: str, risk: str) -> tuple[Path, bytes]:
    """Make a home as `init` does: head office is number 0, counters follow."""
    folder.mkdir()
    chance, office = seeded_chance(1_000 + number), number == 0
    key = database_key(folder, os_store=False, chance=chance, create=True)
    storage = Storage(database_path(folder), key, clock=FixedClock(BEGUN_MS), chance=chance)
    command = InitHome(
        branch=OFFICE_BRANCH if office else BRANCHES[(number - 1) // 2],
        counter=OFFICE_COUNTER if office else f"{number:02}机",
        calendar=BusinessCalendar(timezone),
        sandbox=True,
        program=the_program(timezone, risk=risk),
    )
    with storage.begin() as work, _without_hashing():
        init_home(work, command)
        if office:
            migrate_office(work)
            begin_life(work)
    storage.close()
    return folder, key


@contextmanager
def _without_hashing() -> Iterator[None]:
    """Let the PIN be nobody's while the block lasts: a real hash is slow, and salted anew."""
    hashing, set_up.hash_pin = set_up.hash_pin, lambda _pin: _NO_PIN
    try:
        yield
    finally:
        set_up.hash_pin = hashing


def copied(name: str, folder: Path, *, timezone: str, risk: str) -> bytes:
    """Copy a ready home into a new folder; return its key."""
    source, key = _templates(timezone, risk)[name]
    shutil.copytree(source, folder)
    return key
