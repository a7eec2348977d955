"""One window per home: a lock of the operating system's, which dies with its owner.

A file with a process id in it would outlive a power cut. This lock is on an open file: when the
process ends, however it ends, the system lets go of it. Commands do not take it; they wait for the
writer inside SQLite.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from db.storage.errors import HomeInUse, StorageUnavailable

COUNTER = "counter"
SERVE = "serve"


class HomeLock:
    """The home held for one `counter` or one `serve`, until `release` or death."""

    def __init__(self, home: Path, role: str = COUNTER) -> None:
        """Take the home.

        Raises:
            HomeInUse: when another process, or another window of this one, holds it.
            StorageUnavailable: when the folder cannot be written.
        """
        path = home / f".{role}.in-use"
        try:
            self._file = path.open("a+b")
        except OSError as error:
            raise StorageUnavailable("cannot_open", str(path)) from error
        if not _taken(self._file):
            self._file.close()
            raise HomeInUse(str(home))

    def release(self) -> None:
        """Let go; once more changes nothing."""
        self._file.close()


@contextmanager
def home_lock(home: Path, role: str = COUNTER) -> Iterator[None]:
    """Hold the home while the block lasts; raises what `HomeLock` raises."""
    lock = HomeLock(home, role)
    try:
        yield
    finally:
        lock.release()


if sys.platform == "win32":
    import msvcrt

    def _taken(file: IO[bytes]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
