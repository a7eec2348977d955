"""The keys of the house: each does its one thing, Tab goes everywhere, what happened is said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QWidget

from desktop.gallery.cashier import Cashier
from desktop.gallery.counter_scenes import ZHANG
from desktop.gallery.scenes import SCREENS
from desktop.theme.focus_ring import OWN_FOCUS, FocusRing
from desktop.widgets.announce import ANNOUNCED
from tests.support.accessible import controls

STEPS_MAX = 120
PAGES = ["empty", "redeem", "top_up", "enroll", "members", "overview", "sales", "return_goods",
         "shift", "report", "program_tried", "conflicts"]  # fmt: skip


def test_f5_uses_the_first_proposal_and_puts_it_away_again(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("128")

    selling.press(Qt.Key.Key_F5)
    assert "100" in selling.state.confirm.text

    selling.press(Qt.Key.Key_F5)
    assert "100" not in selling.state.confirm.text


def test_f5_does_nothing_where_no_points_are_proposed(selling: Cashier) -> None:
    selling.press(Qt.Key.Key_F5)

    assert not selling.state.confirm.usable


def test_f9_asks_who_comes_and_keeps_what_was_typed(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("128")

    selling.press(Qt.Key.Key_F9)
    assert not selling.counter.window.at_work

    selling.sign_in()
    assert selling.state.amount.value == "¥128.00"


def test_a_key_of_the_house_that_is_held_acts_once(selling: Cashier) -> None:
    keys = selling.counter.window.findChildren(QShortcut)

    assert [key.key().toString() for key in keys if key.autoRepeat()] == []


def test_a_recorded_sale_is_said_to_screen_readers_once(selling: Cashier) -> None:
    bar = selling.counter.pages.counter.sale.undo_bar
    selling.sell("35.8")

    said = str(bar.property(ANNOUNCED))
    assert "¥35.80" in said
    assert "已记账" in said

    bar.setProperty(ANNOUNCED, "")
    selling.clock.advance(1_000)
    selling.counter.pages.counter_model.redraw()
    assert bar.property(ANNOUNCED) == ""


def test_a_refusal_is_said_to_screen_readers(selling: Cashier) -> None:
    selling.scan("134567890123456789")

    notice = selling.counter.pages.counter.sale.notice
    assert str(notice.property(ANNOUNCED)).startswith("这是付款码")


@pytest.mark.parametrize("scene", PAGES)
def test_tab_comes_to_every_control_and_shows_where_it_is(cashier: Cashier, scene: str) -> None:
    states = {name: play for each in SCREENS.values() for name, play in each.items()}
    states[scene](cashier)
    window = cashier.counter.window
    window.activateWindow()
    wanted = {
        part
        for each in controls(window)
        if isinstance(part := each.object(), QWidget)
        and part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    }

    met: set[QWidget] = set()
    unmarked = []
    for _ in range(STEPS_MAX):
        cashier.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None, "Tab leads out of the window"
        if focused not in met and not _marked(window, focused):
            unmarked.append(focused)
        met.add(focused)

    groups = {group for part in met if (group := _group(part)) is not None}
    assert [_named(part) for part in wanted - met if _group(part) not in groups] == []
    assert [_named(part) for part in unmarked] == []


def _group(part: QWidget) -> QButtonGroup | None:
    """Return the group inside which the arrow keys go, once Tab has come to one of it."""
    return part.group() if isinstance(part, QAbstractButton) else None


def _marked(window: QWidget, focused: QWidget) -> bool:
    """Say whether one sees that it has the keyboard: a ring round it, or a frame of its own."""
    rings = [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]
    pages = focused.focusPolicy() == Qt.FocusPolicy.StrongFocus  # a page: its blue field says it
    return bool(rings) or bool(focused.property(OWN_FOCUS)) or pages


def _named(part: QWidget) -> str:
    return f"{type(part).__name__} {part.objectName()} {part.accessibleName()}"
