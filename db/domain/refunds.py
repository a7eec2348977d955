"""Money back to the customer: by the ways it came, and no more than came by each (in 分).

Stored value bears its share of what comes back, as its own ledger counts it; the other tenders
share the rest by what is left of each, so that everything returned gives every tender back.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from db.domain.allocation import spread_within
from db.domain.return_refusals import RefundBeyondTender, RefundDoesNotMatch

STORED_VALUE = "stored_value"


@dataclass(frozen=True, slots=True)
class Paid:
    """How a sale was paid, how much went back by each tender since, and in all; in 分."""

    tenders: Mapping[str, int]
    back: Mapping[str, int]
    due: int
    returned: int

    def left(self, tender: str) -> int:
        """Return what has not gone back by a tender yet."""
        return self.tenders.get(tender, 0) - self.back.get(tender, 0)


def refund_tenders(paid: Paid, amount: int) -> dict[str, int]:
    """Return by which tenders `amount` goes back."""
    value = _value_share(paid, amount)
    others = [tender for tender in paid.tenders if tender != STORED_VALUE]
    left = [paid.left(tender) for tender in others]
    parts = dict(zip(others, spread_within(amount - value, left, limits=left), strict=True))
    if value:
        parts[STORED_VALUE] = value
    return {tender: part for tender, part in parts.items() if part}


def check_refund(paid: Paid, amount: int, asked: Mapping[str, int]) -> dict[str, int]:
    """Return the tenders as asked for; refuse what did not come that way.

    Raises:
        RefundDoesNotMatch: when they are not what comes back.
        RefundBeyondTender: when more is to go back by one than is left of it, or stored value is
            not to get its share.
    """
    refunded = sum(asked.values())
    if refunded != amount or any(part < 1 for part in asked.values()):
        raise RefundDoesNotMatch(due_minor=amount, refunded_minor=refunded)
    value = _value_share(paid, amount)
    limits = {tender: paid.left(tender) for tender in asked} | {STORED_VALUE: value}
    for tender, part in asked.items():
        if part > limits[tender]:
            raise RefundBeyondTender(tender, requested_minor=part, largest_minor=limits[tender])
    if asked.get(STORED_VALUE, 0) != value:
        raise RefundBeyondTender(
            STORED_VALUE, requested_minor=asked.get(STORED_VALUE, 0), largest_minor=value
        )
    return dict(asked)


def _value_share(paid: Paid, amount: int) -> int:
    stored = paid.tenders.get(STORED_VALUE, 0)
    if stored == 0 or paid.due == 0:
        return 0
    return stored * (paid.returned + amount) // paid.due - paid.back.get(STORED_VALUE, 0)
