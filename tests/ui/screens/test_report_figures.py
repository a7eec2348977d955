"""The day report's figures: what each means is one tap away, and old ones say that they are old."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db.domain.trouble import Trouble
from db.storage.errors import StorageUnavailable
from desktop.gallery.cashier import SHIFT_LEAD, Cashier
from desktop.screens.report.parts import CARD_HEIGHT
from desktop.screens.report.state import ReportState


def the_report(cashier: Cashier) -> ReportState:
    state: ReportState = cashier.counter.pages.report_model.state()
    return state


def figure(cashier: Cashier, place: int) -> QWidget:
    return cashier.part(f"figure{place}", QWidget)


def test_a_tap_on_a_figure_says_what_it_means_and_another_takes_it_away(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    cashier.sell("45.5", "13711112222")
    cashier.tap("place_report")

    QTest.mouseClick(figure(cashier, 2), Qt.MouseButton.LeftButton)
    said = the_report(cashier).notice
    QTest.mouseClick(figure(cashier, 2), Qt.MouseButton.LeftButton)

    assert said is not None
    assert said.text == "客单价：消费额 ÷ 消费笔数。"
    assert the_report(cashier).notice is None


def test_a_figure_is_asked_by_the_keyboard_too(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    cashier.sell("45.5", "13711112222")
    cashier.tap("place_report")
    card = figure(cashier, 0)

    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)

    assert the_report(cashier).notice is not None


def test_the_figures_keep_their_height_whatever_is_under_them(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    cashier.sell("45.5", "13711112222")
    cashier.tap("place_report")

    assert figure(cashier, 0).height() == CARD_HEIGHT


def test_figures_that_cannot_be_read_anew_stay_and_say_so(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    cashier.sell("45.5", "13711112222")
    cashier.tap("place_report")
    model = cashier.counter.pages.report_model
    trouble: Trouble = StorageUnavailable("input_output", str(Path("guitai.db")))

    model._on_failed(trouble)

    notice = the_report(cashier).notice
    assert notice is not None
    assert "读取失败" in notice.text
    assert the_report(cashier).headlines[0].value == "¥45.50"
