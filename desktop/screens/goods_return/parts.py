"""The goods of a return: a row for each line, with how many of it come back."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.screens.goods_return.state import Goods
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.component import Card, Component
from desktop.widgets.stepper import Stepper
from desktop.widgets.text import Text

ROW_HEIGHT = 64


class GoodsList(Component):
    """Every line that was sold; rows are made once and used again.

    Signals:
        stepped: line from 0, and how many of it are to come back.
    """

    stepped = Signal(int, int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(look, parent)
        self._card = Card(look)
        self._rows: list[_GoodsRow] = []
        self._inside = QVBoxLayout(self._card)
        page = QWidget()
        around = QVBoxLayout(page)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._card)
        around.addStretch(1)
        area = QScrollArea()
        area.setObjectName("returnGoods")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.restyle()

    def draw(self, goods: tuple[Goods, ...]) -> None:
        """Show these lines and no others."""
        while len(self._rows) < len(goods):
            self._add_row()
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(goods))
            if place < len(goods):
                row.draw(goods[place])

    def restyle(self) -> None:
        """Space the rows by the scale."""
        px = self.look.px
        self._inside.setContentsMargins(px(16), px(8), px(8), px(8))
        self._inside.setSpacing(px(GAP))

    def _add_row(self) -> None:
        place = len(self._rows)
        row = _GoodsRow(self.look, place)
        row.stepper.stepped.connect(partial(self.stepped.emit, place))
        self._rows.append(row)
        self._inside.addWidget(row)


class _GoodsRow(Component):
    """One line: its name and what was paid at the left, the stepper at the right."""

    def __init__(self, look: Look, place: int) -> None:
        super().__init__(look)
        self.stepper = Stepper(look)
        self.stepper.setObjectName(f"goods{place}")
        self.stepper.less.setObjectName(f"goods{place}less")
        self.stepper.more.setObjectName(f"goods{place}more")
        self._name = Text(role=Role.BODY, wrap=True)
        self._detail = Text(role=Role.LABEL, tone="muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._detail)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self.stepper)
        self.restyle()

    def draw(self, goods: Goods) -> None:
        self._name.setText(goods.name)
        self._detail.setText(goods.detail)
        self.stepper.show_count(goods.count, most=goods.left, of=goods.name)

    def restyle(self) -> None:
        self.setMinimumHeight(self.look.px(ROW_HEIGHT))
