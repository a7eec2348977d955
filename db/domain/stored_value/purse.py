"""Stored value: what a top-up adds, which purse pays first, and what comes back.

Principal is the member's own money and never ends; bonus is the shop's gift, in lots that may end.
Where PROGRAM.md is silent: `max_balance` is held against principal and bonus together, the new
bonus included; bonus that has run out is no balance; what a return leaves spent is what a sale
smaller by that much would have spent; any refund makes all bonus void, which was given for money
that stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.domain.allocation import spread
from db.domain.ids import LotId
from db.domain.lots import Lot, available_on, take
from db.domain.returns import given_back
from db.domain.stored_value.refusals import (
    InsufficientStoredValue,
    NothingToRefund,
    OverMaxBalance,
    RefundOverPrincipal,
    TopUpSpent,
)
from db.domain.stored_value.terms import BONUS_FIRST, PROPORTIONAL, ValueTerms

LotShares = tuple[tuple[LotId, int], ...]


@dataclass(frozen=True, slots=True)
class Purse:
    """What a member holds: principal in 分, and bonus lots whose `points` are 分."""

    principal: int = 0
    lots: tuple[Lot, ...] = ()

    def bonus(self, on: date) -> int:
        """Return the bonus in 分 that has not run out on a business day."""
        return available_on(self.lots, on)

    def spendable(self, on: date) -> tuple[int, int]:
        """Return how much principal and bonus can be spent; one below zero lowers the other.

        A race between two counters may press a purse below zero; that is owed, not spendable.
        """
        bonus = self.bonus(on)
        held = max(0, self.principal + bonus)
        principal = min(max(0, self.principal), held)
        return principal, held - principal


@dataclass(frozen=True, slots=True)
class TopUp:
    """Money paid in and the bonus on it, in 分; `expires_on` is the bonus's last day."""

    pay: int
    bonus: int
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class ValuePayment:
    """What paid for a sale: principal, and bonus by lot in the order taken; all in 分."""

    principal: int = 0
    lots: LotShares = ()
    order: str = PROPORTIONAL

    @property
    def bonus(self) -> int:
        """Return the bonus in 分."""
        return sum(amount for _, amount in self.lots)

    @property
    def total(self) -> int:
        """Return principal and bonus together in 分."""
        return self.principal + self.bonus


@dataclass(frozen=True, slots=True)
class ValueRefund:
    """Principal that is paid out, and the bonus that is void with it; 分."""

    principal: int
    voided: LotShares

    @property
    def bonus(self) -> int:
        """Return the bonus that is void, in 分."""
        return sum(amount for _, amount in self.voided)


def top_up(terms: ValueTerms, purse: Purse, pay: int, *, on: date) -> TopUp:
    """Return what paying in so many 分 adds; refuse with `OverMaxBalance` above the maximum."""
    bonus = terms.bonus_on(pay)
    held = sum(purse.spendable(on))
    if terms.max_balance is not None and held + pay + bonus > terms.max_balance:
        raise OverMaxBalance(
            pay_minor=pay,
            bonus_minor=bonus,
            balance_minor=held,
            max_balance_minor=terms.max_balance,
            largest_minor=terms.largest_top_up(terms.max_balance - held),
        )
    return TopUp(pay, bonus, terms.bonus_expiry.last_day(on) if bonus else None)


def pay_from(purse: Purse, amount: int, *, order: str, on: date) -> ValuePayment:
    """Return which purse and which bonus lots pay for so many 分, nearest expiry first.

    Raises:
        InsufficientStoredValue: when both together do not cover it.
    """
    principal, bonus = purse.spendable(on)
    if amount > principal + bonus:
        raise InsufficientStoredValue(
            requested_minor=amount,
            balance_minor=principal + bonus,
            principal_minor=principal,
            bonus_minor=bonus,
        )
    by_principal, by_bonus = split(amount, principal, bonus, order=order)
    return ValuePayment(by_principal, tuple(take(purse.lots, by_bonus, on)), order)


def split(amount: int, principal: int, bonus: int, *, order: str) -> tuple[int, int]:
    """Return how an amount falls on principal and bonus, both big enough; the parts add up.

    Proportional parts follow the balances by largest remainder, the odd 分 to principal.
    """
    if order == PROPORTIONAL:
        by_principal, by_bonus = spread(amount, (principal, bonus))
        return by_principal, by_bonus
    by_bonus = min(amount, bonus) if order == BONUS_FIRST else max(0, amount - principal)
    return amount - by_bonus, by_bonus


def stored_value_given_back(
    paid: ValuePayment, *, due: int, returned: int, already: tuple[int, int] = (0, 0)
) -> ValuePayment:
    """Return what of a sale's stored value goes back now, so that a full return restores all.

    Of a due that other tenders paid too, stored value bears its share of what comes back. Counters
    that did not hear of each other's returns may have taken more out of one purse than its part:
    then the other purse gets the rest, and both together what was paid.

    Args:
        paid: what paid for the sale.
        due: what the sale's tenders paid in all, 分.
        returned: how much of `due` has come back, this return included.
        already: principal and bonus that earlier returns gave back.
    """
    assert 0 <= returned <= due, "nobody returns more than was paid"
    back = paid.total * returned // due if due else paid.total
    kept = split(paid.total - back, paid.principal, paid.bonus, order=paid.order)
    now = back - sum(already)
    most, bonus_left = max(0, paid.principal - already[0]), max(0, paid.bonus - already[1])
    principal = min(most, now, max(0, paid.principal - kept[0] - already[0], now - bonus_left))
    lots = given_back(paid.lots, already=already[1], points=now - principal)
    return ValuePayment(principal, tuple(lots), paid.order)


def refund(purse: Purse, amount: int | None, *, on: date) -> ValueRefund:
    """Return what paying out so many 分 (all principal for none) does; all bonus is void.

    Raises:
        NothingToRefund, RefundOverPrincipal: as their names say.
    """
    principal, bonus = purse.spendable(on)
    if principal == 0:
        raise NothingToRefund(bonus_minor=bonus)
    paid_out = principal if amount is None else amount
    if paid_out > principal:
        raise RefundOverPrincipal(requested_minor=paid_out, largest_minor=principal)
    return ValueRefund(paid_out, tuple(take(purse.lots, _held(purse.lots, on), on)))


def taken_back(purse: Purse, pay: int, bonus: LotShares, *, on: date) -> ValueRefund:
    """Return what taking a mistaken top-up back whole does: other bonus stays as it is.

    Bonus that has run out meanwhile is nothing any more. Raises `TopUpSpent` where something of
    it was spent.
    """
    left = {lot.lot_id: lot for lot in purse.lots if lot.usable(on)}
    ended = {lot.lot_id for lot in purse.lots if not lot.usable(on)}
    living = tuple((lot_id, part) for lot_id, part in bonus if lot_id not in ended)
    kept = sum(min(part, left[lot_id].points) for lot_id, part in living if lot_id in left)
    granted = sum(part for _, part in living)
    principal, _ = purse.spendable(on)
    if principal < pay or kept < granted:
        raise TopUpSpent(
            pay_minor=pay, principal_minor=principal, bonus_minor=granted, bonus_left_minor=kept
        )
    return ValueRefund(pay, living)


def _held(lots: Sequence[Lot], on: date) -> int:
    """Return what the lots hold that have not run out; a lot below zero takes from no other."""
    return sum(lot.points for lot in lots if lot.points > 0 and lot.usable(on))
