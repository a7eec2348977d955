"""What the screen is about to do: an amount, its way, and what the rules make of it. Pure."""

from dataclasses import dataclass, field, replace
from datetime import date

from db.domain.refusals import Refusal
from db.domain.stored_value.facts import TOP_UP_TENDERS
from db.domain.stored_value.purse import Purse, refund, top_up
from db.domain.stored_value.refusals import StoredValueNotOffered
from db.domain.stored_value.terms import ValueTerms
from db.queries.value_history import ValueRow
from desktop.screens.value.state import Way
from desktop.wording.typing import AmountTyping


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would be paid and the bonus with it (分), or why the rules say no."""

    pay: int = 0
    bonus: int = 0
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What was typed and chosen; `reason` counts from 0, `back` takes the last top-up back."""

    way: Way = Way.IN
    amount: AmountTyping = field(default_factory=AmountTyping)
    tender: str = TOP_UP_TENDERS[0]
    reason: int = -1
    back: bool = False

    def other_way(self, way: Way) -> "Plan":
        """Return a fresh plan the other way, paid the same."""
        return Plan(way=way, tender=self.tender)

    def press(self, key: str) -> "Plan":
        """Return the plan after a key."""
        return replace(self, amount=self.amount.press(key), back=False)

    def with_amount(self, minor: int) -> "Plan":
        """Return the plan with a whole amount that was tapped."""
        text = f"{minor // 100}.{minor % 100:02d}".removesuffix(".00")
        return replace(self, amount=AmountTyping(text), back=False)


def outcome(
    plan: Plan, terms: ValueTerms | None, purse: Purse, *, last: ValueRow | None, on: date
) -> Outcome:
    """Return what a plan comes to; out of nothing typed all principal is paid out."""
    try:
        if plan.way is Way.OUT:
            return _paid_out(plan, purse, last=last, on=on)
        if terms is None:
            raise StoredValueNotOffered
        if not plan.amount.minor:
            return Outcome()
        paid = top_up(terms, purse, plan.amount.minor, on=on)
        return Outcome(paid.pay, paid.bonus)
    except Refusal as refusal:
        return Outcome(refusal=refusal)


def _paid_out(plan: Plan, purse: Purse, *, last: ValueRow | None, on: date) -> Outcome:
    if plan.back and last is not None:
        return Outcome(last.principal, last.bonus)
    paid = refund(purse, plan.amount.minor or None, on=on)
    return Outcome(paid.principal, paid.bonus)
