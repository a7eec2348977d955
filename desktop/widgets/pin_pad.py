"""Six dots and a pad: where a PIN is typed, by finger or keyboard.

The digits live in here only until the last one, then leave once through `entered` and are
forgotten; nothing ever shows or reads them out.
"""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.theme.focus_ring import OWN_FOCUS
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, KEY_HEIGHT, KEY_WIDTH_COMPACT, Role
from desktop.widgets.component import Component
from desktop.widgets.keypad import EDITING, Key
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

PIN_DIGITS = 6
KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", Key.CLEAR, "0", Key.BACKSPACE)
COLUMNS = 3
DOT_PX = 18
DOT_GAP = 18


class PinPad(Component):
    """A PIN of six digits.

    Signals:
        entered: the six digits, once complete.
    """

    entered = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build the pad empty."""
        super().__init__(look, parent)
        self._digits = ""
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._dots = Dots(look)
        self._message = Text(role=Role.LABEL, tone="error", wrap=True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid = QGridLayout()
        self._keys: dict[str, TouchButton] = {}
        for place, key in enumerate(KEYS):
            self._add(key, place // COLUMNS, place % COLUMNS)
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(self._dots, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addWidget(self._message)
        self._rows.addLayout(self._grid)
        self.retranslate()
        self.restyle()
        self._tell()

    def reset(self, message: str = "") -> None:
        """Forget what was typed and say why, for instance 「PIN 不对，还可试 3 次」."""
        self._digits = ""
        self._message.setText(message)
        self._tell()

    def set_locked(self, locked: bool, message: str = "") -> None:  # noqa: FBT001  as Qt's setters
        """Take no digits for now and say why, or take them again."""
        self.reset(message)
        for button in self._keys.values():
            button.setEnabled(not locked)

    def press(self, key: str) -> None:
        """Take a digit, `Key.BACKSPACE` or `Key.CLEAR`; nothing while locked."""
        if not self._keys[key].isEnabled():
            return
        if key == Key.CLEAR:
            self._digits = ""
        elif key == Key.BACKSPACE:
            self._digits = self._digits[:-1]
        else:
            self._digits += key
            self._message.setText("")
        self._tell()
        if len(self._digits) == PIN_DIGITS:
            complete, self._digits = self._digits, ""
            self.entered.emit(complete)

    def button(self, key: str) -> TouchButton:
        """Return the button of a key."""
        return self._keys[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Backspace and Delete from the keyboard; leave the rest to the screen."""
        key = EDITING.get(event.key())
        if key is not None:
            self.press(key)
        elif event.text() in self._keys:
            self.press(event.text())
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Name the two keys that are no digits, and the dots."""
        self._keys[Key.CLEAR].set_caption(self.tr("清空"))
        self._keys[Key.BACKSPACE].set_caption("", name=self.tr("退格"))
        self._tell()

    def restyle(self) -> None:
        """Give keys and dots their size."""
        px = self.look.px
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(12))
        self._grid.setSpacing(px(GAP))
        self._message.setMinimumHeight(px(24))
        for button in self._keys.values():
            button.setFixedSize(px(KEY_WIDTH_COMPACT), px(KEY_HEIGHT))

    def _tell(self) -> None:
        typed = len(self._digits)
        self._dots.show_filled(typed)
        name = self.tr("PIN 已输入 {typed} 位，共 {all} 位")
        self.setAccessibleName(name.format(typed=typed, all=PIN_DIGITS))

    def _add(self, key: str, row: int, column: int) -> None:
        side = key in {Key.CLEAR, Key.BACKSPACE}
        icon = "delete" if key == Key.BACKSPACE else ""
        kind = Kind.SIDE_KEY if side else Kind.KEY
        button = TouchButton(self.look, key, kind=kind, icon=icon, parent=self)
        button.clicked.connect(lambda _checked=False, key=key: self.press(key))
        button.setObjectName(f"pin_{key}")
        self._grid.addWidget(button, row, column)
        self._keys[key] = button


class Dots(Component):
    """As many dots as the PIN has digits, filled as far as it is typed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start with none filled."""
        super().__init__(look, parent)
        self._filled = 0

    def show_filled(self, filled: int) -> None:
        """Fill the first dots."""
        self._filled = filled
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the row of dots."""
        px = self.look.px
        return QSize(PIN_DIGITS * px(DOT_PX) + (PIN_DIGITS - 1) * px(DOT_GAP), px(DOT_PX + 8))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dots."""
        px, painter = self.look.px, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.look.colour("border"))
        top = (self.height() - px(DOT_PX)) // 2
        for place in range(PIN_DIGITS):
            on = place < self._filled
            painter.setBrush(self.look.colour("primary" if on else "surface"))
            left = place * px(DOT_PX + DOT_GAP)
            painter.drawEllipse(QRect(left, top, px(DOT_PX) - 1, px(DOT_PX) - 1))
        painter.end()
