"""Points without a sale: redeemed for another till, and adjusted by hand."""

import pytest

from db.domain.ids import BatchId, MemberId, OperationId
from db.domain.members import NoSuchMember
from db.domain.points import ADJUST_POINTS_MAX, AdjustmentOutOfRange
from db.domain.redemption_refusals import (
    BelowMinimum,
    InsufficientPoints,
    NotAStep,
    OverShare,
    RedemptionNotOffered,
)
from db.domain.reversals import ReasonMissing
from db.domain.staff import Actor, ApprovalNeeded, NotPermitted, Role
from db.services.points import (
    AdjustPoints,
    BringOpeningPoints,
    RedeemPoints,
    adjust_points,
    bring_opening_points,
    redeem_points,
)
from db.services.set_up import HomeMade
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, rows, the_book
from tests.support.makers import a_member, a_redemption, a_sale, an_adjustment
from tests.support.publishing import publish


@pytest.fixture
def member(storage: Storage) -> MemberId:
    """Return a member with 1,000 points."""
    member_id = a_member(storage).member_id
    a_sale(storage, member_id, amount=100_000)
    return member_id


def test_a_redemption_says_what_the_other_till_takes_off(
    storage: Storage, member: MemberId
) -> None:
    redeemed = a_redemption(storage, member, 300)

    assert (redeemed.points, redeemed.value, redeemed.balance) == (300, 300, 700)
    assert rows(storage, "SELECT kind, points, value FROM points_entry") == [("redeem", -300, 300)]
    assert rows(storage, "SELECT earned, redeemed FROM member_total") == [(1_000, 300)]
    assert rows(storage, "SELECT redeemed FROM counter_day") == [(300,)]
    check_ledger(storage)


def test_balance_step_and_minimum_apply_and_the_share_only_with_an_amount(
    storage: Storage, member: MemberId
) -> None:
    money = {
        "points_per_step": 100,
        "value_per_step": "1.00",
        "min_points": 200,
        "max_share": "0.5",
    }
    publish(storage, redemption={"money": money})
    cases = [(250, None), (100, None), (1_100, None), (600, 1_000)]
    refusals = [NotAStep, BelowMinimum, InsufficientPoints, OverShare]

    for (points, amount), refused in zip(cases, refusals, strict=True):
        with pytest.raises(refused) as refusal:
            a_redemption(storage, member, points, amount=amount)
        assert refusal.value.largest == (1_000 if amount is None else 500)

    assert a_redemption(storage, member, 500, amount=1_000).value == 500


def test_points_pay_for_nothing_where_the_program_says_so(
    storage: Storage, member: MemberId
) -> None:
    publish(storage, redemption={})

    with pytest.raises(RedemptionNotOffered):
        a_redemption(storage, member, 100)


def test_redeeming_twice_with_one_command_redeems_once(
    storage: Storage, member: MemberId, manager: Actor
) -> None:
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = RedeemPoints(op=op, member_id=member, by=manager, points=300)
        first = redeem_points(work, command)
    book = the_book(storage)

    with storage.begin() as work:
        assert redeem_points(work, command) == first

    assert the_book(storage) == book


def test_nobody_redeems_for_a_stranger(storage: Storage, made: HomeMade) -> None:
    with pytest.raises(NoSuchMember):
        a_redemption(storage, MemberId(made.staff_id), 100)


def test_an_adjustment_up_opens_a_lot_and_down_takes_from_lots(
    storage: Storage, member: MemberId
) -> None:
    up = an_adjustment(storage, member, 50)
    down = an_adjustment(storage, member, -1_020)

    assert (up.balance, down.balance) == (1_050, 30)
    assert rows(storage, "SELECT points, reason FROM points_entry ORDER BY points") == [
        (-1_020, "补录小票"),
        (50, "补录小票"),
    ]
    assert rows(storage, "SELECT adjusted FROM counter_day") == [(-970,)]
    check_ledger(storage)


def test_an_adjustment_never_takes_more_than_there_is(storage: Storage, member: MemberId) -> None:
    with pytest.raises(InsufficientPoints) as refusal:
        an_adjustment(storage, member, -1_001)

    assert (refusal.value.balance, refusal.value.largest) == (1_000, 1_000)


@pytest.mark.parametrize("points", [0, ADJUST_POINTS_MAX + 1, -ADJUST_POINTS_MAX - 1])
def test_an_adjustment_out_of_range_is_refused(
    storage: Storage, member: MemberId, points: int
) -> None:
    with pytest.raises(AdjustmentOutOfRange):
        an_adjustment(storage, member, points)


def test_an_adjustment_needs_a_reason(storage: Storage, member: MemberId) -> None:
    with pytest.raises(ReasonMissing):
        an_adjustment(storage, member, 10, reason="\n ")


def test_a_cashier_adjusts_nothing_and_a_shift_lead_with_approval(
    storage: Storage, member: MemberId, made: HomeMade
) -> None:
    with pytest.raises(NotPermitted):
        an_adjustment(storage, member, 10, by=Actor(None, Role.CASHIER))
    with pytest.raises(ApprovalNeeded):
        an_adjustment(storage, member, 10, by=Actor(None, Role.SHIFT_LEAD))

    approved = Actor(None, Role.SHIFT_LEAD, made.staff_id, Role.MANAGER)
    assert an_adjustment(storage, member, 10, by=approved).balance == 1_010


def test_adjusting_twice_with_one_command_adjusts_once(
    storage: Storage, member: MemberId, manager: Actor
) -> None:
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = AdjustPoints(op=op, member_id=member, by=manager, points=-30, reason="更正")
        first = adjust_points(work, command)

    with storage.begin() as work:
        assert adjust_points(work, command) == first


def test_opening_points_come_with_their_last_day_and_count_in_no_day(
    storage: Storage, manager: Actor
) -> None:
    member_id = a_member(storage).member_id
    with storage.begin() as work:
        opening = BringOpeningPoints(
            op=OperationId(work.new_id()),
            member_id=member_id,
            by=manager,
            points=880,
            expires_on=work.today,
            batch_id=BatchId(work.new_id()),
        )
        brought = bring_opening_points(work, opening)

    assert brought.balance == 880
    assert rows(storage, "SELECT remaining, expires_on FROM lot") == [(880, "2026-11-21")]
    assert rows(storage, "SELECT earned, adjusted FROM counter_day") == [(0, 0)]
    check_ledger(storage)
