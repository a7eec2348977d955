"""A list of members as other systems write it: which column is what, and what a row says.

Headings are compared without width, case, blanks and marks, in Chinese and English. A row is
taken as it stands or refused with a code; nothing is guessed, for a wrong digit is a wrong person.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from db.domain.birthday import BirthdayInvalid, birthday_from_cell
from db.domain.csv_text import LOST, OTHER_ENCODING
from db.domain.lookup.names import tidy_name
from db.domain.lookup.phone import parse_phone
from db.domain.lookup.phone_text import PhoneFault, PhoneInvalid

POINTS_MAX: Final = 1_000_000_000
HEADING_ROWS_MAX: Final = 20
_MARKS: Final = re.compile(r"[\s*＊:：()（）_\-./]+")
_ALTERNATIVES: Final = re.compile(r"[/、|]")
_BRACKETED: Final = re.compile(r"[(（\[【].*?[)）\]】]")
_FORMULA_TEXT: Final = re.compile(r'="([^"]*)"')
# A remark behind a number, such as （妈妈）; digits in brackets are part of the number.
_REMARK: Final = re.compile(r"[(（][^\d()（）]+[)）]$")
_POWER: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}", re.ASCII)
_POINTS: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,10}", re.ASCII)
_TOTALS: Final = ("合计", "总计", "小计", "total", "subtotal")
_GENDERS: Final = {
    "男": "male", "先生": "male", "m": "male", "male": "male",
    "女": "female", "女士": "female", "小姐": "female", "f": "female", "female": "female",
    "其他": "other", "other": "other",
}  # fmt: skip
_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "phone": (
        "手机号", "手机", "手机号码", "电话", "电话号码", "联系电话", "联系方式", "移动电话",
        "会员手机", "phone", "phonenumber", "mobile", "mobilenumber", "mobilephone", "tel",
        "telephone", "cell", "cellphone",
    ),
    "name": (
        "姓名", "名字", "会员姓名", "客户姓名", "顾客姓名", "会员名", "会员名称", "客户名称",
        "name", "fullname", "membername", "customername", "customer",
    ),
    "gender": ("性别", "gender", "sex"),
    "birthday": (
        "生日", "出生日期", "出生年月", "出生年月日", "会员生日", "birthday", "birthdate",
        "dateofbirth", "dob",
    ),
    "points": (
        "积分", "积分余额", "当前积分", "可用积分", "剩余积分", "会员积分", "points",
        "pointsbalance", "pointbalance",
    ),
    "points_expire_on": (
        "积分到期", "积分到期日", "积分到期日期", "积分有效期", "积分有效期至", "pointsexpiry",
        "pointsexpire", "pointsexpireon", "pointsexpiryon", "pointsexpirydate",
    ),
    "external_id": (
        "会员卡号", "会员号", "卡号", "会员编号", "会员id", "编号", "memberid", "membernumber",
        "memberno", "cardnumber", "cardno", "card", "externalid", "id",
    ),
    "email": ("邮箱", "电子邮箱", "电子邮件", "email", "mail"),
    "city": ("城市", "所在城市", "city"),
    "note": ("备注", "说明", "note", "notes", "remark", "remarks"),
    "joined_on": (
        "入会日期", "入会时间", "注册日期", "注册时间", "开卡日期", "办卡日期", "加入日期",
        "开卡时间",
        "joinedon", "joined", "joindate", "registered", "registeredon", "createdat",
    ),
}  # fmt: skip
FIELDS: Final = tuple(_TITLES)
_FIELD_OF: Final = {title: field for field, titles in _TITLES.items() for title in titles}


@dataclass(frozen=True, slots=True)
class SheetMember:
    """A member as a row says; `phone` E.164, days ISO, points whole, `row` as a spreadsheet."""

    row: int
    phone: str
    name: str = ""
    gender: str = ""
    birthday: str = ""
    email: str = ""
    city: str = ""
    note: str = ""
    external_id: str = ""
    joined_on: str = ""
    points: int = 0
    points_expire_on: date | None = None


@dataclass(frozen=True, slots=True)
class SheetFault:
    """A row that was not taken, and why."""

    row: int
    code: str


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """What a list holds: `rows` is how many members it names, good or not."""

    rows: int
    members: tuple[SheetMember, ...]
    faults: tuple[SheetFault, ...]
    ignored: tuple[str, ...]


def columns_of(heading: Sequence[str], names: Mapping[str, str]) -> dict[str, int]:
    """Return where each field stands in a heading; `names` has the titles that were given."""
    given = {_plain(title): field for field, title in names.items()}
    found: dict[str, int] = {}
    for index, title in enumerate(heading):
        field = given.get(_plain(title))
        if field is None:
            fields = (_FIELD_OF.get(_plain(part)) for part in (title, *_ALTERNATIVES.split(title)))
            field = next((name for name in fields if name is not None and name not in names), None)
        if field is not None:
            found.setdefault(field, index)
    return found


def heading_of(records: Sequence[Sequence[str]], names: Mapping[str, str]) -> int | None:
    """Return which of the first records is the heading: the first that names a phone column."""
    for index, record in enumerate(records[:HEADING_ROWS_MAX]):
        if "phone" in columns_of(record, names):
            return index
    return None


def read_sheet(
    records: Sequence[Sequence[str]],
    *,
    names: Mapping[str, str],
    region: str,
    today: date,
) -> MemberSheet | None:
    """Return the members of a list; None when no column is a telephone.

    Blank rows, repeated headings and totals are no members. Of two rows with one telephone the
    first counts.
    """
    start = heading_of(records, names)
    if start is None:
        return None
    columns = columns_of(records[start], names)
    return read_members(records, start=start, columns=columns, region=region, today=today)


def read_members(
    records: Sequence[Sequence[str]],
    *,
    start: int,
    columns: Mapping[str, int],
    region: str,
    today: date,
) -> MemberSheet:
    """Return the members under a heading, by the columns somebody chose; `phone` is among them.

    A row that could not be read in the file's encoding is a fault: nothing garbled comes in.
    """
    assert "phone" in columns, "without a telephone column there is no list of members"
    heading = records[start]
    members: list[SheetMember] = []
    faults: list[SheetFault] = []
    phones: set[str] = set()
    for row, record in enumerate(records[start + 1 :], start=start + 2):
        if _is_no_member(record, heading):
            continue
        cells = {
            field: record[index].strip() if index < len(record) else ""
            for field, index in columns.items()
        }
        if (code := _unreadable(record, heading)) is not None:
            faults.append(SheetFault(row, code))
            continue
        outcome = _member(row, cells, region=region, today=today)
        if isinstance(outcome, SheetMember) and outcome.phone in phones:
            outcome = SheetFault(row, "duplicate_in_file")
        if isinstance(outcome, SheetFault):
            faults.append(outcome)
            continue
        phones.add(outcome.phone)
        members.append(outcome)
    known = set(columns.values())
    ignored = tuple(title for index, title in enumerate(heading) if title and index not in known)
    return MemberSheet(len(members) + len(faults), tuple(members), tuple(faults), ignored)


def phone_of_cell(text: str, region: str) -> str:
    """Return the E.164 phone of a cell, through what spreadsheets do to numbers.

    Raises:
        PhoneInvalid: when it is none, or digits were lost (`1.38E+10`).
    """
    cell = text.strip()
    if (quoted := _FORMULA_TEXT.fullmatch(cell)) is not None:
        cell = quoted[1]
    cell = _REMARK.sub("", cell).lstrip("'").strip().removesuffix(".0")
    if _POWER.fullmatch(cell):
        number = Decimal(cell)
        digits = len(cell.lower().split("e")[0].replace(".", ""))
        if digits <= number.adjusted() or number != number.to_integral_value():
            raise PhoneInvalid(PhoneFault.NOT_A_NUMBER)
        cell = str(int(number))
    return parse_phone(cell, region).e164


def day_of_cell(text: str) -> date | None:
    """Return the day in a cell, None where it names none; raise `BirthdayInvalid` otherwise."""
    found = birthday_from_cell(text, today=date.max)
    if found is None or found.year is None or found.day is None:
        return None
    return date(found.year, found.month, found.day)


def _member(
    row: int, cells: Mapping[str, str], *, region: str, today: date
) -> SheetMember | SheetFault:
    try:
        phone = phone_of_cell(cells["phone"], region)
    except PhoneInvalid as refusal:
        return SheetFault(row, f"phone_{refusal.fault}")
    points = _points(cells.get("points", ""))
    if points is None:
        return SheetFault(row, "points_invalid")
    try:
        birthday = birthday_from_cell(cells.get("birthday", ""), today=today)
    except BirthdayInvalid as refusal:
        return SheetFault(row, f"birthday_{refusal.fault}")
    try:
        expires_on = day_of_cell(cells.get("points_expire_on", ""))
        joined_on = day_of_cell(cells.get("joined_on", ""))
    except BirthdayInvalid:
        return SheetFault(row, "day_invalid")
    return SheetMember(
        row=row,
        phone=phone,
        name=tidy_name(cells.get("name", "")),
        gender=_GENDERS.get(cells.get("gender", "").casefold(), ""),
        birthday="" if birthday is None else str(birthday),
        email=cells.get("email", ""),
        city=cells.get("city", ""),
        note=" ".join(cells.get("note", "").split()),
        external_id=cells.get("external_id", ""),
        joined_on="" if joined_on is None or joined_on > today else joined_on.isoformat(),
        points=points,
        points_expire_on=expires_on,
    )


def _unreadable(record: Sequence[str], heading: Sequence[str]) -> str | None:
    """Return why a row as a whole is not taken."""
    if any(cell.strip() for cell in record[len(heading) :]):
        return "more_cells_than_headings"
    if any(LOST in cell for cell in record):
        return "characters_lost"
    return "other_encoding" if any(OTHER_ENCODING in cell for cell in record) else None


def _points(text: str) -> int | None:
    """Return whole points, 0 for an empty cell, None for what is none."""
    cell = unicodedata.normalize("NFKC", text).strip().removesuffix(".00").removesuffix(".0")
    if cell in ("", "-", "—"):
        return 0
    if not _POINTS.fullmatch(cell):
        return None
    points = int(cell.replace(",", ""))
    return points if points <= POINTS_MAX else None


def _is_no_member(record: Sequence[str], heading: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in record if cell.strip()]
    if not filled or list(record) == list(heading) or (len(filled) == 1 and len(heading) > 1):
        return True  # blank, a heading repeated by the page, a title or a foot note
    return filled[0].casefold().rstrip(":：").startswith(_TOTALS)


def _plain(title: str) -> str:
    bare = _BRACKETED.sub("", title) or title
    return _MARKS.sub("", unicodedata.normalize("NFKC", bare).casefold())
