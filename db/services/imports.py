"""Import batches: opened once per source, and taken back whole by one operation.

A batch can be reverted for seven days, and only while none of its members has done anything
since: what happened at the counter is never undone by cleaning up a file.
"""

from dataclasses import dataclass

import msgspec

from db.domain.consent import MEMBERSHIP, ConsentFact
from db.domain.ids import BatchId, LotId, MemberId, OperationId, SaleId, parse_id, text_of
from db.domain.ledger import ISSUED, EntryKind, Movement, member_account
from db.domain.operations import Operation, Personal
from db.domain.refusals import Refusal
from db.domain.staff import Actor, Permission, require
from db.services.journal import Draft, append
from db.services.reversals import uncount
from db.storage.unit_of_work import UnitOfWork

_STANDING = "SELECT sale_id FROM sale WHERE batch_id = ? AND reversed_by IS NULL"
REVERT_MS_MAX = 7 * 86_400_000


CARRIED_OVER = ConsentFact(purpose=MEMBERSHIP, granted=True, basis="none", channel="import")
"""Membership goes on without any record of a consent; marketing starts at no."""


@dataclass(eq=False)
class NoSuchBatch(Refusal):
    """There is no import with this id here."""

    wanted: str


@dataclass(eq=False)
class BatchNotRevertible(Refusal):
    """`reason` is too_late, reverted, or members_active with how many there are."""

    reason: str
    members: int = 0


class BatchRevertBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `batch_revert`."""

    batch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevertBatch:
    """A manager takes an import back."""

    op: OperationId
    batch_id: BatchId
    by: Actor


@dataclass(frozen=True, slots=True)
class BatchReverted:
    """What the batch had brought is gone."""

    batch_id: BatchId
    members: int
    sales: int


def open_batch(work: UnitOfWork, *, kind: str, source: str, by: Actor) -> BatchId:
    """Return the standing batch of this very source, or a new one; a cut-off run goes on in it.

    Raises:
        NotPermitted: when the actor may not import.
    """
    require(by, Permission.IMPORT)
    standing = work.imports.standing(kind, source)
    if standing is not None:
        return standing
    batch_id = BatchId(work.new_id())
    work.imports.start(
        batch_id, kind=kind, source=source, started_at=work.at_ms, staff_id=by.staff_id
    )
    return batch_id


def revert_batch(work: UnitOfWork, command: RevertBatch) -> BatchReverted:
    """Take an import back as a whole.

    Raises:
        NoSuchBatch, BatchNotRevertible: when it cannot be.
        NotPermitted: when the actor may not import.
    """
    require(command.by, Permission.IMPORT)
    batch = work.imports.batch(command.batch_id)
    if batch is None:
        raise NoSuchBatch(text_of(command.batch_id))
    if batch.reverted_at is not None:
        raise BatchNotRevertible("reverted")
    if work.at_ms - batch.started_at > REVERT_MS_MAX:
        raise BatchNotRevertible("too_late")
    if active := _active_members(work, command.batch_id):
        raise BatchNotRevertible("members_active", active)
    members, sales = _counts(work, command.batch_id)
    body = BatchRevertBody(batch=text_of(command.batch_id))
    operation = append(work, Draft(op=command.op, kind="batch_revert", body=body, by=command.by))
    apply_batch_revert(work, operation, None)
    return BatchReverted(command.batch_id, members, sales)


def apply_batch_revert(work: UnitOfWork, operation: Operation, _personal: Personal | None) -> None:
    """Take a batch's rows out again; its points go back to the shop by opposite entries."""
    body = msgspec.convert(operation.envelope.b, BatchRevertBody)
    batch_id = BatchId(parse_id(body.batch))
    work.ledger.post(operation.op, _opposite(work, batch_id))
    for (sale_id,) in work.all(_STANDING, (batch_id,)):
        work.sales.mark_reversed(sale_id, operation.op)
        uncount(work, SaleId(sale_id))
    for member_row, member_id, name, phone in work.all(
        "SELECT member_row, member_id, name, phone FROM member WHERE batch_id = ?"
        " AND state = 'active'",
        (batch_id,),
    ):
        last_on = work.totals.last_on(MemberId(member_id))
        work.grams.remove(member_row, name=name, phone=phone, last_on=last_on)
        work.members.set_state(MemberId(member_id), "erased")
        work.sql.run(
            "UPDATE member SET phone = NULL, name = '', gender = '', birthday = '', email = '',"
            " city = '', note = '', external_id = NULL WHERE member_row = ?",
            (member_row,),
        )
        work.sql.run("DELETE FROM personal WHERE member_id = ?", (member_id,))
    work.imports.mark_reverted(batch_id, operation.envelope.wall)


def _active_members(work: UnitOfWork, batch_id: BatchId) -> int:
    """Return how many members of the batch have bought, redeemed or paid in here since."""
    row = work.one(
        "SELECT count(DISTINCT m.member_id) FROM member AS m WHERE m.batch_id = ?1 AND ("
        " EXISTS (SELECT 1 FROM sale AS s WHERE s.member_id = m.member_id"
        "         AND s.batch_id IS NOT ?1)"
        " OR EXISTS (SELECT 1 FROM points_entry AS p WHERE p.member_id = m.member_id"
        "            AND p.kind <> 'opening')"
        " OR EXISTS (SELECT 1 FROM value_entry AS v WHERE v.member_id = m.member_id))",
        (batch_id,),
    )
    return 0 if row is None else int(row[0])


def _counts(work: UnitOfWork, batch_id: BatchId) -> tuple[int, int]:
    row = work.one(
        "SELECT (SELECT count(*) FROM member WHERE batch_id = ?1 AND state = 'active'),"
        " (SELECT count(*) FROM sale WHERE batch_id = ?1 AND reversed_by IS NULL)",
        (batch_id,),
    )
    assert row is not None, "a count always answers"
    return row[0], row[1]


def _opposite(work: UnitOfWork, batch_id: BatchId) -> list[Movement]:
    rows = work.all(
        "SELECT l.lot_id, l.member_id, l.remaining FROM lot AS l WHERE l.remaining > 0 AND ("
        " l.member_id IN (SELECT member_id FROM member WHERE batch_id = ?1)"
        " OR l.op IN (SELECT sale_id FROM sale WHERE batch_id = ?1))",
        (batch_id,),
    )
    return [
        Movement(
            EntryKind.TAKE_BACK,
            member_account(MemberId(member_id)),
            ISSUED,
            points,
            MemberId(member_id),
            LotId(lot_id),
        )
        for lot_id, member_id, points in rows
    ]
