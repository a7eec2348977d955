"""What a condition may ask about the member; dates are business days.

Someone born on 29 February has his birthday on the 28th of a year that has no 29th. A birthday
week is the Monday to Sunday that holds the birthday, across New Year too.
"""

from calendar import isleap
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from msgspec import UNSET

from db.domain.basket import MemberFacts

MemberTest = Callable[[MemberFacts, date], bool]


def birthday_in(birthday: str, year: int) -> date | None:
    """Return the day on which `MM-DD` or `YYYY-MM-DD` is kept in a year; None when unknown."""
    if not birthday:
        return None
    month, day = (int(part) for part in birthday.split("-")[-2:])
    if (month, day) == (2, 29) and not isleap(year):
        day = 28
    return date(year, month, day)


def _tier(value: list[str]) -> MemberTest:
    wanted = frozenset(value)
    return lambda member, _on: member.tier in wanted


def _tag(value: list[str]) -> MemberTest:
    wanted = frozenset(value)
    return lambda member, _on: not wanted.isdisjoint(member.tags)


def _segment(value: list[str]) -> MemberTest:
    wanted = frozenset(value)
    return lambda member, _on: not wanted.isdisjoint(member.segments)


def _joined_days(value: Any) -> MemberTest:
    low = 0 if value.min is UNSET else value.min
    high = None if value.max is UNSET else value.max

    def test(member: MemberFacts, on: date) -> bool:
        if member.joined_on is None:
            return False
        days = (on - member.joined_on).days
        return days >= low and (high is None or days <= high)

    return test


def _visit_number(value: Any) -> MemberTest:
    low = 0 if value.min is UNSET else value.min
    high = None if value.max is UNSET else value.max

    def test(member: MemberFacts, _on: date) -> bool:
        number = member.visits + 1
        return number >= low and (high is None or number <= high)

    return test


def _first_purchase(value: bool) -> MemberTest:  # noqa: FBT001 - the leaf's own value
    return lambda member, _on: (member.visits == 0) == value


def _birthday(value: str) -> MemberTest:
    def test(member: MemberFacts, on: date) -> bool:
        if value == "week":
            return _in_birthday_week(member.birthday, on)
        day = birthday_in(member.birthday, on.year)
        if day is None:
            return False
        return day == on if value == "day" else day.month == on.month

    return test


def _in_birthday_week(birthday: str, on: date) -> bool:
    monday = on - timedelta(days=on.weekday())
    week = {monday + timedelta(days=ahead) for ahead in range(7)}
    return any(birthday_in(birthday, day.year) == day for day in week)


MEMBER_LEAVES: dict[str, Callable[[Any], MemberTest]] = {
    "tier": _tier,
    "tag": _tag,
    "segment": _segment,
    "joined_days": _joined_days,
    "visit_number": _visit_number,
    "first_purchase": _first_purchase,
    "birthday": _birthday,
}
