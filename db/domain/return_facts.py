"""The return of goods as a fact, and the member attached to a sale afterwards as one.

Everything is in the one operation, computed when it was confirmed: lines with their shares, money
by tender, the lots that gave points up and those that got spent ones back.
"""

from typing import Any

import msgspec

from db.domain.leases import LotShare, LotSpend
from db.domain.offers.coupon_facts import CouponFact, OffersBack
from db.domain.sales import AwardFact
from db.domain.stored_value.facts import ValueBack


class ReturnedLine(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What of a line comes back: `quantity` units now (分 of an amount-only sale), points, 分.

    `line` counts from 1; `cumulative` are the units that have come back with this return.
    """

    line: int
    quantity: int
    cumulative: int
    earned: int = 0
    redeemed: int = 0
    redeemed_value: int = 0
    discount: int = 0
    paid: int = 0


class ReturnBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `return`; `ref` in the envelope names the sale. paid = Σ tenders, in 分.

    `earned` points are taken back: `lapsed` of them had expired before, the rest leaves `taken`,
    of which no lot held `owed`. `redeemed` points go back to their lots in `restored` (lease empty:
    to the member) and, for lots that have run out, into the new lot in `renewed`. `kept` is the
    level that the member's other sales reach, said when the sale that raised him is gone; `value`
    is what stored value gets back of the tender of that name.
    """

    lines: tuple[ReturnedLine, ...]
    paid: int = 0
    discount: int = 0
    redeemed: int = 0
    redeemed_value: int = 0
    earned: int = 0
    tenders: dict[str, int] = {}
    taken: tuple[LotShare, ...] = ()
    lapsed: int = 0
    owed: int = 0
    restored: tuple[LotSpend, ...] = ()
    renewed: tuple[AwardFact, ...] = ()
    value: ValueBack | None = None
    offers: OffersBack | None = None
    kept: str | None = None
    kept_rank: int | None = None
    reason: str = ""
    shift: str | None = None
    approver: str | None = None
    whole: bool = False
    """Whether the counter knew that nothing is left of the sale: it took back what it led to."""


class OffersBackBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of an `offers_back`: `ref` names the sale of which two returns made it due."""

    offers: OffersBack


class AttachBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of an `attach`: `ref` names the sale, `m` the member who made it.

    The points are those that the sale would have earned, line by line in `earned_by_line`.
    """

    earned: int = 0
    earned_by_line: tuple[int, ...] = ()
    awards: tuple[AwardFact, ...] = ()
    issued: tuple[CouponFact, ...] = ()
    tags: tuple[str, ...] = ()
    tier: str = ""
    raised_to: str | None = None
    raised_rank: int | None = None
    till_receipt: str | None = None
    shift: str | None = None
    approver: str | None = None
    explanation: tuple[dict[str, Any], ...] = ()
