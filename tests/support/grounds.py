"""One head office in three guises: in this process, over HTTP on a file, over HTTP on PostgreSQL.

What is promised to counters is tried on each by the same tests. The guises share nothing but the
messages; what the book holds is read by a storage of the test's own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Protocol

from db.storage.system import SystemClock
from db.storage.unit_of_work import Storage
from sync.client.http_office import HttpLine
from sync.client.remote_office import Line, LineAnswer
from sync.server.devices import enroll_code
from sync.server.door import Door
from sync.server.office import Office, make_office, open_office
from tests.support.offices import HeadOffice
from tests.support.postgres_server import PostgresServer

WORKERS = 2


class Ground(Protocol):
    """A head office to try: its book, and lines to it."""

    book: Storage

    def line(self) -> Line:
        """Return a line of one's own, for one thread."""
        ...

    def restart(self) -> None:
        """End it without warning and start it again."""
        ...


class Near:
    """A head office in this process, which answers one after another."""

    def __init__(self, office: Office, home: Path | None = None) -> None:
        self._home = home
        self._turn = Lock()
        self._open(office)

    def _open(self, office: Office) -> None:
        self._office = office
        self._door = Door(self._office)
        self.book = self._office.storage

    def line(self) -> Line:
        return _Direct(self._answer)

    def _answer(self, kind: str, sealed: bytes) -> LineAnswer:
        with self._turn:
            return LineAnswer(*self._door.answer(kind, sealed))

    def restart(self) -> None:
        assert self._home is not None, "it is not ours to restart"
        self._office.close()
        self._open(open_office(self._home))

    def close(self) -> None:
        self._office.close()


class _Direct:
    def __init__(self, answer: Callable[[str, bytes], LineAnswer]) -> None:
        self._answer = answer

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        return self._answer(kind, sealed)

    def close(self) -> None:
        pass


class Served:
    """A head office as `guitai office serve` runs it."""

    def __init__(self, office: HeadOffice) -> None:
        self._served = office
        office.make()
        office.start()
        self.book = open_office(office.home).storage

    def line(self) -> Line:
        return HttpLine(self._served.address, clock=SystemClock())

    def restart(self) -> None:
        self._served.kill()
        self._served.start()

    def close(self) -> None:
        self.book.close()
        self._served.kill()


@contextmanager
def a_near_office(home: Path) -> Iterator[Near]:
    """Hand out a head office in this process."""
    make_office(home, sandbox=True)
    near = Near(open_office(home), home)
    try:
        yield near
    finally:
        near.close()


@contextmanager
def a_near_office_on(office: Office) -> Iterator[Near]:
    """Hand out an open head office as one to try; it is closed by whoever opened it."""
    yield Near(office)


@contextmanager
def a_served_office(home: Path, postgres: PostgresServer | None = None) -> Iterator[Served]:
    """Hand out a head office in processes of its own, on PostgreSQL with two workers or a file."""
    office = HeadOffice(home)
    if postgres is not None:
        office = HeadOffice(home, database=postgres.new_database(), workers=WORKERS)
    served = Served(office)
    try:
        yield served
    finally:
        served.close()


def a_code(ground: Ground, branch: str | None = None) -> str:
    """Return a fresh code, as `office enroll-code` makes it."""
    return enroll_code(ground.book, branch).code
