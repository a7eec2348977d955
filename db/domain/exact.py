"""Reading the program's numbers: exact, or not at all.

The document's patterns have already been checked when these are called; a text that is no number
is a programmer's mistake here, not the shop's.
"""

from fractions import Fraction
from math import gcd

MINOR_PER_UNIT = 100


def minor(text: str) -> int:
    """Return the 分 of a decimal string with at most two decimals."""
    amount = Fraction(text) * MINOR_PER_UNIT
    assert amount.denominator == 1, "money has two decimals"
    return amount.numerator


def rate(text: str) -> Fraction:
    """Return the exact number that `1.5` or `3/2` writes."""
    return Fraction(text)


def rate_text(value: Fraction | int) -> str:
    """Return an exact number as `2`, `1.5` or `2/3`: decimal where it ends, else a quotient."""
    return _lowest_text(value.numerator, value.denominator)


def quotient_text(numerator: int, denominator: int) -> str:
    """Return an exact quotient as `rate_text` does, for figures that need no `Fraction`."""
    common = gcd(numerator, denominator)
    return _lowest_text(numerator // common, denominator // common)


def _lowest_text(numerator: int, denominator: int) -> str:
    if denominator == 1:
        return str(numerator)
    if MINOR_PER_UNIT % denominator == 0:  # one or two decimals: nearly all there are
        whole, part = divmod(abs(numerator) * (MINOR_PER_UNIT // denominator), MINOR_PER_UNIT)
        return f"{'-' if numerator < 0 else ''}{whole}.{part:02d}".rstrip("0")
    rest, places = denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        places = max(places, power)
    if rest != 1:
        return f"{numerator}/{denominator}"
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    return f"{'-' if numerator < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def half_up(numerator: int, denominator: int) -> int:
    """Return the whole number nearest to an exact quotient; a half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def rounded_quotient(numerator: int, denominator: int, rounding: str) -> int:
    """Return an exact quotient rounded `down`, `half_up` or `up` to a whole number."""
    if rounding == "down":
        return numerator // denominator
    if rounding == "up":
        return -(-numerator // denominator)
    assert rounding == "half_up", rounding
    return half_up(numerator, denominator)
