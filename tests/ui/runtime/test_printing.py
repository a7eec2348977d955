"""Paper after the sale: printed, sent or not, said honestly; and never in the way of a sale."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.demo.hands import wait_for
from desktop.device_settings import DeviceSettings
from desktop.devices.channel import NetworkAddress
from desktop.devices.printer_profile import PrinterProfile
from desktop.devices.simulators.printer import Condition, VirtualPrinter
from desktop.gallery.cashier import Cashier
from desktop.gallery.generous_shop import make_generous
from tests.support.paper import Opened, copies, words_on

ZHANG = "13812345678"


def test_a_sale_is_printed_and_said_to_be_only_then(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))

    cashier.sell("128", ZHANG)

    assert printer.strip.cuts == 1
    assert "消费小票" in words_on(printer)
    assert "138****5678" in words_on(printer)
    assert cashier.state.last.detail.endswith("已打印")
    assert cashier.state.notice is None


def test_nothing_is_printed_unasked_and_f8_prints_the_last_sale(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address))
    cashier.sell("128", ZHANG)
    assert printer.strip.cuts == 0

    cashier.press(Qt.Key.Key_F8)
    cashier.tap("reprint")

    assert printer.strip.cuts == 2
    assert words_on(printer).count("补打 第 1 次") == 1
    assert copies(cashier) == [1]


def test_a_printer_without_paper_holds_no_sale_and_is_told(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    printer.condition = Condition.PAPER_OUT

    cashier.sell("128", ZHANG)

    assert cashier.state.notice is not None
    assert cashier.state.notice.text == "已记账，小票未打印（缺纸）。装纸后点 补打"
    printer.condition = Condition.READY
    cashier.tap("reprint")
    assert printer.strip.cuts == 1
    assert "补打 第" not in words_on(printer)
    assert copies(cashier) == []
    assert cashier.state.notice is None


def test_an_unplugged_printer_holds_no_sale(opened: Opened) -> None:
    nobody = NetworkAddress("127.0.0.1", 1)
    cashier = opened(DeviceSettings(printer=nobody, prints_sales=True))

    cashier.sell("128", ZHANG)
    cashier.wait_for_guard()
    cashier.sell("35.8")

    assert cashier.state.notice is not None
    assert "连不上" in cashier.state.notice.text
    assert cashier.state.last.text == "无会员 ¥35.80"


def test_what_a_one_way_printer_got_was_sent_not_printed(
    opened: Opened, printer: VirtualPrinter
) -> None:
    profile = PrinterProfile(reports=False)
    cashier = opened(DeviceSettings(printer=printer.address, profile=profile, prints_sales=True))

    cashier.sell("128", ZHANG)

    assert printer.wait_for_cuts(1)
    assert cashier.state.last.detail.endswith("已发送到打印机")


def test_a_chip_and_buttons_are_there_only_with_a_printer(selling: Cashier) -> None:
    selling.sell("128", ZHANG)

    assert not selling.sees("printer")
    assert not selling.sees("reprint")


def test_a_sale_of_the_list_is_printed_from_its_panel(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address))
    cashier.sell("128", ZHANG)
    assert cashier.part("printer", QWidget).isVisible()

    cashier.counter.window.go("sales")
    cashier.settle()
    cashier.tap("reprintSale")

    assert printer.strip.cuts == 1


def test_a_copy_that_does_not_come_out_keeps_its_number(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    cashier.sell("128", ZHANG)
    printer.condition = Condition.COVER_OPEN
    cashier.tap("reprint")

    assert cashier.state.notice is not None
    assert cashier.state.notice.text == "已记账，小票未打印（盖子没合上）。合上盖子后点 补打"
    printer.condition = Condition.READY
    cashier.tap("reprint")
    cashier.tap("reprint")

    assert copies(cashier) == [1, 2]
    assert words_on(printer).count("补打 第 1 次") == 1
    assert words_on(printer).count("补打 第 2 次") == 1


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (Condition.BROKEN, "已记账，小票未打印（报错）。检查打印机后点 补打"),
        (Condition.PAPER_ENDS, "已记账，小票未打印（缺纸）。装纸后点 补打"),
    ],
)
def test_a_printer_that_is_unwell_says_how_and_holds_nothing(
    opened: Opened, printer: VirtualPrinter, condition: Condition, says: str
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    printer.condition = condition

    cashier.sell("128", ZHANG)

    assert cashier.state.notice is not None
    assert cashier.state.notice.text == says
    assert cashier.state.last.detail.endswith("已记账，小票未打印")


def test_a_printer_that_hangs_up_half_way_is_not_said_to_have_printed(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    printer.condition = Condition.HANGS_UP

    cashier.sell("128", ZHANG)

    assert cashier.state.last.text == "张*芳 ¥128.00，积分 +192"
    assert not cashier.state.last.detail.endswith("已打印")


@pytest.mark.parametrize("condition", [Condition.SILENT, Condition.RUBBISH])
def test_a_printer_that_answers_nothing_or_rubbish_is_not_said_to_have_printed(
    opened: Opened, printer: VirtualPrinter, condition: Condition
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    printer.condition = condition

    cashier.sell("128", ZHANG)

    assert printer.wait_for_cuts(1)
    assert cashier.state.last.detail.endswith("已发送到打印机")
    assert cashier.part("printer", QWidget).accessibleName() == "打印机状态未知"


def test_only_the_newest_receipt_is_offered_when_the_paper_is_back(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    printer.condition = Condition.PAPER_OUT
    for amount in ("128", "66", "35.8"):
        cashier.sell(amount)
        cashier.wait_for_guard()
    printer.condition = Condition.READY

    cashier.tap("reprint")

    assert printer.strip.cuts == 1
    assert "35.80" in words_on(printer)


def test_a_sale_whose_printing_the_power_cut_off_is_offered_and_not_printed_by_itself(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    cashier.sell("66")
    cashier.wait_for_guard()
    # The power goes after the commit and before anything is on its way to the printer.
    cashier.counter.printing.settings = DeviceSettings(printer=printer.address)
    cashier.sell("128", ZHANG)
    assert printer.strip.cuts == 1

    after = opened()

    assert after.state.notice is not None
    assert after.state.notice.text == "最后一笔已记账，小票上次没有打印。要打印就点 补打"
    assert printer.strip.cuts == 1
    after.tap("reprint")
    assert printer.strip.cuts == 2
    assert words_on(printer).count("138****5678") == 1
    assert copies(after) == []
    assert after.state.notice is None
    assert opened().state.notice is None


def test_after_a_start_what_was_printed_before_is_a_copy(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    cashier.sell("128", ZHANG)

    after = opened()
    assert after.state.notice is None
    after.press(Qt.Key.Key_F8)

    assert copies(after) == [1]
    assert words_on(printer).count("补打 第 1 次") == 1


def test_five_quick_keys_are_one_paper(opened: Opened, printer: VirtualPrinter) -> None:
    cashier = opened(DeviceSettings(printer=printer.address))
    cashier.sell("128", ZHANG)
    cashier.counter.window.go("sales")
    cashier.settle()

    for _ in range(5):
        QTest.keyClick(cashier.counter.window, Qt.Key.Key_F8)
    cashier.settle()
    assert printer.strip.cuts == 1

    cashier.press(Qt.Key.Key_F8)
    assert copies(cashier) == [1]
    assert words_on(printer).count("补打 第 1 次") == 1


def test_while_a_slow_printer_has_the_original_nobody_gets_another(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address))
    cashier.sell("128", ZHANG)
    cashier.counter.window.go("sales")
    cashier.settle()
    printer.condition = Condition.SILENT

    QTest.keyClick(cashier.counter.window, Qt.Key.Key_F8)
    wait_for(lambda: bool(printer.strip.asked), "the original on its way")
    QTest.keyClick(cashier.counter.window, Qt.Key.Key_F8)
    cashier.settle()

    originals = printer.strip.cuts - words_on(printer).count("补打 第")
    assert (originals, len(printer.strip.pulses)) == (1, 1)


def test_a_second_top_up_is_printed_though_the_first_is_on_its_way(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    make_generous(cashier)
    cashier.type(ZHANG)
    cashier.tap("valueChip")
    printer.condition = Condition.SILENT

    for papers in (1, 2):
        cashier.wait_for_guard()
        QTest.mouseClick(cashier.part("valueStep0"), Qt.MouseButton.LeftButton)
        QTest.mouseClick(cashier.part("confirmValue"), Qt.MouseButton.LeftButton)
        wait_for(lambda wanted=papers: printer.strip.cuts >= wanted, "the paper of this top-up")
    cashier.settle()

    assert printer.strip.cuts == 2
    assert copies(cashier) == []
