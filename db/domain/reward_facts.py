"""Rewards beyond the sale as facts: events that awarded, gifts, tags, points that ended or repaid.

Each act is an operation of its own. What a sale leads to (the gift of a level, the referrer's
part) names the sale in `ref`, has an id that follows from the sale's, and is revoked with it.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from db.domain.holds import HoldToken
from db.domain.ids import LotId, MemberId, OperationId, parse_id
from db.domain.leases import LotShare, LotSpend, lot_owner, spend_movements
from db.domain.ledger import (
    DEBT,
    EXPIRED,
    ISSUED,
    LOSS,
    REDEEMED,
    Account,
    EntryKind,
    Movement,
    member_account,
)
from db.domain.offers.coupon_facts import CouponFact, OffersBack
from db.domain.operations import Operation
from db.domain.sales import AwardFact, award_movements, own_grants

_TIME_BYTES = 6


class EventBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of an `event_award`: what happened and what it gave.

    `key` is what it counts once under, empty where it counts each time; `ref` in the envelope
    names the sale that led to it, if one did.
    """

    event: str
    key: str = ""
    points: int = 0
    awards: tuple[AwardFact, ...] = ()
    issued: tuple[CouponFact, ...] = ()
    tags: tuple[str, ...] = ()
    tier: str = ""
    raised_to: str | None = None
    raised_rank: int | None = None
    shift: str | None = None
    approver: str | None = None
    explanation: tuple[dict[str, Any], ...] = ()


class EventRevokeBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of an `event_revoke`: `ref` names the award; its points leave `taken`.

    `points` are those of the award; what had expired of them is not taken a second time.
    """

    event: str
    points: int = 0
    taken: tuple[LotShare, ...] = ()
    offers: OffersBack | None = None
    shift: str | None = None
    approver: str | None = None


class GiftBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `gift_redeem`: one piece of `sku` for points, and which lots paid.

    `hold` is the lease of its stock, where a head office lends it, and `lent` its token.
    """

    sku: str
    points: int
    spends: tuple[LotSpend, ...]
    shift: str | None = None
    approver: str | None = None
    hold: str = ""
    lent: HoldToken | None = None


class GiftReturnBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `gift_return`: `ref` names the redemption; its points go back.

    `renewed` is the lot in place of those that have run out (DECISIONS 44).
    """

    sku: str
    points: int
    reason: str
    restored: tuple[LotSpend, ...] = ()
    renewed: tuple[AwardFact, ...] = ()
    shift: str | None = None
    approver: str | None = None


class GiftStockBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `gift_stock`: pieces that came into a branch, or went, for a reason."""

    sku: str
    change: int
    reason: str
    approver: str | None = None


class TagBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `tag`: from now on the member has the tag, or has it no more."""

    tag: str
    held: bool = True
    approver: str | None = None


class ExpireBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of an `expire`: what was left in lots whose last day has passed."""

    shares: tuple[LotShare, ...]


class DebtBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `debt`: awards in `paid` fill the lots in `repaid`; `forgiven` is lost.

    `after` is the act that it follows from; what time alone brought has none.
    """

    paid: tuple[LotShare, ...] = ()
    repaid: tuple[LotShare, ...] = ()
    forgiven: tuple[LotShare, ...] = ()
    after: str | None = None


class TierReviewBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `tier_review`: the level after a review, with its rank, and why."""

    before: str
    after: str
    rank: int
    measured: int


def following_id(op: OperationId, what: str) -> OperationId:
    """Return the id of an act that follows from another: the same wherever it is worked out.

    It keeps the first one's milliseconds and is a UUIDv7 in shape.
    """
    tail = bytearray(hashlib.sha256(op + what.encode()).digest()[: len(op) - _TIME_BYTES])
    tail[0] = 0x70 | (tail[0] & 0x0F)
    tail[2] = 0x80 | (tail[2] & 0x3F)
    return OperationId(op[:_TIME_BYTES] + bytes(tail))


def event_movements(operation: Operation, body: EventBody) -> list[Movement]:
    """Return the movements of an event's award."""
    return award_movements(member_of(operation), body.awards, EntryKind.EARN)


def revoke_movements(operation: Operation, body: EventRevokeBody) -> list[Movement]:
    """Return the movements that take an event's award back."""
    return _from_member(operation, body.taken, entry=EntryKind.TAKE_BACK, to=ISSUED)


def gift_movements(operation: Operation, body: GiftBody) -> list[Movement]:
    """Return the movements of a gift bought with points."""
    return own_grants(operation) + spend_movements(member_of(operation), body.spends)


def gift_return_movements(operation: Operation, body: GiftReturnBody) -> list[Movement]:
    """Return the movements that give a gift's points back to the member."""
    back = [LotShare(spend.lot, spend.points, spend.of) for spend in body.restored]
    back += [LotShare(award.lot, award.points) for award in body.renewed]
    return _to_member(operation, back, entry=EntryKind.GIVE_BACK, out_of=REDEEMED)


def expire_movements(operation: Operation, body: ExpireBody) -> list[Movement]:
    """Return the movements of points that ended."""
    return _from_member(operation, body.shares, entry=EntryKind.EXPIRE, to=EXPIRED)


def debt_movements(operation: Operation, body: DebtBody) -> list[Movement]:
    """Return the movements of points that repay what is owed, and of what is forgiven."""
    return [
        *_from_member(operation, body.paid, entry=EntryKind.REPAY, to=DEBT),
        *_to_member(operation, body.repaid, entry=EntryKind.REPAY, out_of=DEBT),
        *_to_member(operation, body.forgiven, entry=EntryKind.WRITE_OFF, out_of=LOSS),
    ]


def member_of(operation: Operation) -> MemberId:
    """Return whose act it is."""
    member = operation.member
    assert member is not None, "rewards are somebody's"
    return MemberId(member)


def _from_member(
    operation: Operation, shares: Sequence[LotShare], *, entry: EntryKind, to: Account
) -> list[Movement]:
    member_id = member_of(operation)
    return [
        Movement(
            entry,
            member_account(member_id),
            to,
            share.points,
            member_id,
            LotId(parse_id(share.lot)),
        )
        for share in shares
    ]


def _to_member(
    operation: Operation,
    shares: Sequence[LotShare],
    *,
    entry: EntryKind,
    out_of: Account,
) -> list[Movement]:
    member_id = member_of(operation)
    return [
        Movement(
            entry,
            out_of,
            member_account(lot_owner(share, member_id)),
            share.points,
            lot_owner(share, member_id),
            LotId(parse_id(share.lot)),
        )
        for share in shares
    ]
