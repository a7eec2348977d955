"""Rewards beyond the sale on disk: what events gave, gifts and their stock, and members' tags.

Rows follow from operations, and sums are asked of the rows: nothing here depends on the order of
arrival. `undone_by` is the one maintained column; the first act that took something back stays.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from db.domain.ids import MemberId, SaleId
from db.domain.tiers import Qualifier
from db.storage.database import Reader, Statements


class RewardRow(NamedTuple):
    """An act as stored; `points` is the change of the member's points."""

    op: bytes
    kind: str
    member_id: bytes
    points: int
    detail: str
    occurrence: str | None
    reference: bytes | None
    raised_to: str | None
    raised_rank: int | None
    reason: str
    branch_id: bytes
    counter_id: bytes
    staff_id: bytes | None
    approver_id: bytes | None
    shift_id: bytes | None
    entered_at: int
    business_day: str


class GiftMove(NamedTuple):
    """Pieces of a gift that came or went, as stored."""

    op: bytes
    sku: str
    branch_id: bytes
    change: int
    reason: str
    staff_id: bytes | None
    moved_at: int
    business_day: str
    hold_id: bytes | None = None


class TagRow(NamedTuple):
    """A word on a tag, as stored."""

    op: bytes
    tag: str
    member_id: bytes
    held: bool
    source: str
    hlc: int


_COLUMNS = ", ".join(RewardRow._fields)
_ADD = f"INSERT INTO reward_entry ({_COLUMNS}) VALUES ({', '.join('?' * len(RewardRow._fields))})"  # noqa: S608 - constant columns
_BY_OP = f"SELECT {_COLUMNS}, undone_by FROM reward_entry WHERE op = ?"  # noqa: S608 - constant columns
_FOLLOWING = f"""
SELECT {_COLUMNS} FROM reward_entry
WHERE reference = ? AND kind = 'event_award' AND undone_by IS NULL ORDER BY entered_at, op
"""  # noqa: S608 - constant columns
_HAPPENED = """
SELECT 1 FROM reward_entry WHERE occurrence = ?2 AND undone_by IS NULL AND member_id IN (
    SELECT ?1 UNION ALL SELECT alias_id FROM member_alias WHERE root_id = ?1)
"""
_ONCE = f"""
SELECT {_COLUMNS} FROM reward_entry
WHERE member_id = ? AND occurrence IS NOT NULL AND kind = 'event_award' AND undone_by IS NULL
"""  # noqa: S608 - constant columns
_UNDO = "UPDATE reward_entry SET undone_by = ? WHERE op = ? AND undone_by IS NULL"
_MOVE = (
    "INSERT INTO gift_move (op, sku, branch_id, change, reason, staff_id, moved_at, business_day,"
    " hold_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MOVED = "SELECT coalesce(sum(change), 0) FROM gift_move WHERE sku = ?"
_MOVED_HERE = "SELECT sku, sum(change) FROM gift_move GROUP BY sku"
_TAG = "INSERT INTO member_tag (op, tag, member_id, held, source, hlc) VALUES (?, ?, ?, ?, ?, ?)"
_UNTAG = "UPDATE member_tag SET undone_by = ? WHERE op = ? AND undone_by IS NULL"
_TAGS = """
SELECT tag FROM (
    SELECT tag, held, row_number() OVER (PARTITION BY tag ORDER BY hlc DESC, op DESC) AS place
    FROM member_tag WHERE undone_by IS NULL AND member_id IN (
        SELECT ?1 UNION ALL SELECT alias_id FROM member_alias WHERE root_id = ?1)
) WHERE place = 1 AND held = 1 ORDER BY tag
"""
_AWARDED = """
SELECT coalesce(sum(CASE WHEN business_day = ?2 THEN points END), 0), coalesce(sum(points), 0)
FROM reward_entry
WHERE member_id = ?1 AND business_day BETWEEN ?3 AND ?2 AND kind = 'event_award'
  AND undone_by IS NULL
"""
_BETWEEN = """
SELECT coalesce(sum(points), 0) FROM reward_entry
WHERE member_id = ? AND business_day BETWEEN ? AND ? AND kind = 'event_award' AND undone_by IS NULL
"""
_LED_TO = """
WITH RECURSIVE led (op, points, member_id) AS (
    SELECT op, points, member_id FROM reward_entry
    WHERE reference IN (?1, (SELECT op FROM sale_attach WHERE sale_id = ?1))
      AND kind = 'event_award' AND undone_by IS NULL
    UNION ALL
    SELECT e.op, e.points, e.member_id FROM led JOIN reward_entry AS e ON e.reference = led.op
    WHERE e.kind = 'event_award' AND e.undone_by IS NULL
)
SELECT coalesce(sum(points), 0) FROM led WHERE member_id = ?2
"""
_QUALIFYING = """
SELECT business_day, sum(due - returned_amount), count(*) - sum(returned_whole),
       sum(earned - returned_earned)
FROM sale WHERE member_id = ?1 AND reversed_by IS NULL GROUP BY business_day
UNION ALL
SELECT business_day, 0, 0, sum(points) FROM reward_entry
WHERE member_id = ?1 AND kind = 'event_award' AND undone_by IS NULL GROUP BY business_day
"""
_REVIEWED = """
SELECT business_day, entered_at FROM reward_entry
WHERE member_id = ? AND kind = 'tier_review' ORDER BY entered_at DESC, op DESC LIMIT 1
"""


class RewardRepository:
    """Access to rewards through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def add(self, row: RewardRow) -> None:
        """Write an act."""
        self._sql.run(_ADD, row)

    def find(self, op: bytes) -> tuple[RewardRow, bytes | None] | None:
        """Return an act with what undid it."""
        row = self._sql.one(_BY_OP, (op,))
        return None if row is None else (RewardRow(*row[:-1]), row[-1])

    def following(self, reference: bytes) -> list[RewardRow]:
        """Return the standing awards that a sale led to."""
        return [RewardRow(*row) for row in self._sql.all(_FOLLOWING, (reference,))]

    def happened(self, member_id: MemberId, occurrence: str) -> bool:
        """Say whether what counts once under this key stands, of him or of whom he stands for."""
        return self._sql.one(_HAPPENED, (member_id, occurrence)) is not None

    def undo(self, op: bytes, *, by: bytes) -> bool:
        """Mark an act as taken back; False when it was before."""
        return bool(self._sql.run(_UNDO, (by, op)))

    def redo(self, op: bytes) -> None:
        """Let an act that was taken back stand again."""
        self._sql.run("UPDATE reward_entry SET undone_by = NULL WHERE op = ?", (op,))

    def forget(self, op: bytes) -> None:
        """Take an act out again, and the pieces that it moved."""
        self._sql.run("DELETE FROM gift_move WHERE op = ?", (op,))
        self._sql.run("DELETE FROM reward_entry WHERE op = ?", (op,))

    def move_gift(self, row: GiftMove) -> None:
        """Count pieces in or out."""
        self._sql.run(_MOVE, row)

    def moved(self, sku: str) -> int:
        """Return how many pieces came in less those that went out, everywhere."""
        return int(self._sql.value(_MOVED, (sku,)))

    def tag(self, rows: Iterable[TagRow]) -> None:
        """Write words on tags down."""
        if kept := list(rows):
            self._sql.run_many(_TAG, kept)

    def untag(self, op: bytes, *, by: bytes) -> None:
        """Let the words of an act that was taken back count no more."""
        self._sql.run(_UNTAG, (by, op))

    def retag(self, op: bytes) -> None:
        """Let the words of an act count again."""
        self._sql.run("UPDATE member_tag SET undone_by = NULL WHERE op = ?", (op,))

    def forget_tags(self, op: bytes) -> None:
        """Take the words of an act out again."""
        self._sql.run("DELETE FROM member_tag WHERE op = ?", (op,))


def once_only_awards(reader: Reader, ids: Sequence[MemberId]) -> list[RewardRow]:
    """Return the standing awards of what counts once, of these ids, the first awarded in front."""
    rows = [RewardRow(*row) for each in ids for row in reader.all(_ONCE, (each,))]
    return sorted(rows, key=lambda row: (row.entered_at, row.op))


def tags_of(reader: Reader, member_id: MemberId) -> tuple[str, ...]:
    """Return the tags that a member has, sorted."""
    return tuple(row[0] for row in reader.all(_TAGS, (member_id,)))


def awarded_by_events(reader: Reader, member_id: MemberId, *, on: date) -> tuple[int, int]:
    """Return the points that events awarded on a business day, and in its month up to it."""
    days = on.isoformat(), on.replace(day=1).isoformat()
    row = reader.one(_AWARDED, (member_id, *days))
    assert row is not None, "an aggregate always answers"
    return row[0], row[1]


def events_between(reader: Reader, member_id: MemberId, days: tuple[str, str]) -> int:
    """Return the points that events awarded from one business day (ISO) to another."""
    return int(reader.value(_BETWEEN, (member_id, *days)))


def led_to(reader: Reader, sale_id: SaleId, member_id: MemberId) -> int:
    """Return the points that a sale led to for its own member and that stand."""
    return int(reader.value(_LED_TO, (sale_id, member_id)))


def qualifiers_of(reader: Reader, member_id: MemberId) -> list[Qualifier]:
    """Return what counts towards a member's tier, day by day, net of what came back."""
    return [
        Qualifier(date.fromisoformat(row[0]), row[1], row[2], row[3])
        for row in reader.all(_QUALIFYING, (member_id,))
    ]


def last_review(reader: Reader, member_id: MemberId) -> tuple[date, int] | None:
    """Return the business day and the instant (UTC ms) of a member's last review."""
    row = reader.one(_REVIEWED, (member_id,))
    return None if row is None else (date.fromisoformat(row[0]), row[1])


def gift_moves(reader: Reader) -> dict[str, int]:
    """Return for each gift how many pieces came in less those that went out."""
    return dict(reader.all(_MOVED_HERE))
