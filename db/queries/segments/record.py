"""One member's record, with whom he stands for: what his segments are asked of at the counter."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from db.domain.clock import BusinessCalendar
from db.domain.ids import MemberId
from db.domain.segments.record import (
    MemberRecord,
    RecordedLine,
    RecordedReturn,
    RecordedSale,
)
from db.queries.member_details import consents_of
from db.storage.database import Reader
from db.storage.profiles import aliases_of
from db.storage.rewards import tags_of

_MEMBER: Final = """
SELECT m.joined_on, m.state, m.tier, m.gender, m.city, m.channel, coalesce(b.name, ''), m.birthday
FROM member AS m LEFT JOIN branch AS b ON b.branch_id = m.home_branch_id WHERE m.member_id = ?
"""
_SALES: Final = """
SELECT s.sale_id, s.business_day, s.sold_at, coalesce(b.name, ''), s.due, s.returned_whole
FROM sale AS s LEFT JOIN branch AS b ON b.branch_id = s.branch_id
WHERE s.member_id = ?1 AND s.reversed_by IS NULL AND s.business_day <= ?2
"""
_LINES: Final = """
SELECT s.sale_id, l.sku, l.category, l.amount - l.redeemed_value
FROM sale AS s JOIN sale_line AS l ON l.sale_id = s.sale_id
WHERE s.member_id = ?1 AND s.reversed_by IS NULL AND s.business_day <= ?2
"""
_RETURNS: Final = """
SELECT r.op, r.business_day, coalesce(b.name, ''), r.paid
FROM goods_return AS r LEFT JOIN branch AS b ON b.branch_id = r.branch_id
WHERE r.member_id = ?1 AND r.business_day <= ?2
  AND NOT EXISTS (SELECT 1 FROM sale AS v WHERE v.sale_id = r.sale_id AND v.reversed_by IS NOT NULL)
"""
_RETURNED: Final = """
SELECT r.op, l.sku, l.category, g.paid FROM goods_return AS r
JOIN goods_return_line AS g ON g.op = r.op
JOIN sale_line AS l ON l.sale_id = r.sale_id AND l.line = g.line
WHERE r.member_id = ?1 AND r.business_day <= ?2
  AND NOT EXISTS (SELECT 1 FROM sale AS v WHERE v.sale_id = r.sale_id AND v.reversed_by IS NOT NULL)
"""
_POINTS: Final = """
SELECT coalesce((SELECT sum(remaining) FROM lot WHERE member_id = ?1 AND remaining <> 0
                 AND (remaining < 0 OR expires_on IS NULL OR expires_on >= ?2)), 0)
     + coalesce((SELECT sum(p.granted - p.spent - p.returned) FROM lease AS l
                 JOIN lease_lot AS p ON p.lease_id = l.lease_id
                 WHERE l.member_id = ?1 AND l.state <> 'reclaimed'), 0)
"""
_REDEEMED: Final = """
SELECT max(day) FROM (
    SELECT business_day AS day FROM sale
    WHERE member_id = ?1 AND redeemed > 0 AND reversed_by IS NULL
    UNION ALL
    SELECT business_day FROM points_entry WHERE member_id = ?1 AND kind = 'redeem'
    UNION ALL
    SELECT business_day FROM reward_entry
    WHERE member_id = ?1 AND kind = 'gift_redeem' AND undone_by IS NULL
) AS u WHERE day <= ?2
"""


def member_record(
    reader: Reader, member_id: MemberId, *, today: date, calendar: BusinessCalendar
) -> MemberRecord:
    """Return the record of a member who stands for himself, up to a business day."""
    row = reader.one(_MEMBER, (member_id,))
    assert row is not None, "asked of members"
    ids = (member_id, *aliases_of(reader, member_id))
    on = today.isoformat()
    redeemed = [day for one in ids if (day := reader.value(_REDEEMED, (one, on))) is not None]
    return MemberRecord(
        joined_on=date.fromisoformat(row[0]),
        state=row[1],
        tier=row[2],
        gender=row[3],
        city=row[4],
        channel=row[5],
        home=row[6],
        birthday=row[7],
        points=sum(int(reader.value(_POINTS, (one, on))) for one in ids),
        redeemed_on=date.fromisoformat(max(redeemed)) if redeemed else None,
        tags=frozenset(tags_of(reader, member_id)),
        consents=frozenset(
            purpose for purpose, given in consents_of(reader, member_id).items() if given
        ),
        sales=tuple(_sales(reader, ids, on, calendar=calendar)),
        returns=tuple(_returns(reader, ids, on)),
    )


def _sales(
    reader: Reader, ids: Iterable[MemberId], on: str, *, calendar: BusinessCalendar
) -> Iterable[RecordedSale]:
    for one in ids:
        lines = _lines(reader, _LINES, one, on=on)
        for sale_id, day, sold_at, branch, due, gone in reader.all(_SALES, (one, on)):
            yield RecordedSale(
                date.fromisoformat(day),
                calendar.local(sold_at).hour,
                branch,
                due,
                tuple(lines[sale_id]),
                bool(gone),
            )


def _returns(reader: Reader, ids: Iterable[MemberId], on: str) -> Iterable[RecordedReturn]:
    for one in ids:
        lines = _lines(reader, _RETURNED, one, on=on)
        for op, day, branch, paid in reader.all(_RETURNS, (one, on)):
            yield RecordedReturn(date.fromisoformat(day), branch, paid, tuple(lines[op]))


def _lines(
    reader: Reader, sql: str, member_id: MemberId, *, on: str
) -> dict[bytes, list[RecordedLine]]:
    lines: dict[bytes, list[RecordedLine]] = defaultdict(list)
    for of, sku, category, paid in reader.all(sql, (member_id, on)):
        lines[of].append(RecordedLine(sku, category, paid))
    return lines
