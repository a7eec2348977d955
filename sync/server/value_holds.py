"""Leases of stored value: how much of a member's purse is free, and who is granted what of it.

Free is what is under no open hold and what no stream took in itself without closing it since.
Standing grants are the program's share (`offline.stored_value`); an exact one may take all that is
free and lasts a visit.
"""

from collections import Counter
from dataclasses import dataclass, replace

import msgspec

from db.domain.exact import minor, rate
from db.domain.holds import HoldToken
from db.domain.ids import LotId, MemberId, StreamId, text_of
from db.domain.operations import Operation
from db.domain.stored_value.facts import bonus_fact
from db.domain.stored_value.purse import Purse, ValuePayment, pay_from
from db.domain.stored_value.terms import PROPORTIONAL
from db.storage.holds import intakes, value_holds
from db.storage.stored_value import member_purse
from sync.protocol.messages import LeaseAsk, LeaseNo
from sync.server.asker import EXACT_LEASE_MS, HOUR_MS, Asker
from sync.server.desk import Desk
from sync.server.holds import enter_hold, holds_by_itself, signed
from sync.server.storage.recall_rows import RecallRow

EXACT, ALL = "value_exact", "value_all"


@dataclass(frozen=True, slots=True)
class _Shared:
    """A member's purse as it is divided: what is free, what the asker holds, who else holds.

    `lasting` is what the asker holds for longer than half of what a standing lease lasts.
    """

    purse: Purse
    free: Purse
    here: int
    lasting: int
    others: frozenset[StreamId]


def grant_value(desk: Desk, asker: Asker, ask: LeaseAsk) -> Operation | LeaseNo:
    """Grant a part of a member's stored value: `points` 分 exactly, all, or the program's share.

    What other streams hold of it is asked back where the free part does not suffice.
    """
    shared = _shared(desk, asker, MemberId(ask.member))
    free = sum(shared.free.spendable(asker.today))
    wanted = _wanted(desk, asker, ask, shared=shared)
    if wanted > free or ask.purpose == ALL:
        for stream_id in shared.others:
            recall = RecallRow(stream_id, member_id=ask.member)
            desk.recalls.want(recall, at_ms=desk.work.at_ms)
    amount = wanted if ask.purpose == EXACT else min(wanted, free)
    if amount <= 0 or amount > free:
        code = "not_enough" if ask.purpose == EXACT else "nothing_to_lease"
        return LeaseNo(ask=ask.ask, code=code, free=free)
    terms = desk.work.program(asker.today).stored_value
    order = PROPORTIONAL if terms is None else terms.spend_order
    part = pay_from(shared.free, amount, order=order, on=asker.today)
    return enter_hold(desk, signed(desk, _token(desk, asker, ask, shared=shared, part=part)))


def _wanted(desk: Desk, asker: Asker, ask: LeaseAsk, *, shared: _Shared) -> int:
    """Return how much is wanted, in 分; of a share, what the asker does not hold yet."""
    if ask.purpose == EXACT:
        return ask.points
    total = sum(shared.purse.spendable(asker.today))
    if ask.purpose == ALL:
        return total - shared.here
    terms = desk.work.program(asker.today).document.offline.stored_value
    if terms is msgspec.UNSET:
        return 0
    return min(int(rate(terms.share) * total), minor(terms.amount_max)) - shared.lasting


def _token(
    desk: Desk, asker: Asker, ask: LeaseAsk, *, shared: _Shared, part: ValuePayment
) -> HoldToken:
    terms = desk.work.program(asker.today).document.offline.stored_value
    length = EXACT_LEASE_MS
    if ask.purpose not in (EXACT, ALL) and terms is not msgspec.UNSET:
        length = terms.hours * HOUR_MS
    ends = {lot.lot_id: lot.expires_on for lot in shared.purse.lots}
    return HoldToken(
        g=text_of(ask.ask),
        s=text_of(asker.stream.stream_id),
        until=desk.work.at_ms + length,
        m=text_of(ask.member),
        principal=part.principal,
        bonus=tuple(bonus_fact(lot, amount, ends[lot]) for lot, amount in part.lots),
    )


def _ending(desk: Desk, asker: Asker, member_id: MemberId) -> int:
    """Return how much of what the asker holds ends within half of a standing lease's time."""
    terms = desk.work.program(asker.today).document.offline.stored_value
    if terms is msgspec.UNSET:
        return 0
    before = desk.work.at_ms + terms.hours * HOUR_MS // 2
    holds = value_holds(desk.work.sql, member_id).get(asker.stream.stream_id, [])
    ending = [hold.left for hold in holds if hold.until_at < before]
    return sum(left.principal + sum(lot.points for lot in left.lots) for left in ending)


def _shared(desk: Desk, asker: Asker, member_id: MemberId) -> _Shared:
    """Return how a purse is divided. A stream that paid out of another's intake holds nothing."""
    held: dict[StreamId, Counter[LotId | None]] = {}
    for stream_id, lots in intakes(desk.work.sql, member_id).items():
        if holds_by_itself(desk, stream_id):
            parts = {lot: amount for lot, amount in lots.items() if amount > 0}
            held.setdefault(stream_id, Counter()).update(parts)
    for stream_id, holds in value_holds(desk.work.sql, member_id).items():
        for hold in holds:
            left: Counter[LotId | None] = Counter({None: hold.left.principal})
            left.update({lot.lot_id: lot.points for lot in hold.left.lots})
            held.setdefault(stream_id, Counter()).update(+left)
    here = held.get(asker.stream.stream_id, Counter()).total()
    ending = _ending(desk, asker, member_id)
    purse, taken = member_purse(desk.work.sql, member_id), sum(held.values(), Counter())
    return _Shared(
        purse=purse,
        free=Purse(
            purse.principal - taken[None],
            tuple(replace(lot, points=lot.points - taken[lot.lot_id]) for lot in purse.lots),
        ),
        here=here,
        lasting=here - ending,
        others=frozenset(held.keys() - {asker.stream.stream_id}),
    )
