"""One universe as it happens: a head office, its counters, and the events of its plan.

Everything runs in this thread. A deed that is cut off by a crash, a refusal or the line ends
there, as it does in a shop; what an invariant says ends the universe.
"""

import hashlib
import random
import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from db.domain.refusals import Refusal
from db.storage.database import Reader
from db.storage.errors import StorageUnavailable
from sync.protocol.office import OfficeRefused, OfficeUnreachable
from sync.server.devices import enroll_code
from tests.simulation.counter_deeds import deed_of, exchange
from tests.simulation.disk import Crash
from tests.simulation.draws import Draws
from tests.simulation.machines import Headquarters, Till, a_folder, copied
from tests.simulation.misfortunes import MISFORTUNES
from tests.simulation.network import LOOKUP_LIMIT_MS, Link, Weather
from tests.simulation.office_deeds import OFFICE_DEEDS
from tests.simulation.oracle import Oracle
from tests.simulation.plan import Event, Plan
from tests.simulation.timeline import SimulatedClock, Timeline

TRACE_LINES = 80
JOIN_AGAIN_MS = 60_000
_ENDURED = (Refusal, OfficeRefused, OfficeUnreachable, StorageUnavailable)


class Company:
    """A head office and its counters, living through one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.folder: Path = a_folder()
        self.timeline = Timeline(plan.start_ms)
        self.draws = Draws(plan.seed, plan.rates)
        self.oracle = Oracle(plan.risk)
        self.trace: deque[str] = deque(maxlen=TRACE_LINES)
        self.outcomes: Counter[str] = Counter()
        self.acting = True
        self._decisions_backed_up = -1
        self._hash = hashlib.sha256()
        self.draws.asleep = True
        self.office = self._headquarters()
        self.tills = [self._till(f"counter{number}") for number in range(plan.counters)]
        self.draws.asleep = False
        for event in plan.events:
            self.timeline.at(event.at_ms, partial(self.happens, event))

    def live(self) -> None:
        """Let the plan happen, to its last event."""
        if self.plan.events:
            self.timeline.run_until(self.plan.events[-1].at_ms)

    def happens(self, event: Event) -> None:
        """Let one event happen, with whatever ends it; whoever waits for a reply does nothing."""
        with self.draws.during(str(event.number)):
            rng = random.Random(f"{self.plan.seed} {event.number}")
            if event.who == "office":
                outcome = self._office_does(event, rng)
            else:
                outcome = self._till_does(event, rng)
        self.tell(f"{event.who} {event.what}: {outcome}")

    def tell(self, said: str) -> None:
        """Write a line of the trace."""
        line = f"{self.timeline.now_ms - self.plan.start_ms:>12} {said}"
        self.trace.append(line)
        self._hash.update(line.encode())

    @property
    def trace_hash(self) -> str:
        """Return what tells this life from another, to the bit."""
        with self.office.storage.reading() as reader:
            for row in reader.all("SELECT hash, status FROM operation ORDER BY rowid"):
                self._hash.update(repr(row).encode())
        return self._hash.hexdigest()

    def answer(self, kind: str, sealed: bytes) -> tuple[int, bytes] | None:
        """Head office's door, for every link: nothing comes back when its machine dies."""
        try:
            return self.office.answer(kind, sealed)
        except Crash:
            self.office_dies()
            return None

    def office_dies(self) -> None:
        """Head office's machine loses its power, and is back after some seconds."""
        self.tell("office loses power")
        with self._calm():
            self.office.lose_power()
        self.office.down_until = self.timeline.now_ms + self.draws.between("down", 1, 30_000)

    def back_up_office(self) -> None:
        """Back head office up, and remember how much it had decided.

        It does so whenever it decided anything: what comes later is in its journal and on counters.
        """
        self.office.back_up()
        self._decisions_backed_up = self.oracle.decisions

    @property
    def may_restore_office(self) -> bool:
        """Say whether there is a backup that lacks nothing but what counters and journal hold."""
        return self.acting and self._decisions_backed_up == self.oracle.decisions

    def restore_office(self) -> None:
        """Bring head office's backup back; strike off what no file holds any more."""
        self.tell("office is restored")
        held: set[bytes] = set()
        with self._calm():
            self.office.restore()
            for machine in (self.office, *self.tills):
                with machine.storage.reading() as reader:
                    held |= {row[0] for row in reader.all("SELECT op FROM operation")}
            self.oracle.office_restored(held)
            with self.office.storage.begin() as work:
                self.oracle.office_committed(self.office, work.sql)

    def join(self, till: Till) -> None:
        """Let a counter join head office; a manager tries again until it works."""
        if till.joined:
            return
        self.join_again(till)

    def join_again(self, till: Till, pause_ms: int = JOIN_AGAIN_MS) -> None:
        """Let a counter join, the first time or after its device was revoked.

        What did not work is tried again, after longer and longer pauses.
        """
        if "agent" in till.busy:
            said: object = Ended("busy")
        else:
            with self.draws.during(f"join {till.name} {self.timeline.now_ms}"):
                said = self._endured(till, partial(self._enroll, till), hands="agent")
        self.tell(f"{till.name} joins: {_short(said)}")
        if isinstance(said, Ended):
            self.join_later(till, pause_ms, then_ms=3 * pause_ms)

    def join_later(self, till: Till, pause_ms: int, *, then_ms: int = JOIN_AGAIN_MS) -> None:
        """Let a counter join in a while, unless all faults are over: then `heal` sees to it."""

        def now_due() -> None:
            if self.acting:
                self.join_again(till, then_ms)

        self.timeline.later(pause_ms, now_due)

    def cut_off(self, till: Till) -> None:
        """Take a counter's cable out, unless all faults are over."""
        if self.acting:
            till.link.weather.requests = till.link.weather.replies = False

    def heal(self) -> None:
        """Stop all faults; counters that were left out or revoked join."""
        self.acting = False
        self.draws.asleep = True
        self.office.down_until = 0
        for till in self.tills:
            till.back_on_the_line()
            if not till.joined or not self._is_live(till):
                till.identity = None
                self.join_again(till)

    def close(self) -> None:
        """Close every file and take the universe away."""
        self.office.storage.close()
        for till in self.tills:
            till.storage.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _office_does(self, event: Event, rng: random.Random) -> str:
        if self.timeline.now_ms < self.office.down_until:
            return "down"
        try:
            outcome = OFFICE_DEEDS[event.what][1](self.office, rng)
            self.back_up_office()
            return _short(outcome)
        except _ENDURED as answer:
            return type(answer).__name__
        except Crash:
            self.office_dies()
            return "crash"

    def _till_does(self, event: Event, rng: random.Random) -> str:
        till = next(till for till in self.tills if till.name == event.who)
        if event.what in MISFORTUNES:
            with self._calm():
                MISFORTUNES[event.what][1](self, till, rng)
            return "done"
        if event.what == "join":
            self.join(till)
            return "tried"
        hands = "agent" if event.what == "exchange" else "cashier"
        deed = exchange if event.what == "exchange" else deed_of(event.what)
        if hands in till.busy:
            return "busy"
        return _short(self._endured(till, lambda: deed(till.process(), rng), hands=hands))

    def _endured(self, till: Till, deed: Callable[[], object], *, hands: str) -> object:
        """Return what a deed came to, or how it ended; a machine that died starts again."""
        till.busy.add(hands)
        if hands == "agent":
            self.oracle.exchanging(till)
        try:
            return deed()
        except _ENDURED as answer:
            return Ended(f"{type(answer).__name__} {answer}")
        except Crash as crash:
            if till.clock.boots == crash.boots:
                till.lose_power()
            return Ended("crash")
        finally:
            till.busy.discard(hands)

    def _enroll(self, till: Till) -> None:
        with self._calm():
            code = enroll_code(self.office.storage).code
        self._decisions_backed_up = -1  # a backup from before does not know who joined since
        till.process().enroll(code)
        self.back_up_office()

    def _is_live(self, till: Till) -> bool:
        with self.office.storage.reading() as reader:
            state = reader.value(
                "SELECT state FROM device WHERE device_id = ?", (till.process().device.device,)
            )
        return bool(state == "live")

    @contextmanager
    def _calm(self) -> Iterator[None]:
        """Let no fault strike while the block lasts."""
        was, self.draws.asleep = self.draws.asleep, True
        try:
            yield
        finally:
            self.draws.asleep = was

    def _headquarters(self) -> Headquarters:
        folder = self.folder / "office"
        return Headquarters(
            name="office",
            folder=folder,
            key=copied("office", folder, timezone=self.plan.timezone, risk=self.plan.risk),
            clock=SimulatedClock(self.timeline, "office"),
            chance=random.Random(f"{self.plan.seed} office"),
            strikes=lambda kind: self.draws.happens(f"office {kind}"),
            watch=self._office_committed,
        )

    def _till(self, name: str) -> Till:
        folder, weather = self.folder / name, Weather()
        link = Link(self.timeline, self.draws, self.answer, weather)
        till = Till(
            name=name,
            folder=folder,
            key=copied(name, folder, timezone=self.plan.timezone, risk=self.plan.risk),
            clock=SimulatedClock(self.timeline, name),
            chance=random.Random(f"{self.plan.seed} {name}"),
            strikes=lambda kind: self.draws.happens(f"counter {kind}"),
            watch=lambda reader: self.oracle.counter_committed(till, reader),
            link=link,
            lookup_link=Link(
                self.timeline, self.draws, self.answer, weather, limit_ms=LOOKUP_LIMIT_MS
            ),
        )
        return till

    def _office_committed(self, reader: Reader) -> None:
        if hasattr(self, "office"):
            self.oracle.office_committed(self.office, reader)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a deed ended that came to nothing."""

    why: str


def _short(outcome: object) -> str:
    """Return an outcome in few words."""
    return outcome.why if isinstance(outcome, Ended) else type(outcome).__name__
