"""How far the floor goes: the visit, the counter's spell and its hours, whichever ends first."""

from fractions import Fraction

import pytest

from db.domain.beyond_leases import HOUR_MS, FloorUse, floor_room
from db.domain.ids import StaffId
from db.domain.program.offer_document import Floor
from db.domain.redemption import RedemptionRule
from db.domain.staff import Actor, ApprovalNeeded, Permission, Role, require_second

TERMS = Floor(per_visit=200, per_counter=500, hours=24)
NOW = 1_000 * HOUR_MS


@pytest.mark.parametrize(
    ("visit", "spell", "hours_ago", "room"),
    [
        (0, 0, 0, 200),
        (150, 150, 1, 50),
        (0, 400, 1, 100),
        (250, 500, 1, 0),
        (0, 0, 24, 200),
        (0, 0, 25, 0),
    ],
)
def test_the_floor_has_room_until_its_first_limit(
    visit: int, spell: int, hours_ago: int, room: int
) -> None:
    use = FloorUse(visit=visit, spell=spell, since_ms=NOW - hours_ago * HOUR_MS)

    assert floor_room(TERMS, use, now_ms=NOW) == room


def test_a_coupon_counts_for_the_points_that_would_pay_as_much() -> None:
    rule = RedemptionRule(points_per_step=100, value_per_step=Fraction(300))

    assert [rule.worth(value) for value in (300, 1, 301)] == [100, 1, 101]


def test_the_floor_is_approved_by_a_second_person_who_may_do_it_alone() -> None:
    cashier, manager, other = (StaffId(each * 16) for each in (b"c", b"m", b"o"))

    require_second(Actor(cashier, Role.CASHIER, manager, Role.MANAGER), Permission.FLOOR)
    require_second(Actor(manager, Role.MANAGER, other, Role.MANAGER), Permission.FLOOR)
    for by in (
        Actor(cashier, Role.CASHIER),
        Actor(manager, Role.MANAGER),
        Actor(manager, Role.MANAGER, manager, Role.MANAGER),
        Actor(cashier, Role.CASHIER, other, Role.SHIFT_LEAD),
    ):
        with pytest.raises(ApprovalNeeded):
            require_second(by, Permission.FLOOR)
