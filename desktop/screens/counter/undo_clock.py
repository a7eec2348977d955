"""The countdown of the undo bar: it ticks only while there is something to count."""

from PySide6.QtCore import QObject, QTimer, Signal

from db.queries.counter_status import LastSale
from desktop.runtime.desk import Desk

TICK_MS = 1_000


class UndoClock(QObject):
    """Ticks each second while the last sale may be undone.

    Signals:
        ticked: another second is gone; comes once more when the last one is.
    """

    ticked = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Follow the desk's last sale."""
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        desk.changed.connect(self._wind)
        self._wind()

    def undoable(self) -> LastSale | None:
        """Return the last sale while it may be undone."""
        last = self._desk.facts.status.last_sale
        if last is None or not last.undo_seconds_left(self._desk.now_ms):
            return None
        return last

    def _wind(self) -> None:
        if self.undoable() is not None:
            self._timer.start()

    def _tick(self) -> None:
        if self.undoable() is None:
            self._timer.stop()
        self.ticked.emit()
