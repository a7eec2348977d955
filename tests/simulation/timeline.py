"""Simulated time: one queue of what is due, one thread, and a clock for each machine.

Whoever waits (for a reply, for a time-out) lets everything else that is due happen meanwhile, so
cashiers sell while their counter's agent waits for head office. Waits end in the order opposite to
that in which they began; the orders this leaves out come about by exchanges that break off.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count


class Timeline:
    """What happens when, and what time it truly is (UTC ms)."""

    def __init__(self, at_ms: int) -> None:
        self.now_ms = at_ms
        self._due: list[tuple[int, int, Callable[[], None]]] = []
        self._order = count()

    def at(self, at_ms: int, action: Callable[[], None]) -> None:
        """Let an action happen at a time, behind what was said for the same time before."""
        heapq.heappush(self._due, (at_ms, next(self._order), action))

    def later(self, delay_ms: int, action: Callable[[], None]) -> None:
        """Let an action happen so many milliseconds from now."""
        self.at(self.now_ms + delay_ms, action)

    def run_until(self, at_ms: int) -> None:
        """Let everything happen that is due by then; afterwards it is then, or later."""
        while self._due and self._due[0][0] <= at_ms:
            due_ms, _, action = heapq.heappop(self._due)
            self.now_ms = max(self.now_ms, due_ms)
            action()
        self.now_ms = max(self.now_ms, at_ms)

    def wait(self, ms: int) -> None:
        """Let so much time pass, and all that is due in it happen."""
        self.run_until(self.now_ms + ms)


@dataclass(slots=True)
class SimulatedClock:
    """A machine's clock: its wall time may be wrong, its monotonic time begins anew at each boot.

    `behind_ms` is how far the wall clock was ever set behind the truth: what a lease may be late.
    """

    timeline: Timeline
    name: str
    skew_ms: int = 0
    boots: int = 0
    behind_ms: int = 0
    booted_at: int = field(init=False)

    def __post_init__(self) -> None:
        """Start the machine."""
        self.booted_at = self.timeline.now_ms

    @property
    def boot(self) -> str:
        """Return what names this run of the machine."""
        return f"{self.name}.{self.boots}"

    def wall_ms(self) -> int:
        """Return what the machine takes for the time."""
        return self.timeline.now_ms + self.skew_ms

    def mono_ms(self) -> int:
        """Return how long the machine has run."""
        return self.timeline.now_ms - self.booted_at

    def set_wrong(self, skew_ms: int) -> None:
        """Set the wall clock so far ahead of the truth, or behind it."""
        self.skew_ms = skew_ms
        self.behind_ms = max(self.behind_ms, -skew_ms)

    def reboot(self) -> None:
        """Start the machine again; how wrong its wall clock is stays."""
        self.boots += 1
        self.booted_at = self.timeline.now_ms
