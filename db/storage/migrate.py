"""Numbered migrations, forward only, tried on a copy before they touch the shop's file.

`PRAGMA user_version` is the number of the last one applied. An older file is copied with the
online backup API, migrated, checked, and only then switched in; the old file stays beside it under
its number. A file from a newer version is refused: opening it could lose what it knows.
"""

import os
import shutil
from importlib import resources
from pathlib import Path

from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from db.storage.database import as_trouble, encrypted_database
from db.storage.errors import NewerDatabase, StorageUnavailable
from db.storage.files import put_in_place


def migrations(package: str = "db.storage.migrations") -> list[tuple[int, str]]:
    """Return (number, SQL) of every migration, in order."""
    return sorted(
        (int(entry.name.split("_", 1)[0]), entry.read_text(encoding="utf-8"))
        for entry in resources.files(package).iterdir()
        if entry.name.endswith(".sql")
    )


def latest_version() -> int:
    """Return the schema number this version of the program writes."""
    return migrations()[-1][0]


def migrate(path: Path, key: bytes) -> None:
    """Bring the file up to date, making it when it is not there.

    Raises:
        NewerDatabase: when a newer version wrote it.
        StorageUnavailable: when it cannot be opened, or the migrated copy does not check out.
    """
    with as_trouble(path):
        found = _version_of(path, key) if path.exists() else 0
        latest = latest_version()
        if found > latest:
            raise NewerDatabase(found, latest)
        if found == 0:
            _apply(path, key, after=0)
        elif found < latest:
            _migrate_copy(path, key, found)


def copy_database(source: Path, key: bytes, target: Path) -> None:
    """Copy a live file with SQLite's online backup; the copy has the same key and no WAL."""
    target.unlink(missing_ok=True)
    origin, copy = encrypted_database(source, key), encrypted_database(target, key)
    with as_trouble():
        try:
            origin.connect()
            copy.connect()
            connection_of(origin).backup(connection_of(copy))
            copy.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            copy.close()
            origin.close()


def check_file(path: Path, key: bytes) -> None:
    """Raise `StorageUnavailable` (corrupt) unless SQLite and SQLCipher find the file whole."""
    database = encrypted_database(path, key)
    with as_trouble():
        try:
            database.connect()
            problems = [
                str(row[0])
                for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check")
                for row in database.execute_sql(f"PRAGMA {pragma}").fetchall()
                if row[0] != "ok"
            ]
        finally:
            database.close()
    if problems:
        raise StorageUnavailable("corrupt", "; ".join(problems[:3]))


def connection_of(database: SqlCipherDatabase) -> dbapi2.Connection:
    """Return the driver's connection under peewee's handle."""
    connection: dbapi2.Connection = database.connection()
    return connection


def _migrate_copy(path: Path, key: bytes, found: int) -> None:
    """Migrate a copy and switch it in by one rename; until then the old file stands untouched."""
    trial = path.with_name(f"{path.name}.migrating")
    copy_database(path, key, trial)
    _apply(trial, key, after=found)
    check_file(trial, key)
    settle(path, key)
    keep_beside(path, path.with_name(f"{path.name}.schema-{found}"))
    put_in_place(trial, path)


def settle(path: Path, key: bytes) -> None:
    """Carry the write-ahead log into the file, so that the file alone is all of it."""
    database = encrypted_database(path, key)
    with as_trouble():
        try:
            database.connect()
            busy = database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            database.close()
    if busy:
        raise StorageUnavailable("busy", "another program has the file open")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def keep_beside(path: Path, kept: Path) -> None:
    """Give a settled file a second name; where the disk knows no links, copy it."""
    kept.unlink(missing_ok=True)
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)


def _apply(path: Path, key: bytes, *, after: int) -> None:
    database = encrypted_database(path, key)
    try:
        database.connect()
        connection = connection_of(database)
        for number, script in migrations():
            if number > after:
                connection.executescript(
                    f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
                )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()


def _version_of(path: Path, key: bytes) -> int:
    database = encrypted_database(path, key)
    try:
        database.connect()
        return int(database.execute_sql("PRAGMA user_version").fetchone()[0])
    finally:
        database.close()
