"""A second person approves on the same screen: what, who, and the pad for his PIN."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.choice_grid import Choice, ChoiceGrid
from desktop.widgets.component import Component
from desktop.widgets.pin_pad import PinPad
from desktop.widgets.text import Text


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """What a second person is asked to approve; without a prompt for a PIN, who it is."""

    what: str
    prompt: str
    people: tuple[Choice, ...] = ()
    asks_pin: bool = False


class ApprovalPage(Component):
    """What is to be approved, by whom, and the pad for his PIN.

    Signals:
        person: which of the people, from 0.
        pin: six digits.
    """

    person = Signal(int)
    pin = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self._what = Text(role=Role.STRONG, wrap=True)
        self._prompt = Text(role=Role.BODY, tone="muted", wrap=True)
        self.people = ChoiceGrid(look, name="approver", columns=2)
        self.pad = PinPad(look)
        self.pad.setObjectName("approvalPin")
        self._rows = QVBoxLayout(self)
        for part in (self._what, self._prompt, self.people):
            self._rows.addWidget(part)
        self._rows.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignHCenter)
        self.people.chosen.connect(self.person)
        self.pad.entered.connect(self.pin)
        self.restyle()

    def draw(self, state: ApprovalState) -> None:
        """Show what is asked."""
        self._what.setText(state.what)
        self._prompt.setText(state.prompt)
        self.people.draw(state.people)
        self.people.setVisible(bool(state.people))
        self.pad.setVisible(state.asks_pin)
        if state.asks_pin:
            self.pad.setFocus()

    def restyle(self) -> None:
        """Space the rows by the scale."""
        self._rows.setSpacing(self.look.px(12))
