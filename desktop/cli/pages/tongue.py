"""The reader's language: words, labels and figures as people write them, Chinese or English.

A field or a value without a word is an error here and not an English word on a Chinese page; the
tests walk every answer so that nobody meets it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from db.domain.clock import TIMEZONE_DEFAULT
from desktop.cli.pages.labels import LABELS
from desktop.cli.pages.vocabulary import VOCABULARY

Names = Mapping[str, tuple[str, str]]
"""What the program in force calls its rules (`rule:ID`) and levels (`tier:CODE`)."""

_NONE: Names = {}


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language, and the names that the program in force gives its rules and levels."""

    language: str
    year: int
    timezone: str = TIMEZONE_DEFAULT
    names: Names = field(default_factory=lambda: _NONE)

    def __call__(self, zh: str, en: str) -> str:
        """Return one of two texts."""
        return zh if self.language == "zh" else en

    def label(self, name: str) -> str:
        """Return what a field is called; raise `KeyError` for one that has no name."""
        return self(*LABELS[name])

    def word(self, kind: str, value: str) -> str:
        """Return what a value of this kind is called; its own text where it is a new one."""
        pair = VOCABULARY[kind].get(value)
        return value if pair is None else self(*pair)

    def named(self, code: str | None) -> str:
        """Return the program's name of a rule (`rule:ID`) or a level (`tier:CODE`), else its id."""
        if not code:
            return ""
        pair = self.names.get(code)
        return code.partition(":")[2] or code if pair is None else self(*pair)

    def tier(self, code: str | None) -> str:
        """Return a level's name; nothing for no level."""
        return self.named(f"tier:{code}") if code else ""

    def listed(self, parts: list[str]) -> str:
        """Return several things in a row."""
        return self("、", ", ").join(parts)

    def moment(self, iso: str | None) -> str:
        """Return an instant in the shop's time: `11-24 15:20`, with the year of others."""
        if not iso:
            return ""
        at = datetime.fromisoformat(iso).astimezone(ZoneInfo(self.timezone))
        return f"{at:%m-%d %H:%M}" if at.year == self.year else f"{at:%Y-%m-%d %H:%M}"


def several(count: int, one: str, more: str) -> str:
    """Return `1 member` or `1,280 members`, for English pages."""
    return f"{points(count)} {one if count == 1 else more}"


def money(text: str) -> str:
    """Return an amount as people read it: `¥1,280.00`, with U+2212 below zero."""
    whole, _, part = text.removeprefix("-").partition(".")
    return f"{'−' if text.startswith('-') else ''}¥{int(whole):,}.{part:0<2}"


def money_or_none(text: str | None) -> str:
    """Return an amount; nothing for none and for zero."""
    return "" if text is None or not text.strip("-0.") else money(text)


def points(number: int) -> str:
    """Return `1,280`, or `−35`."""
    return f"{'−' if number < 0 else ''}{abs(number):,}"


def change(number: int) -> str:
    """Return a change of points with its sign; nothing for none."""
    return "" if number == 0 else f"+{number:,}" if number > 0 else points(number)
