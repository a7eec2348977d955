"""Enrolling: eleven digits and one tap, consent as it was given, nobody enrolled twice."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from db.domain.consent import NOTICE_ZH, notice_hash
from desktop.gallery.cashier import Cashier
from desktop.screens.enroll.state import EnrollState

NEW = "13922223333"


def form(cashier: Cashier) -> EnrollState:
    return cashier.counter.pages.enroll_model.state()


def consents(cashier: Cashier, phone: str) -> list[tuple[str, int, str, str]]:
    with cashier.counter.storage.reading() as reader:
        return [
            (row[0], row[1], row[2], row[3])
            for row in reader.all(
                "SELECT c.purpose, c.granted, c.basis, c.text_hash FROM consent AS c"
                " JOIN member AS m ON m.member_id = c.member_id WHERE m.phone = ? ORDER BY 1",
                (f"+86{phone}",),
            )
        ]


def test_a_phone_that_nobody_has_opens_the_form_with_it(selling: Cashier) -> None:
    selling.type(NEW)

    assert selling.sees("confirmEnroll")
    assert form(selling).phone.value == "139 2222 3333"
    assert form(selling).confirm == "顾客已同意，完成入会"


def test_eleven_digits_and_one_tap_make_a_member_who_is_attached(selling: Cashier) -> None:
    selling.type(NEW)
    selling.tap("confirmEnroll")

    assert selling.sees("memberCard")
    assert selling.state.member is not None
    assert selling.state.member.phone == "139****3333"
    assert consents(selling, NEW) == [("membership", 1, "spoken", notice_hash(NOTICE_ZH))]


def test_his_code_is_shown_until_he_buys_and_can_be_saved(selling: Cashier) -> None:
    selling.type(NEW)
    selling.tap("confirmEnroll")
    welcome = selling.state.welcome
    assert welcome is not None
    assert len(welcome.code) == 21

    selling.tap("saveCard")
    files = list((selling.counter.home / "papers").iterdir())
    selling.tap_keys("5")

    assert [file.name for file in files] == [f"{welcome.number}.pdf"]
    assert files[0].read_bytes().startswith(b"%PDF")
    assert selling.state.welcome is None


def test_name_month_source_and_offers_are_kept_as_they_were_given(selling: Cashier) -> None:
    selling.type(NEW)
    selling.tap("title0")
    selling.part("name", QLineEdit).setFocus()
    selling.type("Chen")
    selling.tap("month4")
    selling.tap("source1")
    selling.part("marketing", QCheckBox).click()
    selling.tap("confirmEnroll")

    with selling.counter.storage.reading() as reader:
        row = reader.one(
            "SELECT name, gender, birthday, channel FROM member WHERE phone = ?", (f"+86{NEW}",)
        )
    assert row == ("Chen", "female", "05", "referral")
    assert [(purpose, granted) for purpose, granted, *_ in consents(selling, NEW)] == [
        ("marketing", 1),
        ("membership", 1),
    ]


def test_offers_are_off_until_the_customer_says_yes(selling: Cashier) -> None:
    selling.type(NEW)

    assert not selling.part("marketing", QCheckBox).isChecked()


def test_a_child_is_not_enrolled_here(selling: Cashier) -> None:
    selling.type(NEW)
    selling.part("underAge", QCheckBox).click()

    assert form(selling).confirm == "未满 14 周岁，请转店长"
    assert not selling.part("confirmEnroll").isEnabled()
    selling.press(Qt.Key.Key_Return)
    selling.counter.pages.enroll_model.confirm()
    selling.settle()
    assert consents(selling, NEW) == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "请输入手机号"),
        ("139222233", "号码少 2 位"),
        ("139222233334", "号码多 1 位"),
        ("12922223333", "没有这样的号段，请核对号码"),
    ],
)
def test_the_button_says_what_is_wrong_with_a_phone(
    selling: Cashier, typed: str, says: str
) -> None:
    selling.press(Qt.Key.Key_F3)
    selling.type(typed)

    assert form(selling).confirm == says
    assert not form(selling).usable


def test_a_phone_that_is_a_members_opens_him(selling: Cashier) -> None:
    selling.press(Qt.Key.Key_F3)

    selling.type("13812345678")

    assert selling.sees("memberCard")
    assert selling.state.member is not None
    assert selling.state.member.name == "张*芳"


def test_escape_goes_back_and_keeps_the_digits_for_correction(selling: Cashier) -> None:
    selling.type(NEW)
    selling.press(Qt.Key.Key_Escape)

    assert selling.sees("confirm")
    assert selling.state.finder.value == "139 2222 3333"


def test_two_taps_make_one_member(selling: Cashier) -> None:
    selling.type(NEW)
    model = selling.counter.pages.enroll_model
    model.confirm()
    model.confirm()
    selling.settle()

    with selling.counter.storage.reading() as reader:
        assert reader.value("SELECT count(*) FROM member WHERE phone = ?", (f"+86{NEW}",)) == 1


def test_the_words_to_say_stand_on_the_screen(selling: Cashier) -> None:
    selling.type(NEW)

    assert NOTICE_ZH in form(selling).words_to_say
    assert selling.part("confirmEnroll", QWidget).accessibleName() == "顾客已同意，完成入会"


def test_a_digit_too_many_is_said_once_and_the_same_beside_the_field(selling: Cashier) -> None:
    selling.type(NEW)
    selling.type("9")

    assert form(selling).phone.hint == form(selling).confirm == "号码多 1 位"
