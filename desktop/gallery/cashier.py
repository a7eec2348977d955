"""A cashier for pictures and tests: taps and types like one, at a machine's pace.

Touches go to the place where a widget is seen, so one that is covered or disabled is not hit.
"""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from db.storage.system import FixedClock
from desktop.app import Counter
from desktop.demo.hands import wait_for
from desktop.gallery.shop import PIN
from desktop.screens.counter.state import CounterState
from desktop.theme.tokens import DOUBLE_TAP_MS

Part = TypeVar("Part", bound=QWidget)
QUIET_ROUNDS = 3
"""An answer may ask anew; so often nothing may be queued before the counter is at rest."""
MANAGER, CASHIER, OTHER_CASHIER, SHIFT_LEAD = 0, 1, 2, 3


class Cashier:
    """One person at an open counter."""

    def __init__(self, counter: Counter, clock: FixedClock, *, manager_pin: str = "") -> None:
        """Stand at the counter."""
        self.manager_pin = manager_pin
        self.counter = counter
        self.clock = clock
        self.broken: list[object] = []
        counter.runner.broke.connect(self.broken.append)

    @property
    def state(self) -> CounterState:
        """Return what the counter's screen shows."""
        return self.counter.pages.counter_model.state()

    def settle(self) -> None:
        """Wait until nothing is queued and every answer has been drawn."""
        runner, quiet = self.counter.runner, 0
        while quiet < QUIET_ROUNDS:
            quiet = quiet + 1 if runner.idle() else 0
            wait_for(runner.idle, "the counter at rest")
            QApplication.processEvents()
        assert self.broken == []

    def part(self, name: str, kind: type[Part] = QPushButton) -> Part:  # type: ignore[assignment]
        """Return the visible part of that name."""
        parts: list[Part] = self.counter.window.findChildren(kind, name)
        seen = [part for part in parts if part.isVisible()]
        assert seen, f"{name} is not seen"
        return seen[0]

    def sees(self, name: str) -> bool:
        """Say whether a part of that name is visible."""
        return any(part.isVisible() for part in self.counter.window.findChildren(QWidget, name))

    def tap(self, name: str) -> None:
        """Tap the part of that name."""
        part = self.part(name, QPushButton)
        assert part.isEnabled(), f"{name} is disabled: {part.text()}"
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)
        self.settle()

    def tap_keys(self, keys: str) -> None:
        """Tap digits on the keypad."""
        for key in keys:
            self.tap(f"key_{key}")

    def type(self, text: str) -> None:
        """Type on the keyboard, wherever the focus is."""
        for character in text:
            QTest.keyClick(self._focus(), ord(character))
        self.settle()

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key that types nothing."""
        QTest.keyClick(self._focus(), key, modifier)
        self.settle()

    def scan(self, code: str) -> None:
        """Scan a code, as the scanner reports it."""
        self.counter.scanner.scanned.emit(code)
        self.settle()

    def wait_for_guard(self) -> None:
        """Let the guard against double taps go down."""
        QTest.qWait(DOUBLE_TAP_MS + 20)

    def wait_for_last_four(self) -> None:
        """Let the pause after four digits pass."""
        finder = self.counter.pages.counter_model.finder
        wait_for(lambda: not finder.waits, "the last four looked for")
        self.settle()

    def sign_in(self, place: int = CASHIER, pin: str = PIN) -> None:
        """Tap a name and type a PIN."""
        self.tap(f"person{place}")
        self.type(pin)

    def sell(self, amount: str, phone: str = "") -> None:
        """Record a sale from an empty counter; without a phone, without a member."""
        if phone:
            self.type(phone)
        else:
            self.tap("amount")
        self.type(amount)
        self.tap("confirm")

    def _focus(self) -> QWidget:
        focused: QWidget | None = self.counter.window.focusWidget()
        return self.counter.window if focused is None else focused
