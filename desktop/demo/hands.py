"""A cashier's hands: taps, keys and scans as the system sends them, and eyes that wait.

Every touch goes to the window at the place where the widget is seen, so a button that is covered,
hidden or disabled is not hit. Waiting is for something to be seen, never for time to pass.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.demo.ending import end_if_asked

SEEN_WITHIN_MS = 20_000
GLANCE_MS = 5
KEY_PAUSE_MS = 45
"""A person's pause between two keys; a scanner has none."""
TAP_PAUSE_MS = 40
"""A quick finger's pause after a tap."""

Part = TypeVar("Part", bound=QWidget)


class NotSeen(AssertionError):
    """What the cashier waited for did not come."""


def wait_for(seen: Callable[[], bool], what: str, *, within_ms: int = SEEN_WITHIN_MS) -> None:
    """Look until something is seen, and let the windows live meanwhile.

    Raises:
        NotSeen: when it does not come in time.
    """
    deadline = QDeadlineTimer(within_ms)
    while not seen():
        end_if_asked()
        if deadline.hasExpired():
            raise NotSeen(f"{what}: not seen within {within_ms / 1000:.0f} s")
        QTest.qWait(GLANCE_MS)


class Hands:
    """Works one window as a person does."""

    def __init__(self, window: QWidget) -> None:
        """Take the window in hand."""
        self.window = window

    def wait(self, seen: Callable[[], bool], what: str, *, within_ms: int = SEEN_WITHIN_MS) -> None:
        """Look until something is seen; raises `NotSeen` as `wait_for` does."""
        wait_for(seen, what, within_ms=within_ms)

    def glance(self) -> None:
        """Let everything that is due be laid out and drawn, however slow the machine is."""
        QTest.qWait(GLANCE_MS)
        QCoreApplication.sendPostedEvents()  # a wait cut short leaves layouts half done

    def part(self, name: str) -> QWidget:
        """Wait for the part of that name to be visible and return it."""
        self.wait(lambda: self.sees(name), name)
        return next(part for part in self._parts(name) if part.isVisible())

    def one(self, kind: type[Part]) -> Part:
        """Wait for a part of that kind to be visible and return it."""

        def visible() -> list[Part]:
            parts: list[Part] = self.window.findChildren(kind)
            return [part for part in parts if part.isVisible()]

        self.wait(lambda: bool(visible()), kind.__name__)
        return visible()[0]

    def sees(self, name: str) -> bool:
        """Say whether a part of that name is visible."""
        return any(part.isVisible() for part in self._parts(name))

    def tap(self, name: str) -> None:
        """Tap the part of that name once it can be tapped."""
        part = self.part(name)
        self.wait(part.isEnabled, f"{name} enabled")
        self.tap_part(part)

    def tap_part(self, part: QWidget) -> None:
        """Tap the middle of a part."""
        self._click(part, part.rect())

    def tap_in(self, part: QWidget, area: QRect) -> None:
        """Tap the middle of an area inside a part."""
        self._click(part, area)

    def type(self, text: str) -> None:
        """Type on the keyboard, at a person's pace."""
        for character in text:
            QTest.keyClick(self._keyboard(), ord(character))
            QTest.qWait(KEY_PAUSE_MS)

    def write(self, text: str) -> None:
        """Write into the focused text box as an input method does, which Chinese needs."""
        box = QApplication.focusWidget()
        if box is None:
            raise NotSeen("no text box has the keyboard")
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(box, event)

    def press(self, key: Qt.Key) -> None:
        """Press a key that types nothing, at a person's pace."""
        QTest.keyClick(self._keyboard(), key)
        QTest.qWait(KEY_PAUSE_MS)

    def scan(self, code: str) -> None:
        """Scan a code: a burst of keys without a breath, then Enter."""
        QTest.qWait(KEY_PAUSE_MS)
        keyboard = self._keyboard()
        for character in code:
            QTest.keyClick(keyboard, ord(character))
        QTest.keyClick(keyboard, Qt.Key.Key_Return)

    def choose(self, label: str) -> None:
        """Tap an entry of the menu that is open."""
        menus: list[QMenu] = []

        def seen() -> bool:
            popup = QApplication.activePopupWidget()
            menus[:] = [popup] if isinstance(popup, QMenu) else []
            return bool(menus)

        self.wait(seen, f"the menu with {label}")
        menu = menus[0]
        action = next((entry for entry in menu.actions() if entry.text() == label), None)
        if action is None:
            raise NotSeen(f"{label} is not in the menu")
        place = menu.actionGeometry(action).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def _parts(self, name: str) -> list[QWidget]:
        return self.window.findChildren(QWidget, name)

    def _click(self, part: QWidget, area: QRect) -> None:
        window = part.window()
        place: QPoint = part.mapTo(window, area.center())
        QTest.mouseClick(
            window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
        QTest.qWait(TAP_PAUSE_MS)

    def _keyboard(self) -> QWindow:
        """Return the window that the keyboard writes to."""
        focused: QWindow | None = QApplication.focusWindow()
        return self.window.windowHandle() if focused is None else focused
