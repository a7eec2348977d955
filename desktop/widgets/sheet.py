"""A sheet over the screen: the one elevation there is, on a 40 % scrim.

It covers its parent and follows its size; Escape and a tap beside it ask to close, and whoever
opened it decides.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.component import Card, Component
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

SCRIM = QColor(0, 0, 0, 102)
BACK_WIDTH = 112


class Sheet(Component):
    """A titled card over everything else of its parent.

    Signals:
        close_requested: back, Escape, or a tap beside the card.
    """

    close_requested = Signal()

    def __init__(self, look: Look, parent: QWidget, *, width: int = 720) -> None:
        """Lie hidden over the parent; the width is in pixels at 100 %."""
        super().__init__(look, parent)
        self._width = width
        self._title = Text(role=Role.TITLE)
        self._back = TouchButton(look, kind=Kind.SMALL)
        self._back.clicked.connect(self.close_requested)
        self._card = Card(look, self)
        self._rows = QVBoxLayout(self._card)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._back)
        self._rows.addLayout(head)
        middle = QHBoxLayout(self)
        middle.addStretch(1)
        middle.addWidget(self._card, 0, Qt.AlignmentFlag.AlignVCenter)
        middle.addStretch(1)
        parent.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        self.retranslate()
        self.restyle()

    def set_content(self, title: str, content: QWidget) -> None:
        """Put a widget under the title; the sheet owns it from now on."""
        self.set_title(title)
        if (item := self._rows.itemAt(1)) is not None and (old := item.widget()) is not None:
            self._rows.removeWidget(old)
            old.deleteLater()
        if (layout := content.layout()) is not None:
            layout.setContentsMargins(0, 0, 0, 0)  # the card has its own
        self._rows.addWidget(content)

    def set_title(self, title: str) -> None:
        """Say what the sheet is about."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def open(self) -> None:
        """Cover the parent and take the keyboard."""
        self._cover()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def retranslate(self) -> None:
        """Name the way back."""
        self._back.set_caption(self.tr("返回"))

    def restyle(self) -> None:
        """Space the card by the scale."""
        px = self.look.px
        self._card.setFixedWidth(px(self._width))
        self._rows.setContentsMargins(px(24), px(16), px(16), px(24))
        self._rows.setSpacing(px(16))
        self._back.setMinimumWidth(px(BACK_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask to close on Escape; keep every other key from the screen below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask to close on a tap beside the card; nothing reaches the screen below."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_requested.emit()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darken what is below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), SCRIM)
        painter.end()

    def _cover(self) -> None:
        parent = self.parentWidget()
        assert parent is not None, "a sheet lies over something"
        self.setGeometry(parent.rect())
