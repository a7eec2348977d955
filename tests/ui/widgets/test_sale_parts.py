"""The parts of the counter screen: states in, touches out."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.i18n.language import Language, LanguageSwitch
from desktop.theme.look import Look
from desktop.widgets.amount_field import AmountField, Entry
from desktop.widgets.banner import Banner, Notice
from desktop.widgets.benefit_list import Benefit, BenefitList
from desktop.widgets.chip import Chip, ChipKind, StatusChip
from desktop.widgets.member_card import MemberCard, MemberFace
from desktop.widgets.sheet import Sheet
from desktop.widgets.touch_button import TouchButton
from desktop.widgets.undo_bar import LastSale, UndoBar

FACE = MemberFace("张*芳", "138****5678", "金卡", "1,280", "500", "2", "数据截至 13:05")


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def tap(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_member_card_shows_both_numbers_and_their_age(qtbot: QtBot, look: Look) -> None:
    card = MemberCard(look)
    qtbot.addWidget(card)

    card.show_member(FACE)

    shown = texts(card)
    assert {"1,280", "500", "2", "数据截至 13:05", "可用积分", "本机可兑"} <= set(shown)


def test_while_head_office_lends_the_second_number_is_what_is_left_without_it(
    qtbot: QtBot, look: Look
) -> None:
    card = MemberCard(look)
    qtbot.addWidget(card)
    card.show_member(replace(FACE, lent_on=True))

    shown = texts(card)

    assert "离线可兑" in shown
    assert "本机可兑" not in shown


def test_a_member_in_debt_owes_points(qtbot: QtBot, look: Look) -> None:
    card = MemberCard(look)
    qtbot.addWidget(card)

    card.show_member(MemberFace("张*", "", "", "−320", "0", "0", "", in_debt=True))

    assert "欠分" in texts(card)
    assert "可用积分" not in texts(card)


def test_a_name_is_text_and_never_markup(qtbot: QtBot, look: Look) -> None:
    card = MemberCard(look)
    qtbot.addWidget(card)
    card.show_member(MemberFace("<b>芳</b>", "", "", "0", "0", "0", ""))

    name = next(label for label in card.findChildren(QLabel) if label.text() == "<b>芳</b>")

    assert name.textFormat() is Qt.TextFormat.PlainText


def test_the_card_changes_language_without_losing_its_member(
    qtbot: QtBot, look: Look, languages: LanguageSwitch
) -> None:
    card = MemberCard(look)
    qtbot.addWidget(card)
    card.show_member(FACE)

    languages.use(Language.EN)

    assert {"张*芳", "1,280", "Available", "Redeemable here"} <= set(texts(card))


def test_changing_the_member_is_asked_for(qtbot: QtBot, look: Look) -> None:
    card = MemberCard(look)
    qtbot.addWidget(card)

    with qtbot.waitSignal(card.change_requested):
        tap(card.findChild(TouchButton))


def test_a_tap_on_the_amount_asks_for_the_digits(qtbot: QtBot, look: Look) -> None:
    field = AmountField(look)
    qtbot.addWidget(field)
    field.show_entry(Entry("实付金额", "¥128.00", hint="请输入金额"))

    with qtbot.waitSignal(field.clicked):
        tap(field)
    assert field.accessibleName() == "实付金额 ¥128.00 请输入金额"


def test_the_frame_says_where_digits_go(qtbot: QtBot, look: Look) -> None:
    field = AmountField(look)
    qtbot.addWidget(field)
    field.resize(400, 88)

    def frame() -> str:
        return field.grab().toImage().pixelColor(200, 1).name().upper()

    field.show_entry(Entry("实付金额", "¥1.00", active=True))
    assert frame() == look.colours.primary
    field.show_entry(Entry("实付金额", "¥1.00", active=False))
    assert frame() == look.colours.surface
    field.show_entry(Entry("实付金额", "¥1.00", wrong=True))
    assert frame() == look.colours.error


def test_benefits_show_these_rows_and_no_others(qtbot: QtBot, look: Look) -> None:
    rows = BenefitList(look)
    qtbot.addWidget(rows)
    rows.show_rows((Benefit("本单获得", "+128"), Benefit("积分抵扣", "−¥5.00")))

    rows.show_rows((Benefit("本单获得", "+56", "points"),))

    assert texts(rows) == ["本单获得", "+56"]


def test_undo_is_there_while_its_time_lasts(qtbot: QtBot, look: Look) -> None:
    bar = UndoBar(look)
    qtbot.addWidget(bar)
    bar.show_last(LastSale("李*明 +56 积分", undo_left="1:42", can_reprint=True))
    assert bar.undo.caption() == "撤销 1:42"
    with qtbot.waitSignal(bar.undo_requested):
        tap(bar.undo)

    bar.show_last(LastSale("李*明 +56 积分", can_reprint=True))

    assert not bar.undo.isVisibleTo(bar)
    with qtbot.waitSignal(bar.reprint_requested):
        tap(bar.reprint)


def test_a_bar_without_a_sale_keeps_its_place(qtbot: QtBot, look: Look) -> None:
    bar = UndoBar(look)
    qtbot.addWidget(bar)

    bar.show_last(LastSale(""))

    assert bar.sizePolicy().retainSizeWhenHidden()
    assert bar.isHidden()


def test_a_banner_says_which_of_its_buttons_was_hit(qtbot: QtBot, look: Look) -> None:
    banner = Banner(look)
    qtbot.addWidget(banner)
    heard: list[int] = []
    banner.action.connect(heard.append)
    banner.show_notice(Notice(ChipKind.WARN, "离线额度用完", ("联网重试", "只积分")))

    for button in banner.findChildren(TouchButton):
        if button.isVisibleTo(banner):
            tap(button)

    assert heard == [0, 1]
    assert texts(banner)[-1] == "离线额度用完"


def test_a_banner_with_nothing_to_say_is_gone(qtbot: QtBot, look: Look) -> None:
    banner = Banner(look)
    qtbot.addWidget(banner)
    banner.show_notice(Notice(ChipKind.OK, "已记账"))

    banner.show_notice(None)

    assert banner.isHidden()


def test_a_narrow_window_shows_the_icon_of_a_status_and_keeps_its_words(
    qtbot: QtBot, look: Look
) -> None:
    chip = StatusChip(look)
    qtbot.addWidget(chip)
    chip.show_status("离线·23 笔待上传", kind=ChipKind.OFFLINE)
    wide = chip.sizeHint().width()

    chip.set_compact(True)

    assert chip.sizeHint().width() == 48 < wide
    assert chip.accessibleName() == chip.toolTip() == "离线·23 笔待上传"


@pytest.mark.parametrize("kind", list(ChipKind))
def test_a_chip_is_never_narrower_than_its_word(qtbot: QtBot, look: Look, kind: ChipKind) -> None:
    chip = Chip(look, "30 天内到期 200", kind=kind, icon="hourglass")
    qtbot.addWidget(chip)

    assert chip.minimumSizeHint() == chip.sizeHint()


def test_a_sheet_covers_its_screen_and_asks_to_close(qtbot: QtBot, look: Look) -> None:
    screen = QWidget()
    screen.resize(1278, 712)
    qtbot.addWidget(screen)
    sheet = Sheet(look, screen)
    sheet.set_content("用积分", QLabel("内容"))
    screen.show()
    sheet.open()

    assert sheet.geometry() == screen.rect()
    with qtbot.waitSignal(sheet.close_requested):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
    with qtbot.waitSignal(sheet.close_requested):
        QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    screen.resize(1024, 700)
    assert sheet.geometry() == screen.rect()
