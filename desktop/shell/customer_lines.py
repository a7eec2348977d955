"""What the customer reads on the pole display while he is served: what to pay, his points, thanks.

It follows the counter and says lines; who writes them, and whether a display is there at all, is
not known here.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from db.services.sales import Sold
from desktop.devices.customer_display import Shown, amount_due, points_after, thanks, welcome
from desktop.runtime.desk import Desk
from desktop.screens.counter.view_model import CounterViewModel

POINTS_MS = 5_000
THANKS_MS = 5_000


class CustomerLines(QObject):
    """The lines of the moment.

    Signals:
        shown: other lines are to be read now.
    """

    shown = Signal(object)

    def __init__(self, desk: Desk, counter: CounterViewModel, parent: QObject) -> None:
        """Follow a counter from its first customer on."""
        super().__init__(parent)
        self._desk, self._counter = desk, counter
        self._lines: Shown | None = None
        self._behind: list[tuple[Shown, int]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.advance)
        counter.changed.connect(self._on_counter)
        desk.runner.committed.connect(self._on_committed)

    @property
    def lines(self) -> Shown:
        """Return what is to be read now."""
        return self._lines or self._idle()

    def say(self) -> None:
        """Say the lines again, for a display that has just been set up."""
        self.shown.emit(self.lines)

    def advance(self) -> None:
        """Go on to the lines behind these, as the time does."""
        if not self._behind:
            self._show(self._idle())
            return
        lines, time_ms = self._behind.pop(0)
        self._timer.start(time_ms)
        self._show(lines)

    def _on_counter(self, _state: object) -> None:
        preview = self._counter.paying.preview()
        if preview is not None:
            self._behind.clear()
            self._timer.stop()
            earned = None if self._counter.attached.card is None else preview.result.earned
            self._show(amount_due(preview.result.due, earned))
        elif not self._timer.isActive():
            self._show(self._idle())

    def _on_committed(self, outcome: object) -> None:
        if not isinstance(outcome, Sold):
            return
        self._behind = [(thanks(outcome.due), THANKS_MS)]
        if outcome.member_id is not None:
            self._behind.insert(0, (points_after(outcome.earned, outcome.balance), POINTS_MS))
        self.advance()

    def _idle(self) -> Shown:
        return welcome(self._desk.facts.home.branch_name)

    def _show(self, lines: Shown) -> None:
        if lines != self._lines:
            self._lines = lines
            self.shown.emit(lines)
