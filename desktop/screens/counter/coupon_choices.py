"""The coupons that lie before the cashier: what each would take off, or why it cannot be used.

Each is tried alone on the sale as it stands, by the evaluation that the sale is decided by.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from db.domain.offers.coupon_refusals import CouponUnknown
from db.domain.offers.coupons import OPEN, HeldCoupon, OfferFacts, named_coupons
from db.domain.refusals import Refusal
from desktop.screens.counter.bill import Buyer, Demand, Moment, preview_sale

CHOICES_MAX = 12
"""A sheet holds so many; the ones that are worth most, then those that end first."""
TRIED_MAX = 24
"""Of those that end first so many are tried, because it happens on every key."""


@dataclass(frozen=True, slots=True)
class CouponChoice:
    """A coupon in reach; `worth` in 分 is what it takes off alone, 0 while nothing is typed."""

    code: str
    kind: str
    valid_to: date | None
    worth: int = 0
    refusal: Refusal | None = None
    on: bool = False

    @property
    def usable(self) -> bool:
        """Say whether a tap on it does something: what is on can always be put away."""
        return self.on or self.refusal is None


def coupon_choices(moment: Moment, demand: Demand, buyer: Buyer) -> tuple[CouponChoice, ...]:
    """Return the member's coupons and those that were named, the best first."""
    reach = sorted(
        _in_reach(moment, demand, buyer),
        key=lambda held: (held.code not in demand.basket.coupons, held.valid_to or date.max),
    )[:TRIED_MAX]
    found = [_choice(moment, demand, buyer, coupon=coupon) for coupon in reach]
    found.sort(key=lambda each: (not each.usable, -each.worth, each.valid_to or date.max))
    return tuple(found[:CHOICES_MAX])


def as_if_here(offers: OfferFacts) -> OfferFacts:
    """Return coupons as if this counter held them: head office answers and may lend them."""
    held = tuple(replace(coupon, here=True) for coupon in offers.coupons)
    return msgspec.structs.replace(offers, coupons=held)


def why_not(moment: Moment, demand: Demand, buyer: Buyer, *, code: str) -> Refusal | None:
    """Return why a coupon in reach cannot be used on the sale as it stands."""
    held = [coupon for coupon in buyer.offers.coupons if coupon.code == code]
    choices = [_choice(moment, demand, buyer, coupon=coupon) for coupon in held]
    return choices[0].refusal if choices else CouponUnknown(code)


def _in_reach(moment: Moment, demand: Demand, buyer: Buyer) -> Iterator[HeldCoupon]:
    for coupon in buyer.offers.coupons:
        named = coupon.code in demand.basket.coupons
        over = coupon.valid_to is not None and coupon.valid_to < moment.day
        if coupon.kind in moment.program.offers.coupons and (
            named or (coupon.mine and coupon.state == OPEN and not over)
        ):
            yield coupon


def _choice(moment: Moment, demand: Demand, buyer: Buyer, *, coupon: HeldCoupon) -> CouponChoice:
    choice = CouponChoice(
        coupon.code,
        coupon.kind,
        coupon.valid_to,
        on=coupon.code in demand.basket.coupons,
    )
    if not any(line.gross for line in demand.basket.lines):
        return replace(choice, refusal=_state_refusal(moment, buyer, coupon.code))
    alone = Demand(replace(demand.basket, coupons=(coupon.code,)))
    preview = preview_sale(moment, alone, buyer, online=False)
    worth = sum(used.value for used in preview.result.coupons)
    refusal = next((why for name, why in preview.withheld if name == coupon.code), None)
    return replace(choice, worth=worth, refusal=refusal)


def _state_refusal(moment: Moment, buyer: Buyer, code: str) -> Refusal | None:
    """Return why a coupon could be used in no sale now."""
    try:
        named_coupons(
            (code,),
            moment.program.offers.coupons,
            facts=buyer.offers,
            on=moment.day,
            has_member=buyer.card is not None,
        )
    except Refusal as refusal:
        return refusal
    return None
