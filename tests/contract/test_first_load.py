"""The first load and members at home, alike whatever keeps head office's book."""

import time
from collections.abc import Iterator

import pytest

from db.services.verify.book import verify_home
from sync.client.exchange import ExchangeReport
from sync.client.storage_access import directly_on
from sync.client.visitors import find_at_office
from sync.server.devices import HOME, enroll_code
from sync.server.snapshots import LEAST_SETTING
from tests.contract.conftest import Ground, Joining, Till
from tests.support.checkers import the_book, value
from tests.support.grounds import Near

PATIENCE_S = 60.0
POLL_S = 0.05


@pytest.fixture
def offering(ground: Ground) -> Iterator[None]:
    """Let head office offer a snapshot of the smallest book."""
    offer(ground, 1)
    yield
    offer(ground, 1_000_000)


def offer(ground: Ground, least: int) -> None:
    with ground.book.begin() as work:
        work.settings.put(LEAST_SETTING, str(least))


def loaded(till: Till) -> ExchangeReport:
    """Exchange until the first load is over, building what is ordered where nobody else does."""
    deadline = time.monotonic() + PATIENCE_S
    while (report := till.exchange()).loading:
        assert time.monotonic() < deadline, "the snapshot never came"
        if isinstance(till.ground, Near):
            snapshots = till.ground._office.snapshots
            if (order := snapshots.take_order()) is not None:
                assert snapshots.build(order)
        else:
            time.sleep(POLL_S)
    return report


@pytest.mark.usefixtures("offering")
def test_a_new_counter_reaches_the_book_of_one_that_read_every_act(joining: Joining) -> None:
    seller = joining()
    for _ in range(3):
        seller.sells(2, member=seller.registers(name="欧阳静"))
    seller.sells(1)
    seller.exchange()
    newcomer = joining("徐家汇店")
    report = loaded(newcomer)
    seller.exchange()

    assert report.trouble is None
    assert report.loaded
    assert verify_home(newcomer.storage).problems == ()
    reading = joining("外滩店")
    offer(reading.ground, 1_000_000)
    reading.exchange()
    newcomer.exchange()
    assert the_book(newcomer.storage) == the_book(reading.storage)


def test_a_counter_of_members_at_home_hears_of_a_guest_with_all_he_has(joining: Joining) -> None:
    there = joining("世纪大道店")
    guest = there.registers(phone=(phone := there.phone()), name="欧阳静")
    there.sells(1, member=guest, amount=50_000)
    there.exchange()
    here, sister = (at_home(joining) for _ in range(2))
    found = find_at_office(directly_on(here.storage), here.remote, here.device, text=phone)
    here.sells(1, member=guest, amount=10_000)
    here.exchange()
    there.sells(1, member=guest, amount=20_000)
    for till in (there, here, sister):
        till.exchange()

    total = "SELECT sum(remaining) FROM lot WHERE member_id = ?"
    expected = value(there.storage, total, guest)
    assert found == 1
    assert value(sister.storage, total, guest) == expected
    assert value(here.storage, total, guest) == expected
    for till in (here, sister):
        assert verify_home(till.storage).problems == ()


def at_home(joining: Joining) -> Till:
    code = enroll_code(joining.ground.book, members=HOME).code
    till = joining("五角场店", code=code)
    till.exchange()
    return till
