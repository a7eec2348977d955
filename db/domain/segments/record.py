"""A member's record: all that a segment may ask about him, and how each metric is counted from it.

Sales that were voided or undone are not in it, nor what had come back of them. A visit is a
business day with a sale of which something is left; money is net of what came back, on the day it
came back, in 分.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from db.domain.analytics.churn import VISITS_MIN
from db.domain.analytics.quantiles import median
from db.domain.conditions_member import birthday_in
from db.domain.exact import MINOR_PER_UNIT
from db.domain.segments.groups import ShopFigures
from db.domain.segments.tree import Metric


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """A line of a sale, or what of one came back: what was paid for it, in 分."""

    sku: str
    category: str
    paid: int


@dataclass(frozen=True, slots=True)
class RecordedSale:
    """A standing sale; `hour` is by the shop's clock; a former system's return is below zero."""

    on: date
    hour: int
    branch: str
    due: int
    lines: tuple[RecordedLine, ...] = ()
    nothing_left: bool = False

    @property
    def is_visit(self) -> bool:
        """Say whether it counts as a visit."""
        return self.due >= 0 and not self.nothing_left


@dataclass(frozen=True, slots=True)
class RecordedReturn:
    """What came back on a day."""

    on: date
    branch: str
    paid: int
    lines: tuple[RecordedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """One member and whom he stands for; `home` is a branch's name, `birthday` MM-DD or longer."""

    joined_on: date
    state: str = "active"
    tier: str = ""
    gender: str = ""
    city: str = ""
    channel: str = ""
    home: str = ""
    birthday: str = ""
    points: int = 0
    redeemed_on: date | None = None
    tags: frozenset[str] = frozenset()
    consents: frozenset[str] = frozenset()
    sales: tuple[RecordedSale, ...] = ()
    returns: tuple[RecordedReturn, ...] = field(default=())


def figure(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction | None:
    """Return what a metric comes to, in 元 where it is money; nothing where it cannot be said."""
    return _FIGURES[metric.name](record, metric, shop)


def until_birthday(birthday: str, today: date) -> int | None:
    """Return the days until the next birthday, 0 on the day; nothing where none is known."""
    for year in (today.year, today.year + 1):
        day = birthday_in(birthday, year)
        if day is not None and day >= today:
            return (day - today).days
    return None


def first_day(metric: Metric, today: date) -> date:
    """Return the first business day that a metric looks at."""
    if metric.days is not None:
        return today - timedelta(days=min(metric.days - 1, today.toordinal() - 1))
    return metric.since or date.min


def in_category(category: str, path: str) -> bool:
    """Say whether a category lies on a path or below it."""
    return f"{category}/".startswith(f"{path}/")


def in_hours(hour: int, hours: tuple[int, int]) -> bool:
    """Say whether an hour is from the first and before the last, across midnight too."""
    first, last = hours
    return first <= hour < last if first <= last else hour >= first or hour < last


def _sales(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Iterator[RecordedSale]:
    """Yield the visits that a metric looks at."""
    first = first_day(metric, shop.today)
    for sale in record.sales:
        if sale.is_visit and first <= sale.on <= shop.today and _matches(sale, metric):
            yield sale


def _matches(sale: RecordedSale, metric: Metric) -> bool:
    if metric.branch is not None and sale.branch != metric.branch:
        return False
    if metric.hours is not None and not in_hours(sale.hour, metric.hours):
        return False
    if metric.sku is None and metric.category is None:
        return True
    return any(line.paid >= 0 and _is_of(line, metric) for line in sale.lines)


def _is_of(line: RecordedLine, metric: Metric) -> bool:
    return (metric.sku is None or line.sku == metric.sku) and (
        metric.category is None or in_category(line.category, metric.category)
    )


def _days(record: MemberRecord, metric: Metric, shop: ShopFigures) -> list[date]:
    return sorted({sale.on for sale in _sales(record, metric, shop)})


def _spent(record: MemberRecord, metric: Metric, shop: ShopFigures) -> int:
    first, last = first_day(metric, shop.today), shop.today
    sales = (s for s in record.sales if first <= s.on <= last and _at(s.branch, metric))
    back = (r for r in record.returns if first <= r.on <= last and _at(r.branch, metric))
    if metric.sku is None and metric.category is None:
        return sum(sale.due for sale in sales) - sum(each.paid for each in back)
    return sum(line.paid for sale in sales for line in sale.lines if _is_of(line, metric)) - sum(
        line.paid for each in back for line in each.lines if _is_of(line, metric)
    )


def _at(branch: str, metric: Metric) -> bool:
    return metric.branch is None or branch == metric.branch


def _visits(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction:
    return Fraction(len(_days(record, metric, shop)))


def _purchases(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction:
    return Fraction(sum(1 for _ in _sales(record, metric, shop)))


def _spend(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction:
    return Fraction(_spent(record, metric, shop), MINOR_PER_UNIT)


def _average(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction | None:
    return _ratio(_spend(record, metric, shop), _purchases(record, metric, shop))


def _average_day(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction | None:
    return _ratio(_spend(record, metric, shop), _visits(record, metric, shop))


def _visit_share(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction | None:
    whole = Metric("purchases", days=metric.days, since=metric.since)
    return _ratio(_purchases(record, metric, shop), _purchases(record, whole, shop))


def _spend_share(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction | None:
    whole = Metric("spend", days=metric.days, since=metric.since)
    return _ratio(_spend(record, metric, shop), _spend(record, whole, shop))


def _ratio(part: Fraction, whole: Fraction) -> Fraction | None:
    return part / whole if whole > 0 else None


def _recency(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction | None:
    days = _days(record, metric, shop)
    return Fraction((shop.today - days[-1]).days) if days else None


def _age(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction | None:
    days = _days(record, metric, shop)
    return Fraction((shop.today - days[0]).days) if days else None


def _gap(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction | None:
    days = _days(record, metric, shop)
    if len(days) < VISITS_MIN:
        return None
    return median([(after - before).days for before, after in pairwise(days)])


def _risk(record: MemberRecord, metric: Metric, shop: ShopFigures) -> Fraction | None:
    gap, recency = _gap(record, metric, shop), _recency(record, metric, shop)
    if gap is None or recency is None:
        return None
    return recency / max(gap, shop.shop_gap)


def _joined(record: MemberRecord, _metric: Metric, shop: ShopFigures) -> Fraction:
    return Fraction((shop.today - record.joined_on).days)


def _birthday(record: MemberRecord, _metric: Metric, shop: ShopFigures) -> Fraction | None:
    days = until_birthday(record.birthday, shop.today)
    return None if days is None else Fraction(days)


def _points(record: MemberRecord, _metric: Metric, _shop: ShopFigures) -> Fraction:
    return Fraction(record.points)


def _unredeemed(record: MemberRecord, _metric: Metric, shop: ShopFigures) -> Fraction:
    return Fraction((shop.today - (record.redeemed_on or record.joined_on)).days)


_FIGURES: Final[Mapping[str, Callable[[MemberRecord, Metric, ShopFigures], Fraction | None]]] = {
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
