"""The ledger on disk: append movements, keep balances and lots in the same transaction.

`lot.remaining` and `lease_lot.spent` are maintained rows: each is the fold of `movement`, and
`verify` proves it. They are sums, so the order of arrival does not matter. A member's balance is
the sum of his lots, which lie together; `account` is the view of all balances. The movement that
opens a lot is written once, as the lot: a sale would fill a second page with the same facts.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from db.domain.ids import LotId, MemberId
from db.domain.ledger import Account, AccountKind, Movement, lease_of
from db.domain.lots import Lot
from db.storage.database import Reader, Statements

_TRANSFER = (
    "INSERT INTO transfer (op, leg, entry, debit, credit, points, member_id, lot_id, lease_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_OPEN = (
    "INSERT INTO lot (member_id, lot_id, op, leg, entry, awarded, remaining, available_on,"
    " expires_on, opened_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9)"
    " ON CONFLICT (member_id, lot_id) DO UPDATE SET op = excluded.op, leg = excluded.leg,"
    " entry = excluded.entry, awarded = excluded.awarded,"
    " remaining = remaining + excluded.awarded, available_on = excluded.available_on,"
    " expires_on = excluded.expires_on, opened_at = excluded.opened_at"
    " WHERE lot.op = zeroblob(16)"
)
_FORESEE = (
    "INSERT INTO lot (lot_id, member_id, op, leg, entry, awarded, remaining, available_on,"
    " opened_at) VALUES (?, ?, zeroblob(16), 0, '', 1, ?, '9999-12-31', 0)"
)
"""A lot that moves before its award is known: head office leases what another counter awarded,
and the lease can be here before that counter's sale is. Without a row its points would be lost."""

_POSTED = "SELECT debit, credit, points, member_id, lot_id FROM transfer WHERE op = ?"
_MOVE = "UPDATE lot SET remaining = remaining + ? WHERE member_id = ? AND lot_id = ?"
_UNOPEN = (
    "DELETE FROM lot WHERE member_id = ? AND op = ?"
    " AND NOT EXISTS (SELECT 1 FROM transfer AS t WHERE t.lot_id = lot.lot_id)"
)
_UNKNOWN = (
    "UPDATE lot SET op = zeroblob(16), leg = 0, entry = '', remaining = remaining - awarded,"
    " awarded = 1, available_on = '9999-12-31', expires_on = NULL, opened_at = 0, idle = NULL"
    " WHERE member_id = ? AND op = ?"
)
_HELD = (
    "SELECT lot_id, remaining, available_on, expires_on, opened_at FROM lot"
    " WHERE member_id = ? AND remaining <> 0"
)
_ANY_IDLE = "SELECT 1 FROM lot INDEXED BY lot_idle WHERE idle IS NOT NULL LIMIT 1"
_SET_IDLE = "UPDATE lot SET idle = ? WHERE member_id = ? AND lot_id = ?"
_LAST_DAY = "SELECT expires_on FROM lot WHERE member_id = ? AND lot_id = ?"


class NewLot(NamedTuple):
    """What a lot is beside the movement that opens it: ISO days, both inclusive, and UTC ms."""

    available_on: str
    expires_on: str | None
    opened_at: int


NO_LOTS: Final[Mapping[bytes, NewLot]] = {}


class LedgerRepository:
    """Append-only access to the movements through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql
        self._any_idle: bool | None = None

    def post(
        self,
        op: bytes,
        movements: Iterable[Movement],
        *,
        opening: Mapping[bytes, NewLot] = NO_LOTS,
    ) -> None:
        """Write an operation's movements and carry them into the members' lots.

        `opening` are the lots that the operation awards, each filled by one of its movements. One
        whose points moved before its award arrived gets its facts now.
        """
        for leg, movement in enumerate(movements):
            lot = opening.get(movement.lot_id)
            if lot is not None:
                entry, points = movement.entry.value, movement.points
                opened = (movement.member_id, movement.lot_id, op, leg, entry, points)
                self._sql.later(_OPEN, (*opened, *lot))
                continue
            debit, credit = movement.debit, movement.credit
            self._sql.run(
                _TRANSFER,
                (
                    op,
                    leg,
                    movement.entry.value,
                    debit.kind.value,
                    credit.kind.value,
                    movement.points,
                    movement.member_id,
                    movement.lot_id,
                    lease_of(movement),
                ),
            )
            self._carry(debit, movement, -movement.points)
            self._carry(credit, movement, movement.points)

    def unpost(self, op: bytes, member_id: bytes | None) -> None:
        """Take an act's movements out again, and the lots that it opened for a member.

        A lot that others moved meanwhile stays as one whose award is not known.
        """
        for debit, credit, points, holder, lot_id in self._sql.all(_POSTED, (op,)):
            change = points * ((debit == "member") - (credit == "member"))
            self._sql.run(_MOVE, (change, holder, lot_id))
        self._sql.run("DELETE FROM transfer WHERE op = ?", (op,))
        self._sql.run(_UNOPEN, (member_id, op))
        self._sql.run(_UNKNOWN, (member_id, op))

    def balance(self, account: Account) -> int:
        """Return an account's points."""
        return int(
            self._sql.value(
                "SELECT balance FROM account WHERE kind = ? AND owner = ?",
                (account.kind.value, account.owner),
            )
            or 0
        )

    def lots(self, member_id: MemberId) -> list[Lot]:
        """Return the member's lots that hold or owe points, outside any lease."""
        return held_lots(self._sql, member_id)

    def last_day(self, member_id: MemberId, lot_id: LotId) -> date | None:
        """Return the last day on which a lot's points may be spent; nothing is for ever."""
        return last_day_of(self._sql, member_id, lot_id)

    @property
    def any_idle(self) -> bool:
        """Say whether any lot of anybody ends for want of a sale; most shops have no such lots."""
        if self._any_idle is None:
            self._any_idle = self._sql.one(_ANY_IDLE) is not None
        return self._any_idle

    def set_idle(self, terms: str, *, member_id: bytes | None, lot_id: bytes) -> None:
        """Let a lot end for want of a sale, by these terms."""
        self._any_idle = True
        self._sql.run(_SET_IDLE, (terms, member_id, lot_id))

    def _carry(self, account: Account, movement: Movement, points: int) -> None:
        if account.kind is not AccountKind.MEMBER:
            return
        carried = self._sql.run(
            "UPDATE lot SET remaining = remaining + ? WHERE member_id = ? AND lot_id = ?",
            (points, movement.member_id, movement.lot_id),
        )
        if not carried:
            self._sql.run(_FORESEE, (movement.lot_id, movement.member_id, points))


def held_lots(reader: Reader, member_id: MemberId) -> list[Lot]:
    """Return the member's lots that hold or owe points, outside any lease."""
    return [
        Lot(
            lot_id=LotId(row[0]),
            points=row[1],
            available_on=date.fromisoformat(row[2]),
            expires_on=None if row[3] is None else date.fromisoformat(row[3]),
            opened_at=row[4],
        )
        for row in reader.all(_HELD, (member_id,))
    ]


def last_day_of(reader: Reader, member_id: MemberId, lot_id: LotId) -> date | None:
    """Return the last day on which a lot's points may be spent; nothing is for ever."""
    day = reader.value(_LAST_DAY, (member_id, lot_id))
    return None if day is None else date.fromisoformat(day)
