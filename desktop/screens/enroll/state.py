"""The state of the enrolment: what is typed and ticked, and what the one button would do."""

from dataclasses import dataclass

from desktop.widgets.amount_field import Entry
from desktop.widgets.banner import Notice


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several to tap."""

    text: str
    on: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What the customer is asked on his own screen: for which phone, in which words."""

    phone: str
    words: str
    answer: bool | None  # None while he has not answered
    marketing: bool


@dataclass(frozen=True, slots=True)
class EnrollState:
    """The enrolment's screen."""

    line: str
    phone: Entry
    salutations: tuple[Choice, ...]
    name: str
    months: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    words_to_say: str
    marketing: bool
    under_age: bool
    confirm: str
    usable: bool
    customer: str = ""  # what the customer's screen asks or was answered
    notice: Notice | None = None
