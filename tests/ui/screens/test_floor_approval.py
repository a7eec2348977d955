"""Points beyond the lease at a counter that is cut off: a floor, a second person, a PIN."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db.services.floor import end_spell
from db.storage.home import OFFICE, database_path
from db.storage.keys import database_key
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from desktop.gallery.cashier import Cashier
from tests.support.publishing import publish
from tests.support.storage_fixtures import seeded_chance

ZHANG = "13812345678"
FLOOR = {"per_visit": 300, "per_counter": 1_000, "hours": 24}


@pytest.fixture
def shop_folder(shop_folder: Path, clock: FixedClock) -> Path:
    """Return the shop as one of a head office that accepts a floor and was heard just now."""
    key = database_key(shop_folder, os_store=False, chance=seeded_chance(1), create=False)
    storage = Storage(database_path(shop_folder), key, clock=clock, chance=seeded_chance(1))
    publish(storage, offline={"floor": FLOOR})
    with storage.begin() as work:
        work.settings.put("authority", OFFICE)
        work.forget()
        end_spell(work)
    storage.close()
    return shop_folder


@pytest.fixture
def till(selling: Cashier) -> Cashier:
    """Return the cashier with ¥88.00 typed for 张*芳; nobody answers at head office."""
    selling.type(ZHANG)
    selling.settle()
    selling.type("88")
    selling.settle()
    return selling


def test_the_chips_end_with_the_floor_and_say_that_they_need_approval(till: Cashier) -> None:
    texts = [chip.text for chip in till.state.chips]

    assert texts[-1] == "用 300 分 = −¥3.00，需授权"
    assert all(chip.usable for chip in till.state.chips)


def test_a_pin_lets_the_sale_go_beyond_the_lease_once(till: Cashier) -> None:
    till.tap("chip0")
    till.type(till.manager_pin)
    till.settle()

    assert till.state.confirm.text.startswith("用 100 分，应付 ¥87.00")
    till.press(Qt.Key.Key_Return)
    till.settle()
    with till.counter.storage.reading() as reader:
        assert reader.all("SELECT points, coupons FROM floor_spend") == [(100, 0)]


def test_a_wrong_pin_uses_no_points(till: Cashier) -> None:
    till.tap("chip0")
    till.type("975310")
    till.settle()

    assert till.state.confirm.text.startswith("确认并积分")
    with till.counter.storage.reading() as reader:
        assert reader.value("SELECT count(*) FROM floor_spend") == 0


def type_at_once(till: Cashier, keys: str) -> None:
    """Type quicker than a PIN is checked."""
    for key in keys:
        focused = till.counter.window.focusWidget()
        assert isinstance(focused, QWidget)
        QTest.keyClick(focused, ord(key))


def test_a_pin_whose_sheet_was_closed_meanwhile_uses_no_points(till: Cashier) -> None:
    till.tap("chip0")
    type_at_once(till, till.manager_pin)
    till.press(Qt.Key.Key_Escape)
    till.settle()

    assert till.state.confirm.text.startswith("确认并积分")
    assert not till.sees("floorSheet")

    till.tap("chip0")
    till.type(till.manager_pin)
    till.settle()
    assert till.state.confirm.text.startswith("用 100 分，应付 ¥87.00")


def test_a_pin_answers_for_the_points_that_were_asked_and_no_others(till: Cashier) -> None:
    till.tap("chip0")
    type_at_once(till, till.manager_pin)
    QTest.keyClick(till.counter.pages.counter, Qt.Key.Key_F2)
    till.settle()

    assert till.state.member is None
    assert not till.sees("floorSheet")
    till.type(ZHANG)
    till.settle()
    assert till.state.confirm.text.startswith("确认并积分")
