"""The day report as titles, cards and tables: one making for the screen, the PDF and the CSV."""

from dataclasses import dataclass
from datetime import timedelta

from db.domain.clock import BusinessCalendar
from db.domain.money import amount_shown
from db.queries.reports.day import DayReport
from db.queries.reports.day_parts import CategoryRow
from db.queries.shift_summary import ShiftSummary
from desktop.reports.cells import (
    Cell,
    Count,
    Money,
    PerMille,
    change_per_mille,
    per_mille,
    shown,
)
from desktop.reports.words import Words
from desktop.widgets.chart_drawing import Bar

SILENT_NAMED_MAX = 4


@dataclass(frozen=True, slots=True)
class FigureCard:
    """One figure of the headline, what stands under it, and what it means."""

    key: str
    title: str
    value: Cell
    note: str
    definition: str


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column; numbers stand at the right, one takes the spare width.

    What is on paper only (`paper_only`) has no room beside the others on a till's screen.
    """

    title: str
    numeric: bool = True
    stretch: bool = False
    paper_only: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table with its title; `total` stays under it, `alarms` are rows to look at."""

    key: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    alarms: frozenset[int] = frozenset()


def report_title(report: DayReport, words: Words) -> str:
    """Return what kind of report it is."""
    return words("day_report" if report.day_from == report.day_to else "days_report")


def report_warnings(report: DayReport, words: Words) -> tuple[str, ...]:
    """Return what may be missing: counters that sent nothing, acts that wait here."""
    warnings = []
    if silent := report.silent_counters:
        names = "、".join(f"{row.branch} {row.counter}" for row in silent[:SILENT_NAMED_MAX])
        if not words.chinese:
            names = names.replace("、", ", ")
        if len(silent) > SILENT_NAMED_MAX:
            names = words("more_names", names=names, count=len(silent))
        warnings.append(words("silent", names=names))
    if report.unsynced:
        warnings.append(words("unsynced", count=report.unsynced))
    return tuple(warnings)


def figure_cards(report: DayReport, words: Words) -> tuple[FigureCard, ...]:
    """Return the eight figures of the headline."""
    now, before, taken = report.figures, report.before, report.reversals
    many = report.day_from != report.day_to

    def against(figure: int, earlier: int) -> str:
        change = change_per_mille(figure, earlier)
        if change is None:
            return ""
        sign = "+" if change > 0 else ""
        key = "vs_weeks" if many else "vs_week"
        return words(key, change=f"{sign}{shown(PerMille(change))}")

    reversed_amount = taken.undone_amount + taken.voided_amount
    member_note = words("member_sales_note", sales=f"{now.member_sales:,}", members=report.members)
    adjusted = shown(Count(now.adjusted, signed=True))
    notes: dict[str, tuple[Cell, str]] = {
        "amount": (Money(now.amount), against(now.amount, before.amount)),
        "sales": (Count(now.sales), against(now.sales, before.sales)),
        "average": (Money(now.average), against(now.average, before.average)),
        "member_share": (PerMille(now.member_share_per_mille), member_note),
        "new_members": (Count(now.new_members), against(now.new_members, before.new_members)),
        "earned": (
            Count(now.earned),
            words("adjusted_note", points=adjusted)
            if now.adjusted
            else against(now.earned, before.earned),
        ),
        "redeemed": (
            Count(now.redeemed),
            words(
                "worth_and_gifts" if report.gift_points else "worth",
                amount=amount_shown(report.redeemed_value),
                gifts=f"{report.gift_points:,}",
            ),
        ),
        "taken_back": (
            Money(reversed_amount),
            words("reversal_note", count=taken.undone + taken.voided),
        ),
    }
    return tuple(
        FigureCard(key, words(key), value, note, words(f"define_{key}"))
        for key, (value, note) in notes.items()
    )


def chart_bars(report: DayReport) -> tuple[Bar, ...]:
    """Return the bars of the chart: hours of one day, or the days of several; in whole 元."""
    if report.day_from == report.day_to:
        points = [(f"{row.hour}", row.amount) for row in report.hours]
    else:
        amounts = {row.day: row.amount for row in report.days}
        span = (report.day_to - report.day_from).days + 1
        days = [report.day_from + timedelta(days=place) for place in range(span)]
        points = [(f"{day:%m-%d}", amounts.get(day.isoformat(), 0)) for day in days if amounts]
    most = max((amount for _, amount in points), default=0)
    return tuple(
        Bar(label, amount, f"{round(amount / 100):,}", emphasis=amount == most > 0)
        for label, amount in points
    )


def day_tables(
    report: DayReport, words: Words, *, calendar: BusinessCalendar
) -> tuple[ReportTable, ...]:
    """Return the tables that have rows, in the order of the page."""
    tables = (
        _tenders(report, words),
        _categories(report, words),
        _cashiers(report, words),
        _counters(report, words, calendar),
        _shifts(report, words, calendar),
        _stored_value(report, words),
        _points(report, words),
        _reversals(report, words),
    )
    return tuple(table for table in tables if table.rows)


def chart_title(report: DayReport, words: Words) -> str:
    """Return what the bars are."""
    return words("by_hour" if report.day_from == report.day_to else "by_day")


def _share(amount: int, whole: int) -> PerMille:
    return PerMille(0 if whole <= 0 else per_mille(amount, whole))


def _tenders(report: DayReport, words: Words) -> ReportTable:
    whole = sum(row.amount for row in report.tenders)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (words.tender(row.tender), Count(row.sales), Money(row.amount), _share(row.amount, whole))
        for row in report.tenders
    )
    columns = (
        TableColumn(words("tender"), numeric=False, stretch=True),
        TableColumn(words("sales")),
        TableColumn(words("sum")),
        TableColumn(words("share")),
    )
    total = (words("total"), "", Money(whole), "")
    return ReportTable("tenders", words("tenders"), columns, rows, total)


def _categories(report: DayReport, words: Words) -> ReportTable:
    whole = report.figures.amount
    entries = [(row.category or words("no_category"), row) for row in report.categories]
    if report.other_categories is not None:
        entries.append((words("other_categories"), report.other_categories))

    def row_of(name: str, row: CategoryRow) -> tuple[Cell, ...]:
        return name, Count(row.quantity), Money(row.amount), _share(row.amount, whole)

    columns = (
        TableColumn(words("category"), numeric=False, stretch=True),
        TableColumn(words("quantity")),
        TableColumn(words("sum")),
        TableColumn(words("share")),
    )
    rows = tuple(row_of(name, row) for name, row in entries)
    total = (words("total"), Count(report.items), Money(whole), "")
    return ReportTable("categories", words("categories"), columns, rows, total)


def _cashiers(report: DayReport, words: Words) -> ReportTable:
    columns = (
        TableColumn(words("cashier"), numeric=False, stretch=True),
        *(
            TableColumn(words(key))
            for key in ("sales", "sum", "member_sales", "redeemed", "adjusted", "undone")
        ),
        TableColumn(words("voided")),
    )
    rows = tuple(
        (
            row.name or words("nobody"),
            Count(row.sales),
            Money(row.amount),
            Count(row.member_sales),
            Count(row.redeemed),
            Count(row.adjusted, signed=True),
            Count(row.undone),
            Count(row.voided),
        )
        for row in report.cashiers
    )
    return ReportTable("cashiers", words("cashiers"), columns, rows)


def _counters(report: DayReport, words: Words, calendar: BusinessCalendar) -> ReportTable:
    columns = (
        TableColumn(words("counter"), numeric=False, stretch=True),
        *(
            TableColumn(words(key))
            for key in ("sales", "sum", "new_members", "earned", "redeemed", "last_data")
        ),
    )
    rows = tuple(
        (
            row.counter if report.branch else f"{row.branch} {row.counter}",
            Count(row.sales),
            Money(row.amount),
            Count(row.new_members),
            Count(row.earned),
            Count(row.redeemed),
            words("no_data")
            if row.last_data_ms is None
            else f"{calendar.local(row.last_data_ms):%m-%d %H:%M}",
        )
        for row in report.counters
    )
    alarms = frozenset(place for place, row in enumerate(report.counters) if row.silent)
    return ReportTable("counters", words("counters"), columns, rows, None, alarms)


def _shifts(report: DayReport, words: Words, calendar: BusinessCalendar) -> ReportTable:
    columns = (
        TableColumn(words("shift"), numeric=False),
        TableColumn(words("time"), numeric=False, stretch=True),
        TableColumn(words("sum")),
        TableColumn(words("float"), paper_only=True),
        *(TableColumn(words(key)) for key in ("expected", "counted", "difference")),
        TableColumn(words("till_total"), paper_only=True),
        TableColumn(words("till_difference")),
    )
    rows = tuple(_shift(shift, words, calendar) for shift in report.shifts)
    alarms = frozenset(
        place
        for place, shift in enumerate(report.shifts)
        if shift.difference or shift.till_difference
    )
    return ReportTable("shifts", words("shifts"), columns, rows, None, alarms)


def _shift(shift: ShiftSummary, words: Words, calendar: BusinessCalendar) -> tuple[Cell, ...]:
    opened = f"{calendar.local(shift.opened_at):%H:%M}"
    closed = words("open_shift")
    if shift.closed_at is not None:
        closed = f"{calendar.local(shift.closed_at):%H:%M}"
    return (
        f"#{shift.number} {shift.opened_by}".strip(),
        f"{opened}–{closed}",
        Money(shift.amount),
        Money(shift.opening_float),
        Money(shift.expected),
        Money(shift.counted),
        Money(shift.difference, signed=True),
        Money(shift.till_total),
        Money(shift.till_difference, signed=True),
    )


def _points(report: DayReport, words: Words) -> ReportTable:
    entries: tuple[tuple[str, int], ...] = (
        ("earned", report.figures.earned),
        ("redeemed", -report.figures.redeemed),
        ("adjusted", report.figures.adjusted),
        ("opening", report.opening),
        ("returned_points", report.goods_back.given_back - report.goods_back.taken_back),
    )
    rows: list[tuple[Cell, ...]] = [
        (words(key), Count(points, signed=True)) for key, points in entries if points
    ]
    if not rows:
        return ReportTable("points", words("points_moved"), (), ())
    total: tuple[Cell, ...] = (
        words("total"),
        Count(sum(points for _, points in entries), signed=True),
    )
    columns = (
        TableColumn(words("item"), numeric=False, stretch=True),
        TableColumn(words("points")),
    )
    return ReportTable("points", words("points_moved"), columns, tuple(rows), total)


def _stored_value(report: DayReport, words: Words) -> ReportTable:
    """Return what was paid in, out and spent of stored value: no part of the sales amount."""
    value = report.stored_value
    entries: tuple[tuple[str, int | None, int], ...] = (
        ("topped_up", value.top_ups, value.topped_up),
        ("bonus_given", None, value.bonus_given),
        ("value_refunded", value.refunds, -value.value_refunded),
        ("bonus_void", None, -value.bonus_void),
        ("spent_principal", None, -value.spent_principal),
        ("spent_bonus", None, -value.spent_bonus),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (words(key), "" if count is None else Count(count), Money(amount, signed=True))
        for key, count, amount in entries
        if amount
    )
    columns = (
        TableColumn(words("item"), numeric=False, stretch=True),
        TableColumn(words("times")),
        TableColumn(words("money")),
    )
    return ReportTable("stored_value", words("stored_value"), columns, rows)


def _reversals(report: DayReport, words: Words) -> ReportTable:
    taken = report.reversals
    undone: tuple[Cell, ...] = (
        words("undone"),
        Count(taken.undone),
        Money(taken.undone_amount),
        Count(taken.taken_back - taken.voided_taken_back),
        Count(taken.given_back - taken.voided_given_back),
    )
    voided: tuple[Cell, ...] = (
        words("voided"),
        Count(taken.voided),
        Money(taken.voided_amount),
        Count(taken.voided_taken_back),
        Count(taken.voided_given_back),
    )
    columns = (
        TableColumn(words("item"), numeric=False, stretch=True),
        *(
            TableColumn(words(key))
            for key in ("sales", "sum", "points_taken_back", "points_given_back")
        ),
    )
    back = report.goods_back
    returned: tuple[Cell, ...] = (
        words("returned"),
        Count(back.returns),
        Money(back.returned_amount),
        Count(back.taken_back),
        Count(back.given_back),
    )
    rows = (undone, voided) if taken.undone or taken.voided else ()
    if back.returns:
        rows = (*rows, returned)
    return ReportTable("reversals", words("taken_back"), columns, rows)
