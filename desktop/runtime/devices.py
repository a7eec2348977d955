"""The devices that stand at this counter, beside the printer: scanner and customer display.

Made anew when the settings change. Each has its own thread (`scanner_lane`, `display_lane`), so
none can hold the counter; what is missing is said, never waited for.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.device_settings import DeviceSettings
from desktop.devices.channel import SerialAddress
from desktop.devices.customer_display import Cd5220Display, Shown
from desktop.devices.scanner import WedgeScanner
from desktop.runtime.display_lane import DisplayLane
from desktop.runtime.scanner_lane import ScannerLane


class Devices(QObject):
    """Scanner and customer display of a counter.

    Signals:
        scanned: a code from either scanner.
        changed: a device came or went.
        applied: other settings hold.
    """

    scanned = Signal(str)
    changed = Signal()
    applied = Signal()

    def __init__(
        self, wedge: WedgeScanner, *, now_ms: Callable[[], int], parent: QObject | None = None
    ) -> None:
        """Begin with the keyboard's scanner alone."""
        super().__init__(parent)
        self.wedge = wedge
        self.settings = DeviceSettings()
        self.scanner_there: bool | None = None
        self.display_there: bool | None = None
        self._now_ms = now_ms
        self._scanner: ScannerLane | None = None
        self._display: DisplayLane | None = None
        wedge.scanned.connect(self.scanned)

    @property
    def shows(self) -> bool:
        """Say whether a customer display is set up."""
        return self._display is not None

    def use(self, settings: DeviceSettings) -> None:
        """Let these settings hold; a device whose settings are the same is left alone."""
        before, self.settings = self.settings, settings
        self.wedge.use(settings.wedge)
        ours, theirs = ((each.scanner, each.scanner_identity) for each in (settings, before))
        if ours != theirs:
            self._scan_at(settings.scanner, settings.scanner_identity)
        if settings.display != before.display:
            self._show_at(settings)
        self.applied.emit()
        self.changed.emit()

    def show(self, shown: Shown) -> None:
        """Let the customer read two lines, where there is a display."""
        if self._display is not None:
            self._display.show(shown)

    def close(self) -> None:
        """Let go of the ports."""
        if self._scanner is not None:
            self._scanner.close()
        if self._display is not None:
            self._display.close()
        self._scanner = self._display = None

    def _scan_at(self, address: SerialAddress | None, identity: str) -> None:
        if self._scanner is not None:
            self._scanner.close()
            self._scanner.deleteLater()
        self._scanner, self.scanner_there = None, None
        if address is not None:
            lane = ScannerLane(address, identity, now_ms=self._now_ms, parent=self)
            lane.scanned.connect(self.scanned)
            lane.present.connect(self._on_scanner)
            lane.start()
            self._scanner = lane

    def _show_at(self, settings: DeviceSettings) -> None:
        if self._display is not None:
            self._display.close()
            self._display.deleteLater()
        self._display, self.display_there = None, None
        if settings.display is not None:
            self._display = DisplayLane(Cd5220Display(settings.display), self)
            self._display.present.connect(self._on_display)

    def _on_scanner(self, there: bool) -> None:  # noqa: FBT001  a signal's value
        self.scanner_there = there
        self.changed.emit()

    def _on_display(self, there: bool) -> None:  # noqa: FBT001  a signal's value
        self.display_there = there
        self.changed.emit()
