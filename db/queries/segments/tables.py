"""What a segment's metrics need of all members: tables of member and figure, made once each.

The words are those of `db.domain.segments.record`, said in SQL. Gaps between visits need day
numbers: Fliegel and Van Flandern's formula (1968), for no database of ours has a calendar.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from db.domain.analytics.churn import VISITS_MIN
from db.domain.segments.record import first_day
from db.domain.segments.tree import Metric
from db.queries.segments.bound import Bound
from db.queries.segments.hours import HourShifts

BESIDE: Final = "f"
"""What the names of tables begin with that have one row a member at most."""
JULIAN: Final = 1_721_425
"""What a Julian day number is ahead of Python's ordinal."""
_SOLD: Final = """
SELECT coalesce(a.root_id, s.member_id) AS who, s.sale_id, s.business_day AS day, s.due,
       s.returned_whole AS gone, s.branch_id, s.sold_at
FROM sale AS s LEFT JOIN member_alias AS a ON a.alias_id = s.member_id
WHERE s.member_id IS NOT NULL AND s.reversed_by IS NULL AND s.business_day <= {today}
"""
_BACK: Final = """
SELECT coalesce(a.root_id, r.member_id) AS who, r.op, r.sale_id, r.business_day AS day, r.paid,
       r.branch_id
FROM goods_return AS r LEFT JOIN member_alias AS a ON a.alias_id = r.member_id
WHERE r.member_id IS NOT NULL AND r.business_day <= {today}
  AND NOT EXISTS (SELECT 1 FROM sale AS v WHERE v.sale_id = r.sale_id AND v.reversed_by IS NOT NULL)
"""
_POINTS: Final = """
SELECT coalesce(a.root_id, h.member_id) AS who, sum(h.points) AS v FROM (
    SELECT member_id, remaining AS points FROM lot
    WHERE remaining <> 0 AND (remaining < 0 OR expires_on IS NULL OR expires_on >= {today})
    UNION ALL
    SELECT l.member_id, p.granted - p.spent - p.returned FROM lease AS l
    JOIN lease_lot AS p ON p.lease_id = l.lease_id WHERE l.state <> 'reclaimed'
) AS h LEFT JOIN member_alias AS a ON a.alias_id = h.member_id
GROUP BY coalesce(a.root_id, h.member_id)
"""
_REDEEMED: Final = """
SELECT coalesce(a.root_id, u.member_id) AS who, max(u.day) AS v FROM (
    SELECT member_id, business_day AS day FROM sale
    WHERE member_id IS NOT NULL AND redeemed > 0 AND reversed_by IS NULL
    UNION ALL
    SELECT member_id, business_day FROM points_entry WHERE kind = 'redeem'
    UNION ALL
    SELECT member_id, business_day FROM reward_entry
    WHERE kind = 'gift_redeem' AND undone_by IS NULL
) AS u LEFT JOIN member_alias AS a ON a.alias_id = u.member_id
WHERE u.day <= {today} GROUP BY coalesce(a.root_id, u.member_id)
"""
_GAPS: Final = """
SELECT who, 2 * sum(gap) / count(*) AS twice FROM (
    SELECT who, gap, row_number() OVER (PARTITION BY who ORDER BY gap) AS place,
           count(*) OVER (PARTITION BY who) AS n
    FROM (SELECT who, n - lag(n) OVER (PARTITION BY who ORDER BY n) AS gap
          FROM {numbered} AS d) AS g
    WHERE gap IS NOT NULL
) AS h WHERE n >= {gaps} AND place IN ((n + 1) / 2, (n + 2) / 2) GROUP BY who, n
"""


class MemberTables:
    """Makes tables in one statement; each method returns a table's name or an expression."""

    def __init__(self, bound: Bound, today: date, hours: HourShifts) -> None:
        self._bound = bound
        self._day = today
        self._hours = hours

    def days(self, metric: Metric) -> str:
        """Return how many days of purchase a member has."""
        return f"coalesce({self._visited(metric, 'count(DISTINCT s.day)')}.v, 0)"

    def purchases(self, metric: Metric) -> str:
        """Return how many purchases he has."""
        return f"coalesce({self._visited(metric, 'count(*)')}.v, 0)"

    def first_day(self, metric: Metric) -> str:
        """Return his first day of purchase, if he has one."""
        return f"{self._visited(metric, 'min(s.day)')}.v"

    def last_day(self, metric: Metric) -> str:
        """Return his last day of purchase, if he has one."""
        return f"{self._visited(metric, 'max(s.day)')}.v"

    def spent(self, metric: Metric) -> str:
        """Return his net spend in 分."""
        key = ("spent", metric.days, metric.since, metric.category, metric.sku, metric.branch)
        return f"coalesce({self._beside(key, lambda: self._spending(metric))}.v, 0)"

    def points(self) -> str:
        """Return the points he has, waiting ones and those under leases among them."""
        table = self._beside("points", lambda: _POINTS.format(today=self._today()))
        return f"coalesce({table}.v, 0)"

    def redeemed_day(self) -> str:
        """Return the day on which he last used points, if he ever did."""
        return f"{self._beside('redeemed', lambda: _REDEEMED.format(today=self._today()))}.v"

    def twice_gap(self) -> str:
        """Return twice his median gap between visits in days, if he came often enough."""

        def gaps() -> str:
            numbered = self._bound.table("numbered", "numbered", self._numbered)
            return _GAPS.format(numbered=numbered, gaps=VISITS_MIN - 1)

        return f"{self._beside('gaps', gaps)}.twice"

    def _beside(self, key: object, text: Callable[[], str]) -> str:
        return self._bound.table(key, BESIDE, text)

    def _today(self) -> str:
        return self._bound.value(self._day.isoformat())

    def _sold(self) -> str:
        return self._bound.table("sold", "sold", lambda: _SOLD.format(today=self._today()))

    def _back(self) -> str:
        return self._bound.table("back", "back", lambda: _BACK.format(today=self._today()))

    def _visited(self, metric: Metric, counted: str) -> str:
        """Return the table of a figure over the visits that a metric looks at."""

        def text() -> str:
            narrowed = self._narrowed(metric, "s") + self._bought(metric)
            return (
                f"SELECT s.who, {counted} AS v FROM {self._sold()} AS s"  # noqa: S608 - bound values
                f" WHERE s.due >= 0 AND s.gone = 0{narrowed} GROUP BY s.who"
            )

        looked = (metric.days, metric.since, metric.category, metric.sku, metric.branch)
        return self._beside((counted, *looked, metric.hours), text)

    def _narrowed(self, metric: Metric, row: str) -> str:
        text = ""
        if metric.days is not None or metric.since is not None:
            first = first_day(metric, self._day).isoformat()
            text += f" AND {row}.day >= {self._bound.value(first)}"
        if metric.branch is not None:
            name = self._bound.value(metric.branch)
            branches = f"SELECT branch_id FROM branch WHERE name = {name}"  # noqa: S608 - bound values
            text += f" AND {row}.branch_id IN ({branches})"
        return text

    def _bought(self, metric: Metric) -> str:
        text = ""
        if metric.hours is not None:
            first, last = metric.hours
            hour = self._hours.sql("s.sold_at")
            joined = "AND" if first <= last else "OR"
            text += f" AND ({hour} >= {first} {joined} {hour} < {last})"
        if metric.sku is not None or metric.category is not None:
            text += (
                " AND EXISTS (SELECT 1 FROM sale_line AS l WHERE l.sale_id = s.sale_id"  # noqa: S608 - bound values
                f" AND l.amount - l.redeemed_value >= 0{self._goods(metric)})"
            )
        return text

    def _goods(self, metric: Metric) -> str:
        text = ""
        if metric.sku is not None:
            text += f" AND l.sku = {self._bound.value(metric.sku)}"
        if metric.category is not None:
            path = f"{metric.category}/"
            prefix = self._bound.value(path)
            text += f" AND substr(l.category || '/', 1, {len(path)}) = {prefix}"
        return text

    def _spending(self, metric: Metric) -> str:
        sold, back = self._sold(), self._back()
        paid, given, joined, returned = "s.due", "r.paid", "", ""
        if metric.sku is not None or metric.category is not None:
            paid, given = "l.amount - l.redeemed_value", "g.paid"
            joined = " JOIN sale_line AS l ON l.sale_id = s.sale_id"
            returned = (
                " JOIN goods_return_line AS g ON g.op = r.op"
                " JOIN sale_line AS l ON l.sale_id = r.sale_id AND l.line = g.line"
            )
        bought = self._narrowed(metric, "s") + self._goods(metric)
        came_back = self._narrowed(metric, "r") + self._goods(metric)
        return (
            "SELECT who, sum(v) AS v FROM ("  # noqa: S608 - bound values
            f"SELECT s.who, {paid} AS v FROM {sold} AS s{joined} WHERE 1 = 1{bought}"
            f" UNION ALL SELECT r.who, -{given} FROM {back} AS r{returned} WHERE 1 = 1{came_back}"
            ") AS x GROUP BY who"
        )

    def _numbered(self) -> str:
        return (
            f"SELECT DISTINCT s.who, {day_number('s.day')} AS n FROM {self._sold()} AS s"  # noqa: S608 - constant parts
            " WHERE s.due >= 0 AND s.gone = 0"
        )


def day_number(day: str) -> str:
    """Return the Julian day number of an ISO day."""
    y, m, d = (
        f"CAST(substr({day}, {first}, {length}) AS INTEGER)"
        for first, length in ((1, 4), (6, 2), (9, 2))
    )
    return (
        f"{d} - 32075 + 1461 * ({y} + 4800 + ({m} - 14) / 12) / 4"
        f" + 367 * ({m} - 2 - ({m} - 14) / 12 * 12) / 12"
        f" - 3 * (({y} + 4900 + ({m} - 14) / 12) / 100) / 4"
    )
