"""The gallery shows every component and every state of a screen, in both themes and languages."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QTabWidget
from pytestqt.qtbot import QtBot

from desktop.app import Dress
from desktop.gallery import album, scenes
from desktop.gallery.album import photograph, photograph_screens
from desktop.gallery.components import pages
from desktop.gallery.screens_page import ScreensPage
from desktop.gallery.stage import Stage
from desktop.gallery.window import GalleryWindow
from desktop.i18n.language import Language, LanguageSwitch
from desktop.theme.look import Look
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


def test_each_state_is_photographed_and_each_screen_has_a_sheet(
    look: Look, languages: LanguageSwitch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = scenes.SCREENS["members"]["members"]
    two = {"enroll": scenes.SCREENS["enroll"], "members": {"members": first}}
    monkeypatch.setattr(album, "SCREENS", two)

    paths = list(photograph_screens(Dress(look, languages), tmp_path))

    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "screens/enroll_enroll_zh_CN_light_1366.png",
        "screens/enroll_enroll_en_dark_1024.png",
        "sheets/enroll.png",
        "screens/members_members_zh_CN_light_1366.png",
        "screens/members_members_en_dark_1024.png",
        "sheets/members.png",
    ]
    assert QImage(str(paths[1])).size() == QSize(1024, 768)
    assert QImage(str(paths[2])).width() > 1000


def test_the_window_switches_theme_language_and_scale(
    qtbot: QtBot, look: Look, languages: LanguageSwitch, tmp_path: Path
) -> None:
    window = GalleryWindow(look, languages, Stage(tmp_path, Dress(look, languages)))
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
    assert tabs.count() == len(pages(look)) + 1


def test_a_chosen_state_is_played_in_the_present_look(
    qtbot: QtBot, look: Look, languages: LanguageSwitch, tmp_path: Path
) -> None:
    page = ScreensPage(look, languages, Stage(tmp_path, Dress(look, languages)))
    qtbot.addWidget(page)
    look.switch(dark=True)
    page.screens.setCurrentText("members")

    _choose(page.states, "members")

    assert page.picture.size() == QSize(1366, 768)
    assert page.picture.toImage().pixelColor(1300, 760).lightness() < 50
    assert look.dark


def _choose(box: QComboBox, text: str) -> None:
    place = box.findText(text)
    box.setCurrentIndex(place)
    box.activated.emit(place)
