"""Holds on disk: which coupons and how much stored value one stream may use, and what it used.

A hold is open until it is closed; what is left of it is what was granted less its spends. A
stream's own intake is the sum of what its operations moved since it closed it last. So every
question here has the same answer on every replica that has the same operations.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from db.domain.holds import HoldToken, ValueHere, ValueHold
from db.domain.ids import LotId, MemberId, StreamId, parse_id
from db.domain.lots import Lot
from db.domain.stored_value.facts import HoldSpend
from db.domain.stored_value.purse import Purse
from db.storage.database import Reader, Row, Statements
from db.storage.profiles import aliases_of

ALL_OF_IT = ""
"""The code under which all of a hold is closed."""
_OPEN = """
NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code = '')
"""
_GRANTED_CODES = f"""
SELECT c.code, h.hold_id, h.token FROM json_each(?1) AS j
JOIN hold_coupon AS c ON c.code = j.value JOIN hold AS h ON h.hold_id = c.hold_id
WHERE h.stream_id = ?2 AND h.until_at > ?3 AND {_OPEN}
  AND NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code = c.code)
ORDER BY h.until_at, h.hold_id
"""  # noqa: S608 - constant condition
_ISSUED_CODES = """
SELECT c.code FROM json_each(?1) AS j
JOIN coupon AS c ON c.code = j.value JOIN operation AS o ON o.op = c.op
WHERE o.stream_id = ?2 AND c.issued_at + ?4 > ?3
  AND NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = c.op AND x.code = c.code)
"""
_UNHEARD = f"""
SELECT c.code, c.kind, h.member_id, h.hold_id, c.valid_from, c.valid_to
FROM hold_coupon AS c JOIN hold AS h ON h.hold_id = c.hold_id
WHERE (h.member_id = ?1 OR c.code IN (SELECT value FROM json_each(?2))) AND h.stream_id = ?3
  AND {_OPEN} AND NOT EXISTS (SELECT 1 FROM coupon WHERE code = c.code)
  AND NOT EXISTS (SELECT 1 FROM coupon_use AS u WHERE u.code = c.code AND u.given_back_by IS NULL)
"""  # noqa: S608 - constant condition
_VALUE = f"""
SELECT h.hold_id, h.stream_id, h.until_at, h.token, v.lot_id, v.expires_on,
       v.granted - (SELECT coalesce(sum(amount), 0) FROM hold_spend AS s
                    WHERE s.hold_id = v.hold_id AND s.lot_id = v.lot_id)
FROM hold AS h JOIN hold_value AS v ON v.hold_id = h.hold_id
WHERE h.member_id = ?1 AND {_OPEN} ORDER BY h.until_at, h.hold_id, v.lot_id
"""  # noqa: S608 - constant condition
_INTAKE = """
SELECT m.stream_id, m.lot_id, sum(m.amount) FROM (
    SELECT o.stream_id, o.sequence, t.lot_id,
           iif(t.credit = 'member', t.amount, -t.amount) AS amount
    FROM value_transfer AS t JOIN operation AS o ON o.op = t.op WHERE t.member_id = ?1
    UNION ALL
    SELECT o.stream_id, o.sequence, iif(s.lot_id = x'', NULL, s.lot_id), s.amount
    FROM operation AS o JOIN hold_spend AS s ON s.op = o.op
    WHERE o.op IN (SELECT op FROM value_transfer WHERE member_id = ?1)
) AS m
LEFT JOIN value_closed AS x ON x.stream_id = m.stream_id AND x.member_id = ?1
WHERE m.sequence > coalesce(x.sequence, 0) GROUP BY m.stream_id, m.lot_id
HAVING sum(m.amount) <> 0
"""


class UnheardCoupon(NamedTuple):
    """A coupon under a hold of ours whose issue has not reached this file yet."""

    code: str
    kind: str
    member_id: MemberId | None
    hold_id: bytes
    valid_from: str | None
    valid_to: str | None


class HoldRepository:
    """Access to the tables of holds through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def add(self, token: HoldToken) -> bool:
        """Keep a granted hold; say whether it was new here."""
        added = self._sql.run(
            "INSERT INTO hold (hold_id, stream_id, member_id, until_at, token)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            hold_row(token),
        )
        if added:
            self._sql.run_many(
                "INSERT INTO hold_coupon (code, hold_id, kind, valid_from, valid_to)"
                " VALUES (?, ?, ?, ?, ?)",
                coupon_rows_of(token),
            )
            self._sql.run_many(
                "INSERT INTO hold_value (hold_id, lot_id, granted, expires_on) VALUES (?, ?, ?, ?)",
                value_rows_of(token),
            )
            self._sql.run_many(
                "INSERT INTO hold_gift (hold_id, sku, granted) VALUES (?, ?, ?)",
                gift_rows_of(token),
            )
        return bool(added)

    def spend(self, op: bytes, spends: Sequence[HoldSpend]) -> None:
        """Note what an operation took out of holds."""
        self._sql.run_many(
            "INSERT INTO hold_spend (op, hold_id, lot_id, amount) VALUES (?, ?, ?, ?)",
            spend_rows(op, spends),
        )

    def close(self, hold_id: bytes, codes: Sequence[str]) -> None:
        """Close coupons of a hold, or all of it; closing again changes nothing."""
        self._sql.run_many(
            "INSERT INTO hold_closed (hold_id, code) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(hold_id, code) for code in codes or (ALL_OF_IT,)],
        )

    def close_intake(self, stream_id: StreamId, member_id: MemberId, *, upto: int) -> None:
        """Close what a stream took in of a member's value up to its place `upto`."""
        self._sql.run(
            "INSERT INTO value_closed (stream_id, member_id, sequence) VALUES (?, ?, ?)"
            " ON CONFLICT (stream_id, member_id)"
            " DO UPDATE SET sequence = max(sequence, excluded.sequence)",
            (stream_id, member_id, upto),
        )

    def token(self, hold_id: bytes) -> HoldToken | None:
        """Return the token a hold was granted by."""
        raw = self._sql.value("SELECT token FROM hold WHERE hold_id = ?", (hold_id,))
        return None if raw is None else msgspec.json.decode(raw, type=HoldToken)

    def is_closed(self, hold_id: bytes, code: str = ALL_OF_IT) -> bool:
        """Say whether a hold, or a coupon of it, is closed."""
        found = self._sql.value(
            "SELECT 1 FROM hold_closed WHERE hold_id = ? AND code IN ('', ?)", (hold_id, code)
        )
        return found is not None


def hold_row(token: HoldToken) -> tuple[object, ...]:
    """Return the row of `hold` that a token stands for."""
    raw = msgspec.json.encode(token)
    return token.hold_id, token.stream_id, token.member_id, token.until, raw


def coupon_rows_of(token: HoldToken) -> list[tuple[object, ...]]:
    """Return the rows of `hold_coupon` that a token stands for."""
    return [
        (coupon.code, token.hold_id, coupon.kind, coupon.valid_from, coupon.valid_to)
        for coupon in token.coupons
    ]


def value_rows_of(token: HoldToken) -> list[tuple[object, ...]]:
    """Return the rows of `hold_value` that a token stands for."""
    rows: list[tuple[object, ...]] = [
        (token.hold_id, parse_id(lot.lot), lot.amount, lot.expires_on) for lot in token.bonus
    ]
    return [(token.hold_id, b"", token.principal, None), *rows] if token.principal else rows


def gift_rows_of(token: HoldToken) -> list[tuple[object, ...]]:
    """Return the rows of `hold_gift` that a token stands for."""
    return [(token.hold_id, gift.sku, gift.pieces) for gift in token.gifts]


def spend_rows(op: bytes, spends: Sequence[HoldSpend]) -> list[tuple[object, ...]]:
    """Return the rows of `hold_spend` that an operation stands for."""
    rows: list[tuple[object, ...]] = []
    for spend in spends:
        hold_id = parse_id(spend.hold)
        if spend.principal:
            rows.append((op, hold_id, b"", spend.principal))
        rows += [(op, hold_id, parse_id(share.lot), share.amount) for share in spend.bonus]
    return rows


def coupons_usable_here(
    reader: Reader, codes: Sequence[str], *, stream_id: StreamId, now_ms: int, hours: int
) -> dict[str, HoldToken | None]:
    """Return the coupons that a stream may use now, with the token where it did not issue them.

    `hours` is how long one who issues a coupon holds it.
    """
    named = json.dumps(list(codes))
    usable: dict[str, HoldToken | None] = {}
    for code, _hold_id, token in reader.all(_GRANTED_CODES, (named, stream_id, now_ms)):
        usable[code] = msgspec.json.decode(token, type=HoldToken)
    length = hours * 3_600_000
    for (code,) in reader.all(_ISSUED_CODES, (named, stream_id, now_ms, length)):
        usable[code] = None
    return usable


def unheard_coupons(
    reader: Reader, ids: Sequence[MemberId], codes: Sequence[str], *, stream_id: StreamId
) -> list[UnheardCoupon]:
    """Return coupons under holds of a stream, of these ids and named, that have no row yet."""
    named = json.dumps(list(codes))
    return [
        UnheardCoupon(*row)
        for each in ids or (None,)
        for row in reader.all(_UNHEARD, (each, named, stream_id))
    ]


def value_holds(reader: Reader, member_id: MemberId) -> dict[StreamId, list[ValueHold]]:
    """Return the open holds on a member's value, those that ran out too, by the stream.

    Those on the value of whom he stands for are on his too.
    """
    found: dict[bytes, tuple[StreamId, ValueHold]] = {}
    for hold_id, stream_id, until_at, token, lot_id, expires_on, left in _of_all(
        reader, _VALUE, member_id
    ):
        known = found.get(hold_id)
        purse = Purse() if known is None else known[1].left
        if lot_id:
            lot = _lot(lot_id, left, expires_on)
            purse = Purse(purse.principal, (*purse.lots, lot))
        else:
            purse = Purse(left, purse.lots)
        kept = msgspec.json.decode(token, type=HoldToken)
        found[hold_id] = (StreamId(stream_id), ValueHold(hold_id, until_at, purse, kept))
    held: dict[StreamId, list[ValueHold]] = {}
    for stream, hold in found.values():
        held.setdefault(stream, []).append(hold)
    return held


def intakes(reader: Reader, member_id: MemberId) -> dict[StreamId, dict[LotId | None, int]]:
    """Return what each stream took in of a member's value since it closed it, in 分 by lot.

    Principal has no lot. Below zero is what a stream paid out of another's.
    """
    found: dict[StreamId, dict[LotId | None, int]] = {}
    for stream_id, lot_id, amount in _of_all(reader, _INTAKE, member_id):
        lot = None if lot_id is None else LotId(lot_id)
        lots = found.setdefault(StreamId(stream_id), {})
        lots[lot] = lots.get(lot, 0) + amount
    return found


def value_here(
    reader: Reader, purse: Purse, member_id: MemberId, *, stream_id: StreamId, now_ms: int
) -> ValueHere:
    """Return what one stream may spend now of a member's purse.

    The parts of all streams and what is free are the purse, so counters that cannot hear each
    other never spend the same 分 twice.
    """
    here = intakes(reader, member_id).get(stream_id, {})
    lots = tuple(
        Lot(lot.lot_id, part, lot.available_on, lot.expires_on, lot.opened_at)
        for lot in purse.lots
        if (part := min(lot.points, here.get(lot.lot_id, 0))) > 0
    )
    own = Purse(max(0, min(purse.principal, here.get(None, 0))), lots)
    holds = value_holds(reader, member_id).get(stream_id, [])
    return ValueHere(own, tuple(hold for hold in holds if hold.until_at > now_ms))


def _of_all(reader: Reader, sql: str, member_id: MemberId) -> Iterator[Row]:
    """Return what a question answers of a member and of those he stands for."""
    for each in (member_id, *aliases_of(reader, member_id)):
        yield from reader.all(sql, (each,))


def _lot(lot_id: bytes, left: int, expires_on: str | None) -> Lot:
    last = None if expires_on is None else date.fromisoformat(expires_on)
    return Lot(LotId(lot_id), left, date.min, last, 0)
