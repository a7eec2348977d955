"""Maintained rows: what reports and cards read instead of history.

Each is updated in the act's own transaction and is the sum of the acts, whatever their order;
`verify` recomputes them. Undoing subtracts what was added; first and last visit are asked again,
because a minimum does not subtract.
"""

from collections.abc import Collection, Sequence
from operator import add
from typing import Any, NamedTuple

import msgspec

from db.domain.ids import MemberId
from db.storage.database import Statements, in_lists


class CounterDay(NamedTuple):
    """Which row an act counts in: one business day of one counter."""

    branch_id: bytes
    counter_id: bytes
    business_day: str


class DayFigures(msgspec.Struct, frozen=True):
    """What one act adds to its counter's business day; money in 分, all may be negative."""

    sales: int = 0
    amount: int = 0
    member_sales: int = 0
    member_amount: int = 0
    reversed_sales: int = 0
    reversed_amount: int = 0
    new_members: int = 0
    earned: int = 0
    redeemed: int = 0
    adjusted: int = 0
    returns: int = 0
    returned_amount: int = 0
    returned_earned: int = 0
    returned_redeemed: int = 0


_DAY = """
INSERT INTO counter_day (branch_id, counter_id, business_day, sales, amount, member_sales,
    member_amount, reversed_sales, reversed_amount, new_members, earned, redeemed, adjusted,
    returns, returned_amount, returned_earned, returned_redeemed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (branch_id, counter_id, business_day) DO UPDATE SET
    sales = sales + excluded.sales, amount = amount + excluded.amount,
    member_sales = member_sales + excluded.member_sales,
    member_amount = member_amount + excluded.member_amount,
    reversed_sales = reversed_sales + excluded.reversed_sales,
    reversed_amount = reversed_amount + excluded.reversed_amount,
    new_members = new_members + excluded.new_members,
    earned = earned + excluded.earned, redeemed = redeemed + excluded.redeemed,
    adjusted = adjusted + excluded.adjusted,
    returns = returns + excluded.returns,
    returned_amount = returned_amount + excluded.returned_amount,
    returned_earned = returned_earned + excluded.returned_earned,
    returned_redeemed = returned_redeemed + excluded.returned_redeemed
"""
_VISIT = """
INSERT INTO member_total (member_id, visits, spend, earned, redeemed, first_on, last_on, last_at)
VALUES (?1, 1, ?2, ?3, ?4, ?5, ?5, ?6)
ON CONFLICT (member_id) DO UPDATE SET
    visits = visits + 1, spend = spend + excluded.spend, earned = earned + excluded.earned,
    redeemed = redeemed + excluded.redeemed,
    first_on = min(coalesce(first_on, excluded.first_on), excluded.first_on),
    last_on = max(coalesce(last_on, excluded.last_on), excluded.last_on),
    last_at = max(coalesce(last_at, excluded.last_at), excluded.last_at)
"""
_STANDING = "FROM sale WHERE member_id = ?1 AND reversed_by IS NULL AND returned_whole = 0"
_LESS = """
UPDATE member_total SET spend = spend - ?2, earned = earned - ?3, redeemed = redeemed - ?4
WHERE member_id = ?1
"""
_UNVISIT = f"""
UPDATE member_total SET visits = visits - 1,
    first_on = (SELECT min(business_day) {_STANDING}),
    last_on = (SELECT max(business_day) {_STANDING}),
    last_at = (SELECT max(sold_at) {_STANDING})
WHERE member_id = ?1
"""  # noqa: S608 - constant parts
_NOTHING = """
DELETE FROM member_total WHERE member_id = ?1 AND (visits, spend, earned, redeemed) = (0, 0, 0, 0)
  AND NOT EXISTS (SELECT 1 FROM sale WHERE member_id = ?1)
  AND NOT EXISTS (SELECT 1 FROM points_entry WHERE member_id = ?1)
  AND NOT EXISTS (SELECT 1 FROM reward_entry WHERE member_id = ?1)
"""
_HAPPENED = " ".join(
    f"AND NOT EXISTS (SELECT 1 FROM {table} WHERE counter_id = ?2 AND business_day = ?3)"  # noqa: S608 - constant names
    for table in ("sale", "reversal", "goods_return", "points_entry", "reward_entry")
)
_EMPTY = f"""
DELETE FROM counter_day WHERE branch_id = ?1 AND counter_id = ?2 AND business_day = ?3
  AND (sales, amount, member_sales, member_amount, reversed_sales, reversed_amount, new_members,
       earned, redeemed, adjusted, returns, returned_amount, returned_earned, returned_redeemed)
    = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) {_HAPPENED}
"""  # noqa: S608 - constant names
_LAST_OF = "SELECT member_id, last_on FROM member_total WHERE member_id IN"


class TotalRepository:
    """Access to `member_total` and `counter_day` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql
        self._last_on: dict[bytes, str | None] = {}
        """What is known of last visits, where many operations are applied together."""

    def foresee(self, member_ids: Collection[bytes]) -> None:
        """Ask at once for members' last visits; before many operations are applied together."""
        self._last_on = dict.fromkeys(member_ids)
        rows = in_lists(self._sql, _LAST_OF, list(member_ids))
        self._last_on.update((row[0], row[1]) for row in rows)

    def add_day(self, day: CounterDay, figures: DayFigures) -> None:
        """Add an act's figures to its counter's day."""
        row = (*day, *msgspec.structs.astuple(figures))
        self._sql.later(_DAY, row, key=day, merge=_summed)

    def add_visit(
        self,
        member_id: MemberId,
        *,
        spend: int,
        earned: int,
        redeemed: int,
        business_day: str,
        sold_at: int,
    ) -> None:
        """Count a sale for its member."""
        if member_id in self._last_on:
            self._last_on[member_id] = max(self._last_on[member_id] or "", business_day)
        self._sql.later(_VISIT, (member_id, spend, earned, redeemed, business_day, sold_at))

    def remove_visit(self, member_id: MemberId, *, spend: int, earned: int, redeemed: int) -> None:
        """Uncount a sale of which nothing is left, and what was left; call after it is marked."""
        self._last_on.pop(member_id, None)
        self.take_off(member_id, spend=spend, earned=earned, redeemed=redeemed)
        self._sql.run(_UNVISIT, (member_id,))

    def forget_nothing(self, member_id: MemberId) -> None:
        """Take out the row of a member of whom nothing counts, nor ever did."""
        self._sql.run(_NOTHING, (member_id,))

    def forget_empty(self, day: CounterDay) -> None:
        """Take out the row of a counter's day on which nothing counts, nor ever did."""
        self._sql.run(_EMPTY, tuple(day))

    def take_off(self, member_id: MemberId, *, spend: int, earned: int, redeemed: int) -> None:
        """Take off what came back of a sale that is still a visit."""
        self._sql.run(_LESS, (member_id, spend, earned, redeemed))

    def add_points(self, member_id: MemberId, *, earned: int, redeemed: int) -> None:
        """Count points that moved without a sale."""
        self._sql.run(
            "INSERT INTO member_total (member_id, earned, redeemed) VALUES (?, ?, ?)"
            " ON CONFLICT (member_id) DO UPDATE SET earned = earned + excluded.earned,"
            " redeemed = redeemed + excluded.redeemed",
            (member_id, earned, redeemed),
        )

    def last_on(self, member_id: MemberId) -> str | None:
        """Return the business day of a member's last standing sale."""
        if member_id in self._last_on:
            return self._last_on[member_id]
        day: str | None = self._sql.value(
            "SELECT last_on FROM member_total WHERE member_id = ?", (member_id,)
        )
        return day


def _summed(before: Sequence[Any], after: Sequence[Any]) -> Sequence[Any]:
    """Return one row of what two acts add to a counter's day."""
    key = len(CounterDay._fields)
    return (*before[:key], *map(add, before[key:], after[key:]))
