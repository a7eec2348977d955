"""What the top bar and the undo bar say: how much waits to be sent, which shift, the last sale."""

from dataclasses import dataclass

from db.domain import hlc
from db.domain.ids import MemberId, SaleId
from db.domain.reversals import UNDO_MS
from db.storage.database import Reader
from db.storage.home import HomeIdentity

_STATUS = """
SELECT (SELECT sum(sequence - acked_sequence) FROM stream WHERE counter_id = ?1),
       (SELECT number FROM shift WHERE counter_id = ?1 AND closed_at IS NULL
        ORDER BY opened_at DESC LIMIT 1),
       (SELECT value FROM setting WHERE name = 'last_contact_at'),
       (SELECT count(*) FROM conflict AS c WHERE NOT EXISTS
        (SELECT 1 FROM conflict_close AS x WHERE x.conflict_id = c.conflict_id)),
       (SELECT max(hlc) FROM stream WHERE counter_id = ?1),
       (SELECT value FROM setting WHERE name = 'office_time')
"""
_LOOK_BACK = 1_000
"""So many operations back a last sale is looked for: an import may lie on top of it."""
_LAST_SALE = """
SELECT s.sale_id, s.member_id, m.name, s.due, s.earned, s.redeemed, s.sold_at, s.reversed_by
FROM operation AS o
JOIN sale AS s ON s.sale_id = o.op
LEFT JOIN member AS m ON m.member_id = s.member_id
WHERE o.stream_id = ?1 AND o.kind = 'sale' AND s.source = 'counter'
  AND o.sequence > (SELECT sequence FROM stream WHERE stream_id = ?1) - ?2
ORDER BY o.sequence DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class LastSale:
    """The newest sale of this counter; 分 and points. Undo ends at `undo_until_ms`."""

    sale_id: SaleId
    member_id: MemberId | None
    member_name: str
    due: int
    earned: int
    redeemed: int
    sold_at: int

    @property
    def undo_until_ms(self) -> int:
        """Return the last instant (UTC ms) at which it may be undone."""
        return self.sold_at + UNDO_MS

    def undo_seconds_left(self, now_ms: int) -> int:
        """Return how many whole seconds are left to undo it; 0 when it is too late."""
        return max(0, -(-(self.undo_until_ms - now_ms) // 1000))


@dataclass(frozen=True, slots=True)
class CounterStatus:
    """How this counter stands; `waiting` operations, `last_contact_ms` nothing before the first.

    Without a head office nothing waits. `last_sale` is nothing once it was undone. `last_stamp_ms`
    is the newest time that the stream has seen, and `ahead_of_office_ms` how far it lay before head
    office's clock when that was heard last: by both a wrong clock shows.
    """

    waiting: int
    with_office: bool
    open_shift: int | None
    last_sale: LastSale | None
    last_contact_ms: int | None
    open_conflicts: int = 0
    last_stamp_ms: int = 0
    ahead_of_office_ms: int = 0


def counter_status(reader: Reader, home: HomeIdentity) -> CounterStatus:
    """Return the counter's status in two statements."""
    row = reader.one(_STATUS, (home.counter_id,))
    assert row is not None, "scalars always answer"
    waiting, shift, contact, conflicts, stamp, told = row
    return CounterStatus(
        waiting=0 if home.own_authority else int(waiting or 0),
        with_office=not home.own_authority,
        open_shift=shift,
        last_sale=_last_sale(reader, home),
        last_contact_ms=None if contact is None else int(contact),
        open_conflicts=conflicts,
        last_stamp_ms=hlc.milliseconds(int(stamp or 0)),
        ahead_of_office_ms=_ahead(told),
    )


def _ahead(told: str | None) -> int:
    """Return by how much the stream's clock lay before head office's, as it was remembered."""
    if told is None:
        return 0
    ours, office = map(int, told.split())
    return max(0, ours - office)


def _last_sale(reader: Reader, home: HomeIdentity) -> LastSale | None:
    row = reader.one(_LAST_SALE, (home.stream_id, _LOOK_BACK))
    if row is None or row[7] is not None:
        return None
    return LastSale(
        sale_id=SaleId(row[0]),
        member_id=None if row[1] is None else MemberId(row[1]),
        member_name=row[2] or "",
        due=row[3],
        earned=row[4],
        redeemed=row[5],
        sold_at=row[6],
    )
