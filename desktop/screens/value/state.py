"""The state of the stored value's screen: paid in or paid out, how much, and what that does."""

from dataclasses import dataclass
from enum import Enum

from desktop.widgets.amount_field import Entry
from desktop.widgets.approval_page import ApprovalState
from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.choice_grid import Choice


class Way(Enum):
    """Which way the money goes."""

    IN = 0
    OUT = 1


@dataclass(frozen=True, slots=True)
class Confirm:
    """The button: its result, or why it cannot be pressed."""

    text: str
    usable: bool = False
    caution: bool = False  # amber: it takes a second tap


@dataclass(frozen=True, slots=True)
class ValueState:
    """The screen; `steps` are amounts to tap, `reasons` are asked where money goes out."""

    way: Way
    line: str
    amount: Entry
    steps: tuple[Choice, ...]
    tenders: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    facts: tuple[Benefit, ...]
    confirm: Confirm
    hint: str = ""
    can_print: bool = False
    approval: ApprovalState | None = None
    notice: Notice | None = None
