"""Which levels members had at the beginning and at the end of some days, and how many moved.

A level on a day follows from what is known now, as the member's own level does: the highest that a
standing sale, a return's rest or an event raised him to since his last review until that day, else
his first level. Sales that were undone or voided later never raised anybody.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from db.domain.clock import BusinessCalendar
from db.storage.database import Reader

_FIRST = """
SELECT member_id, first_tier FROM member WHERE state IN ('active', 'frozen') AND joined_on <= ?1
"""
_RAISES = """
SELECT member_id, raised_to, raised_rank, sold_at, 0 FROM sale
WHERE raised_rank IS NOT NULL AND member_id IS NOT NULL AND reversed_by IS NULL
  AND returned_whole = 0 AND sold_at < ?1
UNION ALL
SELECT member_id, kept_tier, kept_rank, returned_at, 0 FROM goods_return
WHERE kept_rank IS NOT NULL AND member_id IS NOT NULL AND returned_at < ?1
UNION ALL
SELECT s.member_id, r.kept_tier, r.kept_rank, r.reversed_at, 0
FROM reversal AS r JOIN sale AS s ON s.sale_id = r.sale_id
WHERE r.kept_rank IS NOT NULL AND s.member_id IS NOT NULL AND r.reversed_at < ?1
UNION ALL
SELECT member_id, raised_to, raised_rank, entered_at, 0 FROM reward_entry
WHERE kind = 'event_award' AND raised_rank IS NOT NULL AND undone_by IS NULL AND entered_at < ?1
UNION ALL
SELECT member_id, raised_to, raised_rank, entered_at, 1 FROM reward_entry
WHERE kind = 'tier_review' AND entered_at < ?1
"""
_ALIASES = "SELECT alias_id, root_id FROM member_alias"
_NOW: Final = "SELECT tier, count(*) FROM member WHERE state IN ('active', 'frozen') GROUP BY tier"
_Level = tuple[int, str]


@dataclass(frozen=True, slots=True)
class TierMove:
    """How many members went from a level to one; `rise` is 1 up, 0 kept, −1 down, none new."""

    before: str | None
    after: str
    members: int
    rise: int | None


@dataclass(frozen=True, slots=True)
class TierMigration:
    """The moves over some days; who joined in them has no level before."""

    day_from: date
    day_to: date
    moves: tuple[TierMove, ...]

    def count(self, rise: int | None) -> int:
        """Return how many members rose, stayed, fell (1, 0, −1) or are new (none)."""
        return sum(move.members for move in self.moves if move.rise == rise)


def tier_migration(
    reader: Reader,
    *,
    day_from: date,
    day_to: date,
    ranks: dict[str, int],
    calendar: BusinessCalendar,
) -> TierMigration:
    """Return who moved between levels, whose ranks the program in force gives."""
    before = _levels(reader, day_from - timedelta(days=1), calendar)
    after = _levels(reader, day_to, calendar)
    counted = Counter((before.get(member), level) for member, level in after.items())
    moves = [
        TierMove(start, end, count, _rise(start, end, ranks))
        for (start, end), count in counted.items()
    ]
    moves.sort(key=lambda move: (ranks.get(move.before or "", -1), ranks.get(move.after, -1)))
    return TierMigration(day_from, day_to, tuple(moves))


def _rise(before: str | None, after: str, ranks: dict[str, int]) -> int | None:
    if before is None:
        return None
    start, end = ranks.get(before, -1), ranks.get(after, -1)
    return (end > start) - (end < start)


def _levels(reader: Reader, day: date, calendar: BusinessCalendar) -> dict[bytes, str]:
    """Return the level at the end of a business day of everybody who had joined."""
    until = calendar.starts_at(day + timedelta(days=1))
    roots: dict[bytes, bytes] = dict(reader.all(_ALIASES))
    raises: dict[bytes, list[tuple[int, int, str]]] = {}
    reviews: dict[bytes, int] = {}
    for member, tier, rank, at, reviewed in reader.each(_RAISES, (until,)):
        root: bytes = roots.get(member) or member
        raises.setdefault(root, []).append((rank or 0, at, tier or ""))
        if reviewed:
            reviews[root] = max(at, reviews.get(root, -1))
    levels = {}
    for member, first in reader.each(_FIRST, (day.isoformat(),)):
        since = reviews.get(member, -1)
        known = [raised for raised in raises.get(member, ()) if raised[1] >= since]
        levels[member] = max(known)[2] if known else first
    return levels
