"""The left column of stored value, and the sheet on which a second person approves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.screens.value.state import ApprovalState, ValueState
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.amount_field import AmountField
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.choice_grid import ChoiceGrid
from desktop.widgets.component import Component
from desktop.widgets.pin_pad import PinPad
from desktop.widgets.text import Text

STEP_COLUMNS, TENDER_COLUMNS, REASON_COLUMNS = 3, 5, 3


class ValueColumn(Component):
    """The amount, the amounts to tap, how it is paid, why, and what the member holds."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self.amount = AmountField(look)
        self.amount.setObjectName("valueAmount")
        self.steps = ChoiceGrid(look, name="valueStep", columns=STEP_COLUMNS)
        self.tenders = ChoiceGrid(look, name="valueTender", columns=TENDER_COLUMNS)
        self.reasons = ChoiceGrid(look, name="valueReason", columns=REASON_COLUMNS)
        self.facts = BenefitList(look)
        self.facts.setObjectName("valueFacts")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for part in (self.amount, self.steps, self.reasons, self.tenders, self.facts):
            self._rows.addWidget(part)
        self._rows.addStretch(1)
        self.restyle()

    def draw(self, state: ValueState) -> None:
        """Show a state."""
        self.amount.show_entry(state.amount)
        for grid, choices in (
            (self.steps, state.steps),
            (self.reasons, state.reasons),
            (self.tenders, state.tenders),
        ):
            grid.draw(choices)
            grid.setVisible(bool(choices))
        self.facts.show_rows(state.facts)
        self.facts.setVisible(bool(state.facts))

    def restyle(self) -> None:
        """Space the rows by the scale."""
        self._rows.setSpacing(self.look.px(GAP))


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
