"""Issuing coupons by hand, to a member or as a batch for whoever brings them, and voiding them."""

from dataclasses import dataclass

import msgspec

from db.domain.ids import MemberId, OperationId
from db.domain.offers.coupon_facts import CouponFact, CouponIssueBody, CouponVoidBody
from db.domain.offers.coupon_refusals import (
    CouponExpired,
    CouponLimitReached,
    CouponNeedsMember,
    CouponUnknown,
    CouponUsed,
    CouponVoided,
)
from db.domain.offers.coupons import CouponKind
from db.domain.operations import Operation, Personal, id_text
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.reversals import ReasonMissing
from db.domain.staff import Actor, Permission, require
from db.services.journal import Draft, append, written_before
from db.services.members import active_member
from db.services.offers import coupon_rows, new_coupons
from db.storage.coupons import ISSUED, find_coupon, used_of
from db.storage.profiles import aliases_of
from db.storage.unit_of_work import UnitOfWork

COUPONS_MAX = 1_000
"""How many one act issues: an operation is bounded, and so is the transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCoupons:
    """A manager issues so many coupons of a kind, to a member or to nobody by name."""

    op: OperationId
    by: Actor
    kind: str
    member_id: MemberId | None = None
    count: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidCoupon:
    """A manager takes a coupon away, for a reason."""

    op: OperationId
    by: Actor
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class CouponsIssued:
    """The coupons are good from now on, within their days."""

    member_id: MemberId | None
    coupons: tuple[CouponFact, ...]


@dataclass(frozen=True, slots=True)
class CouponTaken:
    """The coupon can no longer be used."""

    code: str
    member_id: MemberId | None


def issue_coupons(work: UnitOfWork, command: IssueCoupons) -> CouponsIssued:
    """Issue coupons once, however often the command arrives.

    Raises:
        CouponUnknown, CouponNeedsMember, CouponExpired, CouponLimitReached: when the program
            does not allow it.
        NoSuchMember, MemberNotActive, NotPermitted, ApprovalNeeded: as their names say.
    """
    require(command.by, Permission.ISSUE_COUPONS)
    assert 0 < command.count <= COUPONS_MAX, "input is checked before"
    if (written := written_before(work, command.op, "coupon_issue")) is not None:
        return _issued(written)
    member_id = None
    if command.member_id is not None:
        member_id = active_member(work, command.member_id).member_id
    program = work.program(work.today)
    kind = program.offers.coupons.get(command.kind)
    if kind is None:
        raise CouponUnknown(command.kind)
    _check(work, kind, member_id, count=command.count)
    body = CouponIssueBody(
        coupons=new_coupons(work, [kind.code] * command.count, program),
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        approver=id_text(command.by.approver_id),
    )
    operation = append(
        work,
        Draft(
            op=command.op,
            kind="coupon_issue",
            body=body,
            by=command.by,
            member_id=member_id,
            rule=program.mark,
        ),
    )
    apply_coupon_issue(work, operation, None)
    return _issued(operation)


def void_coupon(work: UnitOfWork, command: VoidCoupon) -> CouponTaken:
    """Take a coupon away once.

    Raises:
        CouponUnknown, CouponUsed, CouponVoided, ReasonMissing: when it cannot be.
        NotPermitted, ApprovalNeeded: when the actor may not.
    """
    require(command.by, Permission.ISSUE_COUPONS)
    if not command.reason.strip():
        raise ReasonMissing
    row = find_coupon(work.sql, command.code)
    if row is None:
        raise CouponUnknown(command.code)
    if row.voided_by == command.op:
        return CouponTaken(row.code, row.member_id)
    if row.state != "open":
        raise CouponUsed(row.code) if row.state == "used" else CouponVoided(row.code)
    body = CouponVoidBody(
        codes=(row.code,),
        reason=command.reason.strip()[:REASON_CHARACTERS_MAX],
        approver=id_text(command.by.approver_id),
    )
    draft = Draft(
        op=command.op, kind="coupon_void", body=body, by=command.by, member_id=row.member_id
    )
    apply_coupon_void(work, append(work, draft), None)
    return CouponTaken(row.code, row.member_id)


def apply_coupon_issue(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry issued coupons into the table."""
    body = msgspec.convert(operation.envelope.b, CouponIssueBody)
    work.coupons.issue(coupon_rows(operation, body.coupons))


def apply_coupon_void(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Carry a voided coupon into the table; one that is void already stays as it is."""
    body = msgspec.convert(operation.envelope.b, CouponVoidBody)
    for code in body.codes:
        assert find_coupon(work.sql, code) is not None, "a coupon is issued before it is void"
        work.coupons.void(code, operation.op)


def _check(work: UnitOfWork, kind: CouponKind, member_id: MemberId | None, *, count: int) -> None:
    """Refuse coupons that nobody could use."""
    if member_id is None and not kind.transferable:
        raise CouponNeedsMember(kind.code)
    _, last = kind.days(work.today)
    if last is not None and last < work.today:
        raise CouponExpired(kind.code, last.isoformat())
    ids = () if member_id is None else (member_id, *aliases_of(work.sql, member_id))
    out = used_of(work.sql, ids, source=ISSUED, name=kind.code)
    if kind.limit_total is not None and out.total + count > kind.limit_total:
        raise CouponLimitReached(kind.code, "all", kind.limit_total, out.total)
    limit = kind.limit_per_member
    if member_id is not None and limit is not None and out.member + count > limit:
        raise CouponLimitReached(kind.code, "member", limit, out.member)


def _issued(operation: Operation) -> CouponsIssued:
    body = msgspec.convert(operation.envelope.b, CouponIssueBody)
    member = operation.member
    return CouponsIssued(None if member is None else MemberId(member), body.coupons)
