"""The state of the return's screen: what comes back, what that does, and the one button."""

from dataclasses import dataclass

from desktop.widgets.amount_field import Entry
from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.choice_grid import Choice


@dataclass(frozen=True, slots=True)
class Goods:
    """One line of the sale: `count` of the `left` units come back."""

    name: str
    detail: str
    count: int
    left: int


@dataclass(frozen=True, slots=True)
class Confirm:
    """The button: what the return comes to, or why there is none."""

    text: str
    usable: bool = False


@dataclass(frozen=True, slots=True)
class ReturnState:
    """The screen; a sale of a bare amount has an amount and no goods."""

    line: str
    goods: tuple[Goods, ...]
    amount: Entry | None
    facts: tuple[Benefit, ...]
    reasons: tuple[Choice, ...]
    may_all: bool
    may_none: bool
    confirm: Confirm
    notice: Notice | None = None
