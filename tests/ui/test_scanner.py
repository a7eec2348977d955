"""The wedge scanner at the window: scans leave the text boxes alone, and no typed key is lost.

Keys are sent to the window, as the system sends them; time is a clock in the test's hand.
"""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.devices.scanner import WedgeScanner

CODE = "M18F3K2Q7T"


class Till:
    """A window with a text box and a button, a scanner, and a clock that the test sets."""

    def __init__(self, app: QApplication) -> None:
        self.at_ms = 1_000
        self.window = QMainWindow()
        self.box, self.button = QLineEdit(), QPushButton("确认")
        body = QWidget()
        column = QVBoxLayout(body)
        column.addWidget(self.box)
        column.addWidget(self.button)
        self.window.setCentralWidget(body)
        self.scans: list[str] = []
        self.scanner = WedgeScanner(app, now_ms=lambda: self.at_ms)
        self.scanner.scanned.connect(self.scans.append)

    def type(self, text: str, *, gap_ms: int) -> None:
        for character in text:
            self.at_ms += gap_ms
            QTest.keyClick(self.window.windowHandle(), character)

    def press(self, key: Qt.Key, *, gap_ms: int) -> None:
        self.at_ms += gap_ms
        QTest.keyClick(self.window.windowHandle(), key)


@pytest.fixture
def till(qtbot: QtBot, qapp: QApplication) -> Iterator[Till]:
    till = Till(qapp)
    qtbot.addWidget(till.window)
    with qtbot.waitExposed(till.window):
        till.window.show()
    till.window.activateWindow()
    till.scanner.watch(till.window.windowHandle())
    till.box.setFocus()
    yield till
    till.scanner.flush()
    till.scanner.deleteLater()


@pytest.mark.parametrize("suffix", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
@pytest.mark.parametrize("gap_ms", [1, 12, 35])
def test_a_scan_is_reported_and_leaves_no_trace(till: Till, gap_ms: int, suffix: Qt.Key) -> None:
    till.type(CODE, gap_ms=gap_ms)
    till.press(suffix, gap_ms=gap_ms)

    assert till.scans == [CODE]
    assert till.box.text() == ""
    assert till.box.hasFocus()


def test_what_a_person_types_arrives_untouched(till: Till) -> None:
    till.type("13812345678", gap_ms=60)
    till.press(Qt.Key.Key_Return, gap_ms=60)

    assert till.scans == []
    assert till.box.text() == "13812345678"


def test_a_key_arrives_by_itself_when_no_other_follows(till: Till, qtbot: QtBot) -> None:
    till.type("7", gap_ms=60)

    qtbot.waitUntil(lambda: till.box.text() == "7", timeout=2_000)


def test_a_scan_in_the_middle_of_typing_keeps_the_typing(till: Till) -> None:
    till.type("12", gap_ms=80)
    till.at_ms += 100
    till.type(CODE, gap_ms=2)
    till.press(Qt.Key.Key_Return, gap_ms=2)
    till.type("34", gap_ms=80)
    till.scanner.flush()

    assert till.scans == [CODE]
    assert till.box.text() == "1234"


def test_a_short_fast_burst_is_typing(till: Till) -> None:
    till.type("12345", gap_ms=2)
    till.press(Qt.Key.Key_Return, gap_ms=2)

    assert till.scans == []
    assert till.box.text() == "12345"


def test_enter_that_ends_a_scan_confirms_nothing(till: Till, qtbot: QtBot) -> None:
    confirmed: list[bool] = []
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Return), till.window)
    shortcut.activated.connect(lambda: confirmed.append(True))

    till.type(CODE, gap_ms=2)
    till.press(Qt.Key.Key_Return, gap_ms=2)
    till.press(Qt.Key.Key_Return, gap_ms=2)
    assert (till.scans, confirmed) == ([CODE], [])

    till.press(Qt.Key.Key_Return, gap_ms=500)
    assert confirmed == [True]


def test_keys_come_before_the_shortcut_that_was_pressed_after_them(till: Till) -> None:
    seen: list[str] = []
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_F4), till.window)
    shortcut.activated.connect(lambda: seen.append(till.box.text()))

    till.type("5", gap_ms=60)
    till.press(Qt.Key.Key_F4, gap_ms=5)

    assert seen == ["5"]


def test_keys_come_before_the_tap_that_was_made_after_them(till: Till) -> None:
    seen: list[str] = []
    till.button.clicked.connect(lambda: seen.append(till.box.text()))

    till.type("5", gap_ms=60)
    middle = till.button.mapTo(till.window, till.button.rect().center())
    QTest.mouseClick(till.window.windowHandle(), Qt.MouseButton.LeftButton, pos=middle)

    assert seen == ["5"]


def test_capitals_with_shift_are_one_scan(till: Till) -> None:
    handle = till.window.windowHandle()
    for character in CODE:
        till.at_ms += 2
        QTest.keyPress(handle, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(handle, character, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyRelease(handle, Qt.Key.Key_Shift)
    till.press(Qt.Key.Key_Return, gap_ms=2)

    assert till.scans == [CODE]
    assert till.box.text() == ""


def test_commands_of_the_keyboard_pass_at_once(till: Till) -> None:
    till.type("99", gap_ms=60)
    till.scanner.flush()
    QTest.keyClick(till.window.windowHandle(), "a", Qt.KeyboardModifier.ControlModifier)

    assert till.box.selectedText() == "99"


def test_backspace_keeps_its_place_among_the_keys(till: Till) -> None:
    till.type("12", gap_ms=5)
    till.press(Qt.Key.Key_Backspace, gap_ms=5)
    till.type("3", gap_ms=5)
    till.scanner.flush()

    assert till.box.text() == "13"


def test_chinese_from_an_input_method_is_untouched(till: Till) -> None:
    commit = QInputMethodEvent()
    commit.setCommitString("王小明")
    QCoreApplication.sendEvent(till.box, commit)

    assert till.box.text() == "王小明"


keys = st.tuples(st.sampled_from("0123456789AZ.#"), st.integers(0, 120))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(keys, st.just(("\r", 10))), max_size=40))
def test_no_typed_key_is_ever_lost(till: Till, strokes: list[tuple[str, int]]) -> None:
    """Every character is either in the box or in a scan, in order."""
    till.box.clear()
    till.scans.clear()
    till.at_ms += 10_000
    for character, gap_ms in strokes:
        if character == "\r":
            till.press(Qt.Key.Key_Return, gap_ms=gap_ms)
        else:
            till.type(character, gap_ms=gap_ms)
    till.scanner.flush()

    printed = [character for character, _gap in strokes if character != "\r"]
    arrived = till.box.text() + "".join(till.scans)
    assert sorted(arrived) == sorted(printed)
    assert all(len(scan) >= 6 for scan in till.scans)
