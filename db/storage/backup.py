"""Backups: one file that holds the encrypted database as it was, and says what it is.

The copy is made by SQLite's online backup while the counter goes on selling, checked before it
counts as a backup, and packed with a manifest in clear: schema, stream, size, hash, which key. The
key is not in it. It lies beside it in `<file>.key`, to be kept elsewhere; a home that still has its
own key needs no other.
"""

import hashlib
import os
import shutil
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from db.storage.database import Reader, encrypted_database
from db.storage.errors import NewerDatabase, StorageUnavailable
from db.storage.files import os_trouble, put_in_place
from db.storage.home import DATABASE_FILE, read_home
from db.storage.keys import write_secret
from db.storage.migrate import (
    check_file,
    connection_of,
    copy_database,
    keep_beside,
    latest_version,
    migrate,
    settle,
)
from db.storage.unit_of_work import Storage

FORMAT = "guitai.backup/1"
MANIFEST = "manifest.json"
KEY_SUFFIX = ".key"
KEPT_SUFFIX = ".before-restore"
_CHUNK = 1 << 20
_DAMAGED = ("corrupt", "wrong_key_or_not_a_database")
_MANIFEST_BYTES_MAX = 64 * 1024
_COUNTS = """
SELECT (SELECT count(*) FROM member WHERE state = 'active'),
       (SELECT count(*) FROM sale WHERE reversed_by IS NULL),
       (SELECT count(*) FROM operation)
"""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself; `made_at` UTC ms, `sha256` of the database, ids in hex."""

    format: str = FORMAT
    made_at: int
    schema: int
    branch: str
    counter: str
    stream: str
    sequence: int
    members: int
    sales: int
    operations: int
    bytes: int
    sha256: str
    key_mark: str


def back_up(storage: Storage, target: Path) -> Manifest:
    """Write a checked backup of an open home to `target`, and its key beside it.

    Raises:
        StorageUnavailable: disk_full, read_only, cannot_open, or corrupt when the copy fails its
            check; an earlier backup of that name is then still there.
    """
    with os_trouble(), TemporaryDirectory(prefix=".guitai-", dir=target.parent) as folder:
        copy = Path(folder) / DATABASE_FILE
        copy_database(storage.path, storage.key, copy)
        check_file(copy, storage.key)
        manifest = _described(copy, storage.key, made_at=storage.clock.wall_ms())
        packed = Path(folder) / "backup"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
            archive.write(copy, DATABASE_FILE)
        with packed.open("rb") as written:
            os.fsync(written.fileno())
        write_secret(key_file(target), storage.key.hex())
        put_in_place(packed, target)
    return manifest


def read_manifest(source: Path) -> Manifest:
    """Return what a backup says of itself.

    Raises:
        StorageUnavailable: `not_a_backup` when it is none, `cannot_open` when nothing is there.
        NewerDatabase: when a newer version made it.
    """
    try:
        with zipfile.ZipFile(source) as archive, archive.open(MANIFEST) as file:
            manifest = msgspec.json.decode(file.read(_MANIFEST_BYTES_MAX), type=Manifest)
    except OSError as error:
        raise StorageUnavailable("cannot_open", str(source)) from error
    except (zipfile.BadZipFile, KeyError, msgspec.MsgspecError) as error:
        raise StorageUnavailable("not_a_backup", str(source)) from error
    if manifest.schema > latest_version():
        raise NewerDatabase(manifest.schema, latest_version())
    return manifest


def backup_key(source: Path, manifest: Manifest, *, own: bytes | None) -> bytes:
    """Return the key of a backup: the home's own if it fits, else the one beside the file.

    Raises:
        StorageUnavailable: `key_missing` when neither fits.
    """
    if own is not None and key_mark(own) == manifest.key_mark:
        return own
    try:
        beside = bytes.fromhex(key_file(source).read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise StorageUnavailable("key_missing", str(key_file(source))) from error
    if key_mark(beside) != manifest.key_mark:
        raise StorageUnavailable("key_missing", str(key_file(source)))
    return beside


def unpack(source: Path, home: Path, *, key: bytes, own_key: bytes) -> Path:
    """Lay the database of a backup beside the home's, checked, migrated and under the home's key.

    Raises:
        StorageUnavailable: `corrupt` when it is not what its manifest says.
        NewerDatabase: when a newer version made it.
    """
    manifest = read_manifest(source)
    trial = home / f"{DATABASE_FILE}.restoring"
    with os_trouble():
        home.mkdir(parents=True, exist_ok=True)
        try:
            with (
                zipfile.ZipFile(source) as archive,
                archive.open(DATABASE_FILE) as packed,
                trial.open("wb") as file,
            ):
                shutil.copyfileobj(packed, file, _CHUNK)
        except (zipfile.BadZipFile, KeyError) as error:
            raise StorageUnavailable("corrupt", str(source)) from error
    if _sha256(trial) != manifest.sha256:
        raise StorageUnavailable("corrupt", str(source))
    check_file(trial, key)
    if key != own_key:
        _change_key(trial, key, own_key)
    migrate(trial, own_key)
    for older in home.glob(f"{trial.name}.schema-*"):
        older.unlink()
    return trial


def switch_in(trial: Path, home: Path, *, own_key: bytes) -> Path | None:
    """Put an unpacked database in the home's place; return where the old one is kept, if any.

    An old one that is damaged is kept as it is, its log beside it: somebody may still save it.
    """
    path = home / DATABASE_FILE
    settle(trial, own_key)
    kept = None
    with os_trouble():
        if path.exists():
            kept = _free_name(path)
            _settle_or_keep_log(path, own_key, kept)
            keep_beside(path, kept)
        put_in_place(trial, path)
    return kept


def _settle_or_keep_log(path: Path, own_key: bytes, kept: Path) -> None:
    """Leave no log beside a database: it is carried in, or kept apart where that cannot be."""
    try:
        settle(path, own_key)
    except StorageUnavailable as trouble:
        if trouble.reason not in _DAMAGED:
            raise
        log = path.with_name(path.name + "-wal")
        if log.exists():
            log.replace(kept.with_name(kept.name + "-wal"))
        path.with_name(path.name + "-shm").unlink(missing_ok=True)


def _free_name(path: Path) -> Path:
    """Return where the database is kept: no restore takes away what an earlier one kept."""
    number = 1
    while True:
        suffix = KEPT_SUFFIX if number == 1 else f"{KEPT_SUFFIX}-{number}"
        kept = path.with_name(path.name + suffix)
        if not kept.exists() or kept.samefile(path):
            return kept
        number += 1


def key_file(backup: Path) -> Path:
    """Return where a backup's key lies."""
    return backup.with_name(backup.name + KEY_SUFFIX)


def key_mark(key: bytes) -> str:
    """Return what tells one key from another and nothing about either."""
    return hashlib.sha256(b"guitai backup key" + key).hexdigest()[:16]


def _described(copy: Path, key: bytes, *, made_at: int) -> Manifest:
    database = encrypted_database(copy, key, read_only=True)
    database.connect()
    try:
        reader = Reader(connection_of(database))
        home = read_home(reader)
        counts = reader.one(_COUNTS)
        assert counts is not None, "counts always answer"
        sequence = reader.value(
            "SELECT sequence FROM stream WHERE stream_id = ?", (home.stream_id,)
        )
        schema = reader.value("PRAGMA user_version")
    finally:
        database.close()
    return Manifest(
        made_at=made_at,
        schema=schema,
        branch=home.branch_name,
        counter=home.counter_name,
        stream=home.stream_id.hex(),
        sequence=sequence,
        members=counts[0],
        sales=counts[1],
        operations=counts[2],
        bytes=copy.stat().st_size,
        sha256=_sha256(copy),
        key_mark=key_mark(key),
    )


def _change_key(path: Path, key: bytes, own_key: bytes) -> None:
    database = encrypted_database(path, key)
    database.connect()
    try:
        database.execute_sql("PRAGMA journal_mode = DELETE")
        database.execute_sql(f"PRAGMA rekey = \"x'{own_key.hex()}'\"")
    finally:
        database.close()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
