"""Noticing what counters did that does not fit together, and carrying out what was decided.

Looked at when an operation arrives, because only then is there anything new. A note changes
nothing and blocks nothing. The one thing decided without asking is that two members with one phone
and one name are one member (DECISIONS 12).
"""

import hashlib

import msgspec

from db.domain.conflicts import (
    CHOICES,
    KEEP,
    MERGE,
    VOID,
    ChoiceNotOffered,
    ConflictKind,
    ConflictResolved,
    NoSuchConflict,
    duplicate_advice,
    is_surely_one,
)
from db.domain.ids import CHANCE_BYTES, MemberId, OperationId, SaleId, parse_id, text_of, uuid7
from db.domain.operations import Operation
from db.domain.staff import Actor, Role
from db.queries.conflicts import Conflict, conflict
from db.services.merges import MergeMembers, merge_members
from db.services.profiles import UpdateProfile, update_profile
from db.services.reversals import VoidSale, void_sale
from db.storage.conflicts import NewConflict
from db.storage.member_facts import points_awarded
from db.storage.members import MemberRow
from db.storage.profiles import standing_for
from db.storage.unit_of_work import UnitOfWork
from sync.server.desk import Desk

_OFFICE = Actor(None, Role.HEAD_OFFICE)
_REASON = "总部处理冲突"
_REVERSED = "SELECT reversed_by FROM sale WHERE sale_id = ?"
_SAME_RECEIPT = """
SELECT sale_id, member_id, due FROM sale
WHERE branch_id = ? AND business_day = ? AND till_receipt = ? AND reversed_by IS NULL
  AND sale_id <> ?
ORDER BY sold_at LIMIT 1
"""
_SALE = "SELECT sale_id, member_id, due FROM sale WHERE sale_id = ?"
_DAY_DIGITS = 10
_MONTH_DIGITS = 7


def look_at(desk: Desk, operation: Operation, status: str) -> None:
    """Note what an operation that just arrived does not fit to."""
    kind = operation.envelope.t
    if status == "quarantined":
        _quarantined(desk, operation)
    elif kind in {"member_register", "member_update"} and operation.member is not None:
        _same_phone(desk, operation, MemberId(operation.member))
    elif kind == "sale":
        _same_receipt(desk, operation)
    if status == "applied" and kind in {"sale", "event_award"} and operation.member is not None:
        _caps(desk, operation, MemberId(operation.member))


def resolve(work: UnitOfWork, conflict_id: bytes, choice: str) -> Conflict:
    """Decide a conflict at head office; return it as it stands then.

    Raises:
        NoSuchConflict, ConflictResolved, ChoiceNotOffered: as their names say.
        Refusal: what a merge, a void or a change refuses.
    """
    found = conflict(work.sql, conflict_id)
    if found is None:
        raise NoSuchConflict(text_of(conflict_id))
    if found.state != "open":
        raise ConflictResolved(found.choice or "")
    if choice not in CHOICES[found.kind]:
        raise ChoiceNotOffered(choice, ", ".join(CHOICES[found.kind]))
    decision = None if choice == KEEP else _decided(work, found, choice)
    work.conflicts.resolve(conflict_id, choice=choice, at_ms=work.at_ms, decision=decision)
    resolved = conflict(work.sql, conflict_id)
    assert resolved is not None, "it was just resolved"
    return resolved


def _decided(work: UnitOfWork, found: Conflict, choice: str) -> OperationId:
    """Write the operation that a choice comes to."""
    op = OperationId(work.new_id())
    match choice:
        case "merge":
            source, target = MemberId(found.other), MemberId(found.subject)
            merge_members(
                work,
                MergeMembers(op=op, source=source, target=target, by=_OFFICE, reason=_REASON),
            )
        case "recycled":
            update_profile(
                work,
                UpdateProfile(
                    op=op,
                    member_id=MemberId(found.subject),
                    by=_OFFICE,
                    changes={"phone": ""},
                    reason=_REASON,
                    recycled=True,
                ),
            )
        case _:
            sale_id = SaleId(found.other)
            void_sale(work, VoidSale(op=op, sale_id=sale_id, by=_OFFICE, reason=_REASON))
    return op


def _note(
    desk: Desk,
    operation: Operation,
    kind: ConflictKind,
    *,
    about: tuple[bytes, bytes],
    detail: dict[str, object],
    recommended: str = KEEP,
) -> bytes | None:
    """Open a conflict; return its id if it is new."""
    conflict_id = desk.work.new_id()
    found = NewConflict(
        kind=kind.value,
        subject=about[0],
        other=about[1],
        member_id=operation.member,
        branch_id=desk.work.branches.canonical(parse_id(operation.envelope.store)),
        detail=msgspec.json.encode(detail, order="sorted"),
        recommended=recommended,
    )
    is_new = desk.work.conflicts.note(found, conflict_id=conflict_id, at_ms=desk.work.at_ms)
    return conflict_id if is_new else None


def _quarantined(desk: Desk, operation: Operation) -> None:
    """Note what could not be applied; a second reversal of one sale by its own name."""
    envelope = operation.envelope
    error = desk.work.operations.error_of(operation.op)
    detail: dict[str, object] = {"kind": envelope.t, "error": error}
    reference = None if envelope.ref is None else parse_id(envelope.ref)
    first = None
    if envelope.t in {"reversal", "return"} and reference is not None:
        row = desk.work.one(_REVERSED, (reference,))
        first = None if row is None else row[0]
    if first is not None:
        detail["sale"] = envelope.ref
        about = (first, operation.op)
        _note(desk, operation, ConflictKind.REVERSED_TWICE, about=about, detail=detail)
        return
    if reference is not None and not desk.work.operations.holds(reference):
        return  # it waits for what it refers to
    about = (operation.op, b"")
    _note(desk, operation, ConflictKind.QUARANTINED, about=about, detail=detail)


def _same_phone(desk: Desk, operation: Operation, member_id: MemberId) -> None:
    """Note that a member's phone is another's too; merge them where there is no doubt."""
    work = desk.work
    me = work.members.by_id(standing_for(work.sql, member_id))
    if me is None or me.phone is None:
        return
    for row in work.members.all_by_phone(me.phone):
        other = work.members.by_id(standing_for(work.sql, row.member_id))
        assert other is not None, "he is registered"
        if other.member_id == me.member_id:
            continue
        first, later = sorted((me, other), key=lambda each: each.member_row)
        conflict_id = _note(
            desk,
            operation,
            ConflictKind.POSSIBLE_DUPLICATE,
            about=(first.member_id, later.member_id),
            detail={"same_name": first.name == later.name},
            recommended=duplicate_advice(first.name, later.name),
        )
        if conflict_id is not None and is_surely_one(first.name, later.name):
            _merge_at_once(work, first, later, conflict_id=conflict_id)
            return


def _merge_at_once(
    work: UnitOfWork, first: MemberRow, later: MemberRow, *, conflict_id: bytes
) -> None:
    """Merge the later member into the first; its id follows from both, so it is one merge."""
    if (first.state, later.state) != ("active", "active"):
        return
    chance = hashlib.sha256(b"merge" + first.member_id + later.member_id).digest()[:CHANCE_BYTES]
    op = OperationId(uuid7(int.from_bytes(later.member_id[:6], "big"), chance))
    if work.operations.holds(op):
        return
    merge_members(
        work,
        MergeMembers(
            op=op,
            source=later.member_id,
            target=first.member_id,
            by=_OFFICE,
            automatic=True,
        ),
    )
    work.conflicts.resolve(conflict_id, choice=MERGE, at_ms=work.at_ms, decision=op)


def _same_receipt(desk: Desk, operation: Operation) -> None:
    """Note that a till receipt has another standing sale at this branch on this day."""
    envelope = operation.envelope
    receipt = envelope.b.get("till_receipt")
    if not receipt:
        return
    branch = desk.work.branches.canonical(parse_id(envelope.store))
    first = desk.work.one(_SAME_RECEIPT, (branch, envelope.bd, receipt, operation.op))
    mine = desk.work.one(_SALE, (operation.op,))
    if first is None or mine is None:
        return
    _note(
        desk,
        operation,
        ConflictKind.DUPLICATE_RECEIPT,
        about=(first[0], operation.op),
        detail={"receipt": receipt, "day": envelope.bd, "due": [first[2], mine[2]]},
        recommended=VOID if first[1:] == mine[1:] else KEEP,
    )


def _caps(desk: Desk, operation: Operation, member_id: MemberId) -> None:
    """Note that counters together awarded more than a day or a month may have (DECISIONS 48)."""
    work, day = desk.work, operation.envelope.bd
    terms = work.program(work.today).terms
    if terms.per_day is None and terms.per_month is None:
        return
    root = standing_for(work.sql, member_id)
    today, month = points_awarded(work.sql, root, day=day)
    for limit, awarded, digits in (
        (terms.per_day, today, _DAY_DIGITS),
        (terms.per_month, month, _MONTH_DIGITS),
    ):
        if limit is not None and awarded > limit:
            _note(
                desk,
                operation,
                ConflictKind.CAP_EXCEEDED,
                about=(root, day[:digits].encode()),
                detail={"period": day[:digits], "awarded": awarded, "limit": limit},
            )
