"""Every text has its English, and the language changes while the window is open."""

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.assets import translation_file, translation_source
from desktop.gallery.components import pages
from desktop.i18n.language import Language, LanguageSwitch
from desktop.i18n.update import collect, compile_translation, unfinished
from desktop.theme.look import Look
from desktop.widgets.text import Text


def test_no_text_lacks_its_english() -> None:
    assert unfinished(translation_source("en")) == ()


def test_the_translation_has_every_text_of_the_code_and_no_other(tmp_path: Path) -> None:
    """Run `python -m desktop.i18n` when this fails."""
    fresh = tmp_path / "guitai_en.ts"
    shutil.copy(translation_source("en"), fresh)

    collect(fresh)

    assert fresh.read_text(encoding="utf-8") == translation_source("en").read_text(encoding="utf-8")


def test_the_compiled_translation_is_of_this_source(tmp_path: Path) -> None:
    fresh = tmp_path / "guitai_en.qm"

    compile_translation(translation_source("en"), fresh)

    assert fresh.read_bytes() == translation_file("en").read_bytes()


def test_placeholders_are_the_same_in_both_languages() -> None:
    text = translation_source("en").read_text(encoding="utf-8")
    pairs = re.findall(
        r"<source>(.*?)</source>.*?<translation>(.*?)</translation>", text, re.DOTALL
    )

    different = [
        (chinese, english)
        for chinese, english in pairs
        if _placeholders(chinese) != _placeholders(english)
    ]

    assert pairs
    assert different == []


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{\w*\}|%n|%\d", text))


def test_the_language_is_changed_back_and_forth(languages: LanguageSwitch) -> None:
    heard: list[str] = []
    languages.changed.connect(heard.append)

    languages.use(Language.EN)
    languages.use(Language.EN)
    assert QCoreApplication.translate("Keypad", "清空") == "Clear"
    assert QLocale().language() is QLocale.Language.English

    languages.use(Language.ZH_CN)
    assert QCoreApplication.translate("Keypad", "清空") == "清空"
    assert heard == ["en", "zh_CN"]


def test_qt_s_own_texts_are_chinese_too(languages: LanguageSwitch) -> None:
    assert languages.language is Language.ZH_CN

    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", list(Language))
def test_no_text_of_the_gallery_is_cut(
    qtbot: QtBot, look: Look, languages: LanguageSwitch, *, language: Language, dark: bool
) -> None:
    languages.use(language)
    look.switch(dark=dark)

    for name, page in pages(look).items():
        qtbot.addWidget(page)
        page.resize(1024 if name == "compact" else 1366, 712)
        page.show()
        QApplication.processEvents()
        cut = [label.text() for label in page.findChildren(QLabel) if _cut(label)]
        assert cut == [], name
        page.hide()


def _cut(label: QLabel) -> bool:
    if not label.isVisible() or not isinstance(label, Text):
        return False
    needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    narrow = not label.wordWrap() and label.sizeHint().width() > label.width()
    return narrow or needed > label.height()
