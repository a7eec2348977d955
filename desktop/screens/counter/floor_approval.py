"""Going beyond the lease while head office does not answer: a second person's PIN, for one sale.

It never makes points: the floor of the program is what may be used at all (DECISIONS 1). A PIN
answers for what was asked when it was typed; one that comes after the sheet went is dropped.
"""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.domain.staff import Actor, Permission
from desktop.runtime.approval import Approval
from desktop.runtime.desk import Desk, Person
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.choice_grid import Choice, ChoiceGrid
from desktop.widgets.component import Component
from desktop.widgets.pin_pad import PinPad
from desktop.widgets.text import Text
from desktop.wording.figures import points_text

PEOPLE_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class FloorAsked:
    """What the sheet shows; `points` are those beyond the lease."""

    title: str
    prompt: str
    approvers: tuple[Choice, ...] = ()
    asks_pin: bool = False


class FloorApproval(QObject):
    """Asks somebody to approve points beyond the lease.

    Signals:
        asked: the sheet to lay over the screen; None when it is to go.
        approved: who acts with whose approval; the points are used now.
        pin_refused: the sentence under the dots; what was typed is to be forgotten.
    """

    asked = Signal(object)
    approved = Signal(object)
    pin_refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Ask nobody yet."""
        super().__init__(parent)
        self._approval = Approval(desk, Permission.FLOOR, self)
        self._approver: Person | None = None
        self._points = 0
        self._asked: object | None = None
        """What is open now; another asking is another object."""
        desk.staffed.connect(self.dismiss)

    def begin(self, points: int) -> None:
        """Ask for so many points beyond what this counter may redeem by itself."""
        people = self._approval.people
        self._points, self._asked = points, object()
        self._approver = people[0] if len(people) == 1 else None
        self.pin_refused.emit("")
        self.asked.emit(self.state())

    def dismiss(self) -> None:
        """Ask no more; nobody approved."""
        if self._asked is not None:
            self._asked = None
            self.asked.emit(None)

    def state(self) -> FloorAsked:
        """Return what the sheet shows."""
        people = self._approval.people
        if not people:
            prompt = self.tr("本店没有可以授权的人")
        elif self._approver is None:
            prompt = self.tr("请谁授权？")
        else:
            prompt = self.tr("请{name}输入 PIN，同意多用 {points} 分").format(
                name=self._approver.name, points=points_text(self._points)
            )
        return FloorAsked(
            title=self.tr("离线额度外用积分"),
            prompt=prompt,
            approvers=()
            if self._approver is not None
            else tuple(Choice(person.name, on=False) for person in people),
            asks_pin=self._approver is not None,
        )

    def choose(self, place: int) -> None:
        """Say who puts his PIN in."""
        self._approver = self._approval.people[place]
        self.pin_refused.emit("")
        self.asked.emit(self.state())

    def enter_pin(self, pin: str) -> None:
        """Approve with the PIN of whoever was chosen."""
        if self._approver is not None and self._asked is not None:
            self._approval.ask(
                self._approver,
                pin,
                approved=partial(self._on_approved, self._asked),
                refused=partial(self._on_refused, self._asked),
            )

    def _on_approved(self, asked: object, actor: Actor) -> None:
        if self._asked is asked:
            self._asked = None
            self.approved.emit(actor)
            self.asked.emit(None)
        else:
            self.pin_refused.emit("")  # a PIN typed meanwhile was not looked at: type it again

    def _on_refused(self, asked: object, why: str) -> None:
        self.pin_refused.emit(why if self._asked is asked else "")


class FloorPage(Component):
    """What the sheet holds: the prompt, who may approve, the PIN."""

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        """Build it empty; the people to choose from are called by the name."""
        super().__init__(look, parent)
        self._prompt = Text(role=Role.BODY, wrap=True)
        self.approvers = ChoiceGrid(look, name=f"{name}Approver", columns=PEOPLE_IN_A_ROW)
        self.pin = PinPad(look)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(GAP))
        rows.addWidget(self._prompt)
        rows.addWidget(self.approvers)
        rows.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignHCenter)

    def draw(self, asked: FloorAsked) -> None:
        """Show a state."""
        self._prompt.setText(asked.prompt)
        self.approvers.draw(asked.approvers)
        self.approvers.setVisible(bool(asked.approvers))
        self.pin.setVisible(asked.asks_pin)
        if asked.asks_pin:
            self.pin.setFocus()
