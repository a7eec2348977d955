"""The day report's tables: one question each, over the standing sales of some business days.

A sale that was undone or voided is in none of them; it counts apart, on the day it was taken back.
"""

from collections import Counter
from dataclasses import dataclass

from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId
from db.storage.database import Reader
from db.storage.home import SELF

CATEGORIES_MAX = 10
CASHIERS_MAX = 100
_QUARTER_MS = 900_000
_DAY_HOURS = 24
_IN_DAYS = "business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR {}branch_id = ?3)"
_STANDING = f"{_IN_DAYS.format('s.')} AND s.reversed_by IS NULL"
_TENDERS = f"""
SELECT s.tender, count(*), sum(s.amount) FROM sale_tender AS s
WHERE s.{_STANDING} GROUP BY s.tender ORDER BY sum(s.amount) DESC, s.tender
"""  # noqa: S608 - constant parts
_QUARTERS = f"""
SELECT s.sold_at / {_QUARTER_MS}, count(*), sum(s.due) FROM sale AS s
WHERE s.{_STANDING} GROUP BY 1
"""  # noqa: S608 - constant parts
_CATEGORIES = f"""
SELECT CASE instr(l.category, '/') WHEN 0 THEN l.category
       ELSE substr(l.category, 1, instr(l.category, '/') - 1) END,
       sum(l.quantity), sum(l.amount)
FROM sale AS s JOIN sale_line AS l USING (sale_id)
WHERE s.{_STANDING} GROUP BY 1 ORDER BY 3 DESC, 1
"""  # noqa: S608 - constant parts
_CASHIERS = f"""
WITH act (staff_id, sales, amount, member_sales, undone, voided, redeemed, adjusted) AS (
    SELECT s.staff_id, 1, s.due, iif(s.member_id IS NULL, 0, 1), 0, 0, s.redeemed, 0
    FROM sale AS s WHERE s.{_STANDING}
    UNION ALL
    SELECT staff_id, 0, 0, 0, iif(manner = 'undo', 1, 0), iif(manner = 'void', 1, 0), 0, 0
    FROM reversal WHERE {_IN_DAYS.format("")}
    UNION ALL
    SELECT staff_id, 0, 0, 0, 0, 0, CASE kind WHEN 'redeem' THEN -points ELSE 0 END,
           CASE kind WHEN 'adjust' THEN points ELSE 0 END
    FROM points_entry WHERE {_IN_DAYS.format("")} AND kind <> 'opening'
)
SELECT coalesce(f.name, ''), coalesce(f.code, ''), sum(sales), sum(amount), sum(member_sales),
       sum(undone), sum(voided), sum(redeemed), sum(adjusted)
FROM act LEFT JOIN staff AS f ON f.staff_id = act.staff_id
GROUP BY act.staff_id, f.name, f.code ORDER BY sum(amount) DESC, f.code LIMIT {CASHIERS_MAX}
"""  # noqa: S608 - constant parts
_COUNTERS = f"""
SELECT c.counter_id, b.name, c.name, coalesce(sum(d.sales), 0), coalesce(sum(d.amount), 0),
       coalesce(sum(d.member_sales), 0), coalesce(sum(d.reversed_sales), 0),
       coalesce(sum(d.reversed_amount), 0), coalesce(sum(d.new_members), 0),
       coalesce(sum(d.earned), 0), coalesce(sum(d.redeemed), 0),
       (SELECT nullif(max(hlc) >> 16, 0) FROM stream WHERE counter_id = c.counter_id)
FROM counter AS c
JOIN branch AS b ON b.branch_id = c.branch_id
LEFT JOIN counter_day AS d ON d.counter_id = c.counter_id AND d.{_IN_DAYS.format("d.")}
WHERE ?3 IS NULL OR c.branch_id = ?3
GROUP BY c.counter_id, b.name, c.name ORDER BY 5 DESC, b.name, c.name
"""  # noqa: S608 - constant parts
_AUTHORITY = "SELECT value FROM setting WHERE name = 'authority'"
_SOLD = "SELECT counter_id, max(sold_at) FROM sale WHERE business_day BETWEEN ? AND ? GROUP BY 1"
_DESK = "SELECT counter_id FROM counter WHERE number_block IS NULL"
_DAYS = f"""
SELECT business_day, sum(sales), sum(amount), sum(member_amount), sum(new_members)
FROM counter_day WHERE {_IN_DAYS.format("")} GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - constant parts


@dataclass(frozen=True, slots=True)
class Days:
    """Which business days (ISO, both included) of which branch; of all branches for none."""

    first: str
    last: str
    branch_id: BranchId | None

    @property
    def params(self) -> tuple[str, str, BranchId | None]:
        """Return ?1, ?2 and ?3 of every statement here."""
        return self.first, self.last, self.branch_id


@dataclass(frozen=True, slots=True)
class TenderRow:
    """How much was paid in one way, in 分; a sale in two ways counts in both."""

    tender: str
    sales: int
    amount: int


@dataclass(frozen=True, slots=True)
class HourRow:
    """One hour of the branch's clock, 0 to 23."""

    hour: int
    sales: int
    amount: int


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A top category; empty for lines without one."""

    category: str
    quantity: int
    amount: int


@dataclass(frozen=True, slots=True)
class CashierRow:
    """What one person did: his standing sales, and his reversals on the day he made them."""

    name: str
    code: str
    sales: int
    amount: int
    member_sales: int
    undone: int
    voided: int
    redeemed: int
    adjusted: int


@dataclass(frozen=True, slots=True)
class CounterRow:
    """One counter's days.

    `last_data_ms` is the newest thing known of it, `silent` that nothing of the last day has come.
    """

    branch: str
    counter: str
    sales: int
    amount: int
    member_sales: int
    reversed_sales: int
    reversed_amount: int
    new_members: int
    earned: int
    redeemed: int
    last_data_ms: int | None
    silent: bool


@dataclass(frozen=True, slots=True)
class DayRow:
    """One business day."""

    day: str
    sales: int
    amount: int
    member_amount: int
    new_members: int


def tenders(reader: Reader, days: Days) -> tuple[TenderRow, ...]:
    """Return what was paid how, the largest first."""
    return tuple(TenderRow(*row) for row in reader.all(_TENDERS, days.params))


def hours(reader: Reader, days: Days, *, calendar: BusinessCalendar) -> tuple[HourRow, ...]:
    """Return the hours from the first sale's to the last one's in the order of the business day.

    Grouped by quarter hours in the database, because some zones are half an hour apart.
    """
    sales: Counter[int] = Counter()
    amounts: Counter[int] = Counter()
    cut = calendar.day_cut_minutes // 60
    for quarter, count, amount in reader.all(_QUARTERS, days.params):
        place = (calendar.local(quarter * _QUARTER_MS).hour - cut) % _DAY_HOURS
        sales[place] += count
        amounts[place] += amount
    if not sales:
        return ()
    places = range(min(sales), max(sales) + 1)
    return tuple(
        HourRow((place + cut) % _DAY_HOURS, sales[place], amounts[place]) for place in places
    )


def categories(reader: Reader, days: Days) -> tuple[tuple[CategoryRow, ...], CategoryRow | None]:
    """Return the ten largest top categories, and the rest of them as one row."""
    rows = [CategoryRow(*row) for row in reader.all(_CATEGORIES, days.params)]
    rest = rows[CATEGORIES_MAX:]
    if not rest:
        return tuple(rows), None
    quantity, amount = sum(row.quantity for row in rest), sum(row.amount for row in rest)
    return tuple(rows[:CATEGORIES_MAX]), CategoryRow("", quantity, amount)


def cashiers(reader: Reader, days: Days) -> tuple[CashierRow, ...]:
    """Return what each person did, the largest amount first."""
    return tuple(CashierRow(*row) for row in reader.all(_CASHIERS, days.params))


def counters(
    reader: Reader, days: Days, *, since_ms: int, own: bytes | None
) -> tuple[CounterRow, ...]:
    """Return every counter, the quiet ones too; silent is one without data since `since_ms`.

    Head office's own desk, which is no counter of a shop, is left out unless it did something. A
    counter of a head office has no stream of the others: what it knows of them are their sales.
    """
    found = reader.all(_COUNTERS, days.params)
    sold: dict[bytes, int] = {}
    alone = reader.value(_AUTHORITY) == SELF
    if alone:
        desks = {own} if len(found) > 1 else set()
    else:
        desks = {row[0] for row in reader.all(_DESK)} - {own}
        sold = dict(reader.all(_SOLD, days.params[:2]))
    rows = []
    for row in found:
        acted = any(row[3:11])
        if row[0] in desks and not acted:
            continue
        newest = max(row[11] or 0, sold.get(row[0], 0)) or None
        quiet = (newest or 0) < since_ms and not (acted and days.first == days.last)
        rows.append(CounterRow(*(*row[1:11], newest, row[0] != own and quiet)))
    return tuple(rows)


def by_day(reader: Reader, days: Days) -> tuple[DayRow, ...]:
    """Return the business days that have anything, oldest first."""
    return tuple(DayRow(*row) for row in reader.all(_DAYS, days.params))
