"""Leases of gifts with a stock: whole pieces, granted as far as nobody else was promised them.

The stock is one number for the shop, so a counter that is cut off may give out what it holds and no
more. A standing grant is one piece (DECISIONS 10); what idle counters hold is asked back of them.
"""

from typing import Final

import msgspec

from db.domain.gifts import GiftUnknown, gift_of, left_of
from db.domain.holds import GiftPieces, HoldToken
from db.domain.ids import text_of
from db.domain.operations import Operation
from db.queries.programs import program_marked
from db.storage.gift_holds import gift_holds
from sync.protocol.messages import LeaseAsk, LeaseNo
from sync.server.asker import EXACT_LEASE_MS, HOUR_MS, Asker
from sync.server.desk import Desk
from sync.server.holds import enter_hold, signed
from sync.server.storage.recall_rows import RecallRow

EXACT: Final = "gift_exact"
GIFTS: Final = ("gift", EXACT)


def grant_gift(desk: Desk, asker: Asker, ask: LeaseAsk) -> Operation | LeaseNo:
    """Grant pieces of the gift that the ask names: exactly `points` for a visit, or one to keep."""
    sku = ask.codes[0] if ask.codes else ""
    program = desk.work.program(asker.today).document
    try:
        gift = gift_of(program, sku)
    except GiftUnknown:
        return LeaseNo(ask=ask.ask, code="no_gift", free=0)
    left = left_of(gift, desk.work.rewards.moved(sku))
    if left is None:
        return LeaseNo(ask=ask.ask, code="nothing_to_lease", free=0)
    held = gift_holds(desk.work.sql, sku)
    free = left - sum(hold.left for hold in held)
    hours = program.offline.lease.hours
    length, pieces = hours * HOUR_MS, 1
    if ask.purpose == EXACT:
        length, pieces = EXACT_LEASE_MS, ask.points
    elif any(
        hold.stream_id == asker.stream.stream_id
        and hold.until_at > desk.work.at_ms + hours * HOUR_MS // 2
        for hold in held
    ):
        return LeaseNo(ask=ask.ask, code="nothing_to_lease", free=max(0, free))
    if not 0 < pieces <= free:
        if ask.purpose == EXACT:
            _ask_back(desk, asker, sku)
        return LeaseNo(ask=ask.ask, code="not_enough", free=max(0, free))
    token = HoldToken(
        g=text_of(ask.ask),
        s=text_of(asker.stream.stream_id),
        until=desk.work.at_ms + length,
        gifts=(GiftPieces(sku=sku, pieces=pieces),),
    )
    return enter_hold(desk, signed(desk, token))


def check_gift_hold(desk: Desk, operation: Operation, good: set[str]) -> None:
    """Raise `ValueError` for a gift with a stock that went out under no hold of ours."""
    program = program_marked(desk.work.sql, operation.envelope.rule or "")
    if program is None:
        raise ValueError("a gift of no program")
    try:
        gift = gift_of(program.document, operation.envelope.b.get("sku", ""))
    except GiftUnknown as unknown:
        raise ValueError("a gift that the program does not have") from unknown
    if gift.stock is not msgspec.UNSET and operation.envelope.b.get("hold", "") not in good:
        raise ValueError("a gift with a stock given out without a hold")


def _ask_back(desk: Desk, asker: Asker, sku: str) -> None:
    for hold in gift_holds(desk.work.sql, sku):
        if hold.stream_id != asker.stream.stream_id:
            recall = RecallRow(hold.stream_id, hold.hold_id, sku)
            desk.recalls.want(recall, at_ms=desk.work.at_ms)
