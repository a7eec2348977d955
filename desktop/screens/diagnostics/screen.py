"""The diagnostics' screen: facts, times, and the buttons under them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.screens.diagnostics.state import DiagnosticsState, Fact
from desktop.screens.diagnostics.view_model import DiagnosticsViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.banner import Banner
from desktop.widgets.component import Card, Component
from desktop.widgets.data_table import Column, DataTable
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
TITLE_WIDTH = 80
FACTS_SHARE, FLOWS_SHARE = 3, 5
PATH_JOINTS = ("/", "\\")
JOINT = "\u200b"


class DiagnosticsScreen(Component):
    """Say how the counter is."""

    def __init__(
        self, look: Look, view_model: DiagnosticsViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self._title = Text(role=Role.TITLE)
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("backFromDiagnostics")
        self.notice = Banner(look)
        self.facts = FactsCard(look)
        self.flows = DataTable(look)
        self.flows.setObjectName("flows")
        self._flows_title = Text(role=Role.STRONG)
        self._no_flows = Text(role=Role.BODY, tone="muted", wrap=True)
        self.prove = _button(look, "prove", "shield-check")
        self.back_up = _button(look, "backUp", "hard-drive")
        self.copy = _button(look, "copyFacts", "file-text")
        self.save = _button(look, "saveBundle", "download")
        self._build()
        self._connect()
        self.retranslate()
        self.restyle()

    def draw(self, state: DiagnosticsState) -> None:
        """Show a state."""
        self.notice.show_notice(state.notice)
        self.facts.draw(state.facts)
        self.flows.show_table(self._columns_of_flows(), state.flows)
        self.flows.setVisible(bool(state.flows))
        self._no_flows.setText(state.no_flows)
        self._no_flows.setVisible(bool(state.no_flows))
        proving = self.tr("正在核对…") if state.proving else self.tr("核对账本")
        self.prove.set_caption(proving)
        self.prove.setEnabled(not state.proving)
        backing = self.tr("正在备份…") if state.backing_up else self.tr("立即备份")
        self.back_up.set_caption(backing)
        self.back_up.setEnabled(not state.backing_up)

    def retranslate(self) -> None:
        """Name the parts and ask for the state in the language that is on."""
        self._title.setText(self.tr("关于与诊断"))
        self.setAccessibleName(self.tr("关于与诊断"))
        self.back.set_caption(self.tr("返回"), name=self.tr("返回收银台（Esc）"))
        self._flows_title.setText(self.tr("每件事用了多少秒（只记时间，不记人）"))
        self.copy.set_caption(self.tr("复制"), name=self.tr("复制这一页"))
        self.save.set_caption(self.tr("存诊断包"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the page by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(MARGIN), px(8), px(MARGIN), px(MARGIN))
        self._rows.setSpacing(px(12))
        self._columns.setSpacing(px(16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._view_model.leave()
        else:
            super().keyPressEvent(event)

    def _columns_of_flows(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("做什么"), stretch=True),
            Column(self.tr("次数"), numeric=True),
            Column("50% / 95%", numeric=True),
            Column(self.tr("目标"), numeric=True),
        )

    def _connect(self) -> None:
        model = self._view_model
        model.changed.connect(self.draw)
        model.copied.connect(lambda text: QGuiApplication.clipboard().setText(text))
        self.back.clicked.connect(model.leave)
        self.prove.clicked.connect(model.prove)
        self.back_up.clicked.connect(model.back_up)
        self.copy.clicked.connect(model.copy)
        self.save.clicked.connect(model.save_bundle)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.back)
        right = QVBoxLayout()
        right.addWidget(self._flows_title)
        right.addWidget(self._no_flows)
        right.addWidget(self.flows, 1)
        right.addStretch(0)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self.facts, FACTS_SHARE)
        self._columns.addLayout(right, FLOWS_SHARE)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.prove, self.back_up, self.copy, self.save):
            foot.addWidget(button)
        self._rows = QVBoxLayout(self)
        self._rows.addLayout(head)
        self._rows.addWidget(self.notice)
        self._rows.addLayout(self._columns, 1)
        self._rows.addLayout(foot)


class FactsCard(Card):
    """The facts under each other."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self._cells: list[tuple[Text, Text]] = []
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setColumnStretch(1, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.addWidget(inside)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.restyle()

    def draw(self, facts: tuple[Fact, ...]) -> None:
        """Show these facts."""
        while len(self._cells) < len(facts):
            self._add()
        for (title, text), fact in zip(self._cells, facts, strict=False):
            title.setText(fact.title)
            text.setText(_breakable(fact.text))
            text.set_tone(fact.tone)

    def restyle(self) -> None:
        """Space the facts by the scale."""
        px = self.look.px
        self._grid.setContentsMargins(px(20), px(16), px(20), px(16))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(12))
        self._grid.setColumnMinimumWidth(0, px(TITLE_WIDTH))

    def _add(self) -> None:
        row = len(self._cells)
        title = Text(role=Role.LABEL, tone="muted")
        text = Text(role=Role.BODY, wrap=True)
        self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, row, 1)
        self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(row + 1, 1)
        self._cells.append((title, text))


def _breakable(text: str) -> str:
    """Let a long path go on in the next line behind each of its parts."""
    for joint in PATH_JOINTS:
        text = text.replace(joint, joint + JOINT)
    return text


def _button(look: Look, name: str, icon: str) -> TouchButton:
    button = TouchButton(look, kind=Kind.SECONDARY, icon=icon)
    button.setObjectName(name)
    return button
