"""Keeping the home whole, from the window: prove the book, back it up, hand the diagnostics over.

What takes long runs on the chores' thread with its own connections, so no sale, search or receipt
waits for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from db.domain.trouble import Trouble
from db.services.verify.book import verify_home
from db.storage.backup import Manifest, back_up
from db.storage.database import Reader
from db.storage.errors import StorageUnavailable
from db.storage.unit_of_work import Storage
from desktop.runtime.desk import Desk
from desktop.runtime.disk_room import DiskRoom
from desktop.runtime.flow_timings import FlowTimings
from desktop.runtime.health import BACKUPS, Health, bundle, log_tail, read_health

PAPERS = "papers"
Failed = Callable[[Trouble], None]


@dataclass(frozen=True, slots=True)
class Proof:
    """What proving the book came to."""

    at_ms: int
    operations: int
    problems: int


class NoRoom(Trouble):
    """What room the disk has left is the book's."""

    code = "no_room"


class _Ended(Trouble):
    """The window goes while the book is being proved."""

    code = "ended"


class Upkeep:
    """What the diagnostics' screen may ask for."""

    def __init__(
        self,
        desk: Desk,
        home: Path,
        *,
        storage: Storage,
        flows: FlowTimings,
        room: DiskRoom | None = None,
    ) -> None:
        """Look after one home."""
        self.flows = flows
        self._desk = desk
        self._home = home
        self._storage = storage
        self._room = room

    def look(self, *, done: Callable[[Health], None], failed: Failed) -> None:
        """Say how the counter is."""

        def read(reader: Reader) -> Health:
            return read_health(reader, self._home, self._storage.path)

        self._desk.runner.read(read, done=done, failed=failed)

    def prove(self, *, done: Callable[[Proof], None], failed: Failed) -> None:
        """Prove that the file is whole and every balance follows from its operations."""
        path, key, now_ms = self._storage.path, self._storage.key, self._desk.now_ms

        def tell(_done: int, _total: int) -> None:
            if self._desk.runner.closing:
                raise _Ended

        def prove() -> Proof:
            storage = Storage(path, key)
            try:
                proof = verify_home(storage, progress=tell)
            finally:
                storage.close()
            return Proof(now_ms, proof.operations, proof.problem_count)

        self._desk.runner.chore(prove, done=done, failed=failed)

    def back_up(self, *, done: Callable[[Manifest], None], failed: Failed) -> None:
        """Write a checked backup into the home's own folder, unless its disk is nearly full."""
        if self._room is not None and not self._room.to_spare():
            failed(NoRoom())
            return
        calendar, storage = self._desk.facts.home.calendar, self._storage
        at = calendar.local(self._desk.now_ms)
        target = self._home / BACKUPS / f"guitai-{at:%Y%m%d-%H%M%S}.backup"

        def write() -> Manifest:
            _make_folder(target.parent)
            return back_up(storage, target)

        self._desk.runner.chore(write, done=done, failed=failed)

    def save_bundle(self, health: Health, *, done: Callable[[Path], None], failed: Failed) -> None:
        """Write the diagnostics into the home's papers and name the file."""
        at = self._desk.facts.home.calendar.local(self._desk.now_ms)
        path = self._home / PAPERS / f"diagnostics-{at:%Y%m%d-%H%M%S}.json"
        figures = self.flows.figures()

        def write() -> Path:
            _make_folder(path.parent)
            try:
                path.write_bytes(bundle(health, figures, log_tail(self._home)))
            except OSError as error:
                raise StorageUnavailable("input_output", str(path)) from error
            return path

        self._desk.runner.chore(write, done=done, failed=failed)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StorageUnavailable("input_output", str(folder)) from error
