"""Rows that are put off are there for whoever asks, and in the file at the end."""

from collections.abc import Iterator

import pytest

from db.storage.gathered import VIEWS, GatheredStatements
from db.storage.unit_of_work import Storage, UnitOfWork
from tests.support.checkers import value

PUT = "INSERT INTO setting (name, value) VALUES (?, ?)"
COUNT = "SELECT count(*) FROM setting WHERE name LIKE 'x%'"


@pytest.fixture
def work(storage: Storage) -> Iterator[UnitOfWork]:
    with storage.begin() as work, work.gathering() as gathered:
        yield gathered


def test_a_row_that_was_put_off_is_seen_by_who_asks_its_table(work: UnitOfWork) -> None:
    work.sql.later(PUT, ("x1", "1"))
    work.sql.later_many(PUT, [("x2", "2"), ("x3", "3")])

    assert work.sql.value(COUNT) == 3
    assert work.all("SELECT value FROM setting WHERE name = 'x2'") == [("2",)]
    assert work.sql.run("DELETE FROM setting WHERE name = 'x3'") == 1


def test_it_waits_while_other_tables_are_asked(storage: Storage) -> None:
    with storage.begin() as work:
        gathered = GatheredStatements(work.sql)
        gathered.later(PUT, ("x1", "1"))

        gathered.one("SELECT count(*) FROM member")
        assert work.sql.value(COUNT) == 0

        gathered.one("SELECT count(*) FROM account")  # a view: who knows what it asks
        assert work.sql.value(COUNT) == 1


def test_everything_is_written_at_the_end(storage: Storage) -> None:
    with storage.begin() as work, work.gathering() as gathered:
        gathered.sql.later(PUT, ("x1", "1"))

    assert value(storage, COUNT) == 1


def test_rows_of_one_key_become_one(storage: Storage) -> None:
    with storage.begin() as work, work.gathering() as gathered:
        for number in (1, 2, 3):
            gathered.sql.later(
                PUT,
                ("x", str(number)),
                key="x",
                merge=lambda before, after: (after[0], f"{before[1]}{after[1]}"),
            )

    assert value(storage, "SELECT value FROM setting WHERE name = 'x'") == "123"


def fail_behind_a_savepoint(work: UnitOfWork) -> None:
    with work.savepoint():
        work.sql.later(PUT, ("x2", "2"))
        raise ZeroDivisionError


def test_what_was_put_off_before_a_savepoint_outlives_it(work: UnitOfWork) -> None:
    work.sql.later(PUT, ("x1", "1"))

    with pytest.raises(ZeroDivisionError):
        fail_behind_a_savepoint(work)

    assert work.sql.value(COUNT) == 1


def put_the_same_twice(storage: Storage) -> None:
    with storage.begin() as work, work.gathering() as gathered:
        gathered.sql.later(PUT, ("x1", "1"))
        gathered.sql.later(PUT, ("x1", "1"))


def test_a_row_the_schema_refuses_is_found_where_the_block_ends(storage: Storage) -> None:
    with pytest.raises(storage._sql.constraint):
        put_the_same_twice(storage)

    assert value(storage, COUNT) == 0


def test_every_view_of_the_schema_is_known(work: UnitOfWork) -> None:
    views = work.all("SELECT name FROM sqlite_master WHERE type = 'view'")

    assert {name for (name,) in views} == VIEWS
