"""What head office looks for in an operation that arrived: what another counter did besides.

Each finding is one conflict under an id that follows from what it is about, so a batch that comes
again, or a head office that was restored, finds it once.
"""

import hashlib

from db.domain.authority import DECISIONS, GRANTS
from db.domain.conflicts import (
    KEEP,
    REST,
    RETRY,
    VOID,
    ConflictKind,
    SideFact,
    duplicate_advice,
    is_surely_one,
)
from db.domain.ids import CHANCE_BYTES, OperationId, SaleId, parse_id, text_of, uuid7
from db.domain.operations import Operation
from db.domain.reward_facts import member_of
from db.services.conflicts import OFFICE, Finding, open_conflict
from db.services.merges import MergeMembers, merge_members
from db.services.sold import read_sold
from db.storage.member_facts import points_awarded
from db.storage.members import MemberRow
from db.storage.operations import StreamHead
from db.storage.profiles import standing_for
from db.storage.unit_of_work import UnitOfWork
from sync.server.conflict_sides import act_side, member_side, sale_side
from sync.server.desk import Desk

UNREADABLE = "unreadable"
_SAME_RECEIPT = """
SELECT sale_id, member_id, due FROM sale
WHERE branch_id = ? AND business_day = ? AND till_receipt = ? AND reversed_by IS NULL
  AND sale_id <> ?
ORDER BY sold_at LIMIT 1
"""
_SALE = "SELECT sale_id, member_id, due FROM sale WHERE sale_id = ?"
_USED_BEFORE = """
SELECT sale_id, value FROM coupon_use WHERE code = ? AND sale_id <> ? AND given_back_by IS NULL
ORDER BY sale_id LIMIT 1
"""
_REVERSED = "SELECT reversed_by FROM sale WHERE sale_id = ?"
_RETURNED = (
    "SELECT op FROM goods_return WHERE sale_id = ? ORDER BY returned_at DESC, op DESC LIMIT 1"
)
_DAY_DIGITS = 10
_MONTH_DIGITS = 7


def note_quarantined(desk: Desk, operation: Operation) -> None:
    """Note what could not be applied; what is taken back a second time by its own name."""
    work, envelope = desk.work, operation.envelope
    reference = None if envelope.ref is None else parse_id(envelope.ref)
    detail: dict[str, object] = {
        "kind": envelope.t,
        "error": work.operations.error_of(operation.op) or "",
        "waits": reference is not None and not work.operations.holds(OperationId(reference)),
    }
    kind, first = ConflictKind.QUARANTINED, None
    if envelope.t in {"reversal", "return"} and reference is not None:
        first = work.sql.value(_REVERSED, (reference,)) or work.sql.value(_RETURNED, (reference,))
    sides: tuple[SideFact, ...] = (act_side(work, operation),)
    if first is not None:
        before = work.operations.find(OperationId(first))
        assert before is not None, "what took the sale back is kept"
        kind, sides = ConflictKind.REVERSED_TWICE, (act_side(work, before), *sides)
        detail["sale"] = envelope.ref
    found = Finding(
        kind=kind,
        subject=operation.op if first is None else first,
        other=b"" if first is None else operation.op,
        branch=branch_of(desk, operation),
        member_id=operation.member,
        detail=detail,
        sides=sides,
        recommended=_advice(work, operation, twice=first is not None),
    )
    open_conflict(work, found)


def _advice(work: UnitOfWork, operation: Operation, *, twice: bool) -> str:
    """Return what is recommended for what could not be applied.

    A second void or return is a loss that happened; what the first left is taken back too. A fact
    that lacks a right of ours happened as well: it is believed unless somebody knows better.
    """
    reference = operation.envelope.ref
    if twice:
        assert reference is not None, "it was taken back of a sale"
        sold = read_sold(work.sql, SaleId(parse_id(reference)))
        return KEEP if sold is None or sold.is_gone else REST
    if operation.envelope.t in GRANTS | DECISIONS:
        return KEEP
    return RETRY if work.operations.error_of(operation.op).startswith("ValueError") else KEEP


def note_unreadable(desk: Desk, op: OperationId, stream: StreamHead) -> None:
    """Note that a counter sent bytes that are no operation."""
    work = desk.work
    row = work.one("SELECT branch_id FROM counter WHERE counter_id = ?", (stream.counter_id,))
    branch = work.home.branch_id if row is None else row[0]
    side = SideFact(
        act=UNREADABLE,
        op=text_of(op),
        branch=text_of(branch),
        counter=text_of(stream.counter_id),
        at=work.at_ms,
    )
    detail: dict[str, object] = {"kind": UNREADABLE, "error": UNREADABLE, "waits": False}
    found = Finding(
        kind=ConflictKind.QUARANTINED, subject=op, branch=branch, detail=detail, sides=(side,)
    )
    open_conflict(work, found)


def branch_of(desk: Desk, operation: Operation) -> bytes:
    """Return the branch where an operation was written, under its own id."""
    return desk.work.branches.canonical(parse_id(operation.envelope.store))


def note_same_phone(desk: Desk, operation: Operation) -> None:
    """Note that a member's phone is another's too; merge them where there is no doubt."""
    work = desk.work
    me = work.members.by_id(standing_for(work.sql, member_of(operation)))
    if me is None or me.phone is None:
        return
    for row in work.members.all_by_phone(me.phone):
        other = work.members.by_id(standing_for(work.sql, row.member_id))
        assert other is not None, "he is registered"
        if other.member_id == me.member_id:
            continue
        first, later = sorted((me, other), key=lambda each: each.member_row)
        found = Finding(
            kind=ConflictKind.POSSIBLE_DUPLICATE,
            subject=first.member_id,
            other=later.member_id,
            branch=branch_of(desk, operation),
            member_id=first.member_id,
            detail={"same_name": first.name == later.name},
            sides=(member_side(work, first), member_side(work, later)),
            recommended=duplicate_advice(first.name, later.name),
        )
        opened = open_conflict(work, found)
        if opened is not None and is_surely_one(first.name, later.name):
            _merge_at_once(work, first, later)
            return


def _merge_at_once(work: UnitOfWork, first: MemberRow, later: MemberRow) -> None:
    """Merge the later member into the first; its id follows from both, so it is one merge."""
    if (first.state, later.state) != ("active", "active"):
        return
    chance = hashlib.sha256(b"merge" + first.member_id + later.member_id).digest()[:CHANCE_BYTES]
    op = OperationId(uuid7(int.from_bytes(later.member_id[:6], "big"), chance))
    if work.operations.holds(op):
        return
    command = MergeMembers(
        op=op, source=later.member_id, target=first.member_id, by=OFFICE, automatic=True
    )
    merge_members(work, command)


def note_same_receipt(desk: Desk, operation: Operation) -> None:
    """Note that a till receipt has another standing sale at this branch on this day."""
    work, envelope = desk.work, operation.envelope
    receipt = envelope.b.get("till_receipt")
    if not receipt:
        return
    branch = branch_of(desk, operation)
    first = work.one(_SAME_RECEIPT, (branch, envelope.bd, receipt, operation.op))
    mine = work.one(_SALE, (operation.op,))
    if first is None or mine is None:
        return
    found = Finding(
        kind=ConflictKind.DUPLICATE_RECEIPT,
        subject=first[0],
        other=operation.op,
        branch=branch,
        member_id=operation.member,
        reference=operation.op,
        detail={"receipt": receipt, "day": envelope.bd, "due": [first[2], mine[2]]},
        sides=(
            sale_side(work, first[0], text=receipt),
            sale_side(work, operation.op, text=receipt),
        ),
        recommended=VOID if first[1:] == mine[1:] else KEEP,
    )
    open_conflict(work, found)


def note_coupons_twice(desk: Desk, operation: Operation) -> None:
    """Note that a coupon was used before: the later use is the branch's loss (SYNC.md §2.8)."""
    work = desk.work
    for use in operation.envelope.b.get("coupons", ()):
        before = work.one(_USED_BEFORE, (use["code"], operation.op))
        if before is None:
            continue
        code = str(use["code"])
        found = Finding(
            kind=ConflictKind.COUPON_TWICE,
            subject=before[0],
            other=operation.op,
            branch=branch_of(desk, operation),
            member_id=operation.member,
            reference=operation.op,
            detail={"code": code, "value": use["value"]},
            sides=(sale_side(work, before[0], text=code), sale_side(work, operation.op, text=code)),
        )
        open_conflict(work, found)


def note_caps(desk: Desk, operation: Operation) -> None:
    """Note that counters together awarded more than a day or a month may have (DECISIONS 48)."""
    work, day = desk.work, operation.envelope.bd
    terms = work.program(work.today).terms
    if operation.member is None or (terms.per_day is None and terms.per_month is None):
        return
    root = standing_for(work.sql, member_of(operation))
    today, month = points_awarded(work.sql, root, day=day)
    for limit, awarded, digits in (
        (terms.per_day, today, _DAY_DIGITS),
        (terms.per_month, month, _MONTH_DIGITS),
    ):
        if limit is None or awarded <= limit:
            continue
        found = Finding(
            kind=ConflictKind.CAP_EXCEEDED,
            subject=root,
            other=day[:digits].encode(),
            branch=branch_of(desk, operation),
            member_id=root,
            detail={"period": day[:digits], "awarded": awarded, "limit": limit},
            sides=(act_side(work, operation),),
        )
        open_conflict(work, found)
