"""Telephone numbers: from what was typed or pasted to E.164, or the reason why not.

Metadata and validity are libphonenumber's; what may stand around the digits is narrower. That
library drops letters and stars, so that `l3123456789` becomes a landline in Baoding; at a till a
letter is a typing error and is refused. `str()` of a phone is its mask, so that none gets into a
log.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType, ValidationResult

from db.domain.lookup.phone_masks import mask_phone
from db.domain.lookup.phone_text import PhoneFault, PhoneInvalid, spoken_digits
from db.domain.lookup.private_codes import PrivateCode, private_code_kind

DEFAULT_REGION = "CN"
_CALLING_CODE_MARKS = ("+", "00")


@dataclass(frozen=True, slots=True)
class Phone:
    """A valid number: E.164 (`+8613812345678`), its region, and an extension when one was given."""

    e164: str = field(repr=False)
    region: str
    extension: str = field(default="", repr=False)

    @property
    def last_four(self) -> str:
        """Return the four digits that a customer gives across the counter."""
        return self.e164[-4:]

    def __str__(self) -> str:
        return mask_phone(self.e164)


class Typing(StrEnum):
    """How far a number is that is being typed."""

    EMPTY = "empty"
    INCOMPLETE = "incomplete"
    POSSIBLE = "possible"
    COMPLETE = "complete"
    IMPOSSIBLE = "impossible"


def parse_phone(text: str, region: str = DEFAULT_REGION) -> Phone:
    """Return the phone that `text` writes, a number without country code being of `region`.

    Raises `PhoneInvalid` with its fault: empty, letters, masked, two numbers, not a number, so many
    digits short or over, not in use, or a private code (payment code, bank card, identity card).
    """
    written = spoken_digits(text)
    try:
        number = phonenumbers.parse(written.digits, region)
    except NumberParseException as error:
        raise _unparsed(written.digits, region=region, error=error) from None
    if not phonenumbers.is_valid_number(number):
        raise _invalid(number, written.digits, region=region)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(e164, phonenumbers.region_code_for_number(number) or region, written.extension)


def typing_state(text: str, region: str = DEFAULT_REGION) -> Typing:
    """Say how far the digits typed so far are on the way to a number of `region`.

    `complete` is a mobile and can resolve without Enter; `possible` is another valid number, which
    more digits could still change; `impossible` means that no further digit can help.
    """
    typed = "".join(text.split())
    if not typed:
        return Typing.EMPTY
    try:
        phone = parse_phone(typed, region)
    except PhoneInvalid as refusal:
        return _unfinished(typed, region=region, fault=refusal.fault)
    mobile = PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE
    kind = phonenumbers.number_type(phonenumbers.parse(phone.e164))
    return Typing.COMPLETE if kind in mobile else Typing.POSSIBLE


def mobile_digits(region: str) -> int:
    """Return how many digits a mobile number of this region has, without its country code."""
    return len(_mobile_example(region))


def _unfinished(typed: str, *, region: str, fault: PhoneFault) -> Typing:
    if typed.startswith(_CALLING_CODE_MARKS) and fault in {
        PhoneFault.TOO_SHORT,
        PhoneFault.NOT_IN_USE,
        PhoneFault.NOT_A_NUMBER,
    }:
        return Typing.INCOMPLETE
    missing = mobile_digits(region) - len(typed)
    if not (typed.isascii() and typed.isdigit()) or missing <= 0:
        return Typing.IMPOSSIBLE
    if typed[0] != _mobile_example(region)[0]:
        return Typing.INCOMPLETE  # a landline, a number from elsewhere, or somebody's last four
    # The metadata are whole-number patterns; a prefix lives if filling it up gives a number.
    filled = (typed + digit * missing for digit in "0123456789")
    alive = len(typed) == 1 or any(_is_mobile(candidate, region) for candidate in filled)
    return Typing.INCOMPLETE if alive else Typing.IMPOSSIBLE


def _is_mobile(digits: str, region: str) -> bool:
    number = phonenumbers.parse(digits, region)
    return phonenumbers.number_type(number) in {
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }


def _unparsed(digits: str, *, region: str, error: NumberParseException) -> PhoneInvalid:
    if (private := _private_fault(digits)) is not None:
        return PhoneInvalid(private)
    if error.error_type == NumberParseException.TOO_LONG:
        return PhoneInvalid(PhoneFault.TOO_LONG, len(digits) - mobile_digits(region))
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return PhoneInvalid(PhoneFault.NOT_IN_USE)
    abroad = digits.startswith(_CALLING_CODE_MARKS)
    missing = 0 if abroad else max(0, mobile_digits(region) - len(digits))
    return PhoneInvalid(PhoneFault.TOO_SHORT, missing)


def _invalid(number: PhoneNumber, digits: str, *, region: str) -> PhoneInvalid:
    if (private := _private_fault(digits)) is not None:
        return PhoneInvalid(private)
    home = phonenumbers.region_code_for_country_code(number.country_code or 0)
    national = phonenumbers.national_significant_number(number)
    example = _mobile_example(home if home != "ZZ" else region)
    over = len(national) - len(example)
    reason = phonenumbers.is_possible_number_with_reason(number)
    like_a_mobile = national[:1] == example[:1]
    if over < 0 and (like_a_mobile or reason == ValidationResult.TOO_SHORT):
        return PhoneInvalid(PhoneFault.TOO_SHORT, -over)
    if over > 0 and (like_a_mobile or reason == ValidationResult.TOO_LONG):
        return PhoneInvalid(PhoneFault.TOO_LONG, over)
    return PhoneInvalid(PhoneFault.NOT_IN_USE)


def _private_fault(digits: str) -> PhoneFault | None:
    kind = private_code_kind(digits)
    if kind is None:
        return None
    if kind in {PrivateCode.BANK_CARD, PrivateCode.IDENTITY_CARD}:
        return PhoneFault(kind.value)
    return PhoneFault.PAYMENT_CODE


@lru_cache(maxsize=256)
def _mobile_example(region: str) -> str:
    example = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE)
    return "00000000000" if example is None else str(example.national_number)
