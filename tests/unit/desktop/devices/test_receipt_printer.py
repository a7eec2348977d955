"""Printing over real sockets to a printer that speaks the same bytes and can be unwell."""

from pathlib import Path

import pytest

from desktop.devices.channel import FileAddress, NetworkAddress, SerialAddress
from desktop.devices.printer_profile import PrinterProfile
from desktop.devices.receipt_printer import EscPosPrinter, PrintEnd
from desktop.devices.simulators.escpos_reader import EscPosReader
from desktop.devices.simulators.printer import Condition, virtual_printer
from desktop.receipts.receipt import Code, Receipt, Text

RECEIPT = Receipt("one", (Text("谢谢惠顾"),))


@pytest.mark.parametrize(
    ("condition", "end", "cuts"),
    [
        (Condition.READY, PrintEnd.PRINTED, 1),
        (Condition.PAPER_OUT, PrintEnd.PAPER_OUT, 0),
        (Condition.COVER_OPEN, PrintEnd.COVER_OPEN, 0),
        (Condition.BROKEN, PrintEnd.BROKEN, 0),
        (Condition.PAPER_ENDS, PrintEnd.PAPER_OUT, 1),
        (Condition.RUBBISH, PrintEnd.SENT, 1),
    ],
)
def test_the_end_of_a_job_is_told_as_it_was(condition: Condition, end: PrintEnd, cuts: int) -> None:
    with virtual_printer() as device:
        device.condition = condition
        printer = EscPosPrinter(device.address, PrinterProfile())

        assert printer.print(RECEIPT) is end
        assert device.wait_for_cuts(cuts)
        assert device.strip.cuts == cuts


def test_a_printer_that_answers_nothing_got_it_sent_not_printed() -> None:
    with virtual_printer() as device:
        device.condition = Condition.SILENT
        printer = EscPosPrinter(device.address, PrinterProfile(reports=False))

        assert printer.print(RECEIPT) is PrintEnd.SENT
        assert device.wait_for_cuts(1)
        assert device.strip.text == ["谢谢惠顾"]
        assert device.strip.asked == []


def test_an_unplugged_printer_is_not_reached() -> None:
    with virtual_printer() as device:
        address = device.address
    printer = EscPosPrinter(address, PrinterProfile())

    assert printer.print(RECEIPT) is PrintEnd.NOT_REACHED
    assert printer.state() is PrintEnd.NOT_REACHED
    assert printer.open_drawer() is PrintEnd.NOT_REACHED


def test_an_address_that_is_none_is_not_reached() -> None:
    for address in (
        NetworkAddress("no such host.invalid"),
        SerialAddress("/dev/guitai-none"),
        FileAddress(Path("/nowhere/printer")),
    ):
        assert EscPosPrinter(address, PrinterProfile(reports=False)).print(RECEIPT) is (
            PrintEnd.NOT_REACHED
        )


def test_a_file_takes_the_bytes_of_every_receipt(tmp_path: Path) -> None:
    printer = EscPosPrinter(FileAddress(tmp_path / "lp0"), PrinterProfile())

    assert printer.print(RECEIPT) is PrintEnd.SENT
    assert printer.print(RECEIPT) is PrintEnd.SENT
    reader = EscPosReader()
    reader.feed((tmp_path / "lp0").read_bytes())
    assert [line for line in reader.strip.text if line] == ["谢谢惠顾", "谢谢惠顾"]


def test_a_code_too_large_for_the_paper_is_said_before_anything_is_sent() -> None:
    with virtual_printer() as device:
        printer = EscPosPrinter(device.address, PrinterProfile())

        assert printer.print(Receipt("big", (Code("R1" + "A" * 4_000),))) is PrintEnd.TOO_LARGE
        assert device.strip.printed == []


def test_the_state_is_asked_without_printing() -> None:
    with virtual_printer() as device:
        printer = EscPosPrinter(device.address, PrinterProfile())

        assert printer.state() is PrintEnd.PRINTED
        device.condition = Condition.COVER_OPEN
        assert printer.state() is PrintEnd.COVER_OPEN
        assert device.strip.printed == []


def test_the_drawer_opens_without_paper() -> None:
    with virtual_printer() as device:
        device.condition = Condition.PAPER_OUT

        assert EscPosPrinter(device.address, PrinterProfile()).open_drawer() is PrintEnd.SENT
        assert device.wait_for_pulses(1)
