"""Before many points are spent: the member proves that they are his, or somebody answers for it.

He types the four digits of his phone that the counter hides, which count only where the cashier
has not seen the whole number (DECISIONS 25). Three wrong tries, and only a second person helps,
however often the cashier asks anew: a member's tries come back when a sale of his stands. A proof
is for the one sale that was confirmed; an answer that comes for another is dropped.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import MemberId
from db.domain.lookup.phone_masks import mask_phone
from db.domain.money import amount_shown
from db.domain.staff import Actor, Permission
from db.domain.verification import MIDDLE_FOUR, TRIES_MAX, proof_from, proof_missing, proves
from db.services.sales import Sold
from desktop.runtime.approval import Approval
from desktop.runtime.desk import Desk, Person
from desktop.runtime.leasing import Leasing
from desktop.screens.counter.attached import Attached
from desktop.screens.counter.bill import Preview
from desktop.screens.counter.finder import Finder
from desktop.screens.counter.floor_approval import FloorAsked
from desktop.widgets.choice_grid import Choice


class Proving(QObject):
    """Asks for the proof of one sale.

    Signals:
        changed: the customer is asked, or not any more.
        asked: the sheet to lay over the cashier's screen; None when it is to go.
        proved: a sale is good: the proof's name (empty for an approval), who acts, and the
            preview that was asked about.
        pin_refused: the sentence under the dots.
    """

    changed = Signal()
    asked = Signal(object)
    proved = Signal(str, object, object)
    pin_refused = Signal(str)

    def __init__(
        self, desk: Desk, *, leasing: Leasing, attached: Attached, finder: Finder, parent: QObject
    ) -> None:
        """Ask nobody yet."""
        super().__init__(parent)
        self._desk = desk
        self._leasing = leasing
        self._attached = attached
        self._finder = finder
        self._approval = Approval(desk, Permission.FLOOR, self)
        self._approver: Person | None = None
        self._preview: Preview | None = None
        self._customer_there = False
        self._tries: dict[MemberId, int] = {}
        self._declined = False
        self.customer_says = ""
        desk.staffed.connect(self.close)
        attached.came.connect(self.close)
        desk.runner.committed.connect(self._on_committed)

    @property
    def online(self) -> bool:
        """Say which of the program's two limits holds."""
        return self._leasing.online() or self._desk.facts.home.own_authority

    @property
    def masked(self) -> str:
        """Return the phone as both screens show it."""
        card = self._attached.card
        return "" if card is None else mask_phone(card.phone or "")

    @property
    def asks_customer(self) -> bool:
        """Say whether the customer is being asked for his four digits."""
        card = self._attached.card
        return (
            self._preview is not None
            and self._customer_there
            and card is not None
            and bool(card.phone)
            and not self._finder.by_phone
            and not self._given_up
        )

    def seat_customer(self, there: bool) -> None:  # noqa: FBT001  a screen is there or not
        """Hear whether the customer has a screen; one that goes leaves the second person."""
        self._customer_there = there
        self._draw()

    def missing(self, preview: Preview, by: Actor) -> bool:
        """Say whether a sale has to be proved before it is recorded."""
        return proof_missing(
            self._desk.facts.program, preview.result.redeemed_value, online=self.online, by=by
        )

    def begin(self, preview: Preview) -> None:
        """Ask for the proof of a sale."""
        self._preview, self._approver = preview, None
        self._declined = False
        self.customer_says = self._left_words()
        self._draw()

    def close(self) -> None:
        """Ask no more; nothing was recorded."""
        if self._preview is not None:
            self._preview = None
            self.asked.emit(None)
            self.changed.emit()

    def customer_types(self, digits: str) -> None:
        """Take the four digits that the customer typed on his own screen."""
        card = self._attached.card
        if not self.asks_customer or card is None:
            return
        if proves(card.phone or "", digits):
            self._prove(MIDDLE_FOUR, self._desk.actor)
            return
        self._tries[card.member_id] = self._tries.get(card.member_id, 0) + 1
        self.customer_says = self._left_words()
        self._draw()

    def customer_declines(self) -> None:
        """Leave it to a second person."""
        self._declined = True
        self._draw()

    def choose(self, place: int) -> None:
        """Say who puts his PIN in."""
        self._approver = self._approval.people[place]
        self._draw()

    def enter_pin(self, pin: str) -> None:
        """Let whoever was chosen answer for the sale that he sees."""
        if self._approver is not None and self._preview is not None:
            self._approval.ask(
                self._approver,
                pin,
                approved=partial(self._on_approved, self._preview),
                refused=partial(self._on_pin_refused, self._preview),
            )

    def sheet(self) -> FloorAsked | None:
        """Return the sheet over the cashier's screen; nothing while nobody is asked."""
        if self._preview is None:
            return None
        people = self._approval.people
        approver = self._approver
        return FloorAsked(
            title=self.tr("核验会员本人"),
            prompt=self._prompt(people),
            approvers=()
            if approver is not None
            else tuple(Choice(person.name, on=False) for person in people),
            asks_pin=approver is not None,
        )

    def _prompt(self, people: tuple[Person, ...]) -> str:
        if self._approver is not None:
            words = self.tr("请{name}输入 PIN，同意这一笔用积分")
            return words.format(name=self._approver.name)
        limit = proof_from(self._desk.facts.program, online=self.online) or 0
        why = self.tr("抵扣满 {amount} 要核验。").format(amount=amount_shown(limit))
        return why + self._ways(people)

    def _ways(self, people: tuple[Person, ...]) -> str:
        """Return what can be done now."""
        if self.asks_customer:
            return self.tr("请顾客在顾客屏输入手机号中间四位，或请谁授权？")
        if self._given_up:
            return self.tr("顾客屏没有核验成，请谁授权？")
        if self._finder.by_phone:
            return self.tr("号码是您输入的，中间四位不算核验，请谁授权？")
        return self.tr("请谁授权？") if people else self.tr("本店没有可以授权的人")

    @property
    def _given_up(self) -> bool:
        """Say whether he does not type any more: he would not, or was wrong too often."""
        return self._declined or self._missed >= TRIES_MAX

    @property
    def _missed(self) -> int:
        """Return how often whoever stands here was wrong since his last sale."""
        member_id = self._attached.member_id
        return 0 if member_id is None else self._tries.get(member_id, 0)

    def _left_words(self) -> str:
        left = TRIES_MAX - self._missed
        if left in {0, TRIES_MAX}:
            return ""
        return self.tr("不对，还可试 {left} 次").format(left=left)

    def _on_approved(self, asked: Preview, by: Actor) -> None:
        if self._preview is asked:
            self._prove("", by)
        else:
            self.pin_refused.emit("")  # a PIN typed meanwhile was not looked at: type it again

    def _on_pin_refused(self, asked: Preview, why: str) -> None:
        self.pin_refused.emit(why if self._preview is asked else "")

    def _on_committed(self, outcome: object) -> None:
        if isinstance(outcome, Sold) and outcome.member_id is not None:
            self._tries.pop(outcome.member_id, None)

    def _prove(self, proof: str, by: Actor) -> None:
        preview = self._preview
        if preview is None:
            return
        self.close()
        self.proved.emit(proof, by, preview)

    def _draw(self) -> None:
        if self._preview is not None:
            self.asked.emit(self.sheet())
        self.changed.emit()
