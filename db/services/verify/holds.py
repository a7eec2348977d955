"""Leases of coupons and stored value proved: rows follow from operations, and there are no more."""

from collections import Counter
from dataclasses import dataclass, field

import msgspec

from db.domain.holds import HoldCloseBody, HoldGrantBody
from db.domain.ids import parse_id
from db.domain.operations import Operation
from db.domain.stored_value.facts import HoldSpend, RefundBody, ValueUse
from db.services.verify.problems import ProblemList
from db.storage.database import Reader
from db.storage.holds import (
    ALL_OF_IT,
    coupon_rows_of,
    gift_rows_of,
    hold_row,
    spend_rows,
    value_rows_of,
)

_HOLD = "SELECT hold_id, stream_id, member_id, until_at, token FROM hold WHERE hold_id = ?"
_COUPONS = """
SELECT code, hold_id, kind, valid_from, valid_to FROM hold_coupon WHERE hold_id = ? ORDER BY code
"""
_VALUES = """
SELECT hold_id, lot_id, granted, expires_on FROM hold_value WHERE hold_id = ? ORDER BY lot_id
"""
_GIFTS = "SELECT hold_id, sku, granted FROM hold_gift WHERE hold_id = ?"
_TABLES = ("hold", "hold_coupon", "hold_value", "hold_gift")
_SPENDS = """
SELECT op, hold_id, lot_id, amount FROM hold_spend WHERE op = ? ORDER BY hold_id, lot_id
"""
_INTAKE = "SELECT hex(stream_id), hex(member_id), sequence FROM value_closed"


@dataclass(slots=True)
class HoldsSaid:
    """What the log says of holds: rows by table, and what is closed."""

    rows: Counter[str] = field(default_factory=Counter)
    closed: set[tuple[bytes, str]] = field(default_factory=set)
    intake: dict[tuple[bytes, bytes], int] = field(default_factory=dict)


def check_holds(
    reader: Reader, problems: ProblemList, operation: Operation, *, said: HoldsSaid, where: str
) -> None:
    """Compare what an operation says of holds with its rows, and count those."""
    match operation.envelope.t:
        case "hold_grant":
            _check_grant(reader, problems, operation, said=said, where=where)
        case "hold_close":
            _note_close(operation, said)
        case "sale" | "refund" if spends := spent_by(operation):
            rows = spend_rows(operation.op, spends)
            said.rows["hold_spend"] += len(rows)
            if reader.all(_SPENDS, (operation.op,)) != sorted(rows):
                problems.add("hold_spends_differ", where)


def spent_by(operation: Operation) -> tuple[HoldSpend, ...]:
    """Return what a sale or a refund took out of holds."""
    fields = operation.envelope.b
    if operation.envelope.t == "refund":
        return msgspec.convert(fields, RefundBody).holds
    if fields.get("value") is None:
        return ()
    return msgspec.convert(fields["value"], ValueUse).holds


def check_hold_rows(reader: Reader, problems: ProblemList, said: HoldsSaid) -> None:
    """Find rows that no operation stands for, and closes that no row stands for."""
    for table in (*_TABLES, "hold_spend"):
        kept = reader.value(f"SELECT count(*) FROM {table}")  # noqa: S608 - the names above
        if kept != said.rows[table]:
            problems.add("rows_differ", table, f"{kept} kept, {said.rows[table]} said")
    closed = set(reader.each("SELECT hold_id, code FROM hold_closed"))
    if closed != said.closed:
        problems.add("holds_closed_differ", "hold_closed", f"{len(closed ^ said.closed)} differ")
    intake = {
        (bytes.fromhex(stream), bytes.fromhex(member)): upto
        for stream, member, upto in reader.each(_INTAKE)
    }
    if intake != said.intake:
        problems.add("value_closed_differs", "value_closed")


def _check_grant(
    reader: Reader, problems: ProblemList, operation: Operation, *, said: HoldsSaid, where: str
) -> None:
    token = msgspec.convert(operation.envelope.b, HoldGrantBody).token
    expected = [[hold_row(token)], sorted(coupon_rows_of(token)), value_rows_of(token)]
    expected.append(gift_rows_of(token))
    kept = [reader.all(sql, (token.hold_id,)) for sql in (_HOLD, _COUPONS, _VALUES, _GIFTS)]
    for table, rows in zip(_TABLES, expected, strict=True):
        said.rows[table] += len(rows)
    if [*map(sorted, kept[1:])] != [*map(sorted, expected[1:])] or kept[0] != expected[0]:
        problems.add("hold_differs", where)


def _note_close(operation: Operation, said: HoldsSaid) -> None:
    body = msgspec.convert(operation.envelope.b, HoldCloseBody)
    if body.stream:
        member = operation.member
        assert member is not None, "stored value is somebody's"
        key = (parse_id(body.stream), member)
        said.intake[key] = max(body.upto, said.intake.get(key, 0))
    else:
        said.closed |= {(parse_id(body.hold), code) for code in body.codes or (ALL_OF_IT,)}
