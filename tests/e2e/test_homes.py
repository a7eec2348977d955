"""What happens to a home: two windows, a full disk, a newer version, a backup brought back."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.storage.home_lock import home_lock
from db.storage.migrate import latest_version
from tests.support.makers import a_sale
from tests.support.offices import HeadOffice, head_office
from tests.support.processes import Process, done, ended, guitai, wait_until
from tests.support.shops import (
    Shop,
    check_agreement,
    check_inside,
    converge,
    looking_into,
    sales_in,
)
from tests.support.teller import told

STRACE = shutil.which("strace")
FLUSHES = range(1, 14) if os.environ.get("TORTURE") == "1" else (2, 3, 5)
"""Where joining is cut off; an ordinary run: before and behind head office's answer, and later."""
DISK_BYTES = 3 * 1024 * 1024
LEFT_BYTES = 16 * 1024


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadOffice]:
    """Return one head office for all the stories; each has counters of its own."""
    with head_office(tmp_path_factory.mktemp("office") / "office") as office:
        yield office


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, check=False).returncode != 0:
        pytest.skip("no small disk can be mounted here: that takes root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_two_windows_on_one_home_the_second_says_so(tmp_path: Path) -> None:
    shop, said = Shop(tmp_path / "counter"), tmp_path / "said"
    backup = tmp_path / "backup"
    done(told(shop.home, "backup", str(backup)))
    till = Process(said, "first", "tests.support.load_driver", str(shop.home), "--pace-ms", "5")
    with ended(till) as first:
        first.wait_for(lambda: len(first.lines()) > 1, "to sell")

        second = Process(said, "second", "desktop", "--home", str(shop.home), "counter")
        with ended(second):
            wait_until(lambda: "home_in_use" in second.complaints(), "the second window says so")
        restored = told(shop.home, "restore", str(backup))

        assert restored.code == 4
        assert restored.told.strip() == "另一个窗口或服务正在使用这些数据。"
        assert first.alive
    with home_lock(shop.home):
        pass  # kill -9 let go of it
    check_inside(shop.home)


def test_a_database_from_a_newer_version_is_refused_with_a_sentence(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "counter")
    with looking_into(shop.home) as storage:
        storage._database.execute_sql(f"PRAGMA user_version = {latest_version() + 1}")
    before = (shop.home / "guitai.db").read_bytes()

    answers = [
        told(shop.home, *words)
        for words in (("sale", "add", "--amount", "1"), ("sync", "now"), ("verify",))
    ]

    assert [answer.code for answer in answers] == [4, 4, 4]
    assert {answer.document["trouble"]["code"] for answer in answers} == {"newer_database"}
    assert all("请升级软件" in answer.told for answer in answers)
    assert (shop.home / "guitai.db").read_bytes() == before


def test_a_full_disk_refuses_the_sale_and_the_file_stays_valid(small_disk: Path) -> None:
    shop = Shop(small_disk / "counter")
    member = shop.enroll("13810000001")
    sold = [shop.sell("10.00", member)]
    filler = small_disk / "filler"
    with filler.open("wb") as file:
        file.write(bytes(shutil.disk_usage(small_disk).free - LEFT_BYTES))

    refused = told(shop.home, "sale", "add", "--amount", "20.00", "--member", member)
    backup = told(shop.home, "backup", str(small_disk / "backup"))

    assert (refused.code, backup.code) == (4, 4), (refused, backup)
    assert refused.told.strip() == "磁盘已满，没有保存。"
    assert backup.told.strip() == "磁盘已满，没有保存。"
    assert not list(small_disk.glob("backup*"))
    filler.unlink()
    check_inside(shop.home)
    assert sales_in(shop.home) == sold
    sold.append(shop.sell("20.00", member))
    assert sales_in(shop.home) == sold


def test_a_till_that_fills_the_disk_up_keeps_what_it_confirmed(small_disk: Path) -> None:
    """Without a filler: the till's own sales take the last byte, inside some commit."""
    shop = Shop(small_disk / "counter")
    words = ("--acts", "0", "--checkpoint", "1000000")
    driver = "tests.support.load_driver"
    with ended(Process(small_disk.parent / "said", "till", driver, str(shop.home), *words)) as till:
        assert till.wait() == 1
        assert "StorageUnavailable: disk_full" in till.complaints()
        confirmed = {said["done"] for said in till.lines() if "done" in said}

    assert len(confirmed) > 20
    told(shop.home, "sync", "status")
    with looking_into(shop.home) as storage, storage.reading() as reader:
        own = reader.all("SELECT lower(hex(op)) FROM operation")
    assert {row[0] for row in own} == {op.replace("-", "") for op in confirmed}
    check_inside(shop.home)


def test_a_restored_backup_gets_a_new_stream_and_converges(
    tmp_path: Path, office: HeadOffice
) -> None:
    shop = Shop(tmp_path / "counter", branch="恢复的店")
    office.enroll(shop.home)
    member = shop.enroll("13820000001")
    kept = [shop.sell("100.00", member)]
    shop.sync()
    backup = tmp_path / "backup"
    done(told(shop.home, "backup", str(backup)))
    kept.append(shop.sell("200.00", member))
    shop.sync()
    never_sent = shop.sell("400.00", member)

    done(told(shop.home, "restore", str(backup)))
    before = _stream(shop.home)
    kept.append(shop.sell("800.00", member))
    converge(shop.home)

    assert [sales_in(shop.home).count(sale) for sale in kept] == [1, 1, 1]
    assert never_sent not in {*sales_in(shop.home), *sales_in(office.home)}
    assert _stream(shop.home) == before
    assert _streams_of(office, shop.home) == 2
    shown = [done(told(home, "member", "show", member)) for home in (shop.home, office.home)]
    assert [one["points"]["available"] for one in shown] == [1100, 1100]
    converge(shop.home)
    check_inside(shop.home)
    check_inside(office.home)


def test_a_backup_brought_to_another_machine_joins_again_by_a_code(
    tmp_path: Path, office: HeadOffice
) -> None:
    shop = Shop(tmp_path / "counter", branch="换机的店")
    office.enroll(shop.home)
    member = shop.enroll("13860000001")
    sold = [shop.sell("100.00", member)]
    shop.sync()
    backup = tmp_path / "backup"
    done(told(shop.home, "backup", str(backup)))
    sold.append(shop.sell("200.00", member))
    shop.sync()
    shutil.rmtree(shop.home)

    done(told(shop.home, "restore", str(backup)))
    sold.append(shop.sell("400.00", member))
    unknown = told(shop.home, "sync", "now")
    office.enroll(shop.home)
    converge(shop.home)

    assert unknown.code == 2, "the new machine is no device of head office yet"
    assert [sales_in(shop.home).count(sale) for sale in sold] == [1, 1, 1]
    assert [sales_in(office.home).count(sale) for sale in sold] == [1, 1, 1]
    done(shop.redeem(member, 100))
    converge(shop.home)
    check_inside(shop.home)
    check_inside(office.home)


def test_a_cloned_disk_is_noticed_and_both_tills_sell_on(tmp_path: Path) -> None:
    with head_office(tmp_path / "office") as office:
        shop = Shop(tmp_path / "counter")
        office.enroll(shop.home)
        member = shop.enroll("13850000001")
        shop.sync()
        clone = tmp_path / "clone"
        shutil.copytree(shop.home, clone)
        sold = [shop.sell("10.00", member)]
        with looking_into(clone) as storage:
            a_sale(storage, bytes.fromhex(member.replace("-", "")), amount=2_000)

        converge(shop.home)
        converge(clone)
        sold.append(shop.sell("30.00", member))
        converge(clone, shop.home)

        there = sales_in(office.home)
        assert set(sold) < set(there)
        assert len(there) == 3
    check_agreement(office.home, shop.home, clone)


@pytest.mark.skipif(STRACE is None, reason="strace is not here")
def test_killed_while_it_joins_a_counter_joins_by_the_same_code(
    tmp_path: Path, office: HeadOffice
) -> None:
    """At each flush to the disk: its own key, head office's answer, the book it takes over."""
    cut_off = 0
    for at in FLUSHES:
        shop = Shop(tmp_path / f"counter{at}", branch=f"第{at}家")
        member = shop.enroll(f"138300{at:05d}")
        shop.sell("500.00", member)
        code = office.code()
        inject = f"inject=fsync,fdatasync:signal=KILL:when={at}"
        under = [STRACE or "", "-f", "-qq", "-o", os.devnull, "-e", "trace=fsync,fdatasync"]
        killed = guitai(
            shop.home, "sync", "enroll", office.address, code, under=[*under, "-e", inject]
        )

        done(shop.redeem(member, 100)) if _alone(shop) else shop.sync()
        if _alone(shop):
            assert told(shop.home, "sync", "now").code == 2, "it does not belong anywhere yet"
            done(told(shop.home, "sync", "enroll", office.address, code))
        converge(shop.home)

        check_inside(shop.home)
        cut_off += killed.code != 0
    assert cut_off > 2
    check_inside(office.home)


def _alone(shop: Shop) -> bool:
    with looking_into(shop.home) as storage, storage.begin() as work:
        return work.home.own_authority


def _stream(home: Path) -> bytes:
    with looking_into(home) as storage, storage.begin() as work:
        return work.home.stream_id


def _streams_of(office: HeadOffice, home: Path) -> int:
    """Return how many of a counter's streams head office has operations of."""
    with looking_into(home) as storage, storage.begin() as work:
        counter = work.home.counter_id
    with looking_into(office.home) as storage, storage.reading() as reader:
        return int(
            reader.value(
                "SELECT count(*) FROM stream WHERE counter_id = ? AND sequence > 0", (counter,)
            )
        )
