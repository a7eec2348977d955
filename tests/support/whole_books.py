"""Whether a file holds whole acts only: asked of the bytes of its operations, not of its services.

`verify` is the product's own proof. This one is a stranger's: each act that is in the chain has
everything it says in the tables, and nothing is in the tables that no act in the chain says.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from db.domain.ledger import Movement
from db.domain.operations import GENESIS, Operation, chained, read_operation
from db.domain.points import AdjustBody, RedeemBody, adjust_movements, redeem_movements
from db.domain.reversals import reversal_movements
from db.domain.sales import ReversalBody, SaleBody, sale_movements
from db.storage.database import Reader, Row

_ORPHANS = {
    f"{table} without its operation": (
        f"SELECT hex({column}) FROM {table} WHERE {column} NOT IN (SELECT op FROM operation)"
    )
    for table, column in {
        "sale": "sale_id",
        "movement": "op",
        "lot": "op",
        "reversal": "op",
        "points_entry": "op",
        "consent": "op",
        "personal": "op",
    }.items()
} | {
    f"{table} without its sale": (
        f"SELECT hex(sale_id) FROM {table} WHERE sale_id NOT IN (SELECT sale_id FROM sale)"
    )
    for table in ("sale_line", "reversal")
}
_MOVED_BY: dict[str, tuple[type[Any], Callable[[Operation, Any], list[Movement]]]] = {
    "sale": (SaleBody, sale_movements),
    "reversal": (ReversalBody, reversal_movements),
    "redeem": (RedeemBody, redeem_movements),
    "adjust": (AdjustBody, adjust_movements),
}
_ROW = {
    "reversal": (
        "SELECT 1 FROM reversal AS r JOIN sale AS s ON s.sale_id = r.sale_id"
        " WHERE r.op = ?1 AND s.reversed_by = ?1"
    ),
    "redeem": "SELECT 1 FROM points_entry WHERE op = ?",
    "adjust": "SELECT 1 FROM points_entry WHERE op = ?",
    "consent": "SELECT 1 FROM consent WHERE op = ?",
    "member_register": (
        "SELECT 1 FROM operation AS o JOIN member AS m ON m.member_id = o.member_id WHERE o.op = ?"
    ),
}


def halves(reader: Reader) -> list[str]:
    """Return what is broken, incomplete or from nowhere; nothing when the book is whole."""
    found = [f"{says}: {row[0]}" for says, sql in _ORPHANS.items() for row in reader.all(sql)]
    found += _broken_chains(reader)
    for raw, status in reader.all("SELECT raw, status FROM operation ORDER BY stream_id, sequence"):
        if status != "applied":
            found.append(f"an operation is {status}: {raw[:300]!r}")
        else:
            operation = read_operation(raw)
            found += [f"{operation.envelope.t} {operation.envelope.op}: {says}"
                      for says in _missing(reader, operation)]  # fmt: skip
    return found


def operation_ids(reader: Reader) -> Counter[str]:
    """Return how often each operation id stands in the log."""
    rows = reader.all("SELECT raw FROM operation")
    return Counter(read_operation(raw).envelope.op for (raw,) in rows)


def _broken_chains(reader: Reader) -> Iterator[str]:
    for stream_id, sequence, head in reader.all("SELECT stream_id, sequence, head FROM stream"):
        before, count = GENESIS, 0
        for at, raw, digest in reader.all(
            "SELECT sequence, raw, hash FROM operation WHERE stream_id = ? ORDER BY sequence",
            (stream_id,),
        ):
            count += 1
            before = chained(before, raw)
            if at != count or digest != before:
                yield f"the chain of {stream_id.hex()} breaks at {at}"
                break
        if (count, before) != (sequence, head):
            yield f"the head of {stream_id.hex()} is {sequence}, its chain has {count}"


def _missing(reader: Reader, operation: Operation) -> Iterator[str]:
    kind, op = operation.envelope.t, operation.op
    if kind in _MOVED_BY:
        body, moved_by = _MOVED_BY[kind]
        expected = _legs(moved_by(operation, msgspec.convert(operation.envelope.b, body)))
        if (posted := _posted(reader, op)) != expected:
            yield f"posted {posted}, said {expected}"
    if kind == "sale":
        yield from _missing_of_sale(reader, operation)
    elif kind in _ROW and not reader.all(_ROW[kind], (op,)):
        yield "it has no row"


def _missing_of_sale(reader: Reader, operation: Operation) -> Iterator[str]:
    op, sale = operation.op, msgspec.convert(operation.envelope.b, SaleBody)
    row = reader.one(
        "SELECT gross - discount - redeemed_value, due, earned, redeemed FROM sale"
        " WHERE sale_id = ?",
        (op,),
    )
    if row != (sale.due, sale.due, sale.earned, sale.redeemed):
        yield f"its row is {row}"
    lines = reader.all(
        "SELECT amount, quantity, earned FROM sale_line WHERE sale_id = ? ORDER BY line", (op,)
    )
    if lines != [(line.amount, line.quantity, line.earned) for line in sale.lines]:
        yield f"its lines are {lines}"
    tenders = dict(reader.all("SELECT tender, amount FROM sale_tender WHERE sale_id = ?", (op,)))
    if tenders != sale.tenders or sum(tenders.values()) != sale.due:
        yield f"its tenders are {tenders}"


def _legs(movements: list[Movement]) -> Counter[Row]:
    return Counter(
        (m.entry.value, m.debit.kind.value, m.credit.kind.value, m.points, m.lot_id)
        for m in movements
    )


def _posted(reader: Reader, op: bytes) -> Counter[Row]:
    return Counter(
        reader.all(
            "SELECT entry, debit, credit, points, lot_id FROM movement WHERE op = ?",
            (op,),
        )
    )
