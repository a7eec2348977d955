"""The facts of both sides of a conflict, as head office knows them when it finds it.

They travel in the conflict's own operation, because a counter may not hold the acts themselves:
what head office cannot apply it does not publish.
"""

from typing import Any

from db.domain.conflicts import SideFact
from db.domain.ids import OperationId, parse_id, text_of
from db.domain.operations import Operation
from db.storage.members import MemberRow
from db.storage.unit_of_work import UnitOfWork

_REGISTERED = """
SELECT op FROM operation WHERE member_id = ? AND kind = 'member_register' ORDER BY sequence LIMIT 1
"""
_SOLD = "SELECT due, earned FROM sale WHERE sale_id = ?"
_MONEY = ("paid", "due", "amount", "value")
_TOO_LARGE = 1 << 62


def act_side(work: UnitOfWork, operation: Operation, *, text: str = "") -> SideFact:
    """Return an act as one side: what, where, when, by whom, and what it moved."""
    envelope, fields = operation.envelope, operation.envelope.b
    money = _figure(fields, *_MONEY)
    points = _figure(fields, "earned", "points")
    if envelope.t == "reversal" and envelope.ref is not None:
        row = work.one(_SOLD, (parse_id(envelope.ref),))
        money = row[0] - _figure(fields, "returned_amount") if row else 0
        points = row[1] - _figure(fields, "returned_earned") if row else 0
    return SideFact(
        act=envelope.t,
        op=envelope.op,
        member=envelope.m or "",
        branch=envelope.store,
        counter=envelope.dev,
        staff=envelope.staff or "",
        at=envelope.wall,
        amount=money,
        points=points,
        text=text,
    )


def _figure(fields: dict[str, Any], *names: str) -> int:
    """Return the first of these that is a number a column holds: nobody checked the body yet."""
    found = (fields.get(name) for name in names)
    return next((each for each in found if isinstance(each, int) and abs(each) < _TOO_LARGE), 0)


def sale_side(work: UnitOfWork, sale_id: bytes, *, text: str = "") -> SideFact:
    """Return a sale as one side; `text` is its receipt or the coupon it used."""
    operation = work.operations.find(OperationId(sale_id))
    assert operation is not None, "a sale's operation is kept"
    return act_side(work, operation, text=text)


def member_side(work: UnitOfWork, row: MemberRow) -> SideFact:
    """Return a member as one side: where and when he was registered, and by whom."""
    op = work.sql.value(_REGISTERED, (row.member_id,))
    operation = None if op is None else work.operations.find(OperationId(op))
    if operation is None:
        return SideFact(act="member_register", member=text_of(row.member_id), at=row.registered_at)
    return act_side(work, operation)
