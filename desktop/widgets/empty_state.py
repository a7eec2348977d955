"""What a screen shows when there is nothing: a picture, a sentence, perhaps one thing to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.component import Component
from desktop.widgets.painting import ratio_of
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

ICON_PX = 56


class EmptyState(Component):
    """An icon over a sentence, centred.

    Signals:
        action_requested: the button under the sentence was hit.
    """

    action_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start without words."""
        super().__init__(look, parent)
        self._icon_name = "info"
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = Text(role=Role.TITLE, wrap=True)
        self._text = Text(role=Role.BODY, tone="muted", wrap=True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._action = TouchButton(look, kind=Kind.SECONDARY)
        self._action.clicked.connect(self.action_requested)
        self._rows = QVBoxLayout(self)
        self._rows.addStretch(1)
        for part in (self._icon, self._title, self._text):
            self._rows.addWidget(part)
        self._rows.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addStretch(1)
        self._action.hide()
        self.restyle()

    def show_words(
        self, title: str, text: str = "", *, icon: str = "info", action: str = ""
    ) -> None:
        """Say what is missing, in a few words, and what to do."""
        self._icon_name = icon
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._action.set_caption(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{title} {text}".strip())
        self.restyle()

    def restyle(self) -> None:
        """Tint the picture and space the words."""
        px = self.look.px
        self._rows.setContentsMargins(px(24), px(16), px(24), px(16))
        self._rows.setSpacing(px(12))
        self._action.setMinimumWidth(px(160))
        ratio = ratio_of(self)
        self._icon.setPixmap(self.look.icon(self._icon_name, "border", px=ICON_PX, ratio=ratio))
