"""The parts of the day report: a card for each figure, and a tab for each table."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.screens.report.state import Headline, ReportState, Table
from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.bar_chart import BarChart
from desktop.widgets.component import Card, Component
from desktop.widgets.data_table import DataTable
from desktop.widgets.text import Text

FIGURES = 8
COLUMNS = 4
CARD_HEIGHT = 106
CHART_HEIGHT_MIN = 120
BOX_STRETCH = 1_000  # the chart takes the page; without one the figures stay at the top
GAP = 12


class FigureCard(Card):
    """One figure of the headline; a tap or Enter asks what it means.

    Signals:
        asked: what does this figure mean?
    """

    asked = Signal()

    def __init__(self, look: Look) -> None:
        """Build it empty."""
        super().__init__(look)
        self._title = Text(role=Role.LABEL, tone="muted")
        self._value = Text(role=Role.POINTS)
        self._note = Text(role=Role.RAIL, tone="muted", wrap=True)
        self._rows = QVBoxLayout(self)
        for part in (self._title, self._value, self._note):
            self._rows.addWidget(part)
        self._rows.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.restyle()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a tap."""
        if self.rect().contains(event.position().toPoint()):
            self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Space as a tap."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.asked.emit()
            return
        super().keyPressEvent(event)

    def draw(self, headline: Headline) -> None:
        """Show a figure."""
        self._title.setText(headline.title)
        self._value.setText(headline.value)
        self._note.setText(headline.note)
        self.setToolTip(headline.definition)
        self.setAccessibleName(f"{headline.title} {headline.value} {headline.note}".strip())
        self.setAccessibleDescription(headline.definition)

    def restyle(self) -> None:
        """Space the card by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(14), px(8), px(14), px(8))
        self._rows.setSpacing(px(2))
        self.setFixedHeight(px(CARD_HEIGHT))


class Overview(Component):
    """The eight figures over the chart.

    Signals:
        asked: the place of a figure whose meaning is asked for.
    """

    asked = Signal(int)

    def __init__(self, look: Look) -> None:
        """Build it empty."""
        super().__init__(look)
        self._cards = [FigureCard(look) for _ in range(FIGURES)]
        self._grid = QGridLayout()
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // COLUMNS, place % COLUMNS)
            card.setObjectName(f"figure{place}")
            card.asked.connect(partial(self.asked.emit, place))
        self._title = Text(role=Role.STRONG)
        self._chart = BarChart(look)
        self._box = Card(look)
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        inside.setSpacing(look.px(8))
        inside.addWidget(self._title)
        inside.addWidget(self._chart, 1)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._grid)
        self._rows.addWidget(self._box, BOX_STRETCH)
        self._rows.addStretch(1)
        self.restyle()

    def draw(self, state: ReportState) -> None:
        """Show the figures and the bars."""
        for card, headline in zip(self._cards, state.headlines, strict=False):
            card.draw(headline)
        self._title.setText(state.chart_title)
        self._chart.show_bars(state.bars, name=state.chart_title)
        self._chart.setMinimumHeight(self.look.px(CHART_HEIGHT_MIN))
        self._box.setVisible(bool(state.bars))

    def restyle(self) -> None:
        """Space the page by the scale."""
        px = self.look.px
        self._grid.setSpacing(px(GAP))
        self._rows.setSpacing(px(GAP))


class ReportTabs(Component):
    """The overview, and a page for each table there is.

    Signals:
        asked: the place of a figure whose meaning is asked for.
    """

    asked = Signal(int)

    def __init__(self, look: Look) -> None:
        """Build it with the overview alone."""
        super().__init__(look)
        self.bar = QTabBar()
        self.bar.setObjectName("reportTabs")
        self.bar.setExpanding(False)
        self.bar.addTab("")
        self._overview = Overview(look)
        self._overview.asked.connect(self.asked)
        self._tables: list[DataTable] = []
        self._pages = QStackedWidget()
        self._pages.addWidget(self._overview)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(GAP))
        rows.addWidget(self.bar)
        rows.addWidget(self._pages, 1)
        self.bar.currentChanged.connect(self._pages.setCurrentIndex)
        self.retranslate()

    def draw(self, state: ReportState) -> None:
        """Show a report; the tab that is open stays open where it still exists."""
        self._overview.draw(state)
        while self.bar.count() - 1 > len(state.tables):
            self.bar.removeTab(self.bar.count() - 1)
        for place, table in enumerate(state.tables):
            self._draw_table(place, table)

    def page(self) -> QWidget | None:
        """Return the page that is open."""
        return self._pages.currentWidget()

    def retranslate(self) -> None:
        """Name the first tab; the others are named by their tables."""
        self.bar.setTabText(0, self.tr("概览"))

    def _draw_table(self, place: int, table: Table) -> None:
        if place == len(self._tables):
            made = DataTable(self.look)
            made.setObjectName(f"reportTable{place}")
            self._tables.append(made)
            self._pages.addWidget(made)
        if self.bar.count() == place + 1:
            self.bar.addTab(table.title)
        self.bar.setTabText(place + 1, table.title)
        self._tables[place].show_table(table.columns, table.rows, total=table.total)
