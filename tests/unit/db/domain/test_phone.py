"""Telephone numbers as customers, address books and other systems write them.

`tests/vectors/text_phone.json`: texts and what libphonenumber's metadata make of them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from db.domain.lookup.phone import Typing, parse_phone, typing_state
from db.domain.lookup.phone_masks import group_phone, group_typing, mask_phone, masked_digits
from db.domain.lookup.phone_text import PhoneFault, PhoneInvalid

FACTS = json.loads(
    (Path(__file__).parents[3] / "vectors" / "text_phone.json").read_text(encoding="utf-8")
)


def e164_or_refusal(text: str, region: str = "CN") -> str | None:
    try:
        return parse_phone(text, region).e164
    except PhoneInvalid:
        return None


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_a_number_is_read_as_the_world_reads_it(fact: dict[str, Any]) -> None:
    assert e164_or_refusal(fact["input"], fact["region"]) == fact["e164"]


@pytest.mark.parametrize(
    ("text", "fault", "digits"),
    [
        ("", PhoneFault.EMPTY, 0),
        ("  \u3000 ", PhoneFault.EMPTY, 0),
        ("1312345678", PhoneFault.TOO_SHORT, 1),
        ("131234567", PhoneFault.TOO_SHORT, 2),
        ("138001380001", PhoneFault.TOO_LONG, 1),
        ("12345678901", PhoneFault.NOT_IN_USE, 0),
        ("l3123456789", PhoneFault.LETTERS, 0),
        ("1312345678x", PhoneFault.LETTERS, 0),
        ("13123456789(妇)", PhoneFault.LETTERS, 0),
        ("1.31E+10", PhoneFault.LETTERS, 0),
        ("138****5678", PhoneFault.MASKED, 0),
        ("13123456789 13987654321", PhoneFault.TWO_NUMBERS, 0),
        ("13123456789/13987654321", PhoneFault.TWO_NUMBERS, 0),
        ("13800138000\n13900139000", PhoneFault.TWO_NUMBERS, 0),
        ("null", PhoneFault.NOT_A_NUMBER, 0),
        ("①③①②③④⑤⑥⑦⑧⑨", PhoneFault.NOT_A_NUMBER, 0),
        ("１½", PhoneFault.NOT_A_NUMBER, 0),
        ("8" * 10_000, PhoneFault.NOT_A_NUMBER, 0),
        ("+49 0", PhoneFault.TOO_SHORT, 0),
        ("134567890123456789", PhoneFault.PAYMENT_CODE, 0),
        ("281234567890123456", PhoneFault.PAYMENT_CODE, 0),
        ("6222021234567890123", PhoneFault.PAYMENT_CODE, 0),
        ("4111 1111 1111 1111", PhoneFault.BANK_CARD, 0),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(
    text: str, fault: PhoneFault, digits: int
) -> None:
    with pytest.raises(PhoneInvalid) as refused:
        parse_phone(text)

    assert (refused.value.fault, refused.value.digits) == (fault, digits)


def test_an_extension_stands_beside_the_number() -> None:
    phone = parse_phone("010-12345678 转 801")

    assert (phone.e164, phone.extension) == ("+861012345678", "801")


def test_a_phone_never_prints_its_digits() -> None:
    phone = parse_phone("13812345678")

    assert "1234" not in f"{phone} {phone!r}"
    assert phone.last_four == "5678"


@pytest.mark.parametrize(
    ("typed", "region", "state"),
    [
        ("", "CN", Typing.EMPTY),
        ("1", "CN", Typing.INCOMPLETE),
        ("1381 234", "CN", Typing.INCOMPLETE),
        ("12", "CN", Typing.IMPOSSIBLE),
        ("1749", "CN", Typing.IMPOSSIBLE),
        ("13812345678", "CN", Typing.COMPLETE),
        ("138123456789", "CN", Typing.IMPOSSIBLE),
        ("5678", "CN", Typing.INCOMPLETE),
        ("010", "CN", Typing.INCOMPLETE),
        ("01012345678", "CN", Typing.POSSIBLE),
        ("4001234567", "CN", Typing.POSSIBLE),
        ("+852", "CN", Typing.INCOMPLETE),
        ("+85261234567", "CN", Typing.COMPLETE),
        ("6123", "HK", Typing.INCOMPLETE),
        ("61234567", "HK", Typing.COMPLETE),
        ("13a", "CN", Typing.IMPOSSIBLE),
    ],
)
def test_typing_is_told_how_far_it_is(typed: str, region: str, state: Typing) -> None:
    assert typing_state(typed, region) is state


@pytest.mark.parametrize(
    ("e164", "mask", "grouped"),
    [
        ("", "", ""),
        ("+8613812345678", "138****5678", "138 1234 5678"),
        ("+85261234567", "+852 ****4567", "+852 6123 4567"),
        ("+861012345678", "+86 10****5678", "+86 10 1234 5678"),
        ("+8695588", "+86 ****88", "+86 95588"),
        ("no number", "****er", None),
    ],
)
def test_a_stored_number_is_masked_unless_it_may_be_seen(
    e164: str, mask: str, grouped: str | None
) -> None:
    assert mask_phone(e164) == mask
    if grouped is not None:
        assert group_phone(e164) == grouped


def test_the_hidden_digits_are_the_four_before_the_last_four() -> None:
    assert masked_digits("+8613812345678") == "1234"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("", ""), ("138", "138"), ("1381", "138 1"), ("13812345678", "138 1234 5678"),
     ("5678", "5678"), ("+852", "+852")],
)  # fmt: skip
def test_digits_are_grouped_as_they_are_typed(typed: str, shown: str) -> None:
    assert group_typing(typed) == shown
