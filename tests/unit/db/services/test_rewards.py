"""Rewards that events and sales lead to: joining, birthdays, referral, levels, tags."""

import pytest

from db.domain.events import EventAlreadyAwarded, EventUnknown
from db.domain.ids import OperationId
from db.domain.members import FieldInvalid
from db.services.tags import TagMember, tag_member
from db.storage.unit_of_work import Storage
from tests.support.checkers import value
from tests.support.makers import NOBODY, a_member, a_return, a_sale, a_void
from tests.support.publishing import publish
from tests.support.reward_makers import SPEND, TIERS, an_event, on, points, prove, tags


def test_joining_awards_within_the_enrolment_and_once(storage: Storage) -> None:
    publish(storage, earning=[SPEND, on("signup", [{"points": 20}, {"tag": "new"}])])

    member = a_member(storage)

    assert member.points == 20
    assert tags(storage, member.member_id) == ("new",)
    with pytest.raises(EventAlreadyAwarded):
        an_event(storage, member.member_id, "signup")
    prove(storage)


def test_a_program_without_such_a_rule_writes_nothing_at_enrolment(storage: Storage) -> None:
    assert a_member(storage).points == 0
    assert value(storage, "SELECT count(*) FROM operation WHERE kind = 'event_award'") == 0


def test_an_event_is_kept_though_it_gives_nothing_and_told_again_is_one(storage: Storage) -> None:
    publish(storage, earning=[SPEND, on("birthday", {"points": 88})])
    member = a_member(storage).member_id
    with storage.begin() as work:
        op = OperationId(work.new_id())

    first = an_event(storage, member, "birthday", op=op)
    again = an_event(storage, member, "birthday", op=op)
    nothing = an_event(storage, member, "attended:E1")

    assert (first.points, first.balance, again) == (88, 88, first)
    assert (nothing.points, nothing.balance) == (0, 88)
    for event in ("birthday", "attended:E1"):
        with pytest.raises(EventAlreadyAwarded):
            an_event(storage, member, event)
    with pytest.raises(EventUnknown):
        an_event(storage, member, "tier:gold")
    prove(storage)


def test_event_points_count_under_the_caps_and_towards_the_tier(storage: Storage) -> None:
    publish(
        storage,
        earning=[SPEND, on("survey", {"points": 60})],
        points={"caps": {"per_day": 100}},
        tiers=TIERS
        | {
            "measure": "points_earned",
            "levels": [{"code": "basic"}, {"code": "top", "from": "90"}],
        },
    )
    member = a_member(storage).member_id

    surveys = [an_event(storage, member, "survey").points for _ in range(2)]

    assert surveys == [60, 40]
    assert value(storage, "SELECT tier FROM member") == "top"
    prove(storage)


def test_both_sides_of_a_referral_are_paid_and_taken_back_with_the_sale(storage: Storage) -> None:
    publish(storage, referral={"referrer": {"points": 200}, "friend": {"points": 50}})
    referrer = a_member(storage, phone="13800000001").member_id
    friend = a_member(storage, referrer_id=referrer).member_id

    first = a_sale(storage, friend, amount=1_000)
    a_sale(storage, friend, amount=1_000)
    before = points(storage, friend), points(storage, referrer)
    a_void(storage, first.sale_id)
    after = points(storage, friend), points(storage, referrer)

    assert (first.earned, before, after) == (60, (70, 200), (10, 0))
    prove(storage)


def test_a_referrer_is_paid_once_a_friend(storage: Storage) -> None:
    publish(storage, referral={"referrer": {"points": 200}})
    referrer = a_member(storage, phone="13800000001").member_id
    friend = a_member(storage, referrer_id=referrer).member_id

    for _ in range(2):
        a_void(storage, a_sale(storage, friend, amount=1_000).sale_id)
    a_sale(storage, friend, amount=1_000)

    assert points(storage, referrer) == 200
    prove(storage)


def test_the_gift_of_a_level_comes_with_the_sale_that_reaches_it(storage: Storage) -> None:
    publish(storage, tiers=TIERS)
    member = a_member(storage).member_id

    sold = a_sale(storage, member, amount=12_000)
    raised = points(storage, member)
    a_return(storage, sold.sale_id)

    assert (sold.earned, sold.balance, raised) == (120, 150, 150)
    assert points(storage, member) == 0
    assert value(storage, "SELECT tier FROM member") == "basic"
    prove(storage)


def test_a_tag_of_a_sale_counts_from_the_next_one_and_goes_with_it(storage: Storage) -> None:
    big = {"id": "big", "when": {"spend": {"min": "100.00"}}, "give": {"tag": "big"}}
    twice = {"id": "twice", "when": {"tag": ["big"]}, "give": {"multiply": "2"}}
    publish(storage, earning=[SPEND, big, twice])
    member = a_member(storage).member_id

    sold = a_sale(storage, member, amount=10_000)
    second = a_sale(storage, member, amount=1_000)
    a_void(storage, sold.sale_id)
    third = a_sale(storage, member, amount=1_000)

    assert [sold.earned, second.earned, third.earned] == [100, 20, 10]
    assert tags(storage, member) == ()
    prove(storage)


def test_the_last_word_on_a_tag_counts(storage: Storage) -> None:
    member = a_member(storage).member_id

    for held in (True, True, False, True):
        with storage.begin() as work:
            op = OperationId(work.new_id())
            command = TagMember(op=op, by=NOBODY, member_id=member, tag=" vip ", held=held)
            tagged = tag_member(work, command)

    assert tagged.tags == ("vip",)
    assert value(storage, "SELECT count(*) FROM member_tag") == 3
    prove(storage)


def test_what_is_no_tag_is_refused(storage: Storage) -> None:
    member = a_member(storage).member_id

    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = TagMember(op=op, by=NOBODY, member_id=member, tag="a\nb")
        with pytest.raises(FieldInvalid):
            tag_member(work, command)


def test_levels_that_gifts_of_levels_reach_go_with_the_sale_too(storage: Storage) -> None:
    def level(code: str, start: str) -> dict[str, object]:
        gift = {"kind": "upgrade", "award": {"points": 30}}
        return {"code": code, "from": start, "benefits": [gift]}

    levels = [{"code": "basic"}, level("gold", "100"), level("top", "120")]
    publish(
        storage,
        tiers={"measure": "points_earned", "window": "lifetime", "levels": levels},
    )
    member = a_member(storage).member_id

    sold = a_sale(storage, member, amount=10_000)
    raised = points(storage, member), value(storage, "SELECT tier FROM member")
    a_void(storage, sold.sale_id)

    assert raised == (160, "top")
    assert (points(storage, member), value(storage, "SELECT tier FROM member")) == (0, "basic")
    prove(storage)
