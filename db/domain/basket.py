"""What is being bought, by whom and when: the facts that every rule looks at.

A basket is what the till or the cashier says before any benefit. An amount-only sale is a basket
of one line. Everything is in 分 and whole units; who the member is comes as plain facts, so that
a rule gives the same answer at the counter, at head office and in a preview.
"""

from dataclasses import dataclass
from datetime import date

import msgspec

GOODS = "goods"
DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One line: money in 分, `discount` is what the cashier took off the whole line."""

    unit_price: int
    quantity: int = 1
    discount: int = 0
    sku: str = ""
    category: str = ""
    brand: str = ""
    kind: str = GOODS

    def __post_init__(self) -> None:
        """Hold programmers to whole, positive quantities; input is checked before."""
        assert self.quantity > 0, "a quantity is a positive whole number"
        assert self.unit_price >= 0, "a price is never negative"
        assert self.discount >= 0, "a discount is never negative"

    @property
    def gross(self) -> int:
        """Return quantity × unit price in 分."""
        return self.quantity * self.unit_price


@dataclass(frozen=True, slots=True)
class Basket:
    """A sale before its benefits; without `tenders` the whole due is paid in cash.

    `stored_value_principal` and `stored_value_bonus` are the parts of the tenders that come from
    the member's stored value, in 分.
    """

    lines: tuple[BasketLine, ...]
    order_discount: int = 0
    branch: str = ""
    channel: str = "counter"
    tenders: tuple[str, ...] = ("cash",)
    coupons: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    stored_value_principal: int = 0
    stored_value_bonus: int = 0

    @classmethod
    def of_amount(cls, amount: int, *, branch: str = "", channel: str = "counter") -> "Basket":
        """Return the basket of an amount-only sale in 分."""
        return cls((BasketLine(unit_price=amount),), branch=branch, channel=channel)


class MemberFacts(msgspec.Struct, frozen=True):
    """What the rules may know about a member on the day of the sale, before the sale.

    `birthday` is `MM-DD` or `YYYY-MM-DD` or empty; `visits` counts earlier purchases that were
    not undone; `referred` says that another member brought him; `awarded_today` and
    `awarded_this_month` are points awarded by earlier acts of the same business day and calendar
    month (DECISIONS 48), which the caps look at.
    """

    joined_on: date | None = None
    birthday: str = ""
    tier: str = ""
    tags: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    visits: int = 0
    referred: bool = False
    awarded_today: int = 0
    awarded_this_month: int = 0
