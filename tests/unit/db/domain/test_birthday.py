"""Birthdays as they are typed and as spreadsheets damage them."""

from datetime import date

import pytest

from db.domain.birthday import (
    Birthday,
    BirthdayFault,
    BirthdayInvalid,
    birthday_from_cell,
    parse_birthday,
)

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("5", "05"), ("05-20", "05-20"), ("5-2", "05-02"), ("1990-05-20", "1990-05-20"),
     ("02-29", "02-29"), ("２-２９", "02-29"), (" 2026-06-01 ", "2026-06-01")],
)  # fmt: skip
def test_a_birthday_is_kept_as_far_as_it_is_known(text: str, kept: str) -> None:
    assert str(parse_birthday(text, today=TODAY)) == kept


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", BirthdayFault.NOT_A_DATE),
        ("1990-05", BirthdayFault.NOT_A_DATE),
        ("20 May", BirthdayFault.NOT_A_DATE),
        ("13", BirthdayFault.NO_SUCH_DAY),
        ("02-30", BirthdayFault.NO_SUCH_DAY),
        ("1991-02-29", BirthdayFault.NO_SUCH_DAY),
        ("2026-06-02", BirthdayFault.IN_THE_FUTURE),
        ("1899-12-31", BirthdayFault.TOO_LONG_AGO),
    ],
)
def test_what_is_no_birthday_is_refused(text: str, fault: BirthdayFault) -> None:
    with pytest.raises(BirthdayInvalid) as refused:
        parse_birthday(text, today=TODAY)

    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("22604", "1961-11-19"),
        ("19968.0", "1954-09-01"),
        ("1981/7/7", "1981-07-07"),
        ("1964年9月12日", "1964-09-12"),
        ("19750730", "1975-07-30"),
        ("1954-9-21 0:00:00", "1954-09-21"),
        ("1960.12.15", "1960-12-15"),
        ("１９６２－１０－２４", "1962-10-24"),
        ("9月12日", "09-12"),
        ("05-20", "05-20"),
    ],
)
def test_a_cell_is_read_in_every_usual_shape(cell: str, kept: str) -> None:
    assert str(birthday_from_cell(cell, today=TODAY)) == kept


@pytest.mark.parametrize("cell", ["", "1900/1/0", "1900-01-01", "0000-00-00", "农历八月十五"])
def test_a_cell_may_say_that_none_is_known(cell: str) -> None:
    assert birthday_from_cell(cell, today=TODAY) is None


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("4/23/93", BirthdayFault.AMBIGUOUS),
        ("1990-02-30", BirthdayFault.NO_SUCH_DAY),
        ("2099-01-01", BirthdayFault.IN_THE_FUTURE),
        ("12", BirthdayFault.NOT_A_DATE),
    ],
)
def test_a_cell_is_never_guessed_at(cell: str, fault: BirthdayFault) -> None:
    with pytest.raises(BirthdayInvalid) as refused:
        birthday_from_cell(cell, today=TODAY)

    assert refused.value.fault is fault


def test_a_birthday_is_a_value() -> None:
    assert parse_birthday("05-20", today=TODAY) == Birthday(5, 20)
