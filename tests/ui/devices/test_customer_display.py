"""The customer display at the real counter: what is read, and that a missing one costs nothing."""

import os
import pty
import tty
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.device_settings import DeviceSettings
from desktop.devices.channel import FileAddress, SerialAddress
from desktop.devices.simulators.display import DisplayReader
from desktop.gallery.cashier import Cashier
from desktop.widgets.chip import StatusChip

ZHANG = "13812345678"
PATIENCE_MS = 8_000


class Pole:
    """A display on a pseudo-terminal."""

    def __init__(self) -> None:
        self._ours, theirs = pty.openpty()
        tty.setraw(theirs)
        os.set_blocking(self._ours, False)
        self.address = SerialAddress(os.ttyname(theirs))
        self._theirs = theirs
        self._reader = DisplayReader()

    def lines(self) -> list[str]:
        with suppress(BlockingIOError):
            self._reader.feed(os.read(self._ours, 4_096))
        return [line.strip() for line in self._reader.lines]

    def unplug(self) -> None:
        os.close(self._ours)
        os.close(self._theirs)


@pytest.fixture
def pole(selling: Cashier) -> Iterator[Pole]:
    pole = Pole()
    selling.counter.devices.use(DeviceSettings(display=pole.address))
    yield pole
    selling.counter.devices.close()
    pole.unplug()


@pytest.fixture
def reads(pole: Pole, qtbot: QtBot) -> Callable[[str, str], None]:
    def wait(upper: str, lower: str) -> None:
        def read() -> None:
            assert pole.lines() == [upper, lower]

        qtbot.waitUntil(read, timeout=PATIENCE_MS)

    return wait


def test_the_customer_reads_the_amount_his_points_and_thanks(
    selling: Cashier, reads: Callable[[str, str], None]
) -> None:
    reads("WELCOME", "")
    selling.type(ZHANG)
    selling.type("128")
    reads("TOTAL         128.00", "POINTS          +192")

    card = selling.counter.pages.counter_model.attached.card
    assert card is not None
    selling.tap("confirm")
    reads("EARNED          +192", f"BALANCE{card.available + 192:>13}")
    selling.counter.customer_lines.advance()
    reads("PAID          128.00", "THANK YOU")
    selling.counter.customer_lines.advance()
    reads("WELCOME", "")


def test_a_customer_without_a_card_reads_no_points(
    selling: Cashier, reads: Callable[[str, str], None]
) -> None:
    selling.tap("amount")
    selling.type("35.5")
    reads("TOTAL          35.50", "")
    selling.tap("confirm")

    reads("PAID           35.50", "THANK YOU")


def test_a_display_that_is_gone_is_a_chip_and_nothing_else(
    selling: Cashier, qtbot: QtBot, tmp_path: Path
) -> None:
    devices = selling.counter.devices
    devices.use(DeviceSettings(display=FileAddress(tmp_path / "none" / "lcd")))
    qtbot.waitUntil(lambda: devices.display_there is False, timeout=PATIENCE_MS)

    assert "顾客屏未连接" in selling.part("display", StatusChip).text()
    selling.sell("128", ZHANG)
    assert selling.state.last.text

    (tmp_path / "none").mkdir()
    qtbot.waitUntil(lambda: devices.display_there is True, timeout=PATIENCE_MS)
    assert not selling.sees("display")
