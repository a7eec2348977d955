"""After a bug: write down what happened, keep the file safe, offer to start again.

Nothing is repaired and nothing is hidden. A transaction that was open has been rolled back, what
was confirmed is there.
"""

import logging
import sys
import traceback
from collections.abc import Callable
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
    path = home / LOG_FILE
    handler = RotatingFileHandler(
        path, maxBytes=LOG_BYTES_MAX, backupCount=LOG_FILES_MAX, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    return path


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
