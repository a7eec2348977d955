"""The day report: everything a manager closes a business day (or a few of them) with.

The headline is read from `counter_day`, which every act maintains; tables are read from the sales
themselves, and a test holds the two together and to the ledger. Sales that were undone or voided
count nowhere but in the reversals of the day they were taken back. Money is in 分.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId
from db.queries.reports.day_parts import (
    CashierRow,
    CategoryRow,
    CounterRow,
    DayRow,
    Days,
    HourRow,
    TenderRow,
    by_day,
    cashiers,
    categories,
    counters,
    hours,
    tenders,
)
from db.queries.reports.stored_value import ValueDay, value_day
from db.queries.shift_summary import ShiftSummary, shifts_of_days
from db.storage.database import Reader, Row

DAYS_MAX = 366
_WEEK_DAYS = 7
_FIGURES = """
SELECT coalesce(sum(sales), 0), coalesce(sum(amount), 0), coalesce(sum(member_sales), 0),
       coalesce(sum(member_amount), 0), coalesce(sum(new_members), 0), coalesce(sum(earned), 0),
       coalesce(sum(redeemed), 0), coalesce(sum(adjusted), 0)
FROM counter_day WHERE business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR branch_id = ?3)
"""
_REVERSALS = """
SELECT count(*) FILTER (WHERE r.manner = 'undo'),
       coalesce(sum(s.due) FILTER (WHERE r.manner = 'undo'), 0),
       count(*) FILTER (WHERE r.manner = 'void'),
       coalesce(sum(s.due) FILTER (WHERE r.manner = 'void'), 0),
       coalesce(sum(s.earned), 0), coalesce(sum(s.redeemed), 0),
       coalesce(sum(s.earned) FILTER (WHERE r.manner = 'void'), 0),
       coalesce(sum(s.redeemed) FILTER (WHERE r.manner = 'void'), 0)
FROM reversal AS r JOIN sale AS s USING (sale_id)
WHERE r.business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR r.branch_id = ?3)
"""
_RETURNS = """
SELECT count(*) FILTER (WHERE due < 0), coalesce(-sum(due) FILTER (WHERE due < 0), 0),
       coalesce(sum(discount), 0), coalesce(sum(redeemed_value), 0),
       count(DISTINCT member_id), coalesce(sum(items), 0)
FROM sale WHERE business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR branch_id = ?3)
  AND reversed_by IS NULL
"""
_GOODS_BACK = """
SELECT coalesce(sum(returns), 0), coalesce(sum(returned_amount), 0),
       coalesce(sum(returned_earned), 0), coalesce(sum(returned_redeemed), 0)
FROM counter_day WHERE business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR branch_id = ?3)
"""
_ENTRIES = """
SELECT coalesce(sum(value) FILTER (WHERE kind = 'redeem'), 0),
       coalesce(sum(points) FILTER (WHERE kind = 'opening'), 0),
       (SELECT coalesce(-sum(points), 0) FROM reward_entry
        WHERE business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR branch_id = ?3)
          AND kind IN ('gift_redeem', 'gift_return'))
FROM points_entry WHERE business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR branch_id = ?3)
"""
_WHERE_FROM = """
SELECT (SELECT value FROM setting WHERE name = 'authority'),
       (SELECT value FROM setting WHERE name = 'last_contact_at'),
       (SELECT unhex(value) FROM setting WHERE name = 'counter_id'),
       (SELECT max(hlc) >> 16 FROM stream),
       (SELECT max(name) FROM branch WHERE ?3 IS NULL OR branch_id = ?3
        HAVING count(*) = 1)
"""
_UNSYNCED = """
SELECT count(*) FROM stream AS s JOIN operation AS o
  ON o.stream_id = s.stream_id AND o.sequence > s.acked_sequence
WHERE s.counter_id = ?1 AND o.hlc >= ?2 << 16 AND o.hlc < ?3 << 16
  AND (SELECT value FROM setting WHERE name = 'authority') = 'office'
"""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The headline of some business days, as `counter_day` sums them.

    `amount` is what standing sales were due; `earned` and `redeemed` are the points of standing
    sales and of redemptions without one, `redeemed` also of gifts, net of those that came back;
    `adjusted` is net of ups and downs by hand.
    """

    sales: int
    amount: int
    member_sales: int
    member_amount: int
    new_members: int
    earned: int
    redeemed: int
    adjusted: int

    @property
    def average(self) -> int:
        """Return the average ticket in 分, half a 分 up; 0 without sales."""
        return 0 if self.sales == 0 else (2 * self.amount + self.sales) // (2 * self.sales)

    @property
    def member_share_per_mille(self) -> int:
        """Return the members' part of the amount in ‰, half a ‰ up; 0 without sales."""
        whole = self.amount
        return 0 if whole <= 0 else (2000 * self.member_amount + whole) // (2 * whole)


@dataclass(frozen=True, slots=True)
class Reversals:
    """What was taken back on these days, whenever it was sold; 分 and points.

    `taken_back` are earned points, `given_back` spent ones; of both the part that voids moved.
    """

    undone: int
    undone_amount: int
    voided: int
    voided_amount: int
    taken_back: int
    given_back: int
    voided_taken_back: int
    voided_given_back: int


@dataclass(frozen=True, slots=True)
class GoodsBack:
    """What came back at the counter on these days, whenever it was sold; 分 and points."""

    returns: int
    returned_amount: int
    taken_back: int
    given_back: int


@dataclass(frozen=True, slots=True)
class DayReport:
    """The report; `branch` is nothing for all of several branches.

    `before` are the same days one or more whole weeks earlier. `as_of_ms` is when what is known of
    other counters was last complete, `unsynced` how many acts of these days wait to be sent.
    `redeemed_value` is what points paid, here and at other tills; `gift_points`, a part of the
    points used, went for gifts and paid nothing; `opening` are the points brought
    from a former system. `figures` are of sales, whatever of them came back later: `goods_back` is
    what came back on these days, and `returns` counts it with a former system's negative sales.
    """

    branch: str | None
    day_from: date
    day_to: date
    as_of_ms: int
    with_office: bool
    unsynced: int
    figures: DayFigures
    before: DayFigures
    reversals: Reversals
    goods_back: GoodsBack
    returns: int
    returned_amount: int
    discounts: int
    redeemed_value: int
    gift_points: int
    opening: int
    members: int
    items: int
    tenders: tuple[TenderRow, ...]
    hours: tuple[HourRow, ...]
    days: tuple[DayRow, ...]
    counters: tuple[CounterRow, ...]
    cashiers: tuple[CashierRow, ...]
    categories: tuple[CategoryRow, ...]
    other_categories: CategoryRow | None
    shifts: tuple[ShiftSummary, ...]
    stored_value: ValueDay

    @property
    def net_amount(self) -> int:
        """Return what sales came to, less what returns of these days gave back, in 分."""
        return self.figures.amount - self.goods_back.returned_amount

    @property
    def silent_counters(self) -> tuple[CounterRow, ...]:
        """Return the counters of which nothing of the last day has arrived."""
        return tuple(row for row in self.counters if row.silent)

    @property
    def empty(self) -> bool:
        """Say whether nothing at all happened on these days."""
        figures = self.figures
        return not (
            figures.sales
            or figures.new_members
            or figures.redeemed
            or figures.adjusted
            or self.reversals.undone
            or self.reversals.voided
            or self.goods_back.returns
            or self.shifts
            or not self.stored_value.empty
        )


def day_report(
    reader: Reader,
    *,
    branch_id: BranchId | None,
    day_from: date,
    day_to: date,
    calendar: BusinessCalendar,
    now_ms: int | None = None,
) -> DayReport:
    """Return the report of business days, both included, at most 366 of them.

    The hours are the calendar's. Without `now_ms` the newest thing known stands for the time.
    """
    assert day_from <= day_to < day_from + timedelta(days=DAYS_MAX), "a year at most"
    days = Days(day_from.isoformat(), day_to.isoformat(), branch_id)
    authority, contact, own, newest, branch = _one(reader, _WHERE_FROM, days)
    heard = None if authority != "office" or contact is None else int(contact)
    returns, returned, discounts, in_sales, members, items = _one(reader, _RETURNS, days)
    elsewhere, opening, gift_points = _one(reader, _ENTRIES, days)
    goods_back = GoodsBack(*_one(reader, _GOODS_BACK, days))
    top, rest = categories(reader, days)
    return DayReport(
        branch=branch,
        day_from=day_from,
        day_to=day_to,
        as_of_ms=heard or now_ms or newest or 0,
        with_office=authority == "office",
        unsynced=_unsynced(reader, own, days=(day_from, day_to), calendar=calendar),
        figures=DayFigures(*_one(reader, _FIGURES, days)),
        before=DayFigures(*_one(reader, _FIGURES, _weeks_before(day_from, day_to, branch_id))),
        reversals=Reversals(*_one(reader, _REVERSALS, days)),
        goods_back=goods_back,
        returns=returns + goods_back.returns,
        returned_amount=returned + goods_back.returned_amount,
        discounts=discounts,
        redeemed_value=in_sales + elsewhere,
        gift_points=gift_points,
        opening=opening,
        members=members,
        items=items,
        tenders=tenders(reader, days),
        hours=hours(reader, days, calendar=calendar),
        days=by_day(reader, days),
        counters=counters(reader, days, since_ms=calendar.starts_at(day_to), own=own),
        cashiers=cashiers(reader, days),
        categories=top,
        other_categories=rest,
        shifts=shifts_of_days(reader, days.first, days.last, branch_id=branch_id),
        stored_value=value_day(reader, days.params),
    )


def _unsynced(
    reader: Reader, own: bytes, *, days: tuple[date, date], calendar: BusinessCalendar
) -> int:
    """Return how many acts of these days this counter has not sent yet; alone it sends none."""
    since = calendar.starts_at(days[0])
    until = calendar.starts_at(days[1] + timedelta(days=1))
    return int(reader.value(_UNSYNCED, (own, since, until)))


def _weeks_before(day_from: date, day_to: date, branch_id: BranchId | None) -> Days:
    """Return the same weekdays before these days, so that a Saturday meets a Saturday."""
    length = (day_to - day_from).days + 1
    back = timedelta(days=-(-length // _WEEK_DAYS) * _WEEK_DAYS)
    return Days((day_from - back).isoformat(), (day_to - back).isoformat(), branch_id)


def _one(reader: Reader, sql: str, days: Days) -> Row:
    row = reader.one(sql, days.params)
    assert row is not None, "an aggregate always answers"
    return row
