"""Head office's book on PostgreSQL: the same unit of work, several processes at once.

READ COMMITTED, and two-phase locks by name. A transaction holds the gate: alone, or beside others
that have said what they touch. Those lock every name in ascending order before they read; then
rows of head office's own stream; then, at the end, the feed's buckets, in ascending order. So any
two that touch the same thing follow each other, and what only one is allowed to do (a merge, a
new program, whatever names nothing) is done as on SQLite. See decisions/0015.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from peewee import PostgresqlDatabase

from db.domain.clock import Clock
from db.storage.database import Reader, Row
from db.storage.dialect import schema_for_postgres
from db.storage.errors import NewerDatabase
from db.storage.migrate import latest_version, migrations
from db.storage.postgres import (
    CROWDED,
    PostgresStatements,
    as_postgres_trouble,
    connect,
    connection_of,
    postgres_database,
)
from db.storage.postgres_functions import FUNCTIONS
from db.storage.snapshot_image import fill_image
from db.storage.system import Chance, SystemClock, system_chance
from db.storage.unit_of_work import Names, NotAlone, Storage, T, Touching, UnitOfWork, _Memory

GATE = 0x6775_6974_6169
"""The advisory lock that every writing transaction holds, alone or shared."""
NAMES_MAX = 1_500
"""Above so many names a transaction is alone: the server has room for some thousands of locks."""
TRIES_BESIDE_OTHERS = 3
SCHEMA_SETTING = "schema"
MEMORY_SETTING = "memory_version"

_NAMES = "SELECT pg_advisory_xact_lock(name) FROM unnest(?::bigint[]) AS name"
_CHANGED = (
    "INSERT INTO setting (name, value) VALUES (?, '1') ON CONFLICT (name) DO UPDATE"
    " SET value = CAST(CAST(setting.value AS INTEGER) + 1 AS TEXT)"
)
_SETTING = "SELECT value FROM setting WHERE name = ?"


class PostgresStorage(Storage):
    """An open PostgreSQL database that hands out units of work.

    Args:
        url: a libpq address; its password is shown nowhere.
        home: the folder of this head office; what is not in the database lies there.
        clock: what tells the time inside units of work.
        chance: returns random bytes.

    Raises:
        NewerDatabase: when a newer version wrote it.
        StorageUnavailable: when it cannot be reached.
    """

    def __init__(
        self,
        url: str,
        home: Path,
        *,
        clock: Clock | None = None,
        chance: Chance = system_chance,
    ) -> None:
        self.path = home
        self.clock = clock or SystemClock()
        self._key = b""
        self._chance = chance
        self._memory = _Memory()
        self._url = url
        self._writer, self._reader = postgres_database(url), postgres_database(url)
        with as_postgres_trouble():
            _migrate(connect(self._writer))

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Open a transaction that is alone; leave it by committing, or by raising.

        Raises:
            StorageUnavailable: when the line or the disk fails, or another holds it too long.
        """
        with as_postgres_trouble(), self._transaction(None) as work:
            yield work

    def run(self, act: Callable[[UnitOfWork], T], *, touching: Touching | None = None) -> T:
        """Do something in one transaction, beside those that touch none of the same names.

        What stumbles over another's is tried again, at last alone, where nothing is in its way.
        """
        with as_postgres_trouble():
            for _ in range(0 if touching is None else TRIES_BESIDE_OTHERS):
                try:
                    with self._transaction(touching) as work:
                        return act(work)
                except NotAlone:
                    break
                except CROWDED:
                    continue
            with self._transaction(None) as work:
                return act(work)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Hand out a read-only connection, on one snapshot while the block lasts."""
        with _snapshot(self._reader) as reader:
            yield reader

    def checkpoint(self) -> None:
        """Do nothing: PostgreSQL sees to its own log."""

    def image(self, target: Path, *, image_key: bytes, beside: Callable[[Reader], T]) -> T:
        """Make an image of the book as it is now, on a connection and, if need be, thread apart.

        Returns what `beside` read of the very same state.
        """
        database = postgres_database(self._url)
        try:
            with _snapshot(database) as reader:
                read = beside(reader)
                fill_image(reader, target, image_key=image_key)
        finally:
            database.close()
        return read

    def check(self) -> None:
        """Do nothing: PostgreSQL checks its pages (`pg_amcheck`)."""

    def close(self) -> None:
        """Close both connections."""
        self._reader.close()
        self._writer.close()

    @contextmanager
    def _transaction(self, touching: Touching | None) -> Iterator[UnitOfWork]:
        connection = _live(self._writer)
        sql = PostgresStatements(connection)
        manner = "" if touching is None else "_shared"
        try:
            connection.execute(f"BEGIN; SELECT pg_advisory_xact_lock{manner}({GATE})")
            if touching is not None:
                _lock(sql, touching(sql))
            yield from self._worked(sql, alone=touching is None)
            connection.execute("COMMIT")
        except BaseException:
            self._memory = _Memory()
            if not connection.closed:
                connection.execute("ROLLBACK")
            raise

    def _worked(self, sql: PostgresStatements, *, alone: bool) -> Iterator[UnitOfWork]:
        version = int(sql.value(_SETTING, (MEMORY_SETTING,)) or 0)
        if version != self._memory.data_version:
            self._memory = _Memory(data_version=version)
        memory = self._memory
        work = UnitOfWork(
            self._writer, sql, clock=self.clock, chance=self._chance, memory=memory, alone=alone
        )
        yield work
        work.end()
        if memory.changed:
            sql.run(_CHANGED, (MEMORY_SETTING,))
            self._memory = _Memory()


@contextmanager
def _snapshot(database: PostgresqlDatabase) -> Iterator[PostgresStatements]:
    """Read one state of the book, whatever is written meanwhile."""
    with as_postgres_trouble():
        connection = _live(database)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield PostgresStatements(connection)
        finally:
            if not connection.closed:
                connection.execute("ROLLBACK")


def _live(database: PostgresqlDatabase) -> psycopg.Connection[Row]:
    """Return the open connection, made anew when the line was cut."""
    if not database.is_closed() and not (now := connection_of(database)).closed:
        return now
    database.close()
    return connect(database)


def _lock(sql: PostgresStatements, names: Names | None) -> None:
    """Take the locks of all names, lowest first, so that no two wait for each other."""
    if names is None or len(names) > NAMES_MAX:
        raise NotAlone
    sql.all(_NAMES, (sorted({_lock_of(name) for name in names}),))


def _lock_of(name: bytes) -> int:
    """Return the lock that a name stands for: two names in one only wait for each other."""
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), "big", signed=True)


def _migrate(connection: psycopg.Connection[Row]) -> None:
    """Bring the schema up to date in one transaction; refuse what a newer version wrote."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (GATE,))
        if connection.execute("SELECT to_regclass('public.setting')").fetchone() == (None,):
            found = 0
        else:
            row = connection.execute(
                "SELECT value FROM setting WHERE name = %s", (SCHEMA_SETTING,)
            ).fetchone()
            assert row is not None, "the first migration writes it"
            found = int(row[0])
        latest = latest_version()
        if found > latest:
            raise NewerDatabase(found, latest)
        for function in FUNCTIONS if found < latest else ():
            connection.execute(function.encode())
        for number, script in migrations():
            if number > found:
                for statement in schema_for_postgres(script):
                    connection.execute(statement.encode())
        if found < latest:
            connection.execute(
                "INSERT INTO setting (name, value) VALUES (%s, %s)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (SCHEMA_SETTING, str(latest)),
            )
