"""What every test is given, and the tripwires that no test may touch.

The environment is set before anything imports Qt. Fixtures of a topic live beside their fakes in
tests/support and are named here.
"""

import logging
import os
from collections.abc import Iterator

import hypothesis
import pytest

pytest_plugins = ["tests.support.storage_fixtures"]

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
for _setting in ("GUITAI_HOME", "GUITAI_NOW"):
    os.environ.pop(_setting, None)

# `repeatable` tries the same examples each time, for a verdict that others can repeat (dev.py
# test); at the desk each run explores anew. Neither times an example: machines differ.
hypothesis.settings.register_profile("exploring", deadline=None, print_blob=True)
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "exploring"))


class _Listener(logging.Handler):
    """Keeps what was logged at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = f"{record.levelname} {record.name}: {record.getMessage()}"
        self.heard.append(f"{record.pathname}:{record.lineno}: {line}")


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning or worse, unless it is marked `expects_log`."""
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(listener)
    if listener.heard and request.node.get_closest_marker("expects_log") is None:
        pytest.fail("unexpected log:\n" + "\n".join(listener.heard), pytrace=False)
