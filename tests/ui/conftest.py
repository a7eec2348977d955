"""The look and the language of the tests: light, 100 %, Chinese, whatever the test before did."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.i18n.language import Language, LanguageSwitch
from desktop.theme.look import Look


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Look:
    """Dress the application once: reading the fonts takes a moment."""
    return Look(qapp)


@pytest.fixture
def look(dressed: Look) -> Iterator[Look]:
    """Return the light look at 100 %, and put it back afterwards."""
    yield dressed
    if dressed.dark or dressed.percent != 100:
        dressed.switch(dark=False, percent=100)


@pytest.fixture(scope="session")
def speaking(qapp: QApplication) -> LanguageSwitch:
    return LanguageSwitch(qapp)


@pytest.fixture
def languages(speaking: LanguageSwitch) -> Iterator[LanguageSwitch]:
    """Return the switch, Chinese now and afterwards."""
    yield speaking
    speaking.use(Language.ZH_CN)
