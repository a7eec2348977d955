"""Two workers on one PostgreSQL, step by step: who waits for whom, and who starts again.

Nothing sleeps: that somebody waits is read from `pg_locks`.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from typing import TypeVar

import psycopg
import pytest

from db.domain.clock import BusinessCalendar
from db.services.set_up import InitHome, init_home
from db.storage.database import Reader
from db.storage.errors import StorageUnavailable
from db.storage.postgres_storage import PostgresStorage
from db.storage.unit_of_work import Names, Touching, UnitOfWork
from sync.client.remote_office import RemoteOffice
from sync.protocol.messages import LeaseAsk, LeaseReply
from sync.server.desk import Desk
from sync.server.office import Office, make_office, open_office
from sync.server.storage.grant_journal import JOURNAL_FILE, GrantJournal
from sync.server.storage.place import keep_address
from tests.contract.conftest import Joining, Till
from tests.support.checkers import check_ledger, value
from tests.support.grounds import a_near_office_on
from tests.support.postgres_server import PostgresServer
from tests.support.processes import wait_until

T = TypeVar("T")
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
ADD = "UPDATE setting SET value = value || ? WHERE name = ?"


@pytest.fixture
def address(postgres: PostgresServer) -> str:
    return postgres.new_database()


@pytest.fixture
def pair(address: str, tmp_path: Path) -> Iterator[tuple[PostgresStorage, PostgresStorage]]:
    one, two = (PostgresStorage(address, tmp_path) for _ in range(2))
    with one.begin() as work:
        init_home(work, InitHome(branch="甲", counter="乙", calendar=BusinessCalendar()))
        for name in ("a", "b"):
            work.settings.put(name, "")
    yield one, two
    one.close()
    two.close()


def named(*names: bytes) -> Touching:
    def touching(_reader: Reader) -> Names:
        return set(names)

    return touching


@pytest.fixture
def waits(address: str) -> Iterator[Callable[[], bool]]:
    """Say, when asked, whether somebody waits for a lock."""
    with psycopg.connect(address, autocommit=True) as connection:
        yield lambda: connection.execute(WAITING).fetchone() != (0,)


Pair = tuple[PostgresStorage, PostgresStorage]


def test_who_touches_one_thing_follows_who_touched_it(
    pair: Pair, waits: Callable[[], bool]
) -> None:
    inside, order = Event(), list[str]()

    def first(work: UnitOfWork) -> None:
        inside.set()
        wait_until(waits, "the second waits")
        order.append("first")

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(pair[0].run, first, touching=named(b"m", b"x"))
        inside.wait(10)
        pair[1].run(lambda _work: order.append("second"), touching=named(b"m", b"y"))
        running.result()

    assert order == ["first", "second"]


def test_who_touches_other_things_is_inside_at_the_same_time(pair: Pair) -> None:
    both = Barrier(2, timeout=10)

    with ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(storage.run, lambda _work: both.wait(), touching=named(name))
            for storage, name in zip(pair, (b"m", b"n"), strict=True)
        ]
        assert {each.result() for each in running} == {0, 1}


@pytest.mark.parametrize("touching", [None, lambda _reader: None])
def test_who_names_nothing_is_alone(
    pair: Pair, waits: Callable[[], bool], touching: Touching | None
) -> None:
    inside, order = Event(), list[str]()

    def alone(work: UnitOfWork) -> None:
        work.need_all()
        inside.set()
        wait_until(waits, "the other waits")
        order.append("alone")

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(pair[0].run, alone, touching=touching)
        inside.wait(10)
        pair[1].run(lambda _work: order.append("other"), touching=named(b"m"))
        running.result()

    assert order == ["alone", "other"]


def test_who_finds_that_he_needs_everything_starts_again_alone(pair: Pair) -> None:
    tries = list[int]()

    def merge(work: UnitOfWork) -> str:
        tries.append(1)
        work.sql.run(ADD, ("x", "a"))
        work.need_all()
        return str(work.settings.get("a"))

    assert pair[0].run(merge, touching=named(b"m")) == "x"
    assert len(tries) == 2


def test_two_that_wait_for_each_other_both_end_once(pair: Pair) -> None:
    """Rows that were not named, in opposite orders: one of them is broken off and does it again."""
    both = Barrier(2, timeout=10)

    def crossing(*names: str) -> Callable[[UnitOfWork], None]:
        tries = list[int]()

        def act(work: UnitOfWork) -> None:
            tries.append(1)
            work.sql.run(ADD, ("x", names[0]))
            if len(tries) == 1:
                both.wait()
            work.sql.run(ADD, ("x", names[1]))

        return act

    with ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(pair[0].run, crossing("a", "b"), touching=named(b"m")),
            pool.submit(pair[1].run, crossing("b", "a"), touching=named(b"n")),
        ]
        for each in running:
            each.result()

    assert [value(pair[0], "SELECT value FROM setting WHERE name = ?", each) for each in "ab"] == [
        "xx",
        "xx",
    ]


def test_what_another_worker_changed_is_read_anew(pair: Pair) -> None:
    with pair[1].begin() as work:
        assert not work.home.sandbox

    with pair[0].begin() as work:
        work.settings.put("sandbox", "1")
        work.forget()

    with pair[1].begin() as work:
        assert work.home.sandbox


def test_a_line_that_was_cut_is_trouble_once_and_then_made_anew(pair: Pair, address: str) -> None:
    def cut_off(work: UnitOfWork) -> None:
        own = work.sql.value("SELECT pg_backend_pid()")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(%s)", (own,))
        work.settings.put("a", "lost")

    with pytest.raises(StorageUnavailable) as trouble:
        pair[0].run(cut_off)

    assert trouble.value.reason == "unreachable"
    with pair[0].begin() as work:
        assert work.settings.get("a") == ""


def test_an_address_that_nobody_answers_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable) as trouble:
        PostgresStorage("postgresql://me:secret@127.0.0.1:1/book", tmp_path)

    assert trouble.value.reason == "unreachable"
    assert "secret" not in str(trouble.value)


class SlowStorage(PostgresStorage):
    """A database whose disk is slow: what was granted is committed once the other waits for it."""

    def __init__(self, address: str, home: Path, until: Callable[[], bool]) -> None:
        super().__init__(address, home)
        self._until = until
        self.reached = Event()

    def run(self, act: Callable[[UnitOfWork], T], *, touching: Touching | None = None) -> T:
        def slowly(work: UnitOfWork) -> T:
            done = act(work)
            if isinstance(done, LeaseReply):
                self.reached.set()
                wait_until(self._until, "the other worker is in the way")
            return done

        return super().run(slowly, touching=touching)


def test_a_grant_that_is_not_committed_yet_is_counted_by_the_other_worker(
    address: str, waits: Callable[[], bool], tmp_path: Path
) -> None:
    home = tmp_path / "office"
    make_office(home, sandbox=True, address=address)
    storage, quick = SlowStorage(address, home, waits), open_office(home)
    slow = Office(storage, GrantJournal(home / JOURNAL_FILE))
    with a_near_office_on(quick) as ground:
        joining = Joining(ground, tmp_path)
        till, other = joining(), joining()
        till.sells(member=till.registers(), amount=100_000)
        assert till.exchange().trouble is None
        free = value(quick.storage, "SELECT sum(remaining) FROM lot")
        beside = _on(slow, till)

        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(_ask, beside, till, free)
            storage.reached.wait(10)
            second = _ask(other, till, free)
            first = running.result()

        assert (len(first.rows), len(second.rows)) == (1, 0)
        assert second.refused[0].free == 0
        assert len(list(quick.journal.each())) == 1, "each worker brings the journal up to the book"
        check_ledger(quick.storage)
        for office in (slow, quick):
            office.close()
        for each in joining.made:
            each.storage.close()


def test_a_database_that_was_put_back_begins_a_new_life_and_knows_its_grants(
    postgres: PostgresServer, address: str, tmp_path: Path
) -> None:
    """The operator's tools put it back; the journal in the folder remembers what it forgot."""
    home = tmp_path / "office"
    make_office(home, sandbox=True, address=address)
    office = open_office(home)
    with a_near_office_on(office) as ground:
        joining = Joining(ground, tmp_path)
        till = joining()
        till.sells(member=till.registers(), amount=100_000)
        assert till.exchange().trouble is None
        office.close()
        backup = postgres.new_database(like=address)
        office = open_office(home)
    with a_near_office_on(office) as ground:
        granted = _ask(_on(office, till), till, 200)
        life = granted.incarnation
        office.close()
    keep_address(home, backup)

    lives = []
    for _ in range(2):
        office = open_office(home)
        with office.storage.begin() as work:
            lives.append(Desk(work, office.journal).incarnation)
        assert value(office.storage, "SELECT count(*) FROM lease WHERE granted = 200") == 1
        check_ledger(office.storage)
        office.close()
    till.storage.close()

    assert lives[0] == lives[1] != life


def test_a_database_with_a_head_office_in_it_is_left_alone(address: str, tmp_path: Path) -> None:
    make_office(tmp_path / "office", sandbox=True, address=address)

    with pytest.raises(StorageUnavailable, match="book_exists"):
        make_office(tmp_path / "other", sandbox=True, address=address)


def _on(office: Office, till: Till) -> Till:
    """Return a till whose messages another worker answers."""
    with a_near_office_on(office) as ground:
        line, device = ground.line(), till.device
    remote = RemoteOffice(line, private_key=device.private_key, server_key=device.server_key)
    return Till(till.ground, till.storage, device, remote)


def _ask(till: Till, owner: Till, points: int) -> LeaseReply:
    member = owner.members[0]
    return till.asks(LeaseAsk(ask=os.urandom(16), member=member, purpose="exact", points=points))
