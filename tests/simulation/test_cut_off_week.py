"""Two counters cut off for a week: what they overspend, and what head office had said it could be.

The claim of SYNC.md §2.9, tried on random weeks: without a floor nothing at all is overspent, with
one never more than the figure that head office showed when the line went down.
"""

import random

import pytest

from db.domain.ids import MemberId, StaffId
from db.domain.refusals import Refusal
from db.domain.staff import Actor, Role
from sync.client.leasing import lease_for_lookup
from sync.server.risk import office_risk
from tests.simulation.checkers import check_no_overspending, check_quiet
from tests.simulation.line import Faults
from tests.simulation.world import HOUR_MS, SimulatedCounter, World
from tests.support.checkers import value
from tests.support.makers import a_member, a_redemption, a_sale
from tests.support.publishing import publish

WEEK_HOURS = 7 * 24
MEMBERS = 4
APPROVED = Actor(StaffId(b"c" * 16), Role.CASHIER, StaffId(b"m" * 16), Role.MANAGER)
_OWED = """
SELECT (SELECT coalesce(-sum(remaining), 0) FROM lot WHERE remaining < 0)
     + (SELECT coalesce(sum(points), 0) FROM movement WHERE debit IN ('debt', 'loss'))
"""
"""Nothing is returned in these weeks, so what was ever owed was overspent."""
_BEYOND = """
SELECT coalesce(sum(max(0, redeemed - awarded)), 0) FROM (
    SELECT sum(CASE credit WHEN 'redeemed' THEN points ELSE 0 END) AS redeemed,
           sum(CASE debit WHEN 'issued' THEN points ELSE 0 END) AS awarded
    FROM movement GROUP BY member_id)
"""


def members_of(world: World, rng: random.Random) -> list[MemberId]:
    """Return members whom both counters know, with points and with leases at both."""
    found = []
    for number in range(MEMBERS):
        counter = rng.choice(world.counters)
        member_id = a_member(counter.storage, phone=f"138 1234 567{number}").member_id
        a_sale(counter.storage, member_id, amount=100 * rng.randrange(100, 3_000))
        found.append(member_id)
    for counter in (*world.counters, *world.counters):
        counter.exchange()
    for counter in world.counters:
        for member_id in rng.sample(found, 2):
            lease_for_lookup(counter.run, counter.office(), counter.device, member_id=member_id)
    return found


def live_a_week(world: World, members: list[MemberId], rng: random.Random) -> None:
    """Let cashiers sell and redeem, greedily, until the line comes back."""
    passed = 0
    while passed < WEEK_HOURS:
        counter, member_id = rng.choice(world.counters), rng.choice(members)
        try:
            _act(counter, member_id, rng)
        except Refusal as refusal:
            largest = int(getattr(refusal, "largest", 0) or 0)
            if largest:
                a_redemption(counter.storage, member_id, largest, by=APPROVED, floor=True)
        hours = rng.choice((0, 1, 1, 5))
        passed += hours
        world.pass_time(hours * HOUR_MS)


def _act(counter: SimulatedCounter, member_id: MemberId, rng: random.Random) -> None:
    points = 100 * rng.randrange(1, 9)
    match rng.randrange(4):
        case 0:
            a_sale(counter.storage, member_id, amount=rng.randrange(100, 40_000))
        case 1:
            a_redemption(counter.storage, member_id, points)
        case 2:
            a_redemption(counter.storage, member_id, points, by=APPROVED, floor=True)
        case _:
            a_sale(
                counter.storage,
                member_id,
                amount=rng.randrange(5_000, 40_000),
                redeem_points=points,
                by=APPROVED,
                floor=True,
            )


def cut_off(world: World, seed: int, **offline: object) -> tuple[int, int]:
    """Live a week without a line; return what was overspent, and the figure shown before it."""
    rng = random.Random(seed)
    publish(world.office.storage, offline=offline)
    for counter in world.counters:
        counter.exchange()
    members = members_of(world, rng)
    shown = office_risk(world.office.storage).points
    for counter in world.counters:
        counter.line.faults = Faults(lose_request=1)
    live_a_week(world, members, rng)
    check_quiet(world)
    overspent = int(value(world.office.storage, _OWED))
    assert int(value(world.office.storage, _BEYOND)) <= overspent
    return overspent, shown


@pytest.mark.parametrize("seed", range(12))
def test_with_a_floor_a_week_overspends_no_more_than_head_office_showed(
    world: World, seed: int
) -> None:
    rng = random.Random(seed)
    floor = {
        "per_visit": rng.choice((100, 300, 1_000)),
        "per_counter": rng.choice((300, 1_000, 3_000)),
        "hours": rng.choice((24, WEEK_HOURS)),
    }

    overspent, shown = cut_off(world, seed, floor=floor, spend_fresh=rng.random() < 0.5)

    assert overspent <= shown == 2 * floor["per_counter"]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("spend_fresh", [False, True])
def test_without_a_floor_a_week_overspends_nothing(
    world: World, seed: int, *, spend_fresh: bool
) -> None:
    assert cut_off(world, seed, spend_fresh=spend_fresh) == (0, 0)
    check_no_overspending(world)


def test_the_floor_does_overspend_so_that_the_bound_means_something(world: World) -> None:
    floor = {"per_visit": 1_000, "per_counter": 3_000, "hours": WEEK_HOURS}

    overspent, shown = cut_off(world, 3, floor=floor)

    assert 0 < overspent <= shown
