"""Lots: points with their own first and last day, and the order in which they are spent.

Nearest expiry first, then the oldest, never-expiring last (PROGRAM.md §4). Days are business days,
both inclusive. What is available on a day is a function of the lots and that day alone, so that a
counter is right offline. A lot below zero is points owed: it counts against the balance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.domain.ids import LotId


@dataclass(frozen=True, slots=True)
class Lot:
    """One award: what is left of it, from when to when, and when it was opened (UTC ms)."""

    lot_id: LotId
    points: int
    available_on: date
    expires_on: date | None = None
    opened_at: int = 0

    def usable(self, on: date) -> bool:
        """Say whether the lot's points may be spent on a business day."""
        return self.available_on <= on and (self.expires_on is None or on <= self.expires_on)


def spend_order(lots: Iterable[Lot], on: date) -> list[Lot]:
    """Return the lots that can pay on a business day, in the order in which they do."""
    usable = [lot for lot in lots if lot.points > 0 and lot.usable(on)]
    return sorted(usable, key=lambda lot: (lot.expires_on or date.max, lot.opened_at, lot.lot_id))


def take(lots: Iterable[Lot], points: int, on: date) -> list[tuple[LotId, int]]:
    """Return which lots pay for `points` on a business day, and how much each.

    The caller has checked the balance: asking for more than the lots hold is a bug.
    """
    assert points >= 0, "nobody spends less than nothing"
    taken: list[tuple[LotId, int]] = []
    for lot in spend_order(lots, on):
        if points == 0:
            break
        part = min(lot.points, points)
        taken.append((lot.lot_id, part))
        points -= part
    assert points == 0, "the balance is checked before lots are taken"
    return taken


def available_on(lots: Iterable[Lot], day: date) -> int:
    """Return the points that can be spent on a business day; below zero they are owed.

    Owed points (lots below zero) always count, whatever their days.
    """
    return sum(lot.points for lot in lots if lot.points < 0 or lot.usable(day))


def pending(lots: Iterable[Lot], day: date) -> int:
    """Return the points that are awarded and not yet usable on a business day."""
    return sum(lot.points for lot in lots if lot.points > 0 and lot.available_on > day)


def next_expiry(lots: Iterable[Lot], day: date) -> tuple[date, int] | None:
    """Return the nearest last day among usable lots, and how many points end on it."""
    ending = [(lot.expires_on, lot.points) for lot in lots if lot.points > 0 and lot.usable(day)]
    dates = [expires_on for expires_on, _ in ending if expires_on is not None]
    if not dates:
        return None
    nearest = min(dates)
    return nearest, sum(points for expires_on, points in ending if expires_on == nearest)
