"""After a bug: it is written down, the safe screen comes once, and the home stays whole."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.storage.unit_of_work import Storage, UnitOfWork
from desktop.runtime.crash import LOG_FILE, catch_bugs
from desktop.runtime.runner import Runner


@pytest.fixture
def runner(storage: Storage) -> Iterator[Runner]:
    hook, handlers = sys.excepthook, list(logging.getLogger().handlers)
    made = Runner(storage)
    yield made
    made.close()
    sys.excepthook = hook
    for handler in set(logging.getLogger().handlers) - set(handlers):
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.mark.expects_log
def test_a_bug_in_a_service_is_logged_and_shown_once(
    qtbot: QtBot, runner: Runner, home_folder: Path
) -> None:
    shown: list[str] = []
    catch_bugs(home_folder, runner, lambda: shown.append("safe screen"))

    def slip(work: UnitOfWork) -> None:
        message = "a slip of ours"
        raise ZeroDivisionError(message)

    for _ in range(2):
        with qtbot.waitSignal(runner.broke):
            runner.submit(slip, done=lambda _: None)

    assert shown == ["safe screen"]
    assert "a slip of ours" in (home_folder / LOG_FILE).read_text(encoding="utf-8")


@pytest.mark.expects_log
def test_a_bug_on_the_screens_thread_is_caught_too(runner: Runner, home_folder: Path) -> None:
    shown: list[str] = []
    catch_bugs(home_folder, runner, lambda: shown.append("safe screen"))

    sys.excepthook(ValueError, ValueError("x"), None)

    assert shown == ["safe screen"]
