"""The sheet of coupons and codes: what lies before the cashier at the left, a pad at the right."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.screens.counter.state import CouponRow, OfferSheet
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.amount_field import AmountField, Entry
from desktop.widgets.component import Component
from desktop.widgets.keypad import EDITING, ENTER
from desktop.widgets.letter_pad import LetterPad
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton
from desktop.wording.typing import FinderTyping

COLUMN_GAP = 16
LIST_WIDTH = 380
DIGITS = "1234567890"
DIGIT_COLUMNS = 5


class OfferPage(Component):
    """What the sheet holds.

    Signals:
        chosen: a row was tapped; its code, and whether it is a code that was typed.
        entered: the code that was typed.
    """

    chosen = Signal(str, bool)
    entered = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rows: tuple[CouponRow, ...] = ()
        self._buttons: list[TouchButton] = []
        self._list = QVBoxLayout()
        self._empty = Text(role=Role.BODY, tone="muted", wrap=True)
        self._due = Text(role=Role.STRONG)
        self.pad = CodePad(look)
        self.pad.entered.connect(self.entered)
        self._columns = QHBoxLayout(self)
        self._build()
        self.restyle()

    def draw(self, sheet: OfferSheet) -> None:
        """Show the coupons and codes in reach."""
        self._rows = sheet.rows
        while len(self._buttons) < len(sheet.rows):
            self._add_button()
        for place, button in enumerate(self._buttons):
            used = place < len(sheet.rows)
            button.setVisible(used)
            if used:
                self._draw_row(button, sheet.rows[place])
        self._empty.setText(sheet.empty)
        self._empty.setVisible(bool(sheet.empty))
        self._due.setText(sheet.due)

    def restyle(self) -> None:
        """Space the columns by the scale."""
        px = self.look.px
        self._columns.setSpacing(px(COLUMN_GAP))
        self._list.setSpacing(px(GAP))
        self.area.setFixedWidth(px(LIST_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type the code; Enter uses it, and every other key is the sheet's."""
        key, text = event.key(), event.text()
        if key in ENTER:
            self.pad.use.activate()
        elif key in EDITING:
            self.pad.press(EDITING[Qt.Key(key)])
        elif text.isascii() and text.isalnum():
            self.pad.press(text.upper())
        else:
            super().keyPressEvent(event)

    def _draw_row(self, button: TouchButton, row: CouponRow) -> None:
        button.set_caption(f"{row.name}  {row.detail}".strip())
        button.setChecked(row.on)
        button.setEnabled(row.usable)

    def _add_button(self) -> None:
        place = len(self._buttons)
        button = TouchButton(self.look, kind=Kind.CHOICE)
        button.setObjectName(f"offer{place}")
        button.clicked.connect(partial(self._on_row, place))
        self._list.insertWidget(place, button)
        self._buttons.append(button)

    def _on_row(self, place: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  as Qt's clicked
        self.setFocus()
        row = self._rows[place]
        self._buttons[place].setChecked(row.on)
        self.chosen.emit(row.code, row.typed)

    def _build(self) -> None:
        inside = QWidget()
        inside.setLayout(self._list)
        self._list.setContentsMargins(0, 0, self.look.px(GAP), 0)
        self._list.addWidget(self._empty)
        self._list.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        left = QVBoxLayout()
        left.addWidget(self.area, 1)
        left.addWidget(self._due)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addLayout(left)
        self._columns.addWidget(self.pad, 1)


class CodePad(Component):
    """Letters and digits for a code, and the button that uses it.

    Signals:
        entered: the whole code; it is forgotten here.
    """

    entered = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(look, parent)
        self._typing = FinderTyping()
        self.field = AmountField(look)
        self.field.setObjectName("codeField")
        self.letters = LetterPad(look)
        self._digits = [self._make_digit(digit) for digit in DIGITS]
        self.use = TouchButton(look)
        self.use.setObjectName("useCode")
        self._grid = QGridLayout()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for place, digit in enumerate(self._digits):
            self._grid.addWidget(digit, place // DIGIT_COLUMNS, place % DIGIT_COLUMNS)
        self._rows.addWidget(self.field)
        self._rows.addLayout(self._grid)
        self._rows.addWidget(self.letters)
        self._rows.addWidget(self.use)
        self.letters.key.connect(self.press)
        self.use.clicked.connect(self._enter)
        self.retranslate()
        self.restyle()

    def press(self, key: str) -> None:
        """Take a letter, a digit, backspace or clear."""
        self._typing = self._typing.press(key)
        self.retranslate()

    def retranslate(self) -> None:
        """Show what is typed, and what the button would do with it."""
        typed = self._typing.text
        self.field.show_entry(
            Entry(
                self.tr("券码"),
                typed or self.tr("扫码或输入"),
                hint=self.tr("券码或优惠码"),
                empty=not typed,
                placeholder=True,
            )
        )
        self.use.set_caption(
            self.tr("使用 {code}").format(code=typed) if typed else self.tr("请输入券码或优惠码")
        )
        self.use.setEnabled(bool(typed))

    def restyle(self) -> None:
        """Space the rows by the scale."""
        gap = self.look.px(GAP)
        self._rows.setSpacing(gap)
        self._grid.setSpacing(gap)

    def _enter(self) -> None:
        text, self._typing = self._typing.text, FinderTyping()
        self.retranslate()
        self.entered.emit(text)

    def _make_digit(self, digit: str) -> TouchButton:
        button = TouchButton(self.look, digit, kind=Kind.KEY)
        button.setObjectName(f"code_{digit}")
        button.clicked.connect(lambda _checked=False: self.press(digit))
        return button
