"""Letters for a finger: A to Z in order, for pinyin and codes.

Chinese itself is typed with the system's own touch keyboard. Like the keypad it only says which
key was hit.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import GAP, SECONDARY_HEIGHT, TARGET_MIN
from desktop.widgets.component import Component
from desktop.widgets.keypad import Key
from desktop.widgets.touch_button import Kind, TouchButton

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COLUMNS = 7


class LetterPad(Component):
    """Twenty-six letters, backspace and clear, seven in a row.

    Signals:
        key: a letter "A" to "Z", `Key.BACKSPACE` or `Key.CLEAR`.
    """

    key = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Lay out the keys."""
        super().__init__(look, parent)
        self._keys: dict[str, TouchButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for place, key in enumerate((*LETTERS, Key.BACKSPACE, Key.CLEAR)):
            self._add(key, place // COLUMNS, place % COLUMNS)
        self.retranslate()
        self.restyle()

    def button(self, key: str) -> TouchButton:
        """Return the button of a key."""
        return self._keys[key]

    def retranslate(self) -> None:
        """Name the two keys that are no letters."""
        self._keys[Key.BACKSPACE].set_caption("", name=self.tr("退格"))
        self._keys[Key.CLEAR].set_caption("", name=self.tr("清空"))

    def restyle(self) -> None:
        """Give the keys their height; their width follows the pad's."""
        self._grid.setSpacing(self.look.px(GAP))
        for button in self._keys.values():
            button.setFixedHeight(self.look.px(SECONDARY_HEIGHT))
            button.setMinimumWidth(self.look.px(TARGET_MIN))

    def _add(self, key: str, row: int, column: int) -> None:
        letter = len(key) == 1
        icon = {Key.BACKSPACE: "delete", Key.CLEAR: "x"}.get(Key(key), "") if not letter else ""
        kind = Kind.KEY if letter else Kind.SIDE_KEY
        button = TouchButton(self.look, key, kind=kind, icon=icon, parent=self)
        button.setAutoRepeat(key == Key.BACKSPACE)
        button.clicked.connect(lambda _checked=False, key=key: self.key.emit(str(key)))
        button.setObjectName(f"letter_{key}")
        self._grid.addWidget(button, row, column)
        self._keys[key] = button
