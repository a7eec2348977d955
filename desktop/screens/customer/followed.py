"""What the customer's screen follows, as little of it as it needs: the till and the enrolment.

Screens do not know each other; whoever builds them hands the real ones over.
"""

from typing import Protocol

from desktop.widgets.amount_field import Entry
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.qr_view import Matrix


class Face(Protocol):
    """A member as the counter shows him, masked."""

    @property
    def name(self) -> str:
        """Return his masked name."""

    @property
    def points(self) -> str:
        """Return what he has, or owes."""

    @property
    def in_debt(self) -> bool:
        """Say whether he owes points."""


class Newcomer(Protocol):
    """A member who has just been enrolled."""

    @property
    def number(self) -> str:
        """Return his number."""

    @property
    def code(self) -> Matrix:
        """Return his code."""


class TillState(Protocol):
    """What the cashier sees of a sale; a strong row among the benefits is what is due."""

    @property
    def member(self) -> Face | None:
        """Return who is attached."""

    @property
    def welcome(self) -> Newcomer | None:
        """Return who has just been enrolled."""

    @property
    def amount(self) -> Entry:
        """Return what is typed."""

    @property
    def benefits(self) -> tuple[Benefit, ...]:
        """Return what the sale gives and takes."""


class Proof(Protocol):
    """The proof that is asked of a customer before many points are spent."""

    customer_says: str

    @property
    def asks_customer(self) -> bool:
        """Say whether he is asked now."""

    @property
    def masked(self) -> str:
        """Return his phone without the digits that he types."""

    def seat_customer(self, there: bool) -> None:  # noqa: FBT001  a screen is there or not
        """Hear whether he has a screen."""

    def customer_types(self, digits: str) -> None:
        """Take his digits."""

    def customer_declines(self) -> None:
        """Hear that he types none."""


class Till(Protocol):
    """The counter."""

    @property
    def proving(self) -> Proof:
        """Return the proof of the sale."""

    def state(self) -> TillState:
        """Return what the cashier sees."""

    def take_phone(self, phone: str) -> None:
        """Look for a phone that the customer typed."""


class Question(Protocol):
    """What a customer is asked when he joins."""

    @property
    def phone(self) -> str:
        """Return his phone, masked."""

    @property
    def words(self) -> str:
        """Return the words that are kept with his answer."""

    @property
    def answer(self) -> bool | None:
        """Return what he said; None while he has not."""

    @property
    def marketing(self) -> bool:
        """Say whether he wants offers."""


class Enrollment(Protocol):
    """The enrolment's form."""

    def question(self) -> Question | None:
        """Return what he is asked now."""

    def answer(self, agreed: bool, *, marketing: bool) -> None:  # noqa: FBT001  the answer itself
        """Take his answer."""

    def seat_customer(self, there: bool) -> None:  # noqa: FBT001  a screen is there or not
        """Hear whether he has a screen."""
