"""A member's stored value: what is held today, and what happened to it, newest first."""

from dataclasses import dataclass
from datetime import date

from db.domain.ids import MemberId, SaleId
from db.domain.lots import spend_order
from db.storage.database import Reader
from db.storage.holds import value_here
from db.storage.home import HomeIdentity
from db.storage.stored_value import member_purse

_HISTORY = """
SELECT t.op, coalesce(e.entered_at, r.reversed_at, s.sold_at, o.hlc >> 16),
       coalesce(e.kind, r.manner, o.kind),
       sum(iif(t.purse = 'principal', iif(t.credit = 'member', t.amount, -t.amount), 0)),
       sum(iif(t.purse = 'bonus', iif(t.credit = 'member', t.amount, -t.amount), 0)),
       coalesce(e.tender, ''), coalesce(e.reason, r.reason, ''), min(t.sale_id),
       coalesce(b.name, ''), coalesce(c.name, ''), coalesce(f.name, '')
FROM value_transfer AS t
JOIN operation AS o ON o.op = t.op
LEFT JOIN value_entry AS e ON e.op = t.op
LEFT JOIN reversal AS r ON r.op = t.op
LEFT JOIN sale AS s ON s.sale_id = t.op
LEFT JOIN branch AS b ON b.branch_id = t.branch_id
LEFT JOIN counter AS c ON c.counter_id = t.counter_id
LEFT JOIN staff AS f ON f.staff_id = coalesce(e.staff_id, r.staff_id, s.staff_id)
WHERE t.member_id = ?
GROUP BY t.op, e.entered_at, e.kind, e.tender, e.reason, r.reversed_at, r.manner, r.reason,
         s.sold_at, o.hlc, o.kind, b.name, c.name, f.name
ORDER BY o.hlc DESC, t.op DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class BonusLot:
    """Bonus that can still be spent, in 分, and its last day."""

    amount: int
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class ValueHeld:
    """Principal and usable bonus in 分; the lots in the order in which they are spent."""

    principal: int
    bonus: int
    lots: tuple[BonusLot, ...]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One act: what came to both purses in 分, below zero what went.

    `kind` is top_up, refund, sale, undo, void or return.
    """

    op: bytes
    at_ms: int
    kind: str
    principal: int
    bonus: int
    tender: str
    reason: str
    sale_id: SaleId | None
    branch: str
    counter: str
    staff: str


def value_usable_here(
    reader: Reader, member_id: MemberId, *, home: HomeIdentity, on: date, now_ms: int
) -> int:
    """Return how much of a member's stored value, in 分, this counter may spend at `now_ms`."""
    purse = member_purse(reader, member_id)
    if not home.own_authority:
        purse = value_here(reader, purse, member_id, stream_id=home.stream_id, now_ms=now_ms).purse
    return sum(purse.spendable(on))


def value_held(reader: Reader, member_id: MemberId, *, on: date) -> ValueHeld:
    """Return what a member holds on a business day."""
    purse = member_purse(reader, member_id)
    lots = tuple(BonusLot(lot.points, lot.expires_on) for lot in spend_order(purse.lots, on))
    return ValueHeld(purse.principal, purse.bonus(on), lots)


def value_history(reader: Reader, member_id: MemberId, *, limit: int) -> tuple[ValueRow, ...]:
    """Return what happened to a member's stored value, newest first."""
    return tuple(ValueRow(*row) for row in reader.all(_HISTORY, (member_id, limit)))
