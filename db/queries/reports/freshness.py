"""How fresh what is known of each counter is: its newest act, what waits, its program's version.

A counter of a head office has no stream of the others: what it knows of them are their sales.
"""

from dataclasses import dataclass
from typing import Final

from db.domain import hlc
from db.storage.database import Reader

SILENT_MS: Final = 24 * 3_600_000
"""A counter from which nothing came for a day is silent: somebody should call."""
_COUNTERS = """
SELECT c.counter_id, b.name, c.name,
       (SELECT max(s.hlc) FROM stream AS s WHERE s.counter_id = c.counter_id),
       (SELECT sum(s.sequence - s.acked_sequence) FROM stream AS s
        WHERE s.counter_id = c.counter_id)
FROM counter AS c JOIN branch AS b ON b.branch_id = c.branch_id
WHERE ?1 IS NULL OR c.branch_id = ?1
ORDER BY b.name, c.name
"""
_NEWEST_SALE = """
SELECT sold_at, program FROM sale WHERE counter_id = ?1 AND source = 'counter'
AND business_day >= ?2 ORDER BY sold_at DESC LIMIT 1
"""
_SETTING = "SELECT value FROM setting WHERE name = ?"


@dataclass(frozen=True, slots=True)
class CounterFreshness:
    """A counter: its newest known act, its newest sale's program, what waits to be sent there.

    `last_at` is UTC ms, none where nothing is known; `ahead_ms` by how much its newest act lies in
    the future; `waiting` is known of this counter alone.
    """

    branch: str
    counter: str
    here: bool
    last_at: int | None
    program: str
    waiting: int | None
    ahead_ms: int
    silent: bool


@dataclass(frozen=True, slots=True)
class Freshness:
    """All counters as of `now_ms`; `contact_at` is when head office was last heard, if there is."""

    now_ms: int
    contact_at: int | None
    counters: tuple[CounterFreshness, ...]


def freshness(reader: Reader, *, now_ms: int, since: str, branch_id: bytes | None) -> Freshness:
    """Return every counter's state; sales are looked for from the ISO day `since` on."""
    own = bytes.fromhex(reader.value(_SETTING, ("counter_id",)) or "")
    office = reader.value(_SETTING, ("authority",)) == "office"
    contact = reader.value(_SETTING, ("last_contact_at",))
    rows = []
    for counter_id, branch, name, stamp, waiting in reader.all(_COUNTERS, (branch_id,)):
        sale = reader.one(_NEWEST_SALE, (counter_id, since)) or (0, "")
        newest = max(sale[0], hlc.milliseconds(int(stamp or 0))) or None
        here = bytes(counter_id) == own
        rows.append(
            CounterFreshness(
                branch,
                name,
                here,
                newest,
                sale[1],
                int(waiting or 0) if here and office else None,
                max(0, (newest or 0) - now_ms),
                not here and (newest or 0) < now_ms - SILENT_MS,
            )
        )
    return Freshness(now_ms, None if contact is None else int(contact), tuple(rows))
