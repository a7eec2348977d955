"""The base of every composed widget: draws again on a new language, measures again on a new look.

State comes down through one `draw`-like method with plain values, intent goes up as signals.
"""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.theme.look import Look


class Component(QFrame):
    """A widget that knows its look and its language."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Keep the look and follow it."""
        super().__init__(parent)
        self.look = look
        look.changed.connect(self.restyle)

    def retranslate(self) -> None:
        """Set every text of our own again; called when the language changes."""

    def restyle(self) -> None:
        """Set every size again; called when theme or scale changes."""

    def changeEvent(self, event: QEvent) -> None:
        """Hear of a new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class Card(Component):
    """A flat surface with a hairline and round corners, the only kind of box there is."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Mark the frame for the style sheet."""
        super().__init__(look, parent)
        self.setProperty("card", True)
