"""What a shop owes in points: opening + earned + adjusted − redeemed − expired − reversed.

Closing is anchored on what members hold now, from which the movements after a day are taken back:
nothing of the past is read but the days asked about and later. Points are the shop's, so a branch
has what moved there and no closing of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from db.domain import hlc
from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId
from db.queries.reports.points_held import points_held
from db.storage.database import Reader

AGES: Final = (30, 60, 90)
"""Points that end within so many days are shown apart."""
_ACTS = """
WITH act (op, branch_id, later) AS MATERIALIZED (
    SELECT sale_id, branch_id, CASE WHEN business_day > ?2 THEN 1 ELSE 0 END FROM sale
    WHERE business_day >= ?1
    UNION ALL
    SELECT op, branch_id, CASE WHEN business_day > ?2 THEN 1 ELSE 0 END FROM reversal
    WHERE business_day >= ?1
    UNION ALL
    SELECT op, branch_id, CASE WHEN business_day > ?2 THEN 1 ELSE 0 END FROM points_entry
    WHERE business_day >= ?1
    UNION ALL
    SELECT op, branch_id, CASE WHEN business_day > ?2 THEN 1 ELSE 0 END FROM goods_return
    WHERE business_day >= ?1
    UNION ALL
    SELECT op, branch_id, CASE WHEN business_day > ?2 THEN 1 ELSE 0 END FROM sale_attach
    WHERE business_day >= ?1
    UNION ALL
    SELECT op, branch_id, CASE WHEN business_day > ?2 THEN 1 ELSE 0 END FROM reward_entry
    WHERE business_day >= ?1
)
"""
_MOVED = f"""
{_ACTS}
SELECT later, branch_id, entry, sum(points) FROM (
    SELECT a.later, a.branch_id, t.entry,
           CASE WHEN t.credit IN ('member', 'lease') THEN t.points ELSE 0 END
           - CASE WHEN t.debit IN ('member', 'lease') THEN t.points ELSE 0 END AS points
    FROM act AS a JOIN transfer AS t ON t.op = a.op
    UNION ALL
    SELECT a.later, a.branch_id, l.entry, l.awarded
    FROM lot AS l JOIN act AS a ON a.op = l.op WHERE l.entry <> ''
) AS moved GROUP BY later, branch_id, entry
"""  # noqa: S608 - constant text
_REVERTED = """
SELECT o.hlc, c.branch_id, t.entry, -sum(t.points)
FROM transfer AS t
JOIN lot AS l ON l.member_id = t.member_id AND l.lot_id = t.lot_id
JOIN operation AS o ON o.op = t.op
JOIN stream AS s ON s.stream_id = o.stream_id
JOIN counter AS c ON c.counter_id = s.counter_id
WHERE t.entry = 'take_back' AND l.entry = 'opening'
GROUP BY o.op, o.hlc, c.branch_id, t.entry
"""
"""Points brought along that went when their import was taken back: no act has a row for that."""
_NAMES = "SELECT branch_id, name FROM branch WHERE ?1 IS NULL OR branch_id = ?1 ORDER BY name"
_ENDING = """
SELECT coalesce(sum(CASE WHEN h.points < 0 THEN h.points ELSE 0 END), 0),
       coalesce(sum(CASE WHEN h.points > 0 AND h.expires_on <= ?1 THEN h.points ELSE 0 END), 0),
       coalesce(sum(CASE WHEN h.points > 0 AND h.expires_on > ?1 AND h.expires_on <= ?2
                    THEN h.points ELSE 0 END), 0),
       coalesce(sum(CASE WHEN h.points > 0 AND h.expires_on > ?2 AND h.expires_on <= ?3
                    THEN h.points ELSE 0 END), 0),
       coalesce(sum(CASE WHEN h.points > 0 AND h.expires_on > ?3 THEN h.points ELSE 0 END), 0),
       coalesce(sum(CASE WHEN h.points > 0 AND h.expires_on IS NULL THEN h.points ELSE 0 END), 0)
FROM (
    SELECT remaining AS points, expires_on FROM lot WHERE remaining <> 0
    UNION ALL
    SELECT p.granted - p.spent - p.returned, o.expires_on FROM lease AS l
    JOIN lease_lot AS p ON p.lease_id = l.lease_id
    LEFT JOIN lot AS o ON o.member_id = l.member_id AND o.lot_id = p.lot_id
    WHERE l.state <> 'reclaimed'
) AS h
"""
_COLUMNS: Final = {
    "earn": "earned", "redeem": "redeemed", "expire": "expired", "take_back": "reversed",
    "give_back": "reversed",
}  # fmt: skip
"""Where a movement's points are shown; whatever else changes what is owed was adjusted."""


class PointsMoved(NamedTuple):
    """Points of some days; redeemed, expired and reversed lower what is owed."""

    earned: int = 0
    adjusted: int = 0
    redeemed: int = 0
    expired: int = 0
    reversed: int = 0

    @property
    def net(self) -> int:
        """Return by how much more is owed than before."""
        return self.earned + self.adjusted - self.redeemed - self.expired - self.reversed

    def plus(self, entry: str, points: int) -> "PointsMoved":
        """Return it with a movement more, which changed what members hold by so many points."""
        name = _COLUMNS.get(entry, "adjusted")
        signed = points if name in ("earned", "adjusted") else -points
        return self._replace(**{name: getattr(self, name) + signed})


class PointsEnding(NamedTuple):
    """What is held now by when it ends; `owed` by members is below zero."""

    owed: int
    within_30: int
    within_60: int
    within_90: int
    later: int
    never: int


@dataclass(frozen=True, slots=True)
class PointsLiability:
    """The liability of the shop over some days; of one branch only what moved there.

    `held` is what members hold now, waiting points and those under leases among it.
    """

    day_from: date
    day_to: date
    opening: int | None
    moved: PointsMoved
    closing: int | None
    held: int
    ending: PointsEnding
    branches: tuple[tuple[str, PointsMoved], ...]


def points_liability(
    reader: Reader,
    *,
    branch_id: BranchId | None,
    day_from: date,
    day_to: date,
    today: date,
    calendar: BusinessCalendar,
) -> PointsLiability:
    """Return the liability over business days, both included."""
    held = sum(points_held(reader).values())
    after, nothing = 0, PointsMoved()
    moved: dict[bytes, PointsMoved] = {}
    for later, branch, entry, points in _moved(reader, day_from, day_to, calendar=calendar):
        if later:
            after += points
        else:
            moved[branch] = moved.get(branch, nothing).plus(entry, int(points))
    names = reader.all(_NAMES, (branch_id,))
    branches = tuple((name, moved.get(branch, nothing)) for branch, name in names)
    parts = zip(*(row for _, row in branches), strict=True)
    whole = PointsMoved(*map(sum, parts)) if branches else nothing
    closing = held - int(after)
    return PointsLiability(
        day_from=day_from,
        day_to=day_to,
        opening=None if branch_id is not None else closing - whole.net,
        moved=whole,
        closing=None if branch_id is not None else closing,
        held=held,
        ending=_ending(reader, today),
        branches=branches,
    )


def _moved(
    reader: Reader, first: date, last: date, *, calendar: BusinessCalendar
) -> Iterator[tuple[bool, bytes, str, int]]:
    """Yield (after the last day, branch, entry, points), summed up."""
    for later, branch, entry, points in reader.all(_MOVED, (first.isoformat(), last.isoformat())):
        yield bool(later), branch, entry, int(points)
    for stamp, branch, entry, points in reader.all(_REVERTED):
        day = calendar.day_of(hlc.milliseconds(stamp))
        if day >= first:
            yield day > last, branch, entry, int(points)


def _ending(reader: Reader, today: date) -> PointsEnding:
    last = [(today + timedelta(days=days)).isoformat() for days in AGES]
    row = reader.one(_ENDING, tuple(last))
    assert row is not None, "an aggregate always answers"
    return PointsEnding(*map(int, row))
