"""Amounts as people type them, and as files and screens show them."""

import pytest

from db.domain.money import NotAnAmount, amount_shown, amount_text, parse_amount


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("128", 12_800), ("128.5", 12_850), ("128.00", 12_800), (".5", 50), ("7.", 700),
        (" ￥ 1,280.50 ", 128_050), ("¥12", 1_200), ("１２８．００", 12_800), ("0.01", 1),
        ("9999999.99", 999_999_999), ("1,234,567", 123_456_700),
    ],
)  # fmt: skip
def test_an_amount_is_read_to_the_cent(text: str, minor: int) -> None:
    assert parse_amount(text) == minor


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"), (" ¥ ", "empty"), ("abc", "not_a_number"), ("1.2.3", "not_a_number"),
        (".", "not_a_number"), ("1e3", "not_a_number"), ("12,34", "not_a_number"),
        ("1234,567", "not_a_number"), (",123", "not_a_number"), ("1.2a", "not_a_number"),
        ("-1", "negative"), ("\u22125.00", "negative"), ("-abc", "not_a_number"),
        ("0", "zero"), ("0.00", "zero"), ("1.234", "too_precise"), ("10000000", "too_large"),
        ("9" * 5_000, "too_large"), ("0." + "0" * 5_000 + "1", "too_precise"),
    ],
)  # fmt: skip
def test_what_is_no_amount_says_why(text: str, reason: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        parse_amount(text)

    assert refused.value.reason == reason


def test_nought_is_an_amount_where_it_may_be() -> None:
    assert parse_amount("0.00", zero=True) == 0


@pytest.mark.parametrize(
    ("minor", "text", "shown"),
    [
        (0, "0.00", "¥0.00"),
        (5, "0.05", "¥0.05"),
        (128_050, "1280.50", "¥1,280.50"),
        (-128_050, "-1280.50", "\u2212¥1,280.50"),
    ],
)
def test_files_carry_decimals_and_people_see_commas(minor: int, text: str, shown: str) -> None:
    assert amount_text(minor) == text
    assert amount_shown(minor) == shown
