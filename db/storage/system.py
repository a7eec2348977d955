"""The machine's clock and chance: the only place in the buildings that asks for either.

Everything else takes them as parameters, so that a simulation can run the real code on a clock of
its own and repeat a run from a seed.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Chance = Callable[[int], bytes]
"""Returns so many random bytes."""

_BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")


def system_chance(count: int) -> bytes:
    """Return `count` bytes from the operating system's generator."""
    return os.urandom(count)


def _boot() -> str:
    try:
        return _BOOT_FILE.read_text(encoding="ascii")[:8]
    except OSError:
        return os.urandom(4).hex()


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The wall clock and the monotonic clock of this machine."""

    boot: str = field(default_factory=_boot)

    def wall_ms(self) -> int:
        """Return UTC milliseconds."""
        return time.time_ns() // 1_000_000

    def mono_ms(self) -> int:
        """Return milliseconds since the machine started."""
        return time.monotonic_ns() // 1_000_000


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until told: sandboxes (`--at`), tests and the simulator."""

    at_ms: int
    boot: str = "sandbox"

    def wall_ms(self) -> int:
        """Return the time it was set to."""
        return self.at_ms

    def mono_ms(self) -> int:
        """Return the same; nothing runs here but by `advance`."""
        return self.at_ms

    def advance(self, ms: int) -> None:
        """Let `ms` milliseconds pass."""
        self.at_ms += ms
