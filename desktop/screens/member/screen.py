"""A member's page: head and figures, tabs for overview and history, his code at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.screens.member.state import MemberState
from desktop.screens.member.view_model import MemberViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.banner import Banner
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.chip import Chip, ChipKind
from desktop.widgets.component import Card, Component
from desktop.widgets.data_table import DataTable
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.member_card import Figure
from desktop.widgets.qr_view import QrView
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
FIGURES = 4
CODE_MM = 32


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
        self.save = TouchButton(look, icon="download")
        self.save.setObjectName("saveCard")
        self.more = TouchButton(look, kind=Kind.SMALL)
        self.more.setObjectName("moreHistory")
        self.tabs = QTabBar()
        self.tabs.setObjectName("memberTabs")
        self.tabs.setExpanding(False)
        self.tabs.addTab("")
        self.tabs.addTab("")
        self.history = DataTable(look)
        self.history.setObjectName("history")
        self._name = Text(role=Role.TITLE)
        self._phone = Text(role=Role.BODY, tone="muted")
        self._tier = Chip(look, kind=ChipKind.POINTS, icon="crown")
        self._joined = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._figures = [Figure(look) for _ in range(FIGURES)]
        self._upgrade = Text(role=Role.LABEL)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._facts = BenefitList(look)
        self._nothing = EmptyState(look)
        self._code = QrView(look)
        self._number = Text(role=Role.STRONG)
        self._say = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._notice = Banner(look)
        self._pages = QStackedWidget()
        self._lines = QStackedWidget()
        self._rows = QVBoxLayout(self)
        self._build()
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: MemberState) -> None:
        """Show a state."""
        self._name.setText(state.name)
        self._phone.setText(state.phone)
        self._tier.show_status(state.tier, kind=ChipKind.POINTS, icon="crown")
        self._tier.setVisible(bool(state.tier))
        self._joined.setText(state.joined)
        for figure, row in zip(self._figures, state.figures, strict=True):
            figure.set_label(row.label)
            figure.show_value(row.value, tone=row.tone)
        for part in (self._upgrade, self._bar):
            part.setVisible(state.upgrade_share >= 0)
        self._upgrade.setText(state.upgrade)
        self._bar.setValue(max(state.upgrade_share, 0))
        self._facts.show_rows(state.facts)
        self.history.show_table(state.history.columns, state.history.rows)
        self._nothing.show_words(state.history.empty, icon="history")
        self._lines.setCurrentIndex(0 if state.history.rows else 1)
        self.more.setVisible(state.history.more)
        self._code.show_code(state.code, name=self.tr("会员码"), mm=CODE_MM)
        self._number.setText(state.number)
        self.save.setVisible(state.can_save)
        self.use.setEnabled(state.usable)
        self._notice.show_notice(state.notice)

    def retranslate(self) -> None:
        """Name the buttons and tabs, and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("会员资料"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回会员列表（Esc）"))
        self.use.set_caption(self.tr("用于收银 F4"))
        self.save.set_caption(self.tr("存会员码 PDF"))
        self.more.set_caption(self.tr("更早的记录"))
        for place, text in enumerate((self.tr("概览"), self.tr("流水"))):
            self.tabs.setTabText(place, text)
        self._say.setText(self.tr("让顾客拍照保存，下次出示即可"))
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
        self.more.clicked.connect(view_model.load_more)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addStretch(1)
        head.addWidget(self.use)
        left = QVBoxLayout()
        left.addWidget(self._head_card())
        left.addWidget(self.tabs)
        self._pages.addWidget(self._overview())
        self._pages.addWidget(self._history_page())
        left.addWidget(self._pages, 1)
        columns = QHBoxLayout()
        columns.setSpacing(self.look.px(MARGIN))
        columns.addLayout(left, 1)
        columns.addWidget(self._code_card())
        self._rows.addLayout(head)
        self._rows.addWidget(self._notice)
        self._rows.addLayout(columns, 1)

    def _head_card(self) -> QWidget:
        card = Card(self.look)
        rows = QVBoxLayout(card)
        px = self.look.px
        rows.setContentsMargins(px(16), px(12), px(16), px(14))
        who = QHBoxLayout()
        who.setSpacing(px(12))
        for part in (self._name, self._phone, self._tier):
            who.addWidget(part)
        who.addStretch(1)
        figures = QHBoxLayout()
        figures.setSpacing(px(40))
        for figure in self._figures:
            figures.addWidget(figure)
        figures.addStretch(1)
        rows.addLayout(who)
        rows.addWidget(self._joined)
        rows.addLayout(figures)
        for part in (self._upgrade, self._bar):
            rows.addWidget(part)
        return card

    def _overview(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._facts)
        rows.addStretch(1)
        return page

    def _history_page(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        self._lines.addWidget(self.history)
        self._lines.addWidget(self._nothing)
        rows.addWidget(self._lines, 1)
        rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        return page

    def _code_card(self) -> QWidget:
        card = Card(self.look)
        rows = QVBoxLayout(card)
        px = self.look.px
        rows.setContentsMargins(px(16), px(16), px(16), px(16))
        rows.setSpacing(px(12))
        centre = Qt.AlignmentFlag.AlignHCenter
        rows.addWidget(self._code, 0, centre)
        rows.addWidget(self._number, 0, centre)
        rows.addWidget(self._say)
        rows.addStretch(1)
        rows.addWidget(self.save)
        card.setFixedWidth(px(264))
        return card
