"""The states of the sales' screen: the list, the sale that is open, and what is done with it."""

from dataclasses import dataclass
from enum import Enum

from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.choice_grid import Choice
from desktop.widgets.result_list import ResultRow


class Panel(Enum):
    """What the right half is for."""

    DETAIL = 0
    VOID = 1
    ATTACH = 2


@dataclass(frozen=True, slots=True)
class Act:
    """A button: what it does, or why it cannot."""

    text: str
    usable: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """The sale that is open, with what can be done about it."""

    title: str
    goods: tuple[Benefit, ...]
    facts: tuple[Benefit, ...]
    give_back: Act
    void: Act
    attach: Act
    can_print: bool = False
    can_print_return: bool = False


@dataclass(frozen=True, slots=True)
class SalesState:
    """The screen; `empty` and `hint` stand in the place of rows."""

    line: str
    text: str
    rows: tuple[ResultRow, ...]
    current: int
    more: bool
    empty: str
    hint: str
    today: Choice
    member: Choice | None
    detail: Detail | None
    panel: Panel
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class VoidState:
    """Voiding: why, and with whom; a PIN is asked once somebody is chosen to approve."""

    title: str
    reasons: tuple[Choice, ...]
    prompt: str
    approvers: tuple[Choice, ...]
    asks_pin: bool
    confirm: Act | None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class AttachState:
    """Attaching: whom the text means, and who is chosen."""

    title: str
    text: str
    rows: tuple[ResultRow, ...]
    current: int
    empty: str
    confirm: Act
    notice: Notice | None = None
