"""How stored value is refused: each with the numbers, in 分 (`*_minor`)."""

from dataclasses import dataclass

from db.domain.refusals import Refusal


@dataclass(eq=False)
class StoredValueNotOffered(Refusal):
    """This program keeps no stored value, and the member has none left."""


@dataclass(eq=False)
class InsufficientStoredValue(Refusal):
    """The member's principal and bonus together do not cover what was asked for."""

    requested_minor: int
    balance_minor: int
    principal_minor: int
    bonus_minor: int


@dataclass(eq=False)
class StoredValueElsewhere(Refusal):
    """The member has it, but not here: only head office, or who holds it, may let it be spent."""

    requested_minor: int
    largest_minor: int
    balance_minor: int


@dataclass(eq=False)
class StoredValueOverDue(Refusal):
    """More stored value was tendered than there is to pay."""

    requested_minor: int
    largest_minor: int


@dataclass(eq=False)
class OverMaxBalance(Refusal):
    """The top-up and its bonus would lift the balance above the program's `max_balance`.

    `largest_minor` is the largest amount that may be paid in now; 0 when none may.
    """

    pay_minor: int
    bonus_minor: int
    balance_minor: int
    max_balance_minor: int
    largest_minor: int


@dataclass(eq=False)
class TopUpSpent(Refusal):
    """The top-up cannot be taken back whole: some of it, or of its bonus, was spent."""

    pay_minor: int
    principal_minor: int
    bonus_minor: int
    bonus_left_minor: int


@dataclass(eq=False)
class NoSuchTopUp(Refusal):
    """This member paid nothing in under that operation, or it was taken back before."""

    wanted: str


@dataclass(eq=False)
class NothingToRefund(Refusal):
    """There is no principal to pay out; bonus is never paid out."""

    bonus_minor: int


@dataclass(eq=False)
class RefundOverPrincipal(Refusal):
    """More is asked back than there is principal."""

    requested_minor: int
    largest_minor: int
