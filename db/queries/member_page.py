"""A member's page in one look: card, history, lots, coupons, stored value, words, tags, merges.

Everything is read from one snapshot, so that no tab says otherwise than another.
"""

from dataclasses import dataclass

from db.domain.ids import MemberId, SaleId
from db.domain.program.program import Program
from db.queries.conflicts import WishShown, wishes_for
from db.queries.coupon_list import CouponShown, coupon_list
from db.queries.ledger_history import HistoryRow, member_history
from db.queries.member_card import MemberCard, member_card
from db.queries.member_details import MemberDetails, member_details
from db.queries.profile_history import ProfileWord, profile_history
from db.queries.value_history import ValueHeld, ValueRow, value_held, value_history
from db.storage.database import Reader, Row
from db.storage.home import HomeIdentity
from db.storage.profiles import aliases_of
from db.storage.rewards import tags_of

ROWS = 50
_LOTS = """
SELECT o.lot_id, o.awarded, o.remaining, o.available_on, o.expires_on, o.opened_at, o.entry,
       s.sale_id,
       coalesce((SELECT sum(p.granted - p.spent - p.returned) FROM lease AS l
           JOIN lease_lot AS p ON p.lease_id = l.lease_id
           WHERE l.member_id = o.member_id AND p.lot_id = o.lot_id AND l.state <> 'reclaimed'), 0)
FROM lot AS o LEFT JOIN sale AS s ON s.sale_id = o.op
WHERE o.member_id = ? ORDER BY o.opened_at DESC, o.lot_id DESC
"""
_ALIAS = "SELECT number, name, phone FROM member WHERE member_id = ?"
_MERGED_AT = """
SELECT m.merged_at FROM member_merge AS m WHERE m.source_id = ?
AND NOT EXISTS (SELECT 1 FROM member_unmerge AS u WHERE u.merge_op = m.op)
ORDER BY m.hlc DESC, m.op DESC
"""


@dataclass(frozen=True, slots=True)
class LotShown:
    """Points that came together: how many, how many are left, from when and until when.

    `left` counts those that a counter holds on lease; `entry` says why they came, `sale_id` by
    which sale. `opened_at` is UTC ms, days are ISO.
    """

    lot_id: bytes
    awarded: int
    left: int
    available_on: str
    expires_on: str | None
    opened_at: int
    entry: str
    sale_id: SaleId | None


@dataclass(frozen=True, slots=True)
class MergedIn:
    """Somebody who answers to this member since `merged_at` (UTC ms); masked by who shows it."""

    member_id: MemberId
    number: str
    name: str
    phone: str
    merged_at: int


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Everything the page shows."""

    card: MemberCard
    details: MemberDetails
    history: tuple[HistoryRow, ...]
    lots: tuple[LotShown, ...]
    coupons: tuple[CouponShown, ...]
    held: ValueHeld
    value: tuple[ValueRow, ...]
    words: tuple[ProfileWord, ...]
    tags: tuple[str, ...]
    merged: tuple[MergedIn, ...]
    wishes: tuple[WishShown, ...]


def member_page(
    reader: Reader,
    member_id: MemberId,
    *,
    home: HomeIdentity,
    program: Program,
    now_ms: int,
    history_rows: int = ROWS,
) -> MemberPage | None:
    """Return the page of whoever answers to an id; nothing for nobody."""
    card = member_card(reader, member_id, home=home, program=program, now_ms=now_ms)
    if card is None:
        return None
    person, on = card.member_id, home.calendar.day_of(now_ms)
    aliases = aliases_of(reader, person)
    ids = (person, *aliases)
    return MemberPage(
        card=card,
        details=member_details(reader, person),
        history=member_history(reader, person, history_rows),
        lots=tuple(_lot(row) for one in ids for row in reader.all(_LOTS, (one,))),
        coupons=tuple(
            coupon
            for one in ids
            for coupon in coupon_list(reader, on=on, member_id=one, limit=ROWS)
        ),
        held=value_held(reader, person, on=on),
        value=value_history(reader, person, limit=ROWS),
        words=profile_history(reader, person, limit=ROWS),
        tags=tags_of(reader, person),
        merged=tuple(_merged(reader, alias) for alias in aliases),
        wishes=wishes_for(reader, person),
    )


def _lot(row: Row) -> LotShown:
    lot_id, awarded, remaining, first, last, opened, entry, sale, leased = row
    return LotShown(lot_id, awarded, remaining + leased, first, last, opened, entry, sale)


def _merged(reader: Reader, alias: MemberId) -> MergedIn:
    number, name, phone = reader.one(_ALIAS, (alias,)) or ("", "", None)
    merged = next(iter(reader.all(_MERGED_AT, (alias,))), (0,))
    return MergedIn(alias, number, name, phone or "", merged[0])
