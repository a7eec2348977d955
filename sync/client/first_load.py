"""The first load of a counter: head office's whole book at once, instead of act by act.

Chunks are fetched one by one, checked by their digests and kept until all are there, so whatever
ends the process, the next exchange goes on where it was. Then one transaction takes all of it over
and sets the cursors; what happened since comes through the feed like any other day's.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from db.services.first_load import ImageTaken, ImageUnfit, take_over
from db.storage.database import Reader
from db.storage.feed_cursors import FeedCursor, FeedCursorRepository
from db.storage.files import os_trouble
from db.storage.migrate import latest_version
from db.storage.snapshot_load import begin_load, end_load, file_of
from db.storage.unit_of_work import UnitOfWork
from sync.client.device import REQUEST_BYTES, DeviceIdentity
from sync.client.first_load_chunks import ChunkStore, asked_again, clear, kept_in
from sync.client.outbox import INCARNATION_SETTING, note_time
from sync.client.storage_access import RunOnStorage
from sync.protocol.messages import ChunkRequest, SnapshotReply, SnapshotRequest
from sync.protocol.office import HeadOffice, OfficeRefused, OfficeUnreachable
from sync.protocol.snapshot import BrokenSnapshot, Manifest, read_manifest

SETTING: Final = "first_load"
FOLDER: Final = "first-load"
MANIFESTS_MAX: Final = 5
"""So many snapshots one after another were not finished: then the feed has to do."""
_IMAGE: Final = "image.db"


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """How far a first load has come: `preparing` (at head office), `fetching`, `taking`.

    `done` of `total` are chunks while preparing, bytes of the book later; 0 where nobody knows.
    """

    stage: str
    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """Return how many parts in a hundred are done; 0 where nobody knows."""
        return 100 * self.done // self.total if self.total else 0


Tell = Callable[[LoadProgress], None]


@dataclass(frozen=True, slots=True)
class FirstLoad:
    """What trying came to: taken over, or to be asked again in `retry_ms`, or not the way."""

    taken: ImageTaken | None = None
    retry_ms: int | None = None


class LoadState(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered between exchanges, for one device: `had` is a manifest's digest.

    `chunks` and `bytes` are how many it has, of a book how large.
    """

    device: bytes
    over: bool = False
    manifests: int = 0
    had: bytes = b""
    chunks: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a load starts from."""

    state: LoadState
    folder: Path
    request: SnapshotRequest


@dataclass(frozen=True, slots=True)
class _Ends:
    """The two ends, and who is told how far it is."""

    run: RunOnStorage
    office: HeadOffice
    device: DeviceIdentity
    tell: Tell


def load_first(
    run: RunOnStorage, office: HeadOffice, device: DeviceIdentity, *, tell: Tell
) -> FirstLoad:
    """Load everything at once where that is due; go on where an earlier try ended.

    Raises:
        OfficeUnreachable: when the line fails; chunks that came are kept.
        OfficeRefused: what head office says to this device.
        StorageUnavailable: disk_full, or worse; nothing is taken over then.
    """
    plan = run(partial(_plan, device=device))
    if plan is None:
        return FirstLoad()
    reply = office.snapshot(plan.request)
    if reply.state == "building":
        tell(LoadProgress("preparing", reply.done, reply.total))
        return FirstLoad(retry_ms=max(1, reply.retry_ms))
    if reply.state != "ready" or plan.state.manifests > MANIFESTS_MAX:
        run(partial(_give_up, device=device))
        clear(plan.folder)
        return FirstLoad()
    try:
        manifest = read_manifest(reply.manifest, reply.signature, public=device.server_key)
    except BrokenSnapshot as broken:
        raise OfficeUnreachable("wrong_signature", str(broken)) from broken
    run(partial(_note, state=plan.state, reply=reply, manifest=manifest))
    store = ChunkStore(plan.folder, manifest)
    return _load(_Ends(run, office, device, tell), store, reply)


def load_progress(reader: Reader, home: Path) -> LoadProgress | None:
    """Return how far the first load of a home has come; nothing where none is under way."""
    text = reader.value("SELECT value FROM setting WHERE name = ?", (SETTING,))
    state = msgspec.json.decode(text, type=LoadState) if text else None
    if state is None or state.over or not state.chunks:
        return None
    here = kept_in(home / FOLDER)
    return LoadProgress("fetching", state.bytes * here // state.chunks, state.bytes)


def _load(ends: _Ends, store: ChunkStore, reply: SnapshotReply) -> FirstLoad:
    if not _fetch(ends, store):
        return FirstLoad(retry_ms=1)
    image = store.folder / _IMAGE
    try:
        taken = ends.run(partial(_take, store=store, reply=reply, tell=ends.tell))
    except ImageUnfit:
        ends.run(partial(_give_up, device=ends.device))
        taken = None
    except BrokenSnapshot as broken:  # the disk changed them since they came
        raise OfficeUnreachable("not_ours", str(broken)) from broken
    finally:
        ends.run(partial(_let_go, image=image))
    store.clear()
    return FirstLoad(taken=taken)


def _fetch(ends: _Ends, store: ChunkStore) -> bool:
    """Get every chunk that is not here; say no when head office does not keep them any more."""
    missing, total = store.missing(), store.manifest.bytes
    here = len(set(store.manifest.chunks)) - len(missing)
    for number, digest in enumerate(missing):
        ends.tell(LoadProgress("fetching", store.share(here + number), total))
        try:
            store.keep(digest, asked_again(partial(_chunk, ends, digest)))
        except OfficeRefused as refused:
            if refused.reason != "gone":
                raise
            ends.run(partial(_forget_manifest, device=ends.device))
            return False
    return True


def _chunk(ends: _Ends, digest: bytes) -> bytes:
    device = ends.device
    return ends.office.chunk(
        ChunkRequest(
            request=ends.run(_request_id), device=device.device, token=device.token, digest=digest
        )
    )


def _take(work: UnitOfWork, *, store: ChunkStore, reply: SnapshotReply, tell: Tell) -> ImageTaken:
    """Take the image over and stand where it stands, in this one transaction."""
    manifest = store.manifest

    def read(upto: int) -> None:
        tell(LoadProgress("taking", upto // 2, manifest.bytes))

    with os_trouble():
        pages = store.pages(reply.key, read)
        begin_load(work.sql, store.folder / _IMAGE, pages=pages, chance=work.chance)
    taken = take_over(work, grams=manifest.grams)
    cursors, life = FeedCursorRepository(work.sql), manifest.incarnation
    for head in manifest.heads:
        at = head.sequence
        cursors.put(FeedCursor(head.bucket, life, at, at, head.sum256))
    work.settings.put(INCARNATION_SETTING, life.hex())
    note_time(work, reply.now)
    work.settings.put(SETTING, "")
    return taken


def _let_go(work: UnitOfWork, *, image: Path) -> None:
    end_load(work.sql, image)


def _plan(work: UnitOfWork, device: DeviceIdentity) -> _Plan | None:
    """Return what to begin with; nothing where the feed was read, or is the way."""
    folder = file_of(work.sql).parent / FOLDER
    state = _state(work, device)
    if state.over or FeedCursorRepository(work.sql).all():
        clear(folder)
        return None
    request = SnapshotRequest(
        request=work.chance(REQUEST_BYTES),
        device=device.device,
        token=device.token,
        schema=latest_version(),
        holds=work.sql.value("SELECT count(*) FROM operation"),
        had=state.had,
    )
    return _Plan(state, folder, request)


def _note(work: UnitOfWork, *, state: LoadState, reply: SnapshotReply, manifest: Manifest) -> None:
    """Remember which snapshot is being loaded, and how many were begun."""
    had = hashlib.sha256(reply.manifest).digest()
    if state.had != had:
        state = LoadState(
            device=state.device,
            manifests=state.manifests + 1,
            had=had,
            chunks=len(set(manifest.chunks)),
            bytes=manifest.bytes,
        )
        _put(work, state)


def _give_up(work: UnitOfWork, device: DeviceIdentity) -> None:
    """Let the feed be the way."""
    _put(work, LoadState(device=device.device, over=True))


def _forget_manifest(work: UnitOfWork, device: DeviceIdentity) -> None:
    """Begin with another snapshot; chunks that both have stay."""
    _put(work, msgspec.structs.replace(_state(work, device), had=b""))


def _state(work: UnitOfWork, device: DeviceIdentity) -> LoadState:
    text = work.settings.get(SETTING)
    if text:
        state = msgspec.json.decode(text, type=LoadState)
        if state.device == device.device:
            return state
    return LoadState(device=device.device)


def _put(work: UnitOfWork, state: LoadState) -> None:
    work.settings.put(SETTING, msgspec.json.encode(state).decode("ascii"))


def _request_id(work: UnitOfWork) -> bytes:
    return work.chance(REQUEST_BYTES)
