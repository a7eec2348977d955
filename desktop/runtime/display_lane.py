"""The customer display's own thread: the newest lines are written, older ones that waited are not.

A display that is slow or gone costs the counter nothing. It is tried again every three seconds, and
what it should show by then is written as soon as it is back.
"""

from functools import partial
from threading import Condition, Thread  # noqa: TID251 - what waits for a cable is no errand

from PySide6.QtCore import QObject, Signal

from desktop.devices.customer_display import CustomerDisplay, Shown

RETRY_S = 3.0
END_S = 5.0


class DisplayLane(QObject):
    """Writes to a customer display.

    Signals:
        present: whether the display takes what is written, when that changes.
    """

    present = Signal(bool)

    def __init__(self, display: CustomerDisplay, parent: QObject | None = None) -> None:
        """Write from now on; nothing is shown before somebody says what."""
        super().__init__(parent)
        self._display = display
        self._news = Condition()
        self._wanted: Shown | None = None
        self._ended = False
        self._there: bool | None = None
        self._thread = Thread(target=self._work, name="display", daemon=True)
        self._thread.start()

    def show(self, shown: Shown) -> None:
        """Show these lines soon; returns at once."""
        with self._news:
            self._wanted = shown
            self._news.notify_all()

    def close(self) -> None:
        """Clear the display and let go of it."""
        with self._news:
            self._wanted = Shown() if self._there else None
            self._ended = True
            self._news.notify_all()
        self._thread.join(END_S)

    def _work(self) -> None:
        """Write what is wanted until `close`; this is the thread's whole life."""
        written: Shown | None = None
        while not self._has_ended():
            with self._news:
                self._news.wait_for(partial(self._has_news, written))
                wanted = self._wanted
            if wanted is not None and wanted != written:
                written = wanted if self._display.show(wanted) else None
                self._tell(there=written is not None)
            if written is None:
                with self._news:
                    self._news.wait_for(self._has_ended, RETRY_S)

    def _has_news(self, written: Shown | None) -> bool:
        return self._ended or self._wanted not in {None, written}

    def _has_ended(self) -> bool:
        return self._ended

    def _tell(self, *, there: bool) -> None:
        if there != self._there:
            self._there = there
            self.present.emit(there)
