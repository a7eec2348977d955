"""Buttons for fingers: big enough, hit once, never cut."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme.look import Look
from desktop.widgets.touch_button import Kind, TouchButton


def primary(qtbot: QtBot, look: Look, clock: list[int]) -> tuple[TouchButton, list[int]]:
    button = TouchButton(look, "确认并积分 +128", kind=Kind.PRIMARY, now_ms=lambda: clock[0])
    qtbot.addWidget(button)
    button.show()
    hits: list[int] = []
    button.clicked.connect(lambda: hits.append(clock[0]))
    return button, hits


def test_a_second_tap_within_250_ms_is_swallowed(qtbot: QtBot, look: Look) -> None:
    clock = [1_000]
    button, hits = primary(qtbot, look, clock)

    for clock[0] in (1_000, 1_100, 1_249, 1_250):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert hits == [1_000, 1_250]


def test_enter_and_space_are_guarded_like_a_tap(qtbot: QtBot, look: Look) -> None:
    clock = [1_000]
    button, hits = primary(qtbot, look, clock)

    button.activate()
    clock[0] = 1_100
    button.activate()
    QTest.keyClick(button, Qt.Key.Key_Space)
    clock[0] = 1_400
    QTest.keyClick(button, Qt.Key.Key_Space)

    assert hits == [1_000, 1_400]


def test_a_button_whose_meaning_has_just_changed_waits(qtbot: QtBot, look: Look) -> None:
    clock = [1_000]
    button, hits = primary(qtbot, look, clock)

    button.guard()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    clock[0] = 1_300
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert hits == [1_300]


def test_a_secondary_button_counts_every_tap(qtbot: QtBot, look: Look) -> None:
    button = TouchButton(look, "退格", kind=Kind.SIDE_KEY, now_ms=lambda: 0)
    qtbot.addWidget(button)
    hits: list[bool] = []
    button.clicked.connect(lambda: hits.append(True))

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert len(hits) == 2


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("percent", [90, 100, 160])
def test_no_button_is_smaller_than_a_finger(
    qtbot: QtBot, look: Look, kind: Kind, percent: int
) -> None:
    look.switch(percent=percent)
    button = TouchButton(look, "女", kind=kind)
    qtbot.addWidget(button)

    assert button.sizeHint().width() >= look.px(48)
    assert button.minimumSizeHint().height() >= look.px(48)


@pytest.mark.parametrize(
    ("kind", "height"), [(Kind.PRIMARY, 96), (Kind.SECONDARY, 64), (Kind.SMALL, 48)]
)
def test_a_layout_gives_each_kind_the_height_of_the_design(
    qtbot: QtBot, look: Look, kind: Kind, height: int
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    button = TouchButton(look, "确认", kind=kind)
    column.addWidget(button)
    page.resize(400, 400)
    page.show()
    assert button.height() == height

    look.switch(percent=120)
    QApplication.processEvents()

    assert button.height() == look.px(height)


def test_a_button_of_an_icon_alone_has_a_name(qtbot: QtBot, look: Look) -> None:
    button = TouchButton(look, icon="delete", name="退格")
    qtbot.addWidget(button)

    assert button.accessibleName() == "退格"
    assert button.toolTip() == "退格"


def test_an_ampersand_is_a_letter_and_no_shortcut(qtbot: QtBot, look: Look) -> None:
    button = TouchButton(look, "A&B")
    qtbot.addWidget(button)

    assert button.shortcut().isEmpty()
    assert button.caption() == "A&B"


def test_the_narrowest_button_still_holds_its_longest_word(qtbot: QtBot, look: Look) -> None:
    """What is painted beyond the edge would be cut: the outermost columns stay plain."""
    button = TouchButton(look, "Confirm redemption now", kind=Kind.PRIMARY)
    qtbot.addWidget(button)
    button.resize(button.minimumSizeHint())

    picture = button.grab().toImage()
    middle = range(12, picture.height() - 12)
    edges = (1, 2, picture.width() - 3, picture.width() - 2)

    assert {picture.pixelColor(x, y).name() for x in edges for y in middle} == {
        look.colours.primary.lower()
    }
