"""What head office may lose by counters that are cut off, live: the bound of SYNC.md §2.9.

At most this many points can be overspent by what head office has not heard of yet: what counters
may redeem by the floor, leases that came back by time alone and whose holders were not heard since,
and leases of streams that two machines wrote. Without floor, force and clones it is 0, exactly.
What counters hold under leases is no risk: nobody else may spend it. It is told beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from db.domain.clock import BusinessCalendar
from db.domain.program.offer_document import Floor
from db.domain.program.program import load_program
from db.domain.redemption import RedemptionRule
from db.queries.programs import ProgramVersion, program_on, program_versions
from db.storage.database import Reader
from db.storage.unit_of_work import Storage
from sync.server.storage.device_rows import all_devices

_FORCED = """
SELECT s.counter_id, coalesce(sum(max(l.returned, 0)), 0)
FROM lease AS l JOIN stream AS s ON s.stream_id = l.stream_id WHERE l.forced = 1
GROUP BY s.counter_id
"""
_CLONED = """
SELECT s.counter_id, sum(l.granted - l.spent - l.returned)
FROM (SELECT stream_id FROM forked_stream UNION
      SELECT stream_id FROM stream_roll WHERE doubted_at IS NOT NULL) AS f
JOIN stream AS s ON s.stream_id = f.stream_id
JOIN lease AS l ON l.stream_id = s.stream_id
WHERE l.state <> 'reclaimed' AND l.granted > l.spent + l.returned
GROUP BY s.counter_id
"""
_LENT = """
SELECT s.counter_id, sum(l.granted - l.spent - l.returned)
FROM lease AS l JOIN stream AS s ON s.stream_id = l.stream_id
WHERE l.state <> 'reclaimed' AND l.granted > l.spent + l.returned GROUP BY s.counter_id
"""
_OPEN = "NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code = '')"
_LENT_COUPONS = f"""
SELECT s.counter_id, count(*) FROM hold_coupon AS c
JOIN hold AS h ON h.hold_id = c.hold_id JOIN stream AS s ON s.stream_id = h.stream_id
WHERE {_OPEN}
  AND NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code = c.code)
  AND NOT EXISTS (SELECT 1 FROM coupon_use AS u WHERE u.code = c.code AND u.given_back_by IS NULL)
GROUP BY s.counter_id
"""  # noqa: S608 - constant condition
_LENT_GIFTS = f"""
SELECT s.counter_id, sum(g.granted - (SELECT count(*) FROM gift_move AS m
                                      WHERE m.hold_id = g.hold_id AND m.sku = g.sku))
FROM hold_gift AS g
JOIN hold AS h ON h.hold_id = g.hold_id JOIN stream AS s ON s.stream_id = h.stream_id
WHERE {_OPEN}
  AND NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code = g.sku)
GROUP BY s.counter_id
"""  # noqa: S608 - constant condition
_LENT_VALUE = f"""
SELECT s.counter_id, sum(v.granted - (SELECT coalesce(sum(amount), 0) FROM hold_spend AS p
                                      WHERE p.hold_id = v.hold_id AND p.lot_id = v.lot_id))
FROM hold_value AS v
JOIN hold AS h ON h.hold_id = v.hold_id JOIN stream AS s ON s.stream_id = h.stream_id
WHERE {_OPEN} GROUP BY s.counter_id
"""  # noqa: S608 - constant condition

_SUMS = (_FORCED, _CLONED, _LENT, _LENT_COUPONS, _LENT_GIFTS, _LENT_VALUE)


@dataclass(frozen=True, slots=True)
class CounterRisk:
    """One counter's part: points at risk by the floor, by force and by a clone; and what it holds.

    `lent_value` in 分; `last_seen_at` UTC ms.
    """

    counter: str
    branch: str
    state: str
    last_seen_at: int
    floor: int
    forced: int
    cloned: int
    lent: int
    lent_coupons: int
    lent_gifts: int
    lent_value: int

    @property
    def points(self) -> int:
        """Return the most points that this counter can have overspent unheard."""
        return self.floor + self.forced + self.cloned


@dataclass(frozen=True, slots=True)
class Risk:
    """The bound and its parts; `value` is what so many points pay for, in 分."""

    at_ms: int
    counters: tuple[CounterRisk, ...]
    value: int

    @property
    def points(self) -> int:
        """Return the most points that all counters together can have overspent unheard."""
        return sum(counter.points for counter in self.counters)


def office_risk(storage: Storage) -> Risk:
    """Return what head office may lose at this moment, counter by counter."""
    with storage.reading() as reader:
        return risk_of(reader, now_ms=storage.clock.wall_ms())


def risk_of(reader: Reader, *, now_ms: int) -> Risk:
    """Return what may be lost by what a head office's file says at a moment (UTC ms)."""
    calendar = _calendar(reader)
    versions = program_versions(reader)
    sums: list[dict[bytes, int]] = [
        dict(reader.all(sql))
        for sql in (_FORCED, _CLONED, _LENT, _LENT_COUPONS, _LENT_GIFTS, _LENT_VALUE)
    ]
    counters = []
    for device, counter, branch in all_devices(reader):
        since = calendar.day_of(device.last_seen_at)
        forced, cloned, lent, coupons, gifts, value = (
            each.pop(device.counter_id, 0) for each in sums
        )
        counters.append(
            CounterRisk(
                counter=counter,
                branch=branch,
                state=device.state,
                last_seen_at=device.last_seen_at,
                floor=_largest_floor(versions, since=since),
                forced=forced,
                cloned=cloned,
                lent=lent,
                lent_coupons=coupons,
                lent_gifts=gifts,
                lent_value=value,
            )
        )
    points = sum(each.points for each in counters)
    money = program_on(reader, calendar.day_of(now_ms)).money
    return Risk(now_ms, tuple(counters), _worth(money, points))


def floors_of(versions: Iterable[ProgramVersion], *, since: date) -> list[Floor]:
    """Return the floors that a counter heard last on a day may go by: of then, and of later."""
    day_before = (since - timedelta(days=1)).isoformat()
    began = [each.effective_on for each in versions if each.effective_on <= day_before]
    first = max(began, default="")
    found = []
    for each in versions:
        floor = load_program(each.document).document.offline.floor
        if floor is not None and each.effective_on >= first:
            found.append(floor)
    return found


def _largest_floor(versions: tuple[ProgramVersion, ...], *, since: date) -> int:
    return max((floor.per_counter for floor in floors_of(versions, since=since)), default=0)


def _worth(money: RedemptionRule | None, points: int) -> int:
    return 0 if money is None else money.value(points)


def _calendar(reader: Reader) -> BusinessCalendar:
    row = reader.one(
        "SELECT b.timezone, b.day_cut_minutes FROM counter AS c JOIN branch AS b"
        " ON b.branch_id = c.branch_id WHERE c.counter_id NOT IN (SELECT counter_id FROM device)"
        " LIMIT 1"
    )
    assert row is not None, "head office is a counter of its own branch"
    return BusinessCalendar(row[0], row[1])
