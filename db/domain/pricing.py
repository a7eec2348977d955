"""Step 1 of a sale: what each line costs after the benefits that come before points.

The order is fixed (PROGRAM.md §3, DECISIONS 5): the line's own discount and the tier's price, item
promotions, order promotions and the discount on the whole order, coupons. A reduction is rounded
once, half up to 分, then spread over its lines, and never presses a line below 0.
"""

from collections.abc import Sequence

import msgspec

from db.domain.allocation import spread_within
from db.domain.basket import DELIVERY, Basket, BasketLine
from db.domain.exact import half_up
from db.domain.explanation import Explained, explain_discount
from db.domain.offers.coupons import NO_FACTS, OfferFacts
from db.domain.offers.lanes import Laned, UsedCoupon, coupon_lane, promotion_lane, refuse_codes
from db.domain.offers.offers import NO_OFFERS, Offers
from db.domain.offers.promotions import COUPON, ITEM, ORDER, Given
from db.domain.offers.targets import Scene
from db.domain.offers.units import Pool
from db.domain.tiers import TierLevel


class PricedLine(msgspec.Struct, frozen=True, gc=False):
    """One line and what came off it, in 分, by the kinds that `net_of` tells apart."""

    line: BasketLine
    line_discount: int = 0
    order_discount: int = 0
    coupon: int = 0

    @property
    def discount(self) -> int:
        """Return all that came off before points."""
        return self.line_discount + self.order_discount + self.coupon

    @property
    def net(self) -> int:
        """Return what is left to pay for the line before points."""
        line = self.line
        gross = line.quantity * line.unit_price
        return gross - self.line_discount - self.order_discount - self.coupon

    @property
    def counts(self) -> bool:
        """Say whether the line counts for thresholds; delivery does not."""
        return self.line.kind != DELIVERY


class Priced(msgspec.Struct, frozen=True):
    """A basket after step 1, with the promotions and coupons that took something off."""

    lines: tuple[PricedLine, ...]
    explanation: tuple[Explained, ...] = ()
    promotions: tuple[Given, ...] = ()
    coupons: tuple[UsedCoupon, ...] = ()

    @property
    def net(self) -> int:
        """Return what is left to pay before points."""
        return sum([priced.net for priced in self.lines])

    @property
    def spend(self) -> int:
        """Return what a threshold before points is tested on: all but delivery."""
        return sum([priced.net for priced in self.lines if priced.counts])


_PARTS = {"line_discount": (1, 0, 0), "order_discount": (0, 1, 0), "coupon": (0, 0, 1)}
"""Which of a line's reductions grows; a line is made four times as fast as `replace` makes it."""


def price(
    basket: Basket,
    level: TierLevel | None = None,
    *,
    offers: Offers = NO_OFFERS,
    facts: OfferFacts = NO_FACTS,
    scene: Scene | None = None,
) -> Priced:
    """Return the basket after everything that comes off before points.

    `scene` is the moment that gates look at; without it, or without offers, there are none.

    Raises:
        Refusal: one of `offers.coupon_refusals`, when a coupon or a code cannot be used.
    """
    lines = [
        PricedLine(line, line_discount=min(line.discount, line.gross)) for line in basket.lines
    ]
    explanation: list[Explained] = []
    if level is not None and level.discount:
        off = _tier_discount(lines, level)
        lines = _less(lines, off, "line_discount")
        explanation.append(explain_discount(f"tier:{level.code}", off, share=level.discount))
    if scene is None or not (offers.any or basket.coupons or basket.codes):
        lines, told = _by_hand(lines, basket)
        return Priced(tuple(lines), (*explanation, *told))
    return _in_lanes(basket, lines, explanation, offers=offers, facts=facts, scene=scene)


def _in_lanes(
    basket: Basket,
    lines: list[PricedLine],
    explanation: list[Explained],
    *,
    offers: Offers,
    facts: OfferFacts,
    scene: Scene,
) -> Priced:
    """Run the lanes in their order; the discount on the whole order lies before the coupons."""
    laned = Laned(Pool.of(basket.lines, [line.net for line in lines]), explanation=explanation)
    for lane, reduction in ((ITEM, "line_discount"), (ORDER, "order_discount")):
        promotion_lane(laned, lane, offers=offers, codes=basket.codes, scene=scene)
        lines = _less(lines, laned.parts(lane), reduction)
    refuse_codes(laned, basket.codes, offers)
    lines, told = _by_hand(lines, basket)
    laned.explanation += told
    if told:
        laned.pool = laned.pool.at([line.net for line in lines])
    used = coupon_lane(laned, basket.coupons, offers=offers, facts=facts, scene=scene)
    lines = _less(lines, laned.parts(COUPON), "coupon")
    return Priced(tuple(lines), tuple(laned.explanation), laned.promotions, used)


def _less(lines: list[PricedLine], off: Sequence[int], reduction: str) -> list[PricedLine]:
    """Return the lines with their part added to one kind of reduction."""
    line_part, order_part, coupon_part = _PARTS[reduction]
    return [
        PricedLine(
            priced.line,
            priced.line_discount + part * line_part,
            priced.order_discount + part * order_part,
            priced.coupon + part * coupon_part,
        )
        if part
        else priced
        for priced, part in zip(lines, off, strict=True)
    ]


def _by_hand(lines: list[PricedLine], basket: Basket) -> tuple[list[PricedLine], list[Explained]]:
    """Take off what the cashier gave on the whole order, as far as there is something left."""
    if not basket.order_discount:
        return lines, []
    off = _order_discount(lines, basket.order_discount)
    return _less(lines, off, "order_discount"), [explain_discount("order_discount", off)]


def _tier_discount(lines: Sequence[PricedLine], level: TierLevel) -> list[int]:
    goods = [priced.net if priced.counts else 0 for priced in lines]
    share = level.discount
    off = half_up(sum(goods) * share.numerator, share.denominator)
    return spread_within(off, goods, limits=goods)


def _order_discount(lines: Sequence[PricedLine], discount: int) -> list[int]:
    """Spread over the goods; delivery bears only what they cannot."""
    goods = [priced.net if priced.counts else 0 for priced in lines]
    parts = spread_within(discount, goods, limits=goods)
    rest = discount - sum(parts)
    if rest == 0:
        return parts
    delivery = [0 if priced.counts else priced.net for priced in lines]
    more = spread_within(rest, delivery, limits=delivery)
    return [part + extra for part, extra in zip(parts, more, strict=True)]
