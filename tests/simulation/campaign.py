"""Very many universes, one after another or several at once, resumable: the proof of the exchange.

What is done is kept in a state file, so a campaign that was stopped goes on where it was. Another
state of the code begins anew, for what it proves is another thing.
"""

import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tests.simulation.life import Life, live

STATE = Path(".bench/simulation.json")
CHUNK = 20
TOLD_EVERY_S = 30


@dataclass(slots=True)
class Figures:
    """What a campaign came to so far; `next_seed` is where it goes on."""

    code: str
    first: int
    next_seed: int
    universes: int = 0
    events: int = 0
    operations: int = 0
    granted: int = 0
    overspent: int = 0
    beyond: int = 0
    contested: int = 0
    seconds: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def add(self, lives: list[Life | tuple[int, str]]) -> None:
        """Count what some universes came to."""
        faults = Counter(self.faults)
        for each in lives:
            self.universes += 1
            if isinstance(each, tuple):
                self.failed[str(each[0])] = each[1]
                continue
            self.events += each.events
            self.operations += each.operations
            self.granted += each.granted
            self.overspent += each.overspent
            self.beyond += each.beyond
            self.contested += each.contested
            faults.update(each.faults)
        self.faults = dict(sorted(faults.items()))

    def told(self) -> str:
        """Return the figures in one line."""
        rate = self.universes / self.seconds if self.seconds else 0.0
        return (
            f"{self.universes} universes ({self.first}..{self.next_seed - 1}),"
            f" {self.events} events, {self.operations} operations,"
            f" {sum(self.faults.values())} faults, {self.granted} points granted,"
            f" {self.overspent} overspent, {self.beyond} by accepted risk,"
            f" {self.contested} acts contested,"
            f" {len(self.failed)} violations,"
            f" {rate:.2f} universes/s"
        )


def run_campaign(
    universes: int, *, first: int, jobs: int = 1, state: Path = STATE, code: str | None = None
) -> Figures:
    """Run so many universes from a seed on, going on with what the state file holds.

    Args:
        universes: how many in all, those done before included.
        first: the first seed.
        jobs: how many processes.
        state: where the figures are kept.
        code: what names the state of the code; git's own name for it unless given.
    """
    figures = _resumed(state, first, code or code_state())
    last_told = 0.0
    with ProcessPoolExecutor(jobs) as pool:
        while (left := first + universes - figures.next_seed) > 0:
            started = time.monotonic()
            chunk = range(figures.next_seed, figures.next_seed + min(left, CHUNK * jobs))
            figures.add(list(pool.map(live_or_say, chunk)))
            figures.next_seed = chunk.stop
            figures.seconds += time.monotonic() - started
            _keep(state, figures)
            if time.monotonic() - last_told > TOLD_EVERY_S:
                last_told = time.monotonic()
                _say(figures.told())
    _say(figures.told())
    return figures


def live_or_say(seed: int) -> Life | tuple[int, str]:
    """Return what a universe came to, or its seed and what it violated."""
    try:
        return live(seed)
    except Exception as broken:  # noqa: BLE001 - whatever it is, it was found
        return seed, f"{type(broken).__name__} {broken}"[:300]


def code_state() -> str:
    """Return git's name of this code, and whether anything was changed since."""
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or "unknown"


def _resumed(state: Path, first: int, code: str) -> Figures:
    if state.exists():
        found = msgspec.json.decode(state.read_bytes(), type=Figures)
        if (found.code, found.first) == (code, first):
            return found
    return Figures(code=code, first=first, next_seed=first)


def _keep(state: Path, figures: Figures) -> None:
    state.parent.mkdir(parents=True, exist_ok=True)
    partial = state.with_suffix(".new")
    partial.write_bytes(msgspec.json.encode(figures))
    partial.replace(state)


def _say(line: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {line}\n")
    sys.stdout.flush()
