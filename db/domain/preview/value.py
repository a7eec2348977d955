"""The stored value of a preview: one member's purse in memory, by the laws of the ledger."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from db.domain.basket import Basket
from db.domain.evaluation import SaleResult
from db.domain.exact import minor
from db.domain.ids import LotId
from db.domain.lots import Lot
from db.domain.money import amount_text
from db.domain.preview.scenario import ScenarioSale
from db.domain.redemption_refusals import MemberRequired
from db.domain.returns import GRACE_DAYS
from db.domain.stored_value.purse import (
    Purse,
    TopUp,
    ValuePayment,
    pay_from,
    stored_value_given_back,
)
from db.domain.stored_value.refusals import StoredValueNotOffered, StoredValueOverDue
from db.domain.stored_value.terms import PROPORTIONAL, ValueTerms

LOT_ID_BYTES = 16
NO_VALUE = ValuePayment()


@dataclass(slots=True)
class ValueBook:
    """What the member has paid in and not spent, and bonus by lot."""

    principal: int = 0
    lots: dict[LotId, Lot] = field(default_factory=dict)

    @property
    def purse(self) -> Purse:
        """Return it as the rules look at it."""
        return Purse(self.principal, tuple(self.lots.values()))

    def pay_in(self, paid: TopUp, *, on: date, at_ms: int) -> None:
        """Add what was paid in, and open the lot of its bonus."""
        self.principal += paid.pay
        if paid.bonus:
            self._open(paid.bonus, on=on, expires_on=paid.expires_on, at_ms=at_ms)

    def spend(self, paid: ValuePayment) -> None:
        """Take what paid for a sale."""
        self.principal -= paid.principal
        for lot_id, amount in paid.lots:
            self._move(lot_id, -amount)

    def give_back(self, back: ValuePayment, *, on: date, at_ms: int) -> None:
        """Put back what a reversal gives; bonus that has run out comes back in a grace lot."""
        self.principal += back.principal
        for lot_id, amount in back.lots:
            last_day = self.lots[lot_id].expires_on
            if last_day is None or last_day >= on:
                self._move(lot_id, amount)
            else:
                grace = on + timedelta(days=GRACE_DAYS)
                self._open(amount, on=on, expires_on=grace, at_ms=at_ms)

    def state(self, on: date) -> dict[str, str]:
        """Return the two balances on a business day, as the answer shows them."""
        return {
            "principal": amount_text(self.principal),
            "bonus": amount_text(self.purse.bonus(on)),
        }

    def _open(self, amount: int, *, on: date, expires_on: date | None, at_ms: int) -> None:
        lot_id = LotId(len(self.lots).to_bytes(LOT_ID_BYTES, "big"))
        self.lots[lot_id] = Lot(lot_id, amount, on, expires_on, at_ms)

    def _move(self, lot_id: LotId, amount: int) -> None:
        lot = self.lots[lot_id]
        self.lots[lot_id] = replace(lot, points=lot.points + amount)


@dataclass(slots=True)
class ValueSpent:
    """What of a sale stored value paid, and what has come back of it: principal, bonus."""

    paid: ValuePayment = NO_VALUE
    back: tuple[int, int] = (0, 0)

    def give_back(self, book: ValueBook, *, due: int, returned: int, on: date, at_ms: int) -> None:
        """Give back its share once so much of the sale's due has come back in all, in 分."""
        back = stored_value_given_back(self.paid, due=due, returned=returned, already=self.back)
        book.give_back(back, on=on, at_ms=at_ms)
        self.back = (self.back[0] + back.principal, self.back[1] + back.bonus)


def payment_for(
    book: ValueBook, terms: ValueTerms | None, sale: ScenarioSale, *, has_member: bool, on: date
) -> ValuePayment:
    """Return which purse pays what the sale tenders of stored value.

    What a member has stays good for paying when a later program keeps no stored value.
    """
    amount = minor(sale.tenders.get("stored_value", "0"))
    if amount == 0:
        return NO_VALUE
    if not has_member:
        raise MemberRequired(requested=0)
    if terms is None and sum(book.purse.spendable(on)) == 0:
        raise StoredValueNotOffered
    order = PROPORTIONAL if terms is None else terms.spend_order
    return pay_from(book.purse, amount, order=order, on=on)


def paid_with(basket: Basket, payment: ValuePayment) -> Basket:
    """Return the basket that knows which part of its tenders is stored value."""
    return replace(
        basket,
        stored_value_principal=payment.principal,
        stored_value_bonus=payment.bonus,
    )


def check_due(payment: ValuePayment, result: SaleResult) -> None:
    """Refuse stored value beyond what is due."""
    if payment.total > result.due:
        raise StoredValueOverDue(requested_minor=payment.total, largest_minor=result.due)
