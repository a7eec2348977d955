"""One storage, one transaction at a time, all or nothing.

`Storage.begin()` is the only door to writing: what a service does inside it is committed whole
when the block ends and rolled back whole when it raises. `Storage.reading()` is a second,
read-only connection for searches and reports, which never waits for a sale.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from peewee import Database
from playhouse.sqlcipher_ext import SqlCipherDatabase

from db.domain.clock import Clock
from db.domain.ids import CHANCE_BYTES, uuid7
from db.domain.operations import NONCE_BYTES
from db.domain.program.program import Program, load_program
from db.storage.branches import BranchRepository
from db.storage.conflicts import ConflictRepository
from db.storage.coupons import CouponRepository
from db.storage.database import (
    Reader,
    Row,
    Statements,
    as_trouble,
    encrypted_database,
    transaction,
)
from db.storage.erasures import ErasureRepository
from db.storage.gathered import GatheredStatements
from db.storage.holds import HoldRepository
from db.storage.home import HomeIdentity, SettingRepository, read_home
from db.storage.imports import ImportRepository
from db.storage.leases import LeaseRepository
from db.storage.ledger import LedgerRepository
from db.storage.member_grams import MemberGramRepository
from db.storage.members import MemberRepository
from db.storage.migrate import check_file, connection_of, migrate
from db.storage.operations import OperationRepository
from db.storage.profiles import ProfileRepository
from db.storage.programs import ProgramRepository
from db.storage.returns import ReturnRepository
from db.storage.rewards import RewardRepository
from db.storage.sales import SaleRepository
from db.storage.shifts import ShiftRepository
from db.storage.snapshot_image import copy_image
from db.storage.staff import StaffRepository
from db.storage.stored_value import ValueRepository
from db.storage.system import Chance, SystemClock, system_chance
from db.storage.totals import TotalRepository

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class _Memory:
    """What is read by every act and written almost never."""

    home: HomeIdentity | None = None
    programs: dict[date, Program] = field(default_factory=dict)
    data_version: int = -1
    changed: bool = False
    """Whether this transaction changed what is kept here, so that others must read it anew."""


Names = Collection[bytes]
Touching = Callable[[Reader], Names | None]
"""Says what a transaction reads and writes besides rows of its own, where several are open at once;
nothing when it cannot say."""


class _Made(Generic[R]):
    """A repository, made when a transaction first asks for it.

    `functools.cached_property` does the same under a lock, which costs more than what it makes.
    """

    def __init__(self, kind: Callable[[Statements], R]) -> None:
        self._kind = kind

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, work: "UnitOfWork", _owner: type) -> R:
        made = work.__dict__[self._name] = self._kind(work.sql)
        return made


class UnitOfWork:
    """Everything a service may touch inside one transaction."""

    operations = _Made(OperationRepository)
    ledger = _Made(LedgerRepository)
    leases = _Made(LeaseRepository)
    members = _Made(MemberRepository)
    sales = _Made(SaleRepository)
    totals = _Made(TotalRepository)
    shifts = _Made(ShiftRepository)
    settings = _Made(SettingRepository)
    programs = _Made(ProgramRepository)
    staff = _Made(StaffRepository)
    values = _Made(ValueRepository)
    holds = _Made(HoldRepository)
    profiles = _Made(ProfileRepository)
    conflicts = _Made(ConflictRepository)
    erasures = _Made(ErasureRepository)
    coupons = _Made(CouponRepository)
    rewards = _Made(RewardRepository)
    returns = _Made(ReturnRepository)
    grams = _Made(MemberGramRepository)
    imports = _Made(ImportRepository)

    def __init__(
        self,
        database: Database,
        sql: Statements,
        *,
        clock: Clock,
        chance: Chance,
        memory: _Memory,
        alone: bool = True,
    ) -> None:
        self._alone = alone
        self._endings: list[Callable[[], None]] = []
        self.clock = clock
        self.at_ms = clock.wall_ms()
        self._today: date | None = None
        self._chance = chance
        self._memory = memory
        self._database = database
        self.sql = sql

    def _stand_on(self, sql: Statements) -> None:
        """Let every repository be made anew, over other statements."""
        self.sql = sql
        for name in _REPOSITORIES:
            self.__dict__.pop(name, None)

    @cached_property
    def branches(self) -> BranchRepository:
        """Return access to branches and counters."""
        return BranchRepository(self._database, self.sql)

    @property
    def home(self) -> HomeIdentity:
        """Return who this counter is; raise `StorageUnavailable` (no_home) before `init`."""
        if self._memory.home is None:
            self._memory.home = read_home(self.sql)
        return self._memory.home

    @property
    def today(self) -> date:
        """Return the branch's business day now."""
        if self._today is None:
            self._today = self.home.calendar.day_of(self.at_ms)
        return self._today

    def program(self, day: date) -> Program:
        """Return the program in force on a business day."""
        known = self._memory.programs.get(day)
        if known is None:
            document = self.programs.document_on(day)
            assert document is not None, "init writes a program before anything is sold"
            known = self._memory.programs[day] = load_program(document)
        return known

    def forget(self) -> None:
        """Read home and programs anew: this transaction changed them."""
        self._today = None
        self._memory.home = None
        self._memory.programs.clear()
        self._memory.changed = True

    def need_all(self) -> None:
        """Make sure that no other transaction is open; go on at once where there is one writer.

        Raises:
            NotAlone: when this one shares the database; `Storage.run` starts it again, alone.
        """
        if not self._alone:
            raise NotAlone

    def at_the_end(self, act: Callable[[], None]) -> None:
        """Do something last in the transaction, after all that its caller does."""
        self._endings.append(act)

    def end(self) -> None:
        """Do what was put off to the end; the storage calls it before it commits."""
        while self._endings:
            self._endings.pop(0)()

    def new_id(self) -> bytes:
        """Return a new UUIDv7."""
        return uuid7(self.at_ms, self._chance(CHANCE_BYTES))

    def new_nonce(self) -> bytes:
        """Return 16 random bytes."""
        return self._chance(NONCE_BYTES)

    def chance(self, count: int) -> bytes:
        """Return so many random bytes."""
        return self._chance(count)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Let a part of the transaction fail without the rest."""
        with self.sql.savepoint():
            yield

    @contextmanager
    def gathering(self) -> Iterator["UnitOfWork"]:
        """Hand out the same transaction for many operations: rows are written in bulk.

        What breaks a rule of the schema may be found only where the block ends.
        """
        sql = GatheredStatements(self.sql)
        together = copy(self)
        together._stand_on(sql)  # noqa: SLF001 - our own copy
        yield together
        sql.settle()

    def one(self, sql: str, params: Sequence[object] = ()) -> Row | None:
        """Return the first row, or nothing."""
        return self.sql.one(sql, params)

    def all(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """Return every row."""
        return self.sql.all(sql, params)


_REPOSITORIES = [
    name for name, found in vars(UnitOfWork).items() if isinstance(found, _Made | cached_property)
]


class NotAlone(Exception):
    """A transaction that shares the database needs it to itself."""


class Storage:
    """An open, encrypted SQLite file that hands out units of work.

    Args:
        path: the database file; made and migrated when it is not there or older.
        key: 32 bytes.
        clock: what tells the time inside units of work.
        chance: returns random bytes.

    Raises:
        NewerDatabase: when a newer version wrote the file.
        StorageUnavailable: when it cannot be opened.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        clock: Clock | None = None,
        chance: Chance = system_chance,
    ) -> None:
        self.path = path
        self.clock: Clock = clock or SystemClock()
        self._key = key
        self._chance = chance
        self._memory = _Memory()
        migrate(path, key)
        self._database = encrypted_database(path, key)
        self._read_database: SqlCipherDatabase | None = None
        with as_trouble():
            self._database.connect()
        self._sql = Statements(connection_of(self._database))

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Open the write transaction; leave it by committing, or by raising.

        Raises:
            StorageUnavailable: when the disk is full, the file locked, or worse.
        """
        try:
            with as_trouble(), transaction(connection_of(self._database)):
                version = self._sql.value("PRAGMA data_version")
                if version != self._memory.data_version:
                    self._memory = _Memory(data_version=version)
                work = UnitOfWork(
                    self._database,
                    self._sql,
                    clock=self.clock,
                    chance=self._chance,
                    memory=self._memory,
                )
                yield work
                work.end()
        except BaseException:
            self._memory = _Memory()
            raise

    def run(self, act: Callable[[UnitOfWork], T], *, touching: Touching | None = None) -> T:
        """Do something in one transaction and return its answer.

        Where several processes write at once, those that touch none of the same names go on
        beside each other; who names nothing is alone. There `act` may run more than once, the
        last time alone. SQLite has one writer: it runs once, and is always alone.

        Raises:
            StorageUnavailable: as `begin` does.
        """
        del touching  # there is nobody beside us
        with self.begin() as work:
            return act(work)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Hand out the read-only connection, on one snapshot while the block lasts."""
        with as_trouble():
            if self._read_database is None:
                self._read_database = encrypted_database(self.path, self._key, read_only=True)
                self._read_database.connect()
            connection = connection_of(self._read_database)
            connection.execute("BEGIN")
            try:
                yield Reader(connection)
            finally:
                connection.execute("ROLLBACK")

    def image(self, target: Path, *, image_key: bytes, beside: Callable[[Reader], T]) -> T:
        """Make an image of the book as it is now, on a connection and, if need be, thread apart.

        Returns what `beside` read of the very same state.
        """
        return copy_image(self.path, self._key, target, image_key=image_key, beside=beside)

    def checkpoint(self) -> None:
        """Carry the write-ahead log into the file; for the writer, when nobody waits."""
        with as_trouble():
            self._database.execute_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def check(self) -> None:
        """Raise `StorageUnavailable` (corrupt) unless the file itself is whole."""
        check_file(self.path, self._key)

    @property
    def key(self) -> bytes:
        """Return the file's key, for backups of the same home."""
        return self._key

    def close(self) -> None:
        """Close the file."""
        if self._read_database is not None:
            self._read_database.close()
        self._database.close()
