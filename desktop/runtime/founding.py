"""Making a home from the window: a shop of its own, a counter of a head office, or from a backup.

Nothing of it needs an open book. What is half made lies beside a mark, and is thrown away by the
next start: nobody knows its PIN. The mark goes as soon as the home is whole; for a counter that
joins that is when head office has answered, for its code works only once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.domain.clock import BusinessCalendar
from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.services.restore import Restored, restore_home
from db.services.set_up import MANAGER_NAME, HomeMade, InitHome, init_home
from db.storage.errors import StorageUnavailable
from db.storage.home import database_path
from db.storage.keys import KEY_FILE, database_key
from db.storage.system import Chance, system_chance
from db.storage.unit_of_work import Storage
from desktop.runtime.crash import note_bug
from desktop.runtime.leasing import Loading
from desktop.runtime.line import OfficeLine
from desktop.runtime.runner import Runner
from sync.client.address import OfficeAddressInvalid, office_address
from sync.client.device import Enrolled, enroll, load_device

MARK = ".being-made"
MANAGER_NAMES = {"zh_CN": MANAGER_NAME, "en": "Manager"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShop:
    """What a new home is called, the program it begins with, and its manager's PIN."""

    branch: str
    counter: str
    language: str
    program: bytes | None = None
    pin: str | None = None


def needs_founding(home: Path) -> bool:
    """Say whether there is no home in a folder yet, or only a half made one."""
    return not database_path(home).exists() or (home / MARK).exists()


def address_fault(address: str) -> str:
    """Return why an address may be no head office's (malformed, insecure), or nothing."""
    try:
        office_address(address)
    except OfficeAddressInvalid as refusal:
        return refusal.reason
    return ""


class Founding(QObject):
    """Makes the home in one folder.

    Signals:
        loading: how far the first load has come (`Loading`); None when nothing is loaded any more.
    """

    loading = Signal(object)

    def __init__(self, home: Path, *, os_store: bool, chance: Chance = system_chance) -> None:
        """Touch nothing yet."""
        super().__init__()
        self._home = home
        self._os_store = os_store
        self._chance = chance
        self._hands = Runner(None, self)
        self._hands.broke.connect(self._on_bug)
        self._failed: Callable[[Trouble], None] | None = None
        self._storage: Storage | None = None
        self._runner: Runner | None = None
        self._line: OfficeLine | None = None
        self._tried: NewShop | None = None

    def found(
        self,
        shop: NewShop,
        *,
        done: Callable[[HomeMade], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        """Make a shop that is its own authority."""
        self._failed = failed

        def make() -> HomeMade:
            made = self._make(shop)
            (self._home / MARK).unlink(missing_ok=True)
            return made

        self._hands.errand(make, done=done, failed=failed)

    def join(
        self,
        shop: NewShop,
        address: str,
        code: str,
        *,
        done: Callable[[Enrolled], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        """Make a counter and let it join the head office that its one-time code is of."""
        self._failed = failed

        def make() -> Enrolled:
            if shop != self._tried:  # a lost answer is asked for again by the very same counter
                self._make(shop)
                self._tried = shop
            storage = self._open()
            try:
                enrolled = enroll(storage, self._home, address, code)
            finally:
                storage.close()
            (self._home / MARK).unlink(missing_ok=True)
            return enrolled

        self._hands.errand(make, done=done, failed=failed)

    def restore(
        self, backup: Path, *, done: Callable[[Restored], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Make the home that a backup holds."""
        self._failed = failed

        def bring() -> Restored:
            self._clear()
            restored = restore_home(backup, self._home, os_store=self._os_store)
            (self._home / MARK).unlink(missing_ok=True)
            return restored

        self._hands.errand(bring, done=done, failed=failed)

    def load(self) -> None:
        """Begin the first load from head office; `loading` tells how far it is."""
        device = load_device(self._home)
        assert device is not None, "a counter that joined has its device"
        self._storage = self._open()
        self._runner = Runner(self._storage, self)
        self._runner.broke.connect(partial(note_bug, self._home))
        self._line = OfficeLine(self._runner, self._storage, device)
        self._line.changed.connect(self._on_line)
        self._line.start()

    def close(self) -> None:
        """End what runs; what was loaded so far is kept, and the counter goes on with it."""
        if self._line is not None:
            self._line.stop()
        if self._runner is not None:
            self._runner.close()
        if self._storage is not None:
            self._storage.close()
        self._line, self._runner, self._storage = None, None, None
        self._hands.close()

    def _on_bug(self, error: BaseException) -> None:
        """Write a bug down, and let who waits go on with general words."""
        note_bug(self._home, error)
        if self._failed is not None:
            self._failed(Trouble())

    def _on_line(self) -> None:
        load: Loading | None = None if self._line is None else self._line.first_load()
        self.loading.emit(load)

    def _make(self, shop: NewShop) -> HomeMade:
        """Fill an empty folder; what an earlier try left is thrown away first."""
        self._clear()
        key = database_key(self._home, os_store=self._os_store, chance=self._chance, create=True)
        storage = Storage(database_path(self._home), key, chance=self._chance)
        command = InitHome(
            branch=shop.branch,
            counter=shop.counter,
            calendar=BusinessCalendar(),
            program=shop.program,
            manager=MANAGER_NAMES.get(shop.language, MANAGER_NAME),
            pin=shop.pin,
            language=shop.language,
        )
        try:
            with storage.begin() as work:
                return init_home(work, command)
        except Refusal as refusal:
            raise StorageUnavailable("input_output", type(refusal).__name__) from refusal
        finally:
            storage.close()

    def _clear(self) -> None:
        """Mark the folder, and empty it of a home that was never finished."""
        try:
            self._home.mkdir(parents=True, exist_ok=True, mode=0o700)
            database = database_path(self._home)
            half_made = not database.exists() or (self._home / MARK).exists()
            assert half_made, "a home that is whole is never made anew"
            (self._home / MARK).touch()
            for ending in ("", "-wal", "-shm"):
                database.with_name(database.name + ending).unlink(missing_ok=True)
            (self._home / KEY_FILE).unlink(missing_ok=True)
        except OSError as error:
            raise StorageUnavailable("cannot_open", str(self._home)) from error

    def _open(self) -> Storage:
        key = database_key(self._home, os_store=self._os_store, chance=self._chance, create=False)
        return Storage(database_path(self._home), key, chance=self._chance)
