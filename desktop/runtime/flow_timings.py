"""How long the cashier's flows take here: the newest times of each, no names and no amounts.

UX.md's table says how long each should take; a manager sees both side by side. The times lie in a
small file of the home, so a restart loses none, and who has no disk left loses only them.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from db.storage.files import put_in_place

FILE = "flow-timings.json"
SAMPLES_MAX = 500
"""So many times are kept of each flow: the older ones make room."""
FLOW_MS_MAX = 600_000
"""What took longer than ten minutes was interrupted, and says nothing."""
SAVE_EVERY = 20
log = logging.getLogger(__name__)


class Flow(StrEnum):
    """The flows that are measured, by their numbers."""

    SCAN = "F1"
    PHONE = "F2"
    LAST_FOUR = "F3"
    NAME = "F4"
    ENROLL = "F5"
    SALE = "F6"
    RETURN = "F10"
    OPEN = "F12"
    CLOSE = "F13"
    SIGN_IN = "F14"


GOAL_MS = {
    Flow.SCAN: 4_500,
    Flow.PHONE: 7_000,
    Flow.LAST_FOUR: 7_000,
    Flow.NAME: 9_000,
    Flow.ENROLL: 20_000,
    Flow.SALE: 6_000,
    Flow.RETURN: 12_000,
    Flow.OPEN: 20_000,
    Flow.CLOSE: 180_000,
    Flow.SIGN_IN: 4_800,
}
"""Within which 95 of a hundred are to end (UX.md 1.1)."""


@dataclass(frozen=True, slots=True)
class FlowFigures:
    """A flow here: how often it was measured, its middle and its 95th of a hundred, in ms."""

    flow: Flow
    count: int
    p50_ms: int
    p95_ms: int

    @property
    def within_goal(self) -> bool:
        """Say whether it is as quick as it should be."""
        return self.p95_ms <= GOAL_MS[self.flow]


class FlowTimings:
    """The times of one counter, on the screen's thread."""

    def __init__(self, home: Path) -> None:
        """Go on with what the home's file holds; a file that is damaged counts as none."""
        self._path = home / FILE
        self._times = _read(self._path)
        self._begun: dict[Flow, int] = {}
        self._unsaved = 0

    def begin(self, flow: Flow, at_ms: int) -> None:
        """Let a flow begin, unless it goes on already; `at_ms` of a clock that only runs on."""
        self._begun.setdefault(flow, at_ms)

    def runs(self, flow: Flow) -> bool:
        """Say whether a flow has begun."""
        return flow in self._begun

    def end(self, flow: Flow, at_ms: int) -> None:
        """Let a flow end, and keep its time; one that never began has none."""
        begun = self._begun.pop(flow, None)
        if begun is not None and 0 <= at_ms - begun <= FLOW_MS_MAX:
            self._times[flow] = (*self._times.get(flow, ()), at_ms - begun)[-SAMPLES_MAX:]
            self._unsaved += 1
            if self._unsaved >= SAVE_EVERY:
                self.save()

    def drop(self, *flows: Flow) -> None:
        """Forget that these have begun, or all of them."""
        for flow in flows or tuple(self._begun):
            self._begun.pop(flow, None)

    def figures(self) -> tuple[FlowFigures, ...]:
        """Return the flows that were measured, in their order."""
        return tuple(
            FlowFigures(flow, len(times), _at(times, 50), _at(times, 95))
            for flow in Flow
            if (times := sorted(self._times.get(flow, ())))
        )

    def save(self) -> None:
        """Write the times down; a disk that takes nothing costs only them."""
        self._unsaved = 0
        partial = self._path.with_suffix(".new")
        try:
            partial.write_bytes(msgspec.json.encode(self._times))
            put_in_place(partial, self._path)
        except OSError as error:
            log.warning("the flows' times were not kept: %s", type(error).__name__)
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def kept_figures(home: Path) -> tuple[FlowFigures, ...]:
    """Return the figures in a home's file."""
    return FlowTimings(home).figures()


def _read(path: Path) -> dict[Flow, tuple[int, ...]]:
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=dict[str, tuple[int, ...]])
    except (OSError, msgspec.MsgspecError):
        return {}
    known = set(Flow)
    return {Flow(name): times[-SAMPLES_MAX:] for name, times in kept.items() if name in known}


def _at(times: list[int], percent: int) -> int:
    """Return the time within which so many of a hundred ended (nearest rank)."""
    return times[max(0, -(-len(times) * percent // 100) - 1)]
