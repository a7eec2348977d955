"""Closing the shift: what the drawer should hold, what was counted, one button that says both.

The drawer must be counted; the till's Z total may be left out. What waits for head office is told
and never blocks. Who counts blind learns the difference when it is recorded.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import OperationId, StaffId
from db.domain.money import amount_text
from db.domain.refusals import Refusal
from db.domain.shifts import may_close
from db.domain.staff import Actor, Permission
from db.domain.trouble import Trouble
from db.queries.shift_summary import last_shift, shift_tenders
from db.services.shifts import CloseShift, NotYourShift, ShiftClosed, close_shift
from db.storage.database import Reader
from desktop.runtime.approval import Approval
from desktop.runtime.desk import Desk, Person
from desktop.runtime.printing import Printing
from desktop.runtime.runner import Series
from desktop.screens.shift import words
from desktop.screens.shift.blind import BlindKept, counts_blind, keep_blind, sees_expected
from desktop.screens.shift.notes import Notes
from desktop.screens.shift.state import Confirm, Field, ShiftState
from desktop.screens.shift.words import OpenShift
from desktop.widgets.approval_page import ApprovalState
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.choice_grid import Choice
from desktop.wording.refusals import refusal_text
from desktop.wording.typing import AmountTyping

FAR_OFF_MINOR = 10_000
"""From ¥100.00 too much or too little it is counted again, and a second person approves."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found at the counter: its open shift, and whether cashiers count it blind."""

    shift: OpenShift | None
    blind: bool


class ShiftViewModel(QObject):
    """The page that closes.

    Signals:
        changed: the state to draw.
        closed: the shift is closed; carries what the service said.
        cash_requested: go to the drawer; carries whether cashiers count blind here.
        pin_refused: the sentence under the dots; what was typed is to be forgotten.
        left: the cashier went back, the shift is still open.
    """

    changed = Signal(object)
    closed = Signal(object)
    cash_requested = Signal(bool)
    pin_refused = Signal(str)
    left = Signal()

    def __init__(
        self, desk: Desk, *, printing: Printing | None = None, parent: QObject | None = None
    ) -> None:
        """Start with nothing looked at and nothing counted."""
        super().__init__(parent)
        self._desk = desk
        self._printing = printing
        self._approval = Approval(desk, Permission.SHIFT_OF_OTHERS, self)
        self._approver: Person | None = None
        self._asking = False
        self._shift: OpenShift | None = None
        self._blind = self._known = False
        self._typed = {field: AmountTyping() for field in Field}
        self._notes: Notes | None = None
        self._at = Field.COUNTED
        self._by: StaffId | None = None
        self._notice: Notice | None = None
        self._armed = False
        self._busy = False
        self._asked = Series()
        desk.changed.connect(self.redraw)
        desk.staffed.connect(self._on_staff)

    def begin(self) -> None:
        """Look at the open shift, with nothing counted yet."""
        self._by = None if self._desk.staff is None else self._desk.staff.staff_id
        self._shift, self._known = None, False
        self._typed = {field: AmountTyping() for field in Field}
        self._notes, self._at = None, Field.COUNTED
        self._calm()
        self.look()
        self.redraw()

    def look(self) -> None:
        """Look at the figures anew and keep what was counted."""
        counter_id = self._desk.facts.home.counter_id

        def look(reader: Reader) -> Looked:
            summary, blind = last_shift(reader, counter_id), counts_blind(reader)
            if summary is None or summary.closed_at is not None:
                return Looked(None, blind)
            return Looked(OpenShift(summary, shift_tenders(reader, summary.shift_id)), blind)

        self._desk.runner.read(look, done=self._on_looked, series=self._asked)

    def state(self) -> ShiftState:
        """Return what the screen shows now."""
        shift, desk, hides = self._shift, self._desk, self._hides()
        rows = words.blind_rows if hides else words.fact_rows
        counted, till = self._typed[Field.COUNTED], self._typed[Field.TILL]
        active = self._at is Field.COUNTED
        return ShiftState(
            line="" if shift is None else words.opening(shift, desk.facts, desk.now_ms),
            facts=() if shift is None or self._notes is not None else rows(shift),
            counted=words.counted_entry(counted, shift, active=active, blind=hides),
            till=words.till_entry(till, shift, active=not active, blind=hides),
            confirm=self._confirm(),
            notice=self._notice or self._standing_notice(),
            notes=() if self._notes is None else self._notes.rows(active=active),
            can_print=shift is not None and self._printing is not None and self._printing.can_print,
            is_open=shift is not None,
            blind=self._blind if self._leads() else None,
            approval=self._approval_state(),
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def choose(self, field: Field) -> None:
        """Let the digits go to the counted cash or to the till's total."""
        self._at = field
        self.redraw()

    def step(self, by: int) -> None:
        """Go one kind of notes further while they are counted, else to the other field."""
        if self._notes is not None and self._at is Field.COUNTED:
            self._notes = self._notes.go(self._notes.at + by)
            self.redraw()
        else:
            self.choose(Field.COUNTED if by < 0 else Field.TILL)

    def press(self, key: str) -> None:
        """Take a key for the field whose turn it is."""
        if self._busy:
            return
        self._calm()
        if self._notes is not None and self._at is Field.COUNTED:
            self._notes = self._notes.press(key)
            self._typed[Field.COUNTED] = AmountTyping(amount_text(self._notes.total))
        else:
            self._typed[self._at] = self._typed[self._at].press(key)
        self.redraw()

    def count_notes(self) -> None:
        """Count by notes and coins, or type the sum again; what was counted stays the sum."""
        if not self._busy:
            self._calm()
            self._notes = Notes() if self._notes is None else None
            self._at = Field.COUNTED
            self.redraw()

    def choose_note(self, place: int) -> None:
        """Let the digits go to one kind of notes."""
        if self._notes is not None:
            self._notes, self._at = self._notes.go(place), Field.COUNTED
            self.redraw()

    def print_so_far(self) -> None:
        """Print the shift so far, its X; blind where the count is."""
        if self._printing is not None and self._shift is not None:
            shift_id = self._shift.summary.shift_id
            self._printing.print_shift(shift_id, closed=False, blind=self._hides())

    def open_cash(self) -> None:
        """Go to the drawer."""
        if not self._busy:
            self.cash_requested.emit(self._blind)

    def turn_blind(self) -> None:
        """Let cashiers count blind from now on, or see what is expected again."""
        if self._leads():
            self._desk.runner.submit(
                partial(keep_blind, blind=not self._blind, by=self._desk.actor),
                done=self._on_blind_kept,
                refused=self._on_refused,
                failed=self._on_failed,
            )

    def confirm(self) -> None:
        """Close the shift with what was counted; far off it is asked and approved first."""
        if self._busy or self._asking or not self._confirm().usable:
            return
        difference = self._difference()
        if abs(difference) < FAR_OFF_MINOR:
            self._close(self._desk.actor)
        elif not self._armed:
            self._armed = True
            text = words.far_off_blind() if self._hides() else words.far_off(difference)
            self._notice = Notice(ChipKind.WARN, text)
            self.redraw()
        elif self._leads() or not self._approval.people:
            self._close(self._desk.actor)
        else:
            people = self._approval.people
            self._asking, self._approver = True, people[0] if len(people) == 1 else None
            self.redraw()

    def choose_approver(self, place: int) -> None:
        """Say who puts his PIN in."""
        self._approver = self._approval.people[place]
        self.redraw()

    def enter_pin(self, pin: str) -> None:
        """Close with the approval of whoever the PIN is."""
        if self._approver is not None and self._asking and not self._busy:
            self._busy = True
            self._approval.ask(
                self._approver, pin, approved=self._close, refused=self._on_pin_refused
            )

    def leave(self) -> None:
        """Take one step back: the approval, or the page; the shift stays open."""
        if self._busy:
            return
        if self._asking:
            self._calm()
            self.redraw()
        else:
            self.left.emit()

    def _close(self, actor: Actor) -> None:
        self._busy = True
        till = self._typed[Field.TILL]
        command = CloseShift(
            op=OperationId(self._desk.new_id()),
            by=actor,
            counted=self._typed[Field.COUNTED].minor,
            till_total=till.minor if till.text else None,
        )
        self._desk.runner.submit(
            partial(close_shift, command=command),
            done=self._on_closed,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def _difference(self) -> int:
        assert self._shift is not None, "nothing is compared before the shift was looked at"
        return self._typed[Field.COUNTED].minor - self._shift.summary.expected

    def _confirm(self) -> Confirm:
        if self._shift is None:
            text = self.tr("没有开着的班次") if self._known else self.tr("交班")
            return Confirm(text)
        if not self._mine():
            return Confirm(self.tr("不能替别人交班"))
        if not self._typed[Field.COUNTED].text:
            return Confirm(self.tr("请输入实点现金"))
        if any(typing.too_large for typing in self._typed.values()):
            return Confirm(self.tr("请核对金额"))
        if self._hides():
            return words.closing_blind(armed=self._armed)
        return words.closing(self._difference(), armed=self._armed)

    def _mine(self) -> bool:
        assert self._shift is not None, "there is a shift to close"
        staff = self._desk.staff
        return staff is not None and may_close(staff.actor, self._shift.summary.opener_id)

    def _leads(self) -> bool:
        """Say whether whoever stands here closes anybody's shift, and sees what is expected."""
        staff = self._desk.staff
        return staff is not None and sees_expected(staff.role)

    def _hides(self) -> bool:
        return self._blind and not self._leads()

    def _standing_notice(self) -> Notice | None:
        """Return what is to be known whatever is typed."""
        if self._shift is None:
            return None
        if not self._mine():
            return Notice(ChipKind.WARN, words.not_yours(self._shift.summary.opened_by))
        if waiting := self._desk.facts.status.waiting:
            return Notice(ChipKind.NEUTRAL, self.tr("%n 笔待上传，不影响交班", "", waiting))
        return None

    def _approval_state(self) -> ApprovalState | None:
        if not self._asking:
            return None
        what = words.to_approve(self._difference(), blind=self._hides())
        if self._approver is not None:
            prompt = self.tr("请{name}输入 PIN").format(name=self._approver.name)
            return ApprovalState(what, prompt, asks_pin=True)
        people = tuple(Choice(person.name, on=False) for person in self._approval.people)
        return ApprovalState(what, self.tr("请谁授权？"), people)

    def _calm(self) -> None:
        """Forget the notice, the first of two taps, and who was asked to approve."""
        self._notice, self._armed = None, False
        self._asking, self._approver = False, None
        self.pin_refused.emit("")

    def _on_staff(self) -> None:
        """Count anew when another person stands here: the drawer is his now."""
        staff = self._desk.staff
        if staff is not None and self._by is not None and staff.staff_id != self._by:
            self.begin()

    def _on_looked(self, looked: Looked) -> None:
        self._shift, self._blind, self._known = looked.shift, looked.blind, True
        self.redraw()

    def _on_blind_kept(self, kept: BlindKept) -> None:
        self._blind = kept.blind
        self.redraw()

    def _on_closed(self, closed: ShiftClosed) -> None:
        self._busy = False
        self._by, self._shift = None, None
        self._calm()
        self.closed.emit(closed)

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._calm()
        text = refusal_text(refusal)
        if isinstance(refusal, NotYourShift) and self._shift is not None:
            text = words.not_yours(self._shift.summary.opened_by)
        self._notice = Notice(ChipKind.ERROR, text)
        self.redraw()

    def _on_pin_refused(self, text: str) -> None:
        self._busy = False
        self.pin_refused.emit(text)

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self._calm()
        self.redraw()
