"""Leases at this counter: taking in what head office granted, closing what ran out.

A counter never gives points back itself: it closes a lease, which proves that it will spend no
more of it, and head office reclaims the rest.
"""

from dataclasses import dataclass

import msgspec

from db.domain.ids import LeaseId, MemberId, OperationId, parse_id, text_of
from db.domain.leases import (
    LeaseToken,
    LotShare,
    cover_movements,
    grant_movements,
    reclaim_movements,
)
from db.domain.operations import Operation, Personal
from db.domain.staff import Actor, Role
from db.services.journal import Draft, append, trusted_now
from db.storage.unit_of_work import UnitOfWork

CLOSES_MAX = 200


class LeaseGrantBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `lease_grant`: the token as the counter holds it."""

    token: LeaseToken


class LeaseCloseBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `lease_close`: this stream will spend no more of the lease."""

    lease: str


class LeaseReclaimBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `lease_reclaim`: what was left goes back to the member.

    `forced`: by time alone, before the holder said that he spends no more of it.
    """

    lease: str
    shares: tuple[LotShare, ...]
    forced: bool = False


class LeaseCoverBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `lease_cover`: what was spent beyond the lease is the member's to bear."""

    lease: str
    shares: tuple[LotShare, ...]


@dataclass(frozen=True, slots=True)
class LeasesClosed:
    """So many leases were closed."""

    count: int


def close_expired_leases(work: UnitOfWork) -> LeasesClosed:
    """Close this counter's leases that ran out, each by its own operation; at most 200 at once.

    Those of its former streams too: nobody spends them any more. One that was spent to the last
    point needs no close, for nothing of it would come back.
    """
    expired = work.leases.expired(work.home.counter_id, at_ms=trusted_now(work), limit=CLOSES_MAX)
    for lease_id, member_id in expired:
        close_lease(work, lease_id, member_id)
    return LeasesClosed(len(expired))


def close_lease(work: UnitOfWork, lease_id: LeaseId, member_id: MemberId) -> None:
    """Close one lease of this stream; the close carries the token, for a restored head office."""
    token = work.leases.token(lease_id)
    operation = append(
        work,
        Draft(
            op=OperationId(work.new_id()),
            kind="lease_close",
            body=LeaseCloseBody(lease=text_of(lease_id)),
            by=Actor(None, Role.HEAD_OFFICE),
            member_id=member_id,
            tokens=() if token is None else (token,),
        ),
    )
    apply_lease_close(work, operation, None)


def apply_lease_grant(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Move the granted points out of the member's account; the counter may now spend them."""
    token = msgspec.convert(operation.envelope.b, LeaseGrantBody).token
    if work.leases.add(token):
        work.ledger.post(operation.op, grant_movements(token))


def apply_lease_close(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Note that the lease is spent no more; no points move."""
    body = msgspec.convert(operation.envelope.b, LeaseCloseBody)
    lease_id = LeaseId(parse_id(body.lease))
    match work.leases.state(lease_id):
        case "open":
            work.leases.set_state(lease_id, "closed")
        case "reclaimed":
            work.leases.mark_forced(lease_id, forced=False)


def apply_lease_reclaim(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Give what was left of a closed lease back to the member."""
    body = msgspec.convert(operation.envelope.b, LeaseReclaimBody)
    member = operation.member
    assert member is not None, "a lease is on somebody's points"
    lease_id = LeaseId(parse_id(body.lease))
    work.ledger.post(operation.op, reclaim_movements(lease_id, MemberId(member), body.shares))
    work.leases.take_back(lease_id, _taken(body.shares))
    if body.forced and work.leases.state(lease_id) == "open":
        work.leases.mark_forced(lease_id, forced=True)
    work.leases.set_state(lease_id, "reclaimed")


def apply_lease_cover(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Let the member bear what was spent beyond a lease; his balance may fall below zero."""
    body = msgspec.convert(operation.envelope.b, LeaseCoverBody)
    member = operation.member
    assert member is not None, "a lease is on somebody's points"
    lease_id = LeaseId(parse_id(body.lease))
    work.ledger.post(operation.op, cover_movements(lease_id, MemberId(member), body.shares))
    work.leases.take_back(lease_id, [(lot, -points) for lot, points in _taken(body.shares)])


def _taken(shares: tuple[LotShare, ...]) -> list[tuple[bytes, int]]:
    return [(parse_id(share.lot), share.points) for share in shares]
