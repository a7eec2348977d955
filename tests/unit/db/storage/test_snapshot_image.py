"""The image of a book: what is in it, how it lies on a disk, and how it is taken over."""

from pathlib import Path

import pytest

from db.services.first_load import take_over
from db.storage.database import Reader
from db.storage.errors import StorageUnavailable
from db.storage.snapshot_image import LOCAL, REPLICATED, fill_image
from db.storage.snapshot_load import begin_load, end_load
from db.storage.snapshot_pages import PAGE_BYTES, clear_pages, encrypted_pages
from db.storage.unit_of_work import Storage
from tests.support.checkers import the_book
from tests.support.makers import a_member, a_sale
from tests.support.storage_fixtures import seeded_chance

KEY = bytes(range(32))
GRAMS = "SELECT value FROM setting WHERE name = 'member_grams'"


@pytest.fixture
def written(storage: Storage) -> Storage:
    """Return a book with two members and three sales."""
    for number in (1, 2):
        member = a_member(storage, phone=f"1391000000{number}").member_id
        a_sale(storage, member, amount=12_800 * number)
    a_sale(storage, None, amount=500)
    with storage.begin() as work:
        work.grams.rebuild()
    return storage


def image_of(storage: Storage, path: Path) -> list[bytes]:
    """Return the clear pages of a book's image, in two parts."""
    storage.image(path, image_key=KEY, beside=lambda reader: reader.value("SELECT 1"))
    pages = path.read_bytes()
    parts = [pages[:PAGE_BYTES], pages[PAGE_BYTES:]]
    return [clear_pages(part, KEY, first=not number) for number, part in enumerate(parts)]


def taken_over(storage: Storage, pages: list[bytes], path: Path) -> None:
    with storage.reading() as reader:
        grams = reader.value(GRAMS)
    with storage.begin() as work:
        begin_load(work.sql, path, pages=pages, chance=seeded_chance(1))
        take_over(work, grams=grams or "")
    with storage.begin() as work:
        end_load(work.sql, path)


def test_every_table_is_either_replicated_or_each_homes_own(storage: Storage) -> None:
    with storage.reading() as reader:
        tables = [row[0] for row in reader.all("SELECT name FROM sqlite_master WHERE type='table'")]
    assert sorted(tables) == sorted((*REPLICATED, *LOCAL))


def test_pages_are_encrypted_as_sqlcipher_reads_them(written: Storage, tmp_path: Path) -> None:
    pages = image_of(written, tmp_path / "image.db")
    again = b"".join(
        encrypted_pages(part, KEY, seeded_chance(4), first=not number)
        for number, part in enumerate(pages)
    )
    assert again != (tmp_path / "image.db").read_bytes(), "other IVs"
    assert clear_pages(again, KEY, first=True) == b"".join(pages)


def test_an_image_shows_nobody_on_the_disk(written: Storage, tmp_path: Path) -> None:
    clear = b"".join(image_of(written, tmp_path / "image.db"))
    assert b"13910000001" in clear
    assert b"13910000001" not in (tmp_path / "image.db").read_bytes()


def test_an_image_from_rows_holds_what_an_image_of_the_file_holds(
    written: Storage, tmp_path: Path
) -> None:
    before = the_book(written)
    with written.reading() as reader:
        fill_image(Reader(reader._connection), tmp_path / "rows.db", image_key=KEY)
    pages = clear_pages((tmp_path / "rows.db").read_bytes(), KEY, first=True)
    taken_over(written, [pages], tmp_path / "staging.db")

    assert the_book(written) == before


def test_taking_an_image_over_changes_nothing_in_the_book_it_is_of(
    written: Storage, tmp_path: Path
) -> None:
    before = the_book(written)
    taken_over(written, image_of(written, tmp_path / "image.db"), tmp_path / "staging.db")

    assert the_book(written) == before
    assert not (tmp_path / "staging.db").exists()


def test_acts_behind_the_image_are_folded_again(written: Storage, tmp_path: Path) -> None:
    pages = image_of(written, tmp_path / "image.db")
    member = a_member(written, phone="13910000009").member_id
    a_sale(written, member, amount=7_700)
    before = the_book(written)
    taken_over(written, pages, tmp_path / "staging.db")

    assert the_book(written) == before


def test_an_image_that_cannot_be_written_leaves_the_book_as_it_was(
    written: Storage, tmp_path: Path
) -> None:
    before = the_book(written)
    pages = image_of(written, tmp_path / "image.db")

    def breaking_off() -> list[bytes]:
        raise StorageUnavailable("disk_full")

    with pytest.raises(StorageUnavailable), written.begin() as work:
        begin_load(
            work.sql, tmp_path / "s.db", pages=(breaking_off()[0] for _ in "1"), chance=bytes
        )
    with written.begin() as work:
        end_load(work.sql, tmp_path / "s.db")
    assert the_book(written) == before
    with written.begin() as work:
        assert work.sql.value("PRAGMA journal_mode") == "wal"
    taken_over(written, pages, tmp_path / "staging.db")
    assert the_book(written) == before
