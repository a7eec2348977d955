"""A printer that stands in the network, and a counter that is opened with it, and once more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.domain.staff import Actor, Role
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from desktop.app import Counter, Dress, open_counter
from desktop.device_settings import DeviceSettings, keep_device_settings, read_device_settings
from desktop.devices.simulators.printer import VirtualPrinter, virtual_printer
from desktop.gallery.cashier import Cashier
from desktop.gallery.shop import CounterShop
from desktop.i18n.language import LanguageSwitch
from desktop.theme.look import Look
from tests.support.paper import Opened
from tests.support.storage_fixtures import seeded_chance


@pytest.fixture
def printer() -> Iterator[VirtualPrinter]:
    with virtual_printer() as standing:
        yield standing


@pytest.fixture
def opened(
    shop_folder: Path,
    clock: FixedClock,
    look: Look,
    languages: LanguageSwitch,
    qtbot: QtBot,
    made_shop: CounterShop,
) -> Iterator[Opened]:
    """Return what opens the counter with these devices and signs 王芳 in."""
    counters: list[Counter] = []
    runs: list[DeviceSettings | None] = []

    def opening(settings: DeviceSettings | None = None) -> Cashier:
        """Begin with these devices, or once more with what is kept."""
        dress = Dress(look, languages)
        while counters:
            counters.pop().close()
        if settings is not None:
            first = open_counter(shop_folder, dress=dress, clock=clock, chance=seeded_chance(5))
            keep(first.storage, settings)
            first.close()
        # Another run makes other ids: the chance of one that went before would make the same.
        runs.append(settings)
        chance = seeded_chance(5 + len(runs))
        counter = open_counter(shop_folder, dress=dress, clock=clock, chance=chance)
        counters.append(counter)
        with qtbot.waitExposed(counter.window):
            counter.window.show()
        cashier = Cashier(counter, clock, manager_pin=made_shop.made.pin)
        cashier.sign_in()
        return cashier

    yield opening
    for counter in counters:
        counter.close()


def keep(storage: Storage, settings: DeviceSettings) -> None:
    with storage.begin() as work:
        keep_device_settings(work, settings, by=Actor(None, Role.MANAGER))
    with storage.reading() as reader:
        assert read_device_settings(reader) == settings
