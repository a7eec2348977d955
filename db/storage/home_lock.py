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


@contextmanager
def home_lock(home: Path, role: str = COUNTER) -> Iterator[None]:
    """Hold the home for one `counter` or one `serve` while the block lasts.

    Raises:
        HomeInUse: when another process holds it.
        StorageUnavailable: when the folder cannot be written.
    """
    path = home / f"{role}.lock"
    try:
        file = path.open("a+b")
    except OSError as error:
        raise StorageUnavailable("cannot_open", str(path)) from error
    with file:
        if not _taken(file):
            raise HomeInUse(str(home))
        yield  # closing the file lets go


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
