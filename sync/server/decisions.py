"""What head office decides about points that were spent where they were not: and remembers.

A cover, a forced reclaim and a settled debt depend on what had arrived by then, so a head office
that was restored could not decide them again in the same way. They go into the grant journal
before anybody hears of them, and a restored head office recalls them beside its grants.
"""

from typing import Final

import msgspec

from db.domain.ids import MemberId, OperationId
from db.domain.operations import MalformedOperation, Operation, read_operation
from db.domain.reward_facts import DebtBody, following_id
from db.services.expiry import settle_debts
from db.services.journal import Draft, append
from db.services.leases import LeaseCoverBody, LeaseReclaimBody
from db.services.replication import apply
from sync.server.asker import OFFICE
from sync.server.desk import Desk
from sync.server.feed import publish

BODIES: Final[dict[str, type[msgspec.Struct]]] = {
    "lease_reclaim": LeaseReclaimBody,
    "lease_cover": LeaseCoverBody,
    "debt": DebtBody,
}
_BRINGS: Final = frozenset({"sale", "attach", "adjust", "event_award", "gift_return"})
"""What brings points that repay."""
_TAKES: Final = frozenset({"reversal", "return", "event_revoke"})
"""What takes points back, which may have been spent; so does what went beyond a lease."""


def decide(desk: Desk, op: OperationId, body: msgspec.Struct, *, member_id: MemberId) -> None:
    """Write a decision under its id, once; it is in the journal before it is told."""
    if desk.work.operations.holds(op):
        return
    kind = next(kind for kind, each in BODIES.items() if isinstance(body, each))
    draft = Draft(op=op, kind=kind, body=body, by=OFFICE, member_id=member_id)
    operation = append(desk.work, draft)
    desk.journal.append([operation.raw])
    apply(desk.work, operation, None)
    publish(desk, operation)


def recall_decisions(desk: Desk) -> None:
    """Enter what the journal holds and the file has forgotten; a stranger's waits for him.

    Where one was decided twice, because the first transaction came to nothing, the last counts.
    """
    found = {}
    for raw in desk.journal.each():
        if (decision := _decision(raw)) is not None:
            found[decision.op] = decision
    for operation in found.values():
        if desk.work.operations.holds(OperationId(operation.op)):
            continue
        member_id = MemberId(operation.member or b"")
        if desk.work.members.by_id(member_id) is None:
            desk.feed.hold(operation.op, member_id, operation.raw)
        else:
            enter_decision_again(desk, operation)


def enter_decision_again(desk: Desk, operation: Operation) -> None:
    """Write a decision of a life that this head office has forgotten under its old id."""
    if desk.work.operations.holds(OperationId(operation.op)):
        return
    envelope = operation.envelope
    draft = Draft(
        op=OperationId(operation.op),
        kind=envelope.t,
        body=msgspec.convert(envelope.b, BODIES[envelope.t]),
        by=OFFICE,
        member_id=MemberId(operation.member or b""),
        rule=envelope.rule,
        at_ms=envelope.wall,
    )
    again = append(desk.work, draft)
    apply(desk.work, again, None)
    publish(desk, again)


def settle_owed(desk: Desk, operation: Operation) -> None:
    """Let what a member has repay what he owes, as soon as an act left him owing or brought more.

    DECISIONS 6: head office posts it; a counter shows what it will come to.
    """
    envelope, member = operation.envelope, operation.member
    takes = envelope.t in _TAKES or bool(envelope.gtok)
    if member is None or not (takes or envelope.t in _BRINGS):
        return
    op = following_id(OperationId(operation.op), "debt")
    if not desk.known.owes(member, changed=takes) or desk.work.operations.holds(op):
        return
    settled = settle_debts(desk.work, MemberId(member), by=OFFICE, op=op)
    if settled is not None:
        desk.journal.append([settled.raw])
        publish(desk, settled)


def _decision(raw: bytes) -> Operation | None:
    try:
        operation = read_operation(raw)
    except MalformedOperation:
        return None
    return operation if operation.envelope.t in BODIES else None
