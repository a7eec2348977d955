"""The serial scanner's own thread: it waits in the port's read, so that nothing else waits for it.

A port that is gone is opened again, soon at first and then every three seconds, under whatever name
it comes back. Its codes go the same way as those of a scanner that plays a keyboard.
"""

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread  # noqa: TID251 - what waits for a cable is no errand

from PySide6.QtCore import QObject, Signal

from desktop.devices.channel import Channel, ChannelError, SerialAddress, channel
from desktop.devices.ports import present_address
from desktop.devices.scan_frames import SILENCE_MS, ScanFrames

READ_S = SILENCE_MS / 1000
WAITS_S = (0.2, 0.5, 1.0, 3.0)
"""Between two attempts to open the port; the last one stays."""
END_S = 5.0


class ScannerLane(QObject):
    """Reads a scanner on a serial port.

    Signals:
        scanned: a code, as it was sent.
        present: whether the scanner is plugged in, when that changes.
    """

    scanned = Signal(str)
    present = Signal(bool)

    def __init__(
        self,
        address: SerialAddress,
        identity: str = "",
        *,
        now_ms: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        """Read once started; `identity` finds the device when its port has another name."""
        super().__init__(parent)
        self._address, self._identity = address, identity
        self._now_ms = now_ms
        self._ended = Event()
        self._there: bool | None = None
        self._thread = Thread(target=self._work, name="scanner", daemon=True)

    def start(self) -> None:
        """Begin to read; whoever listens is connected before."""
        self._thread.start()

    def close(self) -> None:
        """Let go of the port."""
        self._ended.set()
        self._thread.join(END_S)

    def _work(self) -> None:
        """Open, read until it is gone, wait, again; this is the thread's whole life."""
        attempt = 0
        while not self._ended.is_set():
            frames = ScanFrames()
            with suppress(ChannelError), channel(self._where()) as line:
                self._tell(there=True)
                attempt = 0
                self._read(line, frames)
            if not self._ended.is_set():
                self._tell(there=False)
                self._ended.wait(WAITS_S[min(attempt, len(WAITS_S) - 1)])
                attempt += 1

    def _read(self, line: Channel, frames: ScanFrames) -> None:
        while not self._ended.is_set():
            came = line.read(READ_S)
            now = self._now_ms()
            for code in frames.feed(came, now) if came else frames.rest(now):
                self.scanned.emit(code)

    def _where(self) -> SerialAddress:
        with suppress(OSError):
            return present_address(self._address, self._identity)
        return self._address

    def _tell(self, *, there: bool) -> None:
        if there != self._there:
            self._there = there
            self.present.emit(there)
