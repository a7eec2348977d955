"""Leases on disk: what was granted to which stream, what is left of it, and its token."""

from collections.abc import Sequence
from itertools import islice

import msgspec

from db.domain.ids import CounterId, LeaseId, LotId, MemberId, StreamId, parse_id
from db.domain.leases import Lease, LeaseToken, LotSpend
from db.storage.database import Statements

_OPEN = """
SELECT l.lease_id, l.until_at, l.token, s.lot_id, s.granted - s.spent - s.returned
FROM lease AS l JOIN lease_lot AS s ON s.lease_id = l.lease_id
WHERE l.member_id = ? AND l.stream_id = ? AND l.state = 'open'
  AND s.granted > s.spent + s.returned
ORDER BY l.until_at, l.lease_id, s.lot_id
"""


_OVERDUE = """
SELECT lease_id, member_id FROM lease
WHERE state <> 'reclaimed' AND until_at <= ? AND granted > spent + returned
ORDER BY until_at, lease_id
"""


class LeaseRepository:
    """Access to `lease` and `lease_lot` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def add(self, token: LeaseToken) -> bool:
        """Keep a granted lease; say whether it was new here."""
        added = self._sql.run(
            "INSERT INTO lease (lease_id, member_id, stream_id, granted, until_at, state, token)"
            " VALUES (?, ?, ?, ?, ?, 'open', ?) ON CONFLICT DO NOTHING",
            (
                token.lease_id,
                token.member_id,
                token.stream_id,
                token.n,
                token.until,
                msgspec.json.encode(token),
            ),
        )
        if added:
            self._sql.run_many(
                "INSERT INTO lease_lot (lease_id, lot_id, granted) VALUES (?, ?, ?)",
                [(token.lease_id, parse_id(share.lot), share.points) for share in token.lots],
            )
        return bool(added)

    def open_here(self, member_id: MemberId, stream_id: StreamId, *, at_ms: int) -> list[Lease]:
        """Return the leases on this member that the stream may still spend at `at_ms`."""
        found: dict[bytes, Lease] = {}
        for lease_id, until_at, token, lot_id, left in self._sql.all(_OPEN, (member_id, stream_id)):
            if until_at <= at_ms:
                continue
            known = found.get(lease_id)
            shares = () if known is None else known.left
            found[lease_id] = Lease(
                LeaseId(lease_id),
                until_at,
                (*shares, (LotId(lot_id), left)),
                msgspec.json.decode(token, type=LeaseToken),
            )
        return list(found.values())

    def spend(self, spends: tuple[LotSpend, ...]) -> None:
        """Carry what an operation spent into the leases."""
        self._change(spends, sign=1)

    def give_back(self, spends: tuple[LotSpend, ...]) -> None:
        """Carry what a reversal restored into the leases it names."""
        self._change(tuple(spend for spend in spends if spend.lease), sign=-1)

    def take_again(self, spends: tuple[LotSpend, ...]) -> None:
        """Spend again what an act had restored that stands no more."""
        self._change(tuple(spend for spend in spends if spend.lease), sign=1)

    def state(self, lease_id: LeaseId) -> str | None:
        """Return `open`, `closed` or `reclaimed`; nothing for a lease never seen."""
        value: str | None = self._sql.value(
            "SELECT state FROM lease WHERE lease_id = ?", (lease_id,)
        )
        return value

    def set_state(self, lease_id: LeaseId, state: str) -> None:
        """Close a lease (by the counter) or mark it reclaimed (by head office)."""
        self._sql.run("UPDATE lease SET state = ? WHERE lease_id = ?", (state, lease_id))

    def left(self, lease_id: LeaseId) -> list[tuple[LotId, int]]:
        """Return (lot, points) that are left of a lease, whatever its state."""
        return [
            (LotId(row[0]), row[1])
            for row in self._sql.all(
                "SELECT lot_id, granted - spent - returned FROM lease_lot WHERE lease_id = ?"
                " AND granted > spent + returned ORDER BY lot_id",
                (lease_id,),
            )
        ]

    def overspent(self, lease_id: LeaseId) -> list[tuple[LotId, int]]:
        """Return (lot, points) that were spent beyond what the lease holds of the lot."""
        return [
            (LotId(row[0]), row[1])
            for row in self._sql.all(
                "SELECT lot_id, spent + returned - granted FROM lease_lot WHERE lease_id = ?"
                " AND granted < spent + returned ORDER BY lot_id",
                (lease_id,),
            )
        ]

    def balance(self, lease_id: LeaseId) -> tuple[int, str] | None:
        """Return what is left of a lease, below zero where it was overspent, and its state."""
        row = self._sql.one(
            "SELECT granted - spent - returned, state FROM lease WHERE lease_id = ?", (lease_id,)
        )
        return None if row is None else (row[0], row[1])

    def take_back(self, lease_id: LeaseId, shares: Sequence[tuple[bytes, int]]) -> None:
        """Carry what head office gave back of a lease; below zero what it covered."""
        self._sql.run_many(
            "UPDATE lease_lot SET returned = returned + ? WHERE lease_id = ? AND lot_id = ?",
            [(points, lease_id, lot_id) for lot_id, points in shares],
        )
        points = sum(points for _, points in shares)
        self._sql.run(
            "UPDATE lease SET returned = returned + ? WHERE lease_id = ?", (points, lease_id)
        )

    def mark_forced(self, lease_id: LeaseId, *, forced: bool) -> None:
        """Note that a lease was taken back by time alone, or that its holder is done with it."""
        self._sql.run("UPDATE lease SET forced = ? WHERE lease_id = ?", (int(forced), lease_id))

    def overdue(self, *, before_ms: int, limit: int) -> list[tuple[LeaseId, MemberId]]:
        """Return leases that ended before a time with something left, and came back in no way.

        At most `limit`, those that ended first.
        """
        rows = islice(self._sql.each(_OVERDUE, (before_ms,)), limit)
        return [(LeaseId(row[0]), MemberId(row[1])) for row in rows]

    def token(self, lease_id: LeaseId) -> LeaseToken | None:
        """Return the token a lease was granted by."""
        raw = self._sql.value("SELECT token FROM lease WHERE lease_id = ?", (lease_id,))
        return None if raw is None else msgspec.json.decode(raw, type=LeaseToken)

    def expired(
        self, counter_id: CounterId, *, at_ms: int, limit: int = 500
    ) -> list[tuple[LeaseId, MemberId]]:
        """Return the counter's open leases that ran out before `at_ms` with something left."""
        return [
            (LeaseId(row[0]), MemberId(row[1]))
            for row in self._sql.all(
                "SELECT lease_id, member_id FROM lease WHERE state = 'open' AND until_at <= ?"
                " AND granted > spent + returned"
                " AND stream_id IN (SELECT stream_id FROM stream WHERE counter_id = ?) LIMIT ?",
                (at_ms, counter_id, limit),
            )
        ]

    def _change(self, spends: tuple[LotSpend, ...], *, sign: int) -> None:
        for spend in spends:
            lease_id, points = parse_id(spend.lease), sign * spend.points
            self._sql.run(
                "UPDATE lease_lot SET spent = spent + ? WHERE lease_id = ? AND lot_id = ?",
                (points, lease_id, parse_id(spend.lot)),
            )
            self._sql.run(
                "UPDATE lease SET spent = spent + ? WHERE lease_id = ?", (points, lease_id)
            )
