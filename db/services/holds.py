"""Holds at this counter: taking in what head office granted, closing what is not needed any more.

A close says that the stream uses no more of a hold. It has no figures: what is free follows from
what is under no open hold (`db.domain.holds`), so a close that comes twice gives nothing twice.
"""

from collections.abc import Iterable
from itertools import groupby

import msgspec

from db.domain.holds import HoldCloseBody, HoldGrantBody
from db.domain.ids import MemberId, OperationId, StreamId, parse_id, text_of
from db.domain.operations import Operation, Personal
from db.domain.staff import Actor, Role
from db.services.journal import Draft, append, trusted_now
from db.storage.coupons import find_coupon
from db.storage.held_long import (
    IssuedCoupon,
    granted_long_ago,
    issued_long_ago,
    taken_in_long_ago,
)
from db.storage.unit_of_work import UnitOfWork

CLOSES_MAX = 200
HOUR_MS = 3_600_000
_NOBODY = Actor(None, Role.HEAD_OFFICE)


def close_long_held(work: UnitOfWork) -> int:
    """Close what this counter has held for the program's hours; return by how many operations.

    That is leases of coupons and value, and what it issued and took in itself: from then on any
    counter may ask for it.
    """
    now, offline = trusted_now(work), work.program(work.today).document.offline
    closed = 0
    for hold_id in granted_long_ago(work.sql, work.home, now_ms=now, limit=CLOSES_MAX):
        close_hold(work, hold_id)
        closed += 1
    before = now - offline.lease.hours * HOUR_MS
    closed += close_issued(
        work,
        issued_long_ago(
            work.sql, work.home, before_ms=before, today=work.today, limit=5 * CLOSES_MAX
        ),
    )
    value = offline.stored_value
    hours = offline.lease.hours if value is msgspec.UNSET else value.hours
    before = now - hours * HOUR_MS
    for stream_id, member_id in taken_in_long_ago(
        work.sql, work.home, before_ms=before, today=work.today, limit=CLOSES_MAX
    ):
        closed += close_intake(work, stream_id, member_id)
    return closed


def close_hold(work: UnitOfWork, hold_id: bytes, codes: tuple[str, ...] = ()) -> bool:
    """Close a hold of ours, or coupons of it; say whether it was open and is known."""
    token = work.holds.token(hold_id)
    if token is None or all(work.holds.is_closed(hold_id, code) for code in codes or ("",)):
        return False
    body = HoldCloseBody(hold=token.g, codes=codes, token=token)
    _close(work, body, token.member_id)
    return True


def close_issued(work: UnitOfWork, coupons: Iterable[IssuedCoupon]) -> int:
    """Close what we hold of coupons for having issued them; return by how many operations."""
    count = 0
    for (op, member_id), group in groupby(coupons, key=lambda one: (one.op, one.member_id)):
        codes = tuple(coupon.code for coupon in group)
        _close(work, HoldCloseBody(hold=text_of(op), codes=codes), member_id)
        count += 1
    return count


def close_issued_coupon(work: UnitOfWork, code: str) -> bool:
    """Close what we hold of one coupon for having issued it; say whether we did and it was open."""
    row = find_coupon(work.sql, code)
    if row is None or work.holds.is_closed(row.op, code):
        return False
    return bool(close_issued(work, [IssuedCoupon(row.op, code, row.member_id)]))


def close_intake(work: UnitOfWork, stream_id: StreamId, member_id: MemberId) -> bool:
    """Close what a stream of ours took in of a member's value so far; say whether there was any."""
    stream = work.operations.stream(stream_id)
    if stream is None or stream.counter_id != work.home.counter_id or not stream.sequence:
        return False
    _close(work, HoldCloseBody(stream=text_of(stream_id), upto=stream.sequence), member_id)
    return True


def apply_hold_grant(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Keep a granted hold; its stream may use it now."""
    work.holds.add(msgspec.convert(operation.envelope.b, HoldGrantBody).token)


def apply_hold_close(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Note that a hold, or coupons of it, or a stream's own intake are used no more."""
    body = msgspec.convert(operation.envelope.b, HoldCloseBody)
    if body.stream:
        member = operation.member
        assert member is not None, "stored value is somebody's"
        stream_id = StreamId(parse_id(body.stream))
        work.holds.close_intake(stream_id, MemberId(member), upto=body.upto)
    else:
        work.holds.close(parse_id(body.hold), body.codes)


def _close(work: UnitOfWork, body: HoldCloseBody, member_id: MemberId | None) -> None:
    draft = Draft(
        op=OperationId(work.new_id()),
        kind="hold_close",
        body=body,
        by=_NOBODY,
        member_id=member_id,
    )
    apply_hold_close(work, append(work, draft), None)
