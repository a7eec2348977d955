"""Calls through Qt must leave None, True and False with the references they had.

PySide6 6.12.0 drops one at every call that returns nothing, and a Python before 3.12 aborts when
None has none left, after an hour at the till. This holds the door shut against any later upgrade.
"""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractListModel, QMetaObject, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None, True and False are immortal from Python 3.12 on"
)

CALLS = 200
CONSTANTS = (None, True, False)


class Speaker(QObject):
    """Says things to itself."""

    said = Signal()
    said_text = Signal(str)

    @Slot()
    def hear(self) -> None:
        """Hear without a word."""

    @Slot(str)
    def hear_text(self, text: str) -> None:
        """Hear a text."""

    def hear_plainly(self, *_: object) -> None:
        """Hear as a method that is no slot."""


class Canvas(QWidget):
    """Takes Qt's events in Python and lets its base class have them too."""

    def paintEvent(self, event: object) -> None:
        """Paint nothing."""

    def keyPressEvent(self, event: object) -> None:
        """Take the key."""

    def mousePressEvent(self, event: object) -> None:
        """Take the press."""

    def eventFilter(self, watched: QObject, event: object) -> bool:
        """Let everything pass."""
        return False


class Numbers(QAbstractListModel):
    """Five rows that know a text for one role and None for all others."""

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return five."""
        return 5

    def data(self, index: QModelIndex, role: int = 0) -> str | None:
        """Return a text to show, or nothing."""
        return "x" if role == Qt.ItemDataRole.DisplayRole else None


def drift(call: Callable[[], object]) -> list[float]:
    """Return how many references to None, True and False one call gains or loses."""
    ballast = [*CONSTANTS] * (10 * CALLS)  # so that a broken Qt fails the test, not the process
    call()
    before = [sys.getrefcount(constant) for constant in CONSTANTS]
    for _ in range(CALLS):
        call()
    after = [sys.getrefcount(constant) for constant in CONSTANTS]
    assert ballast
    return [round((now - then) / CALLS, 1) for now, then in zip(after, before, strict=True)]


def test_signals_and_slots_keep_their_references(qtbot: QtBot) -> None:
    speaker = Speaker()
    speaker.said.connect(speaker.hear)
    speaker.said.connect(speaker.hear_plainly)
    speaker.said_text.connect(speaker.hear_text)
    speaker.said_text.connect(lambda _: None)

    def invoke() -> None:
        QMetaObject.invokeMethod(speaker, "hear", Qt.ConnectionType.DirectConnection)

    assert drift(speaker.said.emit) == [0, 0, 0]
    assert drift(lambda: speaker.said_text.emit("a")) == [0, 0, 0]
    assert drift(invoke) == [0, 0, 0]


def test_events_keep_their_references(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.installEventFilter(canvas)
    canvas.show()

    assert drift(canvas.repaint) == [0, 0, 0]
    assert drift(lambda: QTest.keyClick(canvas, Qt.Key.Key_5)) == [0, 0, 0]
    assert drift(lambda: QTest.mouseClick(canvas, Qt.MouseButton.LeftButton)) == [0, 0, 0]


def test_button_taps_keep_their_references(qtbot: QtBot) -> None:
    speaker, button = Speaker(), QPushButton("5")
    qtbot.addWidget(button)
    button.clicked.connect(speaker.hear_plainly)
    button.clicked.connect(lambda *_: None)

    assert drift(button.click) == [0, 0, 0]
    assert drift(lambda: button.setText("6")) == [0, 0, 0]
    assert drift(lambda: button.setEnabled(True)) == [0, 0, 0]


def test_models_keep_their_references(qtbot: QtBot) -> None:
    numbers = Numbers()
    index = numbers.index(0)

    assert drift(lambda: index.data(Qt.ItemDataRole.DisplayRole)) == [0, 0, 0]
    assert drift(lambda: index.data(Qt.ItemDataRole.UserRole)) == [0, 0, 0]
