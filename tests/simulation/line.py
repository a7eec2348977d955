"""A bad line between one counter and head office: it loses, repeats, reorders, delays and cuts.

It carries the sealed bytes of the real protocol to the real door. A repeated request arrives again
later, after others, and its reply goes nowhere; a reply cut off or swapped for a portal's page
comes back with status 200.
"""

import random
from dataclasses import dataclass, field

from sync.client.remote_office import LineAnswer
from sync.protocol.office import OfficeUnreachable
from sync.server.door import Door

PORTAL = b"<!DOCTYPE html><title>Free Wi-Fi</title>"
LATE_MAX = 20


@dataclass(slots=True)
class Faults:
    """How often what goes wrong: each universe draws its own mix."""

    lose_request: float = 0.0
    lose_reply: float = 0.0
    repeat: float = 0.0
    cut_request: float = 0.0
    cut_reply: float = 0.0
    portal: float = 0.0
    crash: float = 0.0
    skew: float = 0.0

    @staticmethod
    def drawn(rng: random.Random) -> "Faults":
        """Return a mix of faults; many are absent from any one universe (swarm testing)."""
        return Faults(
            lose_request=rng.choice((0, 0.05, 0.3)),
            lose_reply=rng.choice((0, 0.05, 0.3)),
            repeat=rng.choice((0, 0.1, 0.4)),
            cut_request=rng.choice((0, 0.05)),
            cut_reply=rng.choice((0, 0.1)),
            portal=rng.choice((0, 0.05)),
            crash=rng.choice((0, 0.02, 0.1)),
            skew=rng.choice((0, 0.2)),
        )


@dataclass(slots=True)
class BadLine:
    """Carries messages to a door, most of the time."""

    door: Door
    rng: random.Random
    faults: Faults
    late: list[tuple[str, bytes]] = field(default_factory=list)

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        """Return what comes back, or raise that nothing did."""
        faults = self.faults
        if self._happens(faults.portal):
            return LineAnswer(200, PORTAL)
        if self._happens(faults.repeat) and len(self.late) < LATE_MAX:
            self.late.append((kind, sealed))
        if self._happens(faults.lose_request):
            raise OfficeUnreachable("offline")
        if self.late and self._happens(faults.repeat):
            self.door.answer(*self.late.pop(self.rng.randrange(len(self.late))))
        if self._happens(faults.cut_request):
            self.door.answer(kind, self._cut(sealed))
            raise OfficeUnreachable("offline")
        status, reply = self.door.answer(kind, sealed)
        if self._happens(faults.lose_reply):
            raise OfficeUnreachable("timeout")
        if self._happens(faults.cut_reply):
            return LineAnswer(status, self._cut(reply))
        return LineAnswer(status, reply)

    def close(self) -> None:
        """Let nothing go: there is nothing to hold."""

    def arrive_late(self) -> None:
        """Deliver everything that is still on its way; nobody waits for the replies."""
        while self.late:
            self.door.answer(*self.late.pop())

    def heal(self) -> None:
        """Be a good line from now on."""
        self.faults = Faults()

    def _happens(self, share: float) -> bool:
        return self.rng.random() < share

    def _cut(self, whole: bytes) -> bytes:
        return whole[: self.rng.randrange(len(whole))]
