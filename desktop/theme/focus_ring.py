"""The keyboard's focus: a 3 px ring outside a 2 px gap, painted over the window.

A style sheet cannot draw outside a widget, so one transparent overlay per window follows the
focus. A tap gives buttons no focus (they take it from Tab only), so touch users never see it.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from desktop.theme.look import Look
from desktop.theme.tokens import FOCUS_GAP, FOCUS_RING, RADIUS

RINGED = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)
OWN_FOCUS = "ownFocus"  # dynamic property of a widget that draws its own focus


class FocusRing(QWidget):
    """Follow the focus inside one window and ring the widget that has it."""

    def __init__(self, window: QWidget, look: Look) -> None:
        """Lay the ring over a window; it stays hidden until something in it has focus."""
        super().__init__(window)
        self._look = look
        self._target: QWidget | None = None
        self._moved_by: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        look.changed.connect(self._place)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        for part in self._moved_by:
            if isValid(part):
                part.removeEventFilter(self)
        window = self.parentWidget()
        inside = new is not None and window is not None and window.isAncestorOf(new)
        self._target = new if inside and new is not None and _ringed(new) else None
        self._moved_by = [] if window is None else _up_to(window, self._target)
        for part in self._moved_by:
            part.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the ringed widget, and with whatever it lies in."""
        if watched in self._moved_by and event.type() in {
            QEvent.Type.Move,
            QEvent.Type.Resize,
            QEvent.Type.Show,
            QEvent.Type.Hide,
        }:
            self._place()
        return False

    def _place(self) -> None:
        window = self.parentWidget()
        if self._target is None or window is None or not self._target.isVisible():
            self.hide()
            return
        reach = self._look.px(FOCUS_RING + FOCUS_GAP)
        corner = self._target.mapTo(window, QPoint(0, 0))
        box = QRect(corner, self._target.size()).adjusted(-reach, -reach, reach, reach)
        self.setGeometry(box)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        width = self._look.px(FOCUS_RING)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("focus"), width))
        radius = self._look.px(RADIUS + FOCUS_GAP) + width / 2
        inset = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius
        )
        painter.end()


def _ringed(widget: QWidget) -> bool:
    return isinstance(widget, RINGED) and not widget.property(OWN_FOCUS)


def _up_to(window: QWidget, part: QWidget | None) -> list[QWidget]:
    """Return a widget and all that it lies in below the window."""
    found: list[QWidget] = []
    while part is not None and part is not window:
        found.append(part)
        part = part.parentWidget()
    return found
