"""The state of the shift's screen: figures, two amounts, and what the one button would do."""

from dataclasses import dataclass
from enum import Enum

from desktop.widgets.amount_field import Entry
from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit


class Field(Enum):
    """Where digits go: cash as counted, or the till's own Z total."""

    COUNTED = 0
    TILL = 1


@dataclass(frozen=True, slots=True)
class Confirm:
    """The button: what the drawer comes to, or why the shift cannot be closed now."""

    text: str
    usable: bool = False
    caution: bool = False  # amber: it takes a second tap


@dataclass(frozen=True, slots=True)
class ShiftState:
    """The shift's screen."""

    line: str
    facts: tuple[Benefit, ...]
    counted: Entry
    till: Entry
    confirm: Confirm
    notice: Notice | None = None
