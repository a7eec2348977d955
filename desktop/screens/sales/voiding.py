"""Voiding a sale: a reason first, and where the role needs one, a second person's PIN."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import OperationId
from db.domain.money import amount_shown
from db.domain.refusals import Refusal
from db.domain.staff import Actor, Leave, Permission
from db.domain.trouble import Trouble
from db.queries.sale_list import SaleListRow
from db.services.reversals import SaleReversed, VoidSale, void_sale
from desktop.runtime.approval import Approval
from desktop.runtime.desk import Desk, Person
from desktop.screens.sales import words
from desktop.screens.sales.state import Act, VoidState
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.choice_grid import Choice
from desktop.wording.refusals import refusal_text


class VoidViewModel(QObject):
    """The panel that voids.

    Signals:
        changed: the state to draw.
        voided: the sale counts no more; what to say.
        pin_refused: the sentence under the dots; what was typed is to be forgotten.
    """

    changed = Signal(object)
    voided = Signal(str)
    pin_refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start with no sale."""
        super().__init__(parent)
        self._desk = desk
        self._approval = Approval(desk, Permission.VOID, self)
        self._sale: SaleListRow | None = None
        self._reason = -1
        self._approver: Person | None = None
        self._notice: Notice | None = None
        self._busy = False

    def begin(self, sale: SaleListRow) -> None:
        """Ask why this sale is to be voided."""
        people = self._approval.people
        self._sale, self._reason, self._notice = sale, -1, None
        self._approver = people[0] if len(people) == 1 else None
        self.pin_refused.emit("")
        self.redraw()

    def state(self) -> VoidState | None:
        """Return what the panel shows now; nothing while there is no sale."""
        sale = self._sale
        if sale is None:
            return None
        alone = self._approval.leave is Leave.ALLOWED
        asks_pin = not alone and self._reason >= 0 and self._approver is not None
        return VoidState(
            title=self.tr("作废 {amount}").format(amount=amount_shown(sale.due)),
            reasons=tuple(
                Choice(text, place == self._reason)
                for place, text in enumerate(words.void_reasons())
            ),
            prompt="" if alone else self._prompt(),
            approvers=() if alone or asks_pin or self._reason < 0 else self._people(),
            asks_pin=asks_pin,
            confirm=self._confirm(sale) if alone else None,
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        if (state := self.state()) is not None:
            self.changed.emit(state)

    def choose_reason(self, place: int) -> None:
        """Say why."""
        self._reason, self._notice = place, None
        self.redraw()

    def choose_approver(self, place: int) -> None:
        """Say who puts his PIN in."""
        self._approver, self._notice = self._approval.people[place], None
        self.pin_refused.emit("")
        self.redraw()

    def enter_pin(self, pin: str) -> None:
        """Void with the approval of whoever the PIN is."""
        if self._busy or self._approver is None or self._sale is None or self._reason < 0:
            return
        self._busy = True
        self._approval.ask(self._approver, pin, approved=self._void, refused=self._on_pin_refused)

    def confirm(self) -> None:
        """Void alone, where the role may."""
        sale = self._sale
        if not self._busy and sale is not None and self._confirm(sale).usable:
            self._busy = True
            self._void(self._desk.actor)

    def _void(self, actor: Actor) -> None:
        assert self._sale is not None, "something is voided"
        command = VoidSale(
            op=OperationId(self._desk.new_id()),
            sale_id=self._sale.sale_id,
            by=actor,
            reason=words.void_reasons()[self._reason],
        )
        self._desk.runner.submit(
            partial(void_sale, command=command),
            done=self._on_voided,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def _confirm(self, sale: SaleListRow) -> Act:
        if self._reason < 0:
            return Act(self.tr("请先选原因"))
        amount = amount_shown(sale.due - sale.returned)
        return Act(self.tr("作废，退还 {amount}").format(amount=amount), usable=True)

    def _prompt(self) -> str:
        if self._reason < 0:
            return self.tr("先选原因，再请一位有权限的人授权")
        if not self._approval.people:
            return self.tr("本店没有可以授权的人")
        if self._approver is None:
            return self.tr("请谁授权？")
        return self.tr("请{name}输入 PIN，同意作废").format(name=self._approver.name)

    def _people(self) -> tuple[Choice, ...]:
        return tuple(Choice(person.name, on=False) for person in self._approval.people)

    def _on_pin_refused(self, text: str) -> None:
        self._busy = False
        self.pin_refused.emit(text)

    def _on_voided(self, gone: SaleReversed) -> None:
        self._busy = False
        self._sale = None
        self.voided.emit(
            self.tr("已作废 {amount}，收回 {points} 分").format(
                amount=amount_shown(gone.due), points=gone.earned
            )
        )

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._notice = Notice(ChipKind.ERROR, refusal_text(refusal))
        self.pin_refused.emit("")
        self.redraw()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self.pin_refused.emit("")
        self.redraw()
