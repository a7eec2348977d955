"""Lists of members: headings found in both languages, rows taken as they stand or refused."""

from datetime import date

import pytest

from db.domain.lookup.phone_text import PhoneInvalid
from db.domain.member_sheet import (
    MemberSheet,
    SheetFault,
    SheetMember,
    columns_of,
    phone_of_cell,
    read_sheet,
)

TODAY = date(2026, 11, 24)


def sheet(*records: list[str], names: dict[str, str] | None = None) -> MemberSheet:
    """Return the list that these records are."""
    read = read_sheet(records, names=names or {}, region="CN", today=TODAY)
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("手机号", "phone"),
        ("手机/电话\n号码", "phone"),
        (" 联系 电话 ", "phone"),
        ("Mobile Number", "phone"),
        ("PHONE*", "phone"),
        ("姓名（必填）", "name"),
        ("性 别", "gender"),
        ("出生年月日", "birthday"),
        ("积分余额", "points"),
        ("积分有效期至", "points_expire_on"),
        ("会员卡号", "external_id"),
        ("备  注", "note"),
        ("date_of_birth", "birthday"),
    ],
)
def test_headings_are_known_however_they_are_written(title: str, field: str) -> None:
    assert columns_of([title], {}) == {field: 0}


def test_a_given_name_wins_over_what_a_heading_looks_like() -> None:
    assert columns_of(["电话", "微信手机"], {"phone": "微信手机"}) == {"phone": 1}


def test_no_telephone_column_is_no_list() -> None:
    assert read_sheet([["name", "x"], ["a", "b"]], names={}, region="CN", today=TODAY) is None
    assert read_sheet([], names={}, region="CN", today=TODAY) is None


def test_titles_blanks_repeated_headings_and_totals_are_no_members() -> None:
    heading = ["姓名", "手机号"]

    read = sheet(
        ["会员资料", ""],
        heading,
        ["张三", "13800000011"],
        ["", ""],
        heading,
        ["合计：", "1"],
        ["打印人：店长", ""],
    )

    assert (read.rows, read.faults) == (1, ())
    assert read.members == (SheetMember(row=3, phone="+8613800000011", name="张三"),)


@pytest.mark.parametrize("column", ["入会日期", "积分有效期至"])
def test_a_day_that_is_none_is_named(column: str) -> None:
    read = sheet(["手机号", column], ["13800000011", "2026-02-30"])

    assert read.faults == (SheetFault(2, "day_invalid"),)


def test_a_row_is_taken_whole() -> None:
    read = sheet(
        ["手机", "姓名", "性别", "生日", "积分", "积分到期", "入会日期", "等级", "备注"],
        [
            "138-0000-0011",
            "Ｚ　三",
            "女",
            "1990年5月2日",
            "1,280.0",
            "2027/3/1",
            "2020-01-02",
            "金",
            "a\nb",
        ],
    )

    assert read.members == (
        SheetMember(
            row=2,
            phone="+8613800000011",
            name="Z 三",
            gender="female",
            birthday="1990-05-02",
            note="a b",
            joined_on="2020-01-02",
            points=1280,
            points_expire_on=date(2027, 3, 1),
        ),
    )
    assert read.ignored == ("等级",)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["", "5", "1990-05-20"], "phone_empty"),
        (["138****0011", "5", ""], "phone_masked"),
        (["1.38E+10", "5", ""], "phone_not_a_number"),
        (["13800000011", "-5", ""], "points_invalid"),
        (["13800000011", "1.5", ""], "points_invalid"),
        (["13800000011", "99999999999", ""], "points_invalid"),
        (["13800000011", "5", "2020-02-30"], "birthday_no_such_day"),
        (["13800000011", "5", "90/1/2"], "birthday_ambiguous"),
        (["13800000011", "5", "", "x"], "more_cells_than_headings"),
    ],
)
def test_a_row_that_would_have_to_be_guessed_is_refused(cells: list[str], code: str) -> None:
    read = sheet(["手机号", "积分", "生日"], cells)

    assert read.faults == (SheetFault(2, code),)
    assert read.rows == 1


def test_of_two_rows_with_one_telephone_the_first_counts() -> None:
    read = sheet(["手机号", "积分"], ["13800000011", "1"], ["+86 138 0000 0011", "2"])

    assert [member.points for member in read.members] == [1]
    assert read.faults == (SheetFault(3, "duplicate_in_file"),)


@pytest.mark.parametrize(
    "cell",
    [
        "13800000011",
        "'13800000011",
        "13800000011.0",
        '="13800000011"',
        "13800000011(妈妈)",
        "1.3800000011E+10",
    ],
)
def test_what_spreadsheets_do_to_a_number_is_undone(cell: str) -> None:
    assert phone_of_cell(cell, "CN") == "+8613800000011"


@pytest.mark.parametrize("cell", ["1.38E+10", "1.380000001E+10", "1.3E+11"])
def test_digits_that_a_spreadsheet_lost_are_not_made_up(cell: str) -> None:
    with pytest.raises(PhoneInvalid):
        phone_of_cell(cell, "CN")
