"""The codes on staff badges: `S`, fourteen random characters, and a MOD 37,36 check character.

Whoever holds a badge may sign in with it, so the code is a secret of 70 random bits; sixteen
characters are still a QR code of version 1. A counter keeps its digest alone: a salt or a slow hash
would add nothing where there is nothing to guess.
"""

import hashlib
import unicodedata
from typing import Final

from db.domain.lookup.check_characters import check_character, is_checked
from db.domain.lookup.member_number import NUMBER_ALPHABET

BADGE_CHANCE_BYTES: Final = 9
BADGE_CHARACTERS: Final = 16
_LETTER: Final = "S"
_RANDOM_CHARACTERS: Final = 14
_BITS: Final = 5


def badge_code(chance: bytes) -> str:
    """Return a badge's code; `chance` is nine random bytes."""
    assert len(chance) == BADGE_CHANCE_BYTES, "fourteen characters take 70 bits"
    number = int.from_bytes(chance, "big")
    body = _LETTER
    for _ in range(_RANDOM_CHARACTERS):
        number, value = divmod(number, 1 << _BITS)
        body += NUMBER_ALPHABET[value]
    return body + check_character(body)


def read_badge(text: str) -> str | None:
    """Return the code that a scanner gave, in capitals; nothing for what is no badge."""
    code = unicodedata.normalize("NFKC", text).strip().upper()
    shaped = len(code) == BADGE_CHARACTERS and code.startswith(_LETTER) and code.isascii()
    return code if shaped and is_checked(code) else None


def badge_digest(code: str) -> bytes:
    """Return what is kept of a badge's code."""
    return hashlib.sha256(code.encode("ascii")).digest()
