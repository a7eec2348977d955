"""Head office and its counters, every one of them by commands alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.protocol.version import app_version
from tests.support.command_line import run
from tests.support.offices import HeadOffice, head_office
from tests.support.processes import done, guitai

PURCHASES = (
    "purchase_id,member_id,purchased_at,items,gross,discount,total\n"
    "P1,7,2017-03-01T10:00:00,3,300.00,0.00,300.00\n"
    "P2,7,2017-03-02T00:00:00,-1,-5.00,0.00,-5.00\n"
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadOffice]:
    """Return a head office that answers."""
    with head_office(tmp_path_factory.mktemp("office") / "office") as office:
        yield office


def joined(office: HeadOffice, home: Path) -> Path:
    """Make a counter and let it join."""
    done(guitai(home, "init", "--sandbox", "--branch", "南京东路店", "--counter", home.name))
    code = done(guitai(office.home, "office", "enroll-code"))["code"]
    done(guitai(home, "sync", "enroll", office.address, code))
    done(guitai(home, "sync", "now"))
    return home


def test_what_one_counter_sells_the_other_redeems(office: HeadOffice, tmp_path: Path) -> None:
    first, second = joined(office, tmp_path / "01"), joined(office, tmp_path / "02")
    done(guitai(first, "member", "add", "--phone", "13800000021", "--name", "张三"))
    done(guitai(first, "sale", "add", "--amount", "500", "--member", "13800000021"))
    done(guitai(first, "sync", "now"))

    shown = done(guitai(second, "member", "show", "13800000021"))
    spent = done(guitai(second, "points", "redeem", "13800000021", "300"))
    done(guitai(second, "sync", "now"))
    done(guitai(first, "sync", "now"))
    back = done(guitai(first, "member", "show", "13800000021"))

    assert shown["name"] == "张三"
    assert shown["points"]["redeemable_here"] == 100
    assert (spent["points"]["balance"], back["points"]["available"]) == (200, 200)
    devices = done(guitai(office.home, "office", "devices"))["devices"]
    assert {"01", "02"} <= {device["counter"] for device in devices}
    assert {device["version"] for device in devices} == {app_version()}
    assert all(done(guitai(home, "verify"))["ok"] for home in (first, second, office.home))


def test_a_former_systems_purchases_reach_head_office_and_leave_it_again(
    office: HeadOffice, tmp_path: Path
) -> None:
    counter = joined(office, tmp_path / "03")
    former = tmp_path / "former"
    former.mkdir()
    (former / "purchases.csv").write_text(PURCHASES, encoding="utf-8")
    day = ("report", "day", "--date", "2017-03-01")

    brought = done(guitai(counter, "history", "import", str(former), "--award"))
    pushed = done(guitai(counter, "sync", "now"))
    report = done(guitai(office.home, *day))
    told, rows = report["figures"], report["counters"]
    done(guitai(counter, "history", "import", "--revert", brought["batch"]))
    done(guitai(counter, "sync", "now"))
    forgotten = done(guitai(office.home, *day))["figures"]

    assert pushed["pushed"] >= 3
    assert (told["sales"], told["amount"], told["earned"]) == (1, "300.00", 300)
    assert {row["branch"] for row in rows} == {"南京东路店"}
    assert (forgotten["sales"], forgotten["amount"], forgotten["earned"]) == (0, "0.00", 0)
    assert done(guitai(office.home, "verify"))["ok"]


def test_staff_hired_at_head_office_sell_after_the_next_sync_and_so_does_a_new_pin(
    office: HeadOffice, tmp_path: Path
) -> None:
    counter = joined(office, tmp_path / "06")
    hire = ("staff", "add", "61", "小林", "--role", "cashier", "--new-pin", "739154")
    sell = ("sale", "add", "--amount", "10", "--staff", "61", "--pin")

    hired = done(guitai(office.home, *hire))
    early = guitai(counter, *sell, "739154")
    done(guitai(counter, "sync", "now"))
    done(guitai(counter, *sell, "739154"))
    for _ in range(5):
        guitai(counter, *sell, "111111")
    locked = guitai(counter, *sell, "739154")
    done(guitai(office.home, "staff", "pin", "61", "--new-pin", "284619"))
    done(guitai(counter, "sync", "now"))
    old = guitai(counter, *sell, "739154")
    new = done(guitai(counter, *sell, "284619"))

    assert hired["with_next_sync"]
    assert (early.code, early.document["refused"]["code"]) == (3, "no_such_staff")
    assert locked.document["refused"]["code"] == "pin_locked"
    assert (old.code, old.document["refused"]["code"]) == (3, "wrong_pin")
    assert done(guitai(counter, "sale", "show", new["sale_id"]))["staff"] == "小林"

    done(guitai(office.home, "staff", "leave", "61"))
    done(guitai(counter, "sync", "now"))
    assert guitai(counter, *sell, "284619").document["refused"]["code"] == "no_such_staff"


def test_a_counter_of_a_head_office_changes_no_staff(office: HeadOffice, tmp_path: Path) -> None:
    counter = joined(office, tmp_path / "07")
    hire = ("staff", "add", "71", "小林", "--role", "cashier", "--new-pin", "739154")

    here = guitai(counter, *hire)
    reset = guitai(counter, "staff", "pin", "1", "--new-pin", "739154")

    assert (here.code, here.document["refused"]["code"]) == (3, "staff_at_head_office")
    assert (reset.code, reset.document["refused"]["code"]) == (3, "staff_at_head_office")
    assert "总部" in here.told
    assert "71" not in {each["code"] for each in done(guitai(counter, "staff", "list"))["staff"]}


def test_a_wrong_code_a_wrong_address_and_a_counter_alone_are_told_apart(
    office: HeadOffice, tmp_path: Path
) -> None:
    home = tmp_path / "04"
    done(guitai(home, "init", "--sandbox"))

    alone = guitai(home, "sync", "now")
    wrong = guitai(home, "sync", "enroll", office.address, "AAAA-AAAA")
    plain = guitai(home, "sync", "enroll", "http://office.example", "AAAA-AAAA")
    nobody = guitai(home, "sync", "enroll", "http://127.0.0.1:1", "AAAA-AAAA")
    https = guitai(home, "sync", "enroll", f"https://127.0.0.1:{office.port}", "AAAA-AAAA")

    assert (alone.code, alone.document["invalid"]["code"]) == (2, "not_enrolled")
    assert (wrong.code, wrong.document["trouble"]["details"]["reason"]) == (4, "code_unknown")
    assert (plain.code, plain.document["invalid"]["code"]) == (2, "office_address_invalid")
    assert (nobody.code, nobody.document["trouble"]["code"]) == (4, "office_unreachable")
    assert (https.code, https.document["trouble"]["details"]["reason"]) == (4, "plain_http")
    assert "说的是 http，不是 https" in https.told
    assert done(guitai(home, "sync", "status"))["enrolled"] is False


def test_one_home_is_served_once_and_one_port_by_one(office: HeadOffice, tmp_path: Path) -> None:
    other = tmp_path / "office"
    done(guitai(other, "office", "init"))

    twice = guitai(office.home, "office", "serve", "--port", "1")
    taken = guitai(other, "office", "serve", "--port", str(office.port))

    assert (twice.code, twice.document["trouble"]["code"]) == (4, "home_in_use")
    assert (taken.code, taken.document["trouble"]["code"]) == (4, "address_not_free")
    assert "http://" not in twice.told
    assert "http://" not in taken.told
    assert office.address in office.said()
    assert run("office", "init", "--home", str(other), "--json").code == 2
