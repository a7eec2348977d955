"""Why a sale earns what it does: counter, receipt and `sale show` give one answer."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.domain.ids import text_of
from desktop.cli.app import run
from desktop.gallery.cashier import Cashier
from desktop.widgets.explanation import ExplanationList

ZHANG = "13812345678"


def told(home: Path, language: str, *words: str, capture: pytest.CaptureFixture[bytes]) -> str:
    """Return what a command on this home says to people."""
    assert run((*words, "--home", str(home)), {"LANG": f"{language}.UTF-8"}) == 0
    return capture.readouterr().out.decode()


def run_together(text: str) -> str:
    """Return a page without its line breaks: receipts wrap where screens do not."""
    return re.sub(r"\s+", "", text)


def test_the_question_is_there_only_where_a_member_earns(selling: Cashier) -> None:
    selling.type(ZHANG)
    assert not selling.sees("why")
    selling.type("128")
    assert selling.part("why").text() == "为什么是 192 分"


def test_the_answer_lies_over_the_counter_and_escape_takes_it_away(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("128")
    selling.tap("why")

    answer = selling.part("whySheet", QWidget).findChild(ExplanationList)
    assert answer is not None
    assert "倍数：金卡 ×1.5" in answer.accessibleDescription()

    selling.press(Qt.Key.Key_Escape)

    assert not selling.sees("whySheet")
    assert selling.state.amount.value == "¥128.00"


def test_a_scan_closes_the_answer(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("128")
    selling.tap("why")

    selling.counter.pages.counter_model.find()
    selling.settle()

    assert not selling.sees("whySheet")


def test_a_sale_that_was_taken_back_explains_nothing(selling: Cashier) -> None:
    selling.sell("128", ZHANG)
    assert selling.sees("why")

    selling.tap("undo")

    assert not selling.sees("why")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_counter_receipt_and_sale_show_say_the_same(
    cashier: Cashier, language: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    cashier.counter.speak(language)
    cashier.sign_in()
    cashier.type(ZHANG)
    cashier.type("128.5")
    cashier.tap("chip0")
    before = cashier.state.why
    cashier.tap("confirm")
    after = cashier.state.why
    last = cashier.counter.desk.facts.status.last_sale
    assert last is not None
    sale, home = text_of(last.sale_id), cashier.counter.home

    shown = told(home, language, "sale", "show", sale, capture=capsysbinary)
    receipt = told(home, language, "sale", "show", sale, "--receipt", capture=capsysbinary)

    assert before == after
    assert len(after.counted) == 4
    for sentence in after.counted:
        assert sentence in shown
        assert run_together(sentence) in run_together(receipt)
