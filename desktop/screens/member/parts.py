"""The parts of a member's page: who he is, a table of what happened, and his code."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout

from desktop.screens.member.state import MemberState, TablePage
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.chip import Chip, ChipKind
from desktop.widgets.component import Card, Component
from desktop.widgets.data_table import DataTable
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.member_card import Figure
from desktop.widgets.qr_view import QrView
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

FIGURES = 4
CODE_MM = 32
CODE_WIDTH = 264


class HeadCard(Card):
    """Name, level, the big figures, and the way to the next level."""

    def __init__(self, look: Look) -> None:
        """Build it without a member."""
        super().__init__(look)
        self._name = Text(role=Role.TITLE)
        self._phone = Text(role=Role.BODY, tone="muted")
        self._tier = Chip(look, kind=ChipKind.POINTS, icon="crown")
        self.reveal = TouchButton(look, kind=Kind.SMALL, icon="eye")
        self.reveal.setObjectName("revealPhone")
        self._joined = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._figures = [Figure(look) for _ in range(FIGURES)]
        self._upgrade = Text(role=Role.LABEL)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._build()

    def draw(self, state: MemberState) -> None:
        """Show a member."""
        self._name.setText(state.name)
        self._phone.setText(state.phone)
        self._tier.show_status(state.tier, kind=ChipKind.POINTS, icon="crown")
        self._tier.setVisible(bool(state.tier))
        self.reveal.set_caption(state.reveal.text)
        self.reveal.setEnabled(state.reveal.usable)
        self._joined.setText(state.joined)
        for figure, row in zip(self._figures, state.figures, strict=True):
            figure.set_label(row.label)
            figure.show_value(row.value, tone=row.tone)
        self._upgrade.setVisible(state.upgrade_share >= 0)
        self._upgrade.setText(state.upgrade)
        self._bar.setVisible(state.upgrade_share >= 0)
        self._bar.setValue(max(state.upgrade_share, 0))
        self._bar.setAccessibleName(state.upgrade)

    def _build(self) -> None:
        look = self.look
        who = QHBoxLayout()
        who.setSpacing(look.px(12))
        who.addWidget(self._name)
        who.addWidget(self._phone)
        who.addWidget(self._tier)
        who.addStretch(1)
        who.addWidget(self.reveal)
        figures = QHBoxLayout()
        figures.setSpacing(look.px(40))
        for figure in self._figures:
            figures.addWidget(figure)
        figures.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(14))
        rows.setSpacing(look.px(6))
        rows.addLayout(who)
        rows.addWidget(self._joined)
        rows.addLayout(figures)
        rows.addWidget(self._upgrade)
        rows.addWidget(self._bar)


class TableTab(Component):
    """A table, or the sentence in its place, and the way to older rows."""

    def __init__(self, look: Look, *, name: str) -> None:
        """Build it without rows; the name is the table's."""
        super().__init__(look)
        self.table = DataTable(look)
        self.table.setObjectName(name)
        self.more = TouchButton(look, kind=Kind.SMALL)
        self.more.setObjectName(f"more{name.capitalize()}")
        self._nothing = EmptyState(look)
        self._lines = QStackedWidget()
        self._lines.addWidget(self.table)
        self._lines.addWidget(self._nothing)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(8))
        rows.addWidget(self._lines, 1)
        rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def draw(self, page: TablePage) -> None:
        """Show rows, or why there are none."""
        self.table.show_table(page.columns, page.rows)
        self._nothing.show_words(page.empty, icon="history")
        self._lines.setCurrentIndex(0 if page.rows else 1)
        self.more.setVisible(page.more)

    def retranslate(self) -> None:
        """Name the button."""
        self.more.set_caption(self.tr("更早的记录"))


class CodeCard(Card):
    """The member's code, to be photographed or put on paper."""

    def __init__(self, look: Look) -> None:
        """Build it without a code."""
        super().__init__(look)
        self._code = QrView(look)
        self._number = Text(role=Role.STRONG)
        self._say = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._say.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._rows = QVBoxLayout(self)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._rows.addWidget(self._code, 0, centre)
        self._rows.addWidget(self._number, 0, centre)
        self._rows.addWidget(self._say)
        self.retranslate()
        self.restyle()

    def draw(self, state: MemberState) -> None:
        """Show a member's code."""
        self._code.show_code(state.code, name=self.tr("会员码"), mm=CODE_MM)
        self._number.setText(state.number)

    def retranslate(self) -> None:
        """Say what the code is for."""
        self._say.setText(self.tr("让顾客拍照保存，下次出示即可"))

    def restyle(self) -> None:
        """Space the card by the scale."""
        px = self.look.px
        self.setFixedWidth(px(CODE_WIDTH))
        self._rows.setContentsMargins(px(16), px(16), px(16), px(16))
        self._rows.setSpacing(px(12))
