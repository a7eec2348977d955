"""The grant journal: every lease head office gave, on disk before the counter hears of it.

A head office restored from yesterday's backup has forgotten today's leases, and would grant the
same points twice. Backup plus journal is what it knew. The file is append-only, one operation a
line, flushed to the disk line by line; it is best kept on a second disk.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from db.domain.operations import RAW_BYTES_MAX

JOURNAL_FILE = "grants.journal"
TAIL_BYTES = 2 * RAW_BYTES_MAX
"""The last grant lies in these."""


class GrantJournal:
    """An append-only file of `lease_grant` operations."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def folder(self) -> Path:
        """Return the folder that the journal lies in: head office's home."""
        return self._path.parent

    def append(self, raws: list[bytes]) -> None:
        """Write grants and wait for the disk; call it before the transaction commits."""
        if not raws:
            return
        with self._path.open("ab") as file:
            file.write(b"".join(raw + b"\n" for raw in raws))
            file.flush()
            os.fsync(file.fileno())

    def last(self) -> bytes | None:
        """Return the grant that was written last, if one was."""
        try:
            size = self._path.stat().st_size
        except FileNotFoundError:
            return None
        with self._path.open("rb") as file:
            file.seek(max(0, size - TAIL_BYTES))
            lines = [line[:-1] for line in file if line.endswith(b"\n")]
        return lines[-1] if lines else None

    def each(self) -> Iterator[bytes]:
        """Yield every grant ever written; a line that a crash cut off is left out."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield line[:-1]
