"""The counter: find, enter, confirm. The cashier's verbs in, one state out.

A sale is written first and shown afterwards. Digits go where the blue frame is: to the finder
until a member is attached, then to the amount. Nothing here asks "are you sure?": what was
confirmed can be undone for two minutes.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from db.domain.ids import MemberId
from db.domain.refusals import Refusal
from db.domain.staff import Actor
from db.services.sales import Sold
from desktop.runtime.desk import Desk
from desktop.runtime.leasing import Leasing
from desktop.runtime.papers import Papers
from desktop.runtime.printing import Printing
from desktop.screens.counter import words
from desktop.screens.counter.attached import Attached
from desktop.screens.counter.bill import Preview
from desktop.screens.counter.draft import Draft, Parked, caution
from desktop.screens.counter.finder import Finder
from desktop.screens.counter.goods import GoodsPicker
from desktop.screens.counter.newcomer import Newcomer
from desktop.screens.counter.paying import Paying
from desktop.screens.counter.picture import Scene, picture
from desktop.screens.counter.proving import Proving
from desktop.screens.counter.reprinting import Reprinting
from desktop.screens.counter.scans import Scans
from desktop.screens.counter.state import CounterState, Field
from desktop.screens.counter.till import Proof, Till
from desktop.screens.counter.undo_clock import UndoClock
from desktop.screens.counter.visitors import Visitors
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.keypad import Key
from desktop.wording.refusals import refusal_text
from desktop.wording.typing import FinderTyping


class CounterViewModel(QObject):
    """The counter's screen.

    Signals:
        changed: the state to draw.
        enroll_requested: a phone (or nothing) that is to become a member.
        value_requested: a member whose stored value is to be paid in or out.
        recorded: a sale stands.
    """

    changed = Signal(object)
    enroll_requested = Signal(str)
    value_requested = Signal(object)
    recorded = Signal(object)

    def __init__(
        self,
        desk: Desk,
        *,
        leasing: Leasing,
        papers: Papers | None = None,
        printing: Printing | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Start empty at the finder."""
        super().__init__(parent)
        self._desk = desk
        self._leasing = leasing
        self._at = Field.FINDER
        self._parked = Parked()
        self._notice: Notice | None = None
        self._armed = False
        self.newcomer = Newcomer(papers, self)
        self.finder = Finder(desk.runner, self)
        self.visitors = Visitors(leasing, self.finder, self)
        self.attached = Attached(desk, leasing, self)
        self.paying = Paying(desk, leasing=leasing, attached=self.attached, parent=self)
        self.goods = GoodsPicker(desk, self.paying, self)
        self.scans = Scans(self.finder, self.paying, self.visitors, goods=self.goods, parent=self)
        self.proving = Proving(
            desk, leasing=leasing, attached=self.attached, finder=self.finder, parent=self
        )
        self.reprinting = Reprinting(desk, printing, self)
        self._till = Till(desk, self)
        self._undo_clock = UndoClock(desk, self)
        self._connect()
        self._on_desk()

    def state(self) -> CounterState:
        """Return what the screen shows now; it is put together anew for every change."""
        card, facts = self.attached.card, self._desk.facts
        return picture(
            Scene(
                facts=facts,
                now_ms=self._desk.now_ms,
                at=self._at,
                finder=self.finder,
                draft=self.paying.draft,
                card=card,
                value=self.attached.value,
                preview=self.paying.preview(),
                choices=self.paying.choices(),
                newcomer=self.newcomer.stands_at(card),
                armed=self._armed,
                lendable=self._leasing.online() or facts.home.own_authority,
                can_save=self.newcomer.can_save,
                notice=self._notice,
                sold=self._till.sold_last,
                paper=self.reprinting.state(),
                goods=self.goods.offered,
            )
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def press(self, key: str) -> None:
        """Take a key of the pads or the keyboard."""
        if self._busy:
            return
        self._calm()
        if key == Key.MEMBER:
            self.find()
        elif self._at is Field.FINDER:
            self.finder.press(key)
        else:
            self.paying.press(key)

    def type_letter(self, letter: str) -> None:
        """Take a letter: it always means the finder."""
        if self.attached.card is None and not self._busy:
            self._at = Field.FINDER
            self.press(letter)

    def find(self) -> None:
        """Move the frame to the finder; an attached member makes room for another."""
        if self._busy:
            return
        self._detach()
        self._at = Field.FINDER
        self.finder.clear()

    def enter_amount(self) -> None:
        """Move the frame to the amount."""
        self._at = Field.AMOUNT
        self.redraw()

    def choose(self, place: int) -> None:
        """Attach one of the members found."""
        self.finder.choose(place)

    def scan(self, code: str) -> None:
        """Take a scan by what it says; one waits while a sale is being written."""
        if self._busy:
            self.scans.keep(code)
            return
        self._calm()
        self.proving.close()
        self.scans.take(code)

    def toggle_chip(self, place: int) -> None:
        """Use the points of a proposal, or use none again."""
        self._pay(lambda: self.paying.toggle_points(place))

    def toggle_coupon(self, code: str) -> None:
        """Use a coupon, or put it away."""
        self._pay(lambda: self.paying.toggle_coupon(code))

    def drop_code(self, code: str) -> None:
        """Put a promotion's code away."""
        self._pay(lambda: self.paying.drop_code(code))

    def take_code(self, text: str) -> None:
        """Take the code that was typed."""
        self._pay(lambda: self.paying.take_code(text))

    def use_value(self) -> None:
        """Pay with stored value or not; before an amount is typed, go where it is paid in."""
        member_id = self.attached.member_id
        if member_id is None or self._busy:
            return
        if self.paying.draft.minor and self.paying.value_in_reach:
            self._pay(self.paying.toggle_value)
        else:
            self.value_requested.emit(member_id)

    def confirm(self) -> None:
        """Record the sale, or ask for the second tap that a large or repeated one takes."""
        if self._busy:
            return
        if self._at is Field.FINDER and self.finder.typing.text and self.attached.card is None:
            self.finder.search()
            return
        preview = self.paying.preview()
        if preview is None:
            return
        why = caution(self.paying.draft, self._till.before, self._desk.now_ms)
        if why and not self._armed:
            self._armed = True
            self._say(ChipKind.WARN, why)
            return
        by = self.paying.draft.floor_by or self._desk.actor
        if self.proving.missing(preview, by):
            self.proving.begin(preview)
        else:
            self._till.sell(self.paying.draft, preview, Proof(by, online=self.proving.online))

    def undo(self) -> None:
        """Take the last sale back, for two minutes."""
        last = self._undo_clock.undoable()
        if last is not None and not self._busy:
            self._till.undo(last)

    def escape(self) -> None:
        """Take one step back: the notice, the typing, the member; never the program."""
        if self._busy:
            return
        if self._notice is not None:
            self._calm()
        elif self._at is Field.FINDER and self.finder.typing.text:
            self.finder.clear()
        elif self.paying.draft.begun:
            self.paying.press(Key.CLEAR)
        else:
            self.find()
        self.redraw()

    def act_on_notice(self, _place: int) -> None:
        """Take what stands in the amount's field as the phone that it is."""
        draft = self.paying.draft
        text = draft.amount.text
        if draft.is_phone(self._desk.facts.home.region):
            self.paying.press(Key.CLEAR)
            self.find()
            self.finder.put(FinderTyping(text))
            self.finder.search()

    def print_code(self) -> None:
        """Print the newcomer's code."""
        if (card := self.attached.card) is not None:
            self.reprinting.print_code(card.member_id)

    def enroll(self) -> None:
        """Make a member of whoever is being looked for."""
        typed = self.finder.typing
        self.enroll_requested.emit(typed.text if typed.digits else "")

    def take_phone(self, phone: str) -> None:
        """Look for a phone that the customer typed on his own screen."""
        if not self._busy:
            self._calm()
            self.finder.take_phone(phone)

    def attach(self, member_id: MemberId) -> None:
        """Attach a member who was found elsewhere, where his phone may have been typed."""
        self.finder.clear()
        self.finder.by_phone = True
        self.attached.attach(member_id)

    def welcome(self, member_id: MemberId) -> None:
        """Attach a member who has just been enrolled, and show his code until he buys."""
        self.newcomer.member_id = member_id
        self.attach(member_id)

    @property
    def _busy(self) -> bool:
        return self._till.busy or self.paying.borrowing

    def _pay(self, change: Callable[[], None]) -> None:
        """Let something else pay, unless a sale is being written."""
        if not self._busy:
            self._calm()
            change()

    def _detach(self) -> None:
        self.proving.close()
        self.attached.leave(spent=False)
        self.newcomer.member_id = None
        self.paying.lay(self.paying.draft.of_nobody())

    def _begin(self) -> None:
        """Make room for the next customer."""
        self._detach()
        self.paying.lay(Draft())
        self._calm()
        self._at = Field.FINDER
        self.finder.clear()

    def _calm(self) -> None:
        """Forget the notice and the first of two taps."""
        self._notice = None
        self._armed = False

    def _say(self, kind: ChipKind, text: str) -> None:
        self._notice = Notice(kind, text)
        self.redraw()

    def _free(self) -> None:
        """Be ready again, and take the scan that waited."""
        self.redraw()
        if waiting := self.scans.kept():
            self.scan(waiting)

    def _connect(self) -> None:
        self.finder.changed.connect(self.redraw)
        self.finder.found.connect(self.attached.attach)
        self.visitors.nobody.connect(self.enroll_requested)
        self.visitors.said.connect(self._on_said)
        self.scans.said.connect(self._on_said)
        self.newcomer.said.connect(self._on_said)
        self.goods.said.connect(self._on_said)
        self.goods.changed.connect(self.redraw)
        self.proving.changed.connect(self.redraw)
        self.proving.proved.connect(self._on_proved)
        self.paying.changed.connect(self.redraw)
        self.paying.said.connect(self._on_said)
        self.attached.came.connect(self._on_came)
        self.attached.changed.connect(self._on_figures)
        self.attached.not_active.connect(self._on_not_active)
        self._till.sold.connect(self._on_sold)
        self._till.undone.connect(self._on_undone)
        self._till.refused.connect(self._on_refused)
        self._till.failed.connect(self._on_failed)
        self._undo_clock.ticked.connect(self.redraw)
        self.reprinting.changed.connect(self.redraw)
        self.reprinting.said.connect(self._on_said)
        self._desk.changed.connect(self._on_desk)
        self._desk.staffed.connect(self._on_staff)

    def _on_sold(self, sold: Sold) -> None:
        card = self.attached.card
        self.attached.leave(spent=True)
        self._begin()
        self.recorded.emit(sold)
        if sold.raised_to and card is not None:
            self._notice = words.raised(card, sold.raised_to, self._desk.facts.program)
        self._free()

    def _on_proved(self, proof: str, by: Actor, asked: Preview) -> None:
        """Record the sale whose points were proved to be his; another one is to be asked anew."""
        if asked.same_sale(self.paying.preview()) and not self._busy:
            self._till.sell(self.paying.draft, asked, Proof(by, proof, self.proving.online))

    def _on_undone(self, text: str) -> None:
        self._notice = Notice(ChipKind.OK, text)
        self._free()

    def _on_refused(self, refusal: Refusal) -> None:
        self._calm()
        self._notice = Notice(ChipKind.ERROR, refusal_text(refusal))
        self._free()

    def _on_failed(self) -> None:
        self._armed = False
        self._free()

    def _on_came(self) -> None:
        draft, member_id = self.paying.draft.of_nobody(), self.attached.member_id
        self.paying.lay(replace(draft, member_id=member_id))
        if self.newcomer.member_id != self.attached.member_id:
            self.newcomer.member_id = None
        self._at = Field.AMOUNT
        self.finder.clear()

    def _on_figures(self) -> None:
        self.paying.drop_refused_points()
        self.paying.on_member()
        self.redraw()

    def _on_said(self, notice: Notice | None) -> None:
        """Show what the payment has to say; nothing takes back what was said before."""
        if notice is None:
            self._calm()
        else:
            self._notice = notice
        self.redraw()

    def _on_not_active(self, state: str) -> None:
        self._say(ChipKind.WARN, words.not_active(state))

    def _on_desk(self) -> None:
        self.finder.region = self._desk.facts.home.region
        self.redraw()

    def _on_staff(self) -> None:
        """Park the draft of whoever left, and lay out the one of whoever came."""
        staff = self._desk.staff
        if staff is None or staff.staff_id == self._parked.owner:
            return
        draft = self._parked.change(staff.staff_id, self.paying.draft)
        self._begin()
        self.paying.lay(draft.of_nobody())
        if draft.member_id is not None:
            self.attached.attach(draft.member_id)
        self.reprinting.say_again()
        self.redraw()
