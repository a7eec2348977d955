"""Carrying out what is decided about a conflict: a choice is an operation of its own, or none.

The authority alone decides; at head office `sync.server.conflicts` adds what only it can do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from db.domain.conflicts import (
    CHOICES,
    DECLINE,
    ERASE,
    KEEP,
    MERGE,
    RECYCLED,
    REST,
    REVOKE,
    UNMERGE,
    VOID,
    ChoiceNotOffered,
    ConflictKind,
)
from db.domain.erasure import ErasedBefore
from db.domain.ids import MemberId, OperationId, SaleId, parse_id
from db.domain.profiles import NotMerged, SameMember
from db.domain.return_facts import ReturnBody
from db.domain.reversals import AlreadyReversed
from db.domain.staff import Actor
from db.services.conflicts import OFFICE, close_conflict, open_one
from db.services.erasure import EraseMember, erase_member
from db.services.expiry import NotTheAuthority
from db.services.merges import MergeMembers, UnmergeMember, merge_members, unmerge_member
from db.services.profiles import UpdateProfile, update_profile
from db.services.return_plan import Asked
from db.services.returns import TakeReturn, take_return
from db.services.reversals import VoidSale, void_sale
from db.services.sale_rewards import revoke_award
from db.services.sold import read_sold
from db.storage.conflicts import ConflictRow
from db.storage.unit_of_work import UnitOfWork

REASON = "处理冲突"


@dataclass(frozen=True, slots=True)
class ConflictSettled:
    """A conflict is decided; `decision` is the operation that it came to, if to one."""

    conflict_id: bytes
    choice: str
    decision: bytes | None


@dataclass(frozen=True, slots=True)
class Carrying:
    """A choice being carried out, under an id that its operation takes if it is one."""

    work: UnitOfWork
    found: ConflictRow
    op: OperationId
    by: Actor


Carrier = Callable[[Carrying], None]


def resolve_conflict(
    work: UnitOfWork,
    wanted: bytes,
    choice: str,
    *,
    by: Actor = OFFICE,
    besides: Mapping[str, Carrier] = MappingProxyType({}),
) -> ConflictSettled:
    """Decide a conflict. `besides` is what head office does for some choices in its own way.

    Raises:
        NotTheAuthority: on a counter of a head office, which asks for it (`wishes`).
        NoSuchConflict, ConflictResolved, ChoiceNotOffered: as their names say.
        Refusal: what a merge, a void, a change or an erasure refuses.
    """
    if not work.home.own_authority:
        raise NotTheAuthority
    found = open_one(work, wanted)
    choices = CHOICES[ConflictKind(found.kind)]
    carriers = {**_CARRY, **besides}
    if choice not in choices or choice not in carriers:
        raise ChoiceNotOffered(choice, ", ".join(choices))
    decision = _carried_out(work, found, carriers[choice], by=by)
    if work.conflicts.find(wanted) != (found, None):
        return ConflictSettled(wanted, choice, decision)  # it ended by what was done
    close_conflict(work, wanted, choice=choice, by=by, decision=decision, member_id=found.member_id)
    return ConflictSettled(wanted, choice, decision)


def _carried_out(
    work: UnitOfWork, found: ConflictRow, carrier: Carrier, *, by: Actor
) -> bytes | None:
    """Write the operation that a choice comes to; None where it was done meanwhile."""
    op = OperationId(work.new_id())
    try:
        carrier(Carrying(work, found, op, by))
    except (SameMember, NotMerged, AlreadyReversed, ErasedBefore):
        return None
    return op if work.operations.holds(op) else None


def _merge(case: Carrying) -> None:
    first = (
        case.found.member_id if case.found.kind == ConflictKind.MERGE_ASKED else case.found.subject
    )
    assert first is not None, "somebody stays"
    source, target = MemberId(case.found.other), MemberId(first)
    merge_members(
        case.work, MergeMembers(op=case.op, source=source, target=target, by=case.by, reason=REASON)
    )


def _unmerge(case: Carrying) -> None:
    source = MemberId(case.found.other)
    unmerge_member(case.work, UnmergeMember(op=case.op, source=source, by=case.by, reason=REASON))


def _recycle(case: Carrying) -> None:
    command = UpdateProfile(
        op=case.op,
        member_id=MemberId(case.found.subject),
        by=case.by,
        changes={"phone": ""},
        reason=REASON,
        recycled=True,
    )
    update_profile(case.work, command)


def _void(case: Carrying) -> None:
    void_sale(
        case.work, VoidSale(op=case.op, sale_id=SaleId(case.found.other), by=case.by, reason=REASON)
    )


def _revoke(case: Carrying) -> None:
    row = case.work.rewards.find(case.found.other)
    if row is not None and row[1] is None:
        revoke_award(case.work, row[0], op=case.op, by=case.by)


def _erase(case: Carrying) -> None:
    assert case.found.member_id is not None, "an erasure is somebody's"
    member_id = MemberId(case.found.member_id)
    erase_member(case.work, EraseMember(op=case.op, member_id=member_id, by=case.by, reason=REASON))


def _take_rest(case: Carrying) -> None:
    """Take back of a sale what the second counter took back and nobody has yet.

    A void takes all that is left; a return what is left of its own lines.
    """
    second = case.work.operations.find(OperationId(case.found.other))
    assert second is not None, "what could not be applied is kept"
    reference = second.envelope.ref
    assert reference is not None, "it was taken back of a sale"
    sale_id = SaleId(parse_id(reference))
    sold = read_sold(case.work.sql, sale_id)
    if sold is None or sold.is_gone:
        raise AlreadyReversed(sale_id)
    if second.envelope.t == "reversal":
        void_sale(case.work, VoidSale(op=case.op, sale_id=sale_id, by=case.by, reason=REASON))
        return
    body = msgspec.convert(second.envelope.b, ReturnBody)
    lines = {
        line.line: min(line.quantity, left.of - left.returned)
        for line in body.lines
        if 0 < line.line <= len(sold.left.lines)
        and (left := sold.left.lines[line.line - 1]).of > left.returned
    }
    if not lines:
        raise AlreadyReversed(sale_id)
    if sold.left.by_amount:
        asked = Asked(sale_id=sale_id, amount=lines[1])
    else:
        asked = Asked(sale_id=sale_id, lines=tuple(lines.items()))
    take_return(case.work, TakeReturn(op=case.op, by=case.by, asked=asked, reason=REASON))


def _nothing(_case: Carrying) -> None:
    return


_CARRY: dict[str, Carrier] = {
    KEEP: _nothing,
    DECLINE: _nothing,
    MERGE: _merge,
    UNMERGE: _unmerge,
    RECYCLED: _recycle,
    VOID: _void,
    REVOKE: _revoke,
    ERASE: _erase,
    REST: _take_rest,
}
