"""The first load with real processes: killed in the middle, over lines that lie, it comes whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.client.first_load import FOLDER
from sync.server.snapshots import LEAST_SETTING
from tests.support.bad_line import (
    CHEERFUL,
    CUT,
    NOTHING,
    PORTAL,
    SILENT,
    TRUNCATED,
    WHOLE,
    BadLine,
    bad_line,
)
from tests.support.makers import a_member, a_sale
from tests.support.offices import HeadOffice, head_office
from tests.support.processes import Process, done, wait_until
from tests.support.shops import Shop, check_agreement, check_inside, converge, looking_into
from tests.support.teller import told

MEMBERS = 1_200


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadOffice]:
    """Return a head office with enough members for several chunks."""
    folder = tmp_path_factory.mktemp("office")
    with head_office(folder / "office") as office:
        with looking_into(office.home) as storage:
            for number in range(MEMBERS):
                member = a_member(storage, phone=f"1390001{number:04}").member_id
                if number % 10 == 0:
                    a_sale(storage, member, amount=10_000 + number)
            with storage.begin() as work:
                work.settings.put(LEAST_SETTING, "1000")
        yield office


@pytest.fixture
def line(office: HeadOffice) -> Iterator[BadLine]:
    with bad_line(office.port) as line:
        yield line


@pytest.fixture
def shop(tmp_path: Path, office: HeadOffice, line: BadLine) -> Shop:
    """Return a counter that joined, with an act of its own, and has loaded nothing."""
    shop = Shop(tmp_path / "counter")
    office.enroll(shop.home, address=line.address)
    return shop


def check_loaded(office: HeadOffice, shop: Shop) -> None:
    converge(shop.home)
    check_agreement(office.home, shop.home)
    assert not (shop.home / FOLDER).exists()


def test_a_new_counter_loads_everything_and_finds_a_member(office: HeadOffice, shop: Shop) -> None:
    said = shop.sync()
    found = done(told(shop.home, "member", "find", "13900010042"))

    assert (said["loaded"] > MEMBERS, said["trouble"]) == (True, None)
    assert len(found["members"]) == 1
    check_loaded(office, shop)


def test_acts_from_before_it_joined_are_kept(
    tmp_path: Path, office: HeadOffice, line: BadLine
) -> None:
    shop = Shop(tmp_path / "counter")
    member = shop.enroll("13911119999")
    sale = shop.sell("128.00", member)
    office.enroll(shop.home, address=line.address)
    said = shop.sync()

    assert said["loaded"] > MEMBERS
    assert done(told(shop.home, "sale", "show", sale))
    check_loaded(office, shop)


@pytest.mark.parametrize("fault", [CUT, PORTAL, CHEERFUL, NOTHING, TRUNCATED])
def test_a_lying_line_delays_it_and_no_more(
    office: HeadOffice, line: BadLine, shop: Shop, fault: str
) -> None:
    line.become(WHOLE, WHOLE, WHOLE, fault)
    tries: list[dict[str, Any]] = []
    while not tries or not tries[-1]["loaded"]:
        assert len(tries) < 40, tries[-1]
        tries.append(shop.sync())
    line.become(WHOLE)

    check_loaded(office, shop)


def test_a_counter_killed_while_it_fetches_goes_on_where_it_was(
    office: HeadOffice, line: BadLine, shop: Shop, tmp_path: Path
) -> None:
    folder = shop.home / FOLDER
    line.become(WHOLE, WHOLE, WHOLE, WHOLE, SILENT)
    words = ("desktop", "--home", str(shop.home), "--json", "sync", "now")
    process = Process(tmp_path / "said", "loading", *words)
    wait_until(lambda: folder.exists() and any(folder.iterdir()), "a chunk to come")
    process.kill()
    before = {path.name for path in folder.iterdir() if path.suffix != ".part"}
    check_inside(shop.home)
    line.become(WHOLE)
    said = shop.sync()

    assert before
    assert said["loaded"] > MEMBERS
    check_loaded(office, shop)


@pytest.mark.parametrize("part", range(5))
def test_a_counter_killed_while_it_takes_over_has_all_or_nothing(
    office: HeadOffice, shop: Shop, tmp_path: Path, part: int
) -> None:
    """Killed at five moments of writing the image, filling the tables, committing, letting go."""
    image, book = shop.home / FOLDER / "image.db", shop.home / "guitai.db"
    small = book.stat().st_size
    moments = (
        image.exists,
        lambda: image.exists() and image.stat().st_size > 200_000,
        lambda: any(shop.home.glob("guitai.db-journal")) or image.exists(),
        lambda: book.stat().st_size > small,
        lambda: book.stat().st_size > small and not image.exists(),
    )
    words = ("desktop", "--home", str(shop.home), "--json", "sync", "now")
    process = Process(tmp_path / "said", "loading", *words)
    wait_until(lambda: moments[part]() or not process.alive, "the moment")
    process.kill()
    check_inside(shop.home)
    shop.sync()

    check_loaded(office, shop)


def test_head_office_killed_while_it_builds_builds_again(
    office: HeadOffice, shop: Shop, tmp_path: Path
) -> None:
    with looking_into(office.home) as storage:
        for number in range(3):
            a_member(storage, phone=f"1390002{number:04}")
    for path in (office.home / "snapshots").glob("*.json"):
        path.unlink()
    words = ("desktop", "--home", str(shop.home), "--json", "sync", "now")
    process = Process(tmp_path / "said", "asking", *words)
    building = office.home / "snapshots" / "building.db"
    wait_until(lambda: building.exists() or not process.alive, "building to begin")
    office.kill()
    process.kill()
    office.start()
    said = shop.sync()

    assert said["loaded"] > MEMBERS
    check_loaded(office, shop)


def test_a_counter_of_members_at_home_asks_for_a_visitor(
    tmp_path: Path, office: HeadOffice
) -> None:
    shop = Shop(tmp_path / "counter", branch="外滩店")
    code = done(told(office.home, "office", "enroll-code", "--members", "home"))["code"]
    done(told(shop.home, "sync", "enroll", office.address, str(code)))
    said = shop.sync()
    unknown = done(told(shop.home, "member", "find", "13999999999"))
    found = done(told(shop.home, "member", "find", "13900010042"))

    assert (said["loaded"], said["pulled"]) == (0, 0)
    assert unknown["members"] == []
    assert len(found["members"]) == 1
    check_inside(shop.home)
