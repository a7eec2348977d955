"""What the disk and other processes do: known, named, and survived."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.domain.ids import MemberId
from db.storage.database import encrypted_database
from db.storage.errors import NewerDatabase, StorageUnavailable, trouble_of
from db.storage.home import database_path
from db.storage.migrate import check_file, connection_of, latest_version
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, the_book, value
from tests.support.makers import a_member, a_sale
from tests.support.storage_fixtures import MadeHome


@contextmanager
def a_second_connection(storage: Storage, key: bytes) -> Iterator[dbapi2.Connection]:
    database = encrypted_database(storage.path, key)
    database.connect()
    try:
        yield connection_of(database)
    finally:
        database.close()


def run(storage: Storage, pragma: str) -> None:
    storage._database.execute_sql(pragma)


def sold_until_trouble(storage: Storage, member_id: MemberId) -> tuple[int, StorageUnavailable]:
    for sold in range(1_000):
        try:
            a_sale(storage, member_id, amount=100)
        except StorageUnavailable as trouble:
            return sold, trouble
    pytest.fail("nothing ever went wrong")


def test_a_full_disk_loses_nothing_and_the_next_sale_works(storage: Storage) -> None:
    member = a_member(storage)
    pages = value(storage, "PRAGMA page_count")
    run(storage, f"PRAGMA max_page_count = {pages}")
    sold, trouble = sold_until_trouble(storage, member.member_id)

    assert trouble.reason == "disk_full"
    assert value(storage, "SELECT count(*) FROM sale") == sold
    check_ledger(storage)
    run(storage, "PRAGMA max_page_count = 1000000")
    a_sale(storage, member.member_id)
    assert value(storage, "SELECT count(*) FROM sale") == sold + 1
    check_file(storage.path, storage.key)


def test_a_busy_file_says_so_and_the_sale_can_be_tried_again(
    storage: Storage, made_home: MadeHome
) -> None:
    run(storage, "PRAGMA busy_timeout = 1")
    with a_second_connection(storage, made_home.key) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable) as trouble:
            a_sale(storage)
        other.execute("ROLLBACK")

    assert trouble.value.reason == "busy"
    a_sale(storage)


def test_a_read_only_file_says_so_and_can_still_be_read(storage: Storage) -> None:
    run(storage, "PRAGMA query_only = 1")
    book = the_book(storage)

    with pytest.raises(StorageUnavailable) as trouble:
        a_sale(storage)

    assert trouble.value.reason == "read_only"
    assert the_book(storage) == book


def test_a_commit_that_fails_is_no_sale(
    storage: Storage, made_home: MadeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit meets the disk last of all: what it cannot write was never sold."""
    book = the_book(storage)
    with storage.begin() as work:
        home = work.home
    run(storage, "CREATE TEMP TABLE parent (id INTEGER PRIMARY KEY)")
    run(
        storage,
        "CREATE TEMP TABLE child (id REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
    )

    def fail_at_the_commit() -> None:
        with storage.begin() as work:
            work.sql.run("UPDATE counter SET name = '99机'")
            work.forget()
            assert work.home.counter_name == "99机"
            work.sql.run("INSERT INTO child VALUES (1)")

    with pytest.raises(dbapi2.IntegrityError, match="FOREIGN KEY"):
        fail_at_the_commit()

    assert the_book(storage) == book
    with storage.begin() as work:
        assert work.home == home


def test_the_wrong_key_is_named_and_the_file_left_alone(home_folder: Path) -> None:
    path = database_path(home_folder)
    before = path.read_bytes()

    with pytest.raises(StorageUnavailable) as trouble:
        Storage(path, bytes(32))

    assert trouble.value.reason == "wrong_key_or_not_a_database"
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "guitai.db"
    path.write_bytes(b"not a database, but longer than a header" * 200)

    with pytest.raises(StorageUnavailable) as trouble:
        Storage(path, bytes(32))

    assert trouble.value.reason == "wrong_key_or_not_a_database"


def test_a_damaged_page_is_found(storage: Storage, made_home: MadeHome) -> None:
    for _ in range(30):
        a_sale(storage)
    storage.checkpoint()
    storage.close()
    with storage.path.open("r+b") as file:
        file.seek(9 * 4_096 + 100)
        file.write(os.urandom(64))

    with pytest.raises(StorageUnavailable):
        check_file(storage.path, made_home.key)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable) as trouble:
        Storage(tmp_path / "missing" / "guitai.db", bytes(32))

    assert trouble.value.reason == "cannot_open"


def test_a_newer_file_is_refused_unchanged(storage: Storage, made_home: MadeHome) -> None:
    run(storage, f"PRAGMA user_version = {latest_version() + 1}")
    storage.checkpoint()

    with pytest.raises(NewerDatabase) as trouble:
        Storage(storage.path, made_home.key)

    assert (trouble.value.found, trouble.value.supported) == (
        latest_version() + 1,
        latest_version(),
    )


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("database or disk is full", "disk_full"),
        ("attempt to write a readonly database", "read_only"),
        ("database table is locked: database is locked", "busy"),
        ("disk I/O error", "input_output"),
        ("database disk image is malformed", "corrupt"),
        ("unable to open database file", "cannot_open"),
        ("file is not a database", "wrong_key_or_not_a_database"),
        ("no such table: sales", None),
        ("UNIQUE constraint failed: sale.sale_id", None),
    ],
)
def test_the_environment_is_told_from_bugs(message: str, reason: str | None) -> None:
    trouble = trouble_of(dbapi2.OperationalError(message))

    assert (None if trouble is None else trouble.reason) == reason


def test_a_bug_goes_up_as_it_came(storage: Storage) -> None:
    with pytest.raises(dbapi2.OperationalError), storage.begin() as work:
        work.sql.run("SELECT * FROM nowhere")
    with pytest.raises(dbapi2.IntegrityError), storage.begin() as work:
        work.sql.run("INSERT INTO setting (name, value) VALUES ('region', 'CN')")


def test_a_disk_that_fills_up_inside_a_part_is_named_too(storage: Storage) -> None:
    pages = value(storage, "PRAGMA page_count")
    run(storage, f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with storage.begin() as work, work.savepoint():
            work.sql.run("CREATE TABLE filler (bytes)")
            for _ in range(100):
                work.sql.run("INSERT INTO filler VALUES (zeroblob(4096))")

    with pytest.raises(StorageUnavailable) as trouble:
        fill()

    assert trouble.value.reason == "disk_full"
