"""The drawer and the printer as facts: cash moved by hand, openings without a sale, copies.

None of them moves a point or a sale; they explain what lies in the drawer and on paper.
"""

from dataclasses import dataclass
from typing import Final

import msgspec

from db.domain.money import AMOUNT_MINOR_MAX, NotAnAmount
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.refusals import Refusal
from db.domain.reversals import ReasonMissing

DRAWER_KINDS: Final = ("shift_cash", "drawer_open")


@dataclass(eq=False)
class NothingPrinted(Refusal):
    """No act with this id is here, so there is no paper to print again."""

    op: str


class ShiftCashBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `shift_cash`: 分 put into the drawer, or below zero taken out, and why."""

    shift: str
    amount: int
    reason: str


class DrawerOpenBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `drawer_open`: opened without a sale; `shift` is the one then open here."""

    reason: str
    shift: str | None = None


class ReprintBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `reprint`: `ref` names the act, `copy` is which print again of it, from 1."""

    copy: int


def checked_reason(text: str) -> str:
    """Return the reason as it is kept; refuse with `ReasonMissing` when there is none."""
    reason = text.strip()[:REASON_CHARACTERS_MAX]
    if not reason:
        raise ReasonMissing
    return reason


def checked_move(amount: int) -> int:
    """Return the 分 that move; refuse nothing and what no drawer holds with `NotAnAmount`."""
    if amount == 0:
        raise NotAnAmount("zero")
    if abs(amount) > AMOUNT_MINOR_MAX:
        raise NotAnAmount("too_large")
    return amount
