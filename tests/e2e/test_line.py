"""The line to head office, as bad as lines are: the counter sells on and all arrives once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.bad_line import (
    CHEERFUL,
    CUT,
    ERROR,
    FAULTS,
    LOST,
    NOTHING,
    PORTAL,
    SILENT,
    TRUNCATED,
    WHOLE,
    BadLine,
    bad_line,
)
from tests.support.offices import HeadOffice, head_office
from tests.support.processes import Process, done, ended
from tests.support.shops import (
    Shop,
    check_agreement,
    check_inside,
    converge,
    looking_into,
    sales_in,
)
from tests.support.teller import told
from tests.support.whole_books import operation_ids


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadOffice]:
    """Return one head office for all the stories; each has counters of its own."""
    with head_office(tmp_path_factory.mktemp("office") / "office") as office:
        yield office


@pytest.fixture
def line(office: HeadOffice) -> Iterator[BadLine]:
    with bad_line(office.port) as line:
        yield line


@pytest.fixture
def shop(tmp_path: Path, office: HeadOffice, line: BadLine) -> Shop:
    """Return a counter whose only way to head office is the bad line."""
    shop = Shop(tmp_path / "counter")
    office.enroll(shop.home, address=line.address)
    return shop


def test_an_offline_sale_arrives_after_the_line_returns(
    office: HeadOffice, line: BadLine, shop: Shop
) -> None:
    line.become(CUT)
    member = shop.enroll("13910000001")
    sale = shop.sell("128.00", member)
    cut_off = shop.sync()
    waiting = shop.waiting

    line.become(WHOLE)
    arrived = shop.sync()

    assert (cut_off["online"], cut_off["pushed"]) == (False, 0)
    assert waiting == 3, "a registration, a shift, a sale"
    assert (arrived["online"], arrived["pushed"], arrived["waiting"]) == (True, 3, 0)
    assert sales_in(office.home).count(sale) == 1


@pytest.mark.parametrize("page", [PORTAL, CHEERFUL])
def test_a_captive_portals_200_acknowledges_nothing(
    office: HeadOffice, line: BadLine, shop: Shop, page: str
) -> None:
    line.become(page)
    sale = shop.sell("66.00")

    believed = shop.sync()

    assert (believed["online"], believed["pushed"], believed["waiting"]) == (False, 0, 2)
    assert line.asked[page] >= 1
    assert sale not in sales_in(office.home)
    line.become(WHOLE)
    assert shop.sync()["waiting"] == 0
    assert sales_in(office.home).count(sale) == 1


def test_whatever_the_server_answers_the_counter_sells_on_and_catches_up(
    office: HeadOffice, line: BadLine, shop: Shop
) -> None:
    sold = []
    for fault in (ERROR, TRUNCATED, LOST, NOTHING):
        line.become(fault)
        sold.append(shop.sell("10.00"))
        said = shop.sync()
        assert (said["online"], said["pushed"]) == (False, 0), fault
        assert said["waiting"] == len(sold) + 1, f"{fault}: with the shift"
        assert line.asked[fault] >= 1

    line.become(WHOLE)
    converge(shop.home)

    assert [sales_in(office.home).count(sale) for sale in sold] == [1, 1, 1, 1]


def test_while_the_server_says_nothing_the_counter_sells(line: BadLine, shop: Shop) -> None:
    line.become(SILENT)
    words = ("--home", str(shop.home), "--json", "sync", "now")
    with ended(Process(shop.home.parent / "said", "sync", "desktop", *words)) as sync:
        first = shop.sell("10.00")
        sync.wait_for(lambda: line.asked[SILENT] >= 1, "to ask")

        second = shop.sell("20.00")

        assert sync.alive, "it still waits for its answer"
        assert sales_in(shop.home) == sorted([first, second])


def test_a_till_on_a_line_that_fails_in_every_way_loses_nothing(
    office: HeadOffice, line: BadLine, shop: Shop
) -> None:
    line.become(*FAULTS, WHOLE)
    words = (str(shop.home), "--sync", "--acts", "120", "--pace-ms", "4", "--block", "77")
    with ended(
        Process(shop.home.parent / "said", "till", "tests.support.load_driver", *words)
    ) as till:
        assert till.wait() == 0, till.complaints()
        confirmed = {said["done"] for said in till.lines() if "done" in said}

    line.become(WHOLE)
    converge(shop.home)

    assert len(confirmed) > 80
    for home in (office.home, shop.home):
        check_inside(home)
        with looking_into(home) as storage, storage.reading() as reader:
            there = operation_ids(reader)
        assert {op: there[op] for op in confirmed} == dict.fromkeys(confirmed, 1)


def test_two_counters_converge(tmp_path: Path) -> None:
    with head_office(tmp_path / "office") as office:
        shops = [Shop(tmp_path / name) for name in ("01机", "02机")]
        for shop in shops:
            office.enroll(shop.home)
        member = shops[0].enroll("13920000001")
        shops[0].sync()
        shops[1].sync()
        office.kill()
        sold = [shops[0].sell("100.00", member), shops[1].sell("50.00", "13920000001")]
        assert [shop.sync()["online"] for shop in shops] == [False, False]

        office.start()
        converge(*(shop.home for shop in shops))

        points = [_available(shop, member) for shop in shops]
        converge(*(shop.home for shop in shops))
    assert points == [150, 150]
    assert sales_in(office.home) == sorted(sold)
    check_agreement(office.home, *(shop.home for shop in shops))


def test_two_cut_off_counters_cannot_spend_the_same_points(tmp_path: Path) -> None:
    with head_office(tmp_path / "office") as office:
        shops = [Shop(tmp_path / name) for name in ("01机", "02机")]
        for shop in shops:
            office.enroll(shop.home)
        member = shops[0].enroll("13930000001")
        shops[0].sell("3000.00", member)
        shops[0].sync()
        shops[1].sync()
        shops[1].sell("10.00", member)
        converge(*(shop.home for shop in shops))
        office.kill()

        spent = [_spend_all(shop, member) for shop in shops]

        assert all(points >= 100 for points in spent), "each may spend a share"
        assert sum(spent) <= 3010
        office.start()
        converge(*(shop.home for shop in shops))
        assert [_available(shop, member) for shop in shops] == [3010 - sum(spent)] * 2
        converge(*(shop.home for shop in shops))
    check_agreement(office.home, *(shop.home for shop in shops))


def test_a_counter_joins_later_and_its_old_sales_arrive(tmp_path: Path, office: HeadOffice) -> None:
    shop = Shop(tmp_path / "counter", branch="早开的店")
    member = shop.enroll("13940000001")
    sold = [shop.sell("500.00", member), shop.sell("80.00", member, redeem=200)]
    done(shop.redeem(member, 100))

    office.enroll(shop.home)
    sold.append(shop.sell("20.00", member))
    converge(shop.home)

    assert [sales_in(office.home).count(sale) for sale in sold] == [1, 1, 1]
    assert _available(shop, member) == 500 + 78 + 20 - 300
    there = told(office.home, "member", "show", member)
    assert done(there)["points"]["available"] == 500 + 78 + 20 - 300


def _available(shop: Shop, member: str) -> int:
    return int(done(told(shop.home, "member", "show", member))["points"]["available"])


def _spend_all(shop: Shop, member: str) -> int:
    """Redeem all that the counter allows, and then once more; return how many points that was."""
    refused = shop.redeem(member, 3_000)
    assert (refused.code, refused.document["refused"]["code"]) == (3, "beyond_lease")
    largest = int(refused.document["refused"]["details"]["largest"])
    done(shop.redeem(member, largest))
    again = shop.redeem(member, 100)
    assert (again.code, again.document["refused"]["code"]) == (3, "beyond_lease")
    return largest
