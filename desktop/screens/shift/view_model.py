"""Closing the shift: what the drawer should hold, what was counted, one button that says both.

The drawer must be counted; the till's Z total may be left out. What waits for head office is told
and never blocks.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import OperationId, StaffId
from db.domain.refusals import Refusal
from db.domain.shifts import may_close
from db.domain.trouble import Trouble
from db.queries.shift_summary import last_shift, shift_tenders
from db.services.shifts import CloseShift, NotYourShift, ShiftClosed, close_shift
from db.storage.database import Reader
from desktop.runtime.desk import Desk
from desktop.runtime.runner import Series
from desktop.screens.shift import words
from desktop.screens.shift.state import Confirm, Field, ShiftState
from desktop.screens.shift.words import OpenShift
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.wording.refusals import refusal_text
from desktop.wording.typing import AmountTyping

FAR_OFF_MINOR = 10_000
"""From ¥100.00 too much or too little, closing takes a second tap: it cannot be undone."""


class ShiftViewModel(QObject):
    """The shift's screen.

    Signals:
        changed: the state to draw.
        closed: the shift is closed; carries what the service said.
        left: the cashier went back, the shift is still open.
    """

    changed = Signal(object)
    closed = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start with nothing looked at and nothing counted."""
        super().__init__(parent)
        self._desk = desk
        self._shift: OpenShift | None = None
        self._known = False
        self._typed = {field: AmountTyping() for field in Field}
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
        self._at = Field.COUNTED
        self._calm()
        counter_id = self._desk.facts.home.counter_id

        def look(reader: Reader) -> OpenShift | None:
            summary = last_shift(reader, counter_id)
            if summary is None or summary.closed_at is not None:
                return None
            return OpenShift(summary, shift_tenders(reader, summary.shift_id))

        self._desk.runner.read(look, done=self._on_shift, series=self._asked)
        self.redraw()

    def state(self) -> ShiftState:
        """Return what the screen shows now."""
        shift, desk = self._shift, self._desk
        return ShiftState(
            line="" if shift is None else words.opening(shift, desk.facts, desk.now_ms),
            facts=() if shift is None else words.fact_rows(shift),
            counted=words.counted_entry(
                self._typed[Field.COUNTED], shift, active=self._at is Field.COUNTED
            ),
            till=words.till_entry(self._typed[Field.TILL], shift, active=self._at is Field.TILL),
            confirm=self._confirm(),
            notice=self._notice or self._standing_notice(),
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def choose(self, field: Field) -> None:
        """Let the digits go to the counted cash or to the till's total."""
        self._at = field
        self.redraw()

    def press(self, key: str) -> None:
        """Take a key for the field whose turn it is."""
        if self._busy:
            return
        self._calm()
        self._typed[self._at] = self._typed[self._at].press(key)
        self.redraw()

    def confirm(self) -> None:
        """Close the shift with what was counted; far off, the first tap only asks."""
        if self._busy or not self._confirm().usable:
            return
        difference = self._difference()
        if abs(difference) >= FAR_OFF_MINOR and not self._armed:
            self._armed = True
            self._notice = Notice(ChipKind.WARN, words.far_off(difference))
            self.redraw()
            return
        self._busy = True
        self._desk.runner.submit(
            partial(close_shift, command=self._command()),
            done=self._on_closed,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def leave(self) -> None:
        """Go back; the shift stays open."""
        if not self._busy:
            self.left.emit()

    def _command(self) -> CloseShift:
        till = self._typed[Field.TILL]
        return CloseShift(
            op=OperationId(self._desk.new_id()),
            by=self._desk.actor,
            counted=self._typed[Field.COUNTED].minor,
            till_total=till.minor if till.text else None,
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
        return words.closing(self._difference(), armed=self._armed)

    def _mine(self) -> bool:
        assert self._shift is not None, "there is a shift to close"
        staff = self._desk.staff
        return staff is not None and may_close(staff.actor, self._shift.summary.opener_id)

    def _standing_notice(self) -> Notice | None:
        """Return what is to be known whatever is typed."""
        if self._shift is None:
            return None
        if not self._mine():
            return Notice(ChipKind.WARN, words.not_yours(self._shift.summary.opened_by))
        if waiting := self._desk.facts.status.waiting:
            return Notice(ChipKind.NEUTRAL, self.tr("%n 笔待上传，不影响交班", "", waiting))
        return None

    def _calm(self) -> None:
        """Forget the notice and the first of two taps."""
        self._notice, self._armed = None, False

    def _on_staff(self) -> None:
        """Count anew when another person stands here: the drawer is his now."""
        staff = self._desk.staff
        if staff is not None and self._by is not None and staff.staff_id != self._by:
            self.begin()

    def _on_shift(self, shift: OpenShift | None) -> None:
        self._shift, self._known = shift, True
        self.redraw()

    def _on_closed(self, closed: ShiftClosed) -> None:
        self._busy = False
        self._by, self._shift = None, None
        self.closed.emit(closed)

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._calm()
        text = refusal_text(refusal)
        if isinstance(refusal, NotYourShift) and self._shift is not None:
            text = words.not_yours(self._shift.summary.opened_by)
        self._notice = Notice(ChipKind.ERROR, text)
        self.redraw()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self.redraw()
