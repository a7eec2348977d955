"""The program's screen: the rules behind one tab, a basket to try behind the other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.screens.program.parts import RulesPage, TrialPage
from desktop.screens.program.state import ProgramState
from desktop.screens.program.view_model import ProgramViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.component import Component
from desktop.widgets.keypad import EDITING, Key
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
RULES, TRIAL = 0, 1


class ProgramScreen(Component):
    """Read the program, try a basket."""

    def __init__(
        self, look: Look, view_model: ProgramViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self._title = Text(role=Role.TITLE)
        self._since = Text(role=Role.LABEL, tone="muted")
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("backFromProgram")
        self.tabs = QTabBar()
        self.tabs.setObjectName("programTabs")
        self.tabs.setExpanding(False)
        self.rules = RulesPage(look)
        self.trial = TrialPage(look)
        self._pages = QStackedWidget()
        for page in (self.rules, self.trial):
            self.tabs.addTab("")
            self._pages.addWidget(page)
        self._rows = QVBoxLayout(self)
        self._build()
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: ProgramState) -> None:
        """Show a state."""
        self._title.setText(state.title)
        self._since.setText(state.since)
        self.rules.draw(state.parts)
        self.trial.draw(state.trial)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.trial.set_compact(compact)

    def retranslate(self) -> None:
        """Name the tabs and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("积分方案"))
        self.tabs.setTabText(RULES, self.tr("规则"))
        self.tabs.setTabText(TRIAL, self.tr("试一试"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回收银台（Esc）"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the page by the scale."""
        px = self.look.px(MARGIN)
        self._rows.setContentsMargins(px, px // 2, px, px)
        self._rows.setSpacing(px // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits as the amount to try; Escape goes back."""
        key, text = event.key(), event.text()
        if key == Qt.Key.Key_Escape:
            self._view_model.leave()
        elif key in EDITING:
            self._view_model.press(EDITING[Qt.Key(key)])
        elif text.isascii() and (text.isdigit() or text == Key.POINT):
            self.tabs.setCurrentIndex(TRIAL)
            self._view_model.press(text)
        else:
            super().keyPressEvent(event)

    def _connect(self, view_model: ProgramViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self.trial.key.connect(view_model.press)
        self.trial.buyer.connect(view_model.choose_buyer)
        self.trial.kind.connect(view_model.add_line)
        self.trial.cleared.connect(view_model.clear)
        self.back.clicked.connect(view_model.leave)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(self.look.px(MARGIN))
        head.addWidget(self._title)
        head.addWidget(self._since, 1)
        head.addWidget(self.back)
        self._rows.addLayout(head)
        self._rows.addWidget(self.tabs)
        self._rows.addWidget(self._pages, 1)
