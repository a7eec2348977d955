"""The gallery shows every component in both themes and both languages."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget
from pytestqt.qtbot import QtBot

from desktop.i18n.language import Language, LanguageSwitch
from desktop.theme.look import Look
from desktop.widgets.gallery import pages
from desktop.widgets.gallery_window import GalleryWindow, photograph
from desktop.widgets.touch_button import TouchButton


def test_each_page_is_photographed_in_each_theme_and_language(
    look: Look, languages: LanguageSwitch, tmp_path: Path
) -> None:
    pictures = list(photograph(look, languages, tmp_path))

    assert len(pictures) == len(set(pictures)) == 4 * len(pages(look))
    assert not any(QImage(str(picture)).isNull() for picture in pictures)
    light, dark = (QImage(str(tmp_path / f"status_en_{theme}.png")) for theme in ("light", "dark"))
    assert light.pixelColor(1, 1).lightness() > 200
    assert dark.pixelColor(1, 1).lightness() < 50


def test_the_window_switches_theme_language_and_scale(
    qtbot: QtBot, look: Look, languages: LanguageSwitch
) -> None:
    window = GalleryWindow(look, languages)
    qtbot.addWidget(window)
    window.show()
    switches = {button.accessibleName(): button for button in window.findChildren(TouchButton)}

    for name in ("moon", "languages", "%"):
        QTest.mouseClick(switches[name], Qt.MouseButton.LeftButton)

    assert look.dark
    assert look.percent == 110
    assert languages.language is Language.EN
    tabs = window.findChild(QTabWidget)
    assert tabs is not None
    assert tabs.count() == len(pages(look))
