"""Points owed, as the authority settles them: which awards repay, and what is forgiven.

Each award repays once it is available, by the program's share of what was awarded, the oldest debt
first (DECISIONS 6). An award that had ended before a debt arose repays nothing of it. What has been
owed for more than the program's days is forgiven.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from db.domain.ids import LotId


@dataclass(frozen=True, slots=True)
class DebtLot:
    """A lot that is owed: so many points below zero, since a business day."""

    lot_id: LotId
    owed: int
    since: date


@dataclass(frozen=True, slots=True)
class PayingLot:
    """An award that may repay: what is left of it, and how much more of it goes to debts."""

    lot_id: LotId
    left: int
    share: int
    expires_on: date | None


Shares = tuple[tuple[LotId, int], ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """`paid` leaves awards and fills `repaid`, in equal sums; `forgiven` is lost to the shop."""

    paid: Shares = ()
    repaid: Shares = ()
    forgiven: Shares = ()


def share_of(awarded: int, share: Fraction, repaid: int) -> int:
    """Return how many points of an award are still to repay debts."""
    part = awarded * share
    return max(0, part.numerator // part.denominator - repaid)


def settle(
    owed: list[DebtLot], paying: list[PayingLot], *, on: date, write_off_days: int | None
) -> Settlement:
    """Return how debts are settled on a business day; both lists are in order of their age."""
    paid: dict[LotId, int] = {}
    repaid: dict[LotId, int] = {}
    for debt in owed:
        for lot in paying:
            if lot.expires_on is not None and lot.expires_on < debt.since:
                continue
            used = paid.get(lot.lot_id, 0)
            missing = debt.owed - repaid.get(debt.lot_id, 0)
            part = min(missing, lot.left - used, lot.share - used)
            if part > 0:
                paid[lot.lot_id] = used + part
                repaid[debt.lot_id] = repaid.get(debt.lot_id, 0) + part
    forgiven = {
        debt.lot_id: debt.owed - repaid.get(debt.lot_id, 0)
        for debt in owed
        if write_off_days is not None and debt.since + timedelta(days=write_off_days) < on
    }
    return Settlement(
        tuple(paid.items()),
        tuple(repaid.items()),
        tuple((lot_id, points) for lot_id, points in forgiven.items() if points),
    )
