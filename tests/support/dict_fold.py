"""The points of a book folded in dictionaries, from operations alone: the plainest of the folds."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from db.domain.operations import Operation, read_operation
from db.services.movements import NOT_DERIVED, movements_of
from db.storage.database import Reader

Account = tuple[str, bytes]
_ACCOUNTS = "SELECT kind, owner, balance FROM account"
_APPLIED = "SELECT raw FROM operation WHERE status = 'applied' ORDER BY op"


def folded(operations: Iterable[Operation]) -> dict[Account, int]:
    """Return every account's balance, whatever the order; those at 0 are left out."""
    balances: Counter[Account] = Counter()
    for operation in operations:
        assert operation.envelope.t not in NOT_DERIVED
        for movement in movements_of(operation):
            credit, debit = movement.credit, movement.debit
            balances[credit.kind.value, credit.owner or b""] += movement.points
            balances[debit.kind.value, debit.owner or b""] -= movement.points
    return {account: balance for account, balance in balances.items() if balance}


def kept(reader: Reader) -> dict[Account, int]:
    """Return the balances that a book keeps; those at 0 are left out."""
    return {(row[0], row[1]): row[2] for row in reader.all(_ACCOUNTS) if row[2]}


def applied(reader: Reader) -> list[Operation]:
    """Return the operations that stand in a book."""
    return [read_operation(row[0]) for row in reader.each(_APPLIED)]


def accounts_hash(balances: dict[Account, int]) -> str:
    """Return one figure for all balances."""
    lines = sorted(f"{kind} {owner.hex()} {balance}" for (kind, owner), balance in balances.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
