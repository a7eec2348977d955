"""The scanner's trial: three scans of the code on the screen, from a keyboard or a serial port."""

from PySide6.QtCore import QObject, Signal

from desktop.devices.calibration import (
    SCANS,
    TRIAL_CODE,
    Ending,
    Fault,
    Heard,
    WedgeScan,
    WedgeSettings,
    judged,
    settled,
)
from desktop.runtime.devices import Devices


class Calibrating(QObject):
    """Listens while it is on.

    Signals:
        changed: another scan was heard.
        found: how to listen from now on, a `WedgeSettings`.
    """

    changed = Signal()
    found = Signal(object)

    def __init__(self, devices: Devices, parent: QObject) -> None:
        """Begin off."""
        super().__init__(parent)
        self.on = False
        self.heard: tuple[Heard, ...] = ()
        self._devices = devices
        self._keyed = False
        devices.wedge.heard.connect(self._on_heard)
        devices.wedge.composed.connect(self._on_composed)

    def start(self) -> None:
        """Listen for the known code, to slow scanners too."""
        self.on, self.heard = True, ()
        self._devices.wedge.use(WedgeSettings(), listening=True)
        self.changed.emit()

    def stop(self) -> None:
        """Listen as before."""
        if self.on:
            self.on = False
            self._devices.wedge.use(self._devices.settings.wedge)

    def take(self, code: str) -> None:
        """Take a scan; one that came over the keyboard was heard already, with its pace."""
        keyed, self._keyed = self._keyed, False
        if not keyed:
            fault = None if code.upper() == TRIAL_CODE else Fault.OTHER
            self._add(Heard(Ending.SILENCE, 0, fault=fault))

    def _on_heard(self, scan: WedgeScan) -> None:
        if self.on:
            self._keyed = True
            self._add(judged(scan))

    def _on_composed(self) -> None:
        if self.on and not (self.heard and self.heard[-1].fault is Fault.IME):
            self._add(Heard(Ending.ENTER, 0, fault=Fault.IME))

    def _add(self, heard: Heard) -> None:
        if len(self.heard) == SCANS:
            self.heard = ()
        self.heard = (*self.heard, heard)
        if heard.ending is not Ending.SILENCE and (how := settled(self.heard)) is not None:
            self.found.emit(how)
        self.changed.emit()
