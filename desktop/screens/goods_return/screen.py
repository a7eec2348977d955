"""The return's screen: what comes back and what that does at the left, one button."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.screens.goods_return.parts import GoodsList
from desktop.screens.goods_return.state import ReturnState
from desktop.screens.goods_return.view_model import ReturnViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.amount_field import AmountField
from desktop.widgets.banner import Banner
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.choice_grid import ChoiceGrid
from desktop.widgets.component import Component
from desktop.widgets.keypad import EDITING, ENTER, Key, Keypad
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR)
REASON_COLUMNS = 4
FACTS_AT = 2  # after the amount at the left, after the buttons at the right


class ReturnScreen(Component):
    """Choose what comes back, read what that does, pay it out."""

    def __init__(
        self, look: Look, view_model: ReturnViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self._title = Text(role=Role.TITLE)
        self._line = Text(role=Role.LABEL, tone="muted")
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("backFromReturn")
        self.goods = GoodsList(look)
        self.amount = AmountField(look)
        self.amount.setObjectName("returnAmount")
        self.facts = BenefitList(look)
        self.facts.setObjectName("returnFacts")
        self._why = Text(role=Role.LABEL, tone="muted")
        self.reasons = ChoiceGrid(look, name="returnReason", columns=REASON_COLUMNS)
        self.keypad = Keypad(look, side_keys=SIDE_KEYS)
        self.everything = TouchButton(look, kind=Kind.SECONDARY)
        self.everything.setObjectName("returnAll")
        self.nothing = TouchButton(look, kind=Kind.SECONDARY)
        self.nothing.setObjectName("returnNone")
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("confirmReturn")
        self._notice = Banner(look)
        self._notice.setObjectName("returnNotice")
        self._columns = QHBoxLayout()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._build()
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: ReturnState) -> None:
        """Show a state."""
        by_amount = state.amount is not None
        self._line.setText(state.line)
        self.goods.draw(state.goods)
        self.goods.setVisible(not by_amount)
        self.amount.setVisible(by_amount)
        self.keypad.setVisible(by_amount)
        self.nothing.setVisible(not by_amount)
        if state.amount is not None:
            self.amount.show_entry(state.amount)
        self._place_facts(by_amount)
        self.facts.show_rows(state.facts)
        self.facts.setVisible(bool(state.facts))
        self.reasons.draw(state.reasons)
        self.everything.setEnabled(state.may_all)
        self.nothing.setEnabled(state.may_none)
        self.confirm.set_caption(state.confirm.text)
        self.confirm.setEnabled(state.confirm.usable)
        self._notice.show_notice(state.notice)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.keypad.set_compact(compact)
        self.confirm.setFixedWidth(self.keypad.sizeHint().width())

    def retranslate(self) -> None:
        """Name the screen and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("退货"))
        self._title.setText(self.tr("退货"))
        self._why.setText(self.tr("原因，可不选"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回交易，不退货（Esc）"))
        self.everything.set_caption(self.tr("全部退"))
        self.nothing.set_caption(self.tr("都不退"), name=self.tr("都不退，重新选商品"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the columns by the scale."""
        px = self.look.px
        self._columns.setSpacing(px(MARGIN))
        self._left.setSpacing(px(GAP))
        self._right.setSpacing(px(GAP))
        self.confirm.setFixedWidth(self.keypad.sizeHint().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits for an amount; Enter gives the money back, Escape goes back."""
        key, text = event.key(), event.text()
        if key in ENTER:
            self.confirm.activate()
        elif key == Qt.Key.Key_Escape:
            self._view_model.leave()
        elif key in EDITING:
            self._view_model.press(EDITING[Qt.Key(key)])
        elif text.isascii() and (text.isdigit() or text == Key.POINT):
            self._view_model.press(text)
        else:
            super().keyPressEvent(event)

    def _place_facts(self, by_amount: bool) -> None:  # noqa: FBT001  which of the two forms it is
        """Put what the return does beside the goods, or under the amount: where there is room."""
        column = self._left if by_amount else self._right
        if column.indexOf(self.facts) < 0:
            column.insertWidget(FACTS_AT, self.facts)

    def _connect(self, view_model: ReturnViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.goods.stepped.connect(view_model.step)
        self.keypad.key.connect(view_model.press)
        self.reasons.chosen.connect(view_model.choose_reason)
        self.everything.clicked.connect(view_model.take_all)
        self.nothing.clicked.connect(view_model.take_none)
        self.confirm.clicked.connect(view_model.confirm)
        self.back.clicked.connect(view_model.leave)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(self.look.px(MARGIN))
        head.addWidget(self._title)
        head.addWidget(self._line, 1)
        head.addWidget(self.back)
        rows = QVBoxLayout(self)
        px = self.look.px(MARGIN)
        rows.setContentsMargins(px, px // 2, px, px)
        rows.setSpacing(px // 2)
        rows.addLayout(head)
        rows.addLayout(self._columns, 1)
        choices = QHBoxLayout()
        choices.addWidget(self.everything)
        choices.addWidget(self.nothing)
        self._left.addWidget(self.goods, 1)
        for part in (self.amount, self.facts, self._why, self.reasons):
            self._left.addWidget(part)
        self._left.addStretch(0)
        self._right.addWidget(self.keypad)
        self._right.addLayout(choices)
        self._right.addWidget(self._notice)
        self._right.addStretch(1)
        self._right.addWidget(self.confirm)
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right)
