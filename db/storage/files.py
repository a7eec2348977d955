"""Files beside the database: putting one in the place of another, and what disks say.

A rename is whole or not at all, but it is in the folder, and the folder is on the disk only once
it was flushed too. What is written after it (a counter that belongs to a head office from now on)
may rest on it (the key it is known by there), so the rename has to be there first.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.storage.errors import StorageUnavailable

_OS_REASONS = {errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EROFS: "read_only"}


def put_in_place(partial: Path, path: Path) -> None:
    """Rename a flushed file and wait until the rename is on the disk."""
    partial.replace(path)
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError:
        return  # Windows opens no folders, and needs none: NTFS logs renames in their order
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def os_trouble() -> Iterator[None]:
    """Say what the disk did in the words of `StorageUnavailable`."""
    try:
        yield
    except OSError as error:
        reason = _OS_REASONS.get(error.errno or 0, "cannot_open")
        raise StorageUnavailable(reason, str(error)) from error
