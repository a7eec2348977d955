"""Opening lots and paying out of them: what a sale, a redemption and an adjustment have in common.

Points are paid under a lease, always. A counter without a head office grants itself, inside the
very operation, a lease on exactly the lots it spends.
"""

from datetime import date
from functools import lru_cache

import msgspec

from db.domain.evaluation import LotAward
from db.domain.ids import MemberId, parse_id, text_of
from db.domain.leases import LeaseToken, LotShare, LotSpend, spend_from
from db.domain.lots import take
from db.domain.operations import Operation
from db.domain.sales import AwardFact
from db.services.journal import trusted_now
from db.storage.ledger import NewLot
from db.storage.unit_of_work import UnitOfWork

OWN_LEASE_MS = 60_000
"""How long a lease lasts that a counter grants itself: it is spent in the same operation."""


def pay_with_points(
    work: UnitOfWork, member_id: MemberId, points: int, *, on: date
) -> tuple[tuple[LeaseToken, ...], tuple[LotSpend, ...]]:
    """Return the tokens to carry and the lots that pay; the points were checked before.

    Without a head office the counter grants itself exactly what it spends.
    """
    if points == 0:
        return (), ()
    stream_id = work.home.stream_id
    if not work.home.own_authority:
        leases = work.leases.open_here(member_id, stream_id, at_ms=trusted_now(work))
        spends = spend_from(leases, points)
        used = {spend.lease for spend in spends}
        tokens = tuple(lease.token for lease in leases if lease.token.g in used)
        return tokens, tuple(spends)
    lease_id = text_of(work.new_id())
    taken = [
        (text_of(lot_id), part) for lot_id, part in take(work.ledger.lots(member_id), points, on)
    ]
    token = LeaseToken(
        g=lease_id,
        m=text_of(member_id),
        s=text_of(stream_id),
        n=points,
        until=work.at_ms + OWN_LEASE_MS,
        lots=tuple(LotShare(lot, part) for lot, part in taken),
    )
    return (token,), tuple(LotSpend(lot, lease_id, part) for lot, part in taken)


def new_lots(operation: Operation, awards: tuple[AwardFact, ...]) -> dict[bytes, NewLot]:
    """Return the lots that an operation awards, for the ledger to open with their movements."""
    wall = operation.envelope.wall
    return {
        parse_id(award.lot): NewLot(
            _day(award.available_on),
            None if award.expires_on is None else _day(award.expires_on),
            wall,
        )
        for award in awards
    }


@lru_cache(maxsize=64)
def _day(text: str) -> str:
    """Return a day as it is stored; raise `ValueError` for what is none."""
    return date.fromisoformat(text).isoformat()


def own_tokens(operation: Operation) -> list[LeaseToken]:
    """Return the leases that a counter without head office granted itself in an operation."""
    tokens = [msgspec.convert(fields, LeaseToken) for fields in operation.envelope.gtok]
    return [token for token in tokens if token.own]


def award_facts(work: UnitOfWork, awards: tuple[LotAward, ...]) -> tuple[AwardFact, ...]:
    """Return what the evaluation awards as facts, each lot with its own new id."""
    return tuple(
        AwardFact(
            lot=text_of(work.new_id()),
            points=award.points,
            available_on=award.available_on.isoformat(),
            expires_on=None if award.expires_on is None else award.expires_on.isoformat(),
            rules=award.rules,
            idle=award.idle,
        )
        for award in awards
    )
