"""What happened to one member, newest first, as the member page lists it.

Sales, reversals, redemptions and adjustments are rows of their own; a page continues behind the
last row's (time, operation). What waits to be sent is asked only of members who have something
waiting: the log's rows are the fat ones.
"""

from dataclasses import dataclass

from db.domain.ids import MemberId, SaleId
from db.storage.database import Reader, Row

PAGE_ROWS_MAX = 500
_HISTORY = """
WITH history (at_ms, op, kind, amount, points, redeemed, branch_id, counter_id, staff_id, sale_id,
              reversed, reason) AS (
    SELECT * FROM (
        SELECT sold_at, sale_id, 'sale', due, earned - redeemed, redeemed, branch_id, counter_id,
               staff_id, sale_id, reversed_by IS NOT NULL, ''
        FROM sale WHERE member_id = ?1 AND (sold_at, sale_id) < (?2, ?3)
        ORDER BY sold_at DESC, sale_id DESC LIMIT ?4)
    UNION ALL
    SELECT r.reversed_at, r.op, r.manner, -s.due, s.redeemed - s.earned, -s.redeemed, r.branch_id,
           r.counter_id, r.staff_id, r.sale_id, 0, r.reason
    FROM sale AS s JOIN reversal AS r ON r.sale_id = s.sale_id AND r.op = s.reversed_by
    WHERE s.member_id = ?1 AND s.reversed_by IS NOT NULL AND (r.reversed_at, r.op) < (?2, ?3)
    UNION ALL
    SELECT entered_at, op, kind, -value, points, CASE kind WHEN 'redeem' THEN -points ELSE 0 END,
           branch_id, counter_id, staff_id, NULL, 0, reason
    FROM points_entry WHERE member_id = ?1 AND (entered_at, op) < (?2, ?3)
    UNION ALL
    SELECT m.registered_at, coalesce(c.op, m.member_id), 'enrollment', 0, 0, 0, m.home_branch_id,
           c.counter_id, c.staff_id, NULL, 0, ''
    FROM member AS m
    LEFT JOIN consent AS c ON (c.op, c.purpose) = (
        SELECT op, purpose FROM consent WHERE member_id = ?1 AND purpose = 'membership'
        ORDER BY hlc LIMIT 1)
    WHERE m.member_id = ?1 AND (m.registered_at, coalesce(c.op, m.member_id)) < (?2, ?3)
)
SELECT h.at_ms, h.op, h.kind, h.amount, h.points, h.redeemed, coalesce(b.name, ''),
       coalesce(c.name, ''), coalesce(f.name, ''), h.sale_id, h.reversed, h.reason, {synced}
FROM (SELECT * FROM history ORDER BY at_ms DESC, op DESC LIMIT ?4) AS h
LEFT JOIN branch AS b ON b.branch_id = h.branch_id
LEFT JOIN counter AS c ON c.counter_id = h.counter_id
LEFT JOIN staff AS f ON f.staff_id = h.staff_id
ORDER BY h.at_ms DESC, h.op DESC
"""
_ALL_SENT = _HISTORY.format(synced="1")
_SOME_WAIT = _HISTORY.format(
    synced="""NOT EXISTS (
    SELECT 1 FROM operation AS o JOIN stream AS s ON s.stream_id = o.stream_id
    WHERE o.op = h.op AND s.counter_id = ?5 AND o.sequence > s.acked_sequence)"""
)
_WAITS = """
SELECT o.sequence > s.acked_sequence FROM operation AS o
JOIN stream AS s ON s.stream_id = o.stream_id
WHERE o.member_id = ? AND s.counter_id = ? ORDER BY o.hlc DESC LIMIT 1
"""
_OURS = """
SELECT unhex(c.value) FROM setting AS c JOIN setting AS a ON a.name = 'authority'
WHERE c.name = 'counter_id' AND a.value = 'office'
"""
_END = (1 << 62, b"\xff" * 16)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing that happened to a member; money in 分, `at_ms` UTC.

    `kind` is sale, undo, void, redeem, adjust, opening or enrollment. `amount` is what was paid,
    or with a minus what was given back or taken off elsewhere; `points` is the change of his
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
    ours = reader.value(_OURS)
    if ours is not None and reader.value(_WAITS, (member_id, ours)):
        rows = reader.all(_SOME_WAIT, (member_id, at_ms, op, limit, ours))
    else:
        rows = reader.all(_ALL_SENT, (member_id, at_ms, op, limit))
    return tuple(_row(row) for row in rows)


def _row(row: Row) -> HistoryRow:
    return HistoryRow(
        at_ms=row[0],
        op=row[1],
        kind=row[2],
        amount=row[3],
        points=row[4],
        redeemed=row[5],
        branch=row[6],
        counter=row[7],
        staff=row[8],
        sale_id=None if row[9] is None else SaleId(row[9]),
        reversed=bool(row[10]),
        reason=row[11],
        synced=bool(row[12]),
    )
