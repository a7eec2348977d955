"""The states of sync status and conflicts: the line, the inbox, and the one that is open."""

from dataclasses import dataclass

from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.choice_grid import Choice
from desktop.widgets.result_list import ResultRow


@dataclass(frozen=True, slots=True)
class Fact:
    """One side: what and how much, and under it where, when and by whom."""

    what: str
    figure: str
    where: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What can be decided: the choices, what the chosen one will do, and the button that does it.

    `asks` says who has asked for what already.
    """

    title: str
    choices: tuple[Choice, ...]
    effect: str
    confirm: str
    usable: bool
    asks: Notice | None = None


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """The conflict that is open: why it is one, both sides, and the decision."""

    title: str
    why: str
    who: str
    facts: tuple[Fact, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class InboxState:
    """The screen; `empty` stands in the place of rows."""

    title: str
    line: str
    status: tuple[Benefit, ...]
    sync: str
    may_sync: bool
    rows: tuple[ResultRow, ...]
    current: int
    empty: str
    waiting: Choice
    decided: Choice
    open: OpenConflict | None
    hint: str
    notice: Notice | None = None
