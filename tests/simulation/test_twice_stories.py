"""What was done twice: a welcome, a birthday, a coupon, a void, two halves of one sale."""

from typing import Any

import pytest

from db.domain.basket import Basket, BasketLine
from db.domain.conflicts import ConflictKind, StillNotApplied
from db.services.verify.book import verify_home
from tests.simulation.checkers import check_quiet
from tests.simulation.inboxes import both, decide, everybody, inbox
from tests.simulation.world import HOUR_MS, SimulatedCounter, World
from tests.support.checkers import rows, value
from tests.support.coupon_makers import a_coupon
from tests.support.makers import a_member, a_return, a_sale, a_void
from tests.support.profile_makers import a_merge, an_unmerging
from tests.support.publishing import publish
from tests.support.reward_makers import SPEND, an_event, on

POINTS = "SELECT coalesce(sum(balance), 0) FROM account WHERE kind IN ('member', 'lease')"
QUARANTINED = "SELECT kind FROM operation WHERE status = 'quarantined'"
RETURNED = "SELECT returned_amount, returned_earned, returned_whole FROM sale"
WELCOME: list[dict[str, Any]] = [
    SPEND,
    on("signup", {"points": 50}),
    on("birthday", {"points": 80}),
]


def with_coupon(code: str) -> Basket:
    """Return a basket of ¥200.00 that a coupon is used for."""
    return Basket(lines=(BasketLine(unit_price=20_000, quantity=1),), coupons=(code,))


def rewarding(world: World, *counters: SimulatedCounter) -> None:
    publish(world.office.storage, earning=WELCOME)
    for counter in counters:
        counter.exchange()


def test_a_member_welcomed_at_two_counters_keeps_one_welcome(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    rewarding(world, first, second)
    a_member(first.storage, name="张小芳")
    a_member(second.storage, name="张小芳")
    assert [value(each.storage, POINTS) for each in (first, second)] == [50, 50]

    both(first, second)

    for storage in everybody(world):
        assert value(storage, POINTS) == 50
        assert inbox(storage) == ()
        kinds = {found.kind: found.choice for found in inbox(storage, with_resolved=True)}
        assert kinds == {
            ConflictKind.POSSIBLE_DUPLICATE: "merge",
            ConflictKind.EVENT_TWICE: "revoke",
        }
    check_quiet(world)


def test_two_cards_merged_by_hand_keep_one_welcome_and_unmerging_moves_no_point(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    rewarding(world, first, second)
    one = a_member(first.storage, name="张小芳").member_id
    other = a_member(first.storage, phone="139 1234 5678", name="小芳").member_id
    both(first, second)

    a_merge(world.office.storage, other, one)
    both(first, second)
    assert value(first.storage, POINTS) == 50
    an_unmerging(world.office.storage, other)
    both(first, second)

    for storage in everybody(world):
        assert value(storage, POINTS) == 50
    check_quiet(world)


def test_a_birthday_given_at_two_counters_is_taken_back_when_head_office_says_so(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    rewarding(world, first, second)
    member = a_member(first.storage).member_id
    both(first, second)
    an_event(first.storage, member, "birthday")
    world.pass_time(HOUR_MS)
    an_event(second.storage, member, "birthday")
    both(first, second)

    (found,) = inbox(second.storage)
    assert (found.kind, found.recommended) == (ConflictKind.EVENT_TWICE, "revoke")
    assert [(side.act, side.points, side.text) for side in found.sides] == [
        ("event_award", 80, "birthday"),
        ("event_award", 80, "birthday"),
    ]
    assert value(first.storage, POINTS) == 210
    decide(world, found, "revoke")
    both(first, second)

    for storage in everybody(world):
        assert value(storage, POINTS) == 130
    check_quiet(world)


def test_what_a_second_void_took_back_is_taken_back_of_the_rest_too(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    sold = a_sale(first.storage, member, amount=10_000)
    world.settle()
    a_return(first.storage, sold.sale_id, amount=4_000)
    a_void(second.storage, sold.sale_id)
    both(first, second)
    (found,) = inbox(first.storage)
    assert (found.kind, found.recommended) == (ConflictKind.REVERSED_TWICE, "rest")
    assert [(side.act, side.amount) for side in found.sides] == [
        ("return", 4_000),
        ("reversal", 10_000),
    ]

    decide(world, found, "rest")
    both(first, second)

    for storage in (world.office.storage, first.storage):
        assert value(storage, "SELECT count(*) FROM sale WHERE reversed_by IS NULL") == 0
        assert value(storage, POINTS) == 0
        assert inbox(storage) == ()


def test_of_two_returns_of_one_piece_the_other_pieces_come_back(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    sold = a_sale(first.storage, member, amount=10_000)
    world.settle()
    a_return(first.storage, sold.sale_id, amount=4_000)
    a_return(second.storage, sold.sale_id)
    both(first, second)
    (found,) = inbox(first.storage)
    assert (found.kind, found.recommended) == (ConflictKind.REVERSED_TWICE, "rest")

    decide(world, found, "rest")

    assert rows(world.office.storage, RETURNED) == [(10_000, 100, 1)]
    assert value(world.office.storage, POINTS) == 0


def test_a_void_that_knew_of_a_return_waits_for_it_at_a_restored_head_office(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    sold = a_sale(first.storage, member, amount=10_000)
    world.settle()
    world.act(first, "back_up_office")
    a_return(first.storage, sold.sale_id, amount=4_000)
    world.settle()
    world.pass_time(HOUR_MS)
    a_void(second.storage, sold.sale_id)
    world.settle()
    world.act(first, "restore_office")

    second.exchange()
    (waiting,) = inbox(world.office.storage)
    assert rows(world.office.storage, QUARANTINED) == [("reversal",)]
    first.exchange()

    assert rows(world.office.storage, QUARANTINED) == []
    (ended,) = inbox(world.office.storage, with_resolved=True)
    assert (ended.conflict_id, ended.choice) == (waiting.conflict_id, "applied")
    check_quiet(world)
    assert value(world.office.storage, POINTS) == 0


def test_two_halves_returned_at_two_cut_off_counters_give_coupon_and_promotion_back(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    publish(
        world.office.storage,
        coupons=[{"code": "TEN", "kind": "amount", "value": "10.00"}],
        promotions=[
            {"id": "full", "lane": "order", "limit_total": 1,
             "give": {"every": {"amount": "100.00", "amount_off": "5.00"}}},
        ],
    )  # fmt: skip
    world.settle()
    member = a_member(first.storage).member_id
    code = a_coupon(first.storage, member)
    sold = a_sale(first.storage, member, basket=with_coupon(code))
    world.settle()
    half = sold.due // 2
    a_return(first.storage, sold.sale_id, amount=half)
    a_return(second.storage, sold.sale_id, amount=sold.due - half)
    both(first, second)

    for storage in everybody(world):
        assert rows(storage, "SELECT returned_whole FROM sale") == [(1,)]
        assert value(storage, "SELECT count(*) FROM coupon_use WHERE given_back_by IS NULL") == 0
        assert value(storage, "SELECT count(*) FROM promotion_use WHERE given_back_by IS NULL") == 0
        assert value(storage, "SELECT count(*) FROM offers_back") == 1
        assert verify_home(storage).problems == ()
    check_quiet(world)


def test_what_a_sale_led_to_goes_when_two_halves_came_back_apart(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    publish(world.office.storage, earning=[SPEND], referral={"referrer": {"points": 40}})
    world.settle()
    bringer = a_member(first.storage).member_id
    friend = a_member(first.storage, phone="139 1234 5678", referrer_id=bringer).member_id
    sold = a_sale(first.storage, friend, amount=10_000)
    world.settle()
    assert value(second.storage, POINTS) == 140

    a_return(first.storage, sold.sale_id, amount=5_000)
    a_return(second.storage, sold.sale_id, amount=5_000)
    both(first, second)

    for storage in everybody(world):
        assert value(storage, POINTS) == 0
    check_quiet(world)


def test_what_cannot_be_applied_has_an_open_conflict_and_can_be_believed(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    publish(world.office.storage, coupons=[{"code": "TEN", "kind": "amount", "value": "10.00"}])
    world.settle()
    member = a_member(first.storage).member_id
    code = a_coupon(first.storage, member)
    both(first, second)
    a_sale(first.storage, member, basket=with_coupon(code))
    with second.storage.begin() as work:  # a counter that believes itself alone uses it again
        work.settings.put("authority", "self")
        work.forget()
    a_sale(second.storage, member, basket=with_coupon(code))
    with second.storage.begin() as work:
        work.settings.put("authority", "office")
        work.forget()
    both(first, second)

    (found,) = inbox(world.office.storage)
    assert (found.kind, found.recommended) == (ConflictKind.QUARANTINED, "retry")
    assert "hold" in found.detail["error"]
    decide(world, found, "retry")
    both(first, second)

    (twice,) = inbox(first.storage)
    assert (twice.kind, twice.recommended, twice.detail["code"]) == (
        ConflictKind.COUPON_TWICE,
        "keep",
        code,
    )
    for storage in everybody(world):
        assert value(storage, "SELECT count(*) FROM coupon_use") == 2
        assert verify_home(storage).problems == ()
    decide(world, twice, "keep")
    both(first, second)
    assert inbox(second.storage) == ()


def test_what_still_does_not_fit_stays_open(
    world: World, first: SimulatedCounter, second: SimulatedCounter
) -> None:
    member = a_member(first.storage).member_id
    sold = a_sale(first.storage, member)
    world.settle()
    world.act(first, "back_up_office")
    other = a_sale(first.storage, member)
    world.settle()
    a_void(second.storage, other.sale_id)
    world.act(first, "restore_office")
    second.exchange(renew=False)
    (found,) = inbox(world.office.storage)
    assert found.detail["waits"] is True

    with pytest.raises(StillNotApplied):
        decide(world, found, "retry")

    assert inbox(world.office.storage)[0].state == "open"
    assert sold.sale_id != other.sale_id
