"""Money: whole minor units (分) inside, decimal strings at the edges, never a float between.

What a keypad, a file or a clipboard says is read here once: full-width digits count, anything
that is not a plain amount is refused with a reason that a screen can put into words.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from db.domain.refusals import Refusal

AMOUNT_MINOR_MAX = 999_999_999
"""¥9,999,999.99: more than any shop's basket, small enough that no sum overflows 64 bits."""
_DECIMALS = 2


@dataclass(eq=False)
class NotAnAmount(Refusal):
    """The text is no amount of money; `reason` is one of the words below."""

    reason: str  # empty | not_a_number | negative | too_precise | too_large | zero


def parse_amount(text: str, *, zero: bool = False) -> int:
    """Return the 分 that `text` writes, such as `128`, `1,280.5` or `１２８．００`.

    Args:
        text: what was typed, pasted or read; spaces, a ¥ sign and thousands commas are allowed.
        zero: whether 0 is an amount here.

    Raises:
        NotAnAmount: for anything else, with the reason.
    """
    cleaned = unicodedata.normalize("NFKC", text).strip().lstrip("¥￥").strip()
    if not cleaned:
        raise NotAnAmount("empty")
    if not _is_plain(cleaned):
        raise NotAnAmount("negative" if _is_negative(cleaned) else "not_a_number")
    minor = Decimal(cleaned.replace(",", "")).scaleb(_DECIMALS)
    if minor > AMOUNT_MINOR_MAX:
        raise NotAnAmount("too_large")
    if minor != minor.to_integral_value():
        raise NotAnAmount("too_precise")
    if minor == 0 and not zero:
        raise NotAnAmount("zero")
    return int(minor)


def amount_text(minor: int) -> str:
    """Return 分 as a decimal string, `12800` as `128.00`: what JSON and files carry."""
    if minor < 0:
        return f"-{amount_text(-minor)}"
    digits = f"{minor:03d}"
    return f"{digits[:-2]}.{digits[-2:]}"


def amounts_text(minors: Iterable[int]) -> list[str]:
    """Return 分 as decimal strings, line by line; most lines of most discounts bear nothing."""
    return [amount_text(minor) if minor else "0.00" for minor in minors]


def amount_shown(minor: int, *, sign: str = "¥") -> str:
    """Return 分 as people read it: `¥1,280.00`, with U+2212 for below zero."""
    whole, part = divmod(abs(minor), 100)
    below_zero = "\u2212" if minor < 0 else ""
    return f"{below_zero}{sign}{whole:,}.{part:02d}"


def _is_plain(text: str) -> bool:
    """Accept digits with at most one point, and commas only as thousands separators."""
    whole, point, part = text.partition(".")
    if point and not (part == "" or (part.isascii() and part.isdigit())):
        return False
    groups = whole.split(",")
    digits = all(group.isascii() and group.isdigit() for group in groups if group or groups[1:])
    if len(groups) > 1 and not (
        len(groups[0]) in range(1, 4) and all(len(group) == 3 for group in groups[1:])  # noqa: PLR2004 - thousands
    ):
        return False
    return digits and bool(whole or part)


def _is_negative(text: str) -> bool:
    return text[0] in "-\u2212" and _is_plain(text[1:].lstrip("¥￥ "))
