"""Step 2 of a sale: points that pay, within balance, lease, step, minimum, share and amount.

A request beyond any limit is refused with the largest figure that is allowed; only proposals are
ever clamped (DECISIONS 4). Steps are whole, their worth is floored to 分 and never above what may
be paid with points; excluded lines bear none of it.
"""

from dataclasses import dataclass
from fractions import Fraction

from msgspec import UNSET

from db.domain.conditions import ALWAYS, Compiled, compile_condition
from db.domain.exact import MINOR_PER_UNIT, minor, rate
from db.domain.pricing import Priced, PricedLine
from db.domain.program.document import MoneyRedemption
from db.domain.redemption_refusals import (
    BelowMinimum,
    BelowMinSpend,
    BeyondLease,
    InsufficientPoints,
    NotAStep,
    NotWithCoupon,
    OverAmount,
    OverDue,
    OverShare,
    RedemptionNotOffered,
)

_NICE = (1, 2, 5)
CHIPS_MAX = 3


@dataclass(frozen=True, slots=True)
class RedemptionRule:
    """The program's terms: points per step, its worth in 分 (exact), and the limits."""

    points_per_step: int
    value_per_step: Fraction
    min_points: int = 0
    min_spend: int = 0
    max_share: Fraction = Fraction(1)
    max_amount: int | None = None
    excluded: Compiled | None = None
    not_with: frozenset[str] = frozenset()

    def value(self, points: int) -> int:
        """Return what points are worth in 分, floored."""
        worth = points * self.value_per_step / self.points_per_step
        return worth.numerator // worth.denominator

    def worth(self, value: int) -> int:
        """Return how many points pay for `value` 分, rounded up: what a coupon counts for."""
        exact = value * self.points_per_step / self.value_per_step
        return -(-exact.numerator // exact.denominator)

    @property
    def least(self) -> int:
        """Return the fewest points that can be redeemed: whole steps worth at least one 分."""
        steps_for_one = -(-1 // self.value_per_step)
        steps = max(1, -(-self.min_points // self.points_per_step), int(steps_for_one))
        return steps * self.points_per_step

    def bears(self, priced: PricedLine) -> bool:
        """Say whether points may pay for the line."""
        return self.excluded is None or not self.excluded.selects(priced.line)


@dataclass(frozen=True, slots=True)
class Bill:
    """What points would pay for, in 分 after step 1.

    `due` is all of it, `payable` what may bear points, `spend` what thresholds are tested on.
    """

    due: int
    payable: int
    spend: int
    coupons: tuple[str, ...] = ()

    @classmethod
    def of_amount(cls, due: int) -> "Bill":
        """Return the bill of another till, of which only the amount is known."""
        return cls(due=due, payable=due, spend=due)


@dataclass(frozen=True, slots=True)
class Chip:
    """A proposal under the keypad: so many points, worth so many 分."""

    points: int
    value: int


def compile_redemption(money: MoneyRedemption | object) -> RedemptionRule | None:
    """Return the document's terms as a rule; None where points pay for nothing."""
    if not isinstance(money, MoneyRedemption):
        return None
    excluded = compile_condition(money.exclude)
    return RedemptionRule(
        points_per_step=money.points_per_step,
        value_per_step=rate(money.value_per_step) * MINOR_PER_UNIT,
        min_points=money.min_points,
        min_spend=minor(money.min_spend),
        max_share=rate(money.max_share),
        max_amount=None if money.max_amount is UNSET else minor(money.max_amount),
        excluded=None if excluded is ALWAYS else excluded,
        not_with=frozenset(money.not_with),
    )


def bill_of(rule: RedemptionRule, priced: Priced, coupons: tuple[str, ...] = ()) -> Bill:
    """Return the bill of a priced basket under these terms."""
    payable = sum(line.net for line in priced.lines if rule.bears(line))
    return Bill(due=priced.net, payable=payable, spend=priced.spend, coupons=coupons)


def largest_redemption(
    rule: RedemptionRule, *, balance: int, spendable: int | None = None, bill: Bill | None = None
) -> int:
    """Return the most points that could be redeemed now, 0 when none can.

    Args:
        rule: the program's terms.
        balance: the member's available points.
        spendable: what this counter's leases hold; None where nothing limits it further.
        bill: what is being paid; None for points redeemed without an amount (DECISIONS 42).
    """
    points = balance if spendable is None else min(balance, spendable)
    if bill is not None:
        if bill.spend < rule.min_spend or _blocking_coupon(rule, bill):
            return 0
        # floor(k × value) ≤ limit exactly while k < (limit + 1) ÷ value
        steps = -(-(_limit(rule, bill) + 1) // rule.value_per_step) - 1
        points = min(points, int(steps) * rule.points_per_step)
    points -= points % rule.points_per_step
    return points if points >= rule.least else 0


def check_redemption(
    rule: RedemptionRule | None,
    points: int,
    *,
    balance: int,
    spendable: int | None = None,
    bill: Bill | None = None,
) -> int:
    """Return what the points are worth in 分, or refuse with the largest allowed figure.

    Raises:
        Refusal: one of `redemption_refusals`, the first limit that the request breaks.
    """
    if rule is None:
        raise RedemptionNotOffered(requested=points)
    largest = largest_redemption(rule, balance=balance, spendable=spendable, bill=bill)
    if bill is not None:
        _check_bill(rule, bill)
    if points % rule.points_per_step or points <= 0:
        raise NotAStep(requested=points, step=rule.points_per_step, largest=largest)
    if points < rule.least:
        raise BelowMinimum(requested=points, minimum=rule.least, largest=largest)
    if points > balance:
        raise InsufficientPoints(balance=balance, requested=points, largest=largest)
    if spendable is not None and points > spendable:
        raise BeyondLease(spendable=spendable, requested=points, largest=largest)
    value = rule.value(points)
    if bill is not None:
        _check_limits(rule, bill, points=points, value=value, largest=largest)
    return value


def quick_chips(
    rule: RedemptionRule | None,
    *,
    balance: int,
    spendable: int | None = None,
    bill: Bill | None = None,
) -> tuple[Chip, ...]:
    """Return at most three proposals, the smallest first, the last one all that is allowed.

    The one between is a round figure of at most half of it; nothing is proposed that would be
    refused.
    """
    if rule is None:
        return ()
    largest = largest_redemption(rule, balance=balance, spendable=spendable, bill=bill)
    if largest == 0:
        return ()
    proposals = sorted({rule.least, _round_figure(rule, largest), largest})
    return tuple(Chip(points, rule.value(points)) for points in proposals)[:CHIPS_MAX]


def _round_figure(rule: RedemptionRule, largest: int) -> int:
    """Return 1, 2 or 5 times a power of ten steps, at most half of the largest."""
    figure = rule.least
    power = rule.points_per_step
    while power <= largest // 2:
        for factor in _NICE:
            if rule.least <= factor * power <= largest // 2:
                figure = factor * power
        power *= 10
    return figure


def _limit(rule: RedemptionRule, bill: Bill) -> int:
    """Return the most 分 that points may pay of this bill."""
    limits = [_share(rule, bill), bill.payable]
    if rule.max_amount is not None:
        limits.append(rule.max_amount)
    return max(0, min(limits))


def _share(rule: RedemptionRule, bill: Bill) -> int:
    share = bill.due * rule.max_share
    return share.numerator // share.denominator


def _check_bill(rule: RedemptionRule, bill: Bill) -> None:
    if bill.spend < rule.min_spend:
        raise BelowMinSpend(spend_minor=bill.spend, min_spend_minor=rule.min_spend, largest=0)
    if coupon := _blocking_coupon(rule, bill):
        raise NotWithCoupon(coupon=coupon, largest=0)


def _check_limits(
    rule: RedemptionRule, bill: Bill, *, points: int, value: int, largest: int
) -> None:
    if value > bill.payable:
        raise OverDue(
            requested=points, value_minor=value, limit_minor=bill.payable, largest=largest
        )
    if value > (share := _share(rule, bill)):
        raise OverShare(requested=points, value_minor=value, limit_minor=share, largest=largest)
    if rule.max_amount is not None and value > rule.max_amount:
        raise OverAmount(
            requested=points, value_minor=value, limit_minor=rule.max_amount, largest=largest
        )


def _blocking_coupon(rule: RedemptionRule, bill: Bill) -> str:
    """Return the coupon beside which points do not pay; `coupon` in the terms means any."""
    for coupon in bill.coupons:
        if coupon in rule.not_with or "coupon" in rule.not_with:
            return coupon
    return ""
