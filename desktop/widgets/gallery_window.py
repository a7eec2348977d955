"""The window of `guitai gallery`: the pages as tabs, with switches for theme, scale, language."""

import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n.language import Language, LanguageSwitch
from desktop.theme.focus_ring import FocusRing
from desktop.theme.look import Look
from desktop.theme.tokens import SCALE_PERCENT_MAX, SCALE_PERCENT_MIN
from desktop.widgets.gallery import pages
from desktop.widgets.touch_button import Kind, TouchButton

SIZE = QSize(1366, 768)
SIZES = {"compact": QSize(1024, 712), "counter": QSize(1366, 712)}
SCALE_STEP = 10


def run_gallery(folder: Path = Path("gallery")) -> int:
    """Show the gallery until it is closed; with no screen, leave its pictures in a folder."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([])
    look, languages = Look(app), LanguageSwitch(app)
    if app.platformName() == "offscreen":
        for picture in photograph(look, languages, folder):
            sys.stdout.write(f"{picture}\n")
        return 0
    window = GalleryWindow(look, languages)
    window.show()
    return app.exec()


class GalleryWindow(QMainWindow):
    """Every component in every state, to look at."""

    def __init__(self, look: Look, languages: LanguageSwitch) -> None:
        """Build the pages in the present look and language."""
        super().__init__()
        self._look = look
        self._languages = languages
        self._tabs = QTabWidget()
        self._switches = QHBoxLayout()
        for icon, slot in (("moon", self._theme), ("languages", self._language)):
            button = TouchButton(look, kind=Kind.SMALL, icon=icon, name=icon)
            button.clicked.connect(slot)
            self._switches.addWidget(button)
        scale = TouchButton(look, "%", kind=Kind.SMALL)
        scale.clicked.connect(self._scale)
        self._switches.addWidget(scale)
        self._switches.addStretch(1)
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.addLayout(self._switches)
        rows.addWidget(self._tabs, 1)
        self.setCentralWidget(body)
        self._ring = FocusRing(self, look)
        self.resize(SIZE)
        self._build()

    def _build(self) -> None:
        place = self._tabs.currentIndex()
        for old in [self._tabs.widget(at) for at in range(self._tabs.count())]:
            if old is not None:
                old.deleteLater()
        self._tabs.clear()
        for name, page in pages(self._look).items():
            self._tabs.addTab(page, name)
        self._tabs.setCurrentIndex(max(place, 0))

    def _theme(self) -> None:
        self._look.switch(dark=not self._look.dark)

    def _language(self) -> None:
        other = Language.EN if self._languages.language is Language.ZH_CN else Language.ZH_CN
        self._languages.use(other)
        self._build()

    def _scale(self) -> None:
        percent = self._look.percent + SCALE_STEP
        self._look.switch(percent=SCALE_PERCENT_MIN if percent > SCALE_PERCENT_MAX else percent)
        self._build()


def photograph(look: Look, languages: LanguageSwitch, folder: Path) -> Iterator[Path]:
    """Write a PNG of each page in each theme and language into a folder, and name it."""
    folder.mkdir(parents=True, exist_ok=True)
    for dark in (False, True):
        look.switch(dark=dark)
        for language in Language:
            languages.use(language)
            for name, page in pages(look).items():
                window = QMainWindow()
                window.setCentralWidget(page)
                window.resize(SIZES.get(name, SIZE))
                picture = folder / f"{name}_{language}_{'dark' if dark else 'light'}.png"
                window.grab().save(str(picture))
                yield picture
