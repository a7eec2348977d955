"""Conflicts at head office: looking at what arrives, answering what counters ask for, deciding.

Looked at when an operation arrives, because only then is there anything new. A conflict changes
nothing and blocks nothing. What is decided without asking: that two members with one phone and one
name are one member (DECISIONS 12), and what a counter may decide of a conflict itself.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import msgspec

from db.domain.authority import DECISIONS, GRANTS
from db.domain.conflicts import (
    APPLIED,
    AT_ONCE,
    CHOICES,
    ERASE,
    MERGE,
    RETRY,
    ConflictKind,
    StillNotApplied,
    closing_id,
    conflict_id,
    is_surely_one,
)
from db.domain.ids import MemberId, OperationId, parse_id
from db.domain.operations import Operation
from db.domain.refusals import Refusal
from db.domain.reward_facts import member_of
from db.domain.staff import Actor
from db.domain.wishes import WishAct, WishBody
from db.services.conflict_choices import Carrying, ConflictSettled, resolve_conflict
from db.services.conflicts import OFFICE, Finding, close_conflict, open_conflict
from db.services.double_awards import settle_double_awards
from db.services.erasure import EraseMember
from db.services.late_offers import give_back_late
from db.services.replication import receive_again
from db.services.restamps import put_right
from db.storage.unit_of_work import UnitOfWork
from sync.server.conflict_notices import (
    UNREADABLE,
    branch_of,
    note_caps,
    note_coupons_twice,
    note_quarantined,
    note_same_phone,
    note_same_receipt,
)
from sync.server.conflict_sides import act_side
from sync.server.desk import Desk
from sync.server.erasures import erase, note_phone_back
from sync.server.feed import publish

RETRIED = "retried"
"""The status of an operation that was applied at last."""
_KIND = "SELECT kind FROM operation WHERE op = ?"
_WISHED = {
    WishAct.MERGE: ConflictKind.MERGE_ASKED,
    WishAct.UNMERGE: ConflictKind.UNMERGE_ASKED,
    WishAct.ERASE: ConflictKind.ERASURE_ASKED,
}


def look_at(desk: Desk, operation: Operation, status: str) -> None:
    """Note what an operation that just arrived, or was tried again, does not fit to."""
    if status == "quarantined":
        note_quarantined(desk, operation)
        return
    if status == RETRIED:
        _end_quarantine(desk.work, operation)
    elif status != "applied":
        return
    put_right(desk.work, operation, received_at=desk.work.at_ms)
    for note in _NOTES.get(operation.envelope.t, ()):
        note(desk, operation)


def resolve(desk: Desk, wanted: bytes, choice: str, *, by: Actor = OFFICE) -> ConflictSettled:
    """Decide a conflict at head office.

    Raises:
        NoSuchConflict, ConflictResolved, ChoiceNotOffered: as their names say.
        StillNotApplied: when what is tried again does not fit yet.
        Refusal: what a merge, a void, a change or an erasure refuses.
    """
    besides = {RETRY: partial(_try_again, desk), ERASE: partial(_erase, desk)}
    return resolve_conflict(desk.work, wanted, choice, by=by, besides=besides)


def _try_again(desk: Desk, case: Carrying) -> None:
    """Apply an operation that could not be; a person has said that it is to be believed."""
    work, op = case.work, OperationId(case.found.subject)
    if work.sql.value(_KIND, (op,)) in GRANTS | DECISIONS | {UNREADABLE}:
        raise StillNotApplied(work.operations.error_of(op))
    applied = receive_again(work, op)
    if applied is None:
        raise StillNotApplied(work.operations.error_of(op))
    publish(desk, applied)
    look_at(desk, applied, RETRIED)


def believed_before(desk: Desk, operation: Operation) -> bool:
    """Apply what a person had believed before the book was put back; say whether it stands."""
    work, op = desk.work, OperationId(operation.op)
    if operation.envelope.t in GRANTS | DECISIONS:
        return False
    told = work.operations.find(closing_id(conflict_id(ConflictKind.QUARANTINED, op, b"")))
    if told is None or told.envelope.b.get("choice") != APPLIED:
        return False
    return receive_again(work, op) is not None


def _erase(desk: Desk, case: Carrying) -> None:
    assert case.found.member_id is not None, "an erasure is somebody's"
    member_id = MemberId(case.found.member_id)
    erase(desk, EraseMember(op=case.op, member_id=member_id, by=case.by))


def _end_quarantine(work: UnitOfWork, operation: Operation) -> None:
    """Close the conflict of an operation that was applied after all."""
    for wanted in work.conflicts.quarantines(operation.op):
        close_conflict(work, wanted, choice=APPLIED, member_id=operation.member)


def _answer(desk: Desk, operation: Operation) -> None:
    """Answer a wish, or let it wait for head office's people in the inbox."""
    work, body = desk.work, msgspec.convert(operation.envelope.b, WishBody)
    act = WishAct(body.act)
    if act is WishAct.RESOLVE:
        if body.choice in AT_ONCE and body.conflict is not None:
            with suppress(Refusal):  # it was decided meanwhile, or waits for more
                resolve(desk, parse_id(body.conflict), body.choice)
        return
    other = b"" if body.other is None else parse_id(body.other)
    found = Finding(
        kind=_WISHED[act],
        subject=operation.op,
        other=other,
        branch=branch_of(desk, operation),
        member_id=operation.member,
        reference=operation.op,
        detail={"reason": body.reason},
        sides=(act_side(work, operation),),
        recommended=CHOICES[_WISHED[act]][0],
    )
    opened = open_conflict(work, found)
    if opened is not None and act is WishAct.MERGE and _surely_one(work, operation, other):
        with suppress(Refusal):
            resolve(desk, opened, MERGE)


def _surely_one(work: UnitOfWork, wish: Operation, other: bytes) -> bool:
    """Say whether a merge asked for needs nobody to decide it (DECISIONS 12)."""
    if wish.member is None:
        return False
    first, later = (work.members.by_id(MemberId(each)) for each in (wish.member, other))
    if first is None or later is None or not first.phone:
        return False
    return first.phone == later.phone and is_surely_one(first.name, later.name)


def _give_back(desk: Desk, operation: Operation) -> None:
    give_back_late(desk.work, operation)


def _settle(desk: Desk, operation: Operation) -> None:
    settle_double_awards(desk.work, member_of(operation))


_NOTES: dict[str, tuple[Callable[[Desk, Operation], object], ...]] = {
    "wish": (_answer,),
    "return": (_give_back,),
    "sale": (note_same_receipt, note_coupons_twice, note_caps),
    "member_register": (note_same_phone,),
    "member_update": (note_same_phone,),
    "event_award": (_settle, note_phone_back, note_caps),
}
"""What is looked for in each kind of operation that was applied."""
