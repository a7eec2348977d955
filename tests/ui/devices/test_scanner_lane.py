"""The scanner on a serial port: read at once, and found again when it is plugged in again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.storage.system import SystemClock
from desktop.devices import ports
from desktop.devices.channel import SerialAddress
from desktop.devices.simulators.scanner import VirtualScanner, virtual_scanner
from desktop.runtime.scanner_lane import ScannerLane

CODE = "M18F3K2Q7T"
PATIENCE_MS = 8_000


class Listener:
    """Keeps what a lane says."""

    def __init__(self, lane: ScannerLane) -> None:
        self.codes: list[str] = []
        self.present: list[bool] = []
        lane.scanned.connect(self.codes.append)
        lane.present.connect(self.present.append)
        lane.start()


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[VirtualScanner]:
    with virtual_scanner(tmp_path / "ttyScanner") as scanner:
        yield scanner


@pytest.fixture
def lane(scanner: VirtualScanner) -> Iterator[ScannerLane]:
    lane = ScannerLane(scanner.address, now_ms=SystemClock().mono_ms)
    yield lane
    lane.close()
    lane.deleteLater()


def test_what_is_scanned_arrives(lane: ScannerLane, scanner: VirtualScanner, qtbot: QtBot) -> None:
    heard = Listener(lane)
    qtbot.waitUntil(lambda: heard.present == [True], timeout=PATIENCE_MS)
    scanner.scan(CODE)
    scanner.scan("6901234567892", suffix=b"\r\n")
    scanner.scan("0123", suffix=b"")

    qtbot.waitUntil(lambda: len(heard.codes) == 3, timeout=PATIENCE_MS)
    assert heard.codes == [CODE, "6901234567892", "0123"]


def test_a_cable_pulled_in_mid_code_loses_only_that_half(
    lane: ScannerLane, scanner: VirtualScanner, qtbot: QtBot
) -> None:
    heard = Listener(lane)
    qtbot.waitUntil(lambda: heard.present == [True], timeout=PATIENCE_MS)
    scanner.send(CODE[:4].encode())
    scanner.unplug()
    qtbot.waitUntil(lambda: heard.present == [True, False], timeout=PATIENCE_MS)
    scanner.plug()
    qtbot.waitUntil(lambda: heard.present == [True, False, True], timeout=PATIENCE_MS)
    scanner.scan(CODE)

    qtbot.waitUntil(lambda: bool(heard.codes), timeout=PATIENCE_MS)
    assert heard.codes == [CODE]


def test_a_scanner_is_found_under_another_ports_name(
    scanner: VirtualScanner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ports.Port(scanner.address.port, "Scanner", "1EAB:1D06:7")
    monkeypatch.setattr(ports, "ports", lambda: (here,))
    lane = ScannerLane(SerialAddress("/dev/ttyGone"), here.identity, now_ms=SystemClock().mono_ms)
    heard = Listener(lane)
    qtbot.waitUntil(lambda: heard.present == [True], timeout=PATIENCE_MS)
    scanner.scan(CODE)

    qtbot.waitUntil(lambda: heard.codes == [CODE], timeout=PATIENCE_MS)
    lane.close()
    lane.deleteLater()
