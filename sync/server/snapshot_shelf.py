"""Snapshots on head office's disk: chunks under their digests, and the manifests that name them.

The last two snapshots are kept, so that a counter in the middle of the older one finishes it; what
neither of them names is thrown away. A manifest is put in its place whole, after its chunks.
"""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import msgspec

from db.storage.files import put_in_place
from sync.protocol.snapshot import Manifest

FOLDER = "snapshots"
_CURRENT = "current.json"
_PREVIOUS = "previous.json"
_BUILDING = "building.db"
_DECODER = msgspec.json.Decoder(Manifest)


class _Signed(msgspec.Struct, frozen=True, kw_only=True):
    """How a manifest lies on disk."""

    manifest: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """A snapshot that is served: its manifest as it was signed, and read."""

    raw: bytes
    signature: bytes
    manifest: Manifest


class SnapshotShelf:
    """The snapshots of one head office, in a folder of its home."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER
        self._chunks = self._folder / "chunks"

    @property
    def folder(self) -> Path:
        """Return the folder, made when it is not there."""
        self._chunks.mkdir(parents=True, exist_ok=True)
        return self._folder

    @property
    def building(self) -> Path:
        """Return where the image lies while it is cut."""
        return self.folder / _BUILDING

    def current(self) -> KeptSnapshot | None:
        """Return the newest snapshot; nothing where there is none, or it cannot be read."""
        return self._read(_CURRENT)

    def named(self, digest: bytes) -> KeptSnapshot | None:
        """Return the kept snapshot whose manifest has this SHA-256."""
        for name in (_CURRENT, _PREVIOUS):
            kept = self._read(name)
            if kept is not None and hashlib.sha256(kept.raw).digest() == digest:
                return kept
        return None

    def put_chunk(self, chunk: bytes) -> bytes:
        """Keep a chunk; return its digest."""
        digest = hashlib.sha256(chunk).digest()
        path = self._chunks / digest.hex()
        if not path.exists():
            partial = path.with_suffix(".part")
            partial.write_bytes(chunk)
            partial.replace(path)
        return digest

    def put(self, raw: bytes, signature: bytes) -> None:
        """Serve a snapshot whose chunks are all here; forget those before the last."""
        current = self._folder / _CURRENT
        if current.exists():
            current.replace(self._folder / _PREVIOUS)
        partial = current.with_suffix(".part")
        with partial.open("wb") as file:
            file.write(msgspec.json.encode(_Signed(manifest=raw, signature=signature)))
            file.flush()
            os.fsync(file.fileno())
        put_in_place(partial, current)
        self._prune()

    def chunk(self, digest: bytes) -> bytes | None:
        """Return a chunk, if it is kept."""
        try:
            return (self._chunks / digest.hex()).read_bytes()
        except FileNotFoundError:
            return None

    def room(self) -> int:
        """Return how many bytes the disk still takes."""
        return shutil.disk_usage(self.folder).free

    def clear(self) -> None:
        """Throw away what a building that failed or was killed left behind."""
        self.building.unlink(missing_ok=True)
        self._prune()

    def _prune(self) -> None:
        kept = [one for one in map(self._read, (_CURRENT, _PREVIOUS)) if one is not None]
        named = {digest.hex() for one in kept for digest in one.manifest.chunks}
        for path in self._chunks.iterdir():
            if path.name not in named:
                path.unlink(missing_ok=True)

    def _read(self, name: str) -> KeptSnapshot | None:
        try:
            signed = msgspec.json.decode((self._folder / name).read_bytes(), type=_Signed)
            manifest = _DECODER.decode(signed.manifest)
        except (OSError, msgspec.MsgspecError):
            return None
        return KeptSnapshot(signed.manifest, signed.signature, manifest)
