"""Lists of members and former purchases: brought in, cut off, taken back."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.support.command_line import Guitai, arguments, run, surroundings
from tests.support.processes import ROOT

LIST = "姓名,手机号,生日,积分\n张三,13800000011,1990-05-20,120\n李四,13800000012,,0\n"
MEMBERS = "member_id,name,phone,joined_on\n7,王五,13800000013,2017-01-01\n8,,,2017-01-02\n"
PURCHASES = (
    "purchase_id,member_id,purchased_at,items,gross,discount,total\n"
    "P1,7,2017-03-01T10:00:00,3,12.00,2.00,10.00\n"
    "P2,7,2017-03-02T00:00:00,-1,-5.00,0.00,-5.00\n"
    "P3,8,2017-03-03T00:00:00,1,,0.00,\n"
    "P4,8,someday,1,1.00,0.00,1.00\n"
)
LINES = (
    "purchase_id,line_no,sku,qty,unit_price,discount,amount\n"
    "P1,1,A,2,4.00,1.00,7.00\nP1,2,B,1,4.00,1.00,3.00\n"
)
PRODUCTS = "sku,name,category,sub_category,brand,size\nA,绿茶,饮料,茶,,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the tables of a former system."""
    folder = tmp_path / "former"
    folder.mkdir()
    for name, text in {
        "members": MEMBERS,
        "purchases": PURCHASES,
        "purchase_lines": LINES,
        "products": PRODUCTS,
    }.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_list_is_read_in_any_encoding_of_the_trade(
    guitai: Guitai, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(LIST.encode(encoding))

    brought = guitai("member", "import", str(file)).document
    found = guitai("member", "find", "zhangsan").document["members"]
    shown = guitai("member", "show", found[0]["member_id"]).document

    assert (brought["rows"], brought["added"], brought["skipped"]) == (2, 2, [])
    assert shown["points"]["available"] == 120
    assert shown["channel"] == "import"
    assert shown["consents"]["marketing"] is False
    assert guitai("verify").document["ok"]


def test_bad_rows_are_named_and_the_others_come_in(guitai: Guitai, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    rows = "王五,1380000001,,5\n赵六,13800000011,,5\n钱七,13800000014,2020-02-30,5\n"
    rows += "孙八,13800000015,,x\n"
    file.write_text(LIST + rows, encoding="utf-8")

    looked = guitai("member", "import", str(file), "--dry-run").document
    brought = guitai("member", "import", str(file)).document
    again = guitai("member", "import", str(file)).document

    assert (
        looked["skipped"]
        == brought["skipped"]
        == [
            {"row": 4, "code": "phone_too_short"},
            {"row": 5, "code": "duplicate_in_file"},
            {"row": 6, "code": "birthday_no_such_day"},
            {"row": 7, "code": "points_invalid"},
        ]
    )
    assert (looked["batch"], brought["rows"], brought["added"]) == (None, 6, 2)
    assert again["added"] == 0
    assert [row["code"] for row in again["skipped"]][:2] == ["phone_taken", "phone_taken"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"name,amount\nx,13800000011\n", "columns_missing"),
        (bytes(range(256)) * 8, "not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "spreadsheet"),
        (b"PK\x03\x04" + bytes(100), "not_a_table"),
        (b"\xef\xbb\xbf", "file_empty"),
        ('手机号\n"13800000011\n'.encode(), "not_a_table"),
    ],
)
def test_a_file_that_is_no_list_ends_with_2_and_writes_nothing(
    guitai: Guitai, tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(content)

    ended = guitai("member", "import", str(file))

    assert (ended.code, ended.document["invalid"]["code"]) == (2, code)
    assert "13800000011" not in ended.stdout + ended.stderr
    assert guitai("verify").document["operations"] == 0


def test_a_map_names_the_columns_of_another_system(guitai: Guitai, tmp_path: Path) -> None:
    file, names = tmp_path / "members.csv", tmp_path / "map.json"
    file.write_text("客户,号\n张三,13800000011\n", encoding="utf-8")
    names.write_text('{"phone": "号", "name": "客户"}', encoding="utf-8")

    guitai("member", "import", str(file), "--map", str(names))

    assert guitai("member", "find", "0011").document["members"][0]["name"] == "张三"


def test_an_import_is_taken_back_whole_until_its_members_do_something(
    guitai: Guitai, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_text(LIST, encoding="utf-8")
    first = guitai("member", "import", str(file)).document["batch"]

    gone = guitai("member", "import", "--revert", first).document
    second = guitai("member", "import", str(file)).document
    guitai("sale", "add", "--amount", "10", "--member", "13800000011")
    refused = guitai("member", "import", "--revert", second["batch"])

    assert gone["members"] == 2
    assert second["added"] == 2
    assert refused.code == 3
    assert refused.document["refused"]["details"] == {"reason": "members_active", "members": 1}
    assert guitai("verify").document["ok"]


def test_former_purchases_keep_their_time_their_lines_and_their_returns(
    guitai: Guitai, folder: Path
) -> None:
    brought = guitai("history", "import", str(folder)).document
    shown = guitai("member", "show", "13800000013").document
    nameless = guitai("member", "find", "8").document["members"]
    day = guitai("report", "day", "--date", "2017-03-02").document

    assert (brought["rows"], brought["added"], brought["returns"]) == (4, 3, 1)
    assert brought["skipped"] == [{"file": "purchases.csv", "row": 5, "code": "time_invalid"}]
    assert (shown["visits"], shown["spend"], shown["points"]["available"]) == (2, "5.00", 0)
    assert shown["history"][1]["at"] == "2017-03-01T10:00:00+08:00"
    assert nameless[0]["matched"] == "external_id"
    assert (day["returns"], day["returned_amount"]) == (1, "5.00")
    assert guitai("verify").document["ok"]


def test_former_purchases_give_points_when_asked_and_leave_as_one_batch(
    guitai: Guitai, folder: Path
) -> None:
    brought = guitai("history", "import", str(folder), "--award").document
    earned = guitai("member", "show", "13800000013").document["points"]["available"]
    reverted = guitai("history", "import", "--revert", brought["batch"]).document

    assert (brought["points_earned"], earned) == (10, 10)
    assert (reverted["members"], reverted["sales"]) == (2, 3)
    assert guitai("member", "find", "13800000013").document["members"] == []
    assert guitai("report", "day", "--date", "2017-03-01").document["figures"]["sales"] == 0
    assert guitai("verify").document["ok"]


def test_an_import_that_was_killed_goes_on_where_it_stopped(
    guitai: Guitai, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    rows = "".join(f"张三,{13_800_000_000 + number},{number % 100}\n" for number in range(4_000))
    file.write_text("姓名,手机号,积分\n" + rows, encoding="utf-8")
    process = subprocess.Popen(
        arguments(("member", "import", str(file), "--home", str(home))),
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.DEVNULL,
    )
    while not guitai("member", "find", "13800000000").document["members"]:
        assert process.poll() is None, "the import ended before it could be cut off"

    process.send_signal(signal.SIGKILL)
    process.wait()
    whole = guitai("verify").document
    rest = guitai("member", "import", str(file)).document

    assert whole["ok"]
    assert rest["rows"] == rest["added"] + len(rest["skipped"]) == 4_000
    assert {row["code"] for row in rest["skipped"]} == {"phone_taken"}
    issued = guitai("verify").document
    assert issued["ok"]
    assert issued["transfers"] == 4_000 - 40  # a hundredth of them had no points


def test_an_exported_cell_runs_no_formula(guitai: Guitai, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    guitai("member", "add", "--phone", "13800000011", "--name", "=1+1")

    guitai("member", "export", "--format", "csv", "--out", str(out), "--reveal", "--reason", "迁移")

    text = out.read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    assert "'+8613800000011" in text


def test_plain_answers_are_pages_for_people(home: Path, folder: Path) -> None:
    shown = run("history", "import", str(folder), "--home", str(home))

    assert shown.code == 0
    assert "整批撤回" in shown.stdout
    assert not shown.stdout.lstrip().startswith("{")
