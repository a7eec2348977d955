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
from typing import TypeVar

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


class UnitOfWork:
    """Everything a service may touch inside one transaction."""

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
        self._stand_on(sql)

    def _stand_on(self, sql: Statements) -> None:
        """Make the repositories anew; those of rare acts are made when they are asked for."""
        self.sql = sql
        for name in _MADE_WHEN_ASKED:
            self.__dict__.pop(name, None)
        self.operations = OperationRepository(sql)
        self.ledger = LedgerRepository(sql)
        self.leases = LeaseRepository(sql)
        self.members = MemberRepository(sql)
        self.sales = SaleRepository(sql)
        self.totals = TotalRepository(sql)
        self.shifts = ShiftRepository(sql)
        self.settings = SettingRepository(sql)
        self.programs = ProgramRepository(sql)

    @cached_property
    def staff(self) -> StaffRepository:
        """Return access to the staff."""
        return StaffRepository(self.sql)

    @cached_property
    def values(self) -> ValueRepository:
        """Return access to the ledgers of stored value."""
        return ValueRepository(self.sql)

    @cached_property
    def holds(self) -> HoldRepository:
        """Return access to leases of coupons and stored value."""
        return HoldRepository(self.sql)

    @cached_property
    def profiles(self) -> ProfileRepository:
        """Return access to profile changes and merges."""
        return ProfileRepository(self.sql)

    @cached_property
    def conflicts(self) -> ConflictRepository:
        """Return access to conflicts and wishes."""
        return ConflictRepository(self.sql)

    @cached_property
    def erasures(self) -> ErasureRepository:
        """Return access to who was erased."""
        return ErasureRepository(self.sql)

    @cached_property
    def coupons(self) -> CouponRepository:
        """Return access to coupons and the uses of offers."""
        return CouponRepository(self.sql)

    @cached_property
    def rewards(self) -> RewardRepository:
        """Return access to rewards beyond the sale."""
        return RewardRepository(self.sql)

    @cached_property
    def returns(self) -> ReturnRepository:
        """Return access to the returns of goods."""
        return ReturnRepository(self.sql)

    @cached_property
    def grams(self) -> MemberGramRepository:
        """Return access to the search postings."""
        return MemberGramRepository(self.sql)

    @cached_property
    def branches(self) -> BranchRepository:
        """Return access to branches and counters."""
        return BranchRepository(self._database, self.sql)

    @cached_property
    def imports(self) -> ImportRepository:
        """Return access to import batches and products."""
        return ImportRepository(self.sql)

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


_MADE_WHEN_ASKED = [
    name for name, found in vars(UnitOfWork).items() if isinstance(found, cached_property)
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
