"""The day report's screen: which day at the top, files at the right, figures and tables below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.screens.report.parts import ReportTabs
from desktop.screens.report.state import ReportState
from desktop.screens.report.view_model import ReportViewModel
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.banner import Banner
from desktop.widgets.component import Component
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
FILE_WIDTH = 88


class ReportScreen(Component):
    """One business day."""

    def __init__(
        self, look: Look, view_model: ReportViewModel, parent: QWidget | None = None
    ) -> None:
        """Build the page and connect each touch to one verb."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view_model = view_model
        self.back = _button(look, "dayBefore", icon="chevron-left")
        self.on = _button(look, "dayAfter", icon="chevron-right")
        self.pdf = _button(look, "reportPdf", icon="file-text")
        self.csv = _button(look, "reportCsv", icon="download")
        self._day = Text(role=Role.TITLE)
        self._as_of = Text(role=Role.LABEL, tone="muted")
        self._warning = Banner(look)
        self._notice = Banner(look)
        self.tabs = ReportTabs(look)
        self._empty = EmptyState(look)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.tabs)
        self._pages.addWidget(self._empty)
        self._head = QHBoxLayout()
        self._rows = QVBoxLayout(self)
        self._build()
        self._connect(view_model)
        self.retranslate()
        self.restyle()

    def draw(self, state: ReportState) -> None:
        """Show a state."""
        self._day.setText(state.day)
        self._as_of.setText(state.as_of)
        self.on.setEnabled(state.may_go_on)
        for button in (self.pdf, self.csv):
            button.setVisible(state.may_export)
        title, hint = state.empty
        self._empty.show_words(title, hint, icon="calendar-days")
        self._pages.setCurrentIndex(1 if title else 0)
        self.tabs.draw(state)
        self._warning.show_notice(state.warning)
        self._notice.show_notice(state.notice)

    def retranslate(self) -> None:
        """Name the buttons and ask for the state in the language that is on."""
        self.setAccessibleName(self.tr("日报"))
        self.back.set_caption("", name=self.tr("前一天"))
        self.on.set_caption("", name=self.tr("后一天"))
        self.pdf.set_caption("PDF", name=self.tr("存成 PDF"))
        self.csv.set_caption("CSV", name=self.tr("存成 CSV"))
        self._view_model.redraw()

    def restyle(self) -> None:
        """Space the page by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(MARGIN), px(8), px(MARGIN), px(MARGIN))
        self._rows.setSpacing(px(8))
        self._head.setSpacing(px(8))
        for button in (self.pdf, self.csv):
            button.setMinimumWidth(px(FILE_WIDTH))

    def showEvent(self, event: QShowEvent) -> None:
        """Read the day now that somebody looks."""
        super().showEvent(event)
        self._view_model.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop reading it."""
        super().hideEvent(event)
        self._view_model.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the days with Left and Right."""
        key = event.key()
        if key == Qt.Key.Key_Left:
            self._view_model.go_back()
        elif key == Qt.Key.Key_Right:
            self._view_model.go_on()
        else:
            super().keyPressEvent(event)

    def _connect(self, view_model: ReportViewModel) -> None:
        view_model.changed.connect(self.draw)
        self.back.clicked.connect(view_model.go_back)
        self.on.clicked.connect(view_model.go_on)
        self.pdf.clicked.connect(view_model.save_pdf)
        self.csv.clicked.connect(view_model.save_csv)
        self.tabs.asked.connect(view_model.explain)

    def _build(self) -> None:
        self._head.addWidget(self.back)
        self._head.addWidget(self.on)
        self._head.addWidget(self._day)
        self._head.addWidget(self._as_of)
        self._head.addStretch(1)
        self._head.addWidget(self.pdf)
        self._head.addWidget(self.csv)
        self._rows.addLayout(self._head)
        self._rows.addWidget(self._warning)
        self._rows.addWidget(self._notice)
        self._rows.addWidget(self._pages, 1)


def _button(look: Look, name: str, *, icon: str) -> TouchButton:
    button = TouchButton(look, kind=Kind.SMALL, icon=icon)
    button.setObjectName(name)
    return button
