"""The stored value's screen: amount and choices at the left, keypad and confirm at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from desktop.screens.value.parts import ValueColumn
from desktop.screens.value.state import ValueState
from desktop.screens.value.view_model import ValueViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.approval_page import ApprovalPage
from desktop.widgets.banner import Banner
from desktop.widgets.component import Component
from desktop.widgets.keypad import EDITING, ENTER, Key, Keypad
from desktop.widgets.sheet import Sheet
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
SHEET_WIDTH = 480
SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR)


class ValueScreen(Component):
    """Pay in, or pay out."""

    def __init__(
        self, look: Look, view_model: ValueViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self._title = Text(role=Role.TITLE)
        self._line = Text(role=Role.LABEL, tone="muted")
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("backFromValue")
        self.tabs = QTabBar()
        self.tabs.setObjectName("valueTabs")
        self.tabs.setExpanding(False)
        self.tabs.addTab("")
        self.tabs.addTab("")
        self.column = ValueColumn(look)
        self.keypad = Keypad(look, side_keys=SIDE_KEYS)
        self._notice = Banner(look)
        self._notice.setObjectName("valueNotice")
        self._hint = Text(role=Role.LABEL, tone="muted", wrap=True)
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("confirmValue")
        self._columns = QHBoxLayout()
        self._right = QVBoxLayout()
        self._build()
        self._sheet = Sheet(look, self, width=SHEET_WIDTH)
        self._sheet.setObjectName("approvalSheet")
        self._page = ApprovalPage(look)
        self._sheet.set_content("", self._page)
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: ValueState) -> None:
        """Show a state."""
        self._line.setText(state.line)
        self.slip.setVisible(state.can_print)
        self.tabs.setCurrentIndex(state.way.value)
        self.column.draw(state)
        self.confirm.set_caption(state.confirm.text)
        self.confirm.set_caution(state.confirm.caution)
        self.confirm.setEnabled(state.confirm.usable)
        self._hint.setText(state.hint)
        self._hint.setVisible(bool(state.hint))
        self._notice.show_notice(state.notice)
        self._draw_approval(state)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.keypad.set_compact(compact)
        self._fix_width()

    def retranslate(self) -> None:
        """Name the parts and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("储值"))
        self._title.setText(self.tr("储值"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回（Esc）"))
        self.slip.set_caption(self.tr("打印凭条"), name=self.tr("打印最近一次充值或退还的凭条"))
        self.tabs.setTabText(0, self.tr("充值"))
        self.tabs.setTabText(1, self.tr("退还"))
        self._sheet.set_title(self.tr("店长授权"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the columns by the scale."""
        self._columns.setSpacing(self.look.px(MARGIN))
        self._right.setSpacing(self.look.px(GAP))
        self._fix_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits and the point; Enter confirms, Escape goes back."""
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

    def _draw_approval(self, state: ValueState) -> None:
        if state.approval is not None:
            if not self._sheet.isVisible():
                self._sheet.open()
            self._page.draw(state.approval)
        elif self._sheet.isVisible():
            self._sheet.hide()
            self.setFocus()

    def _fix_width(self) -> None:
        width = self.keypad.sizeHint().width()
        for part in (self.confirm, self._notice):
            part.setFixedWidth(width)

    def _connect(self, view_model: ValueViewModel) -> None:
        view_model.changed.connect(self.draw)
        view_model.pin_refused.connect(self._page.pad.reset)
        self.keypad.key.connect(view_model.press)
        self.tabs.tabBarClicked.connect(view_model.turn)
        self.column.steps.chosen.connect(view_model.choose_step)
        self.column.tenders.chosen.connect(view_model.choose_tender)
        self.column.reasons.chosen.connect(view_model.choose_reason)
        self.confirm.clicked.connect(view_model.confirm)
        self.back.clicked.connect(view_model.leave)
        self.slip.clicked.connect(view_model.print_slip)
        self._sheet.close_requested.connect(view_model.leave)
        self._page.person.connect(view_model.choose_approver)
        self._page.pin.connect(view_model.enter_pin)

    def _build(self) -> None:
        px = self.look.px(MARGIN)
        head = QHBoxLayout()
        head.setSpacing(px)
        head.addWidget(self._title)
        head.addWidget(self._line, 1)
        self.slip = TouchButton(self.look, kind=Kind.SMALL, icon="printer")
        self.slip.setObjectName("printValue")
        head.addWidget(self.slip)
        head.addWidget(self.back)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(px, px // 2, px, px)
        rows.setSpacing(px // 2)
        rows.addLayout(head)
        rows.addWidget(self.tabs)
        rows.addLayout(self._columns, 1)
        self._right.addWidget(self.keypad)
        self._right.addWidget(self._notice)
        self._right.addStretch(1)
        self._right.addWidget(self._hint)
        self._right.addWidget(self.confirm)
        self._columns.addWidget(self.column, 1)
        self._columns.addLayout(self._right)
