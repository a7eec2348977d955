"""Lots that have run out, lots that are owed, and lots that end for want of a sale."""

from datetime import date
from typing import NamedTuple

from db.domain.ids import LotId, MemberId
from db.storage.database import Reader

_TO_SETTLE = """
SELECT DISTINCT member_id FROM (
    SELECT member_id FROM lot WHERE expires_on IS NOT NULL AND remaining > 0 AND expires_on < ?1
    UNION ALL
    SELECT member_id FROM lot WHERE remaining < 0
    UNION ALL
    SELECT l.member_id FROM erasure AS e JOIN lot AS l ON l.member_id = e.member_id
    WHERE l.remaining > 0
) WHERE member_id > ?2 ORDER BY member_id LIMIT ?3
"""
_HELD = """
SELECT lot_id, remaining, awarded, entry, available_on, expires_on, opened_at FROM lot
WHERE member_id = ? AND remaining <> 0 ORDER BY opened_at, lot_id
"""
_REPAID = "SELECT coalesce(sum(points), 0) FROM transfer WHERE lot_id = ? AND entry = 'repay'"
_TAKEN_AT = """
SELECT max(o.hlc) FROM transfer AS t JOIN operation AS o ON o.op = t.op
WHERE t.lot_id = ? AND t.entry = 'take_back'
"""
_ONE_PERSON = """
SELECT ?1 UNION SELECT alias_id FROM member_alias WHERE root_id = ?1
UNION SELECT root_id FROM member_alias WHERE alias_id = ?1
UNION SELECT alias_id FROM member_alias
WHERE root_id = (SELECT root_id FROM member_alias WHERE alias_id = ?1)
"""
"""All ids of somebody who turned out to be one: a sale under any of them is his."""
_IDLE = f"""
SELECT member_id, lot_id, idle, available_on FROM lot INDEXED BY lot_idle
WHERE member_id IN ({_ONE_PERSON}) AND idle IS NOT NULL
"""  # noqa: S608 - constant parts
_SALE_DAYS = f"""
SELECT DISTINCT business_day FROM sale
WHERE member_id IN ({_ONE_PERSON}) AND reversed_by IS NULL AND returned_whole = 0
ORDER BY business_day
"""  # noqa: S608 - constant parts
_ANY_IDLE = f"""
SELECT 1 FROM lot INDEXED BY lot_idle
WHERE member_id IN ({_ONE_PERSON}) AND idle IS NOT NULL LIMIT 1
"""  # noqa: S608 - constant parts
SET_END = "UPDATE lot SET expires_on = ? WHERE member_id = ? AND lot_id = ?"


class HeldLot(NamedTuple):
    """A lot that holds or owes points; `entry` is why it was opened."""

    lot_id: LotId
    points: int
    awarded: int
    entry: str
    available_on: date
    expires_on: date | None
    opened_at: int


def members_to_settle(
    reader: Reader, *, on: date, after: bytes = b"", limit: int
) -> list[MemberId]:
    """Return whose lots ran out before a day, who owes or was erased, in order behind `after`."""
    rows = reader.all(_TO_SETTLE, (on.isoformat(), after, limit))
    return [MemberId(row[0]) for row in rows]


def lots_held(reader: Reader, member_id: MemberId) -> list[HeldLot]:
    """Return a member's lots that hold or owe points, the oldest first."""
    return [
        HeldLot(
            LotId(row[0]),
            row[1],
            row[2],
            row[3],
            date.fromisoformat(row[4]),
            None if row[5] is None else date.fromisoformat(row[5]),
            row[6],
        )
        for row in reader.all(_HELD, (member_id,))
    ]


def repaid_by(reader: Reader, lot_id: LotId) -> int:
    """Return how many points moved to or from a lot for debts."""
    return int(reader.value(_REPAID, (lot_id,)))


def taken_at(reader: Reader, lot_id: LotId) -> int | None:
    """Return the clock of the last act that took points back out of a lot."""
    mark: int | None = reader.value(_TAKEN_AT, (lot_id,))
    return mark


def idle_lots(reader: Reader, member_id: MemberId) -> list[tuple[MemberId, LotId, str, date]]:
    """Return a person's lots that end without a sale: whose, their terms, their first day."""
    return [
        (MemberId(row[0]), LotId(row[1]), row[2], date.fromisoformat(row[3]))
        for row in reader.all(_IDLE, (member_id,))
    ]


def sale_days(reader: Reader, member_id: MemberId) -> list[date]:
    """Return the business days on which a person bought something that stands, in order."""
    return [date.fromisoformat(row[0]) for row in reader.all(_SALE_DAYS, (member_id,))]


def has_idle(reader: Reader, member_id: MemberId) -> bool:
    """Say whether any lot of a person ends for want of a sale."""
    return reader.one(_ANY_IDLE, (member_id,)) is not None
