"""The keypad of the counter: twenty millimetres a key, four by four.

It knows nothing of money or phones: it says which key was hit, and the view-model decides.
"""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import GAP, KEY_HEIGHT, KEY_WIDTH, KEY_WIDTH_COMPACT
from desktop.widgets.component import Component
from desktop.widgets.touch_button import Kind, TouchButton


class Key(StrEnum):
    """What a key means; the digits and the point are their own text."""

    DOUBLE_ZERO = "00"
    POINT = "."
    BACKSPACE = "backspace"
    CLEAR = "clear"
    MEMBER = "member"
    SCAN = "scan"
    LETTERS = "letters"


DIGITS = ("7", "8", "9", "4", "5", "6", "1", "2", "3", Key.DOUBLE_ZERO, "0", Key.POINT)
ALL_SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR, Key.MEMBER, Key.SCAN)
ICONS = {
    Key.BACKSPACE: "delete",
    Key.MEMBER: "user",
    Key.SCAN: "scan-line",
    Key.LETTERS: "keyboard",
}
EDITING: dict[int, Key] = {Qt.Key.Key_Backspace: Key.BACKSPACE, Qt.Key.Key_Delete: Key.CLEAR}
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
"""What a keyboard's own keys mean where there is a keypad."""
COLUMNS = 3
SIDE_NARROWER = 16


class Keypad(Component):
    """Twelve number keys and a column of others.

    Signals:
        key: a digit "0" to "9", or a value of `Key`.
    """

    key = Signal(str)

    def __init__(
        self,
        look: Look,
        *,
        side_keys: tuple[Key, ...] = ALL_SIDE_KEYS,
        parent: QWidget | None = None,
    ) -> None:
        """Choose which of the side keys this screen needs."""
        super().__init__(look, parent)
        self._compact = False
        self._sides = len(side_keys)
        self._span = len(DIGITS) // COLUMNS // max(len(side_keys), 1)
        self._keys: dict[str, TouchButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for place, digit in enumerate(DIGITS):
            self._add(digit, place // COLUMNS, place % COLUMNS, kind=Kind.KEY)
        for row, side in enumerate(side_keys):
            self._add(side, row * self._span, COLUMNS, kind=Kind.SIDE_KEY)
        self._grid.setRowStretch(len(DIGITS) // COLUMNS, 1)
        self.retranslate()
        self.restyle()

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        if compact != self._compact:
            self._compact = compact
            self.restyle()

    def set_point(self, usable: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Allow the decimal point, or not while a phone number or points are typed."""
        self._keys[Key.POINT].setEnabled(usable)

    def button(self, key: str) -> TouchButton:
        """Return the button of a key, for instance to hang a tour or a test on it."""
        return self._keys[key]

    def retranslate(self) -> None:
        """Name the keys that have words."""
        words = {
            Key.BACKSPACE: ("", self.tr("退格")),
            Key.CLEAR: (self.tr("清空"), ""),
            Key.MEMBER: (self.tr("会员"), self.tr("查找会员")),
            Key.SCAN: (self.tr("扫码"), ""),
            Key.LETTERS: (self.tr("拼音"), self.tr("用字母按姓名查找")),
            Key.POINT: (".", self.tr("小数点")),
        }
        for key, (text, name) in words.items():
            if key in self._keys:
                self._keys[key].set_caption(text, name=name)

    def restyle(self) -> None:
        """Give every key its size."""
        self._grid.setSpacing(self.look.px(GAP))
        width = KEY_WIDTH_COMPACT if self._compact else KEY_WIDTH
        for button in self._keys.values():
            button.setFixedSize(self._width_of(button, width), self._height_of(button))

    def sizeHint(self) -> QSize:
        """Return the pad's size as it is from now on, which a layout learns of only later."""
        width = KEY_WIDTH_COMPACT if self._compact else KEY_WIDTH
        side = self.look.px(width - SIDE_NARROWER) + self.look.px(GAP) if self._sides else 0
        rows = len(DIGITS) // COLUMNS
        return QSize(
            COLUMNS * self.look.px(width) + (COLUMNS - 1) * self.look.px(GAP) + side,
            rows * self.look.px(KEY_HEIGHT) + (rows - 1) * self.look.px(GAP),
        )

    def _width_of(self, button: TouchButton, width: int) -> int:
        """Make the side keys 16 px narrower, so that the pad is as wide as the confirm button."""
        return self.look.px(width - SIDE_NARROWER if button.kind is Kind.SIDE_KEY else width)

    def _height_of(self, button: TouchButton) -> int:
        """Let fewer side keys share the height of the four rows."""
        rows = self._span if button.kind is Kind.SIDE_KEY else 1
        return rows * self.look.px(KEY_HEIGHT) + (rows - 1) * self.look.px(GAP)

    def _add(self, key: str, row: int, column: int, *, kind: Kind) -> None:
        icon = ICONS.get(Key(key), "") if kind is Kind.SIDE_KEY else ""
        button = TouchButton(self.look, key, kind=kind, icon=icon, parent=self)
        button.setAutoRepeat(key == Key.BACKSPACE)
        button.clicked.connect(lambda _checked=False, key=key: self.key.emit(str(key)))
        button.setObjectName(f"key_{key}")
        self._grid.addWidget(button, row, column, self._span if kind is Kind.SIDE_KEY else 1, 1)
        self._keys[key] = button
