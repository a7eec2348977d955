"""The sheet of goods: a field and what it finds at the left, the sale's lines at the right."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.screens.counter.state import GoodsRow, GoodsSheet
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, SECONDARY_HEIGHT, TARGET_MIN, Role
from desktop.widgets.component import Component
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.keypad import ENTER
from desktop.widgets.result_list import ResultList
from desktop.widgets.text import Number, Text
from desktop.widgets.touch_button import Kind, TouchButton

COLUMN_GAP = 16
LIST_HEIGHT = 400


class GoodsPage(Component):
    """What the sheet holds.

    Signals:
        written: the text to look for.
        chosen: which of what was found.
        counted: a line, and how many pieces more or fewer.
        finished: the lines are right.
    """

    written = Signal(str)
    chosen = Signal(int)
    counted = Signal(int, int)
    finished = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self.field = QLineEdit()
        self.field.setObjectName("goodsSearch")
        self.found = ResultList(look)
        self.found.setObjectName("goodsFound")
        self._empty = EmptyState(look)
        self._left = QStackedWidget()
        self._left.addWidget(self._empty)
        self._left.addWidget(self.found)
        self._lines: list[LineRow] = []
        self._column = QVBoxLayout()
        self._total = Text(role=Role.TITLE)
        self.done = TouchButton(look, kind=Kind.PRIMARY, icon="check")
        self.done.setObjectName("goodsDone")
        self._columns = QHBoxLayout(self)
        self._build()
        self.field.textEdited.connect(self.written)
        self.found.chosen.connect(self.chosen)
        self.done.clicked.connect(lambda _checked=False: self.finished.emit())
        self.retranslate()
        self.restyle()

    def draw(self, sheet: GoodsSheet) -> None:
        """Show a state."""
        if self.field.text() != sheet.text:
            self.field.setText(sheet.text)
        self.found.show_rows(sheet.found)
        if not sheet.found:
            self._empty.show_words(sheet.empty, icon="scan-barcode")
        self._left.setCurrentIndex(1 if sheet.found else 0)
        while len(self._lines) < len(sheet.lines):
            self._add_line()
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(sheet.lines))
            if place < len(sheet.lines):
                line.draw(sheet.lines[place])
        self._total.setText(sheet.total)

    def take_keyboard(self) -> None:
        """Let the field take what is typed."""
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the marked product with Enter; with nothing typed the lines are right."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif self.field.text():
            self.chosen.emit(max(self.found.currentIndex().row(), 0))
            self.field.selectAll()
        else:
            self.finished.emit()

    def retranslate(self) -> None:
        """Name field and button."""
        self.field.setPlaceholderText(self.tr("商品名称、首字母、条码"))
        self.field.setAccessibleName(self.tr("查找商品"))
        self.done.set_caption(self.tr("完成"))

    def restyle(self) -> None:
        """Space the columns by the scale."""
        px = self.look.px
        self._columns.setSpacing(px(COLUMN_GAP))
        self._column.setSpacing(px(4))
        self.field.setMinimumHeight(px(SECONDARY_HEIGHT))
        self._left.setFixedHeight(px(LIST_HEIGHT))

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(self.look.px(GAP))
        left.addWidget(self.field)
        left.addWidget(self._left, 1)
        inside = QWidget()
        inside.setLayout(self._column)
        self._column.setContentsMargins(0, 0, self.look.px(GAP), 0)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        right = QVBoxLayout()
        right.setSpacing(self.look.px(GAP))
        right.addWidget(area, 1)
        right.addWidget(self._total)
        right.addWidget(self.done)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)

    def _add_line(self) -> None:
        place = len(self._lines)
        line = LineRow(self.look, place)
        line.counted.connect(partial(self.counted.emit, place))
        self._lines.append(line)
        self._column.insertWidget(place, line)


class LineRow(Component):
    """One line: what, how many at which price, the keys for one less and one more.

    Signals:
        counted: one more, or one fewer.
    """

    counted = Signal(int)

    def __init__(self, look: Look, place: int) -> None:
        """Build it empty; its keys are called by its place."""
        super().__init__(look)
        self._name = Text(role=Role.STRONG, wrap=True)
        self._detail = Text(role=Role.LABEL, tone="muted")
        self._amount = Number(role=Role.STRONG)
        self.fewer = TouchButton(look, kind=Kind.SMALL, icon="minus")
        self.fewer.setObjectName(f"fewer{place}")
        self.more = TouchButton(look, kind=Kind.SMALL, icon="plus")
        self.more.setObjectName(f"more{place}")
        self.fewer.clicked.connect(lambda _checked=False: self.counted.emit(-1))
        self.more.clicked.connect(lambda _checked=False: self.counted.emit(1))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(GAP))
        row.addLayout(words, 1)
        for part in (self._amount, self.fewer, self.more):
            row.addWidget(part)
        for button in (self.fewer, self.more):
            button.setFixedWidth(look.px(TARGET_MIN))

    def draw(self, line: GoodsRow) -> None:
        """Show a line."""
        self._name.setText(line.name)
        self._detail.setText(line.detail)
        self._amount.setText(line.amount)
        self.fewer.set_caption("", name=self.tr("{name} 减一件").format(name=line.name))
        self.more.set_caption("", name=self.tr("{name} 加一件").format(name=line.name))
