"""Papers of returns, stored value and shifts, from the screens that they belong to."""

from PySide6.QtCore import Qt

from desktop.device_settings import DeviceSettings
from desktop.devices.channel import NetworkAddress
from desktop.devices.simulators.printer import Condition, VirtualPrinter
from desktop.gallery.generous_shop import make_generous
from tests.support.paper import Opened, copies, words_on

ZHANG = "13812345678"


def test_a_return_is_printed_and_again_from_its_sale(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    cashier.sell("128", ZHANG)
    cashier.press(Qt.Key.Key_F7)
    cashier.settle()
    assert not cashier.sees("reprintReturn")
    cashier.tap("returnGoodsOfSale")
    cashier.type("30")
    cashier.tap("confirmReturn")
    assert printer.wait_for_cuts(2)

    cashier.tap("reprintReturn")

    assert printer.strip.cuts == 3
    assert words_on(printer).count("退货单") == 2
    assert copies(cashier) == [1]


def test_a_top_up_is_printed_and_again_from_its_screen(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address, prints_sales=True))
    make_generous(cashier)
    cashier.type(ZHANG)
    cashier.tap("valueChip")
    assert not cashier.sees("printValue")
    cashier.tap("valueStep1")
    cashier.tap("confirmValue")
    assert printer.wait_for_cuts(1)

    cashier.tap("printValue")
    printer.condition = Condition.PAPER_OUT
    cashier.tap("printValue")

    assert printer.strip.cuts == 2
    assert words_on(printer).count("储值充值") == 2
    assert copies(cashier) == [1, 2]
    notice = cashier.counter.pages.value_model.state().notice
    assert notice is not None
    assert notice.text == "储值已记账，凭条未打印（缺纸）。装纸后点 补打"


def test_a_closed_shift_prints_its_report_once_whoever_opened_it_before(
    opened: Opened, printer: VirtualPrinter
) -> None:
    first = opened(DeviceSettings(printer=printer.address))
    first.sell("128", ZHANG)
    cashier = opened()

    cashier.press(Qt.Key.Key_F10)
    cashier.type("128")
    cashier.tap("closeShift")

    assert printer.strip.cuts == 1
    assert "交班单（Z）" in words_on(printer)
    assert copies(cashier) == []


def test_the_paper_of_a_shift_adds_up_to_the_drawer(
    opened: Opened, printer: VirtualPrinter
) -> None:
    cashier = opened(DeviceSettings(printer=printer.address))
    cashier.sell("128", ZHANG)
    cashier.press(Qt.Key.Key_F10)
    cashier.tap("openCash")
    cashier.type("200")
    cashier.tap("cashReason0")
    cashier.tap("moveCash")
    assert printer.wait_for_pulses(1)
    cashier.tap("cashWay1")
    cashier.type("50")
    cashier.tap("cashReason0")
    cashier.wait_for_guard()
    cashier.tap("moveCash")
    assert printer.wait_for_pulses(2)
    cashier.press(Qt.Key.Key_Escape)
    cashier.tap("printSoFar")
    assert "班次小结（X）" in words_on(printer)

    cashier.type("278")
    cashier.tap("closeShift")

    figures = [line.split() for line in words_on(printer).split("交班单（Z）")[1].splitlines()]
    amounts = {line[0]: line[-1] for line in figures if line}
    assert amounts["现金销售"] == "128.00"
    assert amounts["放入现金"] == "200.00"
    assert amounts["取出现金"] == "-50.00"
    assert amounts["应有现金"] == "278.00"
    assert amounts["差额"] == "0.00"
    assert copies(cashier) == []


def test_a_drawer_that_does_not_open_takes_nothing_back(opened: Opened) -> None:
    cashier = opened(DeviceSettings(printer=NetworkAddress("127.0.0.1", 1)))
    cashier.press(Qt.Key.Key_F10)
    cashier.tap("openCash")
    cashier.tap("cashWay2")
    cashier.tap("cashReason0")

    cashier.tap("moveCash")

    notice = cashier.counter.pages.cash_model.state().notice
    assert notice is not None
    assert notice.text == "已记下，钱箱没有打开（连不上打印机）。请用钥匙打开"


def test_a_newcomer_takes_his_code_along(opened: Opened, printer: VirtualPrinter) -> None:
    cashier = opened(DeviceSettings(printer=printer.address))
    cashier.type("13922223333")
    cashier.tap("confirmEnroll")

    cashier.tap("printCode")

    assert printer.strip.cuts == 1
    assert "会员码" in words_on(printer)
    assert "13922223333" not in words_on(printer)
    assert copies(cashier) == []
