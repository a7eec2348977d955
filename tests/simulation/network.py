"""The line between one counter and head office, and everything a line does to what it carries.

It loses, delays, repeats, reorders and cuts; it answers itself with a portal's page, a proxy's
error, a redirect or an old answer; it carries one way only. What gets through are the sealed bytes
of the real protocol, at the real door. A repeated request arrives up to a minute later, after
others, and its reply goes nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sync.client.remote_office import LineAnswer
from sync.protocol.office import OfficeUnreachable
from tests.simulation.draws import Draws
from tests.simulation.timeline import Timeline

LIMIT_MS = 20_000
LOOKUP_LIMIT_MS = 1_000
LATE_MS_MAX = 60_000
OLD_ANSWERS_MAX = 12
PAGES = (b"<!DOCTYPE html><title>Free Wi-Fi</title>", b"", b'{"ok":true}', b"null")
"""What answers "200" and is not head office: a portal, nothing at all, two kinds of JSON."""
BAD_GATEWAY = b"<html><body>502 Bad Gateway</body></html>"
FAULTS = (
    "lose_request",
    "lose_reply",
    "repeat",
    "cut_request",
    "cut_reply",
    "garble",
    "portal",
    "redirect",
    "error_before",
    "error_after",
    "old_answer",
    "slow",
)
"""Every fault of a line that has a rate."""

Door = Callable[[str, bytes], tuple[int, bytes] | None]
"""Head office's end: a status and a reply, or nothing when the machine is down or died over it."""


@dataclass(slots=True)
class Weather:
    """Which directions a line carries now."""

    requests: bool = True
    replies: bool = True


@dataclass(slots=True)
class Link:
    """Carries the messages of one counter: the client's `Line`.

    Args:
        timeline: simulated time.
        draws: the universe's dice.
        door: the other end.
        weather: whether the cable is in.
        limit_ms: how long the caller waits.
    """

    timeline: Timeline
    draws: Draws
    door: Door
    weather: Weather
    limit_ms: int = LIMIT_MS
    old: list[tuple[str, int, bytes]] = field(default_factory=list)

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        """Return what comes back, or raise that nothing did."""
        if (page := self._intercepted()) is not None:
            return page
        if self.draws.happens("repeat"):
            delay = self.draws.between("repeat delay", 1, LATE_MS_MAX)
            self.timeline.later(delay, lambda: self._arrive_late(kind, sealed))
        started = self.timeline.now_ms
        self.timeline.wait(self._delay())
        if not self.weather.requests or self.draws.happens("lose_request"):
            self._give_up(started)
        answer = self.door(kind, self._on_its_way("cut_request", sealed))
        if answer is None:
            raise OfficeUnreachable("offline")
        self.timeline.wait(self._delay())
        late = self.timeline.now_ms - started > self.limit_ms
        if not self.weather.replies or late or self.draws.happens("lose_reply"):
            self._give_up(started)
        if self.draws.happens("error_after"):
            return LineAnswer(502, BAD_GATEWAY)
        status, reply = self._perhaps_old(kind, *answer)
        return LineAnswer(status, self._on_its_way("cut_reply", reply))

    def close(self) -> None:
        """Let the line go."""

    def _intercepted(self) -> LineAnswer | None:
        """Return the answer of whoever stands before head office, if somebody does."""
        if self.draws.happens("portal"):
            return LineAnswer(200, PAGES[self.draws.between("page", 0, len(PAGES) - 1)])
        if self.draws.happens("error_before"):
            return LineAnswer(503, BAD_GATEWAY, retry_ms=1_000)
        if self.draws.happens("redirect"):
            raise OfficeUnreachable("redirected")
        return None

    def _arrive_late(self, kind: str, sealed: bytes) -> None:
        if self.weather.requests:
            self.door(kind, sealed)

    def _delay(self) -> int:
        if self.draws.happens("slow"):
            return self.draws.between("long delay", 400, LATE_MS_MAX)
        return self.draws.between("delay", 5, 400)

    def _give_up(self, started: int) -> None:
        self.timeline.run_until(started + self.limit_ms)
        raise OfficeUnreachable("timeout")

    def _perhaps_old(self, kind: str, status: int, reply: bytes) -> tuple[int, bytes]:
        """Return the reply, or one to an earlier request of this kind, as a bad proxy does."""
        kept = [(was, said) for of, was, said in self.old if of == kind]
        self.old.append((kind, status, reply))
        del self.old[:-OLD_ANSWERS_MAX]
        if kept and self.draws.happens("old_answer"):
            return kept[self.draws.between("which old", 0, len(kept) - 1)]
        return status, reply

    def _on_its_way(self, cut: str, whole: bytes) -> bytes:
        """Return what arrives of a message: all of it, a part, or with one byte changed."""
        if self.draws.happens(cut):
            return whole[: cut_at(self.draws, len(whole))]
        if whole and self.draws.happens("garble"):
            place = self.draws.between("garbled byte", 0, len(whole) - 1)
            return whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        return whole


def cut_at(draws: Draws, length: int) -> int:
    """Return where a message is cut: each class of byte as often as the others.

    At its very start, in the compression's header, in the middle, in the end-frame, before the
    last byte.
    """
    classes = (0, min(6, length), length // 2, max(0, length - 40), max(0, length - 1))
    which = draws.between("cut class", 0, len(classes))
    return classes[which] if which < len(classes) else draws.between("cut", 0, length)
