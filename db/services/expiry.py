"""Points that end and points that are owed, written by whoever is the authority (PROGRAM.md §4).

Awards repay debts first, for they did so when they became available; then what is left in lots
whose last day has passed goes to the account of expired points. Points under a lease stay: a
redemption made in time is honoured whenever it arrives, and what comes back ends at the next run.
Whoever was erased has no use of his points any more: all that he has ends.
"""

from dataclasses import dataclass
from datetime import date

import msgspec

from db.domain import hlc
from db.domain.debts import DebtLot, PayingLot, Settlement, Shares, settle, share_of
from db.domain.exact import rate
from db.domain.ids import MemberId, OperationId, text_of
from db.domain.leases import LotShare
from db.domain.operations import Operation, Personal, id_text
from db.domain.refusals import Refusal
from db.domain.reward_facts import (
    DebtBody,
    ExpireBody,
    debt_movements,
    expire_movements,
    following_id,
)
from db.domain.staff import Actor, Permission, require
from db.services.journal import Draft, append
from db.services.reward_rows import reward_row
from db.storage.erasures import erased_at
from db.storage.lot_ends import HeldLot, lots_held, members_to_settle, repaid_by, taken_at
from db.storage.unit_of_work import UnitOfWork

MEMBERS_A_RUN = 200
"""How many members one transaction settles, so that a counter beside it never waits long."""
LOTS_AN_OPERATION = 1_000
"""How many lots one operation ends: an operation is bounded, what a member may hold is not."""
_REPAYING = frozenset({"earn", "adjust"})


@dataclass(eq=False)
class NotTheAuthority(Refusal):
    """Head office writes this for all its counters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteExpiries:
    """Settle debts and write ended points, for the members behind `after`."""

    by: Actor
    after: bytes = b""


@dataclass(frozen=True, slots=True)
class ExpiriesWritten:
    """Points that ended, repaid and were forgiven; go on behind `after` while it is not None."""

    members: int
    expired: int
    repaid: int
    forgiven: int
    after: bytes | None


def write_expiries(work: UnitOfWork, command: WriteExpiries) -> ExpiriesWritten:
    """Write what ended before today; running it again writes nothing.

    Raises:
        NotTheAuthority: on a counter of a head office.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    require(command.by, Permission.SETTINGS)
    if not work.home.own_authority:
        raise NotTheAuthority
    members = members_to_settle(work.sql, on=work.today, after=command.after, limit=MEMBERS_A_RUN)
    sums = [_settle_member(work, member_id, by=command.by) for member_id in members]
    return ExpiriesWritten(
        members=sum(1 for each in sums if any(each)),
        expired=sum(each[0] for each in sums),
        repaid=sum(each[1] for each in sums),
        forgiven=sum(each[2] for each in sums),
        after=members[-1] if len(members) == MEMBERS_A_RUN else None,
    )


def apply_expire(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry ended points into the tables."""
    body = msgspec.convert(operation.envelope.b, ExpireBody)
    work.rewards.add(reward_row(operation))
    work.ledger.post(operation.op, expire_movements(operation, body))


def apply_debt(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry settled debts into the tables."""
    body = msgspec.convert(operation.envelope.b, DebtBody)
    paid = sum(share.points for share in body.paid)
    assert paid == sum(share.points for share in body.repaid), "what is paid is repaid"
    work.rewards.add(reward_row(operation))
    work.ledger.post(operation.op, debt_movements(operation, body))


def settle_debts(
    work: UnitOfWork, member_id: MemberId, *, by: Actor, after: OperationId | None = None
) -> Operation | None:
    """Let a member's awards repay what he owes, by the program's share; return the act, if any.

    `after` is the act that it follows from, if from one; it decides the id (`debt_after`).
    """
    done = _settlement(work, lots_held(work.sql, member_id))
    return _write_debt(work, member_id, done, by=by, after=after)


def debt_after(op: OperationId) -> OperationId:
    """Return the id of the debt that is settled because of an act."""
    return following_id(op, "debt")


def _write_debt(
    work: UnitOfWork,
    member_id: MemberId,
    done: Settlement,
    *,
    by: Actor,
    after: OperationId | None = None,
) -> Operation | None:
    if not (done.paid or done.forgiven):
        return None
    body = DebtBody(
        paid=_shares(done.paid),
        repaid=_shares(done.repaid),
        forgiven=_shares(done.forgiven),
        after=id_text(after),
    )
    op = None if after is None else debt_after(after)
    operation = _append(work, "debt", body, member_id=member_id, by=by, op=op)
    apply_debt(work, operation, None)
    return operation


def _settle_member(work: UnitOfWork, member_id: MemberId, *, by: Actor) -> tuple[int, int, int]:
    """Return the points that ended, repaid and were forgiven of one member."""
    lots = lots_held(work.sql, member_id)
    done = _settlement(work, lots)
    _write_debt(work, member_id, done, by=by)
    paid, erased = dict(done.paid), erased_at(work.sql, member_id) is not None
    ended = tuple(
        (lot.lot_id, lot.points - paid.get(lot.lot_id, 0))
        for lot in lots
        if lot.points > paid.get(lot.lot_id, 0) and (erased or _is_over(lot, work.today))
    )
    for start in range(0, len(ended), LOTS_AN_OPERATION):
        expire = ExpireBody(shares=_shares(ended[start : start + LOTS_AN_OPERATION]))
        apply_expire(work, _append(work, "expire", expire, member_id=member_id, by=by), None)
    return _sum(ended), _sum(done.paid), _sum(done.forgiven)


def _settlement(work: UnitOfWork, lots: list[HeldLot]) -> Settlement:
    owed = [
        DebtLot(lot.lot_id, -lot.points, _owed_since(work, lot)) for lot in lots if lot.points < 0
    ]
    if not owed:
        return Settlement()
    terms = work.program(work.today).document.debt
    share = rate(terms.repay_share)
    paying = [
        PayingLot(
            lot.lot_id,
            lot.points,
            share_of(lot.awarded, share, repaid_by(work.sql, lot.lot_id)),
            lot.expires_on,
        )
        for lot in lots
        if lot.points > 0 and lot.entry in _REPAYING and lot.available_on <= work.today
    ]
    days = None if terms.write_off_days is msgspec.UNSET else int(terms.write_off_days)
    return settle(owed, paying, on=work.today, write_off_days=days)


def _owed_since(work: UnitOfWork, lot: HeldLot) -> date:
    mark = taken_at(work.sql, lot.lot_id)
    at_ms = lot.opened_at if mark is None else hlc.milliseconds(mark)
    return work.home.calendar.day_of(at_ms)


def _is_over(lot: HeldLot, on: date) -> bool:
    return lot.expires_on is not None and lot.expires_on < on


def _append(
    work: UnitOfWork,
    kind: str,
    body: msgspec.Struct,
    *,
    member_id: MemberId,
    by: Actor,
    op: OperationId | None = None,
) -> Operation:
    rule = work.program(work.today).mark
    op = op or OperationId(work.new_id())
    draft = Draft(op=op, kind=kind, body=body, by=by, member_id=member_id, rule=rule)
    return append(work, draft)


def _shares(shares: Shares) -> tuple[LotShare, ...]:
    return tuple(LotShare(text_of(lot_id), points) for lot_id, points in shares)


def _sum(shares: Shares) -> int:
    return sum(points for _, points in shares)
