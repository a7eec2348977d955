"""Keeping head office by commands: backups that counters rely on, revoked counters, alarms."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command_line import run
from tests.support.offices import HeadOffice, head_office
from tests.support.processes import done, guitai
from tests.support.shops import exchanged


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadOffice]:
    """Return a head office that answers."""
    with head_office(tmp_path_factory.mktemp("office") / "office") as office:
        yield office


def joined(office: HeadOffice, home: Path) -> Path:
    done(guitai(home, "init", "--sandbox", "--branch", "南京东路店", "--counter", home.name))
    office.enroll(home)
    done(guitai(home, "sync", "now"))
    return home


def test_a_counter_hears_that_what_it_sold_is_in_a_proved_backup(
    office: HeadOffice, tmp_path: Path
) -> None:
    counter = joined(office, tmp_path / "01")
    done(guitai(counter, "sale", "add", "--amount", "80"))
    done(guitai(counter, "sync", "now"))
    before = done(guitai(counter, "sync", "status"))

    backup = done(guitai(office.home, "office", "backup", str(tmp_path / "office.backup")))
    done(guitai(counter, "sale", "add", "--amount", "20"))
    done(guitai(counter, "sync", "now"))
    after = done(guitai(counter, "sync", "status"))

    assert (backup["ok"], backup["durable"] >= 2) == (True, True)
    assert before["not_durable"] >= 2
    assert (after["not_durable"], after["waiting"]) == (1, 0)
    assert done(guitai(office.home, "office", "alarms"))["proved_backup_at"]


def test_a_revoked_counter_sells_on_and_its_sales_are_carried_to_head_office(
    office: HeadOffice, tmp_path: Path
) -> None:
    counter, file = joined(office, tmp_path / "02"), tmp_path / "02.parcel"
    devices = done(guitai(office.home, "office", "devices"))["devices"]
    device = next(row["device_id"] for row in devices if row["counter"] == "02")

    revoked = done(guitai(office.home, "office", "revoke", device))
    done(guitai(counter, "sale", "add", "--amount", "55"))
    told = exchanged(guitai(counter, "sync", "now"))
    exported = done(guitai(counter, "sync", "export", str(file)))
    taken = done(guitai(office.home, "office", "import", str(file)))
    again = done(guitai(office.home, "office", "import", str(file)))

    assert (revoked["state"], revoked["counter"]) == ("revoked", "02")
    assert (told["trouble"], told["rejected"] > 0) == ("revoked", True)
    assert (exported["operations"], again["operations"]) == (taken["operations"], 0)
    alarms = done(guitai(office.home, "office", "alarms"))["alarms"]
    assert ("revoked", "02") in {(row["kind"], row["counter"]) for row in alarms}
    assert done(guitai(office.home, "verify"))["ok"]


def test_what_is_no_file_of_a_counter_and_no_counter_is_refused_by_name(
    office: HeadOffice, tmp_path: Path
) -> None:
    garbage = tmp_path / "garbage"
    garbage.write_bytes(b"\x00" * 100)

    parcel = guitai(office.home, "office", "import", str(garbage))
    nowhere = guitai(office.home, "office", "import", str(tmp_path / "nowhere"))
    nobody = guitai(office.home, "office", "revoke", "nobody")
    no_file = guitai(office.home, "office", "backup")
    archived = guitai(office.home, "office", "backup", "--archived")

    assert (parcel.code, parcel.document["trouble"]["code"]) == (4, "parcel_refused")
    assert nowhere.document["invalid"]["code"] == "file_not_readable"
    for said in (no_file, archived):
        assert (said.code, said.document["invalid"]["code"]) == (2, "backup_of_a_file")
    assert (nobody.code, nobody.document["refused"]["code"]) == (3, "no_such_device")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_people_read_pages(office: HeadOffice, tmp_path: Path, language: str) -> None:
    counter = joined(office, tmp_path / f"03{language}")
    done(guitai(counter, "sale", "add", "--amount", "80"))
    file = str(tmp_path / "parcel")

    def said(home: Path, *words: str) -> str:
        return run(*words, "--home", str(home), LC_ALL=f"{language}_US.UTF-8").stdout

    pages = [
        said(counter, "sync", "export", file),
        said(office.home, "office", "import", file),
        said(office.home, "office", "backup", str(tmp_path / "backup")),
        said(office.home, "office", "alarms"),
        said(counter, "sync", "status"),
    ]

    assert all(pages)
    assert pages[1].isascii() == (language == "en")


def test_a_restored_head_office_says_what_it_remembers_and_what_is_to_be_done_again(
    tmp_path: Path,
) -> None:
    backup = tmp_path / "office.backup"
    with head_office(tmp_path / "office") as office:
        counter = joined(office, tmp_path / "03")
        member = done(guitai(counter, "member", "add", "--phone", "13912345678"))["member_id"]
        done(guitai(counter, "sync", "now"))
        done(guitai(office.home, "office", "backup", str(backup)))
        done(guitai(office.home, "points", "adjust", member, "+250", "--reason", "补录"))
        done(guitai(counter, "sync", "now"))
        office.kill()

        restored = done(guitai(office.home, "office", "restore", str(backup)))

        assert restored["remembered"] == 1
        shown = done(guitai(office.home, "member", "show", member))
        assert shown["points"]["available"] == 250
        assert done(guitai(office.home, "verify"))["ok"]
