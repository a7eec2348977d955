"""Check characters: how a mistyped or misread code is told from a real one.

ISO/IEC 7064 MOD 37,36 guards our own codes (members, coupons, dynamic codes): every single wrong
character is caught, and all but 36 of 22,680 swaps of neighbours (exhaustively counted in the
tests). Luhn (ISO/IEC 7812-1) and the GS1 check digit only recognise what others printed.
"""

from typing import Final

CHECKED_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES: Final = {character: value for value, character in enumerate(CHECKED_ALPHABET)}
_GTIN_LENGTHS: Final = (8, 12, 13, 14)


def check_character(body: str) -> str:
    """Return the MOD 37,36 check character of `body`, which holds only 0-9 and A-Z."""
    return CHECKED_ALPHABET[(37 - _folded(body)) % 36]


def is_checked(code: str) -> bool:
    """Say whether the last character of `code` is the MOD 37,36 check of what stands before it."""
    if len(code) < 2 or any(character not in _VALUES for character in code):  # noqa: PLR2004 - a body and a check
        return False
    return check_character(code[:-1]) == code[-1]


def passes_luhn(digits: str) -> bool:
    """Say whether a string of ASCII digits satisfies the Luhn sum of bank cards."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) << (place & 1)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - the digit sum of 10..18
    return total % 10 == 0


def gtin_check_digit(body: str) -> str:
    """Return the GS1 check digit (EAN-8, UPC-A, EAN-13, GTIN-14) of the digits before it."""
    total = sum(int(digit) * (3 - 2 * (place & 1)) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def is_gtin(digits: str) -> bool:
    """Say whether these ASCII digits are a product number: a GS1 length and a right check digit."""
    return len(digits) in _GTIN_LENGTHS and gtin_check_digit(digits[:-1]) == digits[-1]


def _folded(body: str) -> int:
    """Run the hybrid system of ISO 7064 over `body`; the check character completes it to 1."""
    product = 36
    for character in body:
        product = (product + _VALUES[character]) % 36 or 36
        product = product * 2 % 37
    return product
