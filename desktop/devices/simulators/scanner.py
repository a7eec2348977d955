"""A scanner on a serial port that is none: a pseudo-terminal under a name that can be replugged."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.devices.channel import SerialAddress


class VirtualScanner:
    """Sends bytes to whoever has its port open; the port's name is a link that stays."""

    def __init__(self, port: Path) -> None:
        """Begin plugged in."""
        self._port = port
        self._ends: tuple[int, int] | None = None
        self.plug()

    @property
    def address(self) -> SerialAddress:
        """Return where it is plugged in."""
        return SerialAddress(str(self._port))

    def scan(self, code: str, *, suffix: bytes = b"\r") -> None:
        """Send a code as a scanner does."""
        self.send(code.encode() + suffix)

    def send(self, data: bytes) -> None:
        """Send bytes, whole or half a code."""
        assert self._ends is not None, "it is unplugged"
        os.write(self._ends[0], data)

    def plug(self) -> None:
        """Put the cable in."""
        import pty  # noqa: PLC0415 - Windows has none, and nobody there plays a scanner
        import tty  # noqa: PLC0415 - as above

        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        self._ends = ours, theirs
        with suppress(FileNotFoundError):
            self._port.unlink()
        self._port.symlink_to(os.ttyname(theirs))

    def unplug(self) -> None:
        """Pull the cable."""
        if self._ends is not None:
            with suppress(FileNotFoundError):
                self._port.unlink()
            for end in self._ends:
                os.close(end)
            self._ends = None


@contextmanager
def virtual_scanner(port: Path) -> Iterator[VirtualScanner]:
    """Hold a scanner on a port of this name."""
    scanner = VirtualScanner(port)
    try:
        yield scanner
    finally:
        scanner.unplug()
