"""The devices' screen on the real window: tried before it is kept, kept until tomorrow."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from desktop.config import read_preferences
from desktop.device_settings import read_device_settings
from desktop.devices.calibration import TRIAL_CODE
from desktop.devices.channel import FileAddress
from desktop.devices.keyboard_layout import Layout, mistyped
from desktop.devices.printer_profile import Paper
from desktop.devices.simulators.display import DisplayReader
from desktop.devices.simulators.printer import Condition, virtual_printer
from desktop.devices.simulators.scanner import virtual_scanner
from desktop.gallery.cashier import Cashier
from desktop.gallery.device_scenes import heard, set_up
from desktop.screens.devices.state import DevicesState, Tab

ZHANG = "13812345678"
PATIENCE_MS = 8_000


def state(cashier: Cashier) -> DevicesState:
    return cashier.counter.pages.devices_model.state()


def type_address(cashier: Cashier, text: str) -> None:
    cashier.part("deviceAddress", QLineEdit).setFocus()
    cashier.type(text)


def notice(cashier: Cashier) -> str:
    said = state(cashier).notice
    return "" if said is None else said.text


def test_a_printer_is_tried_and_kept_and_prints_the_next_sale(cashier: Cashier) -> None:
    with virtual_printer() as printer:
        set_up(cashier, Tab.PRINTER)
        type_address(cashier, f"127.0.0.1:{printer.address.port}")
        cashier.tap("device0_0")  # 58 mm
        cashier.tap("device7_0")  # prints sales by itself
        cashier.tap("tryDevice0")
        assert printer.wait_for_cuts(1)
        assert notice(cashier) == "测试页已打印，请看纸"
        ruler = "".join(str(column % 10) for column in range(1, 33))
        assert ruler in printer.strip.text

        cashier.tap("keepDevices")
        assert notice(cashier) == "已保存，现在就用"
        cashier.press(Qt.Key.Key_Escape)
        cashier.sell("128", ZHANG)
        assert printer.wait_for_cuts(2)
        with cashier.counter.storage.reading() as reader:
            kept = read_device_settings(reader)
        assert (kept.printer, kept.profile.paper) == (printer.address, Paper.MM58)
        assert kept.prints_sales


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition.PAPER_OUT, "缺纸"),
        (Condition.COVER_OPEN, "盖子"),
        (Condition.SILENT, "没有回答"),
        (Condition.RUBBISH, "没有回答"),
    ],
)
def test_a_trial_says_what_is_wrong(cashier: Cashier, condition: Condition, words: str) -> None:
    with virtual_printer() as printer:
        printer.condition = condition
        set_up(cashier, Tab.PRINTER)
        type_address(cashier, f"127.0.0.1:{printer.address.port}")
        cashier.tap("tryDevice0")

        assert words in notice(cashier)


def test_a_printer_that_is_not_there_is_said(cashier: Cashier) -> None:
    with virtual_printer() as printer:
        address = f"127.0.0.1:{printer.address.port}"
    set_up(cashier, Tab.PRINTER)
    type_address(cashier, address)
    cashier.tap("tryDevice1")

    assert "连不上" in notice(cashier)


def test_the_drawer_is_tried_and_its_opening_recorded(cashier: Cashier) -> None:
    with virtual_printer() as printer:
        set_up(cashier, Tab.PRINTER)
        type_address(cashier, f"127.0.0.1:{printer.address.port}")
        cashier.tap("device5_1")  # pin 5
        cashier.tap("tryDevice2")
        assert printer.wait_for_pulses(1)
        assert printer.strip.pulses == [5]
    with cashier.counter.storage.reading() as reader:
        assert reader.value("SELECT reason FROM drawer_entry") == "试开钱箱"


def test_a_wrong_address_cannot_be_kept_or_tried(cashier: Cashier) -> None:
    set_up(cashier, Tab.PRINTER)
    type_address(cashier, "http://x")

    assert state(cashier).confirm.text == "地址不对，还不能保存"
    assert not state(cashier).confirm.usable
    assert state(cashier).trials == ()


def test_a_port_is_a_tap_and_another_tab_forgets_nothing(cashier: Cashier) -> None:
    set_up(cashier, Tab.DISPLAY)
    cashier.tap("devicePort1")
    tabs = cashier.part("deviceTabs", QTabBar)
    tabs.tabBarClicked.emit(int(Tab.PRINTER))
    tabs.tabBarClicked.emit(int(Tab.DISPLAY))

    shown = state(cashier).address
    assert shown is not None
    assert shown.text == "COM4"
    assert [choice.on for choice in shown.ports] == [False, True]


def test_a_display_shows_the_trial_and_then_the_customers_lines(
    cashier: Cashier, tmp_path: Path, qtbot: QtBot
) -> None:
    pole = tmp_path / "pole"
    set_up(cashier, Tab.DISPLAY)
    type_address(cashier, f"file:{pole}")
    cashier.tap("tryDevice0")
    reader = DisplayReader()
    reader.feed(pole.read_bytes())
    assert reader.lines[0] == "TOTAL         128.00"

    cashier.tap("keepDevices")
    qtbot.waitUntil(lambda: b"WELCOME" in pole.read_bytes(), timeout=PATIENCE_MS)
    assert cashier.counter.devices.settings.display == FileAddress(pole)


def test_three_scans_set_the_wedge_scanner_and_find_nobody(cashier: Cashier) -> None:
    set_up(cashier, Tab.SCANNER)
    typed = mistyped(TRIAL_CODE, Layout.AZERTY)
    for _ in range(3):
        heard(cashier, typed, gap_ms=14)

    assert [step.good for step in state(cashier).calibration.steps] == [True] * 3  # type: ignore[union-attr]  # it is the scanner's tab
    cashier.tap("keepDevices")
    wedge = cashier.counter.devices.settings.wedge
    assert (wedge.gap_ms, wedge.layout) == (42, Layout.AZERTY)
    assert cashier.sees("deviceTabs")


def test_scans_go_to_the_counter_again_once_the_page_is_left(cashier: Cashier) -> None:
    set_up(cashier, Tab.SCANNER)
    cashier.scan(ZHANG)
    assert cashier.state.member is None
    cashier.tap("place_counter")
    cashier.scan(ZHANG)

    assert cashier.state.member is not None


def test_a_serial_scanner_is_tried_kept_and_sells(
    cashier: Cashier, tmp_path: Path, qtbot: QtBot
) -> None:
    with virtual_scanner(tmp_path / "ttyScanner") as scanner:
        set_up(cashier, Tab.SCANNER)
        cashier.tap("device0_1")
        type_address(cashier, f"serial:{scanner.address.port}")
        cashier.tap("keepDevices")
        devices = cashier.counter.devices
        qtbot.waitUntil(lambda: devices.scanner_there is True, timeout=PATIENCE_MS)
        scanner.scan(TRIAL_CODE)
        calibrating = cashier.counter.pages.devices_model.calibrating
        qtbot.waitUntil(lambda: len(calibrating.heard) == 1, timeout=PATIENCE_MS)
        assert calibrating.heard[0].fault is None

        cashier.press(Qt.Key.Key_Escape)
        scanner.scan(ZHANG)
        qtbot.waitUntil(lambda: cashier.state.member is not None, timeout=PATIENCE_MS)
        scanner.unplug()
        qtbot.waitUntil(lambda: devices.scanner_there is False, timeout=PATIENCE_MS)
        cashier.type("128")
        cashier.tap("confirm")
        assert cashier.state.last.text
        devices.close()


def test_a_size_holds_at_once_and_tomorrow(cashier: Cashier) -> None:
    set_up(cashier, Tab.SOUND_AND_SIZE)
    cashier.tap("device1_2")
    look = cashier.counter.window.bar.look

    assert look.percent == 110
    with cashier.counter.storage.reading() as reader:
        assert read_preferences(reader).percent == 110


def test_a_cashier_finds_no_devices_in_the_menu(selling: Cashier) -> None:
    assert "设备" not in [action.text() for action in selling.counter.window.bar.menu().actions()]


def test_the_drawer_is_tried_once_however_quick_the_taps_are(cashier: Cashier) -> None:
    with virtual_printer() as printer:
        set_up(cashier, Tab.PRINTER)
        type_address(cashier, f"127.0.0.1:{printer.address.port}")
        button = cashier.part("tryDevice2", QPushButton)
        for _ in range(3):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        cashier.settle()
        assert printer.wait_for_pulses(1)
    with cashier.counter.storage.reading() as reader:
        assert reader.value("SELECT count(*) FROM drawer_entry") == 1
