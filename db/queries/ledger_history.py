"""What happened to one member, newest first, as the member page lists it.

Sales, reversals, returns, redemptions, adjustments and stored value paid in and out are rows of
their own; a page continues behind the last row's (time, operation). What waits to be sent is asked
only of members who have something waiting: the log's rows are the fat ones.
"""

from itertools import islice
from typing import NamedTuple

from db.domain.ids import MemberId, SaleId
from db.queries.waiting import something_waits
from db.storage.database import Reader, Row
from db.storage.profiles import aliases_of

PAGE_ROWS_MAX = 500
_SALES = """
SELECT sold_at, sale_id, 'sale', due, earned - redeemed, redeemed, branch_id, counter_id, staff_id,
       sale_id, reversed_by IS NOT NULL, ''
FROM sale WHERE member_id = ?1 AND (sold_at, sale_id) < (?2, ?3)
ORDER BY sold_at DESC, sale_id DESC
"""
_REVERSALS = """
SELECT r.reversed_at, r.op, r.manner, s.returned_amount - s.due,
       s.redeemed - s.returned_redeemed - s.earned + s.returned_earned,
       s.returned_redeemed - s.redeemed, r.branch_id, r.counter_id, r.staff_id, r.sale_id, 0,
       r.reason
FROM sale AS s JOIN reversal AS r ON r.sale_id = s.sale_id AND r.op = s.reversed_by
WHERE s.member_id = ?1 AND s.reversed_by IS NOT NULL AND (r.reversed_at, r.op) < (?2, ?3)
ORDER BY r.reversed_at DESC, r.op DESC
"""
_RETURNS = """
SELECT returned_at, op, 'return', -paid, redeemed - earned, -redeemed, branch_id, counter_id,
       staff_id, sale_id, 0, reason
FROM goods_return WHERE member_id = ?1 AND (returned_at, op) < (?2, ?3)
ORDER BY returned_at DESC, op DESC
"""
_POINTS = """
SELECT entered_at, op, kind, -value, points, CASE kind WHEN 'redeem' THEN -points ELSE 0 END,
       branch_id, counter_id, staff_id, NULL, 0, reason
FROM points_entry WHERE member_id = ?1 AND (entered_at, op) < (?2, ?3)
ORDER BY entered_at DESC, op DESC
"""
_VALUE = """
SELECT entered_at, op, kind, principal, 0, 0, branch_id, counter_id, staff_id, NULL, 0, reason
FROM value_entry WHERE member_id = ?1 AND (entered_at, op) < (?2, ?3)
ORDER BY entered_at DESC, op DESC
"""
_REWARDS = """
SELECT entered_at, op, kind, 0, points,
       CASE kind WHEN 'gift_redeem' THEN -points WHEN 'gift_return' THEN -points ELSE 0 END,
       branch_id, counter_id, staff_id, NULL, undone_by IS NOT NULL, trim(detail || ' ' || reason)
FROM reward_entry WHERE member_id = ?1 AND (entered_at, op) < (?2, ?3)
ORDER BY entered_at DESC, op DESC
"""
_ENROLLMENT = """
SELECT m.registered_at, coalesce(c.op, m.member_id), 'enrollment', 0, 0, 0, m.home_branch_id,
       c.counter_id, c.staff_id, NULL, 0, ''
FROM member AS m
LEFT JOIN consent AS c ON (c.op, c.purpose) = (
    SELECT op, purpose FROM consent WHERE member_id = ?1 AND purpose = 'membership'
    ORDER BY hlc LIMIT 1)
WHERE m.member_id = ?1 AND (m.registered_at, coalesce(c.op, m.member_id)) < (?2, ?3)
"""
_SOURCES = (_SALES, _REVERSALS, _RETURNS, _POINTS, _VALUE, _REWARDS, _ENROLLMENT)
"""Each is asked alone and the few rows are merged here: as one statement they would be written to
a table and sorted there, at twice the cost. None has a `LIMIT ?`: SQLite would compile the
statement anew whenever the bound number is set."""
_UNSENT = """
SELECT 1 FROM operation AS o JOIN stream AS s ON s.stream_id = o.stream_id
WHERE o.op = ? AND s.counter_id = ? AND o.sequence > s.acked_sequence
"""
_NAMES = (
    "SELECT name FROM branch WHERE branch_id = ?",
    "SELECT name FROM counter WHERE counter_id = ?",
    "SELECT name FROM staff WHERE staff_id = ?",
)
_OURS = """
SELECT unhex(c.value) FROM setting AS c JOIN setting AS a ON a.name = 'authority'
WHERE c.name = 'counter_id' AND a.value = 'office'
"""
_END = (1 << 62, b"\xff" * 16)


class HistoryRow(NamedTuple):
    """One thing that happened to a member; money in 分, `at_ms` UTC.

    `kind` is sale, undo, void, return, redeem, adjust, opening or enrollment, or a reward's
    (`reward_entry`), whose `reason` begins with the event, gift or level. `amount` is what was
    paid, or with a minus what was given back or taken off elsewhere; `points` is the change of his
    points, of which `redeemed` were spent. `synced` is false while head office has not got it.
    """

    at_ms: int
    op: bytes
    kind: str
    amount: int
    points: int
    redeemed: int
    branch: str
    counter: str
    staff: str
    sale_id: SaleId | None
    reversed: bool
    reason: str
    synced: bool

    @property
    def mark(self) -> tuple[int, bytes]:
        """Return what the next page is asked for with."""
        return self.at_ms, self.op


def member_history(
    reader: Reader,
    member_id: MemberId,
    limit: int = 20,
    *,
    before: tuple[int, bytes] | None = None,
) -> tuple[HistoryRow, ...]:
    """Return a member's newest rows; `before` is the last row's `mark` of the page above."""
    limit = max(1, min(limit, PAGE_ROWS_MAX))
    at_ms, op = _END if before is None else before
    ids = (member_id, *aliases_of(reader, member_id))
    found = [
        row
        for each in ids
        for sql in _SOURCES
        for row in islice(reader.each(sql, (each, at_ms, op)), limit)
    ]
    rows = sorted(found, key=_mark, reverse=True)[:limit]
    names = _names(reader, rows)
    unsent = _unsent(reader, member_id, rows)
    return tuple(
        HistoryRow(
            at_ms=row[0],
            op=row[1],
            kind=row[2],
            amount=row[3],
            points=row[4],
            redeemed=row[5],
            branch=names[row[6]],
            counter=names[row[7]],
            staff=names[row[8]],
            sale_id=row[9],
            reversed=bool(row[10]),
            reason=row[11],
            synced=row[1] not in unsent,
        )
        for row in rows
    )


def _mark(row: Row) -> tuple[int, bytes]:
    return row[0], row[1]


def _unsent(reader: Reader, member_id: MemberId, rows: list[Row]) -> set[bytes]:
    """Return which of the rows' operations head office has yet to get."""
    ours = reader.value(_OURS)
    if ours is None or not something_waits(reader, member_id, ours):
        return set()
    return {row[1] for row in rows if reader.value(_UNSENT, (row[1], ours)) is not None}


def _names(reader: Reader, rows: list[Row]) -> dict[bytes | None, str]:
    """Return what the places and people of the rows are called: a page has few of each."""
    names: dict[bytes | None, str] = {None: ""}
    for row in rows:
        for sql, identifier in zip(_NAMES, row[6:9], strict=True):
            if identifier not in names:
                names[identifier] = reader.value(sql, (identifier,)) or ""
    return names
