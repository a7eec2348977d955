"""What a shop owes for stored value: opening + top-ups − spent − refunded − expired = closing.

Principal and bonus apart, per branch (DECISIONS 38). A movement counts where it happened: what is
paid in at one branch and spent at another lowers the other's. Bonus expires at the end of its last
day, at the branch that gave it; today's last day is not over yet. `spent` is net of what
reversals and returns gave back. Money is in 分.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from db.domain.ids import BranchId
from db.storage.database import Reader

_MOVED = """
SELECT t.branch_id, t.purse,
       coalesce(sum(iif(t.credit = 'member', t.amount, -t.amount))
                FILTER (WHERE t.business_day < ?1), 0),
       coalesce(sum(t.amount) FILTER (WHERE t.business_day >= ?1 AND t.entry = 'top_up'), 0),
       coalesce(sum(iif(t.credit = 'member', -t.amount, t.amount)) FILTER (
           WHERE t.business_day >= ?1 AND t.entry IN ('spend', 'give_back')), 0),
       coalesce(sum(t.amount) FILTER (WHERE t.business_day >= ?1 AND t.entry = 'refund'), 0)
FROM value_transfer AS t
WHERE t.business_day <= ?2 AND (?3 IS NULL OR t.branch_id = ?3)
GROUP BY t.branch_id, t.purse
"""
_EXPIRED = """
SELECT t.branch_id, coalesce(sum(l.remaining) FILTER (WHERE l.expires_on < ?1), 0),
       coalesce(sum(l.remaining) FILTER (WHERE l.expires_on >= ?1), 0)
FROM value_lot AS l
JOIN value_transfer AS t ON t.op = l.op AND t.lot_id = l.lot_id
WHERE l.remaining <> 0 AND l.expires_on <= ?2 AND (?3 IS NULL OR t.branch_id = ?3)
GROUP BY t.branch_id
"""
_NAMES = "SELECT branch_id, name FROM branch WHERE ?1 IS NULL OR branch_id = ?1 ORDER BY name"
_DAY = """
SELECT count(*) FILTER (WHERE kind = 'top_up'),
       coalesce(sum(principal) FILTER (WHERE kind = 'top_up'), 0),
       coalesce(sum(bonus) FILTER (WHERE kind = 'top_up'), 0),
       count(*) FILTER (WHERE kind = 'refund'),
       coalesce(-sum(principal) FILTER (WHERE kind = 'refund'), 0),
       coalesce(-sum(bonus) FILTER (WHERE kind = 'refund'), 0),
       coalesce(sum(principal) FILTER (WHERE tender = 'cash'), 0)
FROM value_entry WHERE business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR branch_id = ?3)
"""
_SPENT = """
SELECT coalesce(sum(iif(debit = 'member', amount, -amount)) FILTER (WHERE purse = 'principal'), 0),
       coalesce(sum(iif(debit = 'member', amount, -amount)) FILTER (WHERE purse = 'bonus'), 0)
FROM value_transfer WHERE business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR branch_id = ?3)
  AND entry IN ('spend', 'give_back')
"""


class PurseFigures(NamedTuple):
    """One purse over some business days, in 分; `spent` is net of what went back."""

    opening: int = 0
    topped_up: int = 0
    spent: int = 0
    refunded: int = 0
    expired: int = 0

    @property
    def closing(self) -> int:
        """Return what is owed at the end of the last day."""
        return self.opening + self.topped_up - self.spent - self.refunded - self.expired

    def plus(self, other: "PurseFigures") -> "PurseFigures":
        """Return both together."""
        return PurseFigures(*(a + b for a, b in zip(self, other, strict=True)))


@dataclass(frozen=True, slots=True)
class BranchValue:
    """What happened at one branch."""

    branch: str
    principal: PurseFigures
    bonus: PurseFigures


@dataclass(frozen=True, slots=True)
class StoredValueReport:
    """The liability of the whole shop, or of one branch, and of each branch in it."""

    day_from: date
    day_to: date
    principal: PurseFigures
    bonus: PurseFigures
    branches: tuple[BranchValue, ...]

    @property
    def closing(self) -> int:
        """Return what is owed of both purses at the end of the last day, in 分."""
        return self.principal.closing + self.bonus.closing


@dataclass(frozen=True, slots=True)
class ValueDay:
    """Stored value over some business days beside the sales: paid in, paid out, spent; 分.

    `value_cash` went through the drawers net of refunds, `spent_…` is net of what sales gave back.
    """

    top_ups: int
    topped_up: int
    bonus_given: int
    refunds: int
    value_refunded: int
    bonus_void: int
    value_cash: int
    spent_principal: int
    spent_bonus: int

    @property
    def empty(self) -> bool:
        """Say whether nothing happened."""
        return not (self.top_ups or self.refunds or self.spent_principal or self.spent_bonus)


def stored_value_report(
    reader: Reader, *, branch_id: BranchId | None, day_from: date, day_to: date, today: date
) -> StoredValueReport:
    """Return the liability over business days, both included; lots end by `today` at most."""
    days = (day_from.isoformat(), day_to.isoformat(), branch_id)
    over = min(day_to, today - timedelta(days=1))
    purses = {
        (row[0], row[1]): PurseFigures(row[2], row[3], row[4], row[5])
        for row in reader.all(_MOVED, days)
    }
    for branch, before, within in reader.all(_EXPIRED, (days[0], over.isoformat(), branch_id)):
        figures = purses.get((branch, "bonus"), PurseFigures())
        purses[branch, "bonus"] = figures._replace(opening=figures.opening - before, expired=within)
    nothing = PurseFigures()
    branches = tuple(
        BranchValue(
            name, purses.get((branch, "principal"), nothing), purses.get((branch, "bonus"), nothing)
        )
        for branch, name in reader.all(_NAMES, (branch_id,))
    )
    principal, bonus = nothing, nothing
    for row in branches:
        principal, bonus = principal.plus(row.principal), bonus.plus(row.bonus)
    return StoredValueReport(day_from, day_to, principal, bonus, branches)


def value_day(reader: Reader, days: tuple[str, str, BranchId | None]) -> ValueDay:
    """Return what stored value did on some business days of a branch, or of all of them."""
    entries, spent = reader.one(_DAY, days), reader.one(_SPENT, days)
    assert entries is not None, "an aggregate always answers"
    assert spent is not None, "an aggregate always answers"
    return ValueDay(*entries, *spent)
