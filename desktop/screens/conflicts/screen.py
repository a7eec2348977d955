"""Sync status and conflicts: the line and the inbox at the left, the open one at the right."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.screens.conflicts.parts import DecisionPanel
from desktop.screens.conflicts.state import InboxState
from desktop.screens.conflicts.view_model import ConflictsViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.banner import Banner
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.component import Component
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.keypad import ENTER
from desktop.widgets.result_list import ResultList
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
RIGHT_WIDTH, RIGHT_WIDTH_COMPACT = 520, 420


class ConflictsScreen(Component):
    """See how the line stands, and put right what does not fit."""

    def __init__(
        self, look: Look, view_model: ConflictsViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self._view_model = view_model
        self._compact = False
        self._title = Text(role=Role.TITLE)
        self._line = Text(role=Role.BODY, tone="muted", wrap=True)
        self._status = BenefitList(look)
        self._status.setObjectName("syncStatus")
        self.sync = TouchButton(look, kind=Kind.SMALL, icon="refresh-cw")
        self.sync.setObjectName("syncNow")
        self.waiting, self.decided = self._choice("openConflicts"), self._choice("allConflicts")
        self.rows = ResultList(look)
        self.rows.setObjectName("conflicts")
        self._none = EmptyState(look)
        self._pages = QStackedWidget()
        self.panel = DecisionPanel(look)
        self._panels = QStackedWidget()
        self._notice = Banner(look)
        self._notice.setObjectName("conflictNotice")
        self._columns = QHBoxLayout(self)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._build()
        self._connect(view_model)
        self.setFocusProxy(self.rows)
        for before, after in pairwise((self.rows, self.sync, self.waiting, self.decided)):
            self.setTabOrder(before, after)  # Tab begins at the proxy
        self.retranslate()
        self.restyle()

    def draw(self, state: InboxState) -> None:
        """Show a state."""
        self._title.setText(state.title)
        self.setAccessibleName(state.title)
        self._line.setText(state.line)
        self._status.show_rows(state.status)
        self._status.setVisible(bool(state.status))
        self.sync.set_caption(state.sync)
        self.sync.setVisible(state.may_sync)
        for button, choice in ((self.waiting, state.waiting), (self.decided, state.decided)):
            button.set_caption(choice.text)
            button.setChecked(choice.on)
        self.rows.show_rows(state.rows, current=max(state.current, 0))
        self.rows.setAccessibleName(state.waiting.text)
        self._none.show_words(state.empty, icon="circle-check")
        self._pages.setCurrentIndex(1 if state.rows else 0)
        if state.open is not None:
            self.panel.draw(state.open)
        self._panels.setVisible(state.open is not None)
        self._notice.show_notice(state.notice)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow column of windows below 1200 px."""
        self._compact = compact
        self.restyle()

    def retranslate(self) -> None:
        """Ask for the state in the language that is on."""
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the columns by the scale."""
        px = self.look.px
        margin = px(MARGIN)
        self._columns.setContentsMargins(margin, margin, margin, margin)
        self._columns.setSpacing(margin)
        self._left.setSpacing(px(GAP))
        self._right.setSpacing(px(GAP))
        width = px(RIGHT_WIDTH_COMPACT if self._compact else RIGHT_WIDTH)
        self._panels.setFixedWidth(width)
        self._notice.setFixedWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide with Enter, leave with Escape."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._view_model.leave()
        elif key in ENTER:
            self.panel.confirm.activate()
        else:
            super().keyPressEvent(event)

    def _choice(self, name: str) -> TouchButton:
        button = TouchButton(self.look, kind=Kind.CHOICE)
        button.setObjectName(name)
        return button

    def _connect(self, view_model: ConflictsViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.sync.clicked.connect(view_model.sync_now)
        self.waiting.clicked.connect(view_model.show_waiting)
        self.decided.clicked.connect(view_model.show_decided)
        self.rows.chosen.connect(view_model.choose)
        self.panel.choices.chosen.connect(view_model.choose_choice)
        self.panel.confirm.clicked.connect(view_model.confirm)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.sync)
        finding = QHBoxLayout()
        finding.addWidget(self.waiting)
        finding.addWidget(self.decided)
        finding.addStretch(1)
        self._pages.addWidget(self._none)
        self._pages.addWidget(self.rows)
        self._left.addLayout(head)
        self._left.addWidget(self._line)
        self._left.addWidget(self._status)
        self._left.addLayout(finding)
        self._left.addWidget(self._pages, 1)
        self._panels.addWidget(self.panel)
        self._right.addWidget(self._notice)
        self._right.addWidget(self._panels, 1)
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right)
