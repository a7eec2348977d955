"""Taking awarded points back: out of which lots, and what is owed when none holds them.

First the sale's own lots, pending or not, then the member's others in the order of spending, then
those that are still pending. What no lot holds is owed (欠分), and later awards repay it (DECISIONS
6); in the ledger it presses the sale's own lot below zero, where it counts against the balance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.domain.ids import LotId
from db.domain.lots import Lot, spend_order


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Which lots give how many points up; no lot holds the `owed` ones."""

    shares: tuple[tuple[LotId, int], ...]
    owed: int


def take_back(lots: Sequence[Lot], *, own: Sequence[LotId], points: int, on: date) -> TakenBack:
    """Return which of a member's lots give up `points` on a business day.

    `own` are the lots that the sale opened, in their order, empty ones too.
    """
    held = {lot.lot_id: lot for lot in lots}
    mine = [held[lot_id] for lot_id in own if lot_id in held]
    others = [lot for lot in lots if lot.lot_id not in set(own)]
    waiting = [lot for lot in others if lot.points > 0 and lot.available_on > on]
    waiting.sort(key=lambda lot: (lot.available_on, lot.lot_id))
    shares: dict[LotId, int] = {}
    left = points
    for lot in (*mine, *spend_order(others, on), *waiting):
        part = max(0, min(left, lot.points))
        if part:
            shares[lot.lot_id] = part
            left -= part
    return TakenBack(tuple(shares.items()), left)
