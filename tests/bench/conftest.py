"""The book that is measured on, and where the figures go.

`GUITAI_BENCH_MEMBERS` sets the size (1,000,000 unless set: a few thousand try the benches out in
seconds). The book is kept in `.bench/`; figures of a run go to `.bench/figures.json`.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.storage.unit_of_work import Storage
from tests.bench.book import a_book, a_copy, opened
from tests.bench.measure import Result, write_json

FOLDER = Path(".bench")
MEMBERS_DEFAULT = 1_000_000


@pytest.fixture(scope="session")
def members() -> int:
    """Return how many members the book has."""
    return int(os.environ.get("GUITAI_BENCH_MEMBERS", MEMBERS_DEFAULT))


@pytest.fixture(scope="session")
def book(members: int) -> Path:
    """Return the book's file, which nobody writes to."""
    return a_book(FOLDER, members)


@pytest.fixture
def read_book(book: Path) -> Iterator[Storage]:
    """Return the book to be read."""
    storage = opened(book)
    yield storage
    storage.close()


@pytest.fixture
def written_book(book: Path) -> Iterator[Storage]:
    """Return a copy of the book to be written to, on the same disk as the original."""
    yield from _a_copy(book, FOLDER / "ours")


@pytest.fixture
def another_book(book: Path) -> Iterator[Storage]:
    """Return a second copy: what writes to a file empties every other connection's cache."""
    yield from _a_copy(book, FOLDER / "plain")


@pytest.fixture(scope="session")
def results() -> Iterator[list[Result]]:
    """Return the list that every bench adds its figures to."""
    kept: list[Result] = []
    yield kept
    FOLDER.mkdir(exist_ok=True)
    write_json(FOLDER / "figures.json", kept)


def _a_copy(book: Path, folder: Path) -> Iterator[Storage]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    storage = opened(a_copy(book, folder))
    yield storage
    storage.close()
    shutil.rmtree(folder)
