"""The window of `guitai gallery`: components and screens as tabs; theme, scale and language."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from desktop.app import Dress, application
from desktop.gallery.components import pages
from desktop.gallery.screens_page import ScreensPage
from desktop.gallery.stage import Stage
from desktop.i18n.language import Language, LanguageSwitch
from desktop.theme.focus_ring import FocusRing
from desktop.theme.look import Look
from desktop.theme.tokens import SCALE_PERCENT_MAX, SCALE_PERCENT_MIN
from desktop.widgets.touch_button import Kind, TouchButton

SIZE = QSize(1366, 768)
SCALE_STEP = 10


def show_gallery() -> int:
    """Show the gallery until it is closed."""
    app = application()
    look, languages = Look(app), LanguageSwitch(app)
    with tempfile.TemporaryDirectory(prefix="guitai-gallery-") as folder:
        window = GalleryWindow(look, languages, Stage(Path(folder), Dress(look, languages)))
        window.show()
        return app.exec()


class GalleryWindow(QMainWindow):
    """Every component in every state and every screen in its own, to look at."""

    def __init__(self, look: Look, languages: LanguageSwitch, stage: Stage) -> None:
        """Build the pages in the present look and language."""
        super().__init__()
        self._look = look
        self._languages = languages
        self._stage = stage
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
        screens = ScreensPage(self._look, self._languages, self._stage)
        self._tabs.addTab(screens, "screens")
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
