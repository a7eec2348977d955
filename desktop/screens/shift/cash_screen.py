"""The drawer's page: which way, how much and why at the left, keypad and confirm at the right."""

from PySide6.QtWidgets import QWidget

from desktop.screens.shift import cash_words as words
from desktop.screens.shift.cash import CashViewModel
from desktop.screens.shift.page import KeypadPage
from desktop.screens.shift.state import CashState
from desktop.theme.look import Look
from desktop.widgets.amount_field import AmountField
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.choice_grid import Choice, ChoiceGrid

REASON_COLUMNS = 3


class CashScreen(KeypadPage):
    """Put cash in, take it out, or open the drawer."""

    def __init__(
        self, look: Look, view_model: CashViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, name="Cash", parent=parent)
        self._view_model = view_model
        self.confirm.setObjectName("moveCash")
        self.ways = ChoiceGrid(look, name="cashWay", columns=len(words.moves()))
        self.amount = AmountField(look)
        self.amount.setObjectName("cashAmount")
        self.reasons = ChoiceGrid(look, name="cashReason", columns=REASON_COLUMNS)
        self.facts = BenefitList(look)
        self.facts.setObjectName("cashFacts")
        for part in (self.ways, self.amount, self.reasons, self.facts):
            self.left.addWidget(part)
        self.left.addStretch(1)
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: CashState) -> None:
        """Show a state."""
        ways = enumerate(words.moves())
        self.ways.draw(tuple(Choice(text, place == state.move.value) for place, text in ways))
        self.amount.setVisible(state.amount is not None)
        if state.amount is not None:
            self.amount.show_entry(state.amount)
        self.reasons.draw(state.reasons)
        self.facts.show_rows(state.facts)
        self.facts.setVisible(bool(state.facts))
        self.draw_confirm(state.confirm)
        self.notice.show_notice(state.notice)

    def retranslate(self) -> None:
        """Name the page and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("存取现金"))
        self.title.setText(self.tr("存取现金"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回班次（Esc）"))
        self.after.setText(self.tr("先记下，再开钱箱；交班时算进应有现金"))
        self._view_model.redraw()

    def _connect(self, view_model: CashViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.key.connect(view_model.press)
        self.escaped.connect(view_model.leave)
        self.ways.chosen.connect(view_model.turn)
        self.reasons.chosen.connect(view_model.choose_reason)
        self.confirm.clicked.connect(view_model.confirm)
