"""Applying operations that came from elsewhere: the same handlers the counter runs itself.

Every replica folds the same set of operations with the same functions, so they agree whatever the
order (SYNC.md §2.1). An operation whose handler fails is kept and marked `quarantined`; it never
blocks what comes after it. One this version does not know is kept and skipped.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext

import msgspec

from db.domain.ids import MemberId, OperationId, parse_id, text_of
from db.domain.operations import ENVELOPE_VERSION, Operation, Personal
from db.domain.upcasts import latest_version, upcast
from db.services.attach import apply_attach
from db.services.conflicts import apply_conflict_close, apply_conflict_open, close_row
from db.services.consents import apply_consent
from db.services.contested import stand_again, stand_down
from db.services.coupons import apply_coupon_issue, apply_coupon_void
from db.services.drawer import apply_drawer, apply_reprint
from db.services.erasure import apply_erase
from db.services.event_awards import apply_event_award, apply_event_revoke
from db.services.expiry import apply_debt, apply_expire
from db.services.gifts import apply_gift_redeem, apply_gift_return, apply_gift_stock
from db.services.holds import apply_hold_close, apply_hold_grant
from db.services.imports import apply_batch_revert
from db.services.late_offers import apply_offers_back
from db.services.leases import (
    apply_lease_close,
    apply_lease_cover,
    apply_lease_grant,
    apply_lease_reclaim,
)
from db.services.members import apply_member_register
from db.services.merges import apply_member_merge, apply_member_unmerge
from db.services.points import apply_adjust, apply_redeem
from db.services.profiles import apply_member_freeze, apply_member_update
from db.services.restamps import apply_restamp
from db.services.returns import apply_return
from db.services.reveals import apply_reveal
from db.services.reversals import apply_reversal
from db.services.sales import apply_sale
from db.services.shifts import apply_shift_close, apply_shift_open
from db.services.stored_value import apply_refund, apply_top_up
from db.services.tags import apply_tag
from db.services.tier_review import apply_tier_review
from db.services.wishes import apply_wish
from db.storage.erasures import erased_at
from db.storage.unit_of_work import UnitOfWork


def _open_conflict(work: UnitOfWork, operation: Operation, personal: Personal | None) -> None:
    apply_conflict_open(work, operation, personal)
    stand_down(work, operation, placed=_at_its_branch, again=receive_again)


def _close_conflict(work: UnitOfWork, operation: Operation, personal: Personal | None) -> None:
    apply_conflict_close(work, operation, personal)
    row = close_row(operation)
    stand_again(work, row.conflict_id, row.choice, again=receive_again)


Handler = Callable[[UnitOfWork, Operation, Personal | None], None]

HANDLERS: dict[str, Handler] = {
    "sale": apply_sale,
    "reversal": apply_reversal,
    "return": apply_return,
    "attach": apply_attach,
    "member_register": apply_member_register,
    "member_update": apply_member_update,
    "member_freeze": apply_member_freeze,
    "member_merge": apply_member_merge,
    "member_unmerge": apply_member_unmerge,
    "consent": apply_consent,
    "redeem": apply_redeem,
    "adjust": apply_adjust,
    "shift_open": apply_shift_open,
    "shift_close": apply_shift_close,
    "shift_cash": apply_drawer,
    "drawer_open": apply_drawer,
    "reprint": apply_reprint,
    "lease_grant": apply_lease_grant,
    "lease_close": apply_lease_close,
    "lease_reclaim": apply_lease_reclaim,
    "lease_cover": apply_lease_cover,
    "hold_grant": apply_hold_grant,
    "hold_close": apply_hold_close,
    "batch_revert": apply_batch_revert,
    "reveal": apply_reveal,
    "top_up": apply_top_up,
    "refund": apply_refund,
    "coupon_issue": apply_coupon_issue,
    "coupon_void": apply_coupon_void,
    "event_award": apply_event_award,
    "event_revoke": apply_event_revoke,
    "gift_redeem": apply_gift_redeem,
    "gift_return": apply_gift_return,
    "gift_stock": apply_gift_stock,
    "tag": apply_tag,
    "expire": apply_expire,
    "debt": apply_debt,
    "tier_review": apply_tier_review,
    "offers_back": apply_offers_back,
    "restamp": apply_restamp,
    "conflict_open": _open_conflict,
    "conflict_close": _close_conflict,
    "wish": apply_wish,
    "erase": apply_erase,
}

SET_ASIDE_SETTING = "set_aside_upto"
SET_ASIDE_AT_ONCE = 50
_FAULTS: tuple[type[Exception], ...] = (
    AssertionError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    msgspec.MsgspecError,
)
"""What a body raises that is not what its kind has: numbers no column holds, lists of nothing."""


def apply(work: UnitOfWork, operation: Operation, personal: Personal | None) -> None:
    """Carry one operation into the tables.

    Raises:
        UnknownOperation: when no handler knows its kind or its kind's version.
    """
    if not is_known(operation):
        raise UnknownOperation(operation.envelope.t, operation.envelope.tv)
    HANDLERS[operation.envelope.t](work, upcast(operation), personal)


def is_known(operation: Operation) -> bool:
    """Say whether this version knows the envelope, the kind and the kind's version."""
    envelope = operation.envelope
    of_ours = envelope.v == ENVELOPE_VERSION and envelope.t in HANDLERS
    return of_ours and 1 <= envelope.tv <= latest_version(envelope.t)


def known_mark() -> str:
    """Return what tells a version that knows other operations from this one."""
    known = sorted((kind, latest_version(kind)) for kind in HANDLERS)
    return hashlib.sha256(repr((ENVELOPE_VERSION, known)).encode()).hexdigest()[:16]


class UnknownOperation(Exception):
    """A newer version wrote this kind of operation."""

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(f"{kind} version {version}")
        self.kind = kind
        self.version = version


class NotTogether(Exception):
    """An operation among many could not be applied: the transaction is to be done one by one."""


@contextmanager
def together(work: UnitOfWork, operations: Sequence[Operation]) -> Iterator[UnitOfWork]:
    """Apply many operations as if each could be: no savepoints, rows in bulk, questions at once.

    Nearly always each can. Where one cannot, nothing of the transaction may stand.

    Raises:
        NotTogether: when one could not; the caller leaves the transaction and begins again.
    """
    try:
        with work.gathering() as gathered:
            gathered.operations.foresee([operation.op for operation in operations])
            members = {operation.member for operation in operations}
            gathered.totals.foresee([member for member in members if member is not None])
            yield gathered
    except (*_FAULTS, *work.sql.constraint) as fault:
        raise NotTogether from fault


def receive(
    work: UnitOfWork,
    operation: Operation,
    personal: Personal | None,
    *,
    received_at: int,
    check: Callable[[Operation], None] | None = None,
) -> str:
    """Write and apply an operation of another stream; return its status.

    The caller has checked its place in the chain. Receiving the same id again is skipped, so it
    may come twice. A handler's failure rolls back its own traces only, and so does `check`, which
    head office brings to look at an operation before it is applied; `together` they go up.
    """
    if work.operations.holds(operation.op):
        if work.operations.is_quarantined(operation.op):
            receive_again(work, OperationId(operation.op))
        return "duplicate"
    work.operations.append(operation, received_at=received_at)
    if personal is not None and operation.envelope.pd != personal.digest:
        personal = None
    if personal is not None and operation.member is not None:
        member_id = _member(operation)
        if erased_at(work.sql, member_id) is None:
            work.operations.keep_personal(operation.op, member_id, personal)
        else:
            personal = None
    status, error = _tried(work, operation, personal=personal, check=check)
    if status != "applied":
        work.operations.set_status(operation.op, status, error)
    return status


def apply_set_aside(
    work: UnitOfWork,
    version: str,
    take: Callable[[UnitOfWork, OperationId], object] | None = None,
) -> bool:
    """Apply some operations that an older version skipped or quarantined; say if there may be more.

    Whoever was updated calls it until there are none: it may know now what it did not, or have lost
    a fault. What fails again stays set aside, until the next version.

    Args:
        work: the open transaction.
        version: the version that runs.
        take: how head office looks at each again, as at one that arrives.
    """
    take = take or _unless_contested
    mark = f"{known_mark()}-{version}"
    upto = work.settings.get(SET_ASIDE_SETTING) or ""
    after = int(upto.partition(" ")[2]) if upto.startswith(f"{mark} ") else 0
    rows = work.operations.set_aside(after, limit=SET_ASIDE_AT_ONCE)
    for place, op in rows:
        take(work, OperationId(op))
        after = place
    if rows or not upto.startswith(f"{mark} "):
        work.settings.put(SET_ASIDE_SETTING, f"{mark} {after}")
    return len(rows) == SET_ASIDE_AT_ONCE


def _unless_contested(work: UnitOfWork, op: OperationId) -> None:
    """Try an act again, unless head office says that it does not stand."""
    if not work.conflicts.sets_aside(op):
        receive_again(work, op)


def receive_again(
    work: UnitOfWork, op: OperationId, *, check: Callable[[Operation], None] | None = None
) -> Operation | None:
    """Apply an operation that is kept, now that what it lacked is here; return it if it stands."""
    operation = work.operations.find(op)
    assert operation is not None, "a quarantined operation is kept"
    status, error = _tried(work, operation, personal=work.operations.personal(op), check=check)
    work.operations.set_status(op, status, error)
    return operation if status == "applied" else None


def _tried(
    work: UnitOfWork,
    operation: Operation,
    *,
    personal: Personal | None,
    check: Callable[[Operation], None] | None,
) -> tuple[str, str | None]:
    """Apply behind a savepoint; return the status, and what went wrong.

    What the disk or another process does is no fault of the operation, and goes up.
    """
    try:
        with nullcontext() if work.sql.gathers else work.savepoint():
            if check is not None:
                check(operation)
            apply(work, _at_its_branch(work, operation), personal)
    except UnknownOperation as unknown:
        return "skipped", str(unknown)
    except (*_FAULTS, *work.sql.constraint) as fault:
        if work.sql.gathers:
            raise
        return "quarantined", f"{type(fault).__name__}: {fault}"
    return "applied", None


def _member(operation: Operation) -> MemberId:
    member = operation.member
    assert member is not None, "checked by the caller"
    return MemberId(member)


def _at_its_branch(work: UnitOfWork, operation: Operation) -> Operation:
    """Return the operation as said by the branch's own id; its bytes and hash stay."""
    said = parse_id(operation.envelope.store)
    known = work.branches.canonical(said)
    if known == said:
        return operation
    envelope = msgspec.structs.replace(operation.envelope, store=text_of(known))
    return Operation(operation.raw, operation.hash, envelope)
