"""Paper after the sale: printed, sent or not, said honestly; and never in the way of a sale."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.domain.staff import Actor, Role
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from desktop.app import Counter, Dress, open_counter
from desktop.device_settings import DeviceSettings, keep_device_settings, read_device_settings
from desktop.devices.channel import NetworkAddress
from desktop.devices.printer_profile import PrinterProfile
from desktop.devices.simulators.escpos_reader import PrintedLine
from desktop.devices.simulators.printer import Condition, VirtualPrinter, virtual_printer
from desktop.gallery.cashier import Cashier
from desktop.gallery.shop import CounterShop
from desktop.i18n.language import LanguageSwitch
from desktop.theme.look import Look
from tests.support.storage_fixtures import seeded_chance

ZHANG = "13812345678"
Opened = Callable[..., Cashier]


@pytest.fixture
def printer() -> Iterator[VirtualPrinter]:
    with virtual_printer() as standing:
        yield standing


@pytest.fixture
def opened(
    shop_folder: Path,
    clock: FixedClock,
    look: Look,
    languages: LanguageSwitch,
    qtbot: QtBot,
    made_shop: CounterShop,
) -> Iterator[Opened]:
    """Return what opens the counter with these devices and signs 王芳 in."""
    counters: list[Counter] = []
    runs: list[DeviceSettings | None] = []

    def opening(settings: DeviceSettings | None = None) -> Cashier:
        """Begin with these devices, or once more with what is kept."""
        dress = Dress(look, languages)
        while counters:
            counters.pop().close()
        if settings is not None:
            first = open_counter(shop_folder, dress=dress, clock=clock, chance=seeded_chance(5))
            keep(first.storage, settings)
            first.close()
        # Another run makes other ids: the chance of one that went before would make the same.
        runs.append(settings)
        chance = seeded_chance(5 + len(runs))
        counter = open_counter(shop_folder, dress=dress, clock=clock, chance=chance)
        counters.append(counter)
        with qtbot.waitExposed(counter.window):
            counter.window.show()
        cashier = Cashier(counter, clock, manager_pin=made_shop.made.pin)
        cashier.sign_in()
        return cashier

    yield opening
    for counter in counters:
        counter.close()


def keep(storage: Storage, settings: DeviceSettings) -> None:
    with storage.begin() as work:
        keep_device_settings(work, settings, by=Actor(None, Role.MANAGER))
    with storage.reading() as reader:
        assert read_device_settings(reader) == settings


def words_on(printer: VirtualPrinter) -> str:
    return "\n".join(p.text for p in printer.strip.printed if isinstance(p, PrintedLine))


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


def copies(cashier: Cashier) -> list[int]:
    with cashier.counter.storage.reading() as reader:
        return [row[0] for row in reader.all("SELECT copy FROM reprint ORDER BY entered_at, copy")]


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
