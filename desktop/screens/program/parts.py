"""The two halves of the program's screen: the rules to read, and a basket to try."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.screens.program.state import Part, Trial
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.amount_field import AmountField
from desktop.widgets.benefit_list import BenefitList
from desktop.widgets.component import Card, Component
from desktop.widgets.explanation import ExplanationList
from desktop.widgets.keypad import Key, Keypad
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR)
BUYERS_MAX = 6
BUYER_COLUMNS = 3
TITLE_WIDTH = 128
COLUMN_GAP = 16


class RulesPage(Component):
    """The program's parts under each other: a title at the left, its sentences at the right."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self._card = Card(look)
        self._grid = QGridLayout(self._card)
        self._grid.setColumnStretch(1, 1)
        self._cells: list[tuple[Text, Text]] = []
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._card)
        rows.addStretch(1)
        self.area = QScrollArea()
        self.area.setObjectName("programRules")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.area)
        self.restyle()

    def draw(self, parts: tuple[Part, ...]) -> None:
        """Show these parts and no others."""
        while len(self._cells) < len(parts):
            self._add_row()
        for place, (title, lines) in enumerate(self._cells):
            used = place < len(parts)
            for text in (title, lines):
                text.setVisible(used)
            if used:
                title.setText(parts[place].title)
                lines.setText("\n".join(parts[place].lines))

    def restyle(self) -> None:
        """Space the rows by the scale."""
        px = self.look.px
        self._grid.setContentsMargins(px(20), px(16), px(20), px(16))
        self._grid.setHorizontalSpacing(px(COLUMN_GAP))
        self._grid.setVerticalSpacing(px(16))
        self._grid.setColumnMinimumWidth(0, px(TITLE_WIDTH))

    def _add_row(self) -> None:
        row = len(self._cells)
        title, lines = Text(role=Role.STRONG), Text(role=Role.BODY, wrap=True)
        self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(lines, row, 1)
        self._cells.append((title, lines))


class TrialPage(Component):
    """A keypad, who buys and what, and beside it what that comes to and why.

    Signals:
        key: a key of the pad.
        buyer: which of the customers is tried, from 0.
        kind: lay the amount in as these goods, from 0; −1 is no kind.
        cleared: empty the basket.
    """

    key = Signal(str)
    buyer = Signal(int)
    kind = Signal(int)
    cleared = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self._kinds: tuple[str, ...] = ()
        self.amount = AmountField(look)
        self.amount.setObjectName("trialAmount")
        self.keypad = Keypad(look, side_keys=SIDE_KEYS)
        self._buyers = [self._make_buyer(place) for place in range(BUYERS_MAX)]
        self.add = TouchButton(look, kind=Kind.SMALL, icon="shopping-cart")
        self.add.setObjectName("trialAdd")
        self.empty = TouchButton(look, kind=Kind.SMALL, icon="x")
        self.empty.setObjectName("trialClear")
        self.lines = Text(role=Role.LABEL, tone="muted", wrap=True)
        self.figures = BenefitList(look)
        self.figures.setObjectName("trialFigures")
        self.why = ExplanationList(look)
        self.why.setObjectName("trialWhy")
        self._hint = Text(role=Role.BODY, tone="muted", wrap=True)
        self._columns = QHBoxLayout(self)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._build()
        self.keypad.key.connect(self.key)
        self.add.clicked.connect(self._open_kinds)
        self.empty.clicked.connect(lambda _checked=False: self.cleared.emit())
        self.retranslate()
        self.restyle()

    def draw(self, trial: Trial) -> None:
        """Show a trial."""
        self._kinds = trial.kinds
        self.amount.show_entry(trial.amount)
        for place, button in enumerate(self._buyers):
            used = place < len(trial.buyers)
            button.setVisible(used)
            if used:
                button.set_caption(trial.buyers[place].text)
                button.setChecked(trial.buyers[place].on)
        self.add.setEnabled(trial.may_add)
        self.empty.setEnabled(bool(trial.lines))
        self.lines.setText("  ".join(trial.lines))
        self.lines.setVisible(bool(trial.lines))
        self.figures.show_rows(trial.figures)
        self.figures.setVisible(bool(trial.figures))
        self.why.show_explanation(trial.explanation)
        self.why.setVisible(bool(trial.figures))
        self._hint.setVisible(not trial.figures)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.keypad.set_compact(compact)
        self._fix_width()

    def menu(self) -> QMenu:
        """Build the menu of the goods that the program names."""
        menu = QMenu(self)
        plain = menu.addAction(self.tr("一般商品"))
        plain.triggered.connect(lambda _checked=False: self.kind.emit(-1))
        for place, name in enumerate(self._kinds):
            action = menu.addAction(name)
            action.triggered.connect(lambda _checked=False, place=place: self.kind.emit(place))
        return menu

    def retranslate(self) -> None:
        """Name the buttons."""
        self.add.set_caption(self.tr("加到明细"), name=self.tr("把金额加到明细"))
        self.empty.set_caption(self.tr("清空明细"))
        self._hint.setText(
            self.tr("输入金额，或把几样商品加到明细，看应付、积分和原因。不会记账。")
        )

    def restyle(self) -> None:
        """Space the columns by the scale."""
        px = self.look.px
        self._columns.setSpacing(px(COLUMN_GAP))
        for column in (self._left, self._right):
            column.setSpacing(px(GAP))
        self._fix_width()

    def _fix_width(self) -> None:
        width = self.keypad.sizeHint().width()
        self.amount.setFixedWidth(width)
        self.lines.setFixedWidth(width)

    def _make_buyer(self, place: int) -> TouchButton:
        button = TouchButton(self.look, kind=Kind.CHOICE)
        button.setObjectName(f"trialBuyer{place}")
        button.setCheckable(True)
        button.clicked.connect(partial(self._on_buyer, place))
        return button

    def _on_buyer(self, place: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  as Qt's clicked
        self.buyer.emit(place)

    def _open_kinds(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add.mapToGlobal(self.add.rect().topLeft()))

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.empty)
        self._left.addWidget(self.amount)
        self._left.addWidget(self.keypad)
        self._left.addLayout(buttons)
        self._left.addWidget(self.lines)
        self._left.addStretch(1)
        buyers = QGridLayout()
        for place, button in enumerate(self._buyers):
            buyers.addWidget(button, place // BUYER_COLUMNS, place % BUYER_COLUMNS)
        self._right.addLayout(buyers)
        self._right.addWidget(self.figures)
        self._right.addWidget(self._hint)
        self._right.addWidget(self.why, 1)
        self._right.addStretch(0)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addLayout(self._left)
        self._columns.addLayout(self._right, 1)
