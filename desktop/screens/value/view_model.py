"""Stored value paid in and out: an amount, how it is paid, one button that says what it does.

Money in is undone by taking the top-up back; money out asks for a second person where the role
does not allow it alone, over the same screen, for this one act.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import MemberId, OperationId
from db.domain.refusals import Refusal
from db.domain.staff import Actor, Leave, Permission
from db.domain.stored_value.facts import TOP_UP_TENDERS
from db.domain.stored_value.purse import Purse
from db.domain.trouble import Trouble
from db.queries.member_card import member_card
from db.queries.value_history import value_held, value_history
from db.services.stored_value import (
    RefundValue,
    TopUpValue,
    ValueMoved,
    refund_value,
    top_up_value,
)
from db.storage.database import Reader
from db.storage.stored_value import member_purse
from db.storage.unit_of_work import UnitOfWork
from desktop.config import SECOND_TAP_FROM_MINOR
from desktop.runtime.approval import Approval
from desktop.runtime.changes import changes_of
from desktop.runtime.desk import Desk, Person
from desktop.runtime.printing import Printing, PrintTold
from desktop.runtime.runner import Series
from desktop.screens.value import picture, words
from desktop.screens.value.plan import Outcome, Plan, outcome
from desktop.screens.value.state import ValueState, Way
from desktop.widgets.approval_page import ApprovalState
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.choice_grid import Choice
from desktop.widgets.keypad import Key
from desktop.wording.print_words import print_notice
from desktop.wording.refusals import refusal_text

HISTORY_ROWS = 4
Answer = tuple[words.Holder, Purse]


class ValueViewModel(QObject):
    """The screen.

    Signals:
        changed: the state to draw.
        pin_refused: the sentence under the dots; what was typed is to be forgotten.
        left: the cashier went back.
    """

    changed = Signal(object)
    pin_refused = Signal(str)
    left = Signal()

    def __init__(
        self, desk: Desk, *, printing: Printing | None = None, parent: QObject | None = None
    ) -> None:
        """Start with nobody."""
        super().__init__(parent)
        self._desk = desk
        self._printing = printing
        if printing is not None:
            printing.told.connect(self._on_printed)
        self._approval = Approval(desk, Permission.REFUND, self)
        self._member_id: MemberId | None = None
        self._holder: words.Holder | None = None
        self._purse = Purse()
        self._plan = Plan()
        self._armed = False
        self._busy = False
        self._asking = False
        self._approver: Person | None = None
        self._notice: Notice | None = None
        self._series = Series()
        desk.runner.committed.connect(self._on_committed)
        desk.staffed.connect(self._on_staff)

    def begin(self, member_id: MemberId) -> None:
        """Show a member's value, ready to be paid in."""
        self._member_id, self._holder, self._purse = member_id, None, Purse()
        self._plan = Plan()
        self._calm()
        self._ask()
        self.redraw()

    def state(self) -> ValueState:
        """Return what the screen shows now."""
        drawn = picture.picture(
            picture.Scene(
                facts=self._desk.facts,
                now_ms=self._desk.now_ms,
                holder=self._holder,
                plan=self._plan,
                outcome=self._outcome(),
                alone=self._approval.leave is Leave.ALLOWED,
                armed=self._armed,
                notice=self._notice,
                approval=self._approval_state(),
            )
        )
        return replace(drawn, can_print=self._can_print())

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def change(self, change: Callable[[Plan], Plan]) -> None:
        """Change what is planned, unless it is being written."""
        if not self._busy:
            self._calm()
            self._plan = change(self._plan)
            self.redraw()

    def press(self, key: str) -> None:
        """Take a key of the amount."""
        self.change(lambda plan: plan.press(key))

    def turn(self, place: int) -> None:
        """Let the money go in (0) or out (1)."""
        self.change(lambda plan: plan.other_way(Way(place)))

    def choose_step(self, place: int) -> None:
        """Take an amount that is offered; out, the last top-up is taken back or all is paid."""
        if self._plan.way is Way.OUT:
            self.change(lambda plan: replace(plan.press(Key.CLEAR), back=not plan.back))
            return
        steps = picture.steps_of(self._desk.facts)
        self.change(lambda plan: plan.with_amount(steps[place][0]))

    def choose_tender(self, place: int) -> None:
        """Say how it is paid."""
        self.change(lambda plan: replace(plan, tender=TOP_UP_TENDERS[place]))

    def choose_reason(self, place: int) -> None:
        """Say why it is paid out."""
        self.change(lambda plan: replace(plan, reason=place))

    def confirm(self) -> None:
        """Write it; a large amount takes a second tap, money out perhaps a second person."""
        if self._busy or self._asking or not self.state().confirm.usable:
            return
        large = self._outcome().pay >= SECOND_TAP_FROM_MINOR
        if large and not self._armed:
            self._armed = True
            self._notice = Notice(ChipKind.WARN, self.tr("金额较大，请核对后再按一次"))
            self.redraw()
        elif self._plan.way is Way.IN:
            self._submit(partial(top_up_value, command=self._top_up()))
        elif self._approval.leave is Leave.APPROVAL:
            people = self._approval.people
            self._asking, self._approver = True, people[0] if len(people) == 1 else None
            self.redraw()
        else:
            self._refund(self._desk.actor)

    def print_slip(self) -> None:
        """Print the receipt of the newest top-up or refund."""
        if self._printing is not None and self._member_id is not None:
            self._printing.print_value(self._member_id)

    def choose_approver(self, place: int) -> None:
        """Say who puts his PIN in."""
        self._approver = self._approval.people[place]
        self.redraw()

    def enter_pin(self, pin: str) -> None:
        """Pay out with the approval of whoever the PIN is."""
        if self._approver is not None and self._asking and not self._busy:
            self._busy = True
            self._approval.ask(
                self._approver, pin, approved=self._refund, refused=self._on_pin_refused
            )

    def leave(self) -> None:
        """Take one step back: the approval, or the screen."""
        if self._busy:
            return
        if self._asking:
            self._calm()
            self.redraw()
        else:
            self.left.emit()

    def _top_up(self) -> TopUpValue:
        assert self._member_id is not None, "value is somebody's"
        return TopUpValue(
            op=OperationId(self._desk.new_id()),
            member_id=self._member_id,
            by=self._desk.actor,
            pay=self._plan.amount.minor,
            tender=self._plan.tender,
        )

    def _refund(self, actor: Actor) -> None:
        assert self._member_id is not None, "value is somebody's"
        last = None if self._holder is None else self._holder.last_top_up
        back = self._plan.back and last is not None
        command = RefundValue(
            op=OperationId(self._desk.new_id()),
            member_id=self._member_id,
            by=actor,
            reason=words.reasons()[self._plan.reason],
            amount=None if back else self._plan.amount.minor or None,
            top_up=OperationId(last.op) if back and last is not None else None,
            tender=self._plan.tender,
        )
        self._submit(partial(refund_value, command=command))

    def _submit(self, service: Callable[[UnitOfWork], ValueMoved]) -> None:
        self._busy = True
        self._desk.runner.submit(
            service, done=self._on_moved, refused=self._on_refused, failed=self._on_failed
        )

    def _outcome(self) -> Outcome:
        facts, holder = self._desk.facts, self._holder
        if holder is None:
            return Outcome()
        terms = facts.program.stored_value
        return outcome(self._plan, terms, self._purse, last=holder.last_top_up, on=facts.day)

    def _can_print(self) -> bool:
        """Say whether there is a printer, and something of this member to be printed."""
        rows = () if self._holder is None else self._holder.history
        moved = any(row.kind in {"top_up", "refund"} for row in rows)
        return moved and self._printing is not None and self._printing.can_print

    def _approval_state(self) -> ApprovalState | None:
        if not self._asking:
            return None
        found = self._outcome()
        what = words.promise_out(found.pay, found.bonus, tender=self._plan.tender)
        if self._approver is not None:
            prompt = self.tr("请{name}输入 PIN").format(name=self._approver.name)
            return ApprovalState(what, prompt, asks_pin=True)
        people = tuple(Choice(person.name, on=False) for person in self._approval.people)
        prompt = self.tr("请谁授权？") if people else self.tr("本店没有可以授权的人")
        return ApprovalState(what, prompt, people)

    def _ask(self) -> None:
        member_id, facts, now_ms = self._member_id, self._desk.facts, self._desk.now_ms
        if member_id is None:
            return

        def look(reader: Reader) -> Answer | None:
            card = member_card(
                reader, member_id, home=facts.home, program=facts.program, now_ms=now_ms
            )
            if card is None:
                return None
            found = words.Holder(
                card,
                value_held(reader, card.member_id, on=facts.day),
                value_history(reader, card.member_id, limit=HISTORY_ROWS),
            )
            return found, member_purse(reader, card.member_id)

        self._desk.runner.read(look, done=self._on_answer, series=self._series)

    def _calm(self) -> None:
        """Forget the notice, the first of two taps, and who was asked to approve."""
        self._notice, self._armed = None, False
        self._asking, self._approver = False, None
        self.pin_refused.emit("")

    def _on_answer(self, answer: Answer | None) -> None:
        if answer is None:
            self.left.emit()
            return
        self._holder, self._purse = answer
        self.redraw()

    def _on_moved(self, moved: ValueMoved) -> None:
        self._busy = False
        self._calm()
        self._plan = self._plan.other_way(self._plan.way)
        self._notice = Notice(ChipKind.OK, words.done(moved))
        self.redraw()

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._calm()
        self._notice = Notice(ChipKind.ERROR, refusal_text(refusal))
        self.redraw()

    def _on_pin_refused(self, text: str) -> None:
        self._busy = False
        self.pin_refused.emit(text)

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self.redraw()

    def _on_committed(self, outcome: object) -> None:
        if changes_of(outcome).touch(self._member_id):
            self._ask()

    def _on_printed(self, told: PrintTold) -> None:
        """Say what did not come out of what was printed here."""
        notice = print_notice(told)
        if notice is not None and told.document.of == self._member_id:
            self._notice = notice
            self.redraw()

    def _on_staff(self) -> None:
        """Forget what was about to be done when another person stands here."""
        if self._member_id is not None and not self._busy:
            self._plan = Plan()
            self._calm()
            self.redraw()
