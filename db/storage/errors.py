"""What can go wrong with the file, and the one place that reads SQLite's codes.

qutebrowser's rule: conditions of the environment (`Trouble`) and bugs are told apart here, once.
Whatever is not listed is a bug and goes up as it came.
"""

import shutil
from pathlib import Path

from sqlcipher3 import dbapi2

from db.domain.trouble import Trouble

_FULL = 13
_READ_ONLY = 8
_BUSY = 5
_LOCKED = 6
_IO = 10
_CORRUPT = 11
_CANT_OPEN = 14
_NOT_A_DB = 26
_SHM_BYTES = 32_768
_REASONS = {
    _FULL: "disk_full",
    _READ_ONLY: "read_only",
    _BUSY: "busy",
    _LOCKED: "busy",
    _IO: "input_output",
    _CORRUPT: "corrupt",
    _CANT_OPEN: "cannot_open",
    _NOT_A_DB: "wrong_key_or_not_a_database",
}


class StorageUnavailable(Trouble):
    """The database file cannot be used; `reason` is one of the words above."""

    code = "storage_unavailable"

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class NewerDatabase(Trouble):
    """The file was written by a newer version; opening it could lose what it knows."""

    code = "newer_database"

    def __init__(self, found: int, supported: int) -> None:
        super().__init__(f"schema {found}, this version reads up to {supported}")
        self.found = found
        self.supported = supported


class HomeInUse(Trouble):
    """Another window of the application works on this folder."""

    code = "home_in_use"

    def __init__(self, home: str) -> None:
        super().__init__(home)
        self.home = home


class NoHome(Trouble):
    """The folder holds no counter yet."""

    code = "no_home"

    def __init__(self, home: str) -> None:
        super().__init__(home)
        self.home = home


def named_by_disk(trouble: StorageUnavailable, path: Path) -> StorageUnavailable:
    """Return the trouble, called a full disk where there is no room for SQLite's shared memory.

    Opening a file takes those 32 KiB, and SQLite calls their want an error of the disk.
    """
    if trouble.reason != "input_output":
        return trouble
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        return trouble
    return StorageUnavailable("disk_full", trouble.detail) if free < _SHM_BYTES else trouble


def trouble_of(error: dbapi2.Error) -> StorageUnavailable | None:
    """Return the trouble an SQLite error stands for, or nothing when it is a bug."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return _by_text(str(error))
    reason = _REASONS.get(code & 0xFF)
    return None if reason is None else StorageUnavailable(reason, str(error))


def _by_text(text: str) -> StorageUnavailable | None:
    """Read the message where the driver gives no code; its words are SQLite's own constants."""
    words = {
        "database or disk is full": "disk_full",
        "attempt to write a readonly database": "read_only",
        "database is locked": "busy",
        "disk i/o error": "input_output",
        "malformed": "corrupt",
        "unable to open database file": "cannot_open",
        "file is not a database": "wrong_key_or_not_a_database",
    }
    lower = text.lower()
    for phrase, reason in words.items():
        if phrase in lower:
            return StorageUnavailable(reason, text)
    return None
