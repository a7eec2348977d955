"""The shift's screen: figures and two amounts at the left, keypad and confirm at the right."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.screens.shift.state import Field, ShiftState
from desktop.screens.shift.view_model import ShiftViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.amount_field import AmountField
from desktop.widgets.banner import Banner
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.component import Component
from desktop.widgets.keypad import EDITING, ENTER, Key, Keypad
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR)
CHOOSING: dict[int, Field] = {Qt.Key.Key_Up: Field.COUNTED, Qt.Key.Key_Down: Field.TILL}


class ShiftScreen(Component):
    """Count the drawer, see the difference, close."""

    def __init__(
        self, look: Look, view_model: ShiftViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self._title = Text(role=Role.TITLE)
        self._line = Text(role=Role.LABEL, tone="muted")
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("backFromShift")
        self.facts = BenefitList(look)
        self.facts.setObjectName("shiftFacts")
        self.counted = AmountField(look)
        self.counted.setObjectName("countedCash")
        self.till = AmountField(look)
        self.till.setObjectName("tillTotal")
        self.keypad = Keypad(look, side_keys=SIDE_KEYS)
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("closeShift")
        self._after = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._notice = Banner(look)
        self._notice.setObjectName("shiftNotice")
        self._columns = QHBoxLayout()
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        self._build()
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: ShiftState) -> None:
        """Show a state."""
        self._line.setText(state.line)
        self.facts.show_rows(state.facts)
        self.facts.setVisible(bool(state.facts))
        self.counted.show_entry(state.counted)
        self.till.show_entry(state.till)
        self.confirm.set_caption(state.confirm.text)
        self.confirm.set_caution(state.confirm.caution)
        self.confirm.setEnabled(state.confirm.usable)
        self._notice.show_notice(state.notice)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.keypad.set_compact(compact)
        self.confirm.setFixedWidth(self.keypad.sizeHint().width())

    def retranslate(self) -> None:
        """Name the screen and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("交班"))
        self._title.setText(self.tr("交班"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回，不交班（Esc）"))
        self._after.setText(self.tr("交班后锁屏，下一位登录时开新班次"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the columns by the scale."""
        px = self.look.px
        self._columns.setSpacing(px(MARGIN))
        self._left.setSpacing(px(GAP))
        self._right.setSpacing(px(GAP))
        self.confirm.setFixedWidth(self.keypad.sizeHint().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits and the point; Enter closes the shift, Escape goes back."""
        key, text = event.key(), event.text()
        if key in ENTER:
            self.confirm.activate()
        elif key == Qt.Key.Key_Escape:
            self._view_model.leave()
        elif key in CHOOSING:
            self._view_model.choose(CHOOSING[Qt.Key(key)])
        elif key in EDITING:
            self._view_model.press(EDITING[Qt.Key(key)])
        elif text.isascii() and (text.isdigit() or text == Key.POINT):
            self._view_model.press(text)
        else:
            super().keyPressEvent(event)

    def _choose(self, field: Field, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  as Qt's clicked
        self.setFocus()
        self._view_model.choose(field)

    def _connect(self, view_model: ShiftViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.keypad.key.connect(view_model.press)
        self.counted.clicked.connect(partial(self._choose, Field.COUNTED))
        self.till.clicked.connect(partial(self._choose, Field.TILL))
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
        for part in (self.counted, self.till, self.facts):
            self._left.addWidget(part)
        self._left.addStretch(1)
        self._right.addWidget(self.keypad)
        self._right.addWidget(self._notice)
        self._right.addStretch(1)
        self._right.addWidget(self._after)
        self._right.addWidget(self.confirm)
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right)
