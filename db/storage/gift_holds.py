"""Pieces of gifts under holds: what one stream may give out, and what is promised to all."""

from typing import NamedTuple

from db.domain.ids import StreamId
from db.storage.database import Reader

_HELD = """
SELECT h.hold_id, h.stream_id, h.until_at,
       g.granted - (SELECT count(*) FROM gift_move AS m
                    WHERE m.hold_id = g.hold_id AND m.sku = g.sku)
FROM hold_gift AS g JOIN hold AS h ON h.hold_id = g.hold_id
WHERE g.sku = ?1 AND NOT EXISTS
    (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code IN ('', ?1))
ORDER BY h.until_at, h.hold_id
"""


class GiftHold(NamedTuple):
    """An open hold on pieces of a gift: whose, until when (UTC ms), and how many are left of it."""

    hold_id: bytes
    stream_id: StreamId
    until_at: int
    left: int


def gift_holds(reader: Reader, sku: str) -> list[GiftHold]:
    """Return the open holds on a gift with pieces left, those that ran out too."""
    found = [GiftHold(*row) for row in reader.all(_HELD, (sku,))]
    return [hold for hold in found if hold.left > 0]


def gift_hold_here(
    reader: Reader, sku: str, *, stream_id: StreamId, now_ms: int
) -> GiftHold | None:
    """Return the hold by which a stream may give a piece out now; the first to end goes first."""
    for hold in gift_holds(reader, sku):
        if hold.stream_id == stream_id and hold.until_at > now_ms:
            return hold
    return None


def pieces_lent(reader: Reader, sku: str) -> int:
    """Return how many pieces of a gift are promised to counters and not given out yet."""
    return sum(hold.left for hold in gift_holds(reader, sku))
