"""Reversing a sale: who may, how long, and what goes back where.

Nothing is edited or deleted. Undo is open for two minutes and to everyone who may sell; later a
void needs a reason. Both restore exactly what the sale did: sale and reversal together change
nothing but history.
"""

from dataclasses import dataclass
from typing import Protocol

from db.domain.ids import LeaseId, LotId, MemberId, SaleId, parse_id
from db.domain.leases import LotShare, LotSpend, lot_owner
from db.domain.ledger import (
    ISSUED,
    REDEEMED,
    EntryKind,
    Movement,
    lease_account,
    member_account,
)
from db.domain.operations import Operation
from db.domain.refusals import Refusal
from db.domain.sales import AwardFact

UNDO_MS = 120_000
"""How long the undo bar stays: two minutes from the sale's own time."""


@dataclass(eq=False)
class UndoTooLate(Refusal):
    """The two minutes are over; a void is the way now."""

    sale_id: SaleId
    elapsed_ms: int


@dataclass(eq=False)
class AlreadyReversed(Refusal):
    """The sale was undone or voided before."""

    sale_id: SaleId


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """The act needs a reason in words."""


@dataclass(eq=False)
class NotThisCounter(Refusal):
    """Only the counter that made the sale may undo it."""

    sale_id: SaleId


def check_undo(sale_id: SaleId, *, sold_at: int, at_ms: int) -> None:
    """Refuse an undo when more than `UNDO_MS` have passed since the sale."""
    if at_ms - sold_at > UNDO_MS:
        raise UndoTooLate(sale_id, at_ms - sold_at)


class Reversing(Protocol):
    """What reverses a sale or a part of it names: lots that give points up, and that get some."""

    @property
    def taken(self) -> tuple[LotShare, ...]:
        """Return the lots that give awarded points up."""

    @property
    def restored(self) -> tuple[LotSpend, ...]:
        """Return the lots, with their leases, that get spent points back."""

    @property
    def renewed(self) -> tuple[AwardFact, ...]:
        """Return the lots opened in place of those that have run out."""


def reversal_movements(operation: Operation, body: Reversing) -> list[Movement]:
    """Return the opposite of what the sale, or the returned part of it, did to the ledger."""
    if (member := operation.member) is None:
        return []
    member_id = MemberId(member)
    taken = [_taken(member_id, share) for share in body.taken]
    restored = [
        Movement(
            EntryKind.GIVE_BACK,
            REDEEMED,
            lease_account(LeaseId(parse_id(spend.lease)))
            if spend.lease
            else member_account(lot_owner(spend, member_id)),
            spend.points,
            lot_owner(spend, member_id),
            LotId(parse_id(spend.lot)),
        )
        for spend in body.restored
    ]
    renewed = [
        Movement(
            EntryKind.GIVE_BACK,
            REDEEMED,
            member_account(member_id),
            award.points,
            member_id,
            LotId(parse_id(award.lot)),
        )
        for award in body.renewed
    ]
    return taken + restored + renewed


def _taken(member_id: MemberId, share: LotShare) -> Movement:
    lot_id = LotId(parse_id(share.lot))
    account = member_account(member_id)
    return Movement(EntryKind.TAKE_BACK, account, ISSUED, share.points, member_id, lot_id)
