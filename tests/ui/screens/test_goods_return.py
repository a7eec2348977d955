"""The return's screen: what comes back, what the button says before, and what was done after."""

import pytest
from PySide6.QtCore import Qt

from desktop.gallery.cashier import Cashier
from desktop.gallery.sale_scenes import some_sales
from desktop.screens.goods_return.state import ReturnState
from desktop.widgets.touch_button import TouchButton
from desktop.wording.refusals import refusal_text
from desktop.wording.return_refusals import RETURN_WORDS

GENERAL = "规则不允许，什么也没有改动。"


def state(cashier: Cashier) -> ReturnState:
    return cashier.counter.pages.return_model.state()


def sales(cashier: Cashier) -> list[tuple[str, str]]:
    return [(row.name, row.tier) for row in cashier.counter.pages.sales_model.state().rows]


def facts(cashier: Cashier) -> dict[str, str]:
    return {row.label: row.value for row in state(cashier).facts}


def open_return(cashier: Cashier, place: int) -> Cashier:
    some_sales(cashier)
    cashier.tap("place_sales")
    cashier.counter.pages.sales_model.choose(place)
    cashier.settle()
    cashier.press(Qt.Key.Key_F7)
    return cashier


@pytest.fixture
def goods(cashier: Cashier) -> Cashier:
    """Return a cashier with a sale of three lines open for a return."""
    return open_return(cashier, 3)


@pytest.fixture
def amount(cashier: Cashier) -> Cashier:
    """Return a cashier with a sale of a bare amount open for a return."""
    return open_return(cashier, 2)


def test_all_that_is_left_is_prefilled(goods: Cashier) -> None:
    assert [(line.count, line.left) for line in state(goods).goods] == [(2, 2), (1, 1), (3, 3)]
    assert state(goods).confirm.text == "退款 ¥167.60，收回 251 分"
    assert facts(goods) == {"退回现金": "¥167.60", "收回积分": "−251"}


def test_each_step_says_what_it_would_give_and_take(goods: Cashier) -> None:
    goods.tap("returnNone")
    assert not state(goods).confirm.usable
    assert state(goods).confirm.text == "请选要退的商品"

    goods.tap("goods2more")
    assert state(goods).confirm.text.startswith("退款 ¥42.00，收回 6")

    goods.tap("goods2less")
    assert not goods.part("goods2less", TouchButton).isEnabled()

    goods.tap("returnAll")
    assert not goods.part("goods2more", TouchButton).isEnabled()
    assert state(goods).confirm.text == "退款 ¥167.60，收回 251 分"


def test_steppers_are_big_enough_to_touch(goods: Cashier) -> None:
    for name in ("goods0less", "goods0more"):
        size = goods.part(name, TouchButton).size()
        assert min(size.width(), size.height()) >= 48


def test_what_the_button_said_is_what_is_done(goods: Cashier) -> None:
    goods.tap("goods0less")
    goods.tap("goods1less")
    goods.tap("returnReason0")
    said = state(goods).confirm.text
    goods.tap("confirmReturn")

    told = goods.counter.pages.sales_model.state().notice
    assert said == "退款 ¥138.90，收回 208 分"
    assert told is not None
    assert told.text == "已退款 ¥138.90，收回 208 分"
    assert sales(goods)[3] == ("¥167.60", "已退 ¥138.90")


def test_the_rest_can_come_back_later_and_then_nothing_is_left(goods: Cashier) -> None:
    goods.tap("goods2less")
    goods.tap("confirmReturn")
    goods.press(Qt.Key.Key_F7)

    assert [line.left for line in state(goods).goods] == [0, 0, 1]
    goods.wait_for_guard()
    goods.tap("confirmReturn")

    assert sales(goods)[3] == ("¥167.60", "已全退")
    goods.press(Qt.Key.Key_F7)
    assert not goods.sees("confirmReturn")


def test_spent_points_are_given_back_with_what_they_had_paid(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.type("13812345678")
    cashier.type("128")
    cashier.tap("chip0")
    cashier.tap("confirm")
    cashier.clock.advance(180_000)
    cashier.tap("place_sales")
    cashier.press(Qt.Key.Key_F7)
    shown = facts(cashier)
    used = shown["退还用掉的积分"]

    assert used.startswith("+")
    cashier.tap("confirmReturn")

    told = cashier.counter.pages.sales_model.state().notice
    assert told is not None
    assert told.text.endswith(f"退还 {used[1:]} 分")


def test_points_that_are_gone_are_said_to_be_owed(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.sell("128", "13711112222")
    cashier.wait_for_guard()
    cashier.type("13711112222")
    cashier.type("30")
    cashier.tap("chip0")
    cashier.tap("confirm")
    cashier.clock.advance(180_000)
    cashier.tap("place_sales")
    cashier.counter.pages.sales_model.choose(1)
    cashier.settle()
    cashier.press(Qt.Key.Key_F7)

    assert "积分不够，记为欠分" in facts(cashier)


def test_an_amount_is_typed_over_what_was_prefilled(amount: Cashier) -> None:
    assert state(amount).confirm.text == "退款 ¥128.00，收回 192 分"

    amount.type("3")
    amount.tap_keys("0")
    assert state(amount).confirm.text == "退款 ¥30.00，收回 45 分"

    amount.press(Qt.Key.Key_Return)
    assert sales(amount)[2] == ("¥128.00", "已退 ¥30.00")


def test_more_than_is_left_is_refused_with_what_is(amount: Cashier) -> None:
    amount.type("200")

    shown = state(amount)
    assert (shown.confirm.text, shown.confirm.usable) == ("最多还能退 ¥128.00", False)
    assert shown.amount is not None
    assert shown.amount.wrong

    amount.counter.speak("en")
    assert state(amount).confirm.text == "At most ¥128.00 can still be refunded"


def test_nothing_typed_gives_nothing_back(amount: Cashier) -> None:
    amount.type("3")
    amount.press(Qt.Key.Key_Backspace)

    assert state(amount).confirm.text == "请输入退款金额"


def test_escape_leaves_without_a_return(goods: Cashier) -> None:
    goods.press(Qt.Key.Key_Escape)

    assert goods.sees("saleSearch")
    assert sales(goods)[3] == ("¥167.60", "")


def test_f7_elsewhere_goes_to_the_sales(selling: Cashier) -> None:
    selling.press(Qt.Key.Key_F7)

    assert selling.sees("saleSearch")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_refusal_of_a_return_has_a_sentence(cashier: Cashier, language: str) -> None:
    cashier.counter.speak(language)
    known = {kind.__name__ for kind, _ in RETURN_WORDS}

    for kind, _ in RETURN_WORDS:
        made = kind.__new__(kind)
        for name in kind.__dataclass_fields__:  # type: ignore[attr-defined]  # every refusal is one
            setattr(made, name, 1)
        assert refusal_text(made) != GENERAL
        assert refusal_text(made).isascii() or "¥" in refusal_text(made) or language == "zh_CN"
    assert {"OverReturn", "SaleHasReturns", "ReasonMissing", "NoSuchSale"} <= known
