"""Chaos on the wire between real processes: nothing is lost, doubled or believed too early."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.chaos_faults import FAULTS, HARMLESS
from tests.support.chaos_proxy import ChaosProxy, Plan, chaos_proxy
from tests.support.chaos_story import LINE_TROUBLES, an_office, tell
from tests.support.offices import HeadOffice
from tests.support.processes import Process, done, ended
from tests.support.shops import Shop, check_inside, converge, looking_into, sales_in
from tests.support.teller import told
from tests.support.whole_books import operation_ids

SEEDS = (3,)
"""Seeds that failed once are added here."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadOffice]:
    office = an_office(tmp_path_factory.mktemp("office"))
    yield office
    office.kill()


@pytest.fixture(scope="module")
def proxy(office: HeadOffice) -> Iterator[ChaosProxy]:
    with chaos_proxy(office.port, Plan(0)) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def shop(office: HeadOffice, proxy: ChaosProxy, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Return a counter that sells through the proxy, whatever happens to it there."""
    shop = Shop(tmp_path_factory.mktemp("counter") / "01机")
    proxy.plan.heal()
    office.enroll(shop.home, address=proxy.address)
    return shop


@pytest.mark.parametrize("seed", SEEDS)
def test_two_counters_agree_after_any_chaos(tmp_path: Path, seed: int) -> None:
    story = tell(seed, tmp_path, deeds=40)

    assert len(story.sales) >= 5
    assert story.proxy.met.total() > story.proxy.met["whole"] > 0


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in HARMLESS])
def test_each_fault_alone_is_trouble_with_a_name_and_costs_nothing(
    office: HeadOffice, proxy: ChaosProxy, shop: Shop, fault: str
) -> None:
    proxy.plan = Plan(7, (fault,))
    sale = shop.sell("12.00")

    said = shop.sync()

    proxy.plan.heal()
    assert (said["online"], said["pushed"], said["quarantined"]) == (False, 0, 0)
    assert said["trouble"] in LINE_TROUBLES
    assert shop.sync()["waiting"] == 0
    assert sales_in(office.home).count(sale) == 1


@pytest.mark.parametrize("fault", HARMLESS)
def test_what_a_patient_exchange_gets_through_it_gets_through(
    office: HeadOffice, proxy: ChaosProxy, shop: Shop, fault: str
) -> None:
    proxy.plan = Plan(7, (fault,))
    sale = shop.sell("12.00")

    said = shop.sync()

    proxy.plan.heal()
    assert (said["online"], said["trouble"], said["waiting"]) == (True, None, 0)
    assert sales_in(office.home).count(sale) == 1


def test_a_till_and_its_agent_on_a_line_of_chaos_lose_nothing(
    tmp_path: Path, office: HeadOffice, proxy: ChaosProxy
) -> None:
    shop = Shop(tmp_path / "03机")
    proxy.plan.heal()
    office.enroll(shop.home, address=proxy.address)
    proxy.plan = Plan(11, FAULTS)
    words = (str(shop.home), "--sync", "--acts", "120", "--pace-ms", "15", "--block", "88")
    with ended(Process(tmp_path / "said", "till", "tests.support.load_driver", *words)) as till:
        assert till.wait() == 0, till.complaints()
        confirmed = {said["done"] for said in till.lines() if "done" in said}

    proxy.plan.heal()
    converge(shop.home)

    assert len(confirmed) > 40
    for home in (office.home, shop.home):
        check_inside(home)
        with looking_into(home) as storage, storage.reading() as reader:
            there = operation_ids(reader)
        assert {op: there[op] for op in confirmed} == dict.fromkeys(confirmed, 1)


def test_joining_through_every_fault_is_trouble_and_then_works_with_the_same_code(
    tmp_path: Path, office: HeadOffice, proxy: ChaosProxy
) -> None:
    home, code = Shop(tmp_path / "02机").home, office.code()
    for fault in (fault for fault in FAULTS if fault not in HARMLESS and "stalled" not in fault):
        proxy.plan = Plan(7, (fault,))
        refused = told(home, "sync", "enroll", proxy.address, code)
        assert refused.code == 4, fault
        assert refused.document["trouble"]["code"] == "office_unreachable", fault
        assert refused.document["trouble"]["details"]["reason"] in LINE_TROUBLES, fault
        assert "没有加入" in refused.told, fault
        assert "Traceback" not in refused.told, fault

    proxy.plan.heal()

    done(told(home, "sync", "enroll", proxy.address, code))
    counters = [one["counter"] for one in done(told(office.home, "office", "devices"))["devices"]]
    assert counters.count("02机") == 1
