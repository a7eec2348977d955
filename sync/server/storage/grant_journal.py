"""The grant journal: what head office decided, on disk before a counter hears of it.

A head office restored from yesterday's backup has forgotten today's leases, and would grant the
same points twice. Backup plus journal is what it knew. The file is append-only, one operation a
line, flushed to the disk before a reply leaves; it is best kept on a second disk. Only what was
committed gets in, so what stands here was done; what does not was told to nobody.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from db.domain.operations import RAW_BYTES_MAX, MalformedOperation, read_operation
from db.storage.errors import StorageUnavailable

JOURNAL_FILE = "grants.journal"
TAIL_BYTES = 4 * RAW_BYTES_MAX
"""The last decision lies in these, with a torn line or two behind it."""


class GrantJournal:
    """An append-only file of what head office decided."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def folder(self) -> Path:
        """Return the folder that the journal lies in: head office's home."""
        return self._path.parent

    def append(self, raws: Sequence[bytes]) -> None:
        """Write decisions and wait for the disk; call it before they are told.

        A line that a crash cut off stays cut off: what comes behind it begins a line of its own.

        Raises:
            StorageUnavailable: when it cannot be written; then nothing may be told.
        """
        try:
            with self._path.open("ab+") as file:
                if file.tell():
                    file.seek(-1, os.SEEK_END)
                    raws = [b"", *raws] if file.read(1) != b"\n" else raws
                file.write(b"".join(raw + b"\n" for raw in raws))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StorageUnavailable("input_output", str(self._path)) from error

    def last(self) -> bytes | None:
        """Return the decision that was written last, if one was.

        A line that a crash cut off may have been ended by what came behind it: it is passed over.
        """
        if not self._path.exists():
            return None
        size = self._path.stat().st_size
        with self._path.open("rb") as file:
            file.seek(max(0, size - TAIL_BYTES))
            lines = [line[:-1] for line in file if line.endswith(b"\n")]
        return next((line for line in reversed(lines) if _is_operation(line)), None)

    def upto(self, stream_id: bytes) -> int:
        """Return how far a stream was written down: the place of the last line, if it is its."""
        last = self.last()
        if last is None:
            return 0
        operation = read_operation(last)
        return operation.envelope.q if operation.stream == stream_id else 0

    def each(self) -> Iterator[bytes]:
        """Yield every decision ever written; a line that a crash cut off is left out."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield line[:-1]


def _is_operation(line: bytes) -> bool:
    try:
        read_operation(line)
    except MalformedOperation:
        return False
    return True
