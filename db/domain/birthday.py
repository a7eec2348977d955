"""Birthdays: a month, a month and a day, or a whole date; more is never guessed.

Kept as text (`05`, `05-20`, `1990-05-20`): a shop greets on the day and needs no year. A lunar
date, a two-digit year or a placeholder of another system is not a birthday that we know.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from db.domain.refusals import Refusal

YEAR_MIN: Final = 1900
_LEAP_YEAR: Final = 2000
_MONTHS: Final = 12
_EXCEL_EPOCH: Final = date(1899, 12, 30)
_EXCEL_DAYS: Final = range(367, 73_051)  # 1901 to 2099
_TEXT: Final = re.compile(r"(?:(\d{4})-)?(\d{1,2})(?:-(\d{1,2}))?")
_WRITTEN: Final = re.compile(
    r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?",
)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT_YEAR: Final = re.compile(r"\d{1,2}([/.\-])\d{1,2}\1\d{2}|\d{2}([/.\-])\d{1,2}\2\d{1,2}")
_PLACEHOLDERS: Final = re.compile(r"(?:1900|1899|0000)[-/.]0?[01][-/.]0?[01](?:\s+[\d:]+)?")
_LUNAR: Final = ("农历", "阴历", "闰", "初", "廿", "腊月", "冬月", "正月")


class BirthdayFault(StrEnum):
    """Why a text is no birthday."""

    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    IN_THE_FUTURE = "in_the_future"
    TOO_LONG_AGO = "too_long_ago"
    AMBIGUOUS = "ambiguous"


@dataclass(eq=False)
class BirthdayInvalid(Refusal):
    """The text is no birthday, or one that would have to be guessed."""

    fault: BirthdayFault


@dataclass(frozen=True, slots=True)
class Birthday:
    """A month, and the day and the year where they are known."""

    month: int
    day: int | None = None
    year: int | None = None

    def __str__(self) -> str:
        """Return `05`, `05-20` or `1990-05-20`, as it is stored."""
        year = "" if self.year is None else f"{self.year:04}-"
        return f"{year}{self.month:02}" + ("" if self.day is None else f"-{self.day:02}")


def parse_birthday(text: str, *, today: date) -> Birthday:
    """Return the birthday that `MM`, `MM-DD` or `YYYY-MM-DD` writes; refuse every other text."""
    found = _TEXT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise BirthdayInvalid(BirthdayFault.NOT_A_DATE)
    if found[1] is not None and found[3] is None:
        raise BirthdayInvalid(BirthdayFault.NOT_A_DATE)
    return _checked(found[1], month=found[2], day=found[3], today=today)


def birthday_from_cell(text: str, *, today: date) -> Birthday | None:
    """Return the birthday in a spreadsheet's cell, or None where the cell says that none is known.

    Reads separators, 年月日, eight digits, a time behind, full width, and days since 1900 as Excel
    counts them. Lunar dates and the placeholders of other systems are "not known". Refuses what a
    human has to look at: an impossible day, the future, and a two-digit year.
    """
    cell = unicodedata.normalize("NFKC", text).strip()
    if not cell or _PLACEHOLDERS.fullmatch(cell) or any(mark in cell for mark in _LUNAR):
        return None
    if (found := _COMPACT.fullmatch(cell) or _WRITTEN.fullmatch(cell)) is not None:
        return _checked(found[1], month=found[2], day=found[3], today=today)
    if _SHORT_YEAR.fullmatch(cell):
        raise BirthdayInvalid(BirthdayFault.AMBIGUOUS)
    serial = cell.removesuffix(".0")
    if serial.isascii() and serial.isdigit() and int(serial) in _EXCEL_DAYS:
        day = _EXCEL_EPOCH + timedelta(days=int(serial))
        return _checked(str(day.year), month=str(day.month), day=str(day.day), today=today)
    raise BirthdayInvalid(BirthdayFault.NOT_A_DATE)


def _checked(year: str | None, *, month: str, day: str | None, today: date) -> Birthday:
    if day is None:
        if not 1 <= int(month) <= _MONTHS:
            raise BirthdayInvalid(BirthdayFault.NO_SUCH_DAY)
        return Birthday(int(month))
    try:
        # Without a year, 29 February is a birthday.
        on = date(_LEAP_YEAR if year is None else int(year), int(month), int(day))
    except ValueError:
        raise BirthdayInvalid(BirthdayFault.NO_SUCH_DAY) from None
    if year is None:
        return Birthday(on.month, on.day)
    if on > today:
        raise BirthdayInvalid(BirthdayFault.IN_THE_FUTURE)
    if on.year < YEAR_MIN:
        raise BirthdayInvalid(BirthdayFault.TOO_LONG_AGO)
    return Birthday(on.month, on.day, on.year)
