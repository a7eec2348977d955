"""Every way a command may end badly: its exit code, one JSON document, a sentence on stderr."""

import contextlib
import json
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.domain.ids import OperationId, StaffId
from db.domain.staff import Actor, Role
from db.services.staff import AddStaff, add_staff
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.system import system_chance
from db.storage.unit_of_work import Storage
from tests.support.command_line import Guitai, arguments, run, surroundings
from tests.support.processes import ROOT

PIN = "739154"


@contextlib.contextmanager
def opened(home: Path) -> Iterator[Storage]:
    """Open a home beside the command, in this process."""
    key = database_key(home, os_store=False, chance=system_chance, create=False)
    storage = Storage(database_path(home), key)
    try:
        yield storage
    finally:
        storage.close()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("member", "add", "--phone", "1381234567"), "phone_invalid"),
        (("member", "add", "--phone", "285012345678901234"), "phone_invalid"),
        (("member", "add", "--phone", "13812345678", "--birthday", "02-30"), "birthday_invalid"),
        (("member", "add", "--phone", "13812345678", "--gender", "x"), "unknown_value"),
        (("sale", "add", "--amount", "1,28"), "not_an_amount"),
        (("sale", "add"), "one_of"),
        (("sale", "add", "--amount", "1", "--tender", "gold=1"), "tender_invalid"),
        (("points", "adjust", "x", "1.5", "--reason", "r"), "not_points"),
        (("--at", "soon", "member", "find", "x"), "not_a_time"),
        (("member", "find"), "usage"),
        (("member", "fnid", "x"), "usage"),
        (("member", "import", "/nowhere.csv"), "file_not_readable"),
        (("--pin", "1", "member", "find", "x"), "pin_without_person"),
    ],
)
def test_what_cannot_be_meant_ends_with_2(
    guitai: Guitai, words: tuple[str, ...], code: str
) -> None:
    ended = guitai(*words)

    assert ended.code == 2
    assert ended.document["invalid"]["code"] == code
    assert ended.stderr.strip()
    assert "Traceback" not in ended.stderr


def test_what_a_rule_refuses_ends_with_3_and_the_figure_that_would_do(guitai: Guitai) -> None:
    member = guitai("member", "add", "--phone", "13812345678").document["member_id"]
    guitai("points", "adjust", member, "250", "--reason", "开业")

    refused = {
        "insufficient_points": guitai("points", "redeem", member, "300"),
        "not_a_step": guitai("points", "redeem", member, "150"),
        "phone_taken": guitai("member", "add", "--phone", "+86 138-1234-5678"),
        "no_such_member": guitai("member", "show", "MZZZZZZZZZ0"),
        "no_such_sale": guitai("sale", "undo", "nothing"),
        "private_code_refused": guitai("member", "find", "285012345678901234"),
        "over_due": guitai("points", "redeem", member, "200", "--amount", "1.00"),
    }

    for code, ended in refused.items():
        assert (ended.code, ended.document["refused"]["code"]) == (3, code)
        assert ended.stderr.strip()
    assert refused["insufficient_points"].document["refused"]["details"]["largest"] == 200
    assert "285012345678901234" not in refused["private_code_refused"].stdout
    assert guitai("member", "show", member).document["points"]["available"] == 250


def test_without_a_sandbox_acts_need_a_person_and_wrong_pins_are_counted(tmp_path: Path) -> None:
    home = tmp_path / "shop"
    staff = run("init", "--home", str(home), "--json").document["staff"]
    add = ("member", "add", "--phone", "13812345678", "--home", str(home), "--json")
    wrong = "135792" if staff["pin"] != "135792" else "246813"

    nobody = run(*add)
    no_pin = run(*add, "--staff", staff["id"])
    first = run(*add, "--staff", staff["id"], "--pin", wrong)
    second = run(*add, "--staff", staff["code"], "--pin", wrong)
    clock = run(*add, "--staff", staff["id"], "--pin", staff["pin"], "--at", "2026-01-01T10:00")
    done = run("--staff", staff["id"], "--pin", staff["pin"], *add)

    assert (nobody.code, nobody.document["invalid"]["code"]) == (2, "staff_required")
    assert (no_pin.code, no_pin.document["invalid"]["code"]) == (2, "pin_missing")
    assert (first.code, first.document["refused"]["details"]) == (3, {"misses": 1})
    assert second.document["refused"]["details"] == {"misses": 2}
    assert (clock.code, clock.document["invalid"]["code"]) == (2, "not_a_sandbox")
    assert done.code == 0
    assert done.document["history"][0]["staff"]


def test_a_cashier_voids_with_a_second_person_only(guitai: Guitai, home: Path) -> None:
    boss = Actor(None, Role.HEAD_OFFICE)
    with opened(home) as storage, storage.begin() as work:
        for code, role in (("21", Role.CASHIER), ("22", Role.SHIFT_LEAD)):
            staff_id = StaffId(OperationId(work.new_id()))
            command = AddStaff(staff_id=staff_id, by=boss, code=code, name=code, role=role, pin=PIN)
            add_staff(work, command)
    sold = guitai("sale", "add", "--amount", "10").document["sale_id"]
    void = ("sale", "void", sold, "--reason", "录错", "--staff", "21", "--pin", PIN)

    alone = guitai(*void)
    himself = guitai(*void, "--approver", "21", "--pin", PIN)
    together = guitai(*void, "--approver", "22", "--pin", PIN)

    assert (alone.code, alone.document["refused"]["code"]) == (3, "approval_needed")
    assert himself.code == 3
    assert together.code == 0


def test_where_there_is_no_home_the_answer_is_4(tmp_path: Path) -> None:
    ended = run("member", "find", "x", "--home", str(tmp_path / "nowhere"), "--json")

    assert (ended.code, ended.document["trouble"]["code"]) == (4, "no_home")
    assert "guitai init" in ended.stderr


def test_a_newer_database_a_lost_key_and_a_damaged_file_are_told_apart(
    made_sandbox: Path, tmp_path: Path
) -> None:
    newer, lost, damaged, keyless = (
        Path(shutil.copytree(made_sandbox, tmp_path / name)) for name in "abcd"
    )
    with opened(newer) as storage, storage.begin() as work:
        work.sql.run("PRAGMA user_version = 9999")
    (lost / "guitai.key").write_text("0" * 64, encoding="ascii")
    database_path(damaged).write_bytes(b"no database at all" * 1000)
    (keyless / "guitai.key").unlink()

    told = {
        home: run("member", "find", "x", "--home", str(home), "--json")
        for home in (newer, lost, damaged, keyless)
    }

    assert {ended.code for ended in told.values()} == {4}
    assert told[newer].document["trouble"]["code"] == "newer_database"
    reasons = [told[home].document["trouble"]["details"]["reason"] for home in (lost, damaged)]
    assert reasons == ["wrong_key_or_not_a_database"] * 2
    assert told[keyless].document["trouble"]["details"]["reason"] == "key_missing"
    assert all(ended.stderr.strip() for ended in told.values())


def test_a_command_waits_for_the_writer_and_then_says_who_is_in_the_way(
    guitai: Guitai, home: Path
) -> None:
    with opened(home) as storage, storage.begin():
        ended = guitai("sale", "add", "--amount", "10")

    assert ended.code == 4
    assert ended.document["trouble"]["details"]["reason"] == "busy"
    assert guitai("sale", "add", "--amount", "10").code == 0


def test_a_full_disk_is_said_and_the_book_stays_whole(guitai: Guitai, home: Path) -> None:
    limit = database_path(home).stat().st_size + 8192

    full = subprocess.run(
        arguments(("member", "add", "--phone", "13812345678", "--home", str(home), "--json")),
        cwd=ROOT,
        env=surroundings(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, limit)),
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert full.returncode == 4
    assert json.loads(full.stdout)["trouble"]["code"] == "storage_unavailable"
    assert guitai("verify").document["ok"]
    assert guitai("member", "find", "5678").document["members"] == []


@pytest.mark.parametrize(
    ("locale", "says"),
    [
        ("C.UTF-8", "没有这位会员"),
        ("zh_CN.UTF-8", "没有这位会员"),
        ("en_US.UTF-8", "no such member"),
    ],
)
def test_sentences_are_in_the_users_language(guitai: Guitai, locale: str, says: str) -> None:
    assert says in guitai("member", "show", "nobody", LC_ALL=locale).stderr


def test_a_folder_that_cannot_be_made_is_trouble_and_no_bug(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    ended = run("init", "--home", str(tmp_path / "file" / "shop"), "--json")

    assert (ended.code, ended.document["trouble"]["code"]) == (4, "storage_unavailable")
    assert "Traceback" not in ended.stderr
