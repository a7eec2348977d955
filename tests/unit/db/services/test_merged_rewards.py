"""Rewards of members that turn out to be one: gifts, events, referrals, levels that are judged."""

import pytest

from db.domain.events import EventAlreadyAwarded
from db.domain.ids import MemberId
from db.domain.profiles import Merge
from db.services.verify.book import verify_home
from db.storage.member_facts import member_standing
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import value
from tests.support.makers import a_member, a_sale
from tests.support.profile_makers import a_merge, an_unmerging
from tests.support.publishing import publish
from tests.support.reward_makers import (
    GIFTS,
    TIERS,
    a_gift,
    a_gift_return,
    an_event,
    on,
    points,
    review,
)
from tests.support.storage_fixtures import NOW_MS

DAY_MS = 86_400_000


def two(storage: Storage) -> tuple[MemberId, MemberId]:
    source = a_member(storage, phone="139 0000 1111", name="张小芳").member_id
    return source, a_member(storage).member_id


def available(storage: Storage, member_id: MemberId) -> int:
    with storage.begin() as work:
        return member_standing(
            work.sql,
            member_id,
            home=work.home,
            program=work.program(work.today),
            on=work.today,
            now_ms=work.at_ms,
        ).available


def test_a_gift_gives_the_points_back_to_their_own_lots(storage: Storage) -> None:
    publish(storage, redemption=GIFTS)
    source, target = two(storage)
    a_sale(storage, source, amount=30_000)
    a_merge(storage, source, target)
    a_gift(storage, target)

    a_gift_return(storage)

    assert available(storage, target) == 300
    an_unmerging(storage, source)
    assert available(storage, source) == 300
    assert available(storage, target) == 0
    assert verify_home(storage).problems == ()


def test_a_gift_paid_from_a_lot_that_has_run_out_since_comes_back_for_a_while(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage, redemption=GIFTS, points={"expiry": {"kind": "days", "after": 3}})
    source, target = two(storage)
    a_sale(storage, source, amount=5_000)
    a_merge(storage, source, target)
    a_gift(storage, target)
    clock.advance(4 * DAY_MS)

    a_gift_return(storage)

    assert points(storage, source) == 0
    assert points(storage, target) == 50
    assert verify_home(storage).problems == ()


def test_a_level_is_kept_by_what_both_did(storage: Storage, clock: FixedClock) -> None:
    publish(storage, tiers=TIERS)
    source, target = two(storage)
    a_sale(storage, source, amount=6_000)
    a_merge(storage, source, target)
    assert a_sale(storage, target, amount=6_000).raised_to == "gold"
    clock.advance(51 * DAY_MS)  # 11 January: the year of both sales is judged

    kept = review(storage)
    clock.advance(365 * DAY_MS)
    fallen = review(storage)

    assert (kept, fallen) == ([], [("gold", "basic")])
    assert verify_home(storage).problems == ()


def test_a_level_that_came_with_a_merge_is_judged_too(storage: Storage, clock: FixedClock) -> None:
    publish(storage, tiers=TIERS)
    source, target = two(storage)
    a_sale(storage, source, amount=12_000)
    a_merge(storage, source, target)
    clock.advance((51 + 365) * DAY_MS)

    fallen = review(storage)

    assert fallen == [("gold", "basic")]
    assert a_sale(storage, target, amount=100).tier == "basic"
    assert verify_home(storage).problems == ()


def test_who_was_merged_may_not_be_here_yet(storage: Storage) -> None:
    target = a_member(storage).member_id
    with storage.begin() as work:
        merge = Merge(1, work.new_id(), MemberId(work.new_id()), target)
        work.profiles.merge(merge, merged_at=NOW_MS)

    assert a_sale(storage, target, amount=10_000).balance == 100
    assert available(storage, target) == 100


def test_an_event_that_counts_once_counts_once_for_both(storage: Storage) -> None:
    publish(storage, earning=[on("profile_completed", {"points": 50})])
    source, target = two(storage)
    an_event(storage, source, "profile_completed")
    a_merge(storage, source, target)

    with pytest.raises(EventAlreadyAwarded):
        an_event(storage, target, "profile_completed")

    an_unmerging(storage, source)
    assert an_event(storage, target, "profile_completed").points == 50


def test_nobody_is_his_own_referrer(storage: Storage) -> None:
    publish(storage, referral={"referrer": {"points": 200}})
    referrer = a_member(storage, phone="139 0000 1111").member_id
    friend = a_member(storage, referrer_id=referrer).member_id
    a_merge(storage, referrer, friend)

    assert a_sale(storage, friend, amount=10_000).balance == 100

    assert available(storage, friend) == 100


@pytest.mark.parametrize("amount", [100, 1])
def test_idle_points_of_both_live_on_with_a_sale_of_either(
    storage: Storage, clock: FixedClock, amount: int
) -> None:
    """Even with a sale that earns nothing."""
    publish(storage, points={"expiry": {"kind": "inactivity", "months": 1}})
    source, target = two(storage)
    a_sale(storage, source, amount=10_000)
    clock.advance(20 * DAY_MS)
    a_merge(storage, source, target)
    a_sale(storage, target, amount=amount)
    ends = "SELECT expires_on FROM lot WHERE member_id = ?"

    merged = value(storage, ends, source)
    verified = verify_home(storage).problems
    an_unmerging(storage, source)
    apart = value(storage, ends, source)
    a_merge(storage, source, target)
    again = value(storage, ends, source)

    assert [merged, apart, again] == ["2027-01-11", "2026-12-21", "2027-01-11"]
    assert verified == verify_home(storage).problems == ()
