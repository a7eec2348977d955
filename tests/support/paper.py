"""What a simulated printer has on its paper, and which copies are recorded."""

from collections.abc import Callable

from desktop.devices.simulators.escpos_reader import PrintedLine
from desktop.devices.simulators.printer import VirtualPrinter
from desktop.gallery.cashier import Cashier

Opened = Callable[..., Cashier]


def words_on(printer: VirtualPrinter) -> str:
    return "\n".join(p.text for p in printer.strip.printed if isinstance(p, PrintedLine))


def copies(cashier: Cashier) -> list[int]:
    with cashier.counter.storage.reading() as reader:
        return [row[0] for row in reader.all("SELECT copy FROM reprint ORDER BY entered_at, copy")]
