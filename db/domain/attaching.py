"""Attaching a member to a sale that was made without one: the same day, once, nothing returned.

He earns what the sale would have earned. What was paid stays as it was, so neither his tier's price
nor a promotion is applied again: the lines are taken at what they had cost.
"""

from dataclasses import dataclass, replace

from db.domain.basket import Basket, BasketLine
from db.domain.ids import MemberId, SaleId
from db.domain.offers.offers import NO_OFFERS, Offers
from db.domain.program.program import Program
from db.domain.refusals import Refusal
from db.domain.sales import LineFact, SaleBody


@dataclass(eq=False)
class SaleHasMember(Refusal):
    """The sale is a member's already, perhaps somebody else's."""

    sale_id: SaleId
    member_id: MemberId


@dataclass(eq=False)
class AttachTooLate(Refusal):
    """A member is attached on the sale's own business day only."""

    sale_id: SaleId
    business_day: str


@dataclass(eq=False)
class SaleHasReturns(Refusal):
    """Something of the sale has come back, in 分."""

    sale_id: SaleId
    returned_minor: int


@dataclass(eq=False)
class TillReceiptDiffers(Refusal):
    """The till receipt in the customer's hand is not the sale's."""

    sale_id: SaleId
    till_receipt: str


def as_sold(program: Program) -> Program:
    """Return a program that earns as it does and takes nothing off."""
    offers = Offers(NO_OFFERS.lanes, coupons=program.offers.coupons)
    levels = tuple(replace(level, discount=level.discount * 0) for level in program.ladder.levels)
    return replace(program, ladder=replace(program.ladder, levels=levels), offers=offers)


def basket_as_sold(body: SaleBody, *, branch: str) -> Basket:
    """Return a sale's basket with every line at what it had cost."""
    return Basket(
        lines=tuple(_line(line) for line in body.lines),
        branch=branch,
        tenders=tuple(body.tenders) or ("cash",),
    )


def _line(line: LineFact) -> BasketLine:
    return BasketLine(
        unit_price=line.unit_price,
        quantity=line.quantity,
        discount=line.discount,
        sku=line.sku,
        category=line.category,
        brand=line.brand,
        kind=line.kind,
    )
