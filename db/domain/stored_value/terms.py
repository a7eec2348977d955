"""A program's stored value, compiled: the ladder, the order of spending, the maximum.

A step of the ladder is reached when the payment is at least its `pay`; only the highest one
reached gives, and once: twice the step's payment is not twice its bonus.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from msgspec import UnsetType

from db.domain.exact import minor
from db.domain.expiry import ExpiryRule, compile_expiry
from db.domain.money import AMOUNT_MINOR_MAX
from db.domain.program.offer_document import StoredValue

PROPORTIONAL = "proportional"
BONUS_FIRST = "bonus_first"


@dataclass(frozen=True, slots=True)
class ValueTerms:
    """What holds for stored value; `ladder` is (pay, bonus) in 分, ascending by both."""

    ladder: tuple[tuple[int, int], ...] = ()
    spend_order: str = PROPORTIONAL
    bonus_expiry: ExpiryRule = field(default_factory=ExpiryRule)
    max_balance: int | None = None

    def bonus_on(self, pay: int) -> int:
        """Return the bonus in 分 that a payment earns."""
        return max((bonus for start, bonus in self.ladder if start <= pay), default=0)

    def largest_top_up(self, room: int) -> int:
        """Return the largest payment in 分 that fits into the room together with its bonus."""
        steps = [(0, 0), *self.ladder, (AMOUNT_MINOR_MAX + 1, 0)]
        largest = 0
        for (start, bonus), (following, _) in pairwise(steps):
            pay = min(following - 1, room - bonus)
            if pay >= start:
                largest = max(largest, pay)
        return largest


def compile_stored_value(document: StoredValue | UnsetType) -> ValueTerms | None:
    """Return the document's stored value as terms; nothing where the program keeps none."""
    if isinstance(document, UnsetType):
        return None
    most = document.max_balance
    return ValueTerms(
        ladder=tuple((minor(step.pay), minor(step.bonus)) for step in document.ladder),
        spend_order=document.spend_order,
        bonus_expiry=compile_expiry(document.bonus_expiry),
        max_balance=None if isinstance(most, UnsetType) else minor(most),
    )
