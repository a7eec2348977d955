"""What the customer's own screen shows: one stage at a time, nothing that names him whole."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.screens.customer.followed import Question
from desktop.widgets.amount_field import Entry
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.qr_view import Matrix


class Stage(StrEnum):
    """What the screen is for now."""

    IDLE = "idle"
    SALE = "sale"
    THANKS = "thanks"
    CONSENT = "consent"
    PHONE = "phone"
    CODE = "code"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class CustomerState:
    """The customer's screen; parts of other stages are empty.

    `entry` is what he types himself: his phone, or the four digits that the counter hides.
    """

    stage: Stage
    shop: str
    title: str = ""
    detail: str = ""
    figure: str = ""
    rows: tuple[Benefit, ...] = ()
    question: Question | None = None
    entry: Entry | None = None
    code: Matrix = ()
    may_type_phone: bool = False
