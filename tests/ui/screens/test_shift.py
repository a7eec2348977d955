"""Closing the shift: counted, compared, closed by whoever may, and never blocked by the line."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.domain.ids import StaffId
from db.queries.shift_summary import ShiftSummary, last_shift
from db.services.shifts import CloseShift, close_shift
from desktop.gallery.cashier import CASHIER, OTHER_CASHIER, SHIFT_LEAD, Cashier
from desktop.gallery.shop import PIN
from desktop.screens.shift.state import Confirm, ShiftState

ZHANG = "13812345678"
MANAGER = 0


def page(cashier: Cashier) -> ShiftState:
    return cashier.counter.pages.shift_model.state()


def shift_of(cashier: Cashier) -> ShiftSummary:
    with cashier.counter.storage.reading() as reader:
        summary = last_shift(reader, cashier.counter.desk.facts.home.counter_id)
    assert summary is not None
    return summary


def rows(cashier: Cashier) -> dict[str, str]:
    return {row.label: row.value for row in page(cashier).facts}


@pytest.fixture
def counting(selling: Cashier) -> Cashier:
    """Return 王芳 after two sales, in front of her drawer."""
    selling.sell("128", ZHANG)
    selling.wait_for_guard()
    selling.sell("35.8")
    selling.press(Qt.Key.Key_F10)
    return selling


def test_the_menu_leads_to_the_drawer(selling: Cashier) -> None:
    menu = selling.counter.window.bar.menu()
    next(action for action in menu.actions() if action.text() == "交班（F10）").trigger()
    selling.settle()

    assert selling.sees("closeShift")
    assert selling.part("closeShift").text() == "请输入实点现金"
    assert not selling.part("closeShift").isEnabled()


def test_what_was_sold_and_what_should_be_there_stand_on_the_screen(counting: Cashier) -> None:
    assert counting.sees("shiftFacts")
    assert rows(counting) == {
        "销售": "2 笔，¥163.80",
        "其中会员": "1 笔",
        "现金": "2 笔，¥163.80",
        "开班备用金": "¥0.00",
        "抽屉应有现金": "¥163.80",
    }
    assert page(counting).line.startswith("班次 #1，")
    assert page(counting).line.endswith("王芳")


@pytest.mark.parametrize(
    ("counted", "says"),
    [
        ("163.8", "交班，现金相符"),
        ("160.80", "交班，现金少 ¥3.00"),
        ("170", "交班，现金多 ¥6.20"),
        ("164.", "交班，现金多 ¥0.20"),
    ],
)
def test_the_button_says_what_the_drawer_comes_to(
    counting: Cashier, counted: str, says: str
) -> None:
    counting.type(counted)

    assert counting.part("closeShift").text() == says


def test_one_tap_closes_keeps_the_count_and_asks_who_is_next(counting: Cashier) -> None:
    counting.tap_keys("1608")
    counting.part("key_backspace").click()
    for key in ("key_.", "key_8"):
        counting.tap(key)
    counting.tap("tillTotal")
    counting.type("163.8")
    counting.tap("closeShift")

    closed = shift_of(counting)
    assert (closed.counted, closed.till_total) == (16_080, 16_380)
    assert closed.difference == -300
    assert closed.closed_by == "王芳"
    assert not counting.counter.window.at_work
    assert counting.counter.pages.sign_in_model.state().title == "班次 #1 已交班"


def test_the_till_total_may_be_left_out(counting: Cashier) -> None:
    counting.type("163.8")
    counting.press(Qt.Key.Key_Return)

    assert shift_of(counting).till_total is None
    assert shift_of(counting).closed_at is not None


def test_the_till_total_is_compared_with_our_sales(counting: Cashier) -> None:
    counting.press(Qt.Key.Key_Down)
    counting.type("170")
    assert page(counting).till.hint == "比本机销售多 ¥6.20"

    counting.press(Qt.Key.Key_Delete)
    counting.type("163.8")
    assert page(counting).till.hint == "与本机销售相符"


def test_an_empty_drawer_is_counted_as_zero_and_nothing_typed_is_not(selling: Cashier) -> None:
    selling.press(Qt.Key.Key_F10)
    selling.press(Qt.Key.Key_Return)
    assert shift_of(selling).closed_at is None

    selling.type("0")
    selling.tap("closeShift")

    assert shift_of(selling).counted == 0


def test_the_next_sign_in_opens_a_new_shift_at_an_empty_counter(counting: Cashier) -> None:
    counting.type("163.8")
    counting.tap("closeShift")

    counting.sign_in(OTHER_CASHIER)

    assert shift_of(counting).number == 2
    assert shift_of(counting).opened_by == "李明"
    assert counting.sees("finder")
    counting.press(Qt.Key.Key_F10)
    assert page(counting).counted.empty
    assert rows(counting)["抽屉应有现金"] == "¥0.00"


@pytest.mark.parametrize("way", ["key", "button"])
def test_going_back_closes_nothing(counting: Cashier, way: str) -> None:
    counting.type("163.8")
    if way == "key":
        counting.press(Qt.Key.Key_Escape)
    else:
        counting.tap("backFromShift")

    assert counting.sees("finder")
    assert shift_of(counting).closed_at is None


def test_an_amount_beyond_reason_is_said_and_not_taken(counting: Cashier) -> None:
    counting.type("99999999999")

    assert page(counting).counted.hint == "金额太大，请核对"
    assert page(counting).confirm == Confirm("请核对金额")


def test_far_off_takes_a_second_tap_and_another_digit_asks_again(counting: Cashier) -> None:
    counting.type("16.3")
    counting.tap("closeShift")

    assert shift_of(counting).closed_at is None
    assert page(counting).confirm.caution
    notice = page(counting).notice
    assert notice is not None
    assert notice.text == "现金少 ¥147.50。请再数一遍，没有数错就再按一次"

    counting.type("8")
    assert not page(counting).confirm.caution
    counting.wait_for_guard()
    counting.tap("closeShift")
    counting.wait_for_guard()
    counting.tap("closeShift")
    assert shift_of(counting).closed_at is None
    assert counting.sees("shiftApproval")
    assert page(counting).approval is not None


def test_a_cashier_sees_that_the_shift_is_not_his(counting: Cashier) -> None:
    counting.press(Qt.Key.Key_F12)
    counting.sign_in(OTHER_CASHIER)
    counting.press(Qt.Key.Key_F10)
    counting.type("163.8")

    assert page(counting).confirm == Confirm("不能替别人交班")
    assert not counting.part("closeShift").isEnabled()
    strip = counting.part("shiftNotice", QWidget)
    assert strip.accessibleName() == "这个班次是王芳开的，请本人、班长或店长交班"


@pytest.mark.parametrize("place", [SHIFT_LEAD, MANAGER])
def test_who_leads_closes_anybodys_shift(
    counting: Cashier, shop_pin: dict[int, str], place: int
) -> None:
    counting.press(Qt.Key.Key_F12)
    counting.sign_in(place, shop_pin.get(place, PIN))
    counting.press(Qt.Key.Key_F10)
    counting.type("163.8")
    counting.tap("closeShift")

    assert shift_of(counting).closed_at is not None
    assert shift_of(counting).opened_by == "王芳"


@pytest.fixture
def shop_pin(made_shop: Any) -> dict[int, str]:
    """Return the PIN of whoever has not the tests' own."""
    return {MANAGER: made_shop.made.pin}


def test_another_person_counts_anew(counting: Cashier) -> None:
    counting.type("163.8")
    counting.press(Qt.Key.Key_F12)
    counting.sign_in(SHIFT_LEAD)

    assert counting.sees("closeShift")
    assert page(counting).counted.empty


def test_a_lock_keeps_what_was_counted(counting: Cashier) -> None:
    counting.type("163.8")
    counting.press(Qt.Key.Key_F12)
    counting.sign_in(CASHIER)

    assert counting.sees("closeShift")
    assert page(counting).counted.value == "¥163.8"


def test_a_shift_that_was_closed_meanwhile_is_said(counting: Cashier) -> None:
    counting.type("163.8")
    desk = counting.counter.desk
    command = CloseShift(op=desk.new_id(), by=desk.actor, counted=0)  # type: ignore[arg-type]
    counting.counter.runner.submit(lambda work: close_shift(work, command), done=lambda _: None)
    counting.settle()

    counting.tap("closeShift")

    notice = page(counting).notice
    assert notice is not None
    assert notice.text == "现在没有开着的班次，不用交班"
    assert shift_of(counting).counted == 0


def test_where_no_shift_is_open_there_is_nothing_to_close(counting: Cashier) -> None:
    desk = counting.counter.desk
    command = CloseShift(op=desk.new_id(), by=desk.actor, counted=0)  # type: ignore[arg-type]
    counting.counter.runner.submit(lambda work: close_shift(work, command), done=lambda _: None)
    counting.settle()
    counting.press(Qt.Key.Key_Escape)
    counting.press(Qt.Key.Key_F10)

    assert page(counting).confirm == Confirm("没有开着的班次")
    assert not counting.sees("shiftFacts")


def test_two_taps_close_once_and_open_nothing(counting: Cashier) -> None:
    counting.type("163.8")
    model = counting.counter.pages.shift_model
    model.confirm()
    model.confirm()
    counting.settle()

    with counting.counter.storage.reading() as reader:
        kinds = reader.value("SELECT count(*) FROM operation WHERE kind = 'shift_close'")
    assert kinds == 1


def test_a_scan_leaves_the_drawer_for_the_customer(counting: Cashier) -> None:
    with counting.counter.storage.reading() as reader:
        number = reader.value("SELECT number FROM member WHERE phone = ?", (f"+86{ZHANG}",))

    counting.scan(str(number))

    assert counting.state.member is not None
    assert not counting.sees("closeShift")


def test_both_languages_say_it(counting: Cashier) -> None:
    counting.counter.speak("en")
    counting.type("160.8")

    assert counting.part("closeShift").text() == "Close shift. Cash short ¥3.00"
    assert rows(counting)["Cash due in the drawer"] == "¥163.80"


def test_the_opener_is_in_the_summary(selling: Cashier) -> None:
    staff = selling.counter.desk.staff
    assert staff is not None
    assert shift_of(selling).opener_id == StaffId(staff.staff_id)
