"""The keyboard's focus is seen, and a finger's is not."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme.focus_ring import FocusRing
from desktop.theme.look import Look
from desktop.widgets.amount_field import AmountField
from desktop.widgets.touch_button import TouchButton


def window_of(qtbot: QtBot, look: Look, *parts: QWidget) -> tuple[QMainWindow, FocusRing]:
    window = QMainWindow()
    body = QWidget()
    column = QVBoxLayout(body)
    for part in parts:
        column.addWidget(part)
    window.setCentralWidget(body)
    ring = FocusRing(window, look)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window, ring


def test_tab_puts_a_ring_round_the_button_with_a_gap(qtbot: QtBot, look: Look) -> None:
    first, second = TouchButton(look, "一"), TouchButton(look, "二")
    window, ring = window_of(qtbot, look, first, second)
    first.setFocus(Qt.FocusReason.TabFocusReason)

    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)

    assert second.hasFocus()
    assert ring.isVisible()
    assert ring.geometry().adjusted(5, 5, -5, -5).size() == second.size()


def test_a_tap_gives_a_button_no_ring(qtbot: QtBot, look: Look) -> None:
    button = TouchButton(look, "一")
    _window, ring = window_of(qtbot, look, button)
    button.clearFocus()

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert not button.hasFocus()
    assert not ring.isVisible()


def test_the_ring_follows_what_its_widget_lies_in(qtbot: QtBot, look: Look) -> None:
    inner = QWidget()
    button = TouchButton(look, "一", parent=inner)
    window, ring = window_of(qtbot, look, inner)
    button.setFocus(Qt.FocusReason.TabFocusReason)

    inner.move(inner.x() + 40, inner.y() + 10)

    corner = button.mapTo(window, button.rect().topLeft())
    assert ring.geometry().topLeft() + QPoint(5, 5) == corner


def test_the_ring_follows_its_widget_and_hides_with_it(qtbot: QtBot, look: Look) -> None:
    button = TouchButton(look, "一")
    window, ring = window_of(qtbot, look, button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    before = ring.geometry()

    window.resize(window.width() + 100, window.height())
    assert ring.geometry().width() == before.width() + 100

    button.hide()
    assert not ring.isVisible()


def test_a_widget_that_draws_its_own_focus_gets_no_ring(qtbot: QtBot, look: Look) -> None:
    field = AmountField(look)
    _window, ring = window_of(qtbot, look, field)

    field.setFocus(Qt.FocusReason.TabFocusReason)

    assert field.hasFocus()
    assert not ring.isVisible()


def test_the_ring_goes_along_when_what_its_widget_lies_in_moves(qtbot: QtBot, look: Look) -> None:
    above, inside, around = QWidget(), TouchButton(look, "一"), QWidget()
    QVBoxLayout(around).addWidget(inside)
    _window, ring = window_of(qtbot, look, above, around)
    inside.setFocus(Qt.FocusReason.TabFocusReason)
    before = ring.geometry().top()

    above.setFixedHeight(above.height() + 60)
    qtbot.waitUntil(lambda: ring.geometry().top() != before)

    assert ring.geometry().center() == inside.mapTo(ring.parentWidget(), inside.rect().center())
