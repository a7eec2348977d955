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
from db.queries.analytics.visits import VisitDays, by_member_and_day

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
        bought = minor >= 0
        day = date.fromisoformat(row["day"]).toordinal()
        rows.append((who, day, bought, minor if bought else 0, minor))
    members = tuple(MemberId(number.encode()) for number in numbers)
    return by_member_and_day(members, np.array(rows, dtype=np.int64))


def number_of(days: VisitDays, member: str) -> int:
    """Return the number of a member of a data set."""
    return days.members.index(MemberId(member.encode()))
