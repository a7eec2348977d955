"""A member attached afterwards: the same day, once, and the sale is his as if it always was."""

from typing import Any

import pytest

from db.domain.attaching import AttachTooLate, SaleHasMember, SaleHasReturns, TillReceiptDiffers
from db.domain.basket import BasketLine
from db.domain.ids import OperationId, SaleId
from db.domain.reversals import AlreadyReversed
from db.domain.staff import Actor
from db.queries.sale_detail import sale_detail
from db.services.attach import AttachMember, attach_member
from db.services.reversals import NoSuchSale
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows, the_book, value
from tests.support.makers import (
    a_basket,
    a_member,
    a_return,
    a_sale,
    a_void,
    an_attachment,
    an_undo,
)
from tests.support.publishing import LADDER, publish

DAY_MS = 86_400_000


def test_he_earns_what_the_sale_would_have_earned(storage: Storage) -> None:
    publish(storage, tiers=LADDER)
    lines = (BasketLine(unit_price=60_000, quantity=2, sku="A", discount=100),)
    with_member, without = a_member(storage), a_member(storage, phone="138 0000 0002")
    sold = a_sale(storage, with_member.member_id, basket=a_basket(*lines))
    bare = a_sale(storage, basket=a_basket(*lines))

    attached = an_attachment(storage, bare.sale_id, without.member_id)

    assert (attached.earned, attached.raised_to) == (sold.earned, sold.raised_to) == (1199, "gold")
    assert attached.balance == 1199
    assert rows(storage, "SELECT DISTINCT visits, spend, earned FROM member_total") == [
        (1, 119_900, 1_199)
    ]
    assert rows(storage, "SELECT sales, member_sales, member_amount, earned FROM counter_day") == [
        (2, 2, 239_800, 2_398)
    ]
    assert rows(storage, "SELECT DISTINCT earned FROM sale_line") == [(1_199,)]
    assert verify_home(storage).problems == ()


def test_a_price_of_his_level_is_not_taken_off_what_was_paid(storage: Storage) -> None:
    levels = [{"code": "vip", "from": "0", "discount": "0.10", "multiplier": "2"}]
    publish(storage, tiers={"measure": "net_spend", "window": "lifetime", "levels": levels})
    member_id = a_member(storage).member_id
    sold = a_sale(storage, amount=10_000)

    attached = an_attachment(storage, sold.sale_id, member_id)

    assert (attached.due, attached.earned) == (10_000, 200)


@pytest.mark.parametrize("take", [a_return, a_void, an_undo])
def test_what_is_taken_back_of_it_takes_his_points_too(storage: Storage, take: Any) -> None:
    member_id = a_member(storage).member_id
    sold = a_sale(storage)
    an_attachment(storage, sold.sale_id, member_id)

    take(storage, sold.sale_id)

    assert rows(storage, "SELECT visits, spend, earned FROM member_total") == [(0, 0, 0)]
    assert value(storage, "SELECT sum(abs(balance)) FROM account") in (0, None)
    assert verify_home(storage).problems == ()


def test_a_sale_gets_a_member_once(storage: Storage) -> None:
    member_id = a_member(storage).member_id
    sold = a_sale(storage)
    an_attachment(storage, sold.sale_id, member_id)

    with pytest.raises(SaleHasMember) as refusal:
        an_attachment(storage, sold.sale_id, member_id)
    assert refusal.value.member_id == member_id


def test_a_repeated_command_attaches_once(storage: Storage, manager: Actor) -> None:
    member_id, sale_id = a_member(storage).member_id, a_sale(storage).sale_id
    with storage.begin() as work:
        op = OperationId(work.new_id())
    command = AttachMember(op=op, by=manager, sale_id=sale_id, member_id=member_id)

    with storage.begin() as work:
        first = attach_member(work, command)
    book = the_book(storage)
    with storage.begin() as work:
        assert attach_member(work, command) == first
    assert the_book(storage) == book


def test_only_a_standing_sale_of_today_gets_one(storage: Storage, clock: FixedClock) -> None:
    member_id = a_member(storage).member_id
    undone, returned, old = a_sale(storage), a_sale(storage), a_sale(storage)
    an_undo(storage, undone.sale_id)
    a_return(storage, returned.sale_id, amount=1_000)

    with pytest.raises(AlreadyReversed):
        an_attachment(storage, undone.sale_id, member_id)
    with pytest.raises(SaleHasReturns) as refusal:
        an_attachment(storage, returned.sale_id, member_id)
    assert refusal.value.returned_minor == 1_000
    with pytest.raises(NoSuchSale):
        an_attachment(storage, SaleId(bytes(16)), member_id)
    clock.advance(DAY_MS)
    with pytest.raises(AttachTooLate) as too_late:
        an_attachment(storage, old.sale_id, member_id)
    assert too_late.value.business_day == "2026-11-21"


def test_the_till_receipt_that_is_shown_must_be_the_sales(storage: Storage) -> None:
    member_id = a_member(storage).member_id
    sold = a_sale(storage, till_receipt="T-1")

    with pytest.raises(TillReceiptDiffers):
        an_attachment(storage, sold.sale_id, member_id, till_receipt="T-2")

    assert an_attachment(storage, sold.sale_id, member_id, till_receipt="T-1").earned == 128


def test_the_sale_explains_the_points_that_it_gave_him(storage: Storage) -> None:
    member_id = a_member(storage).member_id
    sold = a_sale(storage)
    attached = an_attachment(storage, sold.sale_id, member_id)

    with storage.reading() as reader:
        detail = sale_detail(reader, sold.sale_id)

    assert detail is not None
    assert (detail.member_id, detail.earned) == (member_id, 128)
    assert detail.explanation == attached.explanation
    assert detail.attached_at is not None


@pytest.mark.parametrize(
    "damage",
    ["UPDATE sale SET earned = earned + 1", "UPDATE sale SET member_id = NULL",
     "DELETE FROM sale_attach", "UPDATE sale_line SET earned = 0"],
)  # fmt: skip
def test_verify_finds_an_attached_member_changed(storage: Storage, damage: str) -> None:
    an_attachment(storage, a_sale(storage).sale_id, a_member(storage).member_id)
    assert verify_home(storage).problems == ()

    with storage.begin() as work:
        work.sql.run(damage)

    assert verify_home(storage).problems
