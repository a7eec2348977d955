"""The chunks of a first load: fetched one by one, checked by their digests, kept until all came.

A chunk is written beside its name and renamed, so a name stands for a whole chunk however the
process ended. Chunks that another snapshot also has are not fetched again.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db.storage.errors import StorageUnavailable
from db.storage.files import os_trouble
from sync.protocol.office import OfficeUnreachable
from sync.protocol.snapshot import Manifest, open_chunk

CHUNK_TRIES_MAX: Final = 3
DISK_TIMES: Final = 3
"""What a load takes for a moment: its image, the book it becomes, and some room."""
_PART: Final = ".part"
_NAME_LETTERS: Final = 64


@dataclass(frozen=True, slots=True)
class ChunkStore:
    """Where the chunks of one manifest lie."""

    folder: Path
    manifest: Manifest

    def missing(self) -> list[bytes]:
        """Return the digests of what is not here yet; forget what is of no use.

        Raises:
            StorageUnavailable: `disk_full` when the book would not fit on the disk.
        """
        with os_trouble():
            self.folder.mkdir(exist_ok=True)
            wanted = dict.fromkeys(self.manifest.chunks)
            names = {digest.hex() for digest in wanted}
            for path in self.folder.iterdir():
                if path.name not in names:
                    path.unlink()
            missing = [digest for digest in wanted if not self._holds(digest)]
            free = shutil.disk_usage(self.folder).free
        if free < DISK_TIMES * self.manifest.bytes:
            raise StorageUnavailable("disk_full", "the first load does not fit")
        return missing

    def keep(self, digest: bytes, chunk: bytes) -> None:
        """Keep a chunk whose digest was checked."""
        path = self._path(digest)
        partial = path.with_suffix(_PART)
        try:
            with os_trouble():
                partial.write_bytes(chunk)
                partial.replace(path)
        except StorageUnavailable:
            partial.unlink(missing_ok=True)
            raise

    def pages(self, key: bytes, tell: Callable[[int], None]) -> Iterator[bytes]:
        """Yield the image's clear pages; `tell` hears how many bytes of the book were read.

        Raises:
            BrokenSnapshot: when a chunk is not what it was.
        """
        for number, digest in enumerate(self.manifest.chunks, 1):
            yield open_chunk(self._path(digest).read_bytes(), key)
            tell(self.share(number))

    def share(self, chunks: int) -> int:
        """Return how many bytes of the book so many chunks are."""
        return self.manifest.bytes * chunks // len(self.manifest.chunks)

    def clear(self) -> None:
        """Throw everything away."""
        clear(self.folder)

    def _holds(self, digest: bytes) -> bool:
        try:
            return hashlib.sha256(self._path(digest).read_bytes()).digest() == digest
        except FileNotFoundError:
            return False

    def _path(self, digest: bytes) -> Path:
        return self.folder / digest.hex()


def asked_again(fetch: Callable[[], bytes]) -> bytes:
    """Return what a fetch brings; fetch again, at most three times, where it was something else."""
    for left in reversed(range(CHUNK_TRIES_MAX)):
        try:
            return fetch()
        except OfficeUnreachable as trouble:
            if left == 0 or trouble.reason != "not_ours":
                raise
    raise AssertionError("the last try returned or raised")


def kept_in(folder: Path) -> int:
    """Return how many chunks lie in a folder, whole."""
    return sum(1 for path in folder.glob("*") if len(path.name) == _NAME_LETTERS)


def clear(folder: Path) -> None:
    """Throw a folder of chunks away."""
    shutil.rmtree(folder, ignore_errors=True)
