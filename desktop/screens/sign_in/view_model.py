"""Signing in: who, then six digits; or a badge. Wrong PINs are counted; too many make one wait.

Who was given his PIN chooses his own before anything else, twice the same.

Whoever is right gets the counter as it was left, and an open shift if there is none.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from db.domain.ids import OperationId
from db.domain.refusals import Refusal
from db.domain.staff import PIN_MISSES_FREE, PinLocked, WrongPin
from db.domain.trouble import Trouble
from db.services.badges import choose_pin, sign_in_by_badge
from db.services.shifts import OpenShift, ShiftOpened, open_shift
from db.services.staff import SignedIn, StaffMember, sign_in
from desktop.runtime.desk import Desk, Person
from desktop.wording.people import role_name
from desktop.wording.staff_refusals import staff_refusal_text

TICK_MS = 1_000
MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Tile:
    """A person to tap: name, and what he is."""

    name: str
    role: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SignInState:
    """The sign-in screen; `locked` says that the till was locked and keeps a draft."""

    title: str
    branch: str
    tiles: tuple[Tile, ...]
    asks_pin: bool
    prompt: str
    message: str
    waits: bool
    locked: bool


class SignInViewModel(QObject):
    """Who works here now.

    Signals:
        changed: the state to draw.
        entered: the PIN was right; the counter may show.
        cleared: what was typed is to be forgotten.
        chosen: somebody said who he is, by a tap or a badge.
    """

    changed = Signal(object)
    entered = Signal()
    cleared = Signal()
    chosen = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start with nobody chosen, or with the only one there is."""
        super().__init__(parent)
        self._desk = desk
        self._chosen: Person | None = None
        self._misses = 0
        self._until_ms = 0
        self._locked = False
        self._handed_over = 0
        self._busy = False
        self._fresh: SignedIn | None = None
        self._first = ""
        self._said = ""
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        desk.changed.connect(self.redraw)
        if len(self._people) == 1:
            self._chosen = self._people[0]

    @property
    def _people(self) -> tuple[Person, ...]:
        return self._desk.facts.people

    def state(self) -> SignInState:
        """Return what the screen shows now."""
        facts, chosen = self._desk.facts, self._chosen
        return SignInState(
            title=self._title(),
            branch=f"{facts.home.branch_name}·{facts.home.counter_name}",
            tiles=tuple(
                Tile(person.name, _beside(person), person == chosen) for person in self._people
            ),
            asks_pin=chosen is not None,
            prompt=self._prompt(),
            message=self._message(),
            waits=self._left_s() > 0,
            locked=self._locked,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def lock(self) -> None:
        """Ask for the PIN of whoever was here; the counter keeps everything."""
        self._locked = True
        staff = self._desk.staff
        if staff is not None:
            self._choose(next((p for p in self._people if p.staff_id == staff.staff_id), None))
        self.redraw()

    def hand_over(self, number: int) -> None:
        """Say that a shift is closed, and ask who opens the next."""
        self._locked, self._handed_over = False, number
        self._choose(self._people[0] if len(self._people) == 1 else None)
        self.redraw()

    def choose(self, place: int) -> None:
        """Be this person."""
        if not self._busy:
            self._choose(self._people[place])
            self.chosen.emit()
            self.redraw()

    def scan(self, code: str) -> None:
        """Sign in whoever holds the badge that was scanned."""
        if self._busy or self._fresh is not None:
            return
        self._busy = True
        self.chosen.emit()
        self._desk.runner.submit(
            partial(sign_in_by_badge, badge=code),
            done=self._on_answer,
            refused=self._on_no_badge,
            failed=self._on_failed,
        )

    def enter(self, pin: str) -> None:
        """Check a PIN of six digits, or take the one that somebody chooses for himself."""
        if self._fresh is not None:
            self._choose_own(self._fresh, pin)
            return
        if self._chosen is None or self._busy or self._left_s() > 0:
            return
        self._busy = True
        self._desk.runner.submit(
            partial(sign_in, who=self._chosen.staff_id, pin=pin),
            done=self._on_answer,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def _choose(self, person: Person | None) -> None:
        self._chosen = person
        self._misses, self._until_ms = 0, 0
        self._fresh, self._first, self._said = None, "", ""
        self._timer.stop()
        self.cleared.emit()

    def _choose_own(self, staff: SignedIn, pin: str) -> None:
        """Take a PIN the first time, and compare it the second."""
        if self._busy:
            return
        self._said = ""
        if not self._first:
            self._first = pin
        elif pin != self._first:
            self._first, self._said = "", self.tr("两次不一样，请重新设")
        else:
            self._busy = True
            self._desk.runner.submit(
                partial(choose_pin, staff_id=staff.staff_id, pin=pin),
                done=self._on_own_pin,
                refused=self._on_weak,
                failed=self._on_failed,
            )
            return
        self.cleared.emit()
        self.redraw()

    def _on_own_pin(self, _person: StaffMember) -> None:
        staff, self._fresh, self._first, self._busy = self._fresh, None, "", False
        if staff is not None:
            self._welcome(staff)
        self.redraw()

    def _on_weak(self, refusal: Refusal) -> None:
        self._busy, self._first = False, ""
        self._said = staff_refusal_text(refusal)
        self.cleared.emit()
        self.redraw()

    def _on_no_badge(self, refusal: Refusal) -> None:
        self._busy = False
        self._said = staff_refusal_text(refusal)
        self.redraw()

    def _on_answer(self, answer: SignedIn | WrongPin | PinLocked) -> None:
        self._busy = False
        self._said = ""
        match answer:
            case SignedIn(pin_once=True):
                self._fresh, self._first, self._misses = answer, "", 0
                self.cleared.emit()
            case SignedIn():
                self._welcome(answer)
            case WrongPin(misses=misses):
                self._misses = misses
                self.cleared.emit()
            case PinLocked(until_at=until_at):
                self._until_ms = until_at
                self._timer.start()
                self.cleared.emit()
        self.redraw()

    def _welcome(self, staff: SignedIn) -> None:
        self._locked, self._handed_over = False, 0
        self._misses, self._until_ms = 0, 0
        self.cleared.emit()
        self._desk.sign(staff)
        if self._desk.facts.status.open_shift is None:
            self._open_shift(staff)
        self.entered.emit()

    def _open_shift(self, staff: SignedIn) -> None:
        command = OpenShift(op=OperationId(self._desk.new_id()), by=staff.actor)
        self._desk.runner.submit(
            partial(open_shift, command=command),
            done=_on_shift,
            refused=_on_no_shift,  # it is open already, or an auditor only reads
        )

    def _on_refused(self, _refusal: Refusal) -> None:
        """Take it that the person left the list since; show who there is."""
        self._busy = False
        self._choose(None)
        self._desk.refresh()
        self.redraw()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self.cleared.emit()
        self.redraw()

    def _title(self) -> str:
        if self._locked:
            return self.tr("已锁屏")
        if self._handed_over:
            return self.tr("班次 #{number} 已交班").format(number=self._handed_over)
        return self.tr("请选择您的名字")

    def _prompt(self) -> str:
        if self._fresh is not None and self._first:
            return self.tr("再输一次新 PIN")
        if self._fresh is not None:
            return self.tr("{name}，请设自己的 PIN（6 位）").format(name=self._fresh.name)
        if self._chosen is None:
            return self.tr("先点您的名字，或扫工牌")
        return self.tr("{name}，请输入 6 位 PIN").format(name=self._chosen.name)

    def _message(self) -> str:
        if self._said:
            return self._said
        if (left_s := self._left_s()) > 0:
            if left_s > MINUTE_S:
                minutes = -(-left_s // MINUTE_S)
                return self.tr("PIN 错得太多，请等 {minutes} 分钟").format(minutes=minutes)
            return self.tr("PIN 错得太多，请等 {seconds} 秒").format(seconds=left_s)
        if self._misses:
            left = max(PIN_MISSES_FREE - self._misses, 1)
            return self.tr("PIN 不对，还可试 {left} 次").format(left=left)
        return ""

    def _left_s(self) -> int:
        return max(0, -(-(self._until_ms - self._desk.now_ms) // 1_000))

    def _tick(self) -> None:
        if self._left_s() == 0:
            self._until_ms = 0
            self._timer.stop()
        self.redraw()


def _beside(person: Person) -> str:
    """Return what a person is, unless the name says it already."""
    role = role_name(person.role)
    return "" if role == person.name else role


def _on_shift(_opened: ShiftOpened) -> None:
    """Leave it to the desk, which hears of every commit."""


def _on_no_shift(_refusal: Refusal) -> None:
    """Go on without: the counter says at the sale what is not allowed."""
