"""Cash put into the drawer or taken out of it, and the drawer opened without a sale.

First it is recorded, with a reason, then the drawer opens; a drawer that does not open takes
nothing back.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import OperationId
from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.queries.shift_summary import ShiftSummary, last_shift
from db.services.drawer import CashMoved, DrawerOpened, MoveCash, OpenDrawer, move_cash, open_drawer
from db.services.shifts import NoOpenShift
from db.storage.unit_of_work import UnitOfWork
from desktop.devices.receipt_printer import PrintEnd
from desktop.runtime.desk import Desk
from desktop.runtime.printing import Printing
from desktop.runtime.runner import Series
from desktop.screens.shift import cash_words as words
from desktop.screens.shift.blind import sees_expected
from desktop.screens.shift.state import CashState, Confirm, Move
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.choice_grid import Choice
from desktop.wording.refusals import refusal_text
from desktop.wording.typing import AmountTyping


class CashViewModel(QObject):
    """The page of the drawer.

    Signals:
        changed: the state to draw.
        left: the cashier went back to the shift.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(
        self, desk: Desk, *, printing: Printing | None = None, parent: QObject | None = None
    ) -> None:
        """Start with nothing chosen."""
        super().__init__(parent)
        self._desk = desk
        self._printing = printing
        self._move = Move.IN
        self._amount = AmountTyping()
        self._reason = -1
        self._shift: ShiftSummary | None = None
        self._blind = False
        self._armed = False
        self._busy = False
        self._notice: Notice | None = None
        self._asked = Series()
        if printing is not None:
            printing.kicked.connect(self._on_kicked)
        desk.staffed.connect(self._forget)

    def begin(self, *, kept_blind: bool) -> None:
        """Put in, nothing typed yet; `kept_blind` is whether cashiers count blind here."""
        self._blind = kept_blind
        self._move, self._shift = Move.IN, None
        self._forget()
        self._look()

    def state(self) -> CashState:
        """Return what the page shows now."""
        return CashState(
            move=self._move,
            amount=words.entry(self._amount, self._move),
            reasons=tuple(
                Choice(text, place == self._reason)
                for place, text in enumerate(words.reasons(self._move))
            ),
            facts=words.facts(self._shift, blind=self._hides()),
            confirm=self._confirm(),
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def turn(self, place: int) -> None:
        """Put in, take out, or only open."""
        if not self._busy:
            self._move = Move(place)
            self._forget()

    def press(self, key: str) -> None:
        """Take a key of the amount."""
        if not self._busy and self._move is not Move.OPEN:
            self._calm()
            self._amount = self._amount.press(key)
            self.redraw()

    def choose_reason(self, place: int) -> None:
        """Say why."""
        if not self._busy:
            self._calm()
            self._reason = place
            self.redraw()

    def confirm(self) -> None:
        """Record it and open the drawer; more than lies there takes a second tap."""
        if self._busy or not self._confirm().usable:
            return
        if self._too_much() and not self._armed:
            self._armed = True
            self._notice = Notice(ChipKind.WARN, words.too_much())
            self.redraw()
        elif self._move is Move.OPEN:
            command = OpenDrawer(op=self._op(), by=self._desk.actor, reason=self._why())
            self._submit(partial(open_drawer, command=command))
        else:
            sign = 1 if self._move is Move.IN else -1
            move = MoveCash(
                op=self._op(),
                by=self._desk.actor,
                amount=sign * self._amount.minor,
                reason=self._why(),
            )
            self._submit(partial(move_cash, command=move))

    def leave(self) -> None:
        """Go back."""
        if not self._busy:
            self.left.emit()

    def _op(self) -> OperationId:
        return OperationId(self._desk.new_id())

    def _why(self) -> str:
        return words.reasons(self._move)[self._reason]

    def _submit(self, service: Callable[[UnitOfWork], CashMoved | DrawerOpened]) -> None:
        self._busy = True
        self._desk.runner.submit(
            service, done=self._on_done, refused=self._on_refused, failed=self._on_failed
        )

    def _confirm(self) -> Confirm:
        if self._move is not Move.OPEN:
            if self._desk.facts.status.open_shift is None:
                return Confirm(words.no_shift())
            if self._amount.too_large:
                return Confirm(self.tr("请核对金额"))
            if not self._amount.minor:
                return Confirm(self.tr("请输入金额"))
        if self._reason < 0:
            return Confirm(self.tr("请选原因"))
        text = words.promise(self._move, self._amount.minor, armed=self._armed)
        return Confirm(text, usable=True, caution=self._armed)

    def _hides(self) -> bool:
        """Say whether whoever stands here now is not told what lies in the drawer."""
        staff = self._desk.staff
        return self._blind and not (staff is not None and sees_expected(staff.role))

    def _too_much(self) -> bool:
        """Say whether more is taken out than should lie there; a blind drawer is not compared."""
        shift = self._shift
        if self._move is not Move.OUT or self._hides() or shift is None:
            return False
        return self._amount.minor > shift.expected

    def _look(self) -> None:
        counter_id = self._desk.facts.home.counter_id
        self._desk.runner.read(
            lambda reader: last_shift(reader, counter_id), done=self._on_shift, series=self._asked
        )

    def _on_shift(self, shift: ShiftSummary | None) -> None:
        self._shift = None if shift is None or shift.closed_at is not None else shift
        self.redraw()

    def _calm(self) -> None:
        self._notice, self._armed = None, False

    def _forget(self) -> None:
        """Begin with an empty amount and no reason."""
        self._amount, self._reason = AmountTyping(), -1
        self._calm()
        self.redraw()

    def _on_done(self, done: CashMoved | DrawerOpened) -> None:
        self._busy = False
        amount = done.amount if isinstance(done, CashMoved) else 0
        self._forget()
        self._notice = Notice(ChipKind.OK, words.done(amount))
        if self._printing is not None:
            self._printing.kick_drawer()
        self._look()
        self.redraw()

    def _on_kicked(self, end: PrintEnd) -> None:
        if end is not PrintEnd.SENT:
            self._notice = Notice(ChipKind.WARN, words.not_opened())
            self.redraw()

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._calm()
        text = words.no_shift() if isinstance(refusal, NoOpenShift) else refusal_text(refusal)
        self._notice = Notice(ChipKind.ERROR, text)
        self.redraw()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self.redraw()
