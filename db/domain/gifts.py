"""Gifts that points buy: what one costs, how many are left, and why one cannot be had.

Stock is the program's number plus what branches counted in and out since, redemptions among them.
"""

from dataclasses import dataclass

from msgspec import UNSET

from db.domain.program.document import Gift
from db.domain.program.offer_document import ProgramDocument
from db.domain.redemption_refusals import InsufficientPoints
from db.domain.refusals import Refusal

STOCK_CHANGE_MAX = 1_000_000


@dataclass(eq=False)
class GiftUnknown(Refusal):
    """Points do not buy this."""

    sku: str


@dataclass(eq=False)
class GiftOutOfStock(Refusal):
    """None is left."""

    sku: str


@dataclass(eq=False)
class GiftPrice(Refusal):
    """The gift costs another number of points."""

    sku: str
    requested: int
    points: int


@dataclass(eq=False)
class GiftNeedsHeadOffice(Refusal):
    """The stock is shared by counters that cannot ask each other now."""

    sku: str


@dataclass(eq=False)
class GiftStockUncounted(Refusal):
    """The program gives this gift no stock: there is always one."""

    sku: str


@dataclass(eq=False)
class GiftStockBelowZero(Refusal):
    """More cannot go out than is there."""

    sku: str
    left: int
    change: int


@dataclass(eq=False)
class GiftNotReturnable(Refusal):
    """This act is no gift, or its gift came back before."""

    gift: str


def gift_of(document: ProgramDocument, sku: str) -> Gift:
    """Return the gift of a program; raise `GiftUnknown` where there is none of that name."""
    for gift in document.redemption.gifts:
        if gift.sku == sku:
            return gift
    raise GiftUnknown(sku)


def left_of(gift: Gift, moved: int) -> int | None:
    """Return how many are left, with `moved` pieces counted in and out; None is without end."""
    return None if gift.stock is UNSET else gift.stock + moved


def check_gift(
    gift: Gift, *, moved: int, balance: int, spendable: int | None = None, points: int | None = None
) -> None:
    """Refuse a gift that is gone, costs something else than `points`, or more than there are.

    Raises:
        GiftOutOfStock, GiftPrice, InsufficientPoints: as they say.
    """
    left = left_of(gift, moved)
    if left is not None and left < 1:
        raise GiftOutOfStock(gift.sku)
    if points is not None and points != gift.points:
        raise GiftPrice(sku=gift.sku, requested=points, points=gift.points)
    if gift.points > balance or (spendable is not None and gift.points > spendable):
        raise InsufficientPoints(balance=balance, requested=gift.points, largest=0)
