"""A receipt printer in the network that is none: it speaks the same bytes and keeps the paper.

For tests and the demo. It answers status questions as its state says, and it can be unwell in the
ways of shops: out of paper, cover open, answering nothing, answering rubbish, hanging up half way.
"""

import socket
import threading  # noqa: TID251 - it stands in for a device of its own, with its own pace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum

from desktop.devices.channel import NetworkAddress
from desktop.devices.simulators.escpos_reader import EscPosReader, Strip

_WELL = 0x12
_HANG_UP_AFTER = 64


class Condition(StrEnum):
    """How the printer is."""

    READY = "ready"
    PAPER_OUT = "paper_out"
    PAPER_ENDS = "paper_ends"
    """Well when asked, and out of paper when the job is done."""
    COVER_OPEN = "cover_open"
    BROKEN = "broken"
    SILENT = "silent"
    RUBBISH = "rubbish"
    HANGS_UP = "hangs_up"


_ANSWERS = {
    Condition.PAPER_OUT: {b"\x10\x04\x02": 0x32, b"\x10\x04\x04": 0x72, b"\x1dr\x01": 0x0C},
    Condition.PAPER_ENDS: {b"\x1dr\x01": 0x0C},
    Condition.COVER_OPEN: {b"\x10\x04\x02": 0x16},
    Condition.BROKEN: {b"\x10\x04\x02": 0x52},
}


class VirtualPrinter:
    """Listens on a port of this computer; every connection is read until it ends."""

    def __init__(self, *, charset: str = "gbk") -> None:
        """Begin well and with an empty strip."""
        self.condition = Condition.READY
        self._reader = EscPosReader(charset=charset)
        self._changed = threading.Condition()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> NetworkAddress:
        """Return where it listens."""
        host, port = self._listening.getsockname()[:2]
        return NetworkAddress(host, port)

    @property
    def strip(self) -> Strip:
        """Return the paper."""
        return self._reader.strip

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Unplug it."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(timeout=5)

    def wait_for_cuts(self, count: int, *, within_s: float = 10.0) -> bool:
        """Wait until so many receipts have been cut off."""
        with self._changed:
            return self._changed.wait_for(lambda: self.strip.cuts >= count, timeout=within_s)

    def wait_for_pulses(self, count: int, *, within_s: float = 10.0) -> bool:
        """Wait until the drawer got so many pulses."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.strip.pulses) >= count, timeout=within_s)

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._listening.accept()
            except OSError:
                return
            with link, suppress(OSError):
                self._converse(link)

    def _converse(self, link: socket.socket) -> None:
        got = 0
        while data := link.recv(4096):
            got += len(data)
            asked = len(self.strip.asked)
            with self._changed:
                self._reader.feed(data)
                self._changed.notify_all()
            if self.condition is Condition.HANGS_UP and got > _HANG_UP_AFTER:
                return
            for question in self.strip.asked[asked:]:
                link.sendall(self._answer(question))

    def _answer(self, question: bytes) -> bytes:
        if self.condition is Condition.SILENT:
            return b""
        if self.condition is Condition.RUBBISH:
            return b"\xff\xe0\x91"
        well = 0x00 if question.startswith(b"\x1dr") else _WELL
        return bytes((_ANSWERS.get(self.condition, {}).get(question, well),))


@contextmanager
def virtual_printer(*, charset: str = "gbk") -> Iterator[VirtualPrinter]:
    """Hold a printer that listens."""
    printer = VirtualPrinter(charset=charset)
    printer.start()
    try:
        yield printer
    finally:
        printer.stop()
