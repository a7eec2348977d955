"""Ending in order when told to: what is open is closed, head office's process above all.

A signal may arrive while Qt is calling us, and an exception does not pass through Qt. So it is
noted on the application, and raised by whoever waits next, in our own code.
"""

import signal

from PySide6.QtCore import QCoreApplication

ASKED = "endAsked"
EXIT_BASE = 128
"""A shell's exit code for a signal is this and the signal's number."""


def heed_signals(app: QCoreApplication) -> None:
    """Note from now on that somebody wants the program to end, and leave its event loop."""

    def note(number: int, _frame: object) -> None:
        app.setProperty(ASKED, number)
        app.quit()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)


def end_if_asked() -> None:
    """Raise `SystemExit` if a signal was noted."""
    app = QCoreApplication.instance()
    number = None if app is None else app.property(ASKED)
    if number is not None:
        raise SystemExit(EXIT_BASE + number)
