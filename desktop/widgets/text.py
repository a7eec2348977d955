"""A line or paragraph of plain text in one of the roles and tones of the theme."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.theme.tokens import Role


class Text(QLabel):
    """Plain text, never markup: a member may be called ``<b>``."""

    def __init__(
        self,
        text: str = "",
        *,
        role: Role = Role.BODY,
        tone: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Say the role (size, weight) and the tone (a token of `TONES`, or none for plain)."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", str(role))
        self.setProperty("tone", tone)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_tone(self, tone: str) -> None:
        """Change the colour; no tone is plain text."""
        self._set("tone", tone)

    def set_role(self, role: Role) -> None:
        """Change size and weight."""
        self._set("role", str(role))

    def _set(self, name: str, value: str) -> None:
        if self.property(name) != value:
            self.setProperty(name, value)
            self.style().unpolish(self)  # a style sheet reads properties only when polishing
            self.style().polish(self)


class Number(Text):
    """A number: right-aligned, never elided and never wrapped."""

    def __init__(
        self,
        text: str = "",
        *,
        role: Role = Role.TABLE,
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Take the formatted figure."""
        super().__init__(text, role=role, tone=tone, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
