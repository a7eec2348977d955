"""The image of a book: one SQLite file with what every replica folds alike, indexes and all.

It has a counter's own schema, empty of what is each home's own affair, so that a counter can take
its tables over as they lie, row by row of the B-trees (SQLite's transfer of equal tables), which
is several times faster than inserting anything. Head office on SQLite makes one the same way;
`fill_image` makes one from rows in bulk, wherever they come from.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from sqlcipher3 import dbapi2

from db.storage.database import Reader, as_trouble, encrypted_database
from db.storage.migrate import connection_of, migrations
from db.storage.snapshot_pages import PAGE_BYTES

T = TypeVar("T")
REPLICATED: Final = (
    "member", "member_gram", "member_total", "consent", "personal", "operation",
    "member_change", "member_merge", "member_unmerge", "member_alias", "member_tag",
    "transfer", "lot", "lease", "lease_lot", "points_entry", "reward_entry", "gift_move",
    "sale", "sale_line", "sale_attach", "reversal", "goods_return", "goods_return_line",
    "shift", "drawer_entry", "reprint", "counter_day",
    "value_account", "value_transfer", "value_lot", "value_entry", "value_closed",
    "coupon", "coupon_use", "promotion_use", "offer_count",
    "hold", "hold_coupon", "hold_value", "hold_gift", "hold_spend", "hold_closed", "floor_spend",
    "conflict", "conflict_close", "wish", "restamp", "erasure", "offers_back",
)  # fmt: skip
"""The tables that are the log of operations, or a fold of it: equal wherever the log is equal."""
LOCAL: Final = (
    "setting", "branch", "branch_alias", "counter", "staff", "program", "stream", "repeated",
    "cursor", "feed_mark", "visitor", "product", "import_batch", "staff_desk",
)  # fmt: skip
"""The tables that are each home's own, or come with the book of head office."""
IMAGE: Final = "image"
"""What an image is called beside the file it is made from, or taken into."""
TAKEN: Final = "operation.status IN ('applied', 'skipped')"
"""What is quarantined at head office is in no feed, and did nothing to the tables."""
_ROWS_AT_ONCE: Final = 20_000
_CACHE_KIB: Final = 65_536


def copy_image(source: Path, key: bytes, target: Path, *, image_key: bytes,
               beside: Callable[[Reader], T]) -> T:  # fmt: skip
    """Make the image of an SQLite file, which goes on being written meanwhile.

    Args:
        source: the database file.
        key: its key.
        target: the image; whatever is there is replaced.
        image_key: what the image is encrypted with.
        beside: reads something more of the very same state.

    Returns:
        What `beside` read.

    Raises:
        StorageUnavailable: when the disk is full, or worse.
    """
    target.unlink(missing_ok=True)
    database = encrypted_database(source, key)
    with as_trouble():
        try:
            database.connect()
            connection = connection_of(database)
            attach_image(connection, target, image_key)
            _make_schema(connection)
            connection.execute("BEGIN")
            read = beside(Reader(connection))
            for table in REPLICATED:
                only = f" WHERE {TAKEN}" if table == "operation" else ""
                if only and not _holds_others(connection):
                    only = ""  # a plain copy of equal tables goes by pages of rows, not by rows
                connection.execute(
                    f"INSERT INTO {IMAGE}.{table} SELECT * FROM main.{table}{only}"  # noqa: S608 - constant names
                )
            connection.execute("COMMIT")
        finally:
            database.close()
    return read


def fill_image(reader: Reader, target: Path, *, image_key: bytes) -> None:
    """Make the image from rows that a reader yields, from whatever database."""
    target.unlink(missing_ok=True)
    with as_trouble(), _apart() as connection:
        attach_image(connection, target, image_key)
        _make_schema(connection)
        connection.execute("BEGIN")
        for table in REPLICATED:
            _fill(connection, reader, table)
        connection.execute("COMMIT")


def attach_image(connection: dbapi2.Connection, path: Path, key: bytes) -> None:
    """Attach a file that is still empty as an image; it may be filled with pages after this.

    SQLCipher reads a file when it is attached, by its usual settings; only one with nothing in it
    can be given others. Not inside a transaction.
    """
    path.open("wb").close()
    connection.execute(f"ATTACH ? AS {IMAGE} KEY \"x'{key.hex()}'\"", (str(path),))
    connection.execute(f"PRAGMA {IMAGE}.cipher_page_size = {PAGE_BYTES}")
    connection.execute(f"PRAGMA {IMAGE}.cipher_use_hmac = OFF")
    connection.execute(f"PRAGMA {IMAGE}.journal_mode = OFF")
    connection.execute(f"PRAGMA {IMAGE}.synchronous = OFF")
    connection.execute(f"PRAGMA {IMAGE}.cache_size = -{_CACHE_KIB}")


@contextmanager
def indexes_away(connection: dbapi2.Connection, schema: str, table: str) -> Iterator[None]:
    """Write a table without its indexes, and make them once from all of it, which sorts them."""
    found = connection.execute(
        f"SELECT name, sql FROM {schema}.sqlite_master"  # noqa: S608 - constant names
        " WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
        (table,),
    ).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {schema}.{name}")
    yield
    for _, sql in found:
        connection.execute(_named_in(schema, sql))


def columns_of_book() -> dict[str, list[str]]:
    """Return the columns of every replicated table, in order, as the migrations make them."""
    with _model() as model:
        return {table: columns_of(model, "main", table) for table in REPLICATED}


def columns_of(connection: dbapi2.Connection, schema: str, table: str) -> list[str]:
    """Return the names of a table's columns, in order."""
    return [row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")]


def _fill(connection: dbapi2.Connection, reader: Reader, table: str) -> None:
    columns = columns_of(connection, IMAGE, table)
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    only = f" WHERE {TAKEN}" if table == "operation" else ""
    rows = reader.each(f"SELECT {names} FROM {table}{only} ORDER BY {_key(connection, table)}")  # noqa: S608 - constant names
    put = f"INSERT INTO {IMAGE}.{table} ({names}) VALUES ({marks})"  # noqa: S608 - constant names
    with indexes_away(connection, IMAGE, table):
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            connection.executemany(put, batch)


def _key(connection: dbapi2.Connection, table: str) -> str:
    """Return the columns of a table's primary key."""
    info = connection.execute(f"PRAGMA {IMAGE}.table_info({table})").fetchall()
    return ", ".join(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5])


def _make_schema(connection: dbapi2.Connection) -> None:
    """Make a counter's tables and indexes in the image; views are nobody's rows."""
    with _model() as model:
        made: Sequence[tuple[str]] = model.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
            " ORDER BY type DESC, rowid"
        ).fetchall()
    for (sql,) in made:
        connection.execute(_named_in(IMAGE, sql))


def _named_in(schema: str, sql: str) -> str:
    words = sql.split(maxsplit=3 if sql.startswith("CREATE UNIQUE") else 2)
    *before, rest = words
    return f"{' '.join(before)} {schema}.{rest}"


def _holds_others(connection: dbapi2.Connection) -> bool:
    row = connection.execute(
        f"SELECT 1 FROM main.operation WHERE NOT ({TAKEN}) LIMIT 1"  # noqa: S608 - constant names
    ).fetchone()
    return row is not None


@contextmanager
def _model() -> Iterator[dbapi2.Connection]:
    """Hand out a book in memory in which nothing happened."""
    with _apart() as model:
        for _, script in migrations():
            model.executescript(script)
        yield model


@contextmanager
def _apart() -> Iterator[dbapi2.Connection]:
    """Hand out a connection to nothing, in memory."""
    connection = dbapi2.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = none")
    connection.execute("PRAGMA temp_store = memory")
    try:
        yield connection
    finally:
        connection.close()
