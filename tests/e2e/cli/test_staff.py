"""Who works here, by commands alone: hired, locked out, let in again, gone."""

import subprocess
from pathlib import Path

import pytest

from tests.support.command_line import Ended, arguments, run, surroundings
from tests.support.processes import ROOT

PIN, NEW_PIN = "739154", "284619"


class Shop:
    """A real shop, no sandbox: every act needs a person."""

    def __init__(self, home: Path) -> None:
        self.home = home
        made = run("init", "--home", str(home), "--json").document["staff"]
        self.boss = ("--staff", made["code"], "--pin", made["pin"])

    def __call__(self, *words: str, **variables: str) -> Ended:
        return run(*words, "--home", str(self.home), "--json", **variables)

    def hire(self, *by: str, code: str = "12", role: str = "cashier", pin: str = PIN) -> Ended:
        words = ("staff", "add", code, "小林", "--role", role, "--new-pin", pin)
        return self(*words, *(by or self.boss))

    def sell(self, pin: str, code: str = "12") -> Ended:
        return self("sale", "add", "--amount", "10", "--staff", code, "--pin", pin)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path / "shop")


def test_a_manager_hires_a_cashier_who_sells_and_may_hire_nobody(shop: Shop) -> None:
    hired = shop.hire()
    sold = shop.sell(PIN)
    by_cashier = shop.hire("--staff", "12", "--pin", PIN, code="13")
    by_nobody = shop("staff", "pin", "12", "--new-pin", NEW_PIN)

    assert hired.document | {"staff_id": ""} == {
        "staff_id": "",
        "code": "12",
        "name": "小林",
        "role": "cashier",
        "active": True,
        "with_next_sync": False,
    }
    assert sold.code == 0
    assert (by_cashier.code, by_cashier.document["refused"]["code"]) == (3, "not_permitted")
    assert (by_nobody.code, by_nobody.document["invalid"]["code"]) == (2, "staff_required")


def test_a_cashier_who_is_locked_out_gets_a_new_pin_and_sells_on(shop: Shop) -> None:
    shop.hire()
    misses = [shop.sell("111111") for _ in range(5)]
    locked = shop.sell(PIN)
    told = [each["locked_until"] for each in shop("staff", "list").document["staff"]]
    reset = shop("staff", "pin", "12", "--new-pin", NEW_PIN, *shop.boss)
    old, new = shop.sell(PIN), shop.sell(NEW_PIN)

    assert [ended.document["refused"]["code"] for ended in misses[:4]] == ["wrong_pin"] * 4
    assert locked.document["refused"]["code"] == "pin_locked"
    assert told[0] is None
    assert told[1] is not None
    assert reset.code == 0
    assert (old.code, old.document["refused"]["details"]) == (3, {"misses": 1})
    assert new.code == 0


def test_who_left_is_listed_and_sells_no_more(shop: Shop) -> None:
    shop.hire()
    gone = shop("staff", "leave", "12", *shop.boss)
    last = shop("staff", "leave", "1", *shop.boss)
    staff = shop("staff", "list").document["staff"]

    assert (gone.document["code"], gone.document["active"]) == ("12", False)
    assert (last.code, last.document["refused"]["code"]) == (3, "last_manager")
    assert [(each["code"], each["active"]) for each in staff] == [("1", True), ("12", False)]
    assert shop.sell(PIN).document["refused"]["code"] == "no_such_staff"


def test_a_code_or_a_pin_that_may_not_be_is_refused_in_a_sentence(shop: Shop) -> None:
    shop.hire()
    taken = shop.hire()
    an_id = shop.hire(code="01a20d33-5945-723f-ba6f-ad0762814571")
    weak = {pin: shop.hire(code="13", pin=pin) for pin in ("12345", "123456", "739739")}
    boss = shop.hire(code="13", role="head_office")

    assert (taken.code, taken.document["refused"]["code"]) == (3, "code_taken")
    assert "工号 12 已是 小林 的" in taken.stderr
    assert (an_id.code, an_id.document["invalid"]["details"]["field"]) == (2, "code")
    assert "UUID" in an_id.stderr
    assert {(ended.code, ended.document["invalid"]["code"]) for ended in weak.values()} == {
        (2, "weak_pin")
    }
    assert "6 位" in weak["12345"].stderr
    assert "连号" in weak["123456"].stderr
    assert "前三位和后三位" in weak["739739"].stderr
    assert (boss.code, boss.document["invalid"]["code"]) == (2, "unknown_value")


def test_a_pin_comes_from_standard_input_and_not_from_nowhere(shop: Shop) -> None:
    shop.hire()
    words = ("staff", "pin", "12", "--home", str(shop.home), "--json", *shop.boss)

    read = subprocess.run(
        arguments((*words, "--new-pin", "-")),
        cwd=ROOT,
        env=surroundings(),
        input=f"{NEW_PIN}\n".encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    nowhere = run(*words)

    assert read.returncode == 0, read.stderr
    assert shop.sell(NEW_PIN).code == 0
    assert (nowhere.code, nowhere.document["invalid"]["code"]) == (2, "new_pin_missing")
