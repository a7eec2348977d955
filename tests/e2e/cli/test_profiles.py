"""Profiles, merges and conflicts by commands: on one counter, and at two that were cut off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Guitai, run
from tests.support.offices import HeadOffice, head_office
from tests.support.processes import done
from tests.support.processes import guitai as on

PHONE = "13800000031"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadOffice]:
    """Return a head office that answers."""
    with head_office(tmp_path_factory.mktemp("office") / "office") as office:
        yield office


@pytest.fixture(scope="module")
def counters(office: HeadOffice, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two counters of one branch that joined."""
    folder = tmp_path_factory.mktemp("counters")
    for name in ("01", "02"):
        home = folder / name
        done(on(home, "init", "--sandbox", "--branch", "南京东路店", "--counter", name))
        office.enroll(home)
    return folder / "01", folder / "02"


def synced(*homes: Path) -> None:
    """Let everybody hear of everything."""
    for home in (*homes, *homes):
        done(on(home, "sync", "now"))


def registered(home: Path, phone: str, name: str, *, spend: str) -> str:
    """Register somebody and sell to him, without asking head office."""
    member = done(on(home, "member", "add", "--phone", phone, "--name", name))
    done(on(home, "sale", "add", "--amount", spend, "--member", member["number"]))
    return str(member["number"])


def about(office: HeadOffice, number: str, *more: str) -> list[dict[str, Any]]:
    """Return the conflicts at head office that concern a member."""
    found = done(on(office.home, "office", "conflicts", *more))["conflicts"]
    return [one for one in found if number in [member["number"] for member in one["members"]]]


def test_one_phone_and_one_name_registered_apart_become_one_member(
    office: HeadOffice, counters: tuple[Path, Path]
) -> None:
    first, second = counters
    one = registered(first, PHONE, "张小芳", spend="100")
    other = registered(second, PHONE, "张小芳", spend="200")
    synced(first, second)

    for home in counters:
        for word in (one, other, PHONE):
            shown = done(on(home, "member", "show", word))
            assert (shown["number"], shown["points"]["available"]) == (one, 300)
    assert about(office, one) == []
    (decided,) = about(office, one, "--all")
    assert (decided["kind"], decided["choice"]) == ("possible_duplicate", "merge")
    spent = done(on(second, "points", "redeem", other, "200"))
    assert spent["points"]["balance"] == 100
    synced(first, second)
    assert all(done(on(home, "verify"))["ok"] for home in (*counters, office.home))


def test_one_phone_and_two_names_wait_for_head_office(
    office: HeadOffice, counters: tuple[Path, Path]
) -> None:
    first, second = counters
    one = registered(first, "13800000032", "张三", spend="100")
    other = registered(second, "13800000032", "李四", spend="200")
    synced(first, second)

    asked = done(on(first, "member", "merge", other, one, "--reason", "同一人"))
    again = on(first, "member", "merge", other, one)
    shown = done(on(first, "member", "show", one))
    synced(first)
    (waiting,) = about(office, one)
    wrong = on(
        office.home, "office", "conflicts", "resolve", waiting["conflict_id"], "--choice", "x"
    )
    decided = done(
        on(
            office.home,
            "office",
            "conflicts",
            "resolve",
            waiting["conflict_id"],
            "--choice",
            "merge",
        )
    )
    synced(first, second)

    assert (asked["wish"]["act"], asked["wish"]["state"]) == ("merge", "waiting")
    assert (again.code, again.document["refused"]["code"]) == (3, "asked_before")
    assert [wish["reason"] for wish in shown["wishes"]] == ["同一人"]
    assert [member["number"] for member in waiting["members"]] == [one, other]
    assert (waiting["recommended"], waiting["choices"]) == ("keep", ["merge", "keep", "recycled"])
    assert wrong.document["refused"]["code"] == "choice_not_offered"
    assert (decided["state"], decided["choice"]) == ("resolved", "merge")
    for home in counters:
        assert done(on(home, "member", "show", other))["number"] == one

    done(on(office.home, "member", "unmerge", other, "--reason", "两个人"))
    synced(first, second)
    for home in counters:
        assert done(on(home, "member", "show", other))["points"]["available"] == 200
        assert done(on(home, "verify"))["ok"]


def test_a_profile_changed_at_head_office_reaches_the_counters(
    office: HeadOffice, counters: tuple[Path, Path]
) -> None:
    number = registered(counters[0], "13800000033", "王五", spend="100")
    synced(*counters)

    done(on(office.home, "member", "update", number, "--name", "王武", "--phone", "13800000034"))
    done(on(office.home, "member", "freeze", number, "--reason", "核对身份"))
    synced(*counters)

    for home in counters:
        shown = done(on(home, "member", "show", "13800000034"))
        assert (shown["name"], shown["state"]) == ("王武", "frozen")


def test_a_profile_is_changed_frozen_merged_and_told_apart_at_a_counter_alone(
    guitai: Guitai,
) -> None:
    one = guitai("member", "add", "--phone", PHONE, "--name", "张小芳").document
    two = guitai("member", "add", "--phone", "13900000031", "--name", "小芳").document
    guitai("sale", "add", "--amount", "100", "--member", two["number"])

    changed = guitai("member", "update", one["number"], "--city", "上海", "--email", "a@b.cn")
    taken = guitai("member", "update", one["number"], "--phone", "13900000031")
    nothing = guitai("member", "update", one["number"])
    merged = guitai("member", "merge", two["number"], one["number"], "--reason", "同一人")
    again = guitai("member", "merge", two["number"], one["number"])
    apart = guitai("member", "unmerge", two["number"])
    unmerged = guitai("member", "unmerge", two["number"])

    assert (changed.document["city"], changed.document["changed"]) == ("上海", ["email", "city"])
    assert changed.document["phone_masked"] == "138****0031"
    assert (taken.code, taken.document["refused"]["code"]) == (3, "phone_taken")
    assert nothing.code == 2
    assert merged.document["points"]["available"] == 100
    assert again.document["refused"]["code"] == "same_member"
    assert (apart.document["number"], apart.document["points"]["available"]) == (two["number"], 100)
    assert unmerged.document["refused"]["code"] == "not_merged"
    frozen = guitai("member", "freeze", one["number"], "--reason", "核对身份")
    refused = guitai("sale", "add", "--amount", "1", "--member", one["number"])
    thawed = guitai("member", "unfreeze", one["number"], "--reason", "核对完")
    assert (frozen.document["state"], refused.code) == ("frozen", 3)
    assert thawed.document["state"] == "active"
    recycled = guitai("member", "update", two["number"], "--phone", PHONE, "--recycled")
    assert recycled.document["released_from"] == one["member_id"]
    assert guitai("member", "show", PHONE).document["number"] == two["number"]
    assert guitai("verify").document["ok"]


def test_a_number_that_went_to_somebody_else_is_registered_anew(guitai: Guitai) -> None:
    first = guitai("member", "add", "--phone", PHONE, "--name", "张小芳").document
    guitai("sale", "add", "--amount", "100", "--member", PHONE)

    taken = guitai("member", "add", "--phone", PHONE, "--name", "王五")
    second = guitai("member", "add", "--phone", PHONE, "--name", "王五", "--recycled")

    assert taken.document["refused"]["code"] == "phone_taken"
    assert (second.code, second.document["points"]["available"]) == (0, 0)
    assert guitai("member", "show", PHONE).document["number"] == second.document["number"]
    old = guitai("member", "show", first["number"]).document
    assert (old["phone_masked"], old["points"]["available"]) == ("", 100)


def test_what_was_said_before_stays_in_the_history_and_is_masked(
    guitai: Guitai, home: Path
) -> None:
    number = guitai("member", "add", "--phone", PHONE, "--name", "张小芳").document["number"]
    guitai("member", "update", number, "--phone", "13900000031", "--name", "张晓芳")
    guitai("member", "update", number, "--phone", "13900000032", "--reason", "换号")

    changes = guitai("member", "show", number).document["profile_changes"]
    page = run("member", "show", number, "--home", str(home))

    assert [(row["field"], row["said"], row["stands"]) for row in changes] == [
        ("phone", "139****0032", True),
        ("name", "张晓芳", True),
        ("phone", "139****0031", False),
    ]
    assert changes[0]["reason"] == "换号"
    assert "资料变更" in page.stdout
