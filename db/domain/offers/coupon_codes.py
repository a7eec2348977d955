"""The codes printed on coupons: `C`, ten random characters, and a MOD 37,36 check character.

50 random bits: a million open coupons leave one guess in a billion. What is typed is read as
member numbers are: any case, spaces and dashes, I L O U taken for what they were misread from.
"""

import unicodedata
from typing import Final

from db.domain.lookup.check_characters import check_character, is_checked
from db.domain.lookup.member_number import NUMBER_ALPHABET

COUPON_CHANCE_BYTES: Final = 7
CODE_CHARACTERS: Final = 12
_LETTER: Final = "C"
_RANDOM_CHARACTERS: Final = 10
_BITS: Final = 5
_MISREAD: Final = str.maketrans("ILOU", "110V")
_JOINTS: Final = str.maketrans("", "", " -_.·")


def coupon_code(chance: bytes) -> str:
    """Return a coupon's code; `chance` is seven random bytes."""
    assert len(chance) == COUPON_CHANCE_BYTES, "ten characters take 50 bits"
    number = int.from_bytes(chance, "big")
    body = _LETTER
    for _ in range(_RANDOM_CHARACTERS):
        number, value = divmod(number, 1 << _BITS)
        body += NUMBER_ALPHABET[value]
    return body + check_character(body)


def read_coupon_code(text: str) -> str:
    """Return what a scanner or a keyboard gave as a coupon's code has it.

    A text that is no code of ours comes back as it was typed: it may be a code of the program.
    """
    folded = unicodedata.normalize("NFKC", text).upper().translate(_JOINTS)
    body, check = folded[:-1].translate(_MISREAD), folded[-1:]
    code = body + check
    return code if is_coupon_code(code) else text


def is_coupon_code(text: str) -> bool:
    """Say whether a text is shaped as a coupon's code and its check character is right."""
    shaped = len(text) == CODE_CHARACTERS and text.startswith(_LETTER)
    return shaped and text.isascii() and is_checked(text)
