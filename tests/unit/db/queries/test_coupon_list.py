"""Coupons as people look at them: their state on a day, in the order that is useful."""

from datetime import date

from db.domain.ids import MemberId
from db.queries.coupon_list import coupon_list, coupon_shown, held_coupons
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.coupon_makers import a_coupon, a_voided_coupon, some_coupons
from tests.support.makers import a_basket, a_member, a_sale
from tests.support.publishing import publish

KINDS = [
    {"code": "SOON", "kind": "amount", "value": "1.00", "valid": {"days_after_issue": 3}},
    {
        "code": "LATER",
        "kind": "amount",
        "value": "1.00",
        "valid": {"starts_after_days": 2, "days_after_issue": 9},
    },
    {"code": "EVER", "kind": "amount", "value": "1.00", "transferable": True},
]
DAY = date(2026, 11, 21)


def a_holder(storage: Storage) -> MemberId:
    publish(storage, coupons=KINDS)
    return a_member(storage).member_id


def test_what_is_held_has_the_one_that_ends_first_in_front(
    storage: Storage, clock: FixedClock
) -> None:
    member_id = a_holder(storage)
    ever, later, soon, used = (
        a_coupon(storage, member_id, kind) for kind in ("EVER", "LATER", "SOON", "EVER")
    )
    basket = a_basket()
    a_sale(storage, member_id, basket=type(basket)(lines=basket.lines, coupons=(used,)))
    a_voided_coupon(storage, a_coupon(storage, member_id, "EVER"))

    with storage.reading() as reader:
        held = held_coupons(reader, member_id, on=DAY)
        after = held_coupons(reader, member_id, on=date(2026, 11, 25))

    assert [(coupon.code, coupon.state) for coupon in held] == [
        (soon, "valid"),
        (later, "not_yet"),
        (ever, "valid"),
    ]
    assert [(coupon.code, coupon.state) for coupon in after] == [(later, "valid"), (ever, "valid")]


def test_a_list_is_of_a_member_of_a_kind_or_of_all(storage: Storage) -> None:
    member_id = a_holder(storage)
    mine, hers = a_coupon(storage, member_id, "EVER"), a_coupon(storage, member_id, "SOON")
    anybodys = some_coupons(storage, "EVER").coupons[0].code

    with storage.reading() as reader:
        of_all = coupon_list(reader, on=DAY)
        of_kind = coupon_list(reader, on=DAY, kind="EVER")
        of_both = coupon_list(reader, on=DAY, kind="EVER", member_id=member_id)

    assert {coupon.code for coupon in of_all} == {mine, hers, anybodys}
    assert {coupon.code for coupon in of_kind} == {mine, anybodys}
    assert [coupon.code for coupon in of_both] == [mine]


def test_one_coupon_says_where_it_was_used(storage: Storage) -> None:
    member_id = a_holder(storage)
    code, basket = a_coupon(storage, member_id, "EVER"), a_basket()
    named = type(basket)(lines=basket.lines, coupons=(code,))
    sale_id = a_sale(storage, member_id, basket=named).sale_id

    with storage.reading() as reader:
        shown = coupon_shown(reader, code, on=DAY)
        nothing = coupon_shown(reader, "C", on=DAY)

    assert shown is not None
    assert (shown.state, shown.sale_id, shown.used_value) == ("used", sale_id, 100)
    assert (shown.used_on, shown.issued_on, shown.member_id) == (DAY, DAY, member_id)
    assert nothing is None
