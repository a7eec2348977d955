"""The devices' screen: each tab, an address that is wrong, a scanner that was tried."""

from desktop.devices.calibration import TRIAL_CODE, Ending, WedgeScan
from desktop.devices.keyboard_layout import Layout, mistyped
from desktop.devices.ports import Port
from desktop.gallery.cashier import MANAGER, Cashier
from desktop.screens.devices.state import Tab

PORTS = (Port("COM3", "USB Serial"), Port("COM4", "Scanner"))


def set_up(cashier: Cashier, tab: Tab) -> None:
    """Open the screen at a tab, as the manager does, on a machine with two ports."""
    cashier.sign_in(MANAGER, cashier.manager_pin)
    cashier.counter.window.bar.devices_requested.emit()
    cashier.settle()
    cashier.counter.pages.devices_model.turn(tab)
    cashier.counter.pages.devices_model.show_ports(PORTS)
    cashier.settle()


def heard(cashier: Cashier, text: str, *, gap_ms: int = 8) -> None:
    """Let the scanner that plays a keyboard be heard, as its bursts are told."""
    scan = WedgeScan(text, (gap_ms,) * (len(text) - 1), Ending.ENTER)
    cashier.counter.scanner.heard.emit(scan)
    cashier.scan(text)


def devices_printer(cashier: Cashier) -> None:
    set_up(cashier, Tab.PRINTER)
    cashier.counter.pages.devices_model.type_address("192.168.1.60")
    cashier.settle()


def devices_wrong(cashier: Cashier) -> None:
    set_up(cashier, Tab.DISPLAY)
    cashier.counter.pages.devices_model.type_address("http://display")
    cashier.settle()


def devices_scanner(cashier: Cashier) -> None:
    set_up(cashier, Tab.SCANNER)
    heard(cashier, TRIAL_CODE)
    heard(cashier, mistyped(TRIAL_CODE, Layout.QWERTZ))


def devices_size(cashier: Cashier) -> None:
    set_up(cashier, Tab.SOUND_AND_SIZE)
