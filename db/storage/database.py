"""Opening the encrypted file: one writer, one reader, and the settings durability rests on.

WAL with `synchronous=FULL` means that what the screen confirmed survives a power cut. Automatic
checkpoints are kept out of the money path (4,000 pages); the writer checkpoints when idle.
`mmap_size` stays 0: with it a cold lookup is 25 to 100 times slower.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from db.storage.errors import named_by_disk, trouble_of

BUSY_MS = 5_000
_READER_CACHE_KIB = 65_536
_WRITER_CACHE_KIB = 65_536
"""A commit that split a page looks through the whole cache's hash table (SQLite's balancing uses a
page number beyond the file), and a sale splits one often: the writer keeps a smaller cache."""
_WAL_PAGES = 4_000
_IN_A_LIST = 50
Row = tuple[Any, ...]
Merge = Callable[[Sequence[Any], Sequence[Any]], Sequence[Any]]
"""Makes one row of one that waits to be written and one behind it."""


class Reader:
    """Runs constant, parameterised SQL that only reads."""

    def __init__(self, connection: dbapi2.Connection) -> None:
        self._connection = connection

    def one(self, sql: str, params: Sequence[object] = ()) -> Row | None:
        """Return the first row, or nothing."""
        row: Row | None = self._connection.execute(sql, params).fetchone()
        return row

    def all(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """Return every row."""
        rows: list[Row] = self._connection.execute(sql, params).fetchall()
        return rows

    def each(self, sql: str, params: Sequence[object] = ()) -> Iterator[Row]:
        """Yield the rows one after another, for results that need not fit in memory."""
        yield from self._connection.execute(sql, params)

    def value(self, sql: str, params: Sequence[object] = ()) -> Any:
        """Return the first column of the first row; nothing when there is no row."""
        row = self.one(sql, params)
        return None if row is None else row[0]


class Statements(Reader):
    """Runs constant, parameterised SQL inside the one write transaction."""

    constraint: tuple[type[Exception], ...] = (dbapi2.IntegrityError,)
    """What the database raises when a row breaks a rule of the schema."""
    gathers = False
    """Whether rows that may be written later are."""

    def run(self, sql: str, params: Sequence[object] = ()) -> int:
        """Run one statement; return how many rows it touched."""
        count: int = self._connection.execute(sql, params).rowcount
        return count

    def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        self._connection.executemany(sql, rows)

    def later(
        self,
        sql: str,
        params: Sequence[object],
        *,
        key: object = None,  # noqa: ARG002 - for those who gather rows
        merge: Merge | None = None,  # noqa: ARG002 - likewise
    ) -> None:
        """Write a row that nobody need see before he asks: here at once.

        Where many operations are applied together (`db.storage.gathered`) it waits, and with a
        `key` becomes one with the row that waits there.
        """
        self.run(sql, params)

    def later_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Write several such rows."""
        self.run_many(sql, rows)

    @contextmanager
    def overwriting(self) -> Iterator[None]:
        """Write zeros over what is deleted meanwhile, so that nothing of it stays in free pages."""
        self.one("PRAGMA secure_delete = 1")
        try:
            yield
        finally:
            self.one("PRAGMA secure_delete = 0")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Let a part of the transaction fail without the rest."""
        with savepoint(self._connection):
            yield

    @contextmanager
    def outside(self) -> Iterator[dbapi2.Connection]:
        """Step out of the transaction, which did nothing yet, for what SQLite does only there."""
        self._connection.execute("COMMIT")
        try:
            yield self._connection
        finally:
            self._connection.execute("BEGIN IMMEDIATE")


def in_lists(reader: Reader, sql: str, values: Sequence[object]) -> Iterator[Row]:
    """Yield the rows of a statement that ends in `IN`, asked with many values at a time.

    Lists are filled up to one length with their last value, so that it is one statement.
    """
    asked = f"{sql} ({', '.join('?' * _IN_A_LIST)})"
    for at in range(0, len(values), _IN_A_LIST):
        part = values[at : at + _IN_A_LIST]
        filled = [*part, *[part[-1]] * (_IN_A_LIST - len(part))]
        yield from reader.all(asked, filled)


def encrypted_database(path: Path, key: bytes, *, read_only: bool = False) -> SqlCipherDatabase:
    """Return peewee's handle on the file, not yet connected; the key is SQLCipher's raw form.

    Pages are authenticated by HMAC-SHA256, for which processors have instructions: 6 % less for a
    whole sale than with SHA-512. It has to be said before the file is touched.
    """
    pragmas: dict[str, object] = {
        "cipher_hmac_algorithm": "HMAC_SHA256",
        "cipher_log_level": "none",  # first: a wrong key is our sentence, not SQLCipher's on stderr
        "journal_mode": "wal",
        "synchronous": "full",
        "foreign_keys": 1,
        "cache_size": -_WRITER_CACHE_KIB,
        "wal_autocheckpoint": _WAL_PAGES,
        "busy_timeout": BUSY_MS,
        "temp_store": "memory",
    }
    if read_only:
        pragmas = {
            "cipher_hmac_algorithm": "HMAC_SHA256",
            "query_only": 1,
            "cache_size": -_READER_CACHE_KIB,
            "busy_timeout": BUSY_MS,
            "temp_store": "memory",
        }
    return SqlCipherDatabase(
        str(path),
        passphrase=f"x'{key.hex()}'",
        pragmas=pragmas,
        check_same_thread=False,
        thread_safe=False,
        cached_statements=512,
    )


@contextmanager
def transaction(connection: dbapi2.Connection) -> Iterator[None]:
    """Hold the write transaction: committed at the end, rolled back on any exception.

    A full or failing disk makes SQLite roll back by itself. Rolling back again would be an error
    that hides the first one, so it is asked whether there is anything left to roll back.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def savepoint(connection: dbapi2.Connection) -> Iterator[None]:
    """Hold a part of the transaction that is rolled back alone when it raises."""
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO part")
            connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part")


@contextmanager
def as_trouble(opening: Path | None = None) -> Iterator[None]:
    """Turn what the disk or another process does into a `StorageUnavailable`; let bugs pass."""
    try:
        yield
    except dbapi2.Error as error:
        if (trouble := trouble_of(error)) is None:
            raise
        raise (named_by_disk(trouble, opening) if opening else trouble) from error
    except DatabaseError as error:
        cause = error.__cause__ or error.__context__
        known = trouble_of(cause if isinstance(cause, dbapi2.Error) else dbapi2.Error(str(error)))
        if known is None:
            raise
        raise (named_by_disk(known, opening) if opening else known) from error
