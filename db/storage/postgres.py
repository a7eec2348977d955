"""Speaking to PostgreSQL: connecting, running the same constant SQL, and what its errors mean.

Whole numbers travel as 64 bits, truth as 0 and 1, text as text, in PostgreSQL's binary form. Every
statement is prepared, for it comes again. The driver is imported by nobody else, and by nobody
who opens no PostgreSQL: a counter has it not.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from peewee import DatabaseError, PostgresqlDatabase
from psycopg import errors
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.postgres import types as catalogue
from psycopg.types.numeric import Int8BinaryDumper
from psycopg.types.string import BytesBinaryDumper, StrBinaryDumper

from db.storage.database import Row, Statements
from db.storage.dialect import SEARCH_PATH, for_postgres
from db.storage.errors import StorageUnavailable
from db.storage.postgres_bulk import COPIED_FROM, bulk_of, write

PREPARED_MAX = 2_000
ROWS_AT_ONCE = 2_000
DEADLOCK_MS = 200
"""After how long PostgreSQL looks whether two wait for each other; they start again at once."""
CONNECT_SECONDS = 10
_WIDEST = 1 << 63
_SETTINGS = (
    f"SET search_path = {SEARCH_PATH}",
    "SET jit = off",
    "SET synchronous_commit = on",
    "SET default_transaction_isolation = 'read committed'",
    "SET client_min_messages = warning",
)

CROWDED = (
    errors.DeadlockDetected,
    errors.SerializationFailure,
    errors.UniqueViolation,
    errors.LockNotAvailable,
    errors.OutOfMemory,
)
"""What another worker's transaction caused: to be tried again from the start.

A unique row that the transaction did not see is one that another has written meanwhile; what the
operation itself is to blame for was caught behind its savepoint.
"""


class _Number(Int8BinaryDumper):
    def dump(self, obj: int) -> Buffer | None:
        if not -_WIDEST <= obj < _WIDEST:
            raise OverflowError("a number wider than 64 bits")  # as SQLite's driver says it
        return super().dump(int(obj))


class _Truth(Dumper):
    """Truth is kept as a number, as SQLite keeps it."""

    format = psycopg.pq.Format.BINARY
    oid = catalogue["int8"].oid

    def dump(self, obj: bool) -> Buffer | None:  # noqa: FBT001 - the driver calls it
        return int(obj).to_bytes(8, "big")


class PostgresStatements(Statements):
    """Runs SQLite's text of a statement on PostgreSQL, inside one transaction."""

    constraint = (errors.IntegrityError, errors.DataError)

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self._raw = connection
        self._cursor = psycopg.RawCursor(connection)
        self._cursor.format = psycopg.pq.Format.BINARY
        self._serial = 0

    def one(self, sql: str, params: Sequence[object] = ()) -> Row | None:
        """Return the first row, or nothing."""
        return self._run(sql, params).fetchone()

    def all(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """Return every row."""
        return self._run(sql, params).fetchall()

    def each(self, sql: str, params: Sequence[object] = ()) -> Iterator[Row]:
        """Yield the rows one after another; other statements may run between them."""
        self._serial += 1
        with psycopg.RawServerCursor(self._raw, f"each_{self._serial}") as cursor:
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(for_postgres(sql).encode(), tuple(params), binary=True)
            yield from cursor

    def run(self, sql: str, params: Sequence[object] = ()) -> int:
        """Run one statement; return how many rows it touched."""
        return self._run(sql, params).rowcount

    def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        if len(rows) == 1:
            self._run(sql, rows[0])
        elif len(rows) >= COPIED_FROM and (bulk := bulk_of(sql)) is not None:
            write(self._cursor, bulk, rows)
        elif rows:
            self._cursor.executemany(for_postgres(sql).encode(), rows)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Let a part of the transaction fail without the rest."""
        self._command(b"SAVEPOINT part")
        try:
            yield
        except BaseException:
            if not self._raw.closed:
                self._command(b"ROLLBACK TO part")
                self._command(b"RELEASE part")
            raise
        self._command(b"RELEASE part")

    @contextmanager
    def overwriting(self) -> Iterator[None]:
        """Do no more than delete: what is deleted here goes with the next vacuum."""
        yield

    def _command(self, words: bytes) -> None:
        self._cursor.execute(words, prepare=True)

    def _run(self, sql: str, params: Sequence[object]) -> psycopg.Cursor[Row]:
        return self._cursor.execute(for_postgres(sql).encode(), tuple(params), prepare=True)


def postgres_database(url: str) -> PostgresqlDatabase:
    """Return peewee's handle on a PostgreSQL, not yet connected; it commits when it is told to."""
    return PostgresqlDatabase(
        url,
        prefer_psycopg3=True,
        thread_safe=False,
        connect_timeout=CONNECT_SECONDS,
        application_name="guitai",
    )


def connect(database: PostgresqlDatabase) -> psycopg.Connection[Row]:
    """Connect, and settle how values travel; raises what `as_postgres_trouble` knows."""
    database.connect(reuse_if_open=True)
    connection = connection_of(database)
    for kind, dumper in ((bytes, BytesBinaryDumper), (bytearray, BytesBinaryDumper)):
        connection.adapters.register_dumper(kind, dumper)
    connection.adapters.register_dumper(bool, _Truth)
    connection.adapters.register_dumper(int, _Number)  # the last is the one that COPY takes
    connection.adapters.register_dumper(str, StrBinaryDumper)
    connection.prepared_max = PREPARED_MAX
    for setting in _SETTINGS:
        connection.execute(setting)
    return connection


def connection_of(database: PostgresqlDatabase) -> psycopg.Connection[Row]:
    """Return the driver's connection under peewee's handle."""
    connection: psycopg.Connection[Row] = database.connection()  # type: ignore[no-untyped-call]  # its stub
    return connection


@contextmanager
def as_postgres_trouble() -> Iterator[None]:
    """Turn what the line, the disk or the administrator does into a `StorageUnavailable`."""
    try:
        yield
    except (psycopg.Error, DatabaseError) as error:
        if (reason := _reason(error)) is None:
            raise
        raise StorageUnavailable(reason, without_password(str(error).strip())) from None


_REASONS: tuple[tuple[type[psycopg.Error], str], ...] = (
    (errors.DiskFull, "disk_full"),
    (errors.ReadOnlySqlTransaction, "read_only"),
    (errors.DataCorrupted, "corrupt"),
    (errors.IndexCorrupted, "corrupt"),
    (errors.IoError, "input_output"),
    (errors.TooManyConnections, "busy"),
    (errors.LockNotAvailable, "busy"),
    (errors.DeadlockDetected, "busy"),
    (errors.SerializationFailure, "busy"),
    (errors.OutOfMemory, "busy"),
    (errors.InvalidAuthorizationSpecification, "unreachable"),
    (psycopg.OperationalError, "unreachable"),
)
"""The first that fits; what is not here is a bug and goes up as it came."""


def _reason(error: Exception) -> str | None:
    """Return what the driver's error comes to, also where peewee wrapped it in one of its own."""
    if not isinstance(error, psycopg.Error):
        error = error.__cause__ or error.__context__ or error  # type: ignore[assignment]  # its own
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), None)


_PASSWORD = re.compile(r"(://[^/\s:@]*:)[^/\s@]*(@)")


def without_password(text: str) -> str:
    """Return a text with every password in an address in it blotted out, for people and logs."""
    return _PASSWORD.sub(r"\1***\2", text)
