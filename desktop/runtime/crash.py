"""After a bug: write down what happened, keep the file safe, offer to start again.

Nothing is repaired and nothing is hidden. A transaction that was open has been rolled back, what
was confirmed is there.
"""

import logging
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from desktop.runtime.health import LOG_FILE
from desktop.runtime.runner import Runner

LOG_BYTES_MAX = 1_000_000
LOG_FILES_MAX = 5
log = logging.getLogger(__name__)


def keep_log(home: Path) -> Path:
    """Write the log into the home, at most five files of a megabyte; no personal data is in it."""
    logging.getLogger().addHandler(_log_into(home))
    return home / LOG_FILE


def note_bug(home: Path, error: BaseException) -> None:
    """Write down a bug that was met before the counter, and so its log, is open.

    Where the home cannot be written the words go to standard error alone.
    """
    handler: logging.Handler = logging.NullHandler()
    if home.is_dir():
        with suppress(OSError):
            handler = _log_into(home)
    logging.getLogger().addHandler(handler)
    try:
        log.critical("bug: %s", "".join(traceback.format_exception(error)))
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


def _log_into(home: Path) -> logging.Handler:
    handler = RotatingFileHandler(
        home / LOG_FILE, maxBytes=LOG_BYTES_MAX, backupCount=LOG_FILES_MAX, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return handler


def catch_bugs(home: Path, runner: Runner, show: Callable[[], None]) -> None:
    """Send every bug of either thread to the log and the safe screen, which is shown once."""
    keep_log(home)
    shown: list[BaseException] = []

    def meet(error: BaseException) -> None:
        log.critical("bug: %s", "".join(traceback.format_exception(error)))
        if not shown:
            shown.append(error)
            show()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        meet(error)

    runner.broke.connect(meet)
    sys.excepthook = hook
