"""The help: a page for each screen in both languages, named as the screens are; F1 and Escape."""

import re
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QTextBrowser

from desktop.assets import help_file, resources_dir, translation_source
from desktop.gallery.cashier import SHIFT_LEAD, Cashier
from desktop.i18n.language import Language
from desktop.shell.help_pages import Topic, help_text, help_title, topic_of
from desktop.shell.help_sheet import HelpSheet

F1 = Qt.Key.Key_F1
BOLD = re.compile(r"\*\*(.+?)\*\*(?!\*)")
HOLE = re.compile(r"\\\{\w+\\\}|%n")
EACH = [(topic, language) for topic in Topic for language in Language]


def said(language: Language) -> list[re.Pattern[str]]:
    """Return what the screens say in a language; a hole stands for anything."""
    texts: list[str] = []
    for message in ET.parse(translation_source("en")).iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")]
        english = forms or [translation.text or ""]
        texts += english if language is Language.EN else [message.findtext("source") or ""]
    solid = [text for text in texts if len(re.findall(r"\w", re.sub(r"\{\w+\}", "", text))) > 1]
    return [re.compile(HOLE.sub(".+", re.escape(text))) for text in solid]


def test_every_screen_has_a_page_of_its_own(cashier: Cashier) -> None:
    pages = cashier.counter.pages
    topics = [topic_of(pages, page) for page in (pages.sign_in, *pages.all())]

    assert Topic.DAY not in topics
    assert len(set(topics)) == len(topics)


@pytest.mark.parametrize(("topic", "language"), EACH)
def test_a_page_has_a_title_steps_and_no_raw_marks(topic: Topic, language: Language) -> None:
    text = help_text(topic, language)

    assert help_title(topic, language)
    assert text.startswith("# ")
    assert "\n1. " in text
    assert text.count("**") == 2 * len(BOLD.findall(text))


def test_no_page_lies_about_without_a_topic() -> None:
    found = {(path.parent.name, path.stem) for path in (resources_dir() / "help").rglob("*.md")}

    assert found == {(str(language), str(topic)) for topic, language in EACH}
    assert all(help_file(language, topic).is_file() for topic, language in EACH)


@pytest.mark.parametrize("language", Language)
def test_a_bold_name_is_a_name_on_the_screen(language: Language) -> None:
    patterns = said(language)
    unknown = [
        f"{topic}: {name}"
        for topic in Topic
        for name in BOLD.findall(help_text(topic, language))
        if not any(pattern.fullmatch(name) for pattern in patterns)
    ]

    assert unknown == []


def sheet(cashier: Cashier) -> HelpSheet:
    return cashier.counter.window.findChildren(HelpSheet)[0]


def press(key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_f1_opens_the_page_of_the_screen_and_escape_gives_all_back(selling: Cashier) -> None:
    selling.type("13812345678")
    selling.type("88")
    before = QApplication.focusWidget()

    selling.press(F1)
    assert sheet(selling).isVisible()
    assert sheet(selling).topic is Topic.COUNTER
    selling.press(Qt.Key.Key_F12)
    assert selling.counter.window.at_work
    selling.type("9")
    press(Qt.Key.Key_Escape)
    selling.settle()

    assert not sheet(selling).isVisible()
    assert QApplication.focusWidget() is before
    assert selling.state.amount.value == "¥88.00"
    assert selling.state.member is not None


def test_f1_on_another_screen_and_before_the_sign_in(cashier: Cashier) -> None:
    cashier.press(F1)
    assert sheet(cashier).topic is Topic.SIGN_IN
    cashier.press(F1)
    assert not sheet(cashier).isVisible()

    cashier.sign_in(SHIFT_LEAD)
    cashier.tap("place_report")
    cashier.press(F1)

    assert sheet(cashier).topic is Topic.REPORT


def test_another_page_is_a_tap_away_and_the_language_follows(selling: Cashier) -> None:
    selling.press(F1)
    topics = selling.part("helpTopics", QListWidget)
    row = topics.visualItemRect(topics.item(0)).center()
    QTest.mouseClick(topics.viewport(), Qt.MouseButton.LeftButton, pos=row)

    shown = selling.part("helpText", QTextBrowser)
    assert shown.toPlainText().startswith(help_title(Topic.DAY, Language.ZH_CN))
    selling.counter.speak("en")
    assert shown.toPlainText().startswith(help_title(Topic.DAY, Language.EN))


def test_the_menu_opens_the_help(selling: Cashier) -> None:
    actions = selling.counter.window.bar.menu().actions()
    next(action for action in actions if "（F1）" in action.text()).trigger()

    assert sheet(selling).isVisible()


def test_a_scan_goes_to_the_counter_and_the_lock_closes_the_help(selling: Cashier) -> None:
    selling.press(F1)
    selling.scan("13812345678")
    assert not sheet(selling).isVisible()

    selling.press(F1)
    selling.counter.window.lock()
    assert not sheet(selling).isVisible()
