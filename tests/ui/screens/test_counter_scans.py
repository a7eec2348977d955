"""Scans at the counter: taken by what they say, wherever the digits went; private codes refused."""

import pytest
from PySide6.QtCore import Qt

from desktop.gallery.cashier import Cashier

ZHANG = "13812345678"


def number_of(cashier: Cashier, phone: str) -> str:
    with cashier.counter.storage.reading() as reader:
        return str(reader.value("SELECT number FROM member WHERE phone = ?", (f"+86{phone}",)))


def test_a_member_code_attaches_wherever_the_digits_went(selling: Cashier) -> None:
    selling.tap("amount")
    selling.type("45")

    selling.scan(number_of(selling, ZHANG))

    assert selling.state.member is not None
    assert selling.state.member.name == "张*芳"
    assert selling.state.amount.value == "¥45.00"


def test_another_member_code_changes_the_member_and_uses_no_points(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("128")
    selling.tap("chip0")

    selling.scan(number_of(selling, "13711112222"))

    assert selling.state.member is not None
    assert selling.state.member.name == "单*信"
    assert "用" not in selling.state.confirm.text


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("134567890123456789", "付款码"),
        ("281234567890123456", "付款码"),
        ("6212345678901234567", "付款码"),
        ("4111111111111111", "银行卡"),
    ],
)
def test_a_private_code_is_refused_and_kept_nowhere(selling: Cashier, code: str, kind: str) -> None:
    selling.scan(code)

    notice = selling.state.notice
    assert notice is not None
    assert kind in notice.text
    assert "没有保存" in notice.text
    assert code not in repr(selling.state)
    assert selling.state.member is None


@pytest.mark.parametrize(
    ("code", "kind"), [("281234567890123456", "付款码"), ("4111111111111111", "银行卡")]
)
def test_a_private_code_that_is_typed_does_not_stay_in_the_finder(
    selling: Cashier, code: str, kind: str
) -> None:
    selling.type(code)
    selling.press(Qt.Key.Key_Return)

    assert selling.state.finder.empty
    assert code not in repr(selling.state)
    notice = selling.state.notice
    assert notice is not None
    assert notice.text.startswith(f"这是{kind}")


def test_a_misread_member_code_asks_for_another_scan(selling: Cashier) -> None:
    number = number_of(selling, ZHANG)
    other = "2" if number[-1] != "2" else "3"

    selling.scan(number[:-1] + other)

    assert selling.state.notice is not None
    assert selling.state.notice.text == "会员码没读完整，请再扫一次"


def test_an_unknown_code_changes_nothing(selling: Cashier) -> None:
    selling.type(ZHANG)

    selling.scan("HELLO12345")

    assert selling.state.notice is not None
    assert "不认识" in selling.state.notice.text
    assert selling.state.member is not None


def test_a_scan_while_a_sale_is_written_waits_for_it(selling: Cashier) -> None:
    selling.type(ZHANG)
    selling.type("20")
    number = number_of(selling, "13711112222")
    model = selling.counter.pages.counter_model

    model.confirm()
    model.scan(number)
    assert selling.state.notice is not None
    assert selling.state.notice.text.startswith("已收到扫码")
    selling.settle()

    last = selling.counter.desk.facts.status.last_sale
    assert last is not None
    assert last.due == 2_000
    assert selling.state.member is not None
    assert selling.state.member.name == "单*信"
