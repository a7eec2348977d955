"""Before many points are spent the member proves himself on his own screen, or a manager does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.gallery.cashier import MANAGER, Cashier
from desktop.gallery.generous_shop import make_generous
from desktop.gallery.shop import CounterShop
from desktop.screens.counter.floor_approval import FloorAsked
from tests.ui.screens.test_customer import Customer

ZHANG = "13812345678"


@pytest.fixture
def strict(selling: Cashier) -> Cashier:
    """Return the cashier in a shop that asks for a proof from ¥1.00 on."""
    make_generous(selling, verify={"redeem_above": {"online": "1.00", "offline": "1.00"}})
    selling.settle()
    return selling


def sheet(cashier: Cashier) -> FloorAsked | None:
    return cashier.counter.pages.counter_model.proving.sheet()


def spend_by_tail(cashier: Cashier) -> None:
    """Attach 张*芳 as one who was scanned, and confirm a sale that uses points."""
    number = cashier.counter.storage
    with number.reading() as reader:
        code = reader.value("SELECT number FROM member WHERE phone LIKE ?", (f"%{ZHANG}",))
    cashier.scan(code)
    spend(cashier)


def spend(cashier: Cashier) -> None:
    cashier.type("128")
    cashier.tap("chip0")
    cashier.wait_for_guard()
    cashier.tap("confirm")


def last_proof(cashier: Cashier) -> str | None:
    with cashier.counter.storage.reading() as reader:
        return reader.value(
            "SELECT json_extract(raw, '$.b.proof') FROM operation WHERE kind = 'sale'"
            " ORDER BY hlc DESC, sequence DESC"
        )


def sold(cashier: Cashier) -> bool:
    return cashier.state.member is None and "用 100 分" in cashier.state.last.text


def test_the_customer_types_his_middle_four_and_the_sale_is_recorded(strict: Cashier) -> None:
    customer = Customer(strict)
    spend_by_tail(strict)
    asked = sheet(strict)
    assert asked is not None
    assert "顾客屏" in asked.prompt
    entry = customer.state.entry
    assert entry is not None
    assert entry.label == "138****5678"

    customer.type("1234")

    assert sold(strict)
    assert last_proof(strict) == "middle_four"


def test_three_wrong_tries_leave_it_to_the_manager(strict: Cashier) -> None:
    customer = Customer(strict)
    spend_by_tail(strict)
    customer.type("0000")
    assert customer.state.detail == "不对，还可试 2 次"
    customer.type("1111")
    customer.type("2222")
    assert customer.state.entry is None
    asked = sheet(strict)
    assert asked is not None
    assert asked.prompt.endswith("顾客屏没有核验成，请谁授权？")

    strict.tap("proofApprover0")
    strict.type(strict.manager_pin)

    assert sold(strict)
    assert last_proof(strict) is None


def test_a_cashier_who_typed_the_phone_cannot_prove_with_it(strict: Cashier) -> None:
    customer = Customer(strict)
    strict.type(ZHANG)
    spend(strict)

    asked = sheet(strict)
    assert asked is not None
    assert "号码是您输入的" in asked.prompt
    assert customer.state.entry is None


def test_without_a_customers_screen_a_manager_is_asked(strict: Cashier) -> None:
    spend_by_tail(strict)
    asked = sheet(strict)
    assert asked is not None
    assert asked.prompt == "抵扣满 ¥1.00 要核验。请谁授权？"

    strict.press(Qt.Key.Key_Escape)

    assert sheet(strict) is None
    assert not sold(strict)
    assert strict.state.member is not None


def test_a_screen_that_goes_in_the_middle_leaves_the_manager(strict: Cashier) -> None:
    customer = Customer(strict)
    spend_by_tail(strict)
    customer.type("12")
    customer.model.seat(False)

    asked = sheet(strict)
    assert asked is not None
    assert asked.prompt == "抵扣满 ¥1.00 要核验。请谁授权？"


def test_a_sale_without_points_asks_nothing(strict: Cashier) -> None:
    strict.type(ZHANG)
    strict.type("128")
    strict.tap("confirm")

    assert sheet(strict) is None
    assert strict.state.member is None


def test_a_manager_at_the_till_answers_by_himself(cashier: Cashier, made_shop: CounterShop) -> None:
    cashier.sign_in(MANAGER, made_shop.made.pin)
    make_generous(cashier, verify={"redeem_above": {"online": "1.00", "offline": "1.00"}})
    cashier.settle()
    spend_by_tail(cashier)

    assert sold(cashier)


def test_asking_anew_gives_no_new_tries(strict: Cashier) -> None:
    customer = Customer(strict)
    spend_by_tail(strict)
    customer.type("0000")
    customer.type("1111")
    strict.press(Qt.Key.Key_Escape)
    strict.wait_for_guard()
    strict.tap("confirm")
    assert customer.state.detail == "不对，还可试 1 次"
    customer.type("2222")

    strict.press(Qt.Key.Key_Escape)
    strict.press(Qt.Key.Key_F2)
    strict.press(Qt.Key.Key_Escape)
    strict.wait_for_guard()
    strict.tap("amount")
    strict.press(Qt.Key.Key_Delete)
    spend_by_tail(strict)

    asked = sheet(strict)
    assert asked is not None
    assert asked.prompt.endswith("顾客屏没有核验成，请谁授权？")
    assert customer.state.entry is None


def test_a_sale_that_stands_gives_him_his_tries_again(strict: Cashier) -> None:
    customer = Customer(strict)
    spend_by_tail(strict)
    customer.type("0000")
    customer.type("1234")
    assert sold(strict)

    strict.wait_for_guard()
    spend_by_tail(strict)
    strict.wait_for_guard()
    strict.tap("confirm")  # it looks like the sale before it

    assert customer.state.detail == ""
    customer.type("0000")
    assert customer.state.detail == "不对，还可试 2 次"


def test_who_does_not_want_to_type_is_asked_again_with_the_next_confirmation(
    strict: Cashier,
) -> None:
    customer = Customer(strict)
    spend_by_tail(strict)
    customer.tap("customerBack")
    assert customer.state.entry is None

    strict.press(Qt.Key.Key_Escape)
    strict.wait_for_guard()
    strict.tap("confirm")

    assert customer.state.entry is not None


def test_a_pin_that_is_being_checked_approves_no_other_sale(strict: Cashier) -> None:
    spend_by_tail(strict)
    strict.tap("proofApprover0")
    keys = [*strict.manager_pin, Qt.Key.Key_Escape, "0"]
    for key in keys:  # quicker than the PIN is checked
        focused = strict.counter.window.focusWidget()
        assert isinstance(focused, QWidget)
        QTest.keyClick(focused, ord(key) if isinstance(key, str) else key)
    strict.counter.pages.counter_model.confirm()
    strict.settle()

    assert strict.state.amount.value == "¥1,280.00"
    assert sheet(strict) is not None
    assert not sold(strict)

    strict.tap("proofApprover0")
    strict.type(strict.manager_pin)
    assert sold(strict)


def test_a_member_who_leaves_takes_the_question_with_him(strict: Cashier) -> None:
    spend_by_tail(strict)
    strict.press(Qt.Key.Key_F2)

    assert sheet(strict) is None
    assert not sold(strict)


def test_a_scan_in_the_middle_takes_the_question_back(strict: Cashier) -> None:
    spend_by_tail(strict)
    strict.scan("13711112222")

    assert sheet(strict) is None
