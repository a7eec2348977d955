"""Many rows at once come to what each for itself would, and fail as it would."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.storage.postgres_storage import PostgresStorage
from db.storage.unit_of_work import UnitOfWork
from tests.support.checkers import rows
from tests.support.postgres_server import PostgresServer

COLUMNS = (
    "op, kind, member_id, points, value, reason, branch_id, counter_id, staff_id, approver_id,"
    " shift_id, entered_at, business_day"
)
PUT = f"INSERT INTO points_entry ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
GRAMS = (
    "INSERT INTO member_gram (gram, recency, member_row) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
)


@pytest.fixture
def storage(postgres: PostgresServer, tmp_path: Path) -> Iterator[PostgresStorage]:
    opened = PostgresStorage(postgres.new_database(), tmp_path)
    yield opened
    opened.close()


def entry(number: int, *, points: object = None, reason: str = "好'; --") -> tuple[object, ...]:
    one = number.to_bytes(16, "big")
    points = -number if points is None else points
    return (
        one,
        "adjust",
        one,
        points,
        True,
        reason,
        one,
        one,
        None,
        b"",
        None,
        1 << 60,
        "2026-11-24",
    )


def test_rows_of_every_kind_arrive_as_they_are(storage: PostgresStorage) -> None:
    put = [entry(number) for number in range(1, 30)]

    with storage.begin() as work:
        work.sql.run_many(PUT, put)

    assert rows(storage, f"SELECT {COLUMNS} FROM points_entry ORDER BY op") == put


@pytest.mark.parametrize("count", [9, 64, 65, 200])
def test_rows_that_are_there_are_left_and_the_others_come(
    storage: PostgresStorage, count: int
) -> None:
    grams = [("林", -number, number) for number in range(count)]
    with storage.begin() as work:
        work.sql.run_many(GRAMS, grams[::2])
        work.sql.run_many(GRAMS, [*grams, *grams])

    kept = rows(storage, "SELECT gram, recency, member_row FROM member_gram ORDER BY member_row")
    assert kept == grams


@pytest.mark.parametrize("wrong", [entry(3), entry(40, reason="no\0text")])
def test_a_row_that_breaks_a_rule_is_a_fault_as_it_is_alone(
    storage: PostgresStorage, wrong: tuple[object, ...]
) -> None:
    put = [*(entry(number) for number in range(1, 30)), wrong]

    def break_a_rule(work: UnitOfWork) -> None:
        with pytest.raises(work.sql.constraint), work.savepoint():
            work.sql.run_many(PUT, put)

    with storage.begin() as work:
        break_a_rule(work)

    assert rows(storage, "SELECT op FROM points_entry") == []


def test_a_number_that_no_column_holds_is_an_overflow(storage: PostgresStorage) -> None:
    put = [*(entry(number) for number in range(1, 30)), entry(50, points=1 << 63)]

    with storage.begin() as work, pytest.raises(OverflowError), work.savepoint():
        work.sql.run_many(PUT, put)
