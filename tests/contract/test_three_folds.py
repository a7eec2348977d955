"""One history, folded three ways: in dictionaries, on SQLite, on PostgreSQL in another order.

SQLite hears it one operation after another, PostgreSQL in one batch with rows written in bulk, as
head office does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.domain.clock import BusinessCalendar
from db.queries.state_hash import state_hash, table_hashes
from db.services.replication import receive, together
from db.services.set_up import InitHome, init_home
from db.services.verify.book import verify_book
from db.storage.postgres_storage import PostgresStorage
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.property.test_convergence import (
    Written,
    become_the_second_counter,
    hear,
    interleaved,
    written,
)
from tests.support.dict_fold import accounts_hash, applied, folded, kept
from tests.support.histories import Counter, Step, a_counter, an_empty_storage, histories
from tests.support.postgres_server import PostgresServer
from tests.support.publishing import LADDER, publish
from tests.support.storage_fixtures import NOW_MS, MadeHome

HISTORIES = 12
"""Databases are made and dropped: most of the time goes there."""


@pytest.fixture(scope="session")
def empty_book(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a database in which nothing happened, to be copied."""
    address = postgres.new_database()
    storage = PostgresStorage(address, tmp_path_factory.mktemp("empty"))
    with storage.begin() as work:
        init_home(work, InitHome(branch="甲", counter="乙", calendar=BusinessCalendar()))
    publish(storage, tiers=LADDER)
    storage.close()
    return address


@contextmanager
def a_copy(postgres: PostgresServer, like: str) -> Iterator[PostgresStorage]:
    address = postgres.new_database(like=like)
    storage = PostgresStorage(address, Path(), clock=FixedClock(NOW_MS))
    try:
        yield storage
    finally:
        storage.close()
        postgres.drop(address)


def hear_together(storage: Storage, operations: list[Written]) -> list[str]:
    with storage.begin() as work, together(work, [each[0] for each in operations]) as gathered:
        return [
            receive(gathered, operation, personal, received_at=NOW_MS)
            for operation, personal in operations
        ]


@settings(
    max_examples=HISTORIES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    here=histories,
    there=histories,
    turns=st.lists(st.booleans(), max_size=28),
    other_turns=st.lists(st.booleans(), max_size=28),
)
def test_dictionaries_sqlite_and_postgresql_come_to_the_same(
    made_home: MadeHome,
    postgres: PostgresServer,
    empty_book: str,
    here: list[Step],
    there: list[Step],
    turns: list[bool],
    other_turns: list[bool],
) -> None:
    with (
        a_counter(made_home, seed=3) as first,
        an_empty_storage(made_home, seed=4) as (apart, apart_clock),
        an_empty_storage(made_home) as (on_file, _),
        a_copy(postgres, empty_book) as on_server,
    ):
        publish(first.storage, tiers=LADDER)
        publish(apart, tiers=LADDER)
        publish(on_file, tiers=LADDER)
        known = written(first.storage)
        hear(apart, known)
        become_the_second_counter(apart)
        second = Counter(apart, apart_clock, members=list(first.members))
        first.play(here)
        second.play(there)
        mine, yours = written(first.storage, after=len(known)), written(apart)

        said = hear(on_file, known + interleaved(mine, yours, turns))
        said += hear_together(on_server, known + interleaved(mine, yours, other_turns))

        assert set(said) == {"applied"}
        with on_file.reading() as file, on_server.reading() as server:
            assert table_hashes(file) == table_hashes(server)
            assert state_hash(file) == state_hash(server)
            balances = folded(applied(file))
            assert accounts_hash(balances) == accounts_hash(kept(file))
            assert accounts_hash(balances) == accounts_hash(kept(server))
            assert verify_book(server).problems == verify_book(file).problems == ()


def test_a_book_that_says_something_else_has_another_hash(
    postgres: PostgresServer, empty_book: str
) -> None:
    with a_copy(postgres, empty_book) as storage:
        with storage.reading() as reader:
            before = state_hash(reader)
        with storage.begin() as work:
            work.sql.run(
                "INSERT INTO offer_count (source, name, owner, uses) VALUES ('coupon', 'A', x'', 1)"
            )
        with storage.reading() as reader:
            after, tables = state_hash(reader), table_hashes(reader)

    assert before != after
    assert tables["offer_count"].startswith("1 ")
