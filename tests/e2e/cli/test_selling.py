"""A shop's day on the command line, each act a process of its own."""

import re
from pathlib import Path

import pytest

from tests.support.command_line import Guitai, run

PHONE = "138 1234 5678"


def test_a_member_earns_redeems_and_takes_back_and_the_book_agrees(guitai: Guitai) -> None:
    member = guitai("member", "add", "--phone", PHONE, "--name", "张小芳").document
    first = guitai("sale", "add", "--amount", "128.00", "--member", member["member_id"]).document
    second = guitai(
        "sale", "add", "--amount", "50", "--member", member["number"], "--redeem", "100"
    ).document
    undone = guitai("sale", "undo", second["sale_id"]).document
    spent = guitai("points", "redeem", "13812345678", "100").document
    shown = guitai("member", "show", member["member_id"]).document

    assert (first["due"], first["paid"], first["points"]["earned"]) == ("128.00", "128.00", 128)
    assert (second["due"], second["points"]["redeemed_value"]) == ("49.00", "1.00")
    assert undone["points"] == {"taken_back": 49, "given_back": 100}
    assert spent["points"] == {"redeemed": 100, "redeemed_value": "1.00", "balance": 28}
    assert shown["points"]["available"] == 28
    assert shown["points"]["redeemable_here"] == 28
    assert shown["visits"] == 1
    assert [row["kind"] for row in shown["history"]] == [
        "redeem", "undo", "sale", "sale", "enrollment",
    ]  # fmt: skip
    assert guitai("verify").document["ok"]


def test_init_answers_with_the_managers_pin_and_is_not_done_twice(tmp_path: Path) -> None:
    home = tmp_path / "shop"

    made = run("--json", "init", "--branch", "一店", "--counter", "02", "--home", str(home))
    again = run("init", "--home", str(home), "--json")

    assert made.document["branch"] == "一店"
    assert made.document["counter"] == "02"
    assert len(made.document["staff"]["pin"]) == 6
    assert (home / "guitai.key").stat().st_mode & 0o777 == 0o600
    assert (again.code, again.document["invalid"]["code"]) == (2, "home_exists")


def test_lines_come_from_a_file_with_their_names_and_prices(guitai: Guitai, tmp_path: Path) -> None:
    lines = tmp_path / "lines.csv"
    lines.write_bytes(
        "sku,name,category,quantity,unit_price,discount\n"
        "A1,绿茶,饮料/茶,2,3.50,1.00\nA2,面包,食品,1,12.00,\n".encode("gbk")
    )

    sold = guitai("sale", "add", "--lines", str(lines), "--tender", "wechat=18.00").document
    shown = guitai("sale", "show", sold["sale_id"]).document

    assert sold["due"] == "18.00"
    assert shown["tenders"] == {"wechat": "18.00"}
    assert [(line["name"], line["quantity"], line["amount"]) for line in shown["lines"]] == [
        ("绿茶", 2, "6.00"),
        ("面包", 1, "12.00"),
    ]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("sku,unit_price,quantity\nA,1.00,0\n", "quantity"),
        ("sku,unit_price,quantity\nA,1.00,1.5\n", "quantity"),
        ("sku,unit_price,quantity\nA,abc,1\n", "unit_price"),
        ("sku,unit_price,discount\nA,1.00,1.01\n", "discount"),
        ('[{"unit_price": 1.5}]', "unit_price"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_sold(
    guitai: Guitai, tmp_path: Path, text: str, field: str
) -> None:
    lines = tmp_path / "lines"
    lines.write_text(text, encoding="utf-8")

    ended = guitai("sale", "add", "--lines", str(lines))

    assert ended.code == 2
    assert ended.document["invalid"]["code"] == "line_invalid"
    assert ended.document["invalid"]["details"]["field"] == field
    assert "优惠 ¥1.01 大于" in ended.stderr or field != "discount"
    assert guitai("report", "day").document["figures"]["sales"] == 0


def test_a_phone_is_whole_only_for_a_reason_that_is_recorded(guitai: Guitai) -> None:
    member = guitai("member", "add", "--phone", PHONE, "--email", "zhang@example.com").document

    masked = guitai("member", "show", member["number"])
    without = guitai("member", "show", member["number"], "--reveal")
    revealed = guitai("member", "show", member["number"], "--reveal", "--reason", "寄快递")
    listed = guitai("member", "export")

    assert masked.document["phone_masked"] == "138****5678"
    assert "13812345678" not in masked.stdout + listed.stdout
    assert "zhang@" not in masked.stdout + listed.stdout
    assert (without.code, without.document["invalid"]["code"]) == (2, "reason_required")
    assert revealed.document["phone"] == "+8613812345678"
    assert guitai("verify").document["operations"] == 2


def test_the_sandbox_clock_decides_what_has_gone_by(guitai: Guitai) -> None:
    at = "2026-03-01T10:00:00+08:00"
    sold = guitai("sale", "add", "--amount", "10", "--at", at).document

    late = guitai("sale", "undo", sold["sale_id"], "--at", "2026-03-01T10:02:01+08:00")
    in_time = guitai("sale", "undo", sold["sale_id"], GUITAI_NOW="2026-03-01T10:01:59+08:00")

    assert sold["sold_at"] == at
    assert (late.code, late.document["refused"]["code"]) == (3, "undo_too_late")
    assert in_time.code == 0


def test_a_shift_opens_by_itself_and_is_closed_with_what_was_counted(guitai: Guitai) -> None:
    guitai("sale", "add", "--amount", "30")

    open_ones = guitai("shift", "show").document
    closed = guitai("shift", "close", "--counted", "29.00").document
    again = guitai("shift", "close")

    assert open_ones["open"]
    assert open_ones["shifts"][0]["amount"] == "30.00"
    assert closed["number"] == 1
    assert (closed["expected"], closed["counted"]) == ("30.00", "29.00")
    assert closed["difference"] == "-1.00"
    assert (again.code, again.document["refused"]["code"]) == (3, "no_open_shift")


def test_cash_moved_by_hand_is_expected_in_the_drawer(guitai: Guitai) -> None:
    refused = guitai("shift", "cash", "--in", "1", "--reason", "早")
    opened = guitai("shift", "drawer", "--reason", "换零钱").document
    guitai("shift", "open", "--float", "100")
    guitai("shift", "cash", "--in", "50", "--reason", "补零钱")
    moved = guitai("shift", "cash", "--out", "30.50", "--reason", "存银行").document
    neither = guitai("shift", "cash", "--reason", "哪边")
    wordless = guitai("shift", "drawer", "--reason", " ")
    listed = guitai("shift", "show").document["shifts"][0]
    closed = guitai("shift", "close", "--counted", "119.50").document

    assert (refused.code, refused.document["refused"]["code"]) == (3, "no_open_shift")
    assert opened["shift_id"] is None
    assert (moved["amount"], moved["cash_in"], moved["cash_out"]) == ("-30.50", "50.00", "30.50")
    assert neither.code == 2
    assert (wordless.code, wordless.document["invalid"]["code"]) == (2, "reason_missing")
    assert (listed["cash_in"], listed["cash_out"]) == ("50.00", "30.50")
    assert (closed["expected"], closed["difference"]) == ("119.50", "0.00")


def test_points_are_corrected_both_ways_and_listed_by_lot(guitai: Guitai) -> None:
    member = guitai("member", "add", "--phone", PHONE).document["member_id"]

    up = guitai("points", "adjust", member, "+50", "--reason", "补登").document
    down = guitai("points", "adjust", member, "-20", "--reason", "录错").document
    lots = guitai("points", "lots", member).document

    assert (up["points"]["balance"], down["points"]["balance"]) == (50, 30)
    assert [(lot["awarded"], lot["points"]) for lot in lots["lots"]] == [(50, 30)]


def test_a_program_is_checked_shown_and_tried_without_a_home(
    guitai: Guitai, tmp_path: Path
) -> None:
    program, story = tmp_path / "program.json", tmp_path / "story.json"
    program.write_text(guitai("program", "show", "--document").stdout, encoding="utf-8")
    story.write_text(
        '{"member": {"balance": 100}, "steps": [{"at": "2026-06-01T10:00:00+08:00",'
        ' "sale": {"id": "S1", "amount": "128.00", "redeem_points": 100}}]}',
        encoding="utf-8",
    )

    checked = run("program", "check", str(program), "--json")
    tried = run("program", "preview", str(program), str(story), "--json")
    program.write_text('{"format": "guitai.program/1"}', encoding="utf-8")
    broken = run("program", "check", str(program), "--json")

    assert checked.document["valid"]
    assert tried.document["steps"][0]["due"] == "127.00"
    assert broken.code == 2
    assert broken.document["invalid"]["details"]["problems"]


def test_a_backup_brings_the_shop_back_elsewhere(guitai: Guitai, tmp_path: Path) -> None:
    guitai("member", "add", "--phone", PHONE, "--name", "张小芳")
    backup, elsewhere = tmp_path / "shop.backup", tmp_path / "elsewhere"

    written = guitai("backup", str(backup))
    restored = run("restore", str(backup), "--home", str(elsewhere), "--json")
    found = run("member", "find", "zhangxf", "--home", str(elsewhere), "--json")

    assert written.code == restored.code == 0
    assert [member["name"] for member in found.document["members"]] == ["张小芳"]
    assert run("verify", "--home", str(elsewhere), "--json").document["ok"]


def test_points_redeemed_say_their_operation_and_how_they_come_back(
    guitai: Guitai, home: Path
) -> None:
    guitai("member", "add", "--phone", "13812345678")
    guitai("sale", "add", "--amount", "2000", "--member", "13812345678")
    redeemed = ("points", "redeem", "13812345678", "1500", "--home", str(home))

    page = run(*redeemed, LC_ALL="en_US.UTF-8").stdout
    operation = re.search(r"^Operation +([0-9a-f-]{36})$", page, re.MULTILINE)
    command = re.search(r"guitai (.*points adjust \S+ \+1500) --reason WHY$", page, re.MULTILINE)
    assert operation is not None
    assert command is not None
    back = run(*command[1].split(), "--reason", "till failed", "--json")

    assert back.document["points"]["balance"] == 2000


def test_what_an_english_speaker_makes_has_english_names(tmp_path: Path) -> None:
    made, office = tmp_path / "made", tmp_path / "office"
    english = {"LC_ALL": "en_US.UTF-8"}

    page = run("init", "--home", str(made), **english).stdout
    run("office", "init", "--home", str(office), **english)
    names = {
        person["name"]
        for home in (made, office)
        for person in run("staff", "list", "--home", str(home), "--json").document["staff"]
    }

    assert page.isascii()
    assert names == {"Manager"}
