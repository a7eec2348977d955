"""Counting the drawer: by notes, blind, and far off with a second person's approval."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from db.domain.staff import NotPermitted
from db.queries.shift_summary import ShiftSummary, last_shift
from desktop.gallery.cashier import CASHIER, MANAGER, SHIFT_LEAD, Cashier
from desktop.gallery.shop import PIN
from desktop.screens.shift.blind import counts_blind, keep_blind
from desktop.screens.shift.state import ShiftState

ZHANG = "13812345678"


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
    """Return 王芳 after a sale, in front of her drawer."""
    selling.sell("163.8", ZHANG)
    selling.press(Qt.Key.Key_F10)
    return selling


@pytest.fixture
def shop_pin(made_shop: Any) -> dict[int, str]:
    """Return the PIN of whoever has not the tests' own."""
    return {MANAGER: made_shop.made.pin}


def test_far_off_a_second_person_approves_and_both_are_in_the_book(counting: Cashier) -> None:
    counting.type("16.38")
    counting.tap("closeShift")
    counting.wait_for_guard()
    counting.tap("closeShift")

    approval = page(counting).approval
    assert approval is not None
    assert approval.what == "现金少 ¥147.42，仍然交班"
    names = [choice.text for choice in approval.people]
    counting.tap(f"approver{names.index('赵敏')}")
    counting.type("000000")
    assert shift_of(counting).closed_at is None
    counting.type(PIN)

    assert shift_of(counting).counted == 1_638
    with counting.counter.storage.reading() as reader:
        raw = reader.value("SELECT raw FROM operation WHERE kind = 'shift_close'")
    assert b'"approver"' in bytes(raw)


def test_escape_closes_the_approval_and_not_the_shift(counting: Cashier) -> None:
    counting.type("16.38")
    counting.tap("closeShift")
    counting.wait_for_guard()
    counting.tap("closeShift")
    counting.press(Qt.Key.Key_Escape)

    assert not counting.sees("shiftApproval")
    assert shift_of(counting).closed_at is None
    assert page(counting).counted.value == "¥16.38"


def test_who_leads_closes_a_drawer_that_is_far_off_alone(selling: Cashier) -> None:
    selling.sell("163.8")
    selling.press(Qt.Key.Key_F12)
    selling.sign_in(SHIFT_LEAD)
    selling.press(Qt.Key.Key_F10)
    selling.type("16.38")
    selling.tap("closeShift")
    selling.wait_for_guard()
    selling.tap("closeShift")

    assert shift_of(selling).counted == 1_638


def test_notes_and_coins_make_the_sum(counting: Cashier) -> None:
    counting.tap("countNotes")
    counting.type("1")
    counting.press(Qt.Key.Key_Down)
    counting.type("12")
    counting.press(Qt.Key.Key_Backspace)
    for place, count in ((4, "2"), (5, "3"), (6, "1"), (7, "3")):
        counting.tap(f"note{place}")
        counting.type(count)

    assert page(counting).counted.value == "¥163.80"
    assert [row.count for row in page(counting).notes] == ["1", "1", "0", "0", "2", "3", "1", "3"]
    assert page(counting).notes[6].label == "¥0.5"
    assert counting.part("closeShift").text() == "交班，现金相符"
    counting.tap("tillTotal")
    counting.type("170")
    assert page(counting).till.hint == "比本机销售多 ¥6.20"
    counting.tap("countNotes")
    assert page(counting).notes == ()
    assert page(counting).counted.value == "¥163.80"


def test_a_count_of_notes_stays_within_reason(counting: Cashier) -> None:
    counting.tap("countNotes")
    counting.type("123456")
    counting.press(Qt.Key.Key_Period)

    assert page(counting).notes[0].count == "1234"
    counting.press(Qt.Key.Key_Delete)
    assert page(counting).notes[0].count == "0"


@pytest.fixture
def blind(selling: Cashier, shop_pin: dict[int, str]) -> Cashier:
    """Return 王芳 in front of a drawer that the manager lets her count blind."""
    selling.sell("163.8", ZHANG)
    selling.press(Qt.Key.Key_F12)
    selling.sign_in(MANAGER, shop_pin[MANAGER])
    selling.press(Qt.Key.Key_F10)
    selling.tap("blindCount")
    assert selling.part("blindCount").text() == "盲点：开"
    assert rows(selling)["抽屉应有现金"] == "¥163.80"
    selling.press(Qt.Key.Key_F12)
    selling.sign_in(CASHIER)
    selling.press(Qt.Key.Key_F10)
    return selling


def test_who_counts_blind_sees_no_cash_that_is_due_and_no_difference(blind: Cashier) -> None:
    assert rows(blind) == {"销售": "1 笔", "其中会员": "1 笔", "开班备用金": "¥0.00"}
    assert not blind.sees("blindCount")

    blind.type("160")

    assert page(blind).counted.hint == "交班后才知道差额"
    assert blind.part("closeShift").text() == "交班"
    blind.tap("closeShift")
    assert shift_of(blind).difference == -380


def test_far_off_and_blind_is_asked_without_saying_how_far(blind: Cashier) -> None:
    blind.type("16")
    blind.tap("closeShift")

    notice = page(blind).notice
    assert notice is not None
    assert notice.text == "与应有现金相差较多。请再数一遍，没有数错就再按一次"
    blind.wait_for_guard()
    blind.tap("closeShift")
    approval = page(blind).approval
    assert approval is not None
    assert "147" not in approval.what


def test_a_drawer_that_the_manager_looked_at_is_blind_to_the_cashier_after_him(
    blind: Cashier,
) -> None:
    blind.counter.window.lock()
    blind.sign_in(MANAGER, blind.manager_pin)
    blind.press(Qt.Key.Key_F10)
    blind.tap("openCash")
    cash = blind.counter.pages.cash_model
    assert "抽屉应有现金" in {row.label for row in cash.state().facts}

    blind.counter.window.lock()
    blind.sign_in(CASHIER)

    assert blind.counter.pages.cash.isVisible()
    assert "抽屉应有现金" not in {row.label for row in cash.state().facts}
    blind.tap("cashWay1")
    blind.type("50000")
    blind.tap("cashReason0")
    blind.tap("moveCash")
    assert "已记下" in str(cash.state().notice)  # nothing was compared, so nothing is given away


def test_who_counts_blind_cannot_turn_it_off(blind: Cashier) -> None:
    by = blind.counter.desk.actor
    with pytest.raises(NotPermitted), blind.counter.storage.begin() as work:
        keep_blind(work, blind=False, by=by)

    with blind.counter.storage.reading() as reader:
        assert counts_blind(reader)


def test_the_key_of_the_page_keeps_what_was_counted(blind: Cashier) -> None:
    blind.type("160")
    blind.press(Qt.Key.Key_F10)
    assert page(blind).counted.value == "¥160.00"

    blind.tap("openCash")
    blind.press(Qt.Key.Key_F10)
    assert blind.counter.pages.shift.isVisible()
    assert page(blind).counted.value == "¥160.00"
