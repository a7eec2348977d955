"""What may stand around the digits of a telephone number, and what is refused at sight.

Separators, brackets, full-width and other scripts' digits, invisible marks, a label in front
(`Tel:`, `手机`) and an extension behind are read through; a letter or a star among the digits is
not, because the number would then be a guess.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from db.domain.refusals import Refusal

TEXT_CHARACTERS_MAX: Final = 80
_PART_DIGITS_MIN: Final = 7


class PhoneFault(StrEnum):
    """Why a text is no telephone number."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    LETTERS = "letters"
    MASKED = "masked"
    TWO_NUMBERS = "two_numbers"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_IN_USE = "not_in_use"
    PAYMENT_CODE = "payment_code"
    BANK_CARD = "bank_card"
    IDENTITY_CARD = "identity_card"


@dataclass(eq=False)
class PhoneInvalid(Refusal):
    """The text is no telephone number; `digits` says how many are missing or too many, if known."""

    fault: PhoneFault
    digits: int = 0


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """The digits of a text, with a leading plus when one was written, and the extension."""

    digits: str
    extension: str = ""


_LABEL: Final = re.compile(r"^[^\W\d_]{2,10}[\s:.\-]*(?=[+(]*\d)")
_PARAMETER: Final = re.compile(r";(?!ext=)[a-z\-]+=[\w.+\-]*", re.IGNORECASE)
_EXTENSION: Final = re.compile(
    r"(?<=\d)\s*(?:;ext=|,|#|ext\.?|x|转|分机)\s*:?(\d{1,6})$",
    re.IGNORECASE,
)
_SHAPE: Final = re.compile(r"\(?\s*\+{0,2}[\d\s().\-/]*\d[\s().\-/]*")
_BREAKS: Final = re.compile(r"[,，;；/、|\s]+")
_STARS: Final = "*×•●"
# Dashes of several alphabets; the long vowel mark is what a Japanese keyboard gives for one.
_DASHES: Final = {ord(dash): "-" for dash in "‐‑‒–—―−ー－"}


def spoken_digits(text: str) -> WrittenNumber:
    """Return the digits that `text` writes; refuse what is not a way of writing one number."""
    if len(text) > TEXT_CHARACTERS_MAX:
        raise PhoneInvalid(PhoneFault.NOT_A_NUMBER)
    plain = _plain(text).strip()
    if not plain:
        raise PhoneInvalid(PhoneFault.EMPTY)
    body = _PARAMETER.sub("", _LABEL.sub("", plain))
    if _holds_two(body):
        raise PhoneInvalid(PhoneFault.TWO_NUMBERS)
    extension = ""
    if (found := _EXTENSION.search(body)) is not None:
        body, extension = body[: found.start()], found[1]
    if not _SHAPE.fullmatch(body):
        raise PhoneInvalid(_fault_of(body))
    digits = re.sub(r"\D", "", body)
    return WrittenNumber(f"+{digits}" if "+" in body else digits, extension)


def _plain(text: str) -> str:
    """Give every decimal digit and full-width sign its ASCII form; drop invisible marks."""
    return "".join(_plain_character(character) for character in text.translate(_DASHES))


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    if (value := unicodedata.decimal(character, None)) is not None:
        return str(value)
    if 0xFF01 <= ord(character) <= 0xFF5E:  # noqa: PLR2004 - Unicode's block of full-width ASCII
        return chr(ord(character) - 0xFEE0)
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) == "Cf" else character


def _holds_two(body: str) -> bool:
    """Say whether the text is two numbers side by side, each long enough to stand alone."""
    parts = [re.sub(r"\D", "", part) for part in _BREAKS.split(body)]
    return sum(len(part) >= _PART_DIGITS_MIN for part in parts) > 1


def _fault_of(body: str) -> PhoneFault:
    if not any(character.isdigit() for character in body):
        return PhoneFault.NOT_A_NUMBER
    if any(star in body for star in _STARS):
        return PhoneFault.MASKED
    if any(character.isalpha() for character in body):
        return PhoneFault.LETTERS
    return PhoneFault.NOT_A_NUMBER
