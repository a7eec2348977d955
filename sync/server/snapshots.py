"""Offering a new counter everything at once: which snapshot, from when on, and building it.

Building reads one state of the file on a connection of its own, beside the thread that answers;
whoever asks meanwhile is told to come back. A small book has none: there the feed is as fast.
"""

import hashlib
import logging
from dataclasses import dataclass

from db.storage.database import Reader
from db.storage.errors import HomeInUse, StorageUnavailable
from db.storage.home_lock import home_lock
from db.storage.migrate import latest_version
from db.storage.snapshot_pages import PAGE_BYTES, clear_pages
from db.storage.unit_of_work import Storage
from sync.protocol.messages import Position, SnapshotReply, SnapshotRequest
from sync.protocol.snapshot import (
    KEY_BYTES,
    PAGES_IN_CHUNK,
    Manifest,
    seal_chunk,
    signed_manifest,
)
from sync.server.desk import Desk
from sync.server.feed import publish_own
from sync.server.snapshot_shelf import KeptSnapshot, SnapshotShelf
from sync.server.storage.device_rows import DeviceRow

LEAST_SETTING = "snapshot_from"
LEAST_OPERATIONS = 20_000
"""From how many operations on a snapshot is worth its while."""
TAIL_SHARE = 10
"""A snapshot is stale when what came behind it is more than one tenth of all."""
TAIL_OPERATIONS = 5_000
KEY_SETTING = "snapshot_key"
ASK_AGAIN_MS = 1_000
PUBLISHED_AT_ONCE = 10
"""How many batches of head office's own acts go into the feed while a counter waits; a million
imported members come to the counters through it."""
FAILED_PAUSE_MS = 600_000
_ROOM_TIMES = 3
_LOCK = "snapshot"
_FEED = "SELECT bucket, sequence, sum256 FROM feed_head ORDER BY bucket"
_ERASED = "SELECT f.bucket, f.sequence FROM erasure AS e CROSS JOIN feed AS f WHERE f.op = e.op"
"""Erasures first, for they are few: the feed is asked for each of them by its operation."""
_COUNTS = (
    "SELECT (SELECT count(*) FROM member), (SELECT count(*) FROM operation),"
    " (SELECT value FROM setting WHERE name = 'member_grams')"
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What building needs, written down by the thread that answers."""

    private_key: bytes
    snapshot_key: bytes
    image_key: bytes
    incarnation: bytes
    at_ms: int


@dataclass(frozen=True, slots=True)
class _State:
    """What is read of the very state that the image shows."""

    heads: tuple[Position, ...]
    members: int
    operations: int
    grams: str


class Snapshots:
    """The snapshots of one head office: answers at once, builds when told to."""

    def __init__(self, storage: Storage, shelf: SnapshotShelf) -> None:
        self._storage = storage
        self._shelf = shelf
        self._order: Order | None = None
        self._building = False
        self._done = self._total = 0
        self._pause_until = 0

    def take_order(self) -> Order | None:
        """Return what is to be built, once; who takes it builds it, on whatever thread."""
        order, self._order = self._order, None
        self._building = self._building or order is not None
        return order

    def answer(self, desk: Desk, device: DeviceRow, request: SnapshotRequest) -> SnapshotReply:
        """Return the manifest to load by, or that there is none, or not yet.

        There is none for a counter that holds its branch's members only: they are few.
        """
        if desk.guests.branch_of(device.counter_id) is not None:
            return self._reply(desk, request, "none")
        if any(not publish_own(desk) for _ in range(PUBLISHED_AT_ONCE)):
            return self._offered(desk, request)
        return self._reply(desk, request, "building")  # what it wrote itself is a long tail yet

    def _offered(self, desk: Desk, request: SnapshotRequest) -> SnapshotReply:
        total = sum(desk.feed.head(bucket)[0] for bucket in desk.feed.buckets())
        least = int(desk.work.settings.get(LEAST_SETTING) or LEAST_OPERATIONS)
        if total < least or request.holds > total // 2 or request.schema != latest_version():
            return self._reply(desk, request, "none")
        kept = self._shelf.named(request.had) or self._shelf.current()
        if kept is not None and self._serves(desk, kept, total):
            return self._reply(desk, request, "ready", kept=kept)
        if desk.work.at_ms < self._pause_until:
            return self._reply(desk, request, "none")
        if self._order is None and not self._building:
            self._order = _order(desk)
        return self._reply(desk, request, "building")

    def chunk(self, digest: bytes) -> bytes | None:
        """Return a chunk, if it is kept."""
        return self._shelf.chunk(digest)

    def build(self, order: Order) -> bool:
        """Build what was ordered; say whether it is there now.

        It takes a minute for a million members. What goes wrong is the operator's to read, and the
        counters' reason to read the feed instead.
        """
        try:
            with home_lock(self._shelf.folder, _LOCK):
                self._make(order)
        except HomeInUse:
            return False  # another worker of this head office builds it
        except (StorageUnavailable, OSError) as trouble:
            _log.warning("no snapshot could be built: %s", trouble)
            self._pause_until = order.at_ms + FAILED_PAUSE_MS
            self._shelf.clear()
            return False
        finally:
            self._building, self._done, self._total = False, 0, 0
        return True

    def _serves(self, desk: Desk, kept: KeptSnapshot, total: int) -> bool:
        """Say whether a snapshot is of this life, of this schema, and not too long ago.

        One from before somebody was erased still names him: it is not handed out any more. Places
        in the feed say so, for no clock does: an erasure may be heard of long after it was written.
        """
        manifest = kept.manifest
        passed = {head.bucket: head.sequence for head in manifest.heads}
        erased = desk.work.sql.all(_ERASED)
        if any(sequence > passed.get(bucket, 0) for bucket, sequence in erased):
            return False
        if manifest.incarnation != desk.incarnation or manifest.schema != latest_version():
            return False
        tail = total - sum(head.sequence for head in manifest.heads)
        return tail <= max(TAIL_OPERATIONS, total // TAIL_SHARE)

    def _reply(
        self,
        desk: Desk,
        request: SnapshotRequest,
        state: str,
        *,
        kept: KeptSnapshot | None = None,
    ) -> SnapshotReply:
        return SnapshotReply(
            request=request.request,
            incarnation=desk.incarnation,
            state=state,
            manifest=b"" if kept is None else kept.raw,
            signature=b"" if kept is None else kept.signature,
            key=b"" if kept is None else _snapshot_key(desk),
            done=self._done,
            total=self._total,
            retry_ms=ASK_AGAIN_MS if state == "building" else 0,
            now=desk.work.at_ms,
        )

    def _make(self, order: Order) -> None:
        image = self._shelf.building
        if self._shelf.room() < _ROOM_TIMES * self._storage.path.stat().st_size:
            raise StorageUnavailable("disk_full", "a snapshot takes twice the book for a moment")
        state = self._storage.image(image, image_key=order.image_key, beside=_state)
        size = image.stat().st_size
        self._total = -(-size // (PAGE_BYTES * PAGES_IN_CHUNK))
        chunks: list[bytes] = []
        with image.open("rb") as file:
            while pages := file.read(PAGE_BYTES * PAGES_IN_CHUNK):
                clear = clear_pages(pages, order.image_key, first=not chunks)
                chunks.append(self._shelf.put_chunk(seal_chunk(clear, order.snapshot_key)))
                self._done = len(chunks)
        image.unlink()
        manifest = Manifest(
            incarnation=order.incarnation,
            schema=latest_version(),
            grams=state.grams,
            made_at=order.at_ms,
            heads=state.heads,
            rows=state.operations,
            members=state.members,
            bytes=size,
            chunks=tuple(chunks),
        )
        self._shelf.put(*signed_manifest(manifest, private=order.private_key))


def _order(desk: Desk) -> Order:
    return Order(
        private_key=desk.private_key,
        snapshot_key=_snapshot_key(desk),
        image_key=desk.work.chance(KEY_BYTES),
        incarnation=desk.incarnation,
        at_ms=desk.work.at_ms,
    )


def _snapshot_key(desk: Desk) -> bytes:
    """Return the key of this head office's chunks: of this life, so that a restore begins anew."""
    found = desk.work.settings.get(KEY_SETTING)
    if found is None:
        found = desk.work.chance(KEY_BYTES).hex()
        desk.work.settings.put(KEY_SETTING, found)
    return hashlib.sha256(bytes.fromhex(found) + desk.incarnation).digest()


def _state(reader: Reader) -> _State:
    heads = reader.all(_FEED)
    counts = reader.one(_COUNTS)
    assert counts is not None, "counts always answer"
    members, operations, grams = counts
    return _State(
        tuple(Position(bucket=row[0], sequence=row[1], sum256=row[2]) for row in heads),
        members,
        operations,
        grams or "",
    )
