"""Stored value paid in and out at the counter: what it promises is what is recorded."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar

from desktop.gallery.cashier import MANAGER, Cashier
from desktop.gallery.generous_shop import ZHANG, make_generous, member_of, pay_in
from desktop.gallery.shop import PIN
from desktop.screens.value.state import ValueState
from tests.support.value_makers import held


def page(cashier: Cashier) -> ValueState:
    return cashier.counter.pages.value_model.state()


def balance(cashier: Cashier) -> tuple[int, int]:
    """Return the member's principal and bonus in 分."""
    return held(cashier.counter.storage, member_of(cashier))


def turn_to_refund(cashier: Cashier) -> None:
    tabs = cashier.part("valueTabs", QTabBar)
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center() + QPoint(0, 0))
    cashier.settle()


@pytest.fixture
def paying(selling: Cashier) -> Cashier:
    """Return 王芳 with 张小芳 attached, in front of her stored value."""
    make_generous(selling)
    selling.type(ZHANG)
    selling.tap("valueChip")
    return selling


@pytest.fixture
def holding(selling: Cashier) -> Cashier:
    """Return the same once ¥100.00 was paid in."""
    make_generous(selling)
    pay_in(selling)
    selling.type(ZHANG)
    selling.tap("valueChip")
    return selling


def test_a_step_of_the_ladder_is_a_tap_and_the_button_says_what_it_comes_to(
    paying: Cashier,
) -> None:
    assert paying.part("valueStep1").text() == "充 ¥300.00 送 ¥50.00"
    assert paying.part("confirmValue").text() == "请输入充值金额"

    paying.tap("valueStep1")
    paying.tap("valueTender2")
    assert paying.part("confirmValue").text() == "收微信 ¥300.00，送 ¥50.00，余额 ¥350.00"
    paying.tap("confirmValue")

    assert balance(paying) == (30_000, 5_000)
    notice = page(paying).notice
    assert notice is not None
    assert notice.text == "已充值 ¥300.00，送 ¥50.00，余额 ¥350.00"
    assert not paying.part("confirmValue").isEnabled()


def test_an_amount_is_typed_and_below_the_ladder_brings_no_bonus(paying: Cashier) -> None:
    paying.tap_keys("50")
    assert paying.part("confirmValue").text() == "收现金 ¥50.00，余额 ¥50.00"

    paying.press(Qt.Key.Key_Return)

    assert balance(paying) == (5_000, 0)


def test_above_the_largest_balance_the_button_says_how_much_fits(paying: Cashier) -> None:
    paying.type("1950")

    assert page(paying).amount.wrong
    assert paying.part("confirmValue").text() == "超过余额上限 ¥2,000.00，最多可充 ¥1,900.00"
    assert not paying.part("confirmValue").isEnabled()


def test_back_at_the_counter_the_member_stands_there_with_his_new_balance(
    paying: Cashier,
) -> None:
    paying.tap("valueStep0")
    paying.tap("confirmValue")
    paying.press(Qt.Key.Key_Escape)

    assert paying.sees("memberCard")
    assert paying.state.member is not None
    assert paying.state.member.value == "¥110.00"


def test_cash_paid_in_lies_in_the_drawer_of_the_shift(paying: Cashier) -> None:
    paying.tap("valueStep0")
    paying.tap("confirmValue")
    paying.press(Qt.Key.Key_F10)

    facts = {row.label: row.value for row in paying.counter.pages.shift_model.state().facts}
    assert facts["储值收付现金"] == "¥100.00"


def test_a_large_amount_takes_a_second_tap(selling: Cashier) -> None:
    make_generous(selling, stored_value={})
    selling.type(ZHANG)
    selling.tap("valueChip")
    selling.type("8000")
    selling.tap("confirmValue")
    assert balance(selling) == (0, 0)

    selling.wait_for_guard()
    selling.tap("confirmValue")

    assert balance(selling) == (800_000, 0)


def test_a_refund_takes_a_reason_and_a_second_person(holding: Cashier) -> None:
    turn_to_refund(holding)
    assert holding.part("confirmValue").text() == "请选退还的原因"
    holding.tap("valueReason0")
    assert holding.part("confirmValue").text() == "退现金 ¥100.00，赠金 ¥10.00 作废"

    holding.tap("confirmValue")
    assert balance(holding) == (10_000, 1_000)
    holding.type(holding.manager_pin)

    assert balance(holding) == (0, 0)
    with holding.counter.storage.reading() as reader:
        row = reader.one(
            "SELECT principal, reason, staff_id <> approver_id FROM value_entry"
            " WHERE kind = 'refund'"
        )
    assert row == (-10_000, "顾客退卡", 1)
    assert not holding.sees("approvalSheet")


def test_a_wrong_pin_pays_nothing_out_and_may_be_tried_again(holding: Cashier) -> None:
    turn_to_refund(holding)
    holding.tap("valueReason0")
    holding.tap("confirmValue")

    holding.type("111112")

    assert balance(holding) == (10_000, 1_000)
    assert holding.sees("approvalSheet")
    holding.type(holding.manager_pin)
    assert balance(holding) == (0, 0)


def test_nobody_approves_himself(holding: Cashier) -> None:
    turn_to_refund(holding)
    holding.tap("valueReason0")
    holding.tap("confirmValue")

    holding.type(PIN)

    assert balance(holding) == (10_000, 1_000)


def test_escape_leaves_the_approval_first_and_pays_nothing_out(holding: Cashier) -> None:
    turn_to_refund(holding)
    holding.tap("valueReason0")
    holding.tap("confirmValue")

    holding.press(Qt.Key.Key_Escape)

    assert not holding.sees("approvalSheet")
    assert holding.sees("confirmValue")
    assert balance(holding) == (10_000, 1_000)


def test_a_manager_pays_a_part_out_alone(cashier: Cashier) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    make_generous(cashier)
    pay_in(cashier)
    cashier.type(ZHANG)
    cashier.tap("valueChip")
    turn_to_refund(cashier)
    cashier.type("30")
    cashier.tap("valueReason2")

    cashier.tap("confirmValue")

    assert balance(cashier) == (7_000, 0)


def test_a_mistaken_top_up_is_taken_back_with_its_bonus_alone(cashier: Cashier) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    make_generous(cashier)
    pay_in(cashier)
    pay_in(cashier, 30_000)
    cashier.type(ZHANG)
    cashier.tap("valueChip")
    turn_to_refund(cashier)
    assert cashier.part("valueStep0").text() == "撤回刚才的充值 ¥300.00"

    cashier.tap("valueStep0")
    cashier.tap("valueReason1")
    cashier.tap("confirmValue")

    assert balance(cashier) == (10_000, 1_000)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda cashier: cashier.type("200"), "最多可退本金 ¥100.00"),
        (lambda cashier: cashier.type("99999999"), "请核对金额"),
    ],
)
def test_the_button_says_why_it_cannot_pay_out(
    holding: Cashier, act: Callable[[Cashier], None], says: str
) -> None:
    turn_to_refund(holding)
    act(holding)

    assert holding.part("confirmValue").text() == says


def test_who_holds_nothing_gets_nothing_out(paying: Cashier) -> None:
    turn_to_refund(paying)

    assert paying.part("confirmValue").text() == "没有本金可退，赠金不退"


def test_a_member_s_page_leads_there_and_back(selling: Cashier) -> None:
    make_generous(selling)
    selling.tap("place_members")
    selling.counter.pages.members_model.search("z")
    selling.settle()
    selling.press(Qt.Key.Key_Return)

    selling.tap("pageValue")
    assert selling.sees("confirmValue")
    selling.press(Qt.Key.Key_Escape)

    assert selling.sees("useOnCounter")


def test_a_program_without_stored_value_has_no_way_there(selling: Cashier) -> None:
    selling.tap("place_members")
    selling.counter.pages.members_model.search("z")
    selling.settle()
    selling.press(Qt.Key.Key_Return)

    assert not selling.sees("pageValue")


def test_another_cashier_finds_nothing_half_done(paying: Cashier) -> None:
    paying.tap("valueStep0")
    paying.press(Qt.Key.Key_F12)
    paying.sign_in(2)

    assert page(paying).amount.empty
