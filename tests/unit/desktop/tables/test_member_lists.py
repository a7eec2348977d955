"""Lists of members as shop systems leave them: read as people read them, or refused with a word."""

import base64
import json
import warnings
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from db.domain.member_sheet import MemberSheet, SheetMember, read_sheet
from desktop.tables.records import TableFault, records_in

VECTORS = Path(__file__).parents[3] / "vectors" / "member_lists.json"
LISTS: dict[str, dict[str, Any]] = {
    each["file"]: each for each in json.loads(VECTORS.read_text(encoding="utf-8"))
}
TODAY = date(2026, 11, 24)
UNREADABLE = {
    "16a_empty.csv": "file_empty",
    "16b_only_bom.csv": "file_empty",
    "16d_binary.csv": "not_text",
}
AMOUNTS_ONLY = {("08_amounts.csv", row) for row in (7, 9, 11, 13, 14, 15)}
"""Their fault is in a column that is not brought in."""
WITHOUT_A_NAME = {("13_ragged.csv", 8)}
"""A telephone is all that a member needs here."""


def sheet(name: str) -> MemberSheet:
    records = records_in(base64.b64decode(LISTS[name]["bytes"]), mend=True)
    read = read_sheet(records, names={}, region="CN", today=TODAY)
    assert read is not None
    return read


def national(member: SheetMember) -> str:
    return member.phone.removeprefix("+86")


@pytest.mark.parametrize("name", [name for name in LISTS if name not in UNREADABLE])
def test_good_rows_come_in_and_no_other(name: str) -> None:
    rows = [row for row in LISTS[name]["rows"] if "lines" not in row]
    read = sheet(name)
    members = {member.row: member for member in read.members}
    by_phone = {national(member): member for member in read.members}
    for row in rows:
        line = row.get("line")
        good = row["status"] == "ok" or (name, line) in AMOUNTS_ONLY | WITHOUT_A_NAME
        member = by_phone.get(row.get("phone", "")) if line is None else members.get(line)
        assert (member is not None) == good, row
        if member is not None:
            assert national(member).removeprefix("+") == row["phone"].removeprefix("+")
            assert (member.name, member.birthday) == (row.get("name", ""), row.get("birthday", ""))
            assert (member.joined_on, member.points) == (
                row.get("joined", ""),
                row.get("points", 0),
            )


def test_one_telephone_in_several_rows_is_one_member() -> None:
    read = sheet("07_duplicates.csv")

    assert sorted(map(national, read.members)) == sorted(
        row["phone"] for row in LISTS["07_duplicates.csv"]["rows"]
    )
    assert {fault.code for fault in read.faults} == {"duplicate_in_file"}


@pytest.mark.parametrize(("name", "reason"), UNREADABLE.items())
def test_what_holds_no_list_is_refused_with_a_word(name: str, reason: str) -> None:
    with pytest.raises(TableFault) as met:
        records_in(base64.b64decode(LISTS[name]["bytes"]), mend=True)

    assert met.value.reason == reason


def test_a_broken_text_is_not_read_where_nobody_looks_at_the_marks() -> None:
    with pytest.raises(TableFault) as met:
        records_in(base64.b64decode(LISTS["11_mixed_bytes.csv"]["bytes"]))

    assert met.value.reason == "not_text"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\xd0\xcf\x11\xe0old", "spreadsheet"),
        (b"PK\x03\x04 and then nothing", "not_a_table"),
        (b'a,b\n"never ends', "not_a_table"),
        (b"<html><body>no table</body></html>", "not_a_table"),
    ],
)
def test_what_only_looks_like_a_table_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(TableFault) as met:
        records_in(raw)

    assert met.value.reason == reason


def test_cells_of_a_spreadsheet_are_what_a_person_reads() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append([13800000011, 1.5, date(2020, 2, 3), None, True, "x", None])
    file = BytesIO()
    book.save(file)

    assert records_in(file.getvalue()) == [["13800000011", "1.5", "2020-02-03", "", "TRUE", "x"]]


def test_a_spreadsheet_with_nothing_on_it_is_empty() -> None:
    file = BytesIO()
    Workbook().save(file)

    with pytest.raises(TableFault) as met:
        records_in(file.getvalue())

    assert met.value.reason == "file_empty"


def test_a_page_s_largest_table_is_the_list() -> None:
    page = (
        "<html><table><tr><td>title</table><table><tr><th>手机号<th>姓名</tr>"
        "<tr><td>138<br>0<td>A &amp; B</tr></table></html>"
    )

    assert records_in(page.encode()) == [["手机号", "姓名"], ["138\n0", "A & B"]]


def _workbook() -> bytes:
    book = Workbook()
    page = book.create_sheet("会员", 0)
    page.append(["手机号", "姓名"])
    page.append(["13800138000", "周杰"])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _damaged(part: str, damage: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook of which one part is damaged, in a zip that is whole."""
    written = BytesIO()
    with ZipFile(BytesIO(_workbook())) as whole, ZipFile(written, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            archive.writestr(name, damage(content) if name == part else content)
    return written.getvalue()


@pytest.mark.parametrize(
    "damage", [lambda part: part[: len(part) // 2], lambda _part: b""], ids=["cut", "empty"]
)
@pytest.mark.parametrize(
    "part",
    [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "[Content_Types].xml",
    ],
)
def test_a_damaged_part_of_a_spreadsheet_is_refused_with_a_word(
    part: str, damage: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(TableFault) as fault:
        records_in(_damaged(part, damage))

    assert fault.value.reason == "not_a_table"


@given(place=st.integers(0, 10_000), flips=st.binary(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_spreadsheet_with_bytes_changed_anywhere_is_read_or_refused(
    place: int, flips: bytes
) -> None:
    raw = bytearray(_workbook())
    for at, flip in enumerate(flips, start=place % len(raw)):
        if 4 <= at < len(raw):
            raw[at] ^= flip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl finds odd
        try:
            records_in(bytes(raw))
        except TableFault as fault:
            assert fault.reason in {"not_a_table", "file_empty", "file_too_large"}  # noqa: PT017 - it may be read as well
