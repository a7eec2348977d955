"""The desk: what every screen of a counter stands on, handed to each view-model.

Who acts, which program is in force, what waits for head office; and the three things a command
needs besides: the runner, the clock, a new id. It is made once by the composition root.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from db.domain.clock import Clock
from db.domain.ids import StaffId
from db.domain.program.program import Program
from db.domain.staff import Actor, Role
from db.domain.trouble import Trouble
from db.queries.counter_status import CounterStatus, counter_status
from db.queries.programs import program_on
from db.services.staff import SignedIn
from db.storage.database import Reader
from db.storage.home import HomeIdentity, read_home
from db.storage.staff import active_staff
from desktop.runtime.changes import changes_of
from desktop.runtime.runner import Runner


@dataclass(frozen=True, slots=True)
class Person:
    """One who may sign in; nothing here helps to guess his PIN."""

    staff_id: StaffId
    code: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What is true of this counter now."""

    home: HomeIdentity
    program: Program
    day: date
    status: CounterStatus
    people: tuple[Person, ...]


def desk_facts(reader: Reader, *, now_ms: int) -> DeskFacts:
    """Return the counter's facts; raises `StorageUnavailable` (no_home) before `init`."""
    home = read_home(reader)
    day = home.calendar.day_of(now_ms)
    return DeskFacts(
        home=home,
        program=program_on(reader, day),
        day=day,
        status=counter_status(reader, home),
        people=tuple(
            Person(row.staff_id, row.code, row.name, row.role) for row in active_staff(reader)
        ),
    )


class Desk(QObject):
    """The counter's facts and means.

    Signals:
        changed: other facts are true now.
        staffed: another person acts, or nobody.
    """

    changed = Signal()
    staffed = Signal()

    def __init__(
        self, facts: DeskFacts, *, runner: Runner, clock: Clock, new_id: Callable[[], bytes]
    ) -> None:
        """Start with the facts read at the start, and nobody signed in."""
        super().__init__(runner)
        self.facts = facts
        self.runner = runner
        self.new_id = new_id
        self.staff: SignedIn | None = None
        self._clock = clock
        self._asking = False
        self._again = False
        runner.committed.connect(self._after_commit)

    @property
    def now_ms(self) -> int:
        """Return the time, UTC ms."""
        return self._clock.wall_ms()

    @property
    def actor(self) -> Actor:
        """Return who acts."""
        assert self.staff is not None, "nothing is done before somebody signed in"
        return self.staff.actor

    def sign(self, staff: SignedIn | None) -> None:
        """Let a person act from now on, or nobody."""
        self.staff = staff
        self.staffed.emit()

    def refresh(self) -> None:
        """Ask for the facts anew; `changed` comes if they are others. Asked often, done once."""
        if self._asking:
            self._again = True
            return
        self._asking, self._again = True, False
        now_ms = self.now_ms
        self.runner.read(
            lambda reader: desk_facts(reader, now_ms=now_ms),
            done=self._on_facts,
            failed=self._on_failed,
        )

    def tick(self) -> None:
        """Notice that another business day has begun."""
        if self.facts.home.calendar.day_of(self.now_ms) != self.facts.day:
            self.refresh()

    def _after_commit(self, outcome: object) -> None:
        if changes_of(outcome).desk:
            self.refresh()

    def _on_facts(self, facts: DeskFacts) -> None:
        self._asking = False
        if facts != self.facts:
            self.facts = facts
            self.changed.emit()
        if self._again:
            self.refresh()

    def _on_failed(self, _trouble: Trouble) -> None:
        """Keep the facts there are; the strip says what is wrong, the next commit asks again."""
        self._asking = False
