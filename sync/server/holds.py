"""Leases of coupons and stored value at head office: granting, believing, and asking back.

A grant names a stream, and what is under an open hold is granted to nobody else (SYNC.md §2.9,
`db.domain.holds`). Time alone frees nothing: a close in the holder's own chain does. What another
stream holds is asked back through the pulls of its counter.
"""

import msgspec

from db.domain.holds import HoldCloseBody, HoldGrantBody, HoldToken
from db.domain.ids import CounterId, OperationId, StreamId, parse_id, text_of
from db.domain.operations import Operation
from db.services.holds import apply_hold_grant
from db.services.journal import Draft, append
from db.services.verify.holds import spent_by
from db.storage.coupons import find_coupon
from sync.protocol.messages import Recall
from sync.protocol.signing import is_signed, sign
from sync.server.asker import OFFICE
from sync.server.desk import Desk
from sync.server.feed import publish

PURPOSE = "hold"
RECALL_MS = 3_600_000
"""How long an ask for what another stream holds is told on: the customer waited no longer."""


def signed(desk: Desk, token: HoldToken) -> HoldToken:
    """Return a token with head office's signature on it."""
    signature = sign(desk.private_key, PURPOSE, token.signed_bytes())
    return msgspec.structs.replace(token, sig=signature.hex())


def enter_hold(desk: Desk, token: HoldToken) -> Operation:
    """Write a grant into our own stream and into the tables."""
    operation = append(
        desk.work,
        Draft(
            op=OperationId(token.hold_id),
            kind="hold_grant",
            body=HoldGrantBody(token=token),
            by=OFFICE,
            member_id=token.member_id,
        ),
    )
    apply_hold_grant(desk.work, operation, None)
    return operation


def enter_hold_again(desk: Desk, token: HoldToken) -> None:
    """Enter a hold that this head office signed in a life it has forgotten; known ones stay."""
    if not desk.work.operations.holds(token.hold_id):
        publish(desk, enter_hold(desk, token))


def check_holds(desk: Desk, operation: Operation, *, silent: bool) -> list[HoldToken]:
    """Return the holds of ours that an operation carries.

    Raises:
        ValueError: unless `silent`, when it uses a coupon or stored value that its counter did not
            issue or take in itself, and has no hold of ours on.
    """
    if not _holds_or_uses(operation):
        return []
    try:
        tokens = _carried(operation)
        ours = [token for token in tokens if _is_ours(desk, token, operation)]
    except (msgspec.ValidationError, TypeError, ValueError):
        if silent:
            return []
        raise
    if silent or desk.devices.former_until(operation.stream) >= operation.envelope.q:
        return ours
    if len(ours) < len(tokens):
        raise ValueError("a hold that head office did not grant to this counter")
    _check_uses(desk, operation, ours)
    return ours


def _holds_or_uses(operation: Operation) -> bool:
    """Say whether an operation has to do with holds at all; most have not."""
    fields = operation.envelope.b
    return bool(
        operation.envelope.t in {"refund", "hold_close"}
        or fields.get("holds")
        or fields.get("coupons")
        or fields.get("value")
        or fields.get("lent")
    )


def _carried(operation: Operation) -> list[HoldToken]:
    fields = operation.envelope.b
    match operation.envelope.t:
        case "sale":
            said = [*fields.get("holds", ())]
        case "hold_close" if "token" in fields:
            said = [fields["token"]]
        case "gift_redeem" if "lent" in fields:
            said = [fields["lent"]]
        case _:
            said = []
    return [msgspec.convert(each, HoldToken) for each in said]


def _check_uses(desk: Desk, operation: Operation, ours: list[HoldToken]) -> None:
    """Raise `ValueError` for a coupon or stored value that the counter did not hold."""
    if operation.envelope.t not in {"sale", "refund"}:
        return
    covered = {code for token in ours for code in token.codes}
    for use in operation.envelope.b.get("coupons", ()):
        held = use["code"] in covered or _issued_by(desk, use["code"], operation)
        if not held and not use.get("floor"):
            raise ValueError("a coupon used without a hold")
    good = {token.g for token in ours}
    for spend in spent_by(operation):
        if spend.hold not in good and not _granted_to(desk, spend.hold, operation):
            raise ValueError("stored value spent without a hold")


def note_closed(desk: Desk, operation: Operation) -> None:
    """Want no more what a counter has just closed."""
    body = msgspec.convert(operation.envelope.b, HoldCloseBody)
    if body.stream:
        assert operation.member is not None, "it was applied"
        desk.recalls.value_closed(parse_id(body.stream), operation.member)
        return
    desk.recalls.closed(parse_id(body.hold), body.codes)
    token = desk.work.holds.token(parse_id(body.hold))
    if token is not None and token.member_id is not None:
        desk.recalls.value_closed(token.stream_id, token.member_id)


def recalls_of(desk: Desk, counter_id: CounterId) -> tuple[Recall, ...]:
    """Return what is asked back of a counter; what nobody asked for within the hour is not."""
    return tuple(
        Recall(stream=row.stream_id, hold=row.hold_id, code=row.code, member=row.member_id)
        for row in desk.recalls.wanted_of(counter_id, since_ms=desk.work.at_ms - RECALL_MS)
    )


def holds_by_itself(desk: Desk, stream_id: StreamId) -> bool:
    """Say whether what a stream issues and takes in is its own to use until it closes it.

    Head office's streams leave everything free. So does one that a counter wrote before it joined,
    once it has spoken in a later one.
    """
    stream = desk.work.operations.stream(stream_id)
    if stream is None or stream.counter_id == desk.work.home.counter_id:
        return False
    former = desk.devices.former_until(stream_id)
    return former == 0 or former > stream.sequence


def _is_ours(desk: Desk, token: HoldToken, operation: Operation) -> bool:
    if not _is_counters(desk, token.stream_id, operation):
        return False
    try:
        signature = bytes.fromhex(token.sig)
    except ValueError:
        return False
    return is_signed(desk.public_key, signature, purpose=PURPOSE, message=token.signed_bytes())


def _is_counters(desk: Desk, stream_id: StreamId, operation: Operation) -> bool:
    """Say whether a stream is of the counter that wrote an operation."""
    holder = desk.work.operations.stream(stream_id)
    return holder is not None and text_of(holder.counter_id) == operation.envelope.dev


def _issued_by(desk: Desk, code: str, operation: Operation) -> bool:
    row = find_coupon(desk.work.sql, code)
    return row is not None and text_of(row.counter_id) == operation.envelope.dev


def _granted_to(desk: Desk, hold: str, operation: Operation) -> bool:
    token = desk.work.holds.token(parse_id(hold))
    return token is not None and _is_counters(desk, token.stream_id, operation)
