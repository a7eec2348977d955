"""The help over the window: the page of the screen below, and a list of the others.

It changes nothing of what is below: the one who opened it finds the focus where it was.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScroller,
    QTextBrowser,
    QWidget,
)

from desktop.shell.help_pages import Topic, help_text, help_title, spoken
from desktop.theme.look import Look
from desktop.theme.tokens import FACES, ROW_HEIGHT, Role
from desktop.widgets.sheet import Sheet

WIDTH = 1040
LIST_WIDTH = 232
BESIDE = 24  # pixels of the scrim that stay to be tapped
HEAD = 150  # of the card: its title, its margins and the scrim


class HelpSheet(Sheet):
    """The book of the counter."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        """Lie hidden over the window."""
        self._focus: QWidget | None = None
        self.topics = QListWidget()
        self.topics.setObjectName("helpTopics")
        self.text = QTextBrowser()
        self.text.setObjectName("helpText")
        self.text.setOpenLinks(False)
        self._inside = QWidget()
        super().__init__(look, parent, width=WIDTH)
        columns = QHBoxLayout(self._inside)
        columns.addWidget(self.topics)
        columns.addWidget(self.text, 1)
        for _topic in Topic:
            self.topics.addItem(QListWidgetItem())
        for view in (self.topics, self.text):
            QScroller.grabGesture(view.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.set_content("", self._inside)
        self.topics.currentRowChanged.connect(self._draw)
        self.retranslate()
        self.restyle()

    @property
    def topic(self) -> Topic:
        """The page that is open."""
        return tuple(Topic)[max(self.topics.currentRow(), 0)]

    def show_topic(self, topic: Topic) -> None:
        """Open a page over whatever has the keyboard now."""
        self._focus = QApplication.focusWidget()
        self.topics.setCurrentRow(tuple(Topic).index(topic))
        self.open()
        self._fit()
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Go away and give the keyboard back."""
        self.hide()
        if self._focus is not None and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.PopupFocusReason)
        self._focus = None

    def retranslate(self) -> None:
        """Take the pages of the language that is on."""
        super().retranslate()
        self.set_title(self.tr("帮助"))
        self.topics.setAccessibleName(self.tr("帮助的页"))
        for row, topic in enumerate(Topic):
            if (item := self.topics.item(row)) is not None:
                item.setText(help_title(topic, spoken()))
        self._draw()

    def restyle(self) -> None:
        """Take sizes from the scale."""
        super().restyle()
        px = self.look.px
        self.topics.setFixedWidth(px(LIST_WIDTH))
        self.topics.setStyleSheet(
            f"QListWidget {{ font-size: {px(FACES[Role.BODY].px)}px; }}"
            f"QListWidget::item {{ min-height: {px(ROW_HEIGHT)}px; padding-left: {px(12)}px; }}"
            f"QListWidget::item:selected {{ background: {self.look.colours.primary_bg};"
            f" color: {self.look.colours.text}; }}"
        )
        self.text.setStyleSheet(
            f"QTextBrowser {{ background: {self.look.colours.surface};"
            f" color: {self.look.colours.text}; border: none;"
            f" font-size: {px(FACES[Role.BODY].px)}px; }}"
        )
        self._draw()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as large as the window lets it."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on F1 as on Escape."""
        if event.key() == Qt.Key.Key_F1:
            self.close_requested.emit()
        super().keyPressEvent(event)

    def _draw(self, _row: int = 0) -> None:
        language = spoken()
        self.text.setMarkdown(help_text(self.topic, language))
        self.text.setAccessibleName(help_title(self.topic, language))
        self.text.verticalScrollBar().setValue(0)

    def _fit(self) -> None:
        px = self.look.px
        self._card.setFixedWidth(min(px(WIDTH), self.width() - 2 * BESIDE))
        self._inside.setFixedHeight(max(self.height() - px(HEAD), px(ROW_HEIGHT)))
