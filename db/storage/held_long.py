"""What this counter has held for long enough: holds that ran out and have something left in them.

Each question looks back a month only, for it is asked at every exchange. What is older is given
back when head office asks for it.
"""

from datetime import date, timedelta
from typing import NamedTuple

from db.domain.ids import MemberId, StreamId
from db.storage.database import Reader
from db.storage.home import HomeIdentity

LOOK_BACK_DAYS = 31
DAY_MS = 86_400_000
_STREAMS = "SELECT stream_id FROM stream WHERE counter_id = ?1"
_UNUSED = "NOT EXISTS (SELECT 1 FROM coupon_use AS u WHERE u.code = {} AND u.given_back_by IS NULL)"
_GRANTED = f"""
SELECT h.hold_id FROM hold AS h
WHERE h.stream_id IN ({_STREAMS}) AND h.until_at > ?2 AND h.until_at <= ?3
  AND NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code = '')
  AND (EXISTS (SELECT 1 FROM hold_coupon AS c WHERE c.hold_id = h.hold_id
               AND {_UNUSED.format("c.code")} AND NOT EXISTS
               (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code = c.code))
       OR EXISTS (SELECT 1 FROM hold_value AS v WHERE v.hold_id = h.hold_id AND v.granted >
                  (SELECT coalesce(sum(s.amount), 0) FROM hold_spend AS s
                   WHERE s.hold_id = v.hold_id AND s.lot_id = v.lot_id))
       OR EXISTS (SELECT 1 FROM hold_gift AS g WHERE g.hold_id = h.hold_id AND g.granted >
                  (SELECT count(*) FROM gift_move AS m
                   WHERE m.hold_id = g.hold_id AND m.sku = g.sku)))
ORDER BY h.until_at LIMIT ?4
"""  # noqa: S608 - constant parts
_ISSUED = f"""
SELECT c.op, c.code, c.member_id FROM coupon AS c
WHERE c.counter_id = ?1 AND c.issued_at > ?2 AND c.issued_at <= ?3 AND c.voided_by IS NULL
  AND (c.valid_to IS NULL OR c.valid_to >= ?5) AND {_UNUSED.format("c.code")}
  AND NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = c.op AND x.code = c.code)
ORDER BY c.issued_at, c.op, c.code LIMIT ?4
"""  # noqa: S608 - constant parts
_TAKEN_IN = f"""
SELECT t.stream_id, t.member_id FROM (
    SELECT o.stream_id, v.member_id, max(o.sequence) AS sequence, max(o.hlc >> 16) AS at_ms
    FROM value_transfer AS v JOIN operation AS o ON o.op = v.op
    WHERE v.business_day >= ?2 AND v.counter_id = ?1 AND v.credit = 'member'
      AND o.stream_id IN ({_STREAMS})
    GROUP BY o.stream_id, v.member_id) AS t
LEFT JOIN value_closed AS x ON x.stream_id = t.stream_id AND x.member_id = t.member_id
WHERE t.at_ms <= ?3 AND t.sequence > coalesce(x.sequence, 0) LIMIT ?4
"""  # noqa: S608 - constant parts


class IssuedCoupon(NamedTuple):
    """A coupon that this counter issued: by which operation, to whom."""

    op: bytes
    code: str
    member_id: MemberId | None


def granted_long_ago(reader: Reader, home: HomeIdentity, *, now_ms: int, limit: int) -> list[bytes]:
    """Return the counter's holds that ran out with something left in them."""
    since = now_ms - LOOK_BACK_DAYS * DAY_MS
    return [row[0] for row in reader.all(_GRANTED, (home.counter_id, since, now_ms, limit))]


def issued_long_ago(
    reader: Reader, home: HomeIdentity, *, before_ms: int, today: date, limit: int
) -> list[IssuedCoupon]:
    """Return unused coupons that the counter issued before a moment and holds still."""
    since = before_ms - LOOK_BACK_DAYS * DAY_MS
    params = (home.counter_id, since, before_ms, limit, today.isoformat())
    return [IssuedCoupon(*row) for row in reader.all(_ISSUED, params)]


def taken_in_long_ago(
    reader: Reader, home: HomeIdentity, *, before_ms: int, today: date, limit: int
) -> list[tuple[StreamId, MemberId]]:
    """Return (stream, member) of value that the counter took in before a moment and holds still."""
    since = today - timedelta(days=LOOK_BACK_DAYS)
    params = (home.counter_id, since.isoformat(), before_ms, limit)
    return [(StreamId(row[0]), MemberId(row[1])) for row in reader.all(_TAKEN_IN, params)]
