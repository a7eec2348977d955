"""Points that move without a sale: redeemed for another till, adjusted by hand, brought along.

These are facts of their own (DECISIONS 42): a redemption still spends a lease and obeys balance,
step and minimum; an adjustment needs a reason and is limited by nothing but the member's lots.
"""

from dataclasses import dataclass

import msgspec

from db.domain.ids import LotId, MemberId, parse_id
from db.domain.leases import LotShare, LotSpend, lot_owner, spend_movements
from db.domain.ledger import ISSUED, EntryKind, Movement, member_account
from db.domain.operations import Operation
from db.domain.refusals import Refusal
from db.domain.sales import AwardFact, award_movements, own_grants

ADJUST_POINTS_MAX = 10_000_000
REASON_CHARACTERS_MAX = 200


@dataclass(eq=False)
class AdjustmentOutOfRange(Refusal):
    """Nothing to adjust, or more than anyone adjusts by hand."""

    points: int
    largest: int


class RedeemBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `redeem`: points and their worth in 分, and which lots of which lease paid."""

    points: int
    value: int
    spends: tuple[LotSpend, ...]
    amount: int | None = None
    shift: str | None = None
    approver: str | None = None
    proof: str = ""


class AdjustBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of an `adjust`: lots opened, or points taken out of lots, and why."""

    points: int
    reason: str
    entry: str = "adjust"
    awards: tuple[AwardFact, ...] = ()
    taken: tuple[LotShare, ...] = ()
    shift: str | None = None
    approver: str | None = None
    batch: str | None = None


def redeem_movements(operation: Operation, body: RedeemBody) -> list[Movement]:
    """Return the movements of a redemption without a sale."""
    member = operation.member
    assert member is not None, "points belong to a member"
    return own_grants(operation) + spend_movements(MemberId(member), body.spends)


def adjust_movements(operation: Operation, body: AdjustBody) -> list[Movement]:
    """Return the movements of an adjustment or an opening balance."""
    member = operation.member
    assert member is not None, "points belong to a member"
    member_id = MemberId(member)
    entry = EntryKind(body.entry)
    taken = [
        Movement(
            entry,
            member_account(lot_owner(share, member_id)),
            ISSUED,
            share.points,
            lot_owner(share, member_id),
            LotId(parse_id(share.lot)),
        )
        for share in body.taken
    ]
    return taken + award_movements(member_id, body.awards, entry)
