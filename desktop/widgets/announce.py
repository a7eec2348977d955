"""Saying something to screen readers, once, without taking the focus.

What was said last stays on the widget as the property `announced`, for whoever inspects a window.
"""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

ANNOUNCED = "announced"


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say a sentence on behalf of a widget."""
    widget.setProperty(ANNOUNCED, text)
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
