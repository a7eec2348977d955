"""The simulated disk: the real storage, whose process dies around commits and whose disk fills up.

A crash drops the connection and brings back the file and its write-ahead log as they stood, so the
next start recovers as SQLite does after a power cut. A full disk is SQLite's own: no page may be
added. Torn writes are tried by syscall injection on real processes (DECISIONS 29).
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db.domain.clock import Clock
from db.storage.database import Reader
from db.storage.system import Chance
from db.storage.unit_of_work import Storage, UnitOfWork

_PAGES_MAX = 1_073_741_823
Strikes = Callable[[str], bool]
Watch = Callable[[Reader], None]


class Crash(Exception):
    """A process died here."""

    def __init__(self, who: str, boots: int) -> None:
        super().__init__(who)
        self.who = who
        self.boots = boots


class SimulatedStorage(Storage):
    """A storage that tells an onlooker of every commit, and around commits may meet misfortune.

    Args:
        path: the database file.
        key: 32 bytes.
        clock: the machine's clock.
        chance: the machine's random bytes.
        strikes: says whether `crash_before`, `crash_after` or `disk_full` happens now.
        watch: called with the writing connection after each commit that wrote.
        crash: the exception to die by.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        clock: Clock,
        chance: Chance,
        strikes: Strikes,
        watch: Watch,
        crash: Crash,
    ) -> None:
        super().__init__(path, key, clock=clock, chance=chance)
        self._strikes = strikes
        self._watch = watch
        self._crash = crash
        self._dead = False

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Open the write transaction as the real one does; then comes what comes."""
        if self._dead:
            raise self._crash
        full = self._strikes("disk_full")
        if full:
            pages = self._sql.value("PRAGMA page_count")
            self._sql.value(f"PRAGMA max_page_count = {pages}")
        try:
            before = self._changes()
            with super().begin() as work:
                yield work
                if self._strikes("crash_before"):
                    raise self._crash
            if self._changes() != before:
                self._watch(self._sql)
            if self._strikes("crash_after"):
                raise self._crash
        finally:
            if full:
                self._sql.value(f"PRAGMA max_page_count = {_PAGES_MAX}")

    def cut_power(self) -> None:
        """Be closed as a power cut does it: file and log stay as they are, nothing is tidied up."""
        kept = {name: name.read_bytes() for name in _files(self.path) if name.exists()}
        self._dead = True
        self.close()
        for name in (*_files(self.path), _shared(self.path)):
            name.unlink(missing_ok=True)
        for name, held in kept.items():
            name.write_bytes(held)

    def _changes(self) -> int:
        return int(self._sql.value("SELECT total_changes()"))


def copy_files(source: Path, target: Path) -> None:
    """Copy a database with its log, as a file copier would between two transactions."""
    target.parent.mkdir(exist_ok=True)
    for here, there in zip(_files(source), _files(target), strict=True):
        there.unlink(missing_ok=True)
        if here.exists():
            shutil.copyfile(here, there)
    _shared(target).unlink(missing_ok=True)


def _files(path: Path) -> tuple[Path, Path]:
    return path, path.with_name(f"{path.name}-wal")


def _shared(path: Path) -> Path:
    return path.with_name(f"{path.name}-shm")
