"""A monkey at the counter: whatever can be touched, typed or scanned, in any order.

It knows nothing of the shop. A finger hits what lies on top, a burst arrives wherever one is, the
clock jumps, the printer fails; the book must come out of it whole.
"""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from db.domain.staff import Actor, Role
from db.services.sales import Sold
from db.services.verify.book import verify_home
from desktop.app import Counter, Dress, open_counter
from desktop.device_settings import DeviceSettings, keep_device_settings
from desktop.devices.simulators.printer import Condition, VirtualPrinter
from desktop.gallery.cashier import Cashier
from desktop.gallery.shop import NOW_MS, PIN, CounterShop
from desktop.i18n.language import Language
from tests.support.storage_fixtures import seeded_chance

KEYS = (
    Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backspace, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4,
    Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F10, Qt.Key.Key_F12,
)  # fmt: skip
CONTROL_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_Z)
SCANS = (
    "134567890123456789",  # a code to pay with
    "6222021234567894",  # a bank card
    "M00000000X",
    "D000000000000000000X",
    "R1NONSENSE",
    "HELLO",
    "6901234567892",
    "\u4f1a\u5458",
    "A" * 4096,
    "",
)
SIZES = (QSize(1024, 768), QSize(1366, 768), QSize(1920, 1080))
YEAR_2019_MS = 1_546_300_800_000


@dataclass
class JumpyClock:
    """A wall clock that somebody sets, over a monotonic one that only goes forward."""

    wall: int = NOW_MS
    mono: int = NOW_MS
    boot: str = "monkey"

    def wall_ms(self) -> int:
        return self.wall

    def mono_ms(self) -> int:
        return self.mono

    def advance(self, milliseconds: int) -> None:
        self.wall += milliseconds
        self.mono += milliseconds


@dataclass
class Monkey:
    """One counter, its cashier, what was recorded, and where one has been."""

    counter: Counter
    cashier: Cashier
    clock: JumpyClock
    printer: VirtualPrinter
    numbers: list[str]
    recorded: list[Sold] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def settle(self) -> None:
        """Let everything come to rest, and note the page."""
        self.cashier.settle()
        if self.counter.window.at_work:
            pages = self.counter.pages.all()
            self.seen |= {type(page).__name__ for page in pages if page.isVisible()}

    def tap(self, number: int) -> None:
        """Tap one of what a finger can reach now."""
        parts = self.reachable()
        if parts:
            part = parts[number % len(parts)]
            QTest.mouseClick(part, Qt.MouseButton.LeftButton)
            self._close_menu(number)
        self.settle()

    def reachable(self) -> list[QWidget]:
        """Return the buttons that lie on top and are enabled."""
        window = self.counter.window
        return [
            part
            for part in window.findChildren(QAbstractButton)
            if part.isVisible() and part.isEnabled() and _on_top(part, window)
        ]

    def type(self, text: str) -> None:
        """Type on the keyboard."""
        self.cashier.type(text)

    def press(self, key: Qt.Key, *, control: bool = False) -> None:
        """Press a key of the house."""
        modifiers = Qt.KeyboardModifier
        self.cashier.press(key, modifiers.ControlModifier if control else modifiers.NoModifier)

    def scan(self, number: int) -> None:
        """Scan something: a member of the shop, or what lies about in shops."""
        codes = (*SCANS, *self.numbers)
        self.counter.scanner.scanned.emit(codes[number % len(codes)])
        self.settle()

    def burst(self, number: int) -> None:
        """Let a scanner type a code as fast as one does, cut off in the middle now and then."""
        code = self.numbers[number % len(self.numbers)]
        for character in code[: len(code) - number % 3]:
            QTest.keyClick(self.counter.window, ord(character))
        if number % 2:
            QTest.keyClick(self.counter.window, Qt.Key.Key_Return)
        QTest.qWait(60)
        self.settle()

    def sell(self, amount: str, phone: str) -> None:
        """Do what a cashier does from wherever one is: back to the counter, and sell."""
        if not self.counter.window.at_work:
            self.sign_in(1)
        if not self.counter.window.at_work:
            return
        self.leave()
        self.cashier.press(Qt.Key.Key_F2)
        if phone:
            self.type(phone)
        elif self.cashier.sees("amount"):
            self.cashier.tap("amount")
        self.type(amount)
        self.press(Qt.Key.Key_Return)
        QTest.qWait(260)

    def sign_in(self, place: int) -> None:
        """Sign in as somebody, where somebody is asked for."""
        name = f"person{place}"
        if not self.counter.window.at_work and self.cashier.sees(name):
            self.cashier.tap(name)
            self.type(self.cashier.manager_pin if place == 0 else PIN)

    def go(self, number: int) -> None:
        """Go where an entry of the menu leads, or do what it says."""
        if not self.counter.window.at_work:
            return
        menu = self.counter.window.bar.menu()
        ways = [action for action in menu.actions() if not action.isSeparator()]
        ways[number % len(ways)].trigger()
        menu.deleteLater()
        self.settle()

    def leave(self) -> None:
        """Go back to the counter as anybody would: Escape, then the rail."""
        for _ in range(3):
            self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_1, control=True)
        assert self.counter.pages.counter.isVisible(), "there is no way back to the counter"

    def set_printer(self, condition: Condition) -> None:
        """Let the printer be well or not."""
        self.printer.condition = condition

    def set_clock(self, wall_ms: int) -> None:
        """Set the wall clock, as somebody or an empty battery does."""
        self.clock.wall = wall_ms
        self.counter.desk.tick()
        self.settle()

    def wear(self, number: int) -> None:
        """Change language, theme or size in the middle of whatever goes on."""
        match number % 3:
            case 0:
                self.counter.speak(list(Language)[number % 2])
            case 1:
                self.counter.darken(bool(number % 2))
            case _:
                self.counter.window.resize(SIZES[number // 3 % 3])
        self.settle()

    def check(self) -> None:
        """Every sale that was said to be recorded is there, and the book adds up."""
        self.settle()
        with self.counter.storage.reading() as reader:
            kept = {row[0] for row in reader.all("SELECT sale_id FROM sale")}
        missing = [sold for sold in self.recorded if sold.sale_id not in kept]
        assert not missing, "a recorded sale is lost"
        found = verify_home(self.counter.storage)
        assert found.ok, found

    def _close_menu(self, number: int) -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            actions = [action for action in menu.actions() if not action.isSeparator()]
            chosen = actions[number % len(actions)]
            menu.close()
            chosen.trigger()


def a_monkey(folder: Path, shop: CounterShop, dress: Dress, printer: VirtualPrinter) -> Monkey:
    """Open the counter in a folder for a monkey."""
    clock = JumpyClock()
    first = open_counter(folder, dress=dress, clock=clock, chance=seeded_chance(5))
    with first.storage.begin() as work:
        settings = DeviceSettings(printer=printer.address, prints_sales=True)
        keep_device_settings(work, settings, by=Actor(shop.made.staff_id, Role.MANAGER))
    first.close()
    counter = open_counter(folder, dress=dress, clock=clock, chance=seeded_chance(6))
    counter.window.show()
    with counter.storage.reading() as reader:
        numbers = [str(row[0]) for row in reader.all("SELECT number FROM member ORDER BY number")]
    cashier = Cashier(counter, clock, manager_pin=shop.made.pin)  # type: ignore[arg-type]
    monkey = Monkey(counter, cashier, clock, printer, numbers)
    counter.runner.committed.connect(
        lambda outcome: monkey.recorded.append(outcome) if isinstance(outcome, Sold) else None
    )
    return monkey


def close(monkey: Monkey) -> None:
    """Close the counter and let its widgets go."""
    monkey.counter.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _on_top(part: QWidget, window: QWidget) -> bool:
    middle = part.mapTo(window, part.rect().center())
    hit = window.childAt(QPoint(middle))
    return hit is part or (hit is not None and part.isAncestorOf(hit))
