"""A program on its way at the command line: replayed, published, in force, explained."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Guitai, run

PHONE = "13812345678"


@pytest.fixture
def proposed(guitai: Guitai, tmp_path: Path) -> Path:
    """Return the shop's program with double points, as version 2 of 2030."""
    document = guitai("program", "show", "--document").document
    document |= {"version": 2, "effective_on": "2030-01-02"}
    document["earning"][0]["give"]["points"] = 2
    path = tmp_path / "proposed.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def sold(guitai: Guitai, amount: str, at: str) -> dict[str, Any]:
    answer = guitai("sale", "add", "--amount", amount, "--member", PHONE, "--at", at).document
    assert isinstance(answer, dict)
    return answer


def test_a_proposed_program_is_replayed_published_and_used_from_its_day(
    guitai: Guitai, proposed: Path, tmp_path: Path
) -> None:
    guitai("member", "add", "--phone", PHONE, "--at", "2030-01-01T09:00")
    old = sold(guitai, "100", "2030-01-01T12:00")

    replay = guitai("program", "replay", str(proposed), "--at", "2030-01-01T13:00").document
    out = tmp_path / "replay.csv"
    guitai("program", "replay", str(proposed), "--out", str(out), "--at", "2030-01-01T13:00")
    published = guitai("program", "publish", str(proposed), "--at", "2030-01-01T14:00").document
    late = sold(guitai, "100", "2030-01-02T03:59")
    new = sold(guitai, "100", "2030-01-02T04:00")
    history = guitai("program", "history", "--at", "2030-01-02T05:00").document

    assert (replay["in_force"]["earned"], replay["proposed"]["earned"]) == (100, 200)
    assert (replay["difference"]["cost"], replay["members"]["gain"]) == ("1.00", 1)
    assert replay["proposed"]["rebate"] == "0.02"
    assert "guitai@2" in out.read_text(encoding="utf-8-sig")
    assert (published["in_force"], published["replaces"]) == (False, "guitai@1")
    earned = [sale["points"]["earned"] for sale in (old, late, new)]
    assert earned == [100, 100, 200]
    assert [(each["version"], each["in_force"]) for each in history["versions"]] == [
        (1, False),
        (2, True),
    ]
    kept = [guitai("sale", "show", sale["sale_id"]).document["program"] for sale in (late, new)]
    assert kept == ["guitai@1", "guitai@2"]


def test_days_without_sales_are_refused_in_a_sentence(guitai: Guitai, proposed: Path) -> None:
    ended = guitai("program", "replay", str(proposed), "--days", "7")

    assert ended.code == 3
    assert ended.document["refused"]["code"] == "no_sales_to_replay"
    assert "没有消费" in ended.stderr or "Nothing was sold" in ended.stderr


def test_a_version_that_is_there_is_refused_and_a_wrong_one_is_invalid(
    guitai: Guitai, proposed: Path
) -> None:
    at = ("--at", "2029-12-31T12:00")
    assert guitai("program", "publish", str(proposed), *at).code == 0
    document = json.loads(proposed.read_text(encoding="utf-8"))
    proposed.write_text(json.dumps(document | {"earning": []}), encoding="utf-8")

    taken = guitai("program", "publish", str(proposed), *at)
    proposed.write_text(json.dumps(document | {"surprise": 1}), encoding="utf-8")
    wrong = guitai("program", "publish", str(proposed), *at)

    assert (taken.code, taken.document["refused"]["code"]) == (3, "version_not_above")
    assert (wrong.code, wrong.document["invalid"]["code"]) == (2, "invalid_program")
    assert wrong.document["invalid"]["details"]["problems"][0]["path"] == "$.surprise"


def test_csv_needs_a_file_and_days_have_a_limit(guitai: Guitai, proposed: Path) -> None:
    no_file = guitai("program", "replay", str(proposed), "--format", "csv")
    no_days = guitai("program", "replay", str(proposed), "--days", "0")

    assert (no_file.code, no_file.document["invalid"]["code"]) == (2, "out_required")
    assert (no_days.code, no_days.document["invalid"]["code"]) == (2, "days_out_of_range")


def test_a_version_that_was_overtaken_is_not_said_to_be_in_force(
    guitai: Guitai, proposed: Path
) -> None:
    later = proposed.with_name("later.json")
    document = json.loads(proposed.read_text(encoding="utf-8")) | {"version": 3}
    later.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    guitai("program", "publish", str(proposed), "--at", "2030-01-01T09:00")
    guitai("program", "publish", str(later), "--at", "2030-01-01T10:00")

    again = guitai("program", "publish", str(proposed), "--at", "2030-01-02T09:00").document

    assert (again["in_force"], again["overtaken_by"]) == (False, "guitai@3")


def test_check_names_what_counters_cannot_do_yet(guitai: Guitai, proposed: Path) -> None:
    document = json.loads(proposed.read_text(encoding="utf-8"))
    document["earning"][0]["when"] = {"segment": ["lost"]}
    proposed.write_text(json.dumps(document), encoding="utf-8")

    checked = guitai("program", "check", str(proposed)).document

    assert (checked["valid"], checked["not_at_counter_yet"]) == (
        True,
        ["$.earning[0].when.segment"],
    )


def test_an_old_sale_keeps_the_names_of_its_rules(
    home: Path, guitai: Guitai, proposed: Path
) -> None:
    guitai("member", "add", "--phone", PHONE, "--at", "2030-01-01T09:00")
    old = sold(guitai, "100", "2030-01-01T12:00")["sale_id"]
    document = json.loads(proposed.read_text(encoding="utf-8"))
    document["earning"][0] |= {"id": "another", "name": {"zh": "新规则", "en": "New"}}
    proposed.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    guitai("program", "publish", str(proposed), "--at", "2030-01-01T14:00")

    told = run("sale", "show", old, "--home", str(home), "--at", "2030-01-02T09:00")

    assert "消费积分：¥100.00" in told.stdout
