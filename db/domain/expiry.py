"""When points end: pure arithmetic on business days.

A lot's last day is inclusive. Counting starts on the day the points become available (DECISIONS
47); 31 January + 1 month is the last day of February; `round_up_to` takes the last day of the
period that holds the result.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import UNSET

from db.domain.lots import Lot
from db.domain.program.document import Expiry

_PERIOD_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class ExpiryRule:
    """How long points live; `kind` never, days, months, years or inactivity."""

    kind: str = "never"
    after: int = 0
    round_up_to: str = "none"

    @property
    def idle(self) -> str:
        """Return the terms that a lot keeps which ends for want of a sale; '' for other kinds."""
        if self.kind != "inactivity":
            return ""
        return str(self.after) if self.round_up_to == "none" else f"{self.after}/{self.round_up_to}"

    def last_day(self, available_on: date) -> date | None:
        """Return the last business day on which points may be spent; None is for ever."""
        if self.kind == "never":
            return None
        if self.kind == "days":
            end = available_on + timedelta(days=self.after)
        else:
            months = self.after * (_MONTHS if self.kind == "years" else 1)
            end = add_months(available_on, months)
        return end_of_period(end, self.round_up_to)


def compile_expiry(expiry: Expiry) -> ExpiryRule:
    """Return the document's expiry as a rule."""
    after = expiry.months if expiry.kind == "inactivity" else expiry.after
    return ExpiryRule(expiry.kind, 0 if after is UNSET else after, expiry.round_up_to)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on, or the month's last day where it is shorter."""
    years, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def end_of_period(day: date, period: str) -> date:
    """Return the last day of the month, quarter, half year or year that holds `day`."""
    if period == "none":
        return day
    length = _PERIOD_MONTHS[period]
    month = ((day.month - 1) // length + 1) * length
    return date(day.year, month, monthrange(day.year, month)[1])


def idle_terms(idle: str, last_day: str) -> str:
    """Return what is kept with a lot that ends without a sale: its rule, and its own last day."""
    return f"{idle}@{last_day}"


def idle_end(terms: str, available_on: date, sale_days: Iterable[date]) -> date:
    """Return the last day of a lot that ends without a sale, after sales on these days in order.

    Every later sale on which the lot still lives lets it count anew, in whatever order the sales
    are heard of; one on its first day changes nothing, and none shortens the time that points
    given back have (DECISIONS 44).
    """
    idle, _, last_day = terms.partition("@")
    months, _, period = idle.partition("/")
    rule = ExpiryRule("inactivity", int(months), period or "none")
    end = date.fromisoformat(last_day) if last_day else rule.last_day(available_on)
    assert end is not None, "what ends for want of a sale has a last day"
    for day in sale_days:
        if available_on < day <= end:
            end = max(end, rule.last_day(day) or end)
    return end


def lapsed(lots: Iterable[Lot], *, on: date) -> list[Lot]:
    """Return the lots whose last day is before `on` and that still hold points."""
    return [
        lot for lot in lots if lot.points > 0 and lot.expires_on is not None and lot.expires_on < on
    ]
