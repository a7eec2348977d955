"""The left column of stored value: amount, amounts to tap, how and why, what is held."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.screens.value.state import ValueState
from desktop.theme.look import Look
from desktop.theme.tokens import GAP
from desktop.widgets.amount_field import AmountField
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.choice_grid import ChoiceGrid
from desktop.widgets.component import Component

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
