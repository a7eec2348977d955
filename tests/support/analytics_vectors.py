"""Published figures about repeat buying, RFM and survival, and the purchases they were taken from.

The facts lie in tests/vectors/analytics; README.md there says where each comes from.
"""

import csv
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from db.domain.ids import MemberId
from db.queries.analytics.visits import VisitDays, folded, key_of

ROOM = Path(__file__).parents[1] / "vectors" / "analytics"


def facts(family: str, *keys: str) -> list[Any]:
    """Return the vectors of a family whose rule begins with one of the keys."""
    found = json.loads((ROOM / f"{family}.json").read_text(encoding="utf-8"))
    return [each for each in found if each["rule_key"].startswith(keys)]


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a data set."""
    with (ROOM / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def purchases(name: str) -> VisitDays:
    """Return a data set's days of purchase; members are called by their former numbers."""
    numbers: dict[str, int] = {}
    rows = []
    for row in table(name):
        who = numbers.setdefault(row["member"], len(numbers))
        whole, _, cents = row["total"].partition(".")
        minor = int(f"{whole}{cents:0<2}")
        rows.append((who, date.fromisoformat(row["day"]).toordinal(), minor))
    return days_of(tuple(MemberId(number.encode()) for number in numbers), rows)


def days_of(members: tuple[MemberId, ...], rows: list[tuple[int, int, int]]) -> VisitDays:
    """Return days of purchase from (member, day's ordinal, 分; below zero it came back)."""
    who, day, due = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return folded(members, key_of(who, day), due=due, bought=due >= 0)


def number_of(days: VisitDays, member: str) -> int:
    """Return the number of a member of a data set."""
    return days.members.index(MemberId(member.encode()))
