"""The states of the shift's pages: closing it, and its drawer; each with one button."""

from dataclasses import dataclass
from enum import Enum

from desktop.widgets.amount_field import Entry
from desktop.widgets.approval_page import ApprovalState
from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.choice_grid import Choice


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
class NoteRow:
    """One kind of notes or coins: `¥100`, how many, and what they come to."""

    label: str
    count: str
    amount: str
    active: bool


@dataclass(frozen=True, slots=True)
class ShiftState:
    """The page that closes; `notes` are there while the drawer is counted by them.

    `blind` is nothing to who may not change whether a cashier sees what is expected.
    """

    line: str
    facts: tuple[Benefit, ...]
    counted: Entry
    till: Entry
    confirm: Confirm
    notice: Notice | None = None
    notes: tuple[NoteRow, ...] = ()
    can_print: bool = False
    is_open: bool = False
    blind: bool | None = None
    approval: ApprovalState | None = None


class Move(Enum):
    """What is done with the drawer, in the order of the choices."""

    IN = 0
    OUT = 1
    OPEN = 2


@dataclass(frozen=True, slots=True)
class CashState:
    """The drawer's page; without an amount it is only opened."""

    move: Move
    amount: Entry | None
    reasons: tuple[Choice, ...]
    facts: tuple[Benefit, ...]
    confirm: Confirm
    notice: Notice | None = None
