"""What each kind of operation does to the ledger, derived from its bytes alone.

The appliers post exactly these; `verify` and the golden operations derive them again, years later.
"""

from collections.abc import Callable
from typing import Final

import msgspec

from db.domain.ids import LeaseId, MemberId, parse_id
from db.domain.leases import cover_movements, grant_movements, reclaim_movements
from db.domain.ledger import EntryKind, Movement
from db.domain.operations import Operation
from db.domain.points import AdjustBody, RedeemBody, adjust_movements, redeem_movements
from db.domain.return_facts import AttachBody, ReturnBody
from db.domain.reversals import reversal_movements
from db.domain.reward_facts import (
    DebtBody,
    EventBody,
    EventRevokeBody,
    ExpireBody,
    GiftBody,
    GiftReturnBody,
    debt_movements,
    event_movements,
    expire_movements,
    gift_movements,
    gift_return_movements,
    revoke_movements,
)
from db.domain.sales import ReversalBody, SaleBody, award_movements, sale_movements
from db.services.leases import LeaseCoverBody, LeaseGrantBody, LeaseReclaimBody

Derivation = Callable[[Operation], list[Movement]]

NOT_DERIVED: Final = frozenset({"batch_revert"})
"""These move what they find: the points that are left of an import."""


def movements_of(operation: Operation) -> list[Movement]:
    """Return an operation's movements in their order; none for a kind that moves no points.

    Raises:
        msgspec.ValidationError: when the body is not what its kind has.
        AssertionError: for a kind in `NOT_DERIVED`.
    """
    kind = operation.envelope.t
    assert kind not in NOT_DERIVED, "its movements depend on what was there"
    derive = _DERIVATIONS.get(kind)
    return [] if derive is None else derive(operation)


def _sale(operation: Operation) -> list[Movement]:
    return sale_movements(operation, msgspec.convert(operation.envelope.b, SaleBody))


def _reversal(operation: Operation) -> list[Movement]:
    return reversal_movements(operation, msgspec.convert(operation.envelope.b, ReversalBody))


def _return(operation: Operation) -> list[Movement]:
    return reversal_movements(operation, msgspec.convert(operation.envelope.b, ReturnBody))


def _attach(operation: Operation) -> list[Movement]:
    member, body = operation.member, msgspec.convert(operation.envelope.b, AttachBody)
    assert member is not None, "somebody is attached"
    return award_movements(MemberId(member), body.awards, EntryKind.EARN)


def _redeem(operation: Operation) -> list[Movement]:
    return redeem_movements(operation, msgspec.convert(operation.envelope.b, RedeemBody))


def _adjust(operation: Operation) -> list[Movement]:
    return adjust_movements(operation, msgspec.convert(operation.envelope.b, AdjustBody))


def _grant(operation: Operation) -> list[Movement]:
    return grant_movements(msgspec.convert(operation.envelope.b, LeaseGrantBody).token)


def _reclaim(operation: Operation) -> list[Movement]:
    body = msgspec.convert(operation.envelope.b, LeaseReclaimBody)
    member = operation.member
    assert member is not None, "a lease is on somebody's points"
    return reclaim_movements(LeaseId(parse_id(body.lease)), MemberId(member), body.shares)


def _cover(operation: Operation) -> list[Movement]:
    body = msgspec.convert(operation.envelope.b, LeaseCoverBody)
    member = operation.member
    assert member is not None, "a lease is on somebody's points"
    return cover_movements(LeaseId(parse_id(body.lease)), MemberId(member), body.shares)


def _event(operation: Operation) -> list[Movement]:
    return event_movements(operation, msgspec.convert(operation.envelope.b, EventBody))


def _revoke(operation: Operation) -> list[Movement]:
    return revoke_movements(operation, msgspec.convert(operation.envelope.b, EventRevokeBody))


def _gift(operation: Operation) -> list[Movement]:
    return gift_movements(operation, msgspec.convert(operation.envelope.b, GiftBody))


def _gift_return(operation: Operation) -> list[Movement]:
    body = msgspec.convert(operation.envelope.b, GiftReturnBody)
    return gift_return_movements(operation, body)


def _expire(operation: Operation) -> list[Movement]:
    return expire_movements(operation, msgspec.convert(operation.envelope.b, ExpireBody))


def _debt(operation: Operation) -> list[Movement]:
    return debt_movements(operation, msgspec.convert(operation.envelope.b, DebtBody))


_DERIVATIONS: dict[str, Derivation] = {
    "sale": _sale,
    "reversal": _reversal,
    "return": _return,
    "attach": _attach,
    "redeem": _redeem,
    "adjust": _adjust,
    "event_award": _event,
    "event_revoke": _revoke,
    "gift_redeem": _gift,
    "gift_return": _gift_return,
    "expire": _expire,
    "debt": _debt,
    "lease_grant": _grant,
    "lease_reclaim": _reclaim,
    "lease_cover": _cover,
}
