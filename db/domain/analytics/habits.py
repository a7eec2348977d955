"""How often and how dearly a member buys, in a word: the classes of frequency and of value."""

from enum import StrEnum
from fractions import Fraction
from typing import Final

from db.domain.analytics.rfm import HIGH_FROM, RfmScores

REGULAR_FROM: Final = 4
"""Days of purchase within 365: one a quarter."""
TOP: Final = 5


class Frequency(StrEnum):
    """Regular: 4 days of purchase in 365 or more; one-off: a single one ever; else occasional."""

    NEVER = "never_bought"
    ONE_OFF = "one_off"
    OCCASIONAL = "occasional"
    REGULAR = "regular"


class Value(StrEnum):
    """VIP: the top fifth of spend who come often; potential: recent, dear tickets, no VIP yet."""

    NEVER = "never_bought"
    VIP = "vip"
    POTENTIAL = "potential"
    ORDINARY = "ordinary"


def frequency_of(ever: int, within_year: int) -> Frequency:
    """Return the class of who bought on so many days ever, and so many within 365."""
    if ever == 0:
        return Frequency.NEVER
    if ever == 1:
        return Frequency.ONE_OFF
    return Frequency.REGULAR if within_year >= REGULAR_FROM else Frequency.OCCASIONAL


def value_of(scores: RfmScores | None, *, average: int, dear_from: Fraction) -> Value:
    """Return the class of who spends so much a day of purchase, in 分.

    Args:
        scores: his RFM scores; nothing for who bought nothing within 365 days.
        average: his net spend a day of purchase within 365 days, rounded down.
        dear_from: the average above which only a fifth of the buyers lies.
    """
    if scores is None:
        return Value.NEVER
    if scores.money == TOP and scores.frequency >= HIGH_FROM:
        return Value.VIP
    return (
        Value.POTENTIAL if scores.recency >= HIGH_FROM and average > dear_from else Value.ORDINARY
    )
