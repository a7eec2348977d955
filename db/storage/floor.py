"""What this counter may spend beyond its leases, asked of the file: only where the program allows.

The spell is counted by places in the stream, not by time: what head office has taken in up to the
last whole exchange counts no more, whatever clocks say. A stream that has not exchanged yet (a
restored backup writes a new one) has no spell, and no floor.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from db.domain.beyond_leases import FloorUse
from db.domain.ids import LotId, MemberId, StreamId
from db.domain.lots import Lot
from db.storage.database import Reader, Statements

EXCHANGED_SETTING = "exchanged"
"""Stream, place and time (trusted UTC ms) of the last exchange that was carried to its end."""
TOLD_SETTING = "told_acked"
"""Stream and place: what head office was told that we know it holds."""
_SETTING = "SELECT value FROM setting WHERE name = ?"
_SPELL = """
SELECT coalesce(sum(points + coupons), 0) FROM floor_spend WHERE stream_id = ? AND sequence > ?
"""
_VISIT = """
SELECT coalesce(sum(points + coupons), 0) FROM floor_spend
WHERE member_id = ? AND business_day = ? AND counter_id = ?
"""
_FRESH = """
SELECT l.member_id, l.lot_id, l.remaining, l.available_on, l.expires_on, l.opened_at
FROM lot AS l JOIN operation AS o ON o.op = l.op
WHERE l.member_id = ? AND l.remaining > 0 AND l.available_on <= ? AND o.stream_id = ?
  AND o.sequence > ? AND o.sequence > (SELECT acked_sequence FROM stream WHERE stream_id = ?)
  AND o.kind NOT IN ('attach', 'return', 'reversal', 'gift_return')
"""
"""What head office may set aside, because another counter did it first, gives nothing to spend."""
_ADD = (
    "INSERT INTO floor_spend (op, stream_id, sequence, member_id, counter_id, points, coupons,"
    " approver_id, business_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class FloorRow(NamedTuple):
    """An act that went beyond every lease, as stored; coupons by their worth in points."""

    op: bytes
    stream_id: bytes
    sequence: int
    member_id: bytes | None
    counter_id: bytes
    points: int
    coupons: int
    approver_id: bytes
    business_day: str


class FreshLot(NamedTuple):
    """A lot that this stream opened and nobody has under a lease: whose, and what is left."""

    owner: MemberId
    lot: Lot


def add_floor_row(sql: Statements, row: FloorRow) -> None:
    """Keep what an act spent beyond every lease."""
    sql.run(_ADD, row)


def floor_use(
    reader: Reader,
    ids: Sequence[MemberId],
    *,
    stream_id: StreamId,
    counter_id: bytes,
    on: date,
) -> FloorUse | None:
    """Return what went by the floor so far; nothing where this stream has not exchanged yet."""
    since = (reader.value(_SETTING, (EXCHANGED_SETTING,)) or "").split()
    if since[:1] != [stream_id.hex()]:
        return None
    spell = reader.value(_SPELL, (stream_id, int(since[1])))
    visits = [reader.value(_VISIT, (each, on.isoformat(), counter_id)) for each in ids]
    return FloorUse(visit=sum(visits), spell=spell, since_ms=int(since[2]))


def fresh_lots(
    reader: Reader, ids: Sequence[MemberId], *, stream_id: StreamId, on: date
) -> list[FreshLot]:
    """Return usable lots of these ids that this stream opened and head office cannot have leased.

    Head office leases what a counter awarded only once the counter has said that it knows head
    office to hold it (`told_acked`), so what lies behind both marks is ours alone.
    """
    told = (reader.value(_SETTING, (TOLD_SETTING,)) or "").split()
    after = int(told[1]) if told[:1] == [stream_id.hex()] else 0
    found = [
        FreshLot(
            MemberId(row[0]),
            Lot(
                LotId(row[1]),
                row[2],
                date.fromisoformat(row[3]),
                None if row[4] is None else date.fromisoformat(row[4]),
                row[5],
            ),
        )
        for each in ids
        for row in reader.all(_FRESH, (each, on.isoformat(), stream_id, after, stream_id))
    ]
    return [fresh for fresh in found if fresh.lot.usable(on)]
