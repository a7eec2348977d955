"""The page that closes: two amounts, figures or notes at the left, keypad and confirm at the right.

Over it, on a sheet, a second person approves a drawer that is far off.
"""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.screens.shift.page import KeypadPage
from desktop.screens.shift.state import Field, NoteRow, ShiftState
from desktop.screens.shift.view_model import ShiftViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP
from desktop.widgets.amount_field import AmountField
from desktop.widgets.approval_page import ApprovalPage
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.choice_grid import Choice, ChoiceGrid
from desktop.widgets.sheet import Sheet
from desktop.widgets.touch_button import Kind, TouchButton

SHEET_WIDTH = 480
NOTE_COLUMNS = 2


class ShiftScreen(KeypadPage):
    """Count the drawer, see the difference, close."""

    def __init__(
        self, look: Look, view_model: ShiftViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, name="Shift", parent=parent)
        self._view_model = view_model
        self.confirm.setObjectName("closeShift")
        self.facts = BenefitList(look)
        self.facts.setObjectName("shiftFacts")
        self.counted = AmountField(look)
        self.counted.setObjectName("countedCash")
        self.till = AmountField(look)
        self.till.setObjectName("tillTotal")
        self.notes = ChoiceGrid(look, name="note", columns=NOTE_COLUMNS)
        self.by_notes = self._button("countNotes")
        self.cash = self._button("openCash")
        self.so_far = self._button("printSoFar")
        self.blind = self._button("blindCount")
        for part in (self.counted, self.till, self.notes, self.facts):
            self.left.addWidget(part)
        self.left.addStretch(1)
        self._acts = QHBoxLayout()
        for button in (self.by_notes, self.cash, self.so_far, self.blind):
            self._acts.addWidget(button)
        self._acts.addStretch(1)
        self.left.addLayout(self._acts)
        self._sheet = Sheet(look, self, width=SHEET_WIDTH)
        self._sheet.setObjectName("shiftApproval")
        self._page = ApprovalPage(look)
        self._sheet.set_content("", self._page)
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: ShiftState) -> None:
        """Show a state."""
        self.line.setText(state.line)
        self.facts.show_rows(state.facts)
        self.facts.setVisible(bool(state.facts))
        self.counted.show_entry(state.counted)
        self.till.show_entry(state.till)
        self.notes.draw(tuple(Choice(_words(row), row.active) for row in state.notes))
        self.notes.setVisible(bool(state.notes))
        self.draw_confirm(state.confirm)
        self.notice.show_notice(state.notice)
        self._draw_acts(state)
        self._draw_approval(state)

    def retranslate(self) -> None:
        """Name the screen and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("交班"))
        self.title.setText(self.tr("交班"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回，不交班（Esc）"))
        self.after.setText(self.tr("交班后锁屏，下一位登录时开新班次"))
        self.cash.set_caption(self.tr("存取现金"))
        self.so_far.set_caption(self.tr("打印小结"), name=self.tr("打印班次小结（X）"))
        self._sheet.set_title(self.tr("店长授权"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the columns by the scale."""
        super().restyle()
        self._acts.setSpacing(self.look.px(GAP))

    def _draw_acts(self, state: ShiftState) -> None:
        self.by_notes.setVisible(state.is_open)
        self.by_notes.set_caption(self.tr("直接输总数") if state.notes else self.tr("按面额点"))
        self.cash.setVisible(state.is_open)
        self.so_far.setVisible(state.can_print)
        self.blind.setVisible(state.blind is not None)
        self.blind.set_caption(
            self.tr("盲点：开") if state.blind else self.tr("盲点：关"),
            name=self.tr("收银员数钱时看不到应有现金：现在开着")
            if state.blind
            else self.tr("收银员数钱时看不到应有现金：现在关着"),
        )

    def _draw_approval(self, state: ShiftState) -> None:
        if state.approval is not None:
            if not self._sheet.isVisible():
                self._sheet.open()
            self._page.draw(state.approval)
        elif self._sheet.isVisible():
            self._sheet.hide()
            self.setFocus()

    def _choose(self, field: Field, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  as Qt's clicked
        self.setFocus()
        self._view_model.choose(field)

    def _choose_note(self, place: int) -> None:
        self.setFocus()
        self._view_model.choose_note(place)

    def _connect(self, view_model: ShiftViewModel) -> None:
        view_model.changed.connect(self.draw)
        view_model.pin_refused.connect(self._page.pad.reset)
        self.key.connect(view_model.press)
        self.stepped.connect(view_model.step)
        self.escaped.connect(view_model.leave)
        self.counted.clicked.connect(partial(self._choose, Field.COUNTED))
        self.till.clicked.connect(partial(self._choose, Field.TILL))
        self.notes.chosen.connect(self._choose_note)
        self.by_notes.clicked.connect(view_model.count_notes)
        self.cash.clicked.connect(view_model.open_cash)
        self.so_far.clicked.connect(view_model.print_so_far)
        self.blind.clicked.connect(view_model.turn_blind)
        self.confirm.clicked.connect(view_model.confirm)
        self._sheet.close_requested.connect(view_model.leave)
        self._page.person.connect(view_model.choose_approver)
        self._page.pin.connect(view_model.enter_pin)

    def _button(self, name: str) -> TouchButton:
        button = TouchButton(self.look, kind=Kind.SMALL)
        button.setObjectName(name)
        return button


def _words(row: NoteRow) -> str:
    return f"{row.label} × {row.count} = {row.amount}"
