"""How a redemption is refused: each with the numbers, and the largest figure that would do.

Fields named `*_minor` are 分; at the edges they become decimal strings.
"""

from dataclasses import dataclass

from db.domain.refusals import Refusal


@dataclass(eq=False)
class RedemptionNotOffered(Refusal):
    """This program does not let points pay."""

    requested: int
    largest: int = 0


@dataclass(eq=False)
class MemberRequired(Refusal):
    """Points belong to a member, and nobody was named."""

    requested: int
    largest: int = 0


@dataclass(eq=False)
class BelowMinSpend(Refusal):
    """The purchase is too small for points to pay a part of it."""

    spend_minor: int
    min_spend_minor: int
    largest: int


@dataclass(eq=False)
class NotWithCoupon(Refusal):
    """Points do not pay beside this coupon."""

    coupon: str
    largest: int


@dataclass(eq=False)
class NotAStep(Refusal):
    """Points are redeemed in whole steps."""

    requested: int
    step: int
    largest: int


@dataclass(eq=False)
class BelowMinimum(Refusal):
    """Fewer points than may be redeemed at once."""

    requested: int
    minimum: int
    largest: int


@dataclass(eq=False)
class InsufficientPoints(Refusal):
    """The member asked for more than is available."""

    balance: int
    requested: int
    largest: int


@dataclass(eq=False)
class BeyondLease(Refusal):
    """The member has the points, but this counter may not spend so many of them now."""

    spendable: int
    requested: int
    largest: int


@dataclass(eq=False)
class OverDue(Refusal):
    """The points are worth more than what points may pay for here."""

    requested: int
    value_minor: int
    limit_minor: int
    largest: int


@dataclass(eq=False)
class OverShare(Refusal):
    """Points may pay only a share of the bill."""

    requested: int
    value_minor: int
    limit_minor: int
    largest: int


@dataclass(eq=False)
class OverAmount(Refusal):
    """Points may pay only so much of one bill."""

    requested: int
    value_minor: int
    limit_minor: int
    largest: int
