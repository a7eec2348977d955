"""When nobody has touched the till for a while: say so, then ask for the lock.

Every key, tap and scan of the application counts as somebody being there.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.config import LOCK_WARNING_S

TICK_MS = 1_000
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
    }
)


class IdleWatch(QObject):
    """Counts the time since the last touch.

    Signals:
        warned: so many seconds are left; 0 when somebody came back.
        expired: the time is over.
    """

    warned = Signal(int)
    expired = Signal()

    def __init__(self, app: QApplication, *, minutes: int, now_ms: Callable[[], int]) -> None:
        """Watch the application; the clock must be one that runs (a sandbox's stands still)."""
        super().__init__(app)
        self._limit_ms = minutes * 60_000
        self._now_ms = now_ms
        self._touched_ms = now_ms()
        self._warning = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every event, keep none."""
        if event.type() in TOUCHES:
            self.touch()
        return False

    def touch(self) -> None:
        """Take note that somebody is there."""
        self._touched_ms = self._now_ms()
        if self._warning:
            self._warning = False
            self.warned.emit(0)

    def look(self) -> None:
        """Warn or expire, if it is time."""
        left_s = -(-(self._touched_ms + self._limit_ms - self._now_ms()) // 1_000)
        if left_s <= 0:
            self.touch()
            self.expired.emit()
        elif left_s <= LOCK_WARNING_S:
            self._warning = True
            self.warned.emit(left_s)
