"""A command that comes twice is one act; another command under its id is a bug, and says so."""

from dataclasses import replace

import pytest

from db.domain.basket import Basket, BasketLine
from db.domain.ids import MemberId, OperationId
from db.services.members import EnrollMember, enroll_member
from db.services.points import AdjustPoints, RedeemPoints, adjust_points, redeem_points
from db.services.sales import Sell, sell
from db.storage.unit_of_work import Storage
from tests.support.checkers import value
from tests.support.makers import NOBODY, a_member, an_adjustment

BASKET = Basket(
    lines=(BasketLine(unit_price=9_900, quantity=2, discount=300), BasketLine(unit_price=5_000)),
    order_discount=1_000,
)


@pytest.fixture
def member_id(storage: Storage) -> MemberId:
    """Return a member with 1,000 points."""
    member_id = a_member(storage).member_id
    an_adjustment(storage, member_id, 1_000)
    return member_id


@pytest.fixture
def op(storage: Storage) -> OperationId:
    """Return an id for one act."""
    with storage.begin() as work:
        return OperationId(work.new_id())


def test_a_sale_told_twice_is_sold_once(
    storage: Storage, member_id: MemberId, op: OperationId
) -> None:
    command = Sell(op=op, by=NOBODY, basket=BASKET, member_id=member_id, redeem_points=100)

    with storage.begin() as work:
        first = sell(work, command)
    with storage.begin() as work:
        assert sell(work, command) == first

    assert value(storage, "SELECT count(*) FROM sale") == 1


@pytest.mark.parametrize(
    "change",
    [{"basket": Basket.of_amount(1)}, {"redeem_points": 200}, {"member_id": None}],
    ids=["the basket", "the points", "the member"],
)
def test_another_sale_under_its_id_is_a_bug(
    storage: Storage, member_id: MemberId, op: OperationId, change: dict[str, object]
) -> None:
    command = Sell(op=op, by=NOBODY, basket=BASKET, member_id=member_id, redeem_points=100)
    with storage.begin() as work:
        sell(work, command)

    with pytest.raises(AssertionError), storage.begin() as work:
        sell(work, replace(command, **change))


def test_other_points_under_one_id_are_a_bug(
    storage: Storage, member_id: MemberId, op: OperationId
) -> None:
    adjust = AdjustPoints(op=op, by=NOBODY, member_id=member_id, points=50, reason="补录小票")
    with storage.begin() as work:
        adjust_points(work, adjust)
    redeem = RedeemPoints(op=op, by=NOBODY, member_id=member_id, points=100)

    with pytest.raises(AssertionError), storage.begin() as work:
        adjust_points(work, replace(adjust, points=60))
    with pytest.raises(AssertionError), storage.begin() as work:
        redeem_points(work, redeem)


def test_another_member_under_one_id_is_a_bug(storage: Storage, op: OperationId) -> None:
    command = EnrollMember(op=op, member_id=MemberId(op), by=NOBODY, phone="13900001111")
    with storage.begin() as work:
        first = enroll_member(work, command)
        assert enroll_member(work, command) == first

    with pytest.raises(AssertionError), storage.begin() as work:
        enroll_member(work, replace(command, member_id=MemberId(bytes(16))))
