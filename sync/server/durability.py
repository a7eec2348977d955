"""What of each stream would survive head office's disk: what its last proved backup holds.

A backup counts once it was opened again, read to its end and proved like any book. Then every
counter hears with its next push how far that goes, and sends from there again should head office
ever be put back to it. A copy that was not proved promises nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from db.domain.ids import StreamId
from db.services.verify.book import Verification, verify_home
from db.storage.backup import Manifest, back_up, unpack
from db.storage.unit_of_work import Storage, UnitOfWork

BACKED_UP_SETTING = "proved_backup_at"
ARCHIVED_SETTING = "declared_archive_at"
Progress = Callable[[int, int], None]
_HEADS = "SELECT stream_id, sequence, head FROM stream ORDER BY stream_id"


@dataclass(frozen=True, slots=True)
class OfficeBackup:
    """A backup, its proof, and how many operations of how many streams are safe with it."""

    manifest: Manifest
    proof: Verification
    streams: int
    operations: int


def back_up_office(
    storage: Storage, target: Path, *, progress: Progress | None = None
) -> OfficeBackup:
    """Back head office up, prove the copy, and note how much of each stream it holds.

    Where the proof fails the file stays, and nothing is promised of it.

    Raises:
        StorageUnavailable: as `back_up` does.
    """
    made_at = storage.clock.wall_ms()
    manifest = back_up(storage, target)
    with TemporaryDirectory(prefix=".guitai-", dir=target.parent) as folder:
        trial = unpack(target, Path(folder), key=storage.key, own_key=storage.key)
        copy = Storage(trial, storage.key, clock=storage.clock)
        try:
            proof = verify_home(copy, progress=progress)
            with copy.reading() as reader:
                heads = reader.all(_HEADS)
        finally:
            copy.close()
    if not proof.ok:
        return OfficeBackup(manifest, proof, 0, 0)
    with storage.begin() as work:
        marked = mark_durable(work, heads)
        work.settings.put(BACKED_UP_SETTING, str(made_at))
    return OfficeBackup(manifest, proof, *marked)


def note_archived(storage: Storage) -> tuple[int, int]:
    """Note that an archive outside of us holds everything up to now; return streams, operations.

    For a book in PostgreSQL, whose operator archives its log and tries to restore it: he says so,
    and nothing of it is proved here.
    """
    with storage.begin() as work:
        heads = [(StreamId(row[0]), row[1], row[2]) for row in work.all(_HEADS)]
        marked = mark_durable(work, heads)
        work.settings.put(ARCHIVED_SETTING, str(work.at_ms))
    return marked


def mark_durable(work: UnitOfWork, heads: Iterable[tuple[StreamId, int, bytes]]) -> tuple[int, int]:
    """Note that a proved backup holds these streams so far; return how many, and operations.

    A head that is not ours (any more) is passed over. Whoever archives in another way, as a
    PostgreSQL with a standby does, says so here.
    """
    streams = operations = 0
    for stream_id, sequence, head in heads:
        if sequence and work.operations.hash_at(stream_id, sequence) == head:
            work.operations.acknowledge(stream_id, upto=0, durable=sequence)
            streams, operations = streams + 1, operations + sequence
    return streams, operations
