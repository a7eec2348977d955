"""Scans: what a payload from a scanner, a card reader or the keypad is.

Decided by what it says and never by which field has the focus, so that a member's code works
anywhere. A private code comes out without its digits; what is shaped like a code of ours but fails
its check is `Damaged`, so that the screen can say "scan again" instead of "not found".
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from db.domain.lookup.check_characters import is_checked, is_gtin
from db.domain.lookup.member_number import (
    NUMBER_CHARACTERS,
    MemberNumber,
    MemberNumberInvalid,
    NumberFault,
    parse_number,
)
from db.domain.lookup.phone import DEFAULT_REGION, Phone, parse_phone
from db.domain.lookup.phone_text import PhoneInvalid
from db.domain.lookup.private_codes import PrivateCode, private_code_kind
from db.domain.offers.coupon_codes import is_coupon_code

SCAN_CHARACTERS_MAX: Final = 2_000
_DYNAMIC: Final = re.compile(r"D(M[0-9A-Z]{9})(\d{6})[0-9A-Z]")
# R1 and base32; the shortest receipt holds the operation id alone, 26 characters.
_RECEIPT: Final = re.compile(r"R1[A-Z2-7]{26,}=*")
_SYMBOLOGY: Final = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
_SENTINELS: Final = re.compile(r"^[%;+](.*?)\?.?$")
_MEMBER_SHAPE: Final = re.compile(r"M[0-9A-Z]{9}")


class OurCode(StrEnum):
    """The codes that we print ourselves."""

    MEMBER = "member"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class MemberCode:
    """A member's number, from his card, his telephone or the keypad."""

    number: MemberNumber


@dataclass(frozen=True, slots=True)
class DynamicCode:
    """A member's number with six digits that prove the code is fresh."""

    number: MemberNumber
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """A receipt of ours (`R1` and base32), for returns; its signature is not looked at here."""

    text: str


@dataclass(frozen=True, slots=True)
class CouponCode:
    """What is printed on a coupon; one code in 36 that only looks like it says so too."""

    code: str


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A telephone number, typed or in a contact's code."""

    phone: Phone


@dataclass(frozen=True, slots=True)
class ProductCode:
    """A product: EAN-8, UPC-A, EAN-13 or GTIN-14 with a right check digit."""

    gtin: str


@dataclass(frozen=True, slots=True)
class Private:
    """A payment code, bank card or identity card: refused, and none of its digits kept."""

    kind: PrivateCode


@dataclass(frozen=True, slots=True)
class Damaged:
    """One of our codes, misread or mistyped."""

    kind: OurCode


@dataclass(frozen=True, slots=True)
class Unknown:
    """None of these; a till's receipt, a former system's card, or noise. Empty when unreadable."""

    text: str = field(repr=False)


Scan = (
    MemberCode
    | DynamicCode
    | ReceiptCode
    | CouponCode
    | PhoneNumber
    | ProductCode
    | Private
    | Damaged
    | Unknown
)


def classify(text: str, *, region: str = DEFAULT_REGION, typed: bool = False) -> Scan:
    """Say what a payload is; digits that are a phone and a product are a phone when `typed`."""
    code = clean_scan(text)
    if (kind := private_code_kind(code)) is not None:
        return _phone_of(code, region) or Private(kind)
    ours = _our_code(code.upper())
    if ours is not None:
        return ours
    product = ProductCode(code) if code.isdigit() and is_gtin(code) else None
    if product is not None and not typed:
        return product
    return _phone_of(code, region) or product or Unknown(code)


def clean_scan(text: str) -> str:
    """Return a payload without its frame: suffixes, STX and ETX, symbology mark, card sentinels.

    A payload of more than 2,000 characters is no code; it comes out empty.
    """
    if len(text) > SCAN_CHARACTERS_MAX:
        return ""
    narrow = unicodedata.normalize("NFKC", text)
    plain = "".join(c for c in narrow if unicodedata.category(c) not in {"Cc", "Cf"}).strip()
    plain = _SYMBOLOGY.sub("", plain)
    swiped = _SENTINELS.match(plain)
    if swiped is None or private_code_kind(plain) is not None:
        return plain
    return swiped[1].strip()


def _our_code(code: str) -> Scan | None:
    try:
        return MemberCode(parse_number(code))
    except MemberNumberInvalid as refusal:
        # Words of ten letters from M are no damaged codes: a number has a digit or is checked.
        if refusal.fault is NumberFault.CHECK and not code.isalpha():
            return Damaged(OurCode.MEMBER)
    if (dynamic := _DYNAMIC.fullmatch(code)) is not None:
        whole = is_checked(code) and is_checked(dynamic[1])
        number = MemberNumber(dynamic[1])
        return DynamicCode(number, dynamic[2]) if whole else Damaged(OurCode.DYNAMIC)
    if _RECEIPT.fullmatch(code):
        return ReceiptCode(code)
    if is_coupon_code(code):
        return CouponCode(code)
    if _MEMBER_SHAPE.match(code) and len(code) > NUMBER_CHARACTERS and _is_twice(code):
        return Damaged(OurCode.MEMBER)
    return None


def _is_twice(code: str) -> bool:
    """Say whether a scanner sent one code two times without a break."""
    half = len(code) // 2
    return len(code) % 2 == 0 and code[:half] == code[half:]


def _phone_of(code: str, region: str) -> PhoneNumber | None:
    try:
        return PhoneNumber(parse_phone(code, region))
    except PhoneInvalid:
        return None
