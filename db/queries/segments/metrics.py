"""Comparisons with metrics of all members in whole numbers, so that SQL and Python never part.

Days since a day are compared by the day itself, as ISO texts: no database needs to know a calendar.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Final

from db.domain.exact import MINOR_PER_UNIT
from db.domain.segments.groups import ShopFigures, holds
from db.domain.segments.record import until_birthday
from db.domain.segments.tree import Compare, Compared, Metric
from db.queries.segments.bound import Bound
from db.queries.segments.hours import HourShifts
from db.queries.segments.tables import JULIAN, MemberTables, day_number

NOBODY: Final = "1 = 0"
_A_LEAP_YEAR: Final = date(2000, 1, 1)
_ITS_DAYS: Final = 366
_SIGNS: Final = {each: each.value for each in Compared} | {Compared.UNEQUAL: "<>"}


class Figures:
    """Compares metrics in one statement."""

    def __init__(self, bound: Bound, shop: ShopFigures, hours: HourShifts) -> None:
        self.bound = bound
        self.shop = shop
        self.tables = MemberTables(bound, shop.today, hours)

    def compared(self, leaf: Compare) -> str:
        """Return a condition on the member `m`; it may be unknown, which counts as false."""
        return _COMPARISONS[leaf.metric.name](self, leaf)

    def since(self, day: str, leaf: Compare) -> str:
        """Return a comparison of the days since a day, by the day itself."""
        value = leaf.value
        whole = value.denominator == 1
        match leaf.how:
            case Compared.AT_LEAST:
                return f"{day} <= {self._ago(ceil(value))}"
            case Compared.ABOVE:
                return f"{day} <= {self._ago(floor(value) + 1)}"
            case Compared.AT_MOST:
                return f"{day} >= {self._ago(floor(value))}"
            case Compared.BELOW:
                return f"{day} >= {self._ago(ceil(value) - 1)}"
            case Compared.EQUAL:
                return f"{day} = {self._ago(int(value))}" if whole else NOBODY
            case _:
                return f"{day} <> {self._ago(int(value))}" if whole else f"{day} <> ''"

    def _ago(self, days: int) -> str:
        ordinal = self.shop.today.toordinal() - days
        if ordinal < 1:
            return self.bound.value("")
        latest = date.max.toordinal()
        return self.bound.value(date.fromordinal(min(ordinal, latest)).isoformat())


def _visits(figures: Figures, leaf: Compare) -> str:
    return _whole(figures.tables.days(leaf.metric), leaf.how, leaf.value)


def _purchases(figures: Figures, leaf: Compare) -> str:
    return _whole(figures.tables.purchases(leaf.metric), leaf.how, leaf.value)


def _spend(figures: Figures, leaf: Compare) -> str:
    return _whole(figures.tables.spent(leaf.metric), leaf.how, leaf.value * MINOR_PER_UNIT)


def _average(figures: Figures, leaf: Compare) -> str:
    tables = figures.tables
    return _quotient(
        tables.spent(leaf.metric), tables.purchases(leaf.metric), leaf=leaf, unit=MINOR_PER_UNIT
    )


def _average_day(figures: Figures, leaf: Compare) -> str:
    tables = figures.tables
    return _quotient(
        tables.spent(leaf.metric), tables.days(leaf.metric), leaf=leaf, unit=MINOR_PER_UNIT
    )


def _visit_share(figures: Figures, leaf: Compare) -> str:
    tables = figures.tables
    return _quotient(
        tables.purchases(leaf.metric), tables.purchases(_whole_of(leaf.metric)), leaf=leaf
    )


def _spend_share(figures: Figures, leaf: Compare) -> str:
    tables = figures.tables
    return _quotient(tables.spent(leaf.metric), tables.spent(_whole_of(leaf.metric)), leaf=leaf)


def _recency(figures: Figures, leaf: Compare) -> str:
    return figures.since(figures.tables.last_day(leaf.metric), leaf)


def _age(figures: Figures, leaf: Compare) -> str:
    return figures.since(figures.tables.first_day(leaf.metric), leaf)


def _joined(figures: Figures, leaf: Compare) -> str:
    return figures.since("m.joined_on", leaf)


def _unredeemed(figures: Figures, leaf: Compare) -> str:
    return figures.since(f"coalesce({figures.tables.redeemed_day()}, m.joined_on)", leaf)


def _points(figures: Figures, leaf: Compare) -> str:
    return _whole(figures.tables.points(), leaf.how, leaf.value)


def _gap(figures: Figures, leaf: Compare) -> str:
    return _whole(figures.tables.twice_gap(), leaf.how, leaf.value * 2)


def _risk(figures: Figures, leaf: Compare) -> str:
    twice_shop = figures.shop.shop_gap * 2
    assert twice_shop.denominator == 1, "a median of whole days is a half at most"
    usual = f"max({figures.tables.twice_gap()}, CAST({int(twice_shop)} AS INTEGER))"
    last = day_number(figures.tables.last_day(Metric("recency")))
    away = f"2 * ({figures.shop.today.toordinal() + JULIAN} - ({last}))"
    return _quotient(away, usual, leaf=leaf)


def _birthday(figures: Figures, leaf: Compare) -> str:
    days = (_A_LEAP_YEAR + timedelta(days=ahead) for ahead in range(_ITS_DAYS))
    wanted = [
        f"'{day:%m-%d}'"
        for day in days
        if (left := until_birthday(f"{day:%m-%d}", figures.shop.today)) is not None
        and holds(Fraction(left), leaf.how, leaf.value)
    ]
    day = "substr(m.birthday, length(m.birthday) - 4, 5)"
    return f"{day} IN ({', '.join(wanted)})" if wanted else NOBODY


def _whole(figure: str, how: Compared, value: Fraction) -> str:
    return f"({figure}) * {value.denominator} {_SIGNS[how]} {value.numerator}"


def _quotient(part: str, whole: str, *, leaf: Compare, unit: int = 1) -> str:
    value = leaf.value * unit
    sign = _SIGNS[leaf.how]
    compared = f"({part}) * {value.denominator} {sign} ({whole}) * {value.numerator}"
    return f"({whole} > 0 AND {compared})"


def _whole_of(metric: Metric) -> Metric:
    return Metric(metric.name, days=metric.days, since=metric.since)


_COMPARISONS: Final[Mapping[str, Callable[[Figures, Compare], str]]] = {
    "visits": _visits,
    "purchases": _purchases,
    "spend": _spend,
    "average": _average,
    "average_day": _average_day,
    "visit_share": _visit_share,
    "spend_share": _spend_share,
    "recency": _recency,
    "age": _age,
    "gap": _gap,
    "churn_risk": _risk,
    "joined": _joined,
    "birthday_in": _birthday,
    "points": _points,
    "unredeemed": _unredeemed,
}
