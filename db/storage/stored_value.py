"""Stored value on disk: append movements, keep balances and bonus lots in the same transaction.

`value_account.balance` and `value_lot.remaining` are sums of `value_transfer`, whatever order the
operations arrive in; `verify` folds them again.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from db.domain.ids import LotId, MemberId, SaleId
from db.domain.lots import Lot
from db.domain.stored_value.facts import ValueAccount, ValueMovement
from db.domain.stored_value.purse import Purse
from db.storage.database import Reader, Statements
from db.storage.profiles import aliases_of

_MOVE = (
    "INSERT INTO value_account (purse, kind, owner, balance) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (purse, kind, owner) DO UPDATE SET balance = balance + excluded.balance"
)
_TRANSFER = (
    "INSERT INTO value_transfer (op, leg, entry, purse, debit, credit, amount, member_id, lot_id,"
    " sale_id, branch_id, counter_id, business_day)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_OPEN = (
    "INSERT INTO value_lot (lot_id, member_id, op, granted, remaining, opened_on, expires_on,"
    " opened_at) VALUES (?, ?, ?, ?, 0, ?, ?, ?)"
    " ON CONFLICT (lot_id) DO UPDATE SET member_id = excluded.member_id, op = excluded.op,"
    " granted = excluded.granted, opened_on = excluded.opened_on,"
    " expires_on = excluded.expires_on, opened_at = excluded.opened_at"
    " WHERE value_lot.op = zeroblob(16)"
)
_FORESEE = (
    "INSERT INTO value_lot (lot_id, member_id, op, granted, remaining, opened_on, opened_at)"
    " VALUES (?, ?, zeroblob(16), 0, ?, '9999-12-31', 0)"
)
"""A lot that moves before its top-up is known, as `ledger._FORESEE`; whose it is, is known then: it
was spent by one who stood for its owner, perhaps."""
_POSTED = "SELECT purse, debit, credit, amount, member_id, lot_id FROM value_transfer WHERE op = ?"
_REMAIN = "UPDATE value_lot SET remaining = remaining + ? WHERE lot_id = ?"
_UNOPEN = (
    "DELETE FROM value_lot WHERE op = ?"
    " AND NOT EXISTS (SELECT 1 FROM value_transfer AS t WHERE t.lot_id = value_lot.lot_id)"
)
_UNKNOWN = (
    "UPDATE value_lot SET op = zeroblob(16), granted = 0, opened_on = '9999-12-31',"
    " expires_on = NULL, opened_at = 0 WHERE op = ?"
)
_ENTER = (
    "INSERT INTO value_entry (op, kind, member_id, principal, bonus, tender, reason, branch_id,"
    " counter_id, staff_id, approver_id, shift_id, entered_at, business_day, top_up)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PRINCIPAL = (
    "SELECT balance FROM value_account WHERE purse = 'principal' AND kind = 'member' AND owner = ?"
)
_LOTS = (
    "SELECT lot_id, remaining, opened_on, expires_on, opened_at FROM value_lot"
    " WHERE member_id = ? AND remaining <> 0"
)
_BACK = """
SELECT coalesce(sum(amount) FILTER (WHERE purse = 'principal'), 0),
       coalesce(sum(amount) FILTER (WHERE purse = 'bonus'), 0)
FROM value_transfer WHERE sale_id = ? AND entry = 'give_back'
"""


class ValueEntryRow(NamedTuple):
    """A top-up or a refund as stored, column by column; money in 分, a refund below zero."""

    op: bytes
    kind: str
    member_id: MemberId
    principal: int
    bonus: int
    tender: str
    reason: str
    branch_id: bytes
    counter_id: bytes
    staff_id: bytes | None
    approver_id: bytes | None
    shift_id: bytes | None
    entered_at: int
    business_day: str
    top_up: bytes | None


class Place(NamedTuple):
    """Which act a movement belongs to: its operation, its sale if it is one's, where and when."""

    op: bytes
    sale_id: SaleId | None
    branch_id: bytes
    counter_id: bytes
    business_day: str


class ValueRepository:
    """Access to the value ledgers through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def post(self, place: Place, movements: Iterable[ValueMovement]) -> None:
        """Write an act's movements and carry them into balances and lots."""
        op, *where = place
        for leg, movement in enumerate(movements):
            self._sql.run(
                _TRANSFER,
                (
                    op,
                    leg,
                    movement.entry.value,
                    movement.purse.value,
                    movement.debit.value,
                    movement.credit.value,
                    movement.amount,
                    movement.member_id,
                    movement.lot_id,
                    *where,
                ),
            )
            self._carry(movement, movement.debit, -movement.amount)
            self._carry(movement, movement.credit, movement.amount)

    def unpost(self, op: bytes) -> None:
        """Take an act's movements out again, and the lots that it opened.

        A lot that others moved meanwhile stays as one whose top-up is not known.
        """
        for purse, debit, credit, amount, member_id, lot_id in self._sql.all(_POSTED, (op,)):
            for account, change in ((debit, amount), (credit, -amount)):
                of_member = account == ValueAccount.MEMBER.value
                owner = member_id if of_member else b""
                self._sql.run(_MOVE, (purse, account, owner, change))
                if of_member and lot_id is not None:
                    self._sql.run(_REMAIN, (change, lot_id))
        self._sql.run("DELETE FROM value_transfer WHERE op = ?", (op,))
        self._sql.run(_UNOPEN, (op,))
        self._sql.run(_UNKNOWN, (op,))

    def open_lot(self, lot: Lot, *, member_id: MemberId, op: bytes, granted: int) -> None:
        """Open the lot that a top-up is about to fill; opening it again changes nothing."""
        self._sql.run(
            _OPEN,
            (
                lot.lot_id,
                member_id,
                op,
                granted,
                lot.available_on.isoformat(),
                None if lot.expires_on is None else lot.expires_on.isoformat(),
                lot.opened_at,
            ),
        )

    def enter(self, row: ValueEntryRow) -> None:
        """Keep a top-up or a refund."""
        self._sql.run(_ENTER, row)

    def last_day(self, lot_id: LotId) -> date | None:
        """Return the last day on which a lot's bonus may be spent; nothing is for ever."""
        day = self._sql.value("SELECT expires_on FROM value_lot WHERE lot_id = ?", (lot_id,))
        return None if day is None else date.fromisoformat(day)

    def given_back(self, sale_id: SaleId) -> tuple[int, int]:
        """Return the principal and the bonus in 分 that came back of a sale so far."""
        row = self._sql.one(_BACK, (sale_id,))
        assert row is not None, "an aggregate always answers"
        return row[0], row[1]

    def was_taken_back(self, top_up: bytes) -> bool:
        """Say whether a top-up was taken back."""
        found = self._sql.value("SELECT 1 FROM value_entry WHERE top_up = ?", (top_up,))
        return found is not None

    def _carry(self, movement: ValueMovement, account: ValueAccount, amount: int) -> None:
        of_member = account is ValueAccount.MEMBER
        owner = movement.member_id if of_member else b""
        self._sql.run(_MOVE, (movement.purse.value, account.value, owner, amount))
        if not of_member or movement.lot_id is None:
            return
        carried = self._sql.run(
            "UPDATE value_lot SET remaining = remaining + ? WHERE lot_id = ?",
            (amount, movement.lot_id),
        )
        if not carried:
            self._sql.run(_FORESEE, (movement.lot_id, movement.member_id, amount))


def member_purse(reader: Reader, member_id: MemberId) -> Purse:
    """Return a member's principal and his bonus lots that hold or owe anything.

    What those have for whom he stands is his too.
    """
    aliases = aliases_of(reader, member_id)
    purses = [_purse(reader, each) for each in (member_id, *aliases)]
    lots = tuple(lot for purse in purses for lot in purse.lots)
    return Purse(sum(purse.principal for purse in purses), lots)


def _purse(reader: Reader, member_id: MemberId) -> Purse:
    principal = reader.value(_PRINCIPAL, (member_id,))
    lots = tuple(
        Lot(
            lot_id=LotId(row[0]),
            points=row[1],
            available_on=date.fromisoformat(row[2]),
            expires_on=None if row[3] is None else date.fromisoformat(row[3]),
            opened_at=row[4],
        )
        for row in reader.all(_LOTS, (member_id,))
    )
    return Purse(0 if principal is None else int(principal), lots)
