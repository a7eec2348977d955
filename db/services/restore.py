"""Restoring a home from a backup, so that what it writes next cannot contradict what it wrote.

Between backup and loss the counter may have sold and been heard by head office. The restored
database therefore begins a new stream before its next operation (SYNC.md §2.10), and leaves a gap
in its member numbers: those it gave out and forgot must not be given again.
"""

from dataclasses import dataclass
from pathlib import Path

from db.domain.clock import Clock
from db.domain.ids import StreamId
from db.services.enrollment import start_stream
from db.storage.backup import Manifest, backup_key, read_manifest, switch_in, unpack
from db.storage.errors import StorageUnavailable
from db.storage.home_lock import COUNTER, SERVE, home_lock
from db.storage.keys import database_key
from db.storage.system import Chance, SystemClock, system_chance
from db.storage.unit_of_work import Storage

NUMBERS_SKIPPED = 1_000_000
"""More members than a counter registers between two backups; a block has 2^30 numbers."""
STREAM_BYTES = 16


@dataclass(frozen=True, slots=True)
class Restored:
    """The home is back at `manifest`; the database that was there before is at `kept`."""

    manifest: Manifest
    stream_id: StreamId
    kept: Path | None


def restore_home(
    source: Path,
    home: Path,
    *,
    os_store: bool,
    clock: Clock | None = None,
    chance: Chance = system_chance,
) -> Restored:
    """Bring a backup back into a new or an existing home; nothing changes unless all goes well.

    Raises:
        StorageUnavailable: not_a_backup, corrupt, key_missing, or what the disk does.
        NewerDatabase: when a newer version made the backup.
        HomeInUse: when a counter or a head office works on the home.
    """
    manifest = read_manifest(source)
    home.mkdir(parents=True, exist_ok=True)
    with home_lock(home, COUNTER), home_lock(home, SERVE):
        own = _own_key(home, os_store=os_store, chance=chance)
        key = backup_key(source, manifest, own=own)
        own_key = own or database_key(home, os_store=os_store, chance=lambda _: key, create=True)
        trial = unpack(source, home, key=key, own_key=own_key)
        stream_id = _begin_anew(trial, own_key, clock=clock or SystemClock(), chance=chance)
        kept = switch_in(trial, home, own_key=own_key)
    return Restored(manifest, stream_id, kept)


def _own_key(home: Path, *, os_store: bool, chance: Chance) -> bytes | None:
    try:
        return database_key(home, os_store=os_store, chance=chance, create=False)
    except StorageUnavailable as trouble:
        if trouble.reason == "key_missing":
            return None
        raise


def _begin_anew(trial: Path, key: bytes, *, clock: Clock, chance: Chance) -> StreamId:
    storage = Storage(trial, key, clock=clock, chance=chance)
    try:
        with storage.begin() as work:
            stream_id = StreamId(work.chance(STREAM_BYTES))
            start_stream(work, stream_id)
            used = int(work.settings.get("numbers_used") or 0)
            work.settings.put("numbers_used", str(used + NUMBERS_SKIPPED))
    finally:
        storage.close()
    return stream_id
