"""What a payload is; `tests/vectors/text_scan.json` holds what other shop systems test with."""

import json
from pathlib import Path
from typing import Any

import pytest

from db.domain.lookup.check_characters import check_character, gtin_check_digit, is_gtin
from db.domain.lookup.member_number import number_in_block
from db.domain.lookup.phone import parse_phone
from db.domain.lookup.private_codes import PrivateCode
from db.domain.lookup.scans import (
    CouponCode,
    Damaged,
    DynamicCode,
    MemberCode,
    OurCode,
    PhoneNumber,
    Private,
    ProductCode,
    ReceiptCode,
    Scan,
    Unknown,
    classify,
    clean_scan,
)
from db.domain.offers.coupon_codes import coupon_code

NUMBER = number_in_block("07", 5)
COUPON = coupon_code(b"coupon!")
WRONG_COUPON = f"{COUPON[:-1]}{'A' if COUPON[-1] != 'A' else 'B'}"
FRESH = f"D{NUMBER}123456" + check_character(f"D{NUMBER}123456")
FACTS = json.loads(
    (Path(__file__).parents[3] / "vectors" / "text_scan.json").read_text(encoding="utf-8")
)


def facts(kind: str) -> list[Any]:
    return [pytest.param(fact, id=fact["id"]) for fact in FACTS if fact["kind"] == kind]


@pytest.mark.parametrize("fact", facts("check_digit"))
def test_a_product_number_is_known_by_its_check_digit(fact: dict[str, Any]) -> None:
    code, expected = fact["code"], fact["expected"]
    if "valid" not in expected:
        assert gtin_check_digit(code) == expected["check_digit"]
    else:
        assert is_gtin(code) is expected["valid"]


@pytest.mark.parametrize("fact", facts("dispatch"))
def test_a_payment_code_is_known_by_its_first_digits_and_length(fact: dict[str, Any]) -> None:
    payments = {PrivateCode.WECHAT_PAY, PrivateCode.ALIPAY, PrivateCode.UNIONPAY}
    scan = classify(fact["code"])

    found = scan.kind.value if isinstance(scan, Private) and scan.kind in payments else "unknown"

    assert found == fact["expected"]["kind"]


@pytest.mark.parametrize("fact", facts("scanner"))
def test_a_scanner_s_frame_is_taken_off(fact: dict[str, Any]) -> None:
    assert clean_scan(fact["code"]) == fact["expected"]["clean"]


@pytest.mark.parametrize(
    ("payload", "scan"),
    [
        (NUMBER, MemberCode(NUMBER)),
        (f"\x02{NUMBER.lower()}\r\n", MemberCode(NUMBER)),
        (f"]Q1{NUMBER}", MemberCode(NUMBER)),
        (f";{NUMBER}?", MemberCode(NUMBER)),
        (f"{NUMBER[:-1]}{'A' if NUMBER[-1] != 'A' else 'B'}", Damaged(OurCode.MEMBER)),
        (NUMBER + NUMBER, Damaged(OurCode.MEMBER)),
        (FRESH, DynamicCode(NUMBER, "123456")),
        (f"{FRESH[:-2]}9{FRESH[-1]}", Damaged(OurCode.DYNAMIC)),
        ("R1" + "A" * 26, ReceiptCode("R1" + "A" * 26)),
        (COUPON, CouponCode(COUPON)),
        (COUPON.lower(), CouponCode(COUPON)),
        (WRONG_COUPON, Unknown(WRONG_COUPON)),
        ("6901234567892", ProductCode("6901234567892")),
        ("13812345678", PhoneNumber(parse_phone("13812345678"))),
        ("tel:+8613812345678", PhoneNumber(parse_phone("13812345678"))),
        ("12593 13123456789", PhoneNumber(parse_phone("13123456789"))),
        ("134567890123456789", Private(PrivateCode.WECHAT_PAY)),
        ("2512 3456 7890 1234", Private(PrivateCode.ALIPAY)),
        ("6222021234567890123", Private(PrivateCode.UNIONPAY)),
        ("hQVDUFYwMWETTwegAAADMwEBAQ==", Private(PrivateCode.UNIONPAY)),
        ("6212345678901232", Private(PrivateCode.BANK_CARD)),
        ("4111-1111-1111-1111", Private(PrivateCode.BANK_CARD)),
        ("378282246310005", Private(PrivateCode.BANK_CARD)),
        ("30569309025904", Private(PrivateCode.BANK_CARD)),
        ("%B6222021234567890^ZHANG^2512?;6222021234567890=2512?", Private(PrivateCode.BANK_CARD)),
        (";6222021234567890=2512", Private(PrivateCode.BANK_CARD)),
        ("11010519491231002X", Private(PrivateCode.IDENTITY_CARD)),
        ("MAXIMILIAN", Unknown("MAXIMILIAN")),
        ("1234", Unknown("1234")),
        ("", Unknown("")),
        ("9" * 3_000, Unknown("")),
        ("69012345678926901234567892", Unknown("69012345678926901234567892")),
    ],
)  # fmt: skip
def test_a_payload_is_what_it_says(payload: str, scan: Scan) -> None:
    assert classify(payload) == scan


@pytest.mark.parametrize(
    "payload", ["134567890123456789", "4111111111111111", ";6222021234567890=2512?"]
)
def test_a_private_code_leaves_none_of_its_digits(payload: str) -> None:
    assert not any(character.isdigit() for character in repr(classify(payload)))


def test_eight_digits_are_a_product_scanned_and_a_phone_typed() -> None:
    assert classify("61234567", region="HK") == ProductCode("61234567")
    assert classify("61234567", region="HK", typed=True) == PhoneNumber(
        parse_phone("61234567", "HK")
    )


def test_a_product_number_that_passes_luhn_is_no_bank_card() -> None:
    both = next(
        code for n in range(100) if is_gtin(code := f"4{n:011}{gtin_check_digit(f'4{n:011}')}")
    )

    assert classify(both) == ProductCode(both)
