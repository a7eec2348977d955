"""How this counter is: versions, sizes, backups, the line; and the bundle that tells it elsewhere.

Nothing of it names a member: figures, paths, and log lines of which every longer number is covered.
"""

import platform
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from db.queries.counter_status import counter_status
from db.queries.line_status import line_status
from db.queries.totals import book_totals
from db.storage.database import Reader
from db.storage.home import read_home
from desktop.runtime.flow_timings import FlowFigures
from sync.protocol.version import app_version

LOG_FILE = "counter.log"
BACKUPS = "backups"
BACKUP_PATTERN = "*.backup"
LOG_LINES_MAX = 2_000
LOG_BYTES_READ_MAX = 512 * 1024
_LONG_NUMBER = re.compile(r"\d(?:[ \-]?\d){6,}")


@dataclass(frozen=True, slots=True)
class Health:
    """A counter now; sizes in bytes, times UTC ms, None where there is none."""

    version: str
    python: str
    system: str
    home: str
    log: str
    schema: int
    database_bytes: int
    free_bytes: int | None
    last_backup: str
    last_backup_at: int | None
    members: int
    sales: int
    with_office: bool
    waiting: int
    last_contact_at: int | None
    stopped: bool


def read_health(reader: Reader, home: Path, database: Path) -> Health:
    """Return how a counter is, as far as one snapshot and the disk tell."""
    status = counter_status(reader, read_home(reader))
    totals = book_totals(reader)
    newest = newest_backup(home)
    return Health(
        version=app_version() or "0.1.0.dev",
        python=sys.version.split()[0],
        system=platform.platform(),
        home=str(home),
        log=str(home / LOG_FILE),
        schema=int(reader.value("PRAGMA user_version")),
        database_bytes=_size(database) + _size(database.with_name(database.name + "-wal")),
        free_bytes=free_bytes(home),
        last_backup="" if newest is None else newest.name,
        last_backup_at=None if newest is None else int(newest.stat().st_mtime * 1000),
        members=totals.members,
        sales=totals.sales,
        with_office=status.with_office,
        waiting=status.waiting,
        last_contact_at=status.last_contact_ms,
        stopped=line_status(reader).stopped,
    )


def newest_backup(home: Path) -> Path | None:
    """Return the backup of the home's own folder that was written last."""
    found = backups_in(home)
    return found[0] if found else None


def backups_in(home: Path) -> list[Path]:
    """Return the backups of the home's own folder, the newest first."""
    try:
        found = [path for path in (home / BACKUPS).glob(BACKUP_PATTERN) if path.is_file()]
    except OSError:
        return []
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def free_bytes(home: Path) -> int | None:
    """Return how much room is left where a home lies; None where the disk does not say."""
    try:
        return shutil.disk_usage(home).free
    except OSError:
        return None


def log_tail(home: Path) -> tuple[str, ...]:
    """Return the last lines of the log, every number of seven digits and more covered.

    The log holds no personal data; this is the second lock on that door.
    """
    path = home / LOG_FILE
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LOG_BYTES_READ_MAX))
            text = file.read().decode("utf-8", errors="replace")
    except OSError:
        return ()
    return tuple(_LONG_NUMBER.sub(_covered, line) for line in text.splitlines()[-LOG_LINES_MAX:])


def bundle(health: Health, flows: Sequence[FlowFigures], log: Sequence[str]) -> bytes:
    """Return the diagnostics as a JSON file that a person can read before he hands it on."""
    document = {
        "health": asdict(health),
        "flows": [
            {"flow": each.flow.value, "n": each.count, "p50_ms": each.p50_ms, "p95_ms": each.p95_ms}
            for each in flows
        ],
        "log": list(log),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def _covered(number: re.Match[str]) -> str:
    return f"{number[0][:2]}***"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
