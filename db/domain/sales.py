"""The sale as a fact: what the operation holds, and what it does to the ledger.

Points, redemption, tenders and consent are inside the one operation, computed when it was
confirmed and never recomputed: a sale split over two messages is how other systems lose points.
"""

from typing import Any

import msgspec

from db.domain.basket import GOODS
from db.domain.holds import HoldToken
from db.domain.ids import LotId, MemberId, parse_id
from db.domain.leases import LotShare, LotSpend, grant_movements, spend_movements, token_of
from db.domain.ledger import ISSUED, EntryKind, Movement, member_account
from db.domain.offers.coupon_facts import CouponFact, CouponUse, OffersBack, PromotionUse
from db.domain.operations import Operation
from db.domain.stored_value.facts import ValueBack, ValueUse

TENDERS = ("cash", "card", "wechat", "alipay", "stored_value", "other")


class LineFact(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One line as sold: money in 分 after its discounts, points as awarded and spent on it."""

    sku: str = ""
    name: str = ""
    category: str = ""
    quantity: int = 1
    unit_price: int
    discount: int = 0
    amount: int
    earned: int = 0
    redeemed: int = 0
    redeemed_value: int = 0
    brand: str = ""
    kind: str = GOODS


class AwardFact(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A lot that the act opened: usable from `available_on` to `expires_on`, both inclusive.

    `idle` are its terms when it ends for want of a sale: every sale moves its last day on.
    """

    lot: str
    points: int
    available_on: str
    expires_on: str | None = None
    rules: tuple[str, ...] = ()
    idle: str = ""


class SaleBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `sale`. gross − discount − redeemed_value = due = Σ tenders, all in 分.

    `tier` is the level the sale counted with; `raised_to` with its rank (0 is the lowest level) is
    set when the sale lifted the member, from the next sale on.
    """

    lines: tuple[LineFact, ...]
    gross: int
    discount: int = 0
    redeemed: int = 0
    redeemed_value: int = 0
    due: int
    tenders: dict[str, int]
    earned: int = 0
    awards: tuple[AwardFact, ...] = ()
    spends: tuple[LotSpend, ...] = ()
    tier: str = ""
    raised_to: str | None = None
    raised_rank: int | None = None
    till_receipt: str | None = None
    shift: str | None = None
    approver: str | None = None
    explanation: tuple[dict[str, Any], ...] = ()
    source: str = "counter"
    batch: str | None = None
    value: ValueUse | None = None
    coupons: tuple[CouponUse, ...] = ()
    promotions: tuple[PromotionUse, ...] = ()
    issued: tuple[CouponFact, ...] = ()
    tags: tuple[str, ...] = ()
    holds: tuple[HoldToken, ...] = ()
    """The leases of coupons and stored value that it used."""
    proof: str = ""
    """How the member proved that the points are his, where the program asks for it."""


class ReversalBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `reversal`: `ref` in the envelope names the sale.

    `taken` are the lots that the sale had opened; `restored` gives spent points back to their
    lots, into the lease they came from where it is still open on this stream, else (lease empty)
    to the member. `renewed` are lots in place of those that had run out (DECISIONS 44). What had
    been returned before (`returned_amount` in 分, points) is not taken back again; `kept` is the
    level that the member's other sales reach.
    """

    manner: str
    reason: str = ""
    taken: tuple[LotShare, ...] = ()
    restored: tuple[LotSpend, ...] = ()
    renewed: tuple[AwardFact, ...] = ()
    returned_amount: int = 0
    returned_earned: int = 0
    returned_redeemed: int = 0
    kept: str | None = None
    kept_rank: int | None = None
    value: ValueBack | None = None
    offers: OffersBack | None = None
    shift: str | None = None
    approver: str | None = None


def sale_movements(operation: Operation, body: SaleBody) -> list[Movement]:
    """Return the movements of a sale; none without a member."""
    if (member := operation.member) is None:
        return []
    member_id = MemberId(member)
    movements = own_grants(operation)
    movements += spend_movements(member_id, body.spends)
    movements += award_movements(member_id, body.awards, EntryKind.EARN)
    return movements


def own_grants(operation: Operation) -> list[Movement]:
    """Return the leases that the counter granted itself inside this operation."""
    tokens = [token_of(fields) for fields in operation.envelope.gtok]
    return [movement for token in tokens if token.own for movement in grant_movements(token)]


def award_movements(
    member_id: MemberId, awards: tuple[AwardFact, ...], entry: EntryKind
) -> list[Movement]:
    """Return what opening these lots does: the shop owes the member the points."""
    return [
        Movement(
            entry,
            ISSUED,
            member_account(member_id),
            award.points,
            member_id,
            LotId(parse_id(award.lot)),
        )
        for award in awards
    ]
