"""The import wizard on screen: where one is, the step's own part, and the one button below."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.screens.import_wizard.parts import ChoosePage, ColumnsPage, DonePage
from desktop.screens.import_wizard.state import ImportState, Step
from desktop.screens.import_wizard.view_model import ImportViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.banner import Banner
from desktop.widgets.component import Component
from desktop.widgets.data_table import Column, DataTable
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
CONFIRM_WIDTH = 320
PAGES = {step: place for place, step in enumerate(Step)}


class ImportScreen(Component):
    """Bring a list of members in."""

    def __init__(
        self, look: Look, view_model: ImportViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self._title = Text(role=Role.TITLE)
        self._steps = Text(role=Role.LABEL, tone="muted")
        self._text = Text(role=Role.BODY, wrap=True)
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName("backFromImport")
        self.notice = Banner(look)
        self.choose = ChoosePage(look)
        self.columns = ColumnsPage(look)
        self.table = DataTable(look)
        self.table.setObjectName("importPreview")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.done = DonePage(look)
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.confirm.setObjectName("confirmImport")
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        self.retranslate()
        self.restyle()

    def draw(self, state: ImportState) -> None:
        """Show a state."""
        self._title.setText(state.title)
        self._steps.setText(state.steps)
        self._text.setText(state.text)
        self.notice.show_notice(state.notice)
        self._pages.setCurrentIndex(PAGES[state.step])
        self.choose.draw(state.former)
        self.columns.draw(state.columns, state.fields)
        self.bar.setValue(state.percent)
        self.bar.setAccessibleName(state.text)
        if state.step is Step.PREVIEW:
            self.table.show_table(self._headings(), state.rows)
        self.done.draw(may_revert=state.may_revert)
        self.confirm.set_caption(state.confirm)
        self.confirm.setEnabled(state.may_confirm)
        self.confirm.setVisible(bool(state.confirm))
        stop = state.step is Step.RUNNING
        self.back.set_caption(self.tr("停止") if stop else self.tr("返回"))

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use one column of fields in windows below 1200 px."""
        self.columns.set_compact(compact)

    def retranslate(self) -> None:
        """Ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("导入会员"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the page by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(MARGIN), px(8), px(MARGIN), px(MARGIN))
        self._rows.setSpacing(px(12))
        self.confirm.setMinimumWidth(px(CONFIRM_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go a step back on Escape, on with Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self._view_model.back()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.confirm.isEnabled():
            self.confirm.activate()
        else:
            super().keyPressEvent(event)

    def _headings(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("行"), numeric=True),
            Column(self.tr("手机号")),
            Column(self.tr("姓名")),
            Column(self.tr("积分"), numeric=True),
            Column(self.tr("结果"), stretch=True),
        )

    def _choose(self) -> None:
        path = self.ask_file()
        if path is not None:
            self._view_model.open(path)

    def _ask_file(self) -> Path | None:
        kinds = self.tr("会员名单") + " (*.csv *.txt *.xlsx *.xls)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选择会员名单"), "", kinds)
        return Path(name) if name else None

    def _connect(self) -> None:
        view_model = self._view_model
        view_model.changed.connect(self.draw)
        self.choose.file_requested.connect(self._choose)
        self.choose.revert_requested.connect(view_model.revert)
        self.columns.chosen.connect(view_model.choose_column)
        self.done.revert_requested.connect(lambda: view_model.revert(None))
        self.confirm.clicked.connect(view_model.confirm)
        self.back.clicked.connect(view_model.back)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._steps, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.back)
        running = QWidget()
        rows = QVBoxLayout(running)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.bar)
        rows.addStretch(1)
        for page in (self.choose, self.columns, self.table, running, self.done):
            self._pages.addWidget(page)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.confirm)
        self._rows = QVBoxLayout(self)
        self._rows.addLayout(head)
        self._rows.addWidget(self.notice)
        self._rows.addWidget(self._text)
        self._rows.addWidget(self._pages, 1)
        self._rows.addLayout(foot)
