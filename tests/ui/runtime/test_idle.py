"""The till that nobody touches: it warns, then locks; a touch starts the time again."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.runtime.idle import IdleWatch


class Watched:
    """A watch of three minutes, its clock in the test's hand, and what it said."""

    def __init__(self, app: QApplication) -> None:
        self.at_ms = 0
        self.said: list[object] = []
        self.watch = IdleWatch(app, minutes=3, now_ms=lambda: self.at_ms)
        self.watch.warned.connect(self.said.append)
        self.watch.expired.connect(lambda: self.said.append("expired"))

    def after(self, seconds: int) -> None:
        self.at_ms += seconds * 1_000
        self.watch.look()


@pytest.fixture
def watched(qapp: QApplication) -> Iterator[Watched]:
    made = Watched(qapp)
    yield made
    made.watch.deleteLater()


def test_it_warns_twenty_seconds_before_and_then_expires(watched: Watched) -> None:
    watched.after(159)
    assert watched.said == []
    watched.after(1)
    watched.after(19)
    watched.after(1)

    assert watched.said == [20, 1, 0, "expired"]


def test_a_key_takes_the_warning_back(watched: Watched, qtbot: QtBot) -> None:
    button = QPushButton("5")
    qtbot.addWidget(button)
    watched.after(165)

    QTest.keyClick(button, Qt.Key.Key_5)
    watched.after(159)

    assert watched.said == [15, 0]
