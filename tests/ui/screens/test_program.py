"""The program's screen: who reaches it, what it says, and what a tried basket comes to."""

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from db.domain.program.program import default_program_document
from db.domain.staff import Actor, Role
from db.services.programs import PublishProgram, publish_program
from desktop.gallery.cashier import MANAGER, Cashier
from desktop.screens.program.state import ProgramState

FRESH, EGGS = "food/fresh", "EGG10"


def program_action(cashier: Cashier) -> QAction | None:
    """Return the menu's way to the program, if there is one."""
    words = {"积分方案", "Loyalty program"}
    actions = cashier.counter.window.bar.menu().actions()
    return next((action for action in actions if action.text() in words), None)


def state(cashier: Cashier) -> ProgramState:
    return cashier.counter.pages.program_model.state()


def publish(cashier: Cashier, **parts: Any) -> None:
    """Publish a version of today with these parts."""
    document = json.loads(default_program_document("guitai", "南京东路店"))
    document |= {"version": 2, "effective_on": "2026-11-21"} | parts
    command = PublishProgram(by=Actor(None, Role.MANAGER), document=json.dumps(document).encode())
    cashier.counter.runner.submit(lambda work: publish_program(work, command), done=lambda _: None)
    cashier.settle()
    cashier.counter.desk.refresh()
    cashier.settle()


@pytest.fixture
def reading(cashier: Cashier) -> Cashier:
    """Return the manager, at the program's screen."""
    cashier.sign_in(MANAGER, cashier.manager_pin)
    open_program(cashier)
    return cashier


def open_program(cashier: Cashier) -> None:
    action = program_action(cashier)
    assert action is not None
    action.trigger()
    cashier.settle()


def test_a_cashier_has_no_way_to_the_program(selling: Cashier) -> None:
    assert program_action(selling) is None


def test_a_manager_reads_the_program_in_sentences(reading: Cashier) -> None:
    parts = {part.title: part.lines for part in state(reading).parts}

    assert reading.sees("programTabs")
    assert parts["积分"] == ("消费积分：每 ¥1.00 得 1 分",)
    assert parts["等级"][1] == "金卡：¥1,000.00 起，积分 ×1.5"
    assert parts["版本"] == ("guitai@1：2020-01-01 起（现行）",)


def test_the_same_sentences_come_in_english(reading: Cashier) -> None:
    reading.counter.speak("en")
    reading.settle()

    parts = {part.title: part.lines for part in state(reading).parts}

    assert parts["Earning"] == ("Points on spend: 1 per ¥1.00",)
    assert parts["Versions"] == ("guitai@1: from 2020-01-01 on (in force)",)


def test_digits_try_an_amount_and_nothing_is_recorded(reading: Cashier) -> None:
    before = reading.counter.desk.facts.status.last_sale
    reading.type("228.5")
    reading.tap("trialBuyer2")

    trial = state(reading).trial

    assert [(row.label, row.value) for row in trial.figures] == [
        ("商品合计", "¥228.50"),
        ("应付", "¥228.50"),
        ("获得", "+342 积分"),
    ]
    assert trial.explanation.title == "为什么是 342 分"
    assert trial.explanation.counted[-1] == "合计 342.75 分，舍去小数，得 342 分"
    assert reading.counter.desk.facts.status.last_sale == before


def test_a_customer_without_a_card_earns_nothing(reading: Cashier) -> None:
    reading.tap("trialBuyer0") if reading.sees("trialBuyer0") else reading.type("5")
    reading.tap("trialBuyer0")

    assert [row.label for row in state(reading).trial.figures] == ["商品合计", "应付"]


def test_the_keypad_types_and_the_keyboard_edits(reading: Cashier) -> None:
    reading.type("1")
    reading.tap_keys("234")
    reading.press(Qt.Key.Key_Backspace)

    assert state(reading).trial.amount.value == "¥123.00"

    reading.press(Qt.Key.Key_Delete)

    assert state(reading).trial.figures == ()


def test_lines_of_goods_that_the_program_names_can_be_tried(reading: Cashier) -> None:
    rules = [
        {"id": "spend", "give": {"points": 1, "per_amount": "1.00"}},
        {"id": "fresh", "when": {"category": [FRESH]}, "give": {"multiply": "2"}},
        {"id": "eggs", "when": {"sku": [EGGS]}, "give": {"points": 10, "per_item": 1}},
    ]
    publish(reading, earning=rules)
    reading.type("10")
    trial = reading.counter.pages.program.trial
    names = [action.text() for action in trial.menu().actions()]

    trial.menu().actions()[names.index(FRESH)].trigger()
    reading.type("6")
    trial.menu().actions()[names.index(EGGS)].trigger()
    reading.type("4")
    trial.menu().actions()[0].trigger()

    shown = state(reading).trial
    assert names == ["一般商品", FRESH, EGGS]
    assert shown.lines == (f"{FRESH} ¥10.00", f"{EGGS} ¥6.00", "商品 ¥4.00")
    assert [row.value for row in shown.figures] == ["¥20.00", "¥20.00", "+40 积分"]

    reading.tap("trialClear")
    assert state(reading).trial.lines == ()


def test_a_new_version_is_shown_as_soon_as_it_is_in_force(reading: Cashier) -> None:
    publish(reading, tiers={"measure": "visits", "window": "lifetime", "levels": [{"code": "x"}]})
    open_program(reading)

    shown = state(reading)

    assert shown.since == "第 2 版，2026-11-21 起"
    assert shown.parts[-1].lines[0].startswith("guitai@2：2026-11-21 起，14:00 发布")
    assert [choice.text for choice in shown.trial.buyers] == ["非会员", "x"]


def test_escape_goes_back_to_the_counter(reading: Cashier) -> None:
    reading.press(Qt.Key.Key_Escape)

    assert reading.sees("finder")
    assert not reading.sees("programTabs")
