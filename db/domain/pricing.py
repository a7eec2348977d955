"""Step 1 of a sale: what each line costs after the benefits that come before points.

The order is fixed (PROGRAM.md §3, DECISIONS 5): the line's own discount and the tier's price, item
promotions, order promotions and the discount on the whole order, coupons. A reduction is rounded
once, half up to 分, then spread over its lines, and never presses a line below 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.domain.allocation import spread_within
from db.domain.basket import DELIVERY, Basket, BasketLine
from db.domain.exact import round_half_up
from db.domain.explanation import Explained, explain_discount
from db.domain.tiers import TierLevel


@dataclass(frozen=True, slots=True)
class PricedLine:
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
        return self.line.gross - self.discount

    @property
    def counts(self) -> bool:
        """Say whether the line counts for thresholds; delivery does not."""
        return self.line.kind != DELIVERY


@dataclass(frozen=True, slots=True)
class Priced:
    """A basket after step 1."""

    lines: tuple[PricedLine, ...]
    explanation: tuple[Explained, ...] = ()

    @property
    def gross(self) -> int:
        """Return quantity × unit price over all lines."""
        return sum(priced.line.gross for priced in self.lines)

    @property
    def discount(self) -> int:
        """Return all that came off before points."""
        return sum(priced.discount for priced in self.lines)

    @property
    def net(self) -> int:
        """Return what is left to pay before points."""
        return sum(priced.net for priced in self.lines)

    @property
    def spend(self) -> int:
        """Return what a threshold before points is tested on: all but delivery."""
        return sum(priced.net for priced in self.lines if priced.counts)


def price(basket: Basket, level: TierLevel | None = None) -> Priced:
    """Return the basket after the tier's price and the discounts that people gave."""
    lines = [
        PricedLine(line, line_discount=min(line.discount, line.gross)) for line in basket.lines
    ]
    explanation: list[Explained] = []
    if level is not None and level.discount:
        off = _tier_discount(lines, level)
        lines = [
            replace(priced, line_discount=priced.line_discount + part)
            for priced, part in zip(lines, off, strict=True)
        ]
        explanation.append(explain_discount(f"tier:{level.code}", off, share=level.discount))
    if basket.order_discount:
        off = _order_discount(lines, basket.order_discount)
        lines = [
            replace(priced, order_discount=part) for priced, part in zip(lines, off, strict=True)
        ]
        explanation.append(explain_discount("order_discount", off))
    return Priced(tuple(lines), tuple(explanation))


def _tier_discount(lines: Sequence[PricedLine], level: TierLevel) -> list[int]:
    goods = [priced.net if priced.counts else 0 for priced in lines]
    return spread_within(round_half_up(sum(goods) * level.discount), goods, limits=goods)


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
