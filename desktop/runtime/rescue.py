"""What can be done for a home whose book does not open: a backup brought back, the unsent saved.

There is no open book, so nobody can sign in. What is done here throws nothing away: the book that
was there is kept beside the restored one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from db.domain.trouble import Trouble
from db.services.restore import Restored, restore_home
from db.storage.backup import read_manifest
from db.storage.errors import NewerDatabase, StorageUnavailable
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.system import system_chance
from db.storage.unit_of_work import Storage
from desktop.runtime.crash import note_bug
from desktop.runtime.health import backups_in
from desktop.runtime.runner import Runner
from sync.client.device import DEVICE_FILE, load_device
from sync.client.parcels import make_parcel
from sync.client.storage_access import directly_on

BACKUPS_SHOWN = 4
PARCEL_NAME = "unsent.guitai"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup that can be brought back: when it was made (UTC ms), and what is in it."""

    path: Path
    made_at: int
    members: int
    sales: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What was not sent lies in a file, for head office to read."""

    path: Path
    operations: int


class Rescue(QObject):
    """Helps one home."""

    def __init__(self, home: Path, *, os_store: bool) -> None:
        """Touch nothing yet."""
        super().__init__()
        self.home = home
        self._os_store = os_store
        self._hands = Runner(None, self)
        self._hands.broke.connect(self._on_bug)
        self._failed: Callable[[Trouble], None] | None = None

    def backups(self) -> tuple[BackupFile, ...]:
        """Return the newest backups of the home's own folder that say what they are."""
        found = []
        for path in backups_in(self.home)[:BACKUPS_SHOWN]:
            try:
                manifest = read_manifest(path)
            except (StorageUnavailable, NewerDatabase):
                continue
            found.append(BackupFile(path, manifest.made_at, manifest.members, manifest.sales))
        return tuple(found)

    def has_office(self) -> bool:
        """Say whether there is a head office to which something may not have been sent."""
        return (self.home / DEVICE_FILE).exists()

    def restore(
        self, backup: Path, *, done: Callable[[Restored], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Bring a backup back; the book that was there is kept beside it."""
        self._failed = failed
        self._hands.errand(
            lambda: restore_home(backup, self.home, os_store=self._os_store),
            done=done,
            failed=failed,
        )

    def save_unsent(
        self, *, done: Callable[[Saved], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Write what head office does not have into a file of the home, if the book can be read."""
        self._failed = failed

        def save() -> Saved:
            device = load_device(self.home)
            if device is None:
                raise StorageUnavailable("no_home", DEVICE_FILE)
            key = database_key(
                self.home, os_store=self._os_store, chance=system_chance, create=False
            )
            storage = Storage(database_path(self.home), key)
            try:
                parcel, operations = make_parcel(directly_on(storage), device)
            finally:
                storage.close()
            path = self.home / PARCEL_NAME
            try:
                path.write_bytes(parcel)
            except OSError as error:
                raise StorageUnavailable("input_output", str(path)) from error
            return Saved(path, operations)

        self._hands.errand(save, done=done, failed=failed)

    def _on_bug(self, error: BaseException) -> None:
        """Write a bug down, and let who waits go on with general words."""
        note_bug(self.home, error)
        if self._failed is not None:
            self._failed(Trouble())

    def close(self) -> None:
        """End what runs."""
        self._hands.close()
