"""An act that stood here and that head office set aside: it stands down, and what won stands.

Two cut-off counters took one thing back. Head office applied what it heard first; its conflict
says so to who did the other. That act is taken out of the tables here and stays in the log and in
the inbox, as the conflict that a person decides. What waited for the place takes it. Order does
not matter: an act is set aside exactly as long as a conflict says so and none has said `applied`.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

import msgspec

from db.domain.conflicts import APPLIED, ConflictKind, ConflictOpenBody
from db.domain.ids import OperationId, SaleId, parse_id
from db.domain.operations import Operation
from db.services.undoing import UNDOABLE, undo
from db.storage.unit_of_work import UnitOfWork

Again = Callable[[UnitOfWork, OperationId], Operation | None]
Placed = Callable[[UnitOfWork, Operation], Operation]
SET_ASIDE: Final = "set aside at head office"
_STATE = "SELECT kind, status FROM operation WHERE op = ?"
_ON_SALE = """
SELECT reversed_by AS op, 0 FROM sale WHERE sale_id = ?1 AND reversed_by IS NOT NULL
UNION ALL SELECT op, 1 FROM goods_return WHERE sale_id = ?1
UNION ALL SELECT op, 2 FROM sale_attach WHERE sale_id = ?1
ORDER BY 2
"""
_WAITING = f"""
SELECT op FROM operation
WHERE status = 'quarantined' AND kind IN ({", ".join("?" for _ in UNDOABLE)})
"""  # noqa: S608 - as many places as kinds


def stand_down(work: UnitOfWork, told: Operation, *, placed: Placed, again: Again) -> None:
    """Take an act out of the tables that a conflict names as set aside, and let others stand.

    An act that something else stands on stays as it is: then only a person can help.
    """
    op = lost_by(told)
    if op is None or not work.conflicts.sets_aside(op):
        return
    state = work.sql.one(_STATE, (op,))
    if state is None or state[0] not in UNDOABLE or state[1] != "applied":
        return
    assert not work.sql.gathers, "it looks at what others wrote: one by one"
    lost = work.operations.find(op)
    assert lost is not None, "it is kept"
    with suppress(AssertionError, *work.sql.constraint), work.savepoint():
        removed = _lying_on(work, lost)
        for act in (*removed, lost):
            undo(work, placed(work, act))
            work.operations.set_status(act.op, "quarantined", SET_ASIDE)
        for act in reversed(removed):
            if not work.conflicts.sets_aside(act.op):
                again(work, OperationId(act.op))
        _let_others_stand(work, lost, again=again)


def stand_again(work: UnitOfWork, conflict_id: bytes, choice: str, *, again: Again) -> None:
    """Apply an act of which a conflict says that head office applied it after all."""
    found = work.conflicts.find(conflict_id)
    if choice != APPLIED or found is None:
        return
    row = found[0]
    op = _lost(row.kind, row.subject, row.other)
    state = None if op is None else work.sql.one(_STATE, (op,))
    if op is not None and state is not None and state[1] == "quarantined":
        again(work, OperationId(op))


def lost_by(told: Operation) -> bytes | None:
    """Return the act that a conflict says is not applied at head office."""
    body = msgspec.convert(told.envelope.b, ConflictOpenBody)
    return _lost(body.kind, bytes.fromhex(body.subject), bytes.fromhex(body.other))


def _lost(kind: str, subject: bytes, other: bytes) -> bytes | None:
    named = {ConflictKind.QUARANTINED.value: subject, ConflictKind.REVERSED_TWICE.value: other}
    return named.get(kind)


def _lying_on(work: UnitOfWork, lost: Operation) -> list[Operation]:
    """Return what lies on an act of a sale, the last in front; returns lie side by side."""
    reference = lost.envelope.ref
    if lost.envelope.t not in {"return", "attach"} or reference is None:
        return []
    rows = work.sql.all(_ON_SALE, (SaleId(OperationId(parse_id(reference))),))
    mine = next((place for op, place in rows if op == lost.op), None)
    assert mine is not None, "what has no place on the sale cannot be taken off it"
    found = [work.operations.find(op) for op, place in rows if place < mine]
    return [act for act in found if act is not None]


def _let_others_stand(work: UnitOfWork, lost: Operation, *, again: Again) -> None:
    """Try what waits on the same thing, until nothing more fits."""
    waiting = [
        OperationId(act.op)
        for (op,) in work.sql.all(_WAITING, tuple(sorted(UNDOABLE)))
        if (act := work.operations.find(op)) is not None
        and act.envelope.ref == lost.envelope.ref
        and not work.conflicts.sets_aside(act.op)
    ]
    while fitting := [op for op in waiting if again(work, op) is not None]:
        waiting = [op for op in waiting if op not in fitting]
