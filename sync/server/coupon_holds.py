"""Leases of coupons: to whom head office grants which, and whom it asks for the rest.

The default holder of a coupon is the stream that issued it, else the one whose cashier looked the
member up (DECISIONS 10): until it closes that, nobody else is granted the coupon.
"""

from collections.abc import Iterator

from db.domain.holds import HoldToken
from db.domain.ids import MemberId, StreamId, text_of
from db.domain.offers.coupon_facts import CouponFact
from db.domain.offers.coupons import OPEN
from db.domain.operations import Operation
from db.storage.coupons import CouponRow, find_coupon, unused_coupons
from db.storage.profiles import aliases_of
from sync.protocol.messages import LeaseAsk, LeaseNo
from sync.server.asker import HOUR_MS, Asker
from sync.server.desk import Desk
from sync.server.holds import enter_hold, holds_by_itself, signed
from sync.server.storage.recall_rows import RecallRow

COUPONS_MAX = 50
"""How many coupons one ask is granted: a member with more uses these first."""
_GRANTED = """
SELECT h.stream_id, h.hold_id, h.until_at
FROM hold_coupon AS c JOIN hold AS h ON h.hold_id = c.hold_id
WHERE c.code = ?1 AND NOT EXISTS
    (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code IN ('', ?1))
"""


def grant_coupons(desk: Desk, asker: Asker, ask: LeaseAsk) -> Operation | LeaseNo:
    """Grant the named coupons, and all the member may use, as far as no other stream holds them."""
    hours = desk.work.program(asker.today).document.offline.lease.hours
    wanted, elsewhere = [], 0
    for row in _coupons_asked(desk, asker, ask):
        holders = list(_holders(desk, row, hours))
        others = [holder for holder in holders if holder[0] != asker.stream.stream_id]
        for stream_id, hold_id, _ in others:
            recall = RecallRow(stream_id, hold_id, row.code)
            desk.recalls.want(recall, at_ms=desk.work.at_ms)
        elsewhere += bool(others)
        fresh = any(until > desk.work.at_ms + hours * HOUR_MS // 2 for _, _, until in holders)
        if not others and not fresh:
            wanted.append(row)
    if not wanted:
        code = "elsewhere" if elsewhere else "nothing_to_lease"
        return LeaseNo(ask=ask.ask, code=code, free=0)
    token = HoldToken(
        g=text_of(ask.ask),
        s=text_of(asker.stream.stream_id),
        until=desk.work.at_ms + hours * HOUR_MS,
        m=text_of(ask.member) if ask.member else "",
        coupons=tuple(
            CouponFact(
                code=row.code, kind=row.kind, valid_from=row.valid_from, valid_to=row.valid_to
            )
            for row in wanted[:COUPONS_MAX]
        ),
    )
    return enter_hold(desk, signed(desk, token))


def _coupons_asked(desk: Desk, asker: Asker, ask: LeaseAsk) -> Iterator[CouponRow]:
    """Return unused coupons in their time, the named ones in front."""
    member_id = MemberId(ask.member)
    ids = (member_id, *aliases_of(desk.work.sql, member_id)) if ask.member else ()
    rows = [row for code in ask.codes if (row := find_coupon(desk.work.sql, code)) is not None]
    rows = [row for row in rows if row.state == OPEN]
    if ids:
        rows += unused_coupons(desk.work.sql, ids)
    today = asker.today.isoformat()
    seen: set[str] = set()
    for row in rows:
        ended = row.valid_to is not None and row.valid_to < today
        whose = row.member_id is None or row.member_id in ids
        if row.code not in seen and not ended and whose:
            seen.add(row.code)
            yield row


def _holders(desk: Desk, row: CouponRow, hours: int) -> Iterator[tuple[StreamId, bytes, int]]:
    """Return (stream, hold, until) of every open hold on a coupon, its issuer's included."""
    for stream_id, hold_id, until_at in desk.work.all(_GRANTED, (row.code,)):
        yield StreamId(stream_id), hold_id, until_at
    issued = desk.work.one("SELECT stream_id FROM operation WHERE op = ?", (row.op,))
    if issued is None or desk.work.holds.is_closed(row.op, row.code):
        return
    if holds_by_itself(desk, StreamId(issued[0])):
        yield StreamId(issued[0]), row.op, row.issued_at + hours * HOUR_MS
