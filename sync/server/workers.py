"""Several processes that answer for one head office, on a PostgreSQL that lets them.

The parent holds the folder and the listening socket and answers nobody. Each worker takes calls
from the same socket and says on its standard output when it does; it ends when its standard input
ends, so no worker outlives a parent, however that ended. One that dies is replaced.
"""

import asyncio
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from db.storage.errors import NoHome
from db.storage.home_lock import SERVE, home_lock
from sync.server.app import STOP_SECONDS, server_of
from sync.server.office import open_office
from sync.server.storage.place import address_of

BACKLOG = 2_048
READY = b"ready\n"
WORKER = "--worker"


def serve_by_many(
    home: Path,
    host: str,
    port: int,
    *,
    workers: int,
    listening: Callable[[], None] = lambda: None,
) -> None:
    """Answer counters by so many processes until this one is stopped.

    Raises:
        NoHome: when the folder names no PostgreSQL with a head office.
        HomeInUse: when another process answers for it already.
        StorageUnavailable: when its book cannot be opened.
        SystemExit: when it cannot listen there, or its workers cannot start.
    """
    if address_of(home) is None:
        raise NoHome(str(home))
    with home_lock(home, SERVE):
        open_office(home).close()  # migrates, and says at once what is wrong
        try:
            place = socket.create_server((host, port), backlog=BACKLOG)
        except OSError as error:
            raise SystemExit(1) from error
        with place, suppress(KeyboardInterrupt):
            _Workers(home, place).run(workers, listening)


class _Workers:
    """The processes that answer, by the end of each one's pipe."""

    def __init__(self, home: Path, place: socket.socket) -> None:
        self._home = home
        self._place = place
        self._heard = selectors.DefaultSelector()
        self._ready: set[int] = set()

    def run(self, count: int, listening: Callable[[], None]) -> None:
        """Keep so many of them until a signal says to stop."""
        before = signal.signal(signal.SIGTERM, _stop)
        try:
            for _ in range(count):
                self._start()
            while True:
                for key, _ in self._heard.select():
                    self._hear(key.data)
                if len(self._ready) == count:
                    listening()
                    listening = _silent
        finally:
            signal.signal(signal.SIGTERM, before)
            self._end()

    def _start(self) -> None:
        fileno = self._place.fileno()
        worker = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "sync.server", WORKER, str(fileno), str(self._home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=(fileno,),
        )
        assert worker.stdout is not None, "it is a pipe"
        self._heard.register(worker.stdout, selectors.EVENT_READ, worker)

    def _hear(self, worker: subprocess.Popen[bytes]) -> None:
        """Note that a worker answers, or that it ended; one that never answered never will."""
        assert worker.stdout is not None, "it is a pipe"
        if worker.stdout.readline() == READY:
            self._ready.add(worker.pid)
            return
        self._heard.unregister(worker.stdout)
        _let_end(worker)
        if worker.pid not in self._ready:
            raise SystemExit(1)
        self._ready.discard(worker.pid)
        self._start()

    def _end(self) -> None:
        workers = [key.data for key in self._heard.get_map().values()]
        for worker in workers:
            worker.stdin.close()
        for worker in workers:
            _let_end(worker)
        self._heard.close()


def work(fileno: int, home: Path) -> None:
    """Answer counters from a socket that the parent opened, until standard input ends."""
    office = open_office(home)

    def ready() -> None:
        sys.stdout.buffer.write(READY)
        sys.stdout.buffer.flush()
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), end)

    def end() -> None:
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        server.should_exit = True

    server = server_of(office, ready)
    try:
        with socket.socket(fileno=fileno) as place, suppress(KeyboardInterrupt):
            server.run([place])
    finally:
        office.close()


def _let_end(worker: subprocess.Popen[bytes]) -> None:
    with worker:
        try:
            worker.wait(STOP_SECONDS * 2)
        except subprocess.TimeoutExpired:
            worker.kill()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _silent() -> None:
    return
