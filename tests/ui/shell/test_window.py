"""The window: rail, bar, keys of the house, language and theme while it is open, scans anywhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from db.storage.errors import StorageUnavailable
from desktop.app import Dress, open_counter
from desktop.gallery.cashier import CASHIER, MANAGER, SHIFT_LEAD, Cashier
from desktop.shell.places import Place
from desktop.widgets.banner import Banner
from desktop.widgets.component import Component
from desktop.widgets.sheet import Sheet
from tests.support.storage_fixtures import seeded_chance

CTRL = Qt.KeyboardModifier.ControlModifier


def number_of(cashier: Cashier, phone: str) -> str:
    with cashier.counter.storage.reading() as reader:
        return str(reader.value("SELECT number FROM member WHERE phone = ?", (f"+86{phone}",)))


def test_the_rail_has_no_room_that_does_not_exist(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)

    for place in Place:
        cashier.tap(f"place_{place}")
        assert cashier.counter.pages.page(place).isVisible()


def test_control_and_a_figure_go_to_a_place(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)

    cashier.press(Qt.Key.Key_2, CTRL)
    assert cashier.counter.pages.members.isVisible()
    cashier.press(Qt.Key.Key_3, CTRL)
    assert cashier.counter.pages.sales.isVisible()
    cashier.press(Qt.Key.Key_4, CTRL)
    assert cashier.counter.pages.report.isVisible()
    cashier.press(Qt.Key.Key_1, CTRL)
    assert cashier.counter.pages.counter.isVisible()


def test_a_place_that_a_role_may_not_enter_has_no_key_either(selling: Cashier) -> None:
    selling.press(Qt.Key.Key_4, CTRL)

    assert selling.counter.pages.counter.isVisible()


def test_a_scan_on_any_page_attaches_at_the_counter(selling: Cashier) -> None:
    number = number_of(selling, "13812345678")
    selling.tap("place_members")

    window = selling.counter.window.windowHandle()
    selling.counter.scanner.watch(window)
    for character in number:
        QTest.keyClick(window, ord(character))
    QTest.keyClick(window, Qt.Key.Key_Return)
    selling.settle()

    assert selling.counter.pages.counter.isVisible()
    assert selling.state.member is not None
    assert selling.state.member.name == "张*芳"
    assert selling.part("scanner").accessibleName() == "扫码枪正常"


def test_the_language_changes_while_a_sale_is_open_and_is_remembered(
    selling: Cashier,
) -> None:
    selling.type("13812345678")
    selling.type("128")

    selling.counter.speak("en")
    selling.settle()

    assert selling.part("confirm").text() == "Confirm, +192 points"
    assert selling.part("place_counter").text() == "Counter"
    assert selling.part("line").accessibleName() == "Single shop"
    with selling.counter.storage.reading() as reader:
        assert reader.value("SELECT value FROM setting WHERE name = 'language'") == "en"


def test_language_theme_and_lock_are_in_the_menu_of_whoever_acts(selling: Cashier) -> None:
    menu = selling.counter.window.bar.menu()
    words = [action.text() for action in menu.actions() if action.text()]
    house = ["交班（F10）", "关于与诊断", "锁屏或换人（F12）", "帮助（F1）"]
    assert words == ["中文", "English", "深色界面", *house]

    menu.actions()[3].trigger()
    selling.settle()

    assert selling.counter.window._look.dark
    with selling.counter.storage.reading() as reader:
        assert reader.value("SELECT value FROM setting WHERE name = 'theme'") == "dark"


def test_what_was_preferred_is_there_after_a_restart(selling: Cashier) -> None:
    selling.counter.speak("en")
    selling.counter.darken(dark=True)
    selling.settle()
    dress = Dress(selling.counter.window._look, selling.counter._dress.languages)
    folder = selling.counter.home
    selling.counter.close()
    dress.look.switch(dark=False)
    dress.languages.use("zh_CN")  # type: ignore[arg-type]

    again = open_counter(folder, dress=dress, clock=selling.clock, chance=seeded_chance(6))
    try:
        assert dress.look.dark
        assert dress.languages.language == "en"
    finally:
        again.close()


def test_idleness_locks_and_warns_before(selling: Cashier) -> None:
    strip = selling.counter.window.findChild(Banner, "strip")

    selling.counter.idle.warned.emit(20)
    assert strip.isVisible()
    assert strip.accessibleName() == "20 秒后锁屏，动一下就继续"
    selling.counter.idle.expired.emit()

    assert not selling.counter.window.at_work


def test_a_full_disk_is_a_strip_and_the_sale_stays_on_the_screen(
    selling: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    selling.type("13812345678")
    selling.type("20")
    begin = selling.counter.storage.begin

    def full() -> object:
        raise StorageUnavailable("disk_full")

    monkeypatch.setattr(selling.counter.storage, "begin", full)
    selling.tap("confirm")
    strip = selling.counter.window.findChild(Banner, "strip")
    assert strip.accessibleName().startswith("磁盘已满，这一笔没有记账")
    assert selling.state.amount.value == "¥20.00"

    monkeypatch.setattr(selling.counter.storage, "begin", begin)
    selling.wait_for_guard()
    selling.tap("confirm")

    assert not strip.isVisible()
    assert selling.state.last.text.startswith("张*芳 ¥20.00")


def test_the_chips_say_more_when_they_are_tapped(selling: Cashier) -> None:
    selling.tap("line")
    assert any(sheet.isVisible() for sheet in selling.counter.window.findChildren(Sheet))
    selling.press(Qt.Key.Key_5)
    assert selling.state.finder.empty

    selling.press(Qt.Key.Key_Escape)
    selling.press(Qt.Key.Key_5)

    assert selling.state.finder.value == "5"


def test_a_narrow_window_shows_chips_as_icons_and_keeps_their_names(selling: Cashier) -> None:
    selling.counter.window.resize(1024, 768)
    selling.settle()

    chip = selling.part("line")
    assert chip.width() < 60
    assert chip.accessibleName() == "单店·数据在本机"


def test_every_control_has_a_name_for_screen_readers(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    cashier.type("13922223333")
    cashier.press(Qt.Key.Key_Escape)

    nameless = [
        part.objectName() or type(part).__name__
        for part in cashier.counter.window.findChildren(QAbstractButton)
        if not (part.accessibleName() or part.text()) and part.isVisible()
    ]

    assert nameless == []


def test_tab_walks_the_counter_and_enter_still_confirms(selling: Cashier) -> None:
    selling.type("13812345678")
    selling.type("30")
    for _ in range(3):
        selling.press(Qt.Key.Key_Tab)

    selling.press(Qt.Key.Key_Return)

    assert selling.state.last.text.startswith("张*芳 ¥30.00")


def test_components_follow_a_larger_scale(selling: Cashier) -> None:
    before = selling.part("confirm").height()

    selling.counter.window._look.switch(percent=120)
    selling.settle()

    assert selling.part("confirm").height() > before
    assert selling.counter.window.findChildren(Component)
    assert selling.part("confirm", QWidget).isVisible()


@pytest.mark.parametrize("page", ["conflicts", "program", "devices", "report", "users", "imports"])
def test_a_page_of_the_managers_does_not_stand_before_the_cashier_after_him(
    cashier: Cashier, page: str
) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    pages, bar = cashier.counter.pages, cashier.counter.window.bar
    {
        "conflicts": pages.show_status,
        "program": bar.program_requested.emit,
        "devices": bar.devices_requested.emit,
        "report": lambda: cashier.tap("place_report"),
        "users": lambda: bar.house_requested.emit("users"),
        "imports": lambda: bar.house_requested.emit("import_wizard"),
    }[page]()
    cashier.settle()
    shown = getattr(pages.house if page in {"users", "imports"} else pages, page)
    assert shown.isVisible()

    cashier.press(Qt.Key.Key_F12)
    cashier.sign_in(CASHIER)

    assert not shown.isVisible()
    assert pages.counter.isVisible()
    cashier.press(Qt.Key.Key_F12)
    cashier.sign_in(MANAGER, cashier.manager_pin)
    assert pages.counter.isVisible()
