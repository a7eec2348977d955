"""A member's page: head and figures, tabs for overview and history, his code at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.screens.member.parts import CodeCard, HeadCard, HistoryTab
from desktop.screens.member.state import MemberState
from desktop.screens.member.view_model import MemberViewModel
from desktop.theme.look import Look
from desktop.widgets.banner import Banner
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.component import Component
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16


class MemberScreen(Component):
    """Wireframe D, as far as its rooms exist: overview, history, code."""

    def __init__(
        self, look: Look, view_model: MemberViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("backToMembers")
        self.use = TouchButton(look, kind=Kind.SMALL, icon="shopping-cart")
        self.use.setObjectName("useOnCounter")
        self.save = TouchButton(look, kind=Kind.SMALL, icon="download")
        self.save.setObjectName("savePageCard")
        self.value = TouchButton(look, kind=Kind.SMALL, icon="wallet")
        self.value.setObjectName("pageValue")
        self.tabs = QTabBar()
        self.tabs.setObjectName("memberTabs")
        self.tabs.setExpanding(False)
        self.tabs.addTab("")
        self.tabs.addTab("")
        self._head = HeadCard(look)
        self._facts = BenefitList(look)
        self.history = HistoryTab(look)
        self.code = CodeCard(look)
        self._notice = Banner(look)
        self._pages = QStackedWidget()
        self._rows = QVBoxLayout(self)
        self._build()
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: MemberState) -> None:
        """Show a state."""
        self._head.draw(state)
        self._facts.show_rows(state.facts)
        self.history.draw(state.history)
        self.code.draw(state)
        self.use.setEnabled(state.usable)
        self.save.setVisible(state.can_save)
        self.value.setVisible(state.keeps_value)
        self.value.setEnabled(state.usable)
        self._notice.show_notice(state.notice)

    def retranslate(self) -> None:
        """Name buttons and tabs, and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("会员资料"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回会员列表（Esc）"))
        self.use.set_caption(self.tr("用于收银 F4"))
        self.save.set_caption(self.tr("存会员码 PDF"))
        self.value.set_caption(self.tr("储值"))
        for place, text in enumerate((self.tr("概览"), self.tr("流水"))):
            self.tabs.setTabText(place, text)
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the page by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(MARGIN), px(12), px(MARGIN), px(MARGIN))
        self._rows.setSpacing(px(12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._view_model.leave()
            return
        super().keyPressEvent(event)

    def _connect(self, view_model: MemberViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.back.clicked.connect(view_model.leave)
        self.use.clicked.connect(view_model.use)
        self.save.clicked.connect(view_model.save_card)
        self.value.clicked.connect(view_model.open_value)
        self.history.table.row_chosen.connect(view_model.open_row)
        self.history.more.clicked.connect(view_model.load_more)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addStretch(1)
        for button in (self.value, self.save, self.use):
            head.addWidget(button)
        self._pages.addWidget(self._overview())
        self._pages.addWidget(self.history)
        self._rows.addLayout(head)
        self._rows.addWidget(self._notice)
        self._rows.addWidget(self._head)
        self._rows.addWidget(self.tabs)
        self._rows.addWidget(self._pages, 1)

    def _overview(self) -> QScrollArea:
        """Build the facts and the code; a low window scrolls them, for half a code is none."""
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(self.look.px(MARGIN))
        top = Qt.AlignmentFlag.AlignTop
        columns.addWidget(self._facts, 1, top)
        columns.addWidget(self.code, 0, top)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        return area
