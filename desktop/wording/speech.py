"""One language and a program's own names: what sentences in both languages are made with.

No Qt here: the command line says the same sentences as the screens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from db.domain.exact import minor, rate_text
from db.domain.money import amount_shown

Names = Mapping[str, tuple[str, str]]
"""What a program calls its parts, by `rule:ID`, `tier:CODE`, `promotion:ID` and `coupon:CODE`."""

_NONE: Names = {}


class Voice(Protocol):
    """Whoever speaks one of the two languages and knows a program's names."""

    def __call__(self, zh: str, en: str) -> str:
        """Return one of two texts."""

    def named(self, code: str | None) -> str:
        """Return the program's name of a part, else its id."""

    def listed(self, parts: list[str]) -> str:
        """Return several things in a row."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A voice of its own: `zh` or `en`."""

    language: str
    names: Names = field(default_factory=lambda: _NONE)

    def __call__(self, zh: str, en: str) -> str:
        """Return one of two texts."""
        return zh if self.language.startswith("zh") else en

    def named(self, code: str | None) -> str:
        """Return the program's name of a part, else its id."""
        if not code:
            return ""
        pair = self.names.get(code)
        return code.partition(":")[2] or code if pair is None else self(*pair)

    def listed(self, parts: list[str]) -> str:
        """Return several things in a row."""
        return self("、", ", ").join(parts)


def money_said(text: str) -> str:
    """Return a decimal string as people read money: `¥1,280.00`."""
    return amount_shown(minor(text))


def points_said(number: int) -> str:
    """Return `1,280`, or `−35`."""
    return f"{'−' if number < 0 else ''}{abs(number):,}"


def exact_said(text: str) -> str:
    """Return exact points as people read them: `1280.5` is 1,280.5; a fraction stays one."""
    whole, point, part = text.partition(".")
    return f"{int(whole):,}{point}{part}" if whole.isdecimal() else text


def share_said(share: str, decimals: int = 1) -> str:
    """Return a share as people read it: `0.1` and `1/10` are 10%."""
    return f"{rate_text(round(Fraction(share) * 100, decimals))}%"


def joined(voice: Voice, parts: Sequence[str]) -> str:
    """Return clauses as one sentence."""
    return voice("，", ", ").join(parts)
