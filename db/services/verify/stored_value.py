"""Stored value proved: movements follow from operations, and balances from movements."""

from collections.abc import Callable
from typing import Final

import msgspec

from db.domain.ids import parse_id
from db.domain.operations import Operation
from db.domain.stored_value.facts import (
    RefundBody,
    TopUpBody,
    ValueBack,
    ValueMovement,
    ValueUse,
    giving_back_movements,
    refund_movements,
    spending_movements,
    top_up_movements,
)
from db.services.stored_value import entry_row
from db.services.verify.problems import ProblemList
from db.storage.database import Reader
from db.storage.stored_value import ValueEntryRow

Canonical = Callable[[bytes], bytes]
"""Tells the id that a branch goes by now."""

_TRANSFERS = """
SELECT entry, purse, debit, credit, amount, member_id, lot_id, counter_id, business_day, sale_id
FROM value_transfer WHERE op = ? ORDER BY leg
"""
_ENTRY = """
SELECT op, kind, member_id, principal, bonus, tender, reason, branch_id, counter_id, staff_id,
       approver_id, shift_id, entered_at, business_day, top_up
FROM value_entry WHERE op = ?
"""
_ACCOUNTS = """
SELECT purse || ' ' || kind || ' ' || hex(owner), sum(kept), sum(folded) FROM (
    SELECT purse, kind, owner, balance AS kept, 0 AS folded FROM value_account
    UNION ALL
    SELECT purse, credit, CASE credit WHEN 'member' THEN member_id ELSE x'' END, 0, amount
    FROM value_transfer
    UNION ALL
    SELECT purse, debit, CASE debit WHEN 'member' THEN member_id ELSE x'' END, 0, -amount
    FROM value_transfer
) GROUP BY purse, kind, owner HAVING sum(kept) <> sum(folded)
"""
_UNBALANCED = """
SELECT purse, sum(balance), 0 FROM value_account GROUP BY purse HAVING sum(balance) <> 0
"""
_LOTS = """
SELECT hex(l.lot_id), l.remaining, coalesce(f.amount, 0)
FROM value_lot AS l LEFT JOIN (
    SELECT lot_id, sum(CASE WHEN credit = 'member' THEN amount ELSE -amount END) AS amount
    FROM value_transfer WHERE purse = 'bonus' GROUP BY lot_id
) AS f ON f.lot_id = l.lot_id
WHERE l.remaining <> coalesce(f.amount, 0)
"""
_GRANTED = """
SELECT hex(l.lot_id), l.granted, coalesce(sum(t.amount), 0)
FROM value_lot AS l LEFT JOIN value_transfer AS t
  ON t.op = l.op AND t.lot_id = l.lot_id AND t.credit = 'member'
WHERE l.op <> zeroblob(16)
GROUP BY l.lot_id HAVING l.granted <> coalesce(sum(t.amount), 0)
"""
_ORPHANS = """
SELECT hex(t.op), 1, 0 FROM value_transfer AS t LEFT JOIN operation AS o ON o.op = t.op
WHERE o.op IS NULL OR o.status <> 'applied'
"""
VALUE_FOLDS: Final = (
    ("value_account_differs", _ACCOUNTS),
    ("value_accounts_unbalanced", _UNBALANCED),
    ("value_lot_differs", _LOTS),
    ("value_lot_granted_differs", _GRANTED),
    ("value_transfer_without_operation", _ORPHANS),
)
"""Each answers (where, kept, folded) for a row that is not the fold of what lies below it."""
VALUE_ENTRIES: Final = ("top_up", "refund")
_OF_SALES = frozenset({"sale", "reversal", "return"})


def value_movements_of(operation: Operation) -> list[ValueMovement]:
    """Return what an operation does to the value ledgers, derived from its bytes alone.

    Whatever gives back of a sale (reversals, returns) says so in a field `value`.
    """
    envelope = operation.envelope
    if envelope.t == "top_up":
        return top_up_movements(operation, msgspec.convert(envelope.b, TopUpBody))
    if envelope.t == "refund":
        return refund_movements(operation, msgspec.convert(envelope.b, RefundBody))
    if (said := envelope.b.get("value")) is None or envelope.t not in _OF_SALES:
        return []
    if envelope.t == "sale":
        return spending_movements(operation, msgspec.convert(said, ValueUse))
    return giving_back_movements(operation, msgspec.convert(said, ValueBack))


def check_value(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str, branch: Canonical
) -> int:
    """Compare what an operation says of stored value with its rows; count its movements."""
    derived = value_movements_of(operation)
    if not derived:
        return 0
    envelope = operation.envelope
    place = (parse_id(envelope.dev), envelope.bd, _sale_of(operation))
    expected = [
        (
            movement.entry.value,
            movement.purse.value,
            movement.debit.value,
            movement.credit.value,
            movement.amount,
            movement.member_id,
            movement.lot_id,
            *place,
        )
        for movement in derived
    ]
    if reader.all(_TRANSFERS, (operation.op,)) != expected:
        problems.add("value_transfers_differ", where)
    if envelope.t in VALUE_ENTRIES:
        _check_entry(reader, problems, operation, where=where, branch=branch)
    return len(derived)


def _sale_of(operation: Operation) -> bytes | None:
    """Return the sale that an operation pays for or gives back of."""
    envelope = operation.envelope
    if envelope.t == "sale":
        return operation.op
    return None if envelope.t not in _OF_SALES or envelope.ref is None else parse_id(envelope.ref)


def _check_entry(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str, branch: Canonical
) -> None:
    said, row = entry_row(operation), reader.one(_ENTRY, (operation.op,))
    expected = said._replace(branch_id=branch(said.branch_id))
    kept = None if row is None else ValueEntryRow(*row)
    if kept is None or kept._replace(branch_id=branch(kept.branch_id)) != expected:
        problems.add("value_entry_differs", where)
