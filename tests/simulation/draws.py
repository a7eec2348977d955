"""Whether a fault strikes: dice that fall the same whatever other faults are left out.

Each throw is a hash of the universe's seed, the event it belongs to, the kind of fault and how
often that kind was asked for in this event. Leaving out one kind, or one event, changes none of
the others: that is what lets a failing universe shrink.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_SPAN = float(1 << 64)


class Draws:
    """The dice of one universe; `struck` counts the faults that happened, by kind."""

    def __init__(self, seed: int, rates: Mapping[str, float]) -> None:
        self.rates = dict(rates)
        self.struck: Counter[str] = Counter()
        self.asleep = False
        self._seed = seed
        self._event = "birth"
        self._asked: Counter[str] = Counter()

    @contextmanager
    def during(self, event: str) -> Iterator[None]:
        """Throw for this event while the block lasts; events nest as waits do."""
        outer = self._event, self._asked
        self._event, self._asked = event, Counter()
        try:
            yield
        finally:
            self._event, self._asked = outer

    def happens(self, kind: str) -> bool:
        """Say whether a fault of this kind strikes now, by its rate in this universe."""
        rate = self.rates.get(kind, 0.0)
        if not rate or self.asleep or self.share(kind) >= rate:
            return False
        self.struck[kind] += 1
        return True

    def share(self, kind: str) -> float:
        """Return a number from 0 up to 1."""
        self._asked[kind] += 1
        said = f"{self._seed} {self._event} {kind} {self._asked[kind]}".encode()
        digest = hashlib.blake2b(said, digest_size=8).digest()
        return int.from_bytes(digest, "big") / _SPAN

    def between(self, kind: str, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        return low + int(self.share(kind) * (high - low + 1))
