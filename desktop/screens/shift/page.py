"""What the pages of the shift share: a head, what is typed for at the left, keypad at the right.

A page draws; keys and touches leave it as signals, the same whether they were hit or typed.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.screens.shift.state import Confirm
from desktop.theme.look import Look
from desktop.theme.tokens import GAP, Role
from desktop.widgets.banner import Banner
from desktop.widgets.component import Component
from desktop.widgets.keypad import EDITING, ENTER, Key, Keypad
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

MARGIN = 16
SIDE_KEYS = (Key.BACKSPACE, Key.CLEAR)
STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class KeypadPage(Component):
    """A page with a keypad and one confirm button.

    Signals:
        key: a key of the keypad, hit or typed.
        stepped: the arrow keys ask for the field above (-1) or below (1).
        escaped: Escape, or the button at the top.
    """

    key = Signal(str)
    stepped = Signal(int)
    escaped = Signal()

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        """Build the frame; back, confirm and notice are called by the name."""
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = Text(role=Role.TITLE)
        self.line = Text(role=Role.LABEL, tone="muted")
        self.back = TouchButton(look, kind=Kind.SMALL, icon="arrow-left")
        self.back.setObjectName(f"backFrom{name}")
        self.keypad = Keypad(look, side_keys=SIDE_KEYS)
        self.notice = Banner(look)
        self.notice.setObjectName(f"{name[0].lower()}{name[1:]}Notice")
        self.after = Text(role=Role.LABEL, tone="muted", wrap=True)
        self.confirm = TouchButton(look, kind=Kind.PRIMARY)
        self.left = QVBoxLayout()
        self._columns = QHBoxLayout()
        self._right = QVBoxLayout()
        self._build()
        self.keypad.key.connect(self.key)
        self.back.clicked.connect(self.escaped)

    def draw_confirm(self, confirm: Confirm) -> None:
        """Show what the button would do, or why it does nothing."""
        self.confirm.set_caption(confirm.text)
        self.confirm.set_caution(confirm.caution)
        self.confirm.setEnabled(confirm.usable)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow keys of windows below 1200 px."""
        self.keypad.set_compact(compact)
        self._fix_width()

    def restyle(self) -> None:
        """Space the columns by the scale."""
        px = self.look.px
        self._columns.setSpacing(px(MARGIN))
        self.left.setSpacing(px(GAP))
        self._right.setSpacing(px(GAP))
        self._fix_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits and the point; Enter confirms, Escape goes back."""
        key, text = event.key(), event.text()
        if key in ENTER:
            self.confirm.activate()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in STEPS:
            self.stepped.emit(STEPS[Qt.Key(key)])
        elif key in EDITING:
            self.key.emit(EDITING[Qt.Key(key)])
        elif text.isascii() and (text.isdigit() or text == Key.POINT):
            self.key.emit(text)
        else:
            super().keyPressEvent(event)

    def _fix_width(self) -> None:
        width = self.keypad.sizeHint().width()
        for part in (self.confirm, self.notice, self.after):
            part.setFixedWidth(width)

    def _build(self) -> None:
        px = self.look.px(MARGIN)
        head = QHBoxLayout()
        head.setSpacing(px)
        head.addWidget(self.title)
        head.addWidget(self.line, 1)
        head.addWidget(self.back)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(px, px // 2, px, px)
        rows.setSpacing(px // 2)
        rows.addLayout(head)
        rows.addLayout(self._columns, 1)
        self._right.addWidget(self.keypad)
        self._right.addWidget(self.notice)
        self._right.addStretch(1)
        self._right.addWidget(self.after)
        self._right.addWidget(self.confirm)
        self._columns.addLayout(self.left, 1)
        self._columns.addLayout(self._right)
