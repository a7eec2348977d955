"""Points owed equal the ledger; levels then and now; cashiers among their peers; who is silent."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from db.domain.clock import BusinessCalendar
from db.domain.ids import MemberId, OperationId
from db.queries.reports.cashier_audit import cashier_audit, median
from db.queries.reports.freshness import freshness
from db.queries.reports.points_liability import PointsLiability, PointsMoved, points_liability
from db.queries.reports.tier_migration import tier_migration
from db.storage.home import HomeIdentity
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.golden import live
from tests.support.golden_beyond import live_beyond_leases
from tests.support.golden_conflicts import live_with_conflicts
from tests.support.golden_holds import live_with_holds
from tests.support.golden_profiles import live_with_profiles
from tests.support.golden_rewards import live_with_rewards
from tests.support.makers import (
    a_member,
    a_redemption,
    a_return,
    a_sale,
    a_void,
    an_adjustment,
    an_attachment,
    an_undo,
)

SATURDAY = date(2026, 11, 21)
DAY = timedelta(days=1)
DAY_MS = 86_400_000
LIVES = (
    live,
    live_with_rewards,
    live_with_profiles,
    live_with_holds,
    live_with_conflicts,
    live_beyond_leases,
)
LEDGER = """
SELECT coalesce(sum(CASE WHEN credit IN ('member', 'lease') THEN points ELSE 0 END
                    - CASE WHEN debit IN ('member', 'lease') THEN points ELSE 0 END), 0)
FROM movement
"""


def owed(
    storage: Storage, first: date, last: date, *, today: date | None = None
) -> PointsLiability:
    with storage.reading() as reader:
        return points_liability(
            reader,
            branch_id=None,
            day_from=first,
            day_to=last,
            today=today or last,
            calendar=BusinessCalendar(),
        )


def ledger(storage: Storage) -> int:
    with storage.reading() as reader:
        return int(reader.value(LEDGER))


@pytest.fixture
def busy(storage: Storage, clock: FixedClock) -> MemberId:
    """Return a member of a shop where over four days everything happened that moves points."""
    member = a_member(storage).member_id
    sold = [a_sale(storage, member, amount=50_000) for _ in range(3)]
    an_undo(storage, sold[0].sale_id)
    an_adjustment(storage, member, 400)
    alone = a_sale(storage, None, amount=9_900)
    an_attachment(storage, alone.sale_id, member)
    clock.advance(DAY_MS)
    a_void(storage, sold[1].sale_id)
    a_redemption(storage, member, 200)
    clock.advance(DAY_MS)
    a_return(storage, sold[2].sale_id)
    an_adjustment(storage, member, -30)
    clock.advance(DAY_MS)
    a_sale(storage, member, amount=20_000)
    return member


def test_points_owed_are_the_ledger_to_the_point(storage: Storage, busy: MemberId) -> None:
    assert busy
    whole = owed(storage, SATURDAY, SATURDAY + 3 * DAY)

    assert (whole.opening, whole.closing, whole.held) == (0, ledger(storage), ledger(storage))
    assert whole.moved.net == whole.closing
    assert sum(whole.ending) == whole.held
    assert sum(moved.net for _, moved in whole.branches) == whole.closing


def test_every_day_closes_where_the_next_one_opens(storage: Storage, busy: MemberId) -> None:
    assert busy
    days = [SATURDAY + place * DAY for place in range(4)]
    reports = [owed(storage, day, day, today=days[-1]) for day in days]

    assert [each.opening for each in reports] == [0, *(each.closing for each in reports[:-1])]
    whole = owed(storage, days[0], days[-1])
    assert whole.moved == PointsMoved(
        *map(sum, zip(*(each.moved for each in reports), strict=True))
    )
    assert reports[1].moved.redeemed == 200
    assert (reports[0].moved.adjusted, reports[2].moved.adjusted) == (400, -30)
    assert reports[0].moved.reversed > 0


@pytest.mark.parametrize("life", LIVES)
def test_whatever_kinds_of_acts_there_were_nothing_is_left_unexplained(
    tmp_path: Path, life: Callable[[Path], Storage]
) -> None:
    storage = life(tmp_path / "life.db")
    try:
        found = owed(storage, date(2000, 1, 1), date(2100, 1, 1))
        assert (found.opening, found.closing) == (0, ledger(storage))
        assert sum(found.ending) == found.held
    finally:
        storage.close()


def test_an_empty_shop_owes_nothing(storage: Storage) -> None:
    nothing = owed(storage, SATURDAY, SATURDAY)

    assert (nothing.opening, nothing.closing, nothing.moved) == (0, 0, PointsMoved())


def test_who_joined_has_no_level_before_and_the_others_stay(
    storage: Storage, clock: FixedClock, home: HomeIdentity
) -> None:
    a_member(storage)
    clock.advance(DAY_MS)
    a_member(storage, phone="13900001111")
    calendar = home.calendar

    with storage.reading() as reader:
        found = tier_migration(
            reader, day_from=SATURDAY + DAY, day_to=SATURDAY + DAY, ranks={}, calendar=calendar
        )
        now = reader.all("SELECT tier, count(*) FROM member GROUP BY tier")

    assert (found.count(None), found.count(0), found.count(1), found.count(-1)) == (1, 1, 0, 0)
    assert sum(move.members for move in found.moves) == sum(row[1] for row in now)


def test_who_voids_far_more_than_the_others_stands_first(storage: Storage) -> None:
    with storage.begin() as work:
        for place, name in enumerate(("甲", "乙", "丙")):
            work.sql.run(
                "INSERT INTO staff (staff_id, code, name, role, pin_hash) VALUES (?, ?, ?, ?, '')",
                (bytes([place]) * 16, f"0{place}", name, "cashier"),
            )
    sales = [a_sale(storage, None, amount=1_000).sale_id for _ in range(30)]
    for sale in sales[:6]:
        a_void(storage, sale)
    with storage.begin() as work:
        for place, sale in enumerate(sales):
            work.sql.run(
                "UPDATE sale SET staff_id = ? WHERE sale_id = ?", (bytes([place % 3]) * 16, sale)
            )
        work.sql.run("UPDATE reversal SET staff_id = ?", (bytes([1]) * 16,))

    with storage.reading() as reader:
        found = cashier_audit(reader, day_from=SATURDAY, day_to=SATURDAY, branch_id=None)

    first = found.rows[0]
    assert (first.name, first.metric, first.events, first.flagged) == ("乙", "voided", 6, True)
    assert (first.rate, first.peers) == (Fraction(60), Fraction(0))
    assert [person.sales for person in found.people] == [10, 10, 10]


def test_the_middle_of_an_even_number_lies_between() -> None:
    assert median([]) is None
    assert median([Fraction(3), Fraction(1), Fraction(2)]) == 2
    assert median([Fraction(1), Fraction(2)]) == Fraction(3, 2)


def test_a_counter_is_as_fresh_as_its_newest_act(storage: Storage, clock: FixedClock) -> None:
    a_sale(storage, None, amount=1_000)
    sold_at = clock.wall_ms()
    clock.advance(2 * DAY_MS)
    other = OperationId(bytes([9]) * 16)
    with storage.begin() as work:
        branch = work.sql.value("SELECT branch_id FROM branch")
        work.sql.run(
            "INSERT INTO counter (counter_id, branch_id, name) VALUES (?, ?, '别的')",
            (other, branch),
        )

    with storage.reading() as reader:
        found = freshness(
            reader, now_ms=clock.wall_ms(), since=SATURDAY.isoformat(), branch_id=None
        )

    by_name = {row.counter: row for row in found.counters}
    quiet = by_name.pop("别的")
    (here,) = by_name.values()
    assert (here.here, here.silent, here.last_at) == (True, False, sold_at)
    assert (quiet.here, quiet.silent, quiet.last_at) == (False, True, None)
