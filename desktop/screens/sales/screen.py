"""The sales' screen: the list at the left, the sale that is open and its panels at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.screens.sales.parts import AttachPanel, DetailPanel, VoidPanel
from desktop.screens.sales.state import Panel, SalesState
from desktop.screens.sales.view_model import SalesViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, SECONDARY_HEIGHT, Role
from desktop.widgets.banner import Banner
from desktop.widgets.component import Component
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.keypad import ENTER
from desktop.widgets.result_list import ResultList
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
RIGHT_WIDTH, RIGHT_WIDTH_COMPACT = 460, 380


class SalesScreen(Component):
    """Find a sale, look at it, put it right."""

    def __init__(
        self, look: Look, view_model: SalesViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self._view_model = view_model
        self._compact = False
        self._title, self._line = Text(role=Role.TITLE), Text(role=Role.LABEL, tone="muted")
        self.field = QLineEdit()
        self.field.setObjectName("saleSearch")
        self.today, self.member = self._choice("salesToday"), self._choice("salesOfMember")
        self.sales = ResultList(look)
        self.sales.setObjectName("sales")
        self._empty = EmptyState(look)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.sales)
        self.more = TouchButton(look, kind=Kind.SMALL, icon="chevron-down")
        self.more.setObjectName("moreSales")
        self.detail = DetailPanel(look)
        self.voiding = VoidPanel(look)
        self.attaching = AttachPanel(look)
        self._panels = QStackedWidget()
        self._notice = Banner(look)
        self._notice.setObjectName("salesNotice")
        self._columns = QHBoxLayout(self)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._build()
        self._connect(view_model)
        self.setFocusProxy(self.field)
        self.retranslate()
        self.restyle()

    def draw(self, state: SalesState) -> None:
        """Show a state."""
        self._line.setText(state.line)
        if self.field.text() != state.text:
            self.field.setText(state.text)
            self.field.setCursorPosition(0)
        self.today.set_caption(state.today.text)
        self.today.setChecked(state.today.on)
        self.member.setVisible(state.member is not None)
        if state.member is not None:
            self.member.set_caption(state.member.text)
            self.member.setChecked(state.member.on)
        self.sales.show_rows(state.rows, current=max(state.current, 0))
        if not state.rows:
            self._empty.show_words(state.empty, state.hint if state.empty else "", icon="receipt")
        self._pages.setCurrentIndex(1 if state.rows else 0)
        self.more.setVisible(state.more)
        self.detail.draw(state.detail)
        if state.panel.value != self._panels.currentIndex():
            self._panels.setCurrentIndex(state.panel.value)
            self._focus_panel(state.panel)
        self._notice.show_notice(state.notice)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow column of windows below 1200 px."""
        self._compact = compact
        self.restyle()

    def retranslate(self) -> None:
        """Name the screen and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("交易"))
        self._title.setText(self.tr("交易"))
        self.field.setPlaceholderText(self.tr("收银小票号，或交易编号"))
        self.field.setAccessibleName(self.tr("查找交易"))
        self.more.set_caption(self.tr("更早的"))
        self._view_model.redraw()
        self._view_model.voiding.redraw()
        self._view_model.attaching.redraw()

    def restyle(self) -> None:
        """Space the columns by the scale."""
        px = self.look.px
        margin = px(MARGIN)
        self._columns.setContentsMargins(margin, margin, margin, margin)
        self._columns.setSpacing(margin)
        self._left.setSpacing(px(GAP))
        self._right.setSpacing(px(GAP))
        self.field.setMinimumHeight(px(SECONDARY_HEIGHT))
        width = px(RIGHT_WIDTH_COMPACT if self._compact else RIGHT_WIDTH)
        self._panels.setFixedWidth(width)
        self._notice.setFixedWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the sales with the arrows; Escape leaves a panel, then the search."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            if not self._view_model.leave_panel():
                self._view_model.show_today()
            self.field.setFocus()
        elif key in ENTER and self._panels.currentIndex() == Panel.ATTACH.value:
            self.attaching.confirm.activate()
        else:
            super().keyPressEvent(event)

    def _choice(self, name: str) -> TouchButton:
        button = TouchButton(self.look, kind=Kind.CHOICE)
        button.setObjectName(name)
        return button

    def _walk(self, step: int) -> None:
        if self._panels.currentIndex() == Panel.ATTACH.value:
            self._view_model.attaching.choose(self.attaching.results.currentIndex().row() + step)
        elif self._panels.currentIndex() == Panel.DETAIL.value:
            self._view_model.choose(self.sales.currentIndex().row() + step)

    def _focus_panel(self, panel: Panel) -> None:
        """Let the keyboard go where the panel is."""
        if panel is Panel.ATTACH:
            self.attaching.field.setFocus()
        elif panel is Panel.VOID:
            self.voiding.setFocus()
        else:
            self.field.setFocus()

    def _connect(self, view_model: SalesViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.field.textEdited.connect(view_model.search)
        self.today.clicked.connect(view_model.show_today)
        self.member.clicked.connect(view_model.show_member)
        self.sales.chosen.connect(view_model.choose)
        self.more.clicked.connect(view_model.show_more)
        self.detail.give_back.clicked.connect(view_model.give_back)
        self.detail.void.clicked.connect(view_model.void)
        self.detail.reprint.clicked.connect(view_model.print_again)
        self.detail.reprint_return.clicked.connect(view_model.print_return)
        self.detail.attach.clicked.connect(view_model.attach)
        voiding, attaching = view_model.voiding, view_model.attaching
        voiding.changed.connect(self.voiding.draw)
        voiding.pin_refused.connect(self.voiding.pin.reset)
        self.voiding.left.connect(view_model.leave_panel)
        self.voiding.reasons.chosen.connect(voiding.choose_reason)
        self.voiding.approvers.chosen.connect(voiding.choose_approver)
        self.voiding.pin.entered.connect(voiding.enter_pin)
        self.voiding.confirm.clicked.connect(voiding.confirm)
        attaching.changed.connect(self.attaching.draw)
        self.attaching.left.connect(view_model.leave_panel)
        self.attaching.field.textEdited.connect(attaching.search)
        self.attaching.results.chosen.connect(attaching.choose)
        self.attaching.confirm.clicked.connect(attaching.confirm)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(self.look.px(MARGIN))
        head.addWidget(self._title)
        head.addWidget(self._line, 1)
        head.addWidget(self.more)
        finding = QHBoxLayout()
        finding.addWidget(self.field, 1)
        finding.addWidget(self.today)
        finding.addWidget(self.member)
        self._left.addLayout(head)
        self._left.addLayout(finding)
        self._left.addWidget(self._pages, 1)
        for panel in (self.detail, self.voiding, self.attaching):
            self._panels.addWidget(panel)
        self._right.addWidget(self._notice)
        self._right.addWidget(self._panels, 1)
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right)
