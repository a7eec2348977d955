"""What each cashier did beside selling, per 100 sales, against the others of the branch.

Something to look at is what happened five times or more and over one and a half times as often as
with the median of the others there (peer-median method): a reason to ask, not a judgement.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from db.domain.ids import BranchId
from db.storage.database import Reader

EVENTS_MIN: Final = 5
TIMES_PEERS: Final = Fraction(3, 2)
PER_SALES: Final = 100
_DAYS: Final = "business_day BETWEEN ?1 AND ?2"
_SALES: Final = f"""
SELECT branch_id, staff_id, count(*) FROM sale
WHERE {_DAYS} AND source = 'counter' AND staff_id IS NOT NULL GROUP BY branch_id, staff_id
"""  # noqa: S608 - constant text


def _acts(table: str, condition: str = "1 = 1", who: str = "staff_id") -> str:
    return (
        f"SELECT branch_id, {who}, count(*) FROM {table}"  # noqa: S608 - constant text
        f" WHERE {_DAYS} AND {condition} AND {who} IS NOT NULL GROUP BY branch_id, {who}"
    )


def _at_counter(table: str, condition: str = "1 = 1") -> str:
    return (
        f"SELECT c.branch_id, d.staff_id, count(*) FROM {table} AS d"  # noqa: S608 - constant text
        f" JOIN counter AS c ON c.counter_id = d.counter_id"
        f" WHERE d.{_DAYS} AND {condition} AND d.staff_id IS NOT NULL"
        " GROUP BY c.branch_id, d.staff_id"
    )


_REDEEMED_AT_ONCE: Final = f"""
SELECT s.branch_id, s.staff_id, count(*) FROM sale AS s
JOIN member AS m ON m.member_id = s.member_id
WHERE s.{_DAYS} AND s.source = 'counter' AND s.redeemed > 0 AND s.staff_id IS NOT NULL
  AND m.registered_at > s.sold_at - 86400000
GROUP BY s.branch_id, s.staff_id
"""  # noqa: S608 - constant text
_METRICS: Final = {
    "undone": (_acts("reversal", "manner = 'undo'"),),
    "voided": (_acts("reversal", "manner = 'void'"),),
    "returned": (_acts("goods_return"),),
    "adjusted": (_acts("points_entry", "kind = 'adjust'"),),
    "approved": (
        _acts("reversal", who="approver_id"),
        _acts("goods_return", who="approver_id"),
        _acts("points_entry", who="approver_id"),
    ),
    "without_receipt": (
        _acts("sale", "source = 'counter' AND earned > 0 AND till_receipt IS NULL"),
    ),
    "redeemed_at_once": (_REDEEMED_AT_ONCE,),
    "reprinted": (_at_counter("reprint"),),
    "drawer_opened": (_at_counter("drawer_entry", "d.kind = 'drawer_open'"),),
}
"""Each counts acts by branch and person; `redeemed_at_once` within 24 hours of the enrolment."""
METRICS: Final = tuple(_METRICS)
_TOP_MEMBER: Final = f"""
SELECT branch_id, staff_id, max(n), sum(n) FROM (
    SELECT branch_id, staff_id, member_id, count(*) AS n FROM sale
    WHERE {_DAYS} AND source = 'counter' AND staff_id IS NOT NULL AND member_id IS NOT NULL
    GROUP BY branch_id, staff_id, member_id) AS by_member
GROUP BY branch_id, staff_id
"""  # noqa: S608 - constant text
_BRANCHES: Final = "SELECT branch_id, name FROM branch WHERE ?1 IS NULL OR branch_id = ?1"
_STAFF: Final = "SELECT staff_id, code, name FROM staff"
_Key = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """What a person did of one kind at a branch: events, per 100 sales, and the others' median.

    Without sales, or without others who sold, there is nothing to compare with.
    """

    branch: str
    code: str
    name: str
    metric: str
    events: int
    sales: int
    rate: Fraction | None
    peers: Fraction | None
    flagged: bool


@dataclass(frozen=True, slots=True)
class AuditPerson:
    """A person at a branch: sales, those to members, and the most to one member."""

    branch: str
    code: str
    name: str
    sales: int
    member_sales: int
    top_member_sales: int


@dataclass(frozen=True, slots=True)
class CashierAudit:
    """Everybody who sold, and every kind of act that happened; what to look at stands first."""

    day_from: date
    day_to: date
    people: tuple[AuditPerson, ...]
    rows: tuple[AuditRow, ...]


def cashier_audit(
    reader: Reader, *, day_from: date, day_to: date, branch_id: BranchId | None
) -> CashierAudit:
    """Return what the records of some business days hold, both included."""
    days = (day_from.isoformat(), day_to.isoformat())
    branches: dict[bytes, str] = dict(reader.all(_BRANCHES, (branch_id,)))
    staff = {row[0]: (row[1], row[2]) for row in reader.all(_STAFF)}
    sales = _counts(reader, (_SALES,), days)
    top = {(row[0], row[1]): (int(row[3]), row[2]) for row in reader.all(_TOP_MEMBER, days)}

    def names(key: _Key) -> tuple[str, str, str]:
        return (branches[key[0]], *staff.get(key[1], ("", "")))

    people = [
        AuditPerson(*names(key), count, *top.get(key, (0, 0)))
        for key, count in sales.items()
        if key[0] in branches
    ]
    rows = [
        _row(names(key), metric, found, key=key, sales=sales)
        for metric, statements in _METRICS.items()
        for found in (_counts(reader, statements, days),)
        for key in found
        if key[0] in branches
    ]
    rows.sort(key=lambda row: (not row.flagged, row.branch, row.metric, -row.events, row.code))
    people.sort(key=lambda person: (person.branch, -person.sales, person.code))
    return CashierAudit(day_from, day_to, tuple(people), tuple(rows))


def _counts(reader: Reader, statements: tuple[str, ...], days: tuple[str, str]) -> dict[_Key, int]:
    counts: dict[_Key, int] = {}
    for sql in statements:
        for branch, person, count in reader.all(sql, days):
            counts[branch, person] = counts.get((branch, person), 0) + count
    return counts


def _row(
    names: tuple[str, str, str],
    metric: str,
    found: dict[_Key, int],
    *,
    key: _Key,
    sales: dict[_Key, int],
) -> AuditRow:
    peers = median(
        [
            Fraction(PER_SALES * found.get(each, 0), sold)
            for each, sold in sales.items()
            if each[0] == key[0] and each != key
        ]
    )
    sold = sales.get(key, 0)
    rate = Fraction(PER_SALES * found[key], sold) if sold else None
    flagged = (
        found[key] >= EVENTS_MIN
        and peers is not None
        and (rate is None or rate > TIMES_PEERS * peers)
    )
    return AuditRow(*names, metric, found[key], sold, rate, peers, flagged)


def median(values: list[Fraction]) -> Fraction | None:
    """Return the middle of some figures, between the two middle ones of an even number."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
