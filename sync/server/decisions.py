"""What head office decides about points that were spent where they were not: and remembers.

A cover, a forced reclaim and a settled debt depend on what had arrived by then, so a head office
that was restored could not decide them again in the same way. It remembers them by its grant
journal, each when the act is here that it follows from.
"""

from typing import Final

import msgspec

from db.domain.ids import MemberId, OperationId
from db.domain.operations import Operation
from db.services.expiry import debt_after, settle_debts
from db.services.journal import Draft, append
from db.services.leases import LeaseCoverBody, LeaseReclaimBody
from db.services.replication import apply
from sync.server.asker import OFFICE
from sync.server.desk import Desk
from sync.server.feed import publish
from sync.server.remembering import remember_decision

BODIES: Final[dict[str, type[msgspec.Struct]]] = {
    "lease_reclaim": LeaseReclaimBody,
    "lease_cover": LeaseCoverBody,
}
_BRINGS: Final = frozenset({"sale", "attach", "adjust", "event_award", "gift_return"})
"""What brings points that repay."""
_TAKES: Final = frozenset({"reversal", "return", "event_revoke"})
"""What takes points back, which may have been spent; so does what went beyond a lease."""


def decide(desk: Desk, op: OperationId, body: msgspec.Struct, *, member_id: MemberId) -> None:
    """Write a decision under its id, once."""
    if desk.work.operations.holds(op):
        return
    kind = next(kind for kind, each in BODIES.items() if isinstance(body, each))
    draft = Draft(op=op, kind=kind, body=body, by=OFFICE, member_id=member_id)
    operation = append(desk.work, draft)
    apply(desk.work, operation, None)
    publish(desk, operation)


def settle_owed(desk: Desk, operation: Operation) -> None:
    """Let what a member has repay what he owes, as soon as an act left him owing or brought more.

    DECISIONS 6: head office posts it; a counter shows what it will come to.
    """
    envelope, member = operation.envelope, operation.member
    takes = envelope.t in _TAKES or bool(envelope.gtok)
    if member is None or not (takes or envelope.t in _BRINGS):
        return
    act = OperationId(operation.op)
    op = debt_after(act)
    if remember_decision(desk, op):
        return
    if not desk.known.owes(member, changed=takes) or desk.work.operations.holds(op):
        return
    settled = settle_debts(desk.work, MemberId(member), by=OFFICE, after=act)
    if settled is not None:
        publish(desk, settled)
