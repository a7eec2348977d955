"""How soon counters should ask again: as agreed while head office is idle, later when it is busy.

Each process measures itself: the share of the last seconds that it spent answering. What it asks
for is a wish and nothing depends on it, so nothing is shared between processes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from db.domain.clock import Clock

WINDOW_MS = 10_000
BUSY_ABOVE = 0.5
SLOWEST = 8
"""So many times later than agreed, when there is no idle moment left."""


class Pace:
    """The load of this process, and the pauses that follow from it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since = clock.mono_ms()
        self._busy_ms = 0
        self._load = 0.0

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Count the time until the block ends as work."""
        started = self._clock.mono_ms()
        try:
            yield
        finally:
            now = self._clock.mono_ms()
            self._busy_ms += now - started
            if now - self._since >= WINDOW_MS:
                self._load = self._busy_ms / (now - self._since)
                self._since, self._busy_ms = now, 0

    def pause(self, agreed_ms: int) -> int:
        """Return the pause in ms to ask a counter for, where `agreed_ms` is that of idle times."""
        over = max(0.0, min(1.0, self._load) - BUSY_ABOVE) / (1 - BUSY_ABOVE)
        return round(agreed_ms * (1 + over * (SLOWEST - 1)))
