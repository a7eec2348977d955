"""Head office as a process of its own: started, killed and started again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.processes import Process, answers, done, free_port, wait_until
from tests.support.teller import told


class HeadOffice:
    """Head office as `guitai office serve` runs it: started, killed and started again.

    Args:
        home: its folder.
        database: the PostgreSQL that keeps its book; without one a file does.
        workers: how many processes answer.
    """

    def __init__(self, home: Path, *, database: str | None = None, workers: int = 1) -> None:
        self.home = home
        self.database = database
        self.workers = workers
        self.port = free_port()
        self._process: Process | None = None
        self._lives = 0

    @property
    def address(self) -> str:
        """Return where counters find it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def alive(self) -> bool:
        """Say whether it runs."""
        return self._process is not None and self._process.alive

    def make(self) -> None:
        """Make its home."""
        kept = () if self.database is None else ("--database", self.database)
        done(told(self.home, "office", "init", "--sandbox", *kept))

    def start(self, *, wait: bool = True) -> None:
        """Serve; return when it answers, or at once."""
        self._lives += 1
        words = ("desktop", "--home", str(self.home), "office", "serve", "--port", str(self.port))
        words += ("--workers", str(self.workers))
        folder = self.home.parent / "said"
        self._process = Process(folder, f"{self.home.name}-{self._lives}", *words)
        if wait:
            self.wait_for_answer()

    def wait_for_answer(self) -> None:
        """Return when it answers, with all its workers."""
        assert self._process is not None, "start it first"
        self._process.wait_for(lambda: self.address in self.said(), "to answer")

    def said(self) -> str:
        """Return what it wrote to stderr in this life."""
        assert self._process is not None, "start it first"
        return self._process.complaints()

    def kill(self) -> None:
        """Kill -9; when this returns, none of its workers answers any more."""
        if self._process is not None:
            self._process.kill()
            wait_until(lambda: not answers(self.port), "to fall silent")

    def enroll(self, counter: Path, *, address: str | None = None) -> None:
        """Take a counter in, by a code, over a line of its own if there is one."""
        done(told(counter, "sync", "enroll", address or self.address, self.code()))

    def code(self) -> str:
        """Return a fresh one-time code."""
        return str(done(told(self.home, "office", "enroll-code"))["code"])


@contextmanager
def head_office(home: Path) -> Iterator[HeadOffice]:
    """Make and start a head office, and let it not outlive the block."""
    office = HeadOffice(home)
    office.make()
    office.start()
    try:
        yield office
    finally:
        office.kill()
