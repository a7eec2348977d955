"""Leases of coupons, gifts and stored value at the counter: what to ask for, and giving back.

The asks travel with those for points (`leasing.py`). What head office asks back is closed, unless
it was lent for the visit that is going on; a close is what lets somebody else have it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from db.domain.gifts import left_of
from db.domain.ids import MemberId, StreamId
from db.services.holds import close_hold, close_intake, close_issued_coupon
from db.services.journal import trusted_now
from db.services.stored_value_sales import held_here
from db.storage.coupons import find_coupon
from db.storage.gift_holds import gift_hold_here
from db.storage.holds import coupons_usable_here, intakes, value_holds
from db.storage.profiles import aliases_of, standing_for
from db.storage.renewals import Spell, coupons_to_renew, values_to_renew
from db.storage.stored_value import member_purse
from db.storage.unit_of_work import UnitOfWork
from sync.protocol.messages import CODES_MAX, LeaseAsk, Recall

HOUR_MS = 3_600_000
VISIT_MS = 15 * 60_000
"""What ends within a visit was lent for it, and is not given away in the middle of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a counter wants to be able to use: `standing` is the program's share of everything.

    `value` in 分; `all_value` for paying it out; `codes` as they are printed on coupons; `gift` a
    piece of the gift with this sku.
    """

    member_id: MemberId | None = None
    points: int = 0
    codes: tuple[str, ...] = ()
    value: int = 0
    all_value: bool = False
    gift: str = ""
    standing: bool = False


def asks_for_lookup(work: UnitOfWork, member_id: MemberId) -> list[LeaseAsk]:
    """Return the asks for what else a member may use, where the program knows of such."""
    program, asks = work.program(work.today), []
    if program.offers.coupons:
        asks.append(LeaseAsk(ask=work.new_id(), member=member_id, purpose="coupons"))
    if program.document.offline.stored_value is not msgspec.UNSET:
        asks.append(LeaseAsk(ask=work.new_id(), member=member_id, purpose="value"))
    return asks


def asks_for(work: UnitOfWork, wanted: Wanted) -> list[LeaseAsk]:
    """Return the asks for the coupons and the stored value of a sale that are not held here."""
    member_id, asks = wanted.member_id, []
    if member_id is not None:
        member_id = standing_for(work.sql, member_id)
    if any(code not in _usable(work, wanted.codes) for code in wanted.codes):
        asks.append(
            LeaseAsk(
                ask=work.new_id(), member=member_id or b"", purpose="coupons", codes=wanted.codes
            )
        )
    if wanted.gift and _needs_hold(work, wanted.gift, after_ms=trusted_now(work)):
        asks.append(
            LeaseAsk(
                ask=work.new_id(), member=b"", purpose="gift_exact", points=1, codes=(wanted.gift,)
            )
        )
    if member_id is None:
        return asks
    if wanted.all_value:
        asks.append(LeaseAsk(ask=work.new_id(), member=member_id, purpose="value_all"))
    elif wanted.value and (short := wanted.value - value_held(work, member_id)) > 0:
        asks.append(
            LeaseAsk(ask=work.new_id(), member=member_id, purpose="value_exact", points=short)
        )
    return asks


def asks_to_renew(work: UnitOfWork, *, active_ms: int) -> list[LeaseAsk]:
    """Return the asks for what this counter holds and members who come here will need again.

    `active_ms`: members who bought at this branch since then (UTC ms). A piece of each gift with a
    stock is always wanted.
    """
    now, offline = trusted_now(work), work.program(work.today).document.offline
    half = offline.lease.hours * HOUR_MS // 2
    spell = Spell(work.home.stream_id, now + VISIT_MS, now + half, active_ms, work.home.branch_id)
    asks = [
        LeaseAsk(ask=work.new_id(), member=member_id, purpose="coupons", codes=codes[:CODES_MAX])
        for member_id, codes in coupons_to_renew(work.sql, spell).items()
    ]
    if offline.stored_value is not msgspec.UNSET:
        half = offline.stored_value.hours * HOUR_MS // 2
        asks += [
            LeaseAsk(ask=work.new_id(), member=member_id, purpose="value")
            for member_id in values_to_renew(work.sql, spell._replace(upto_ms=now + half))
        ]
    half = offline.lease.hours * HOUR_MS // 2
    asks += [
        LeaseAsk(ask=work.new_id(), member=b"", purpose="gift", codes=(gift.sku,))
        for gift in work.program(work.today).document.redemption.gifts
        if _needs_hold(work, gift.sku, after_ms=now + half)
    ]
    return asks


def close_older_value(work: UnitOfWork, member_id: MemberId, *, newest: bytes) -> int:
    """Close the leases of a member's value that a new standing one takes the place of."""
    terms = work.program(work.today).document.offline.stored_value
    if terms is msgspec.UNSET:
        return 0
    now, closed = trusted_now(work), 0
    for hold in value_holds(work.sql, member_id).get(work.home.stream_id, []):
        ends_soon = now + VISIT_MS < hold.until_at < now + terms.hours * HOUR_MS // 2
        if hold.hold_id != newest and ends_soon:
            closed += close_hold(work, hold.hold_id)
    return closed


def _needs_hold(work: UnitOfWork, sku: str, *, after_ms: int) -> bool:
    """Say whether a gift with pieces left needs a hold here that ends behind a moment."""
    gifts = work.program(work.today).document.redemption.gifts
    gift = next((each for each in gifts if each.sku == sku), None)
    left = None if gift is None else left_of(gift, work.rewards.moved(sku))
    if left is None or left < 1:
        return False
    stream_id = work.home.stream_id
    return gift_hold_here(work.sql, sku, stream_id=stream_id, now_ms=after_ms) is None


def value_held(work: UnitOfWork, member_id: MemberId) -> int:
    """Return how much of a member's stored value, in 分, this counter may spend now."""
    here = held_here(work, member_id, member_purse(work.sql, member_id))
    return sum(here.purse.spendable(work.today))


def close_unspent(work: UnitOfWork, member_id: MemberId) -> int:
    """Close what was lent for this visit of a member's value; return how many."""
    now, closed = trusted_now(work), 0
    for hold in value_holds(work.sql, member_id).get(work.home.stream_id, []):
        if now < hold.until_at <= now + VISIT_MS:
            closed += close_hold(work, hold.hold_id)
    return closed


def answer_recalls(work: UnitOfWork, recalls: Iterable[Recall]) -> int:
    """Close what head office asks back and this counter holds; return how many it closed."""
    closed = 0
    for recall in recalls:
        stream = work.operations.stream(StreamId(recall.stream))
        if stream is None or stream.counter_id != work.home.counter_id:
            continue
        if recall.hold:
            closed += _close_coupon(work, recall)
        elif recall.member:
            closed += _close_value(work, StreamId(recall.stream), MemberId(recall.member))
    return closed


def _close_coupon(work: UnitOfWork, recall: Recall) -> bool:
    if work.holds.token(recall.hold) is not None:
        return close_hold(work, recall.hold, (recall.code,))
    row = find_coupon(work.sql, recall.code)
    return row is not None and row.op == recall.hold and close_issued_coupon(work, recall.code)


def _close_value(work: UnitOfWork, stream_id: StreamId, member_id: MemberId) -> int:
    closed, now = 0, trusted_now(work)
    taken_in = intakes(work.sql, member_id).get(stream_id, {})
    if any(amount > 0 for amount in taken_in.values()):
        for each in (member_id, *aliases_of(work.sql, member_id)):
            closed += close_intake(work, stream_id, each)
    for hold in value_holds(work.sql, member_id).get(stream_id, []):
        if not now < hold.until_at <= now + VISIT_MS:
            closed += close_hold(work, hold.hold_id)
    return closed


def _usable(work: UnitOfWork, codes: tuple[str, ...]) -> set[str]:
    hours = work.program(work.today).document.offline.lease.hours
    held = coupons_usable_here(
        work.sql,
        codes,
        stream_id=work.home.stream_id,
        now_ms=trusted_now(work),
        hours=hours,
    )
    return set(held)
