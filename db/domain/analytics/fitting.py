"""What a fit of repeat buying needs, and the two ways in which it says no."""

from dataclasses import dataclass
from typing import Final

from db.domain.refusals import Refusal

MEMBERS_MIN: Final = 100
REPEATERS_MIN: Final = 30


@dataclass(eq=False)
class TooFewBuyers(Refusal):
    """A model of so few members would be guesswork; `needed` of each are asked for."""

    members: int
    repeaters: int
    members_needed: int = MEMBERS_MIN
    repeaters_needed: int = REPEATERS_MIN


@dataclass(eq=False)
class FitUnsettled(Refusal):
    """The data does not say which parameters fit best; all members alike, for one."""


def check_enough(members: int, repeaters: int) -> None:
    """Raise `TooFewBuyers` where a fit would be guesswork."""
    if members < MEMBERS_MIN or repeaters < REPEATERS_MIN:
        raise TooFewBuyers(members, repeaters)
