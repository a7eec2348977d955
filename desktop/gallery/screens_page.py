"""The page of the gallery where a screen's state is chosen and then seen.

A state is played at a counter of its own and photographed, so the gallery's window stays a window
and the counter's stays whole.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout

from desktop.gallery.scenes import SCREENS
from desktop.gallery.stage import Stage, Wear, picture
from desktop.i18n.language import LanguageSwitch
from desktop.theme.look import Look
from desktop.widgets.component import Component

SIZES = (QSize(1366, 768), QSize(1024, 768), QSize(1920, 1080))


class ScreensPage(Component):
    """Screen, state and size at the top, the picture below."""

    def __init__(self, look: Look, languages: LanguageSwitch, stage: Stage) -> None:
        """Fill the boxes; nothing is played before a state is chosen."""
        super().__init__(look)
        self._languages = languages
        self._stage = stage
        self._taken = QPixmap()
        self.screens, self.states, self._sizes = QComboBox(), QComboBox(), QComboBox()
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumSize(1, 1)
        row = QHBoxLayout()
        for box in (self.screens, self.states, self._sizes):
            row.addWidget(box)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.addLayout(row)
        rows.addWidget(self._picture, 1)
        self.screens.addItems(list(SCREENS))
        self._sizes.addItems([f"{size.width()} × {size.height()}" for size in SIZES])
        self._list_states(self.screens.currentText())
        self.screens.currentTextChanged.connect(self._list_states)
        for box in (self.states, self._sizes):
            box.activated.connect(self.play)

    def play(self) -> None:
        """Play the chosen state and show what it looks like in the present look and language."""
        dark, percent = self.look.dark, self.look.percent
        size = SIZES[self._sizes.currentIndex()]
        wear = Wear(self._languages.language, dark=dark, size=size)
        with self._stage.scene(self.states.currentText(), wear) as cashier:
            self._taken = picture(cashier)
        if (self.look.dark, self.look.percent) != (dark, percent):
            self.look.switch(dark=dark, percent=percent)
        self._show()

    @property
    def picture(self) -> QPixmap:
        """The picture in its own size; nothing before the first state was played."""
        return self._taken

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture to the page."""
        super().resizeEvent(event)
        self._show()

    def _list_states(self, screen: str) -> None:
        self.states.clear()
        self.states.addItems(list(SCREENS[screen]))

    def _show(self) -> None:
        if not self._taken.isNull():
            room = self._picture.size().boundedTo(self._taken.size())
            keep, smooth = (
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._picture.setPixmap(self._taken.scaled(room, keep, smooth))
