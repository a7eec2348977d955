"""How a coupon or a typed code is refused, with the numbers; money in 分, days as ISO text."""

from dataclasses import dataclass

from db.domain.refusals import Refusal


@dataclass(eq=False)
class CouponUnknown(Refusal):
    """Neither the program nor the member has such a coupon."""

    coupon: str


@dataclass(eq=False)
class CouponNamedTwice(Refusal):
    """One coupon is used once, and named once."""

    coupon: str


@dataclass(eq=False)
class CouponNotHeld(Refusal):
    """The program has such a coupon, but this customer holds none that is unused."""

    coupon: str


@dataclass(eq=False)
class CouponOfAnother(Refusal):
    """The coupon is another member's, and not transferable."""

    coupon: str


@dataclass(eq=False)
class CouponUsed(Refusal):
    """The coupon was used before."""

    coupon: str


@dataclass(eq=False)
class CouponElsewhere(Refusal):
    """Another counter issued it and may have taken it already: only head office knows."""

    coupon: str


@dataclass(eq=False)
class CouponVoided(Refusal):
    """The coupon was taken back by the shop."""

    coupon: str


@dataclass(eq=False)
class CouponExpired(Refusal):
    """The coupon's last day is over."""

    coupon: str
    valid_to: str


@dataclass(eq=False)
class CouponNotYetValid(Refusal):
    """The coupon's first day has not come."""

    coupon: str
    valid_from: str


@dataclass(eq=False)
class CouponBelowMinSpend(Refusal):
    """What the coupon is good for comes to less than it asks for."""

    coupon: str
    min_spend_minor: int
    spend_minor: int


@dataclass(eq=False)
class CouponConditionsNotMet(Refusal):
    """The coupon's conditions do not hold here; `why` is `condition` or `no_line`."""

    coupon: str
    why: str


@dataclass(eq=False)
class CouponGiftMissing(Refusal):
    """The goods that the coupon makes free are not in the basket."""

    coupon: str
    sku: str


@dataclass(eq=False)
class CouponWorthless(Refusal):
    """Nothing in this basket is left for the coupon to take off."""

    coupon: str


@dataclass(eq=False)
class CouponLimitReached(Refusal):
    """Coupons of this kind were used (or issued) as often as allowed; `of` is `all` or `member`."""

    coupon: str
    of: str
    limit: int
    used: int


@dataclass(eq=False)
class CouponNeedsMember(Refusal):
    """Only a member can use (or get) this coupon."""

    coupon: str


@dataclass(eq=False)
class CodeUnknown(Refusal):
    """No promotion answers to this code."""

    code_typed: str


@dataclass(eq=False)
class CodeNotApplicable(Refusal):
    """The code's promotion does not hold here; `why` as in its explanation, with the numbers."""

    code_typed: str
    promotion: str
    why: str
    needed: str = ""
    has: str = ""
