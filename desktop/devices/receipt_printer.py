"""A receipt printer: a job goes out after the sale is committed, and its end is told honestly.

Nothing here may hold a sale: it runs on the errand thread with bounded waits, a job is tried once,
and a failed one is offered again by hand (a printer refilled with paper must not spit out a queue
of old receipts). "Printed" is said only when the printer answered that it is done; a one-way
printer's job was "sent".
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from desktop.devices.channel import Address, Channel, ChannelError, channel, read_until
from desktop.devices.escpos import (
    DONE_ASKED,
    STATUS_OFFLINE,
    STATUS_PAPER,
    PaperState,
    drawer_pulse,
    is_status,
    printed_bytes,
    read_state,
)
from desktop.devices.printer_profile import PrinterProfile
from desktop.receipts.receipt import Receipt

STATUS_S = 1.0
DONE_S = 10.0
_PAPER_END = 0x0C
_DONE_NOISE = 0xF0


class PrintEnd(StrEnum):
    """How a job ended."""

    PRINTED = "printed"
    SENT = "sent"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    BROKEN = "broken"
    NOT_REACHED = "not_reached"
    TOO_LARGE = "too_large"


class ReceiptPrinter(Protocol):
    """What puts receipts on paper."""

    def print(self, receipt: Receipt) -> PrintEnd:
        """Print once; never raises, never waits longer than some seconds."""
        ...

    def open_drawer(self) -> PrintEnd:
        """Send the drawer's pulse."""
        ...

    def state(self) -> PrintEnd:
        """Ask how the printer is: `PRINTED` stands for ready, `SENT` for not known."""
        ...


@dataclass(frozen=True, slots=True)
class EscPosPrinter:
    """An ESC/POS printer at an address."""

    address: Address
    profile: PrinterProfile

    def print(self, receipt: Receipt) -> PrintEnd:
        """Print a receipt; a printer that says it cannot gets nothing sent."""
        try:
            job = printed_bytes(receipt, self.profile)
        except ValueError:
            return PrintEnd.TOO_LARGE
        return self._sent(job)

    def open_drawer(self) -> PrintEnd:
        """Send the drawer's pulse, with paper or without."""
        try:
            with channel(self.address) as line:
                line.write(drawer_pulse(self.profile))
        except ChannelError:
            return PrintEnd.NOT_REACHED
        return PrintEnd.SENT

    def state(self) -> PrintEnd:
        """Ask for cover and paper."""
        try:
            with channel(self.address) as line:
                return self._asked(line)
        except ChannelError:
            return PrintEnd.NOT_REACHED

    def _sent(self, job: bytes) -> PrintEnd:
        try:
            with channel(self.address) as line:
                before = self._asked(line)
                if before not in (PrintEnd.PRINTED, PrintEnd.SENT):
                    return before
                line.write(job)
                return self._finished(line) if before is PrintEnd.PRINTED else PrintEnd.SENT
        except ChannelError:
            return PrintEnd.NOT_REACHED

    def _asked(self, line: Channel) -> PrintEnd:
        """Return the state: `PRINTED` when all is well, `SENT` when it does not answer."""
        if not self.profile.reports:
            return PrintEnd.SENT
        line.write(STATUS_OFFLINE)
        offline = read_until(line, is_status, within_s=STATUS_S)
        line.write(STATUS_PAPER)
        paper = read_until(line, is_status, within_s=STATUS_S) if offline is not None else None
        state = read_state(offline, paper)
        return PrintEnd.SENT if state is None else _end_of(state)

    def _finished(self, line: Channel) -> PrintEnd:
        """Wait for the answer that comes in turn after the job."""
        line.write(DONE_ASKED)
        answer = read_until(line, lambda value: not value & _DONE_NOISE, within_s=DONE_S)
        if answer is None:
            return PrintEnd.SENT
        return PrintEnd.PAPER_OUT if answer & _PAPER_END else PrintEnd.PRINTED


def _end_of(state: PaperState) -> PrintEnd:
    if state.cover_open:
        return PrintEnd.COVER_OPEN
    if state.paper_out:
        return PrintEnd.PAPER_OUT
    return PrintEnd.BROKEN if state.broken else PrintEnd.PRINTED
