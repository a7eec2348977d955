"""How long to wait before asking again: full jitter between nothing and a doubling ceiling.

With every counter of a chain cut off by the same fault, jitter is what keeps them from coming back
in the same second (AWS Architecture Blog, "Exponential Backoff and Jitter", 2015: full jitter).
"""

from dataclasses import dataclass

from db.storage.system import Chance

FLOOR_MS = 2_000
CEILING_MS = 300_000


@dataclass(slots=True)
class Backoff:
    """The pause after each failure in a row; `chance` draws within it."""

    chance: Chance
    failures: int = 0

    def failed(self, *, asked_ms: int | None = None) -> int:
        """Return the pause in ms after one more failure; head office may ask for a longer one."""
        ceiling = min(CEILING_MS, FLOOR_MS << min(self.failures, 20))
        self.failures += 1
        drawn = int.from_bytes(self.chance(4), "big") % (ceiling + 1)
        return max(drawn, asked_ms or 0)

    def succeeded(self) -> None:
        """Begin again at the floor."""
        self.failures = 0
