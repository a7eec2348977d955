"""The composition root of the counter: opens a home, builds the window, runs it.

The only place where storage, runner, line and screens meet. `run_counter` is the program;
`open_counter` gives the same counter to tests and to the demo, which drive its window.
"""

import logging
import signal
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from platformdirs import user_data_path
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from db.domain.clock import Clock
from db.domain.ids import CHANCE_BYTES, uuid7
from db.domain.trouble import Trouble
from db.storage.errors import NoHome
from db.storage.home import database_path
from db.storage.home_lock import HomeLock
from db.storage.keys import database_key
from db.storage.system import Chance, SystemClock, system_chance
from db.storage.unit_of_work import Storage
from desktop.config import Preferences, keep_preferences, read_preferences
from desktop.device_settings import DeviceSettings, read_device_settings
from desktop.devices.scanner import WedgeScanner
from desktop.i18n.language import Language, LanguageSwitch
from desktop.runtime.crash import catch_bugs
from desktop.runtime.desk import Desk, desk_facts
from desktop.runtime.devices import Devices
from desktop.runtime.disk_room import DiskRoom
from desktop.runtime.flow_timings import FlowTimings
from desktop.runtime.founding import needs_founding
from desktop.runtime.idle import IdleWatch
from desktop.runtime.leasing import Leasing, NoOffice
from desktop.runtime.line import OfficeLine
from desktop.runtime.papers import Papers
from desktop.runtime.printing import Printing
from desktop.runtime.receipt_codes import ReceiptCodes
from desktop.runtime.runner import Runner
from desktop.runtime.upkeep import Upkeep
from desktop.screens.customer.second_screen import SecondScreen
from desktop.shell.counter_sounds import CounterSounds
from desktop.shell.customer_lines import CustomerLines
from desktop.shell.first_run import run_first_run
from desktop.shell.flow_watch import FlowWatch
from desktop.shell.pages import Pages
from desktop.shell.safe_mode import run_safe_mode
from desktop.shell.safe_screen import show_bug
from desktop.shell.view_model import ShellViewModel
from desktop.shell.window import CounterWindow
from desktop.theme.look import Look, percent_that_fits
from desktop.theme.tokens import LEAST_HEIGHT, LEAST_WIDTH
from sync.client.device import DeviceIdentity, load_device

WINDOW_SIZE = QSize(1366, 768)
WINDOW_SIZE_MIN = QSize(LEAST_WIDTH, LEAST_HEIGHT)
EXIT_TROUBLE = 4
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Dress:
    """The application's one look and one language, made once in a process."""

    look: Look
    languages: LanguageSwitch


class Counter:
    """An open counter: its window and what stands behind it."""

    def __init__(
        self, home: Path, storage: Storage, *, dress: Dress, chance: Chance, lock: ExitStack
    ) -> None:
        """Build the window over an open storage."""
        self.home = home
        self.storage = storage
        self._dress = dress
        self._lock = lock
        self._closed = False
        clock = storage.clock
        with storage.reading() as reader:
            facts = desk_facts(reader, now_ms=clock.wall_ms())
            self._preferences = read_preferences(reader)
            devices = read_device_settings(reader)
        self._wear(self._preferences)
        self.runner = Runner(storage)
        self.desk = Desk(
            facts,
            runner=self.runner,
            clock=clock,
            new_id=lambda: uuid7(clock.wall_ms(), chance(CHANCE_BYTES)),
        )
        self._open_means(devices)
        self.shell = ShellViewModel(
            self.desk,
            self.leasing,
            printing=self.printing,
            room=self.room,
            parent=self.desk,
        )
        self.window = CounterWindow(dress.look, self.shell, self.pages)
        self.second_screen = SecondScreen(
            application(), dress.look, self.pages.customer_model, cashiers=self.window
        )
        self.customer_lines = CustomerLines(self.desk, self.pages.counter_model, self.desk)
        self.sounds = CounterSounds(
            self.desk, self.pages.counter_model, wanted=lambda: self.devices.settings.sounds
        )
        self.idle = IdleWatch(
            application(), minutes=self._preferences.lock_minutes, now_ms=SystemClock().mono_ms
        )
        self.watch = FlowWatch(self.pages, self.desk, self.flows, now_ms=SystemClock().mono_ms)
        self._connect()
        self.customer_lines.say()

    def _open_means(self, devices: DeviceSettings) -> None:
        """Open what the screens stand on beside the book: line, paper, upkeep; then the screens."""
        dress, home, storage = self._dress, self.home, self.storage
        identity = load_device(self.home)
        self.line = self._office_line(identity)
        self.codes = ReceiptCodes(identity)
        self.leasing: Leasing = self.line or NoOffice()
        self.room = DiskRoom(home)
        self.papers = Papers(
            self.desk, home, language=lambda: str(dress.languages.language), room=self.room
        )
        self.printing = Printing(
            self.desk, devices, language=lambda: str(dress.languages.language), codes=self.codes
        )
        self.flows = FlowTimings(home)
        self.upkeep = Upkeep(self.desk, home, storage=storage, flows=self.flows, room=self.room)
        self.scanner = WedgeScanner(application())
        self.devices = Devices(self.scanner, now_ms=SystemClock().mono_ms, parent=self.desk)
        self.devices.use(devices)
        self.pages = Pages(
            dress.look,
            self.desk,
            leasing=self.leasing,
            papers=self.papers,
            printing=self.printing,
            upkeep=self.upkeep,
            devices=self.devices,
            codes=self.codes,
        )

    def start(self) -> None:
        """Begin to exchange with head office, where there is one."""
        if self.line is not None:
            self.line.start()
        self.second_screen.start()

    def close(self) -> None:
        """Finish what is queued and close the file, once; what was confirmed is there."""
        if self._closed:
            return
        self._closed = True
        self.window.hide()
        self.second_screen.close()
        if self.line is not None:
            self.line.stop()
        self.devices.close()
        self.sounds.close()
        self.flows.save()
        self.scanner.deleteLater()
        self.idle.deleteLater()
        self.runner.close()
        self.window.deleteLater()
        self.runner.deleteLater()
        self._lock.close()

    def speak(self, language: str) -> None:
        """Speak another language from now on, and tomorrow."""
        self._dress.languages.use(Language(language))
        self._keep(replace(self._preferences, language=Language(language)))

    def darken(self, dark: bool) -> None:  # noqa: FBT001  the theme is one of two
        """Wear the dark theme or the light one from now on, and tomorrow."""
        self._dress.look.switch(dark=dark)
        self._keep(replace(self._preferences, dark=dark))

    def scale(self, percent: int) -> None:
        """Be as large as this from now on, and tomorrow."""
        self._dress.look.switch(percent=percent)
        self._keep(replace(self._preferences, percent=percent))

    def _office_line(self, device: DeviceIdentity | None) -> OfficeLine | None:
        if device is None or self.desk.facts.home.own_authority:
            return None
        return OfficeLine(self.runner, self.storage, device)

    def _wear(self, preferences: Preferences) -> None:
        self._dress.languages.use(preferences.language)
        look = self._dress.look
        screen = QApplication.primaryScreen()
        percent = percent_that_fits(preferences.percent, screen.availableSize())
        if (look.dark, look.percent) != (preferences.dark, percent):
            look.switch(dark=preferences.dark, percent=percent)

    def _keep(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self.runner.submit(partial(keep_preferences, preferences=preferences), done=lambda _: None)

    def _connect(self) -> None:
        self.window.language_requested.connect(self.speak)
        self.window.theme_requested.connect(self.darken)
        self.devices.scanned.connect(lambda _code: self.watch.scanned())
        self.pages.percent_requested.connect(self.scale)
        self.devices.scanned.connect(self.window.scan)
        self.devices.changed.connect(self._on_devices)
        self.devices.applied.connect(self._on_applied)
        self.customer_lines.shown.connect(self.devices.show)
        self.window.locked.connect(self.watch.locked)
        self.pages.counting.connect(self.watch.counting)
        self.idle.expired.connect(self.window.lock)
        self.idle.warned.connect(self._warn)
        if self.line is not None:
            self.line.changed.connect(self._on_line)
            self.pages.receipts.wanted.connect(self.line.sync_now)
            self.window.bar.line_requested.connect(self.line.sync_now)  # who looks wants it tried

    def _on_line(self) -> None:
        self.desk.refresh()
        self.shell.redraw()
        self.pages.counter_model.redraw()

    def _on_applied(self) -> None:
        self.printing.use(self.devices.settings)
        self.shell.redraw()
        self.customer_lines.say()

    def _on_devices(self) -> None:
        devices = self.devices
        self.shell.show_devices(scanner=devices.scanner_there, display=devices.display_there)

    def _warn(self, left_s: int) -> None:
        self.shell.idle(left_s if self.window.at_work else 0)


def run_counter(home: Path) -> int:
    """Open the counter of a home, run it until its window is closed, return an exit code.

    Where there is no counter yet, a wizard makes one; whoever closes it ends with 0. Trouble at the
    start (damaged, already open, a newer database) opens safe mode instead, and ends with 4 unless
    another try goes well.
    """
    app = application()
    dress = Dress(Look(app), LanguageSwitch(app))
    os_store = _is_own(home)
    founded = needs_founding(home)
    if founded and not run_first_run(dress.look, dress.languages, home, os_store=os_store):
        return 0
    counter = _opened(home, dress, os_store=os_store)
    if counter is None:
        return EXIT_TROUBLE
    catch_bugs(home, counter.runner, partial(show_bug, dress.look))
    _end_on_signals(app)
    counter.window.showMaximized()
    counter.start()
    try:
        return app.exec()
    finally:
        counter.close()


def _opened(home: Path, dress: Dress, *, os_store: bool) -> Counter | None:
    """Open the counter, through safe mode as often as somebody wants to try again."""
    while True:
        try:
            return open_counter(home, dress=dress)
        except Trouble as trouble:
            log.warning("the counter did not open: %s", trouble.code)
            if not run_safe_mode(dress.look, trouble, home, os_store=os_store):
                return None


def open_counter(
    home: Path,
    *,
    dress: Dress | None = None,
    clock: Clock | None = None,
    chance: Chance = system_chance,
    window_size: QSize = WINDOW_SIZE,
) -> Counter:
    """Open a home with its window, which is not shown yet; whoever opens it closes it.

    Raises:
        NoHome: when there is no counter in the folder.
        HomeInUse: when another window works on it.
        NewerDatabase, StorageUnavailable: when its file cannot be used.
    """
    if not database_path(home).exists():
        raise NoHome(str(home))
    with ExitStack() as held:
        held.callback(HomeLock(home).release)
        storage = _storage(home, clock=clock, chance=chance)
        held.callback(storage.close)
        app = application()
        dress = dress or Dress(Look(app), LanguageSwitch(app))
        counter = Counter(home, storage, dress=dress, chance=chance, lock=held.pop_all())
    counter.window.setMinimumSize(WINDOW_SIZE_MIN)
    counter.window.resize(window_size)
    return counter


def application() -> QApplication:
    """Return the process's application, made at the first asking."""
    standing = QApplication.instance()
    if isinstance(standing, QApplication):
        return standing
    app = QApplication(["guitai"])
    app.setApplicationName("guitai")
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowShortcutsInContextMenus, on=False)
    return app


def _end_on_signals(app: QApplication) -> None:
    """Close the window in order on Ctrl+C and on a system that shuts down.

    Python hears a signal when it next runs, which the idle watch makes every second.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: app.quit())


def _storage(home: Path, *, clock: Clock | None, chance: Chance) -> Storage:
    key = database_key(home, os_store=_is_own(home), chance=chance, create=False)
    return Storage(database_path(home), key, clock=clock, chance=chance)


def _is_own(home: Path) -> bool:
    """Say whether a home is the machine's own, whose key the operating system keeps."""
    return home == user_data_path("guitai", appauthor=False)
