"""The drawer between opening and closing: cash in and out with a reason, and only opened."""

import pytest
from PySide6.QtCore import Qt

from db.queries.shift_summary import ShiftSummary, last_shift
from desktop.gallery.cashier import Cashier
from desktop.screens.shift.state import CashState


def page(cashier: Cashier) -> CashState:
    return cashier.counter.pages.cash_model.state()


def shift_of(cashier: Cashier) -> ShiftSummary:
    with cashier.counter.storage.reading() as reader:
        summary = last_shift(reader, cashier.counter.desk.facts.home.counter_id)
    assert summary is not None
    return summary


def said(cashier: Cashier) -> str:
    notice = page(cashier).notice
    return "" if notice is None else notice.text


def log(cashier: Cashier) -> list[tuple[str, int, str]]:
    with cashier.counter.storage.reading() as reader:
        found = reader.all("SELECT kind, amount, reason FROM drawer_entry ORDER BY entered_at, op")
    return [(row[0], row[1], row[2]) for row in found]


@pytest.fixture
def drawer(selling: Cashier) -> Cashier:
    """Return 王芳 at her drawer, after a sale of ¥128.00."""
    selling.sell("128")
    selling.press(Qt.Key.Key_F10)
    selling.tap("openCash")
    return selling


def test_cash_put_in_and_taken_out_is_what_should_lie_there(drawer: Cashier) -> None:
    drawer.type("200")
    drawer.tap("cashReason0")
    assert drawer.part("moveCash").text() == "放入 ¥200.00，开钱箱"
    drawer.tap("moveCash")
    assert said(drawer) == "已记下：放入 ¥200.00"
    drawer.tap("cashWay1")
    drawer.tap_keys("50")
    drawer.tap("cashReason0")
    drawer.wait_for_guard()
    drawer.tap("moveCash")

    assert log(drawer) == [("shift_cash", 20_000, "补备用金"), ("shift_cash", -5_000, "存银行")]
    assert shift_of(drawer).expected == 27_800
    assert page(drawer).facts[-1].value == "¥278.00"
    drawer.press(Qt.Key.Key_Escape)
    facts = {row.label: row.value for row in drawer.counter.pages.shift_model.state().facts}
    assert facts["放入现金"] == "¥200.00"
    assert facts["取出现金"] == "−¥50.00"
    assert facts["抽屉应有现金"] == "¥278.00"


def test_the_button_says_what_is_missing(drawer: Cashier) -> None:
    assert drawer.part("moveCash").text() == "请输入金额"
    drawer.type("200")
    assert drawer.part("moveCash").text() == "请选原因"
    assert not drawer.part("moveCash").isEnabled()
    drawer.type("99999999")
    assert drawer.part("moveCash").text() == "请核对金额"


def test_the_drawer_opens_without_a_sale_for_a_reason_that_is_kept(drawer: Cashier) -> None:
    drawer.tap("cashWay2")
    assert not drawer.sees("cashAmount")
    drawer.tap("cashReason1")
    drawer.press(Qt.Key.Key_Return)

    assert log(drawer) == [("drawer_open", 0, "核对现金")]
    assert said(drawer) == "已记下：开钱箱"
    assert shift_of(drawer).drawer_openings == 1


def test_more_than_lies_there_takes_a_second_tap(drawer: Cashier) -> None:
    drawer.tap("cashWay1")
    drawer.type("500")
    drawer.tap("cashReason0")
    drawer.tap("moveCash")

    assert log(drawer) == []
    assert said(drawer) == "比抽屉里应有的现金还多，请核对后再按一次"
    drawer.wait_for_guard()
    drawer.tap("moveCash")
    assert log(drawer) == [("shift_cash", -50_000, "存银行")]


def test_two_taps_move_cash_once(drawer: Cashier) -> None:
    drawer.type("200")
    drawer.tap("cashReason0")
    model = drawer.counter.pages.cash_model
    model.confirm()
    model.confirm()
    drawer.settle()

    assert len(log(drawer)) == 1


def test_another_person_begins_with_nothing_typed(drawer: Cashier) -> None:
    drawer.type("200")
    drawer.press(Qt.Key.Key_F12)
    drawer.sign_in(2)

    assert page(drawer).amount is not None
    assert page(drawer).amount.empty  # type: ignore[union-attr]  # seen in the line above


def test_what_was_counted_is_still_there_after_the_drawer(selling: Cashier) -> None:
    selling.sell("128")
    selling.press(Qt.Key.Key_F10)
    selling.type("128")
    selling.tap("openCash")
    selling.tap("backFromCash")

    assert selling.part("closeShift").text() == "交班，现金相符"


def test_it_speaks_english(drawer: Cashier) -> None:
    drawer.counter.speak("en")
    drawer.type("20")
    drawer.tap("cashReason1")

    assert drawer.part("moveCash").text() == "Put in ¥20.00 and open"
