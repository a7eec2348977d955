"""The look and the language of the tests: light, 100 %, Chinese, whatever the test before did.

And a counter in a shop of its own for each test, with somebody standing at it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.storage.system import FixedClock
from desktop.app import Counter, Dress, open_counter
from desktop.gallery.cashier import Cashier
from desktop.gallery.shop import CounterShop, open_shop
from desktop.i18n.language import Language, LanguageSwitch
from desktop.theme.look import Look
from tests.support.storage_fixtures import seeded_chance


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


@pytest.fixture(scope="session")
def made_shop(tmp_path_factory: pytest.TempPathFactory) -> CounterShop:
    """Return the shop that every test's shop is a copy of; nobody writes to it."""
    return open_shop(tmp_path_factory.mktemp("shop"), chance=seeded_chance(3))


@pytest.fixture
def shop_folder(made_shop: CounterShop, tmp_path: Path) -> Path:
    """Return a fresh copy of the shop."""
    folder = tmp_path / "shop"
    shutil.copytree(made_shop.folder, folder)
    return folder


@pytest.fixture
def counter(
    shop_folder: Path,
    clock: FixedClock,
    look: Look,
    languages: LanguageSwitch,
    qtbot: QtBot,
) -> Iterator[Counter]:
    """Return the shop's counter with its window shown, nobody signed in."""
    opened = open_counter(
        shop_folder, dress=Dress(look, languages), clock=clock, chance=seeded_chance(5)
    )
    with qtbot.waitExposed(opened.window):
        opened.window.show()
    yield opened
    opened.close()


@pytest.fixture
def cashier(counter: Counter, clock: FixedClock, made_shop: CounterShop) -> Cashier:
    """Return somebody at the counter who has not signed in yet."""
    return Cashier(counter, clock, manager_pin=made_shop.made.pin)


@pytest.fixture
def selling(cashier: Cashier) -> Cashier:
    """Return the cashier 王芳, signed in, her shift open."""
    cashier.sign_in()
    return cashier
