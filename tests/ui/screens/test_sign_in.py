"""Signing in: the right PIN opens the counter, wrong ones cost time, a lock keeps the draft."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.gallery.cashier import Cashier
from desktop.gallery.shop import PIN

WRONG = "111112"


def message(cashier: Cashier) -> str:
    return cashier.counter.pages.sign_in_model.state().message


def test_six_right_digits_open_the_counter_and_a_shift(cashier: Cashier) -> None:
    cashier.sign_in()

    assert cashier.counter.window.at_work
    assert cashier.counter.desk.facts.status.open_shift == 1


def test_a_shift_that_is_open_stays_open(selling: Cashier) -> None:
    selling.press(Qt.Key.Key_F12)
    selling.sign_in(place=2)

    assert selling.counter.desk.facts.status.open_shift == 1


def test_a_pin_can_be_tapped(cashier: Cashier) -> None:
    cashier.tap("person1")
    for digit in PIN:
        cashier.tap(f"pin_{digit}")

    assert cashier.counter.window.at_work


def test_a_wrong_pin_is_counted_and_leaves_the_door_shut(cashier: Cashier) -> None:
    cashier.sign_in(pin=WRONG)

    assert not cashier.counter.window.at_work
    assert message(cashier) == "PIN 不对，还可试 4 次"


def test_five_wrong_pins_cost_half_a_minute(cashier: Cashier) -> None:
    cashier.tap("person1")
    for _ in range(5):
        cashier.type(WRONG)

    assert message(cashier) == "PIN 错得太多，请等 30 秒"
    assert not cashier.part("pin_1").isEnabled()
    cashier.type(PIN)
    assert not cashier.counter.window.at_work

    cashier.clock.advance(31_000)
    cashier.counter.pages.sign_in_model.redraw()
    cashier.type(PIN)
    assert cashier.counter.window.at_work


def test_the_lock_keeps_the_draft(selling: Cashier) -> None:
    selling.type("13812345678")
    selling.type("88")

    selling.press(Qt.Key.Key_F12)
    assert not selling.counter.window.at_work
    selling.type(PIN)

    assert selling.counter.window.at_work
    assert selling.state.amount.value == "¥88.00"
    assert selling.state.member is not None
    assert selling.state.member.name == "张*芳"


def test_each_person_has_a_draft_of_his_own(selling: Cashier) -> None:
    selling.type("13812345678")
    selling.type("88")
    selling.press(Qt.Key.Key_F12)

    selling.sign_in(place=2)
    assert selling.state.member is None
    assert selling.state.amount.empty
    selling.press(Qt.Key.Key_F12)
    selling.sign_in(place=1)

    assert selling.state.amount.value == "¥88.00"
    assert selling.state.member is not None


def test_nothing_behind_the_lock_hears_a_key_or_a_scan(selling: Cashier) -> None:
    selling.press(Qt.Key.Key_F12)

    selling.scan("13812345678")
    selling.press(Qt.Key.Key_F3)

    assert selling.state.member is None
    assert not selling.counter.window.at_work


def test_what_was_typed_of_a_pin_is_forgotten_with_the_name(cashier: Cashier) -> None:
    cashier.tap("person1")
    cashier.type(PIN[:3])
    cashier.tap("person2")
    cashier.type(PIN[3:])

    assert not cashier.counter.window.at_work
    assert "3" in cashier.part("pin", QWidget).accessibleName()


def test_half_a_pin_outlives_news_from_head_office(cashier: Cashier) -> None:
    cashier.tap("person1")
    cashier.type(PIN[:3])

    cashier.counter.desk.changed.emit()
    cashier.type(PIN[3:])

    assert cashier.counter.window.at_work
