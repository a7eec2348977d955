"""The state of the program's screen: the rules in sentences, and a basket that is tried."""

from dataclasses import dataclass

from desktop.widgets.amount_field import Entry
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.explanation import Explanation


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the program: its title, and a sentence a line."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few: who buys, or which kind of goods."""

    text: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """The basket that is tried, and what it comes to."""

    amount: Entry
    buyers: tuple[Choice, ...]
    kinds: tuple[str, ...]
    lines: tuple[str, ...]
    may_add: bool
    figures: tuple[Benefit, ...]
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class ProgramState:
    """The screen."""

    title: str
    since: str
    parts: tuple[Part, ...]
    trial: Trial
