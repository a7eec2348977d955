"""A sale that is not confirmed yet, and when it takes a second tap."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication

from db.domain.basket import Basket, BasketLine
from db.domain.ids import MemberId, StaffId
from db.domain.lookup.phone import Typing, typing_state
from db.domain.money import amount_shown
from db.domain.staff import Actor
from desktop.config import SAME_SALE_MS, SECOND_TAP_FROM_MINOR
from desktop.wording.typing import AmountTyping

translate = QCoreApplication.translate
PHONE_DIGITS_MIN = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A line of a sale by goods; `unit_price` in 分."""

    sku: str
    name: str
    category: str
    brand: str
    unit_price: int
    quantity: int = 1

    @property
    def amount(self) -> int:
        """Return what the line comes to, 分."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Draft:
    """Who buys, for how much, and what pays besides money; it belongs to whoever began it.

    `coupons` are codes as printed, `codes` what was typed for a promotion; `by_value` lets stored
    value pay as much as it can.
    """

    member_id: MemberId | None = None
    amount: AmountTyping = field(default_factory=AmountTyping)
    points: int = 0
    coupons: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    by_value: bool = False
    floor_by: Actor | None = None
    """Who approved points beyond this counter's lease, for this sale."""
    lines: tuple[Goods, ...] = ()
    """What is bought, where the sale is by goods; the amount typed does not count then."""

    @property
    def minor(self) -> int:
        """Return what is bought for, 分."""
        return sum(line.amount for line in self.lines) if self.lines else self.amount.minor

    @property
    def begun(self) -> bool:
        """Say whether an amount or goods are there."""
        return bool(self.lines or self.amount.text)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the lines; none for an amount."""
        return tuple(line.name for line in self.lines)

    def basket(self) -> Basket:
        """Return the basket of the amount or the goods, with all that was named for it."""
        basket = Basket.of_amount(self.amount.minor)
        if self.lines:
            basket = replace(basket, lines=tuple(_basket_line(line) for line in self.lines))
        return replace(basket, coupons=self.coupons, codes=self.codes)

    def of_nobody(self) -> "Draft":
        """Return what is left when the member goes: what was his goes with him."""
        if self.member_id is None:
            return self
        return replace(self, member_id=None, points=0, coupons=(), by_value=False, floor_by=None)

    def is_phone(self, region: str) -> bool:
        """Say whether what stands in the amount's field is a phone number."""
        text = self.amount.text
        starts = len(text) >= PHONE_DIGITS_MIN and text.startswith("1")
        return starts and typing_state(text, region) is Typing.COMPLETE


class Parked:
    """The drafts of those who are not at the till now, each kept for whoever began it."""

    def __init__(self) -> None:
        """Start with none, and nobody at the till."""
        self.owner: StaffId | None = None
        self._drafts: dict[StaffId, Draft] = {}

    def change(self, owner: StaffId, left: Draft) -> Draft:
        """Keep what the one before leaves, and return what the one who comes had begun."""
        if self.owner is not None:
            self._drafts[self.owner] = left
        self.owner = owner
        return self._drafts.pop(owner, Draft())


@dataclass(frozen=True, slots=True)
class Recorded:
    """The sale before this one: whose, how much in 分, when in UTC ms."""

    member_id: MemberId | None
    minor: int
    at_ms: int


def caution(draft: Draft, before: Recorded | None, now_ms: int) -> str:
    """Return why a sale takes a second tap, or nothing."""
    amount = amount_shown(draft.minor)
    if before is not None and _repeats(draft, before, now_ms):
        words = translate("Counter", "可能重复：刚记过同一会员 {amount}。再按一次就再记一笔")
        return words.format(amount=amount)
    if draft.minor >= SECOND_TAP_FROM_MINOR:
        words = translate("Counter", "金额较大：{amount}。请核对后再按一次")
        return words.format(amount=amount)
    return ""


def _basket_line(line: Goods) -> BasketLine:
    return BasketLine(
        unit_price=line.unit_price,
        quantity=line.quantity,
        sku=line.sku,
        category=line.category,
        brand=line.brand,
    )


def _repeats(draft: Draft, before: Recorded, now_ms: int) -> bool:
    same = (draft.member_id, draft.minor) == (before.member_id, before.minor)
    return same and draft.member_id is not None and now_ms - before.at_ms < SAME_SALE_MS
