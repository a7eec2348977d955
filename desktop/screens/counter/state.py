"""The one state of the counter's screen: everything it draws, formatted and in words."""

from dataclasses import dataclass, field
from enum import StrEnum

from desktop.widgets.amount_field import Entry
from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.explanation import Explanation
from desktop.widgets.member_card import MemberFace
from desktop.widgets.qr_view import Matrix
from desktop.widgets.result_list import ResultRow
from desktop.widgets.undo_bar import LastSale


class Field(StrEnum):
    """Where digits go: where the blue frame is."""

    FINDER = "finder"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class QuickChip:
    """A proposal under the keypad: a toggle, or a greyed word why there is none."""

    text: str
    on: bool = False
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Extras:
    """The chips beside those of points; without words there is no such chip.

    `offers` is the key that opens the sheet of coupons and codes.
    """

    coupon: QuickChip | None = None
    coupon_code: str = ""
    value: QuickChip | None = None
    offers: str = ""

    @property
    def any(self) -> bool:
        """Say whether there is one at all."""
        return bool(self.coupon or self.value or self.offers)


@dataclass(frozen=True, slots=True)
class CouponRow:
    """A coupon, or a code that was typed for a promotion; greyed, its detail says why."""

    code: str
    name: str
    detail: str
    on: bool = False
    usable: bool = True
    typed: bool = False


@dataclass(frozen=True, slots=True)
class OfferSheet:
    """The coupons and codes in reach, and what is due with them."""

    rows: tuple[CouponRow, ...] = ()
    due: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A line of a sale by goods."""

    name: str
    detail: str
    amount: str


@dataclass(frozen=True, slots=True)
class GoodsSheet:
    """The sheet of goods: what was found, and the lines of the sale so far."""

    text: str
    found: tuple[ResultRow, ...]
    empty: str
    lines: tuple[GoodsRow, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """The one confirm button: it says its result, or why it cannot be pressed."""

    text: str
    usable: bool = False
    caution: bool = False  # amber: it takes a second tap


@dataclass(frozen=True, slots=True)
class Welcome:
    """A member who has just been enrolled: his code, to be photographed."""

    title: str
    number: str
    code: Matrix
    can_save: bool
    can_print: bool = False


@dataclass(frozen=True, slots=True)
class CounterState:
    """The counter's screen."""

    at: Field
    finder: Entry
    amount: Entry
    confirm: Confirm
    member: MemberFace | None = None
    results: tuple[ResultRow, ...] = ()
    results_note: str = ""
    benefits: tuple[Benefit, ...] = ()
    chips: tuple[QuickChip, ...] = ()
    extras: Extras = field(default_factory=Extras)
    offers: OfferSheet = field(default_factory=OfferSheet)
    goods: str = ""  # the key that opens the sheet of goods; empty: the shop has no list
    welcome: Welcome | None = None
    notice: Notice | None = None
    why: Explanation = field(default_factory=Explanation)
    last: LastSale = field(default_factory=lambda: LastSale(text=""))
