"""Coupons at a counter: issued, used once, given back with what they were used on, proved."""

from typing import Any

import pytest

from db.domain.basket import BasketLine
from db.domain.ids import MemberId, OperationId, StreamId
from db.domain.offers.coupon_refusals import (
    CodeNotApplicable,
    CouponBelowMinSpend,
    CouponElsewhere,
    CouponExpired,
    CouponLimitReached,
    CouponNeedsMember,
    CouponNotHeld,
    CouponOfAnother,
    CouponUnknown,
    CouponUsed,
    CouponVoided,
)
from db.domain.operations import read_operation
from db.domain.reversals import ReasonMissing
from db.domain.staff import Actor, ApprovalNeeded, NotPermitted, Role
from db.services.coupons import IssueCoupons, VoidCoupon, issue_coupons, void_coupon
from db.services.enrollment import start_stream
from db.services.replication import receive
from db.services.sales import Sell, sell
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows, value
from tests.support.coupon_makers import (
    COUPONS,
    a_coupon,
    a_voided_coupon,
    some_coupons,
    states,
)
from tests.support.histories import an_empty_storage
from tests.support.makers import (
    NOBODY,
    a_basket,
    a_member,
    a_return,
    a_sale,
    a_void,
    an_attachment,
    an_undo,
)
from tests.support.programs import SPEND
from tests.support.publishing import publish
from tests.support.storage_fixtures import NOW_MS, MadeHome

DAY_MS = 86_400_000
STEP = {"id": "step", "lane": "order", "give": {"every": {"amount": "50.00", "amount_off": "5.00"}}}
FIRST = {"id": "first", "lane": "item", "code": "HI", "limit_total": 1, "give": {"amount_off": "2"}}
BONUS = {"id": "bonus", "when": {"spend": {"min": "100.00"}}, "give": {"coupon": "TEN"}}
TEA = BasketLine(unit_price=3_000, quantity=2, sku="tea", category="drink")
BREAD = BasketLine(unit_price=400, sku="bread", category="food")


@pytest.fixture
def member_id(storage: Storage) -> MemberId:
    publish(storage, coupons=COUPONS, promotions=[FIRST])
    return a_member(storage).member_id


def using(*names: str, codes: tuple[str, ...] = (), amount: int = 6_000) -> dict[str, Any]:
    basket = a_basket(amount=amount)
    return {
        "basket": type(basket)(lines=basket.lines, coupons=names, codes=codes),
    }


def proved(storage: Storage) -> list[str]:
    return [problem.name for problem in verify_home(storage).problems]


def test_a_coupon_takes_its_value_off_and_is_used_once(
    storage: Storage, member_id: MemberId
) -> None:
    code = a_coupon(storage, member_id)

    sold = a_sale(storage, member_id, **using(code))

    assert (sold.due, sold.earned) == (5_000, 50)
    assert states(storage) == {code: "used"}
    with pytest.raises(CouponUsed):
        a_sale(storage, member_id, **using(code))
    with pytest.raises(CouponNotHeld):
        a_sale(storage, member_id, **using("TEN"))
    assert proved(storage) == []


def test_a_sale_that_comes_twice_uses_a_coupon_once(storage: Storage, member_id: MemberId) -> None:
    code = a_coupon(storage, member_id)
    with storage.begin() as work:
        command = Sell(op=OperationId(work.new_id()), by=NOBODY, member_id=member_id, **using(code))
        first = sell(work, command)
    with storage.begin() as work:
        assert sell(work, command).due == first.due

    assert value(storage, "SELECT count(*) FROM coupon_use") == 1


def test_coupons_that_come_twice_are_issued_once(storage: Storage, member_id: MemberId) -> None:
    with storage.begin() as work:
        command = IssueCoupons(
            op=OperationId(work.new_id()), by=NOBODY, kind="TEN", member_id=member_id, count=3
        )
        first = issue_coupons(work, command)
    with storage.begin() as work:
        assert issue_coupons(work, command) == first

    assert value(storage, "SELECT count(*) FROM coupon") == 3
    assert len({coupon.code for coupon in first.coupons}) == 3


def test_a_refused_sale_uses_nothing(storage: Storage, member_id: MemberId) -> None:
    code = a_coupon(storage, member_id)

    with pytest.raises(CouponBelowMinSpend):
        a_sale(storage, member_id, **using(code, amount=4_999))

    assert states(storage) == {code: "valid"}


@pytest.mark.parametrize("reverse", [an_undo, a_void, a_return])
def test_a_coupon_comes_back_with_its_sale(
    storage: Storage, member_id: MemberId, reverse: Any
) -> None:
    code = a_coupon(storage, member_id)
    sale_id = a_sale(storage, member_id, **using(code, codes=("HI",))).sale_id

    reverse(storage, sale_id)

    assert states(storage) == {code: "valid"}
    counted = "SELECT uses FROM offer_count WHERE source <> 'issued'"
    assert rows(storage, counted) == [(0,)] * 4
    assert a_sale(storage, member_id, **using(code, codes=("HI",))).due == 4_800
    assert proved(storage) == []


def test_a_part_of_a_sale_gives_a_coupon_back_only_with_all_it_was_used_on(
    storage: Storage, member_id: MemberId
) -> None:
    drinks = [{"code": "D", "kind": "amount", "value": "5.00", "when": {"category": ["drink"]}}]
    publish(storage, coupons=drinks)
    code = a_coupon(storage, member_id, "D")
    basket = a_basket(TEA, BREAD)
    named = type(basket)(lines=basket.lines, coupons=(code,))
    sale_id = a_sale(storage, member_id, basket=named).sale_id

    a_return(storage, sale_id, lines=((1, 1),))
    assert states(storage) == {code: "used"}
    a_return(storage, sale_id, lines=((2, 1),))
    assert states(storage) == {code: "used"}
    a_return(storage, sale_id, lines=((1, 1),))

    assert states(storage) == {code: "valid"}
    assert proved(storage) == []


def test_promotions_count_until_nothing_of_their_sale_is_left(
    storage: Storage, member_id: MemberId
) -> None:
    drinks = {"code": "D", "kind": "amount", "value": "5.00", "when": {"category": ["drink"]}}
    publish(storage, coupons=[drinks], promotions=[FIRST])
    code = a_coupon(storage, member_id, "D")
    basket = a_basket(TEA, BREAD)
    named = type(basket)(lines=basket.lines, coupons=(code,), codes=("HI",))
    sale_id = a_sale(storage, member_id, basket=named).sale_id
    counted = "SELECT uses FROM offer_count WHERE source = 'promotion' AND owner = x''"

    a_return(storage, sale_id, lines=((1, 2),))
    assert (states(storage), rows(storage, counted)) == ({code: "valid"}, [(1,)])
    a_return(storage, sale_id)

    assert rows(storage, counted) == [(0,)]
    assert proved(storage) == []


def test_a_coupon_that_is_voided_twice_by_one_act_is_void_once(
    storage: Storage, member_id: MemberId
) -> None:
    code = a_coupon(storage, member_id)
    with storage.begin() as work:
        command = VoidCoupon(op=OperationId(work.new_id()), by=NOBODY, code=code, reason="发错")
        first = void_coupon(work, command)
    with storage.begin() as work:
        assert void_coupon(work, command) == first
    assert value(storage, "SELECT count(*) FROM operation WHERE kind = 'coupon_void'") == 1


def test_a_rule_issues_a_coupon_and_its_sale_takes_it_back(
    storage: Storage, member_id: MemberId
) -> None:
    publish(storage, coupons=COUPONS, earning=[SPEND, BONUS])

    sold = a_sale(storage, member_id)

    (issued,) = sold.issued
    assert (issued.kind, issued.valid_from, issued.valid_to) == ("TEN", None, "2026-12-21")
    assert states(storage) == {issued.code: "valid"}
    an_undo(storage, sold.sale_id)
    assert states(storage) == {issued.code: "void"}
    assert proved(storage) == []


def test_an_issued_coupon_that_was_used_stays_used_when_its_sale_is_taken_back(
    storage: Storage, member_id: MemberId
) -> None:
    publish(storage, coupons=COUPONS, earning=[SPEND, BONUS])
    sold = a_sale(storage, member_id)
    a_sale(storage, member_id, **using(sold.issued[0].code))

    a_void(storage, sold.sale_id)

    assert states(storage) == {sold.issued[0].code: "used"}
    assert proved(storage) == []


def test_a_member_attached_afterwards_gets_the_coupon_too(
    storage: Storage, member_id: MemberId
) -> None:
    publish(storage, coupons=COUPONS, earning=[SPEND, BONUS])
    sale_id = a_sale(storage).sale_id
    assert states(storage) == {}

    an_attachment(storage, sale_id, member_id)

    assert list(states(storage).values()) == ["valid"]
    a_void(storage, sale_id)
    assert list(states(storage).values()) == ["void"]
    assert proved(storage) == []


def test_days_are_counted_from_the_issue(
    storage: Storage, member_id: MemberId, clock: FixedClock
) -> None:
    code = a_coupon(storage, member_id)
    clock.advance(30 * DAY_MS)
    assert states(storage) == {code: "valid"}
    clock.advance(DAY_MS)
    assert states(storage) == {code: "expired"}


def test_promotions_are_written_down_and_counted(storage: Storage, member_id: MemberId) -> None:
    publish(storage, promotions=[STEP, FIRST])

    sold = a_sale(storage, member_id, **using(codes=("HI",), amount=12_000))

    # 120 − 2 = 118, of which two full 50.00
    assert sold.due == 10_800
    uses = "SELECT promotion, value FROM promotion_use ORDER BY promotion"
    assert rows(storage, uses) == [("first", 200), ("step", 1_000)]
    with pytest.raises(CodeNotApplicable) as refused:
        a_sale(storage, **using(codes=("HI",)))
    assert (refused.value.why, refused.value.needed) == ("limit_total", "1")
    assert proved(storage) == []


def test_limits_count_what_is_out(storage: Storage, member_id: MemberId) -> None:
    a_coupon(storage, member_id, "ONE")
    with pytest.raises(CouponLimitReached) as refused:
        a_coupon(storage, member_id, "ONE")
    assert refused.value.details == {"coupon": "ONE", "of": "member", "limit": 1, "used": 1}
    a_sale(storage, member_id, **using("ONE"))
    with pytest.raises(CouponLimitReached):
        a_coupon(storage, member_id, "ONE")
    some_coupons(storage, "ANY", count=2)
    with pytest.raises(CouponLimitReached) as refused:
        some_coupons(storage, "ANY", count=2)
    assert refused.value.details == {"coupon": "ANY", "of": "all", "limit": 3, "used": 2}


def test_a_coupon_whose_last_day_is_over_is_not_issued(
    storage: Storage, member_id: MemberId
) -> None:
    over = {"code": "OVER", "kind": "amount", "value": "1.00", "valid": {"to": "2020-01-01"}}
    publish(storage, coupons=[over])

    with pytest.raises(CouponExpired) as refused:
        a_coupon(storage, member_id, "OVER")

    assert refused.value.details == {"coupon": "OVER", "valid_to": "2020-01-01"}
    assert states(storage) == {}


def test_a_coupon_of_nobody_is_good_for_anybody_and_a_members_for_him(
    storage: Storage, member_id: MemberId
) -> None:
    other = a_member(storage, phone="139 1234 5678").member_id
    mine = a_coupon(storage, member_id)
    anybodys = some_coupons(storage, "ANY").coupons[0].code

    with pytest.raises(CouponOfAnother):
        a_sale(storage, other, **using(mine))
    with pytest.raises(CouponOfAnother):
        a_sale(storage, **using(mine))
    assert a_sale(storage, **using(anybodys)).due == 5_400
    with pytest.raises(CouponNeedsMember):
        some_coupons(storage, "TEN")
    with pytest.raises(CouponUnknown):
        some_coupons(storage, "NONE", member_id)


def test_a_voided_coupon_is_good_no_more(storage: Storage, member_id: MemberId) -> None:
    code, used = a_coupon(storage, member_id), a_coupon(storage, member_id)
    a_sale(storage, member_id, **using(used))

    assert a_voided_coupon(storage, code).member_id == member_id

    with pytest.raises(CouponVoided):
        a_sale(storage, member_id, **using(code))
    with pytest.raises(CouponVoided):
        a_voided_coupon(storage, code)
    with pytest.raises(CouponUsed):
        a_voided_coupon(storage, used)
    with pytest.raises(CouponUnknown):
        a_voided_coupon(storage, "C00000000000")
    with pytest.raises(ReasonMissing):
        a_voided_coupon(storage, code, reason=" ")
    assert proved(storage) == []


def test_managers_issue_and_shift_leads_with_approval(
    storage: Storage, member_id: MemberId
) -> None:
    with pytest.raises(NotPermitted):
        some_coupons(storage, "TEN", member_id, by=Actor(None, Role.CASHIER))
    with pytest.raises(ApprovalNeeded):
        some_coupons(storage, "TEN", member_id, by=Actor(None, Role.SHIFT_LEAD))
    with pytest.raises(NotPermitted):
        a_voided_coupon(storage, "C", by=Actor(None, Role.CASHIER))


def test_a_counter_of_a_head_office_uses_only_what_it_issued(
    storage: Storage, member_id: MemberId
) -> None:
    elsewhere = a_coupon(storage, member_id)
    with storage.begin() as work:
        work.settings.put("authority", "office")
        work.forget()
        start_stream(work, StreamId(b"\x05" * 16))
    here = a_coupon(storage, member_id)

    with pytest.raises(CouponElsewhere):
        a_sale(storage, member_id, **using(elsewhere))
    sold = a_sale(storage, member_id, **using("TEN"))

    assert sold.due == 5_000
    assert states(storage) == {here: "used", elsewhere: "valid"}


TABLES = (
    "SELECT * FROM coupon ORDER BY code",
    "SELECT * FROM coupon_use ORDER BY sale_id, code",
    "SELECT * FROM promotion_use ORDER BY sale_id, promotion",
    "SELECT * FROM offer_count ORDER BY source, name, owner",
)


def test_another_replica_comes_to_the_same_whatever_comes_first(
    storage: Storage, member_id: MemberId, made_home: MadeHome
) -> None:
    publish(storage, coupons=COUPONS, promotions=[FIRST], earning=[SPEND, BONUS])
    code = a_coupon(storage, member_id)
    a_sale(storage, member_id, **using(code, codes=("HI",)))
    back = a_sale(storage, member_id)
    an_undo(storage, back.sale_id)
    some_coupons(storage, "ANY", count=2)
    a_voided_coupon(storage, a_coupon(storage, member_id))
    raws = rows(storage, "SELECT raw FROM operation ORDER BY hlc")
    in_order = [read_operation(raw) for (raw,) in raws]
    issue = next(each for each in in_order if each.envelope.t == "coupon_issue")
    issued_last = [each for each in in_order if each is not issue] + [issue]

    for told in (in_order, issued_last):
        with an_empty_storage(made_home) as (heard, _):
            with heard.begin() as work:
                for operation in told:
                    assert receive(work, operation, None, received_at=NOW_MS) == "applied"
            kept = [rows(heard, sql) for sql in TABLES]
        assert kept == [rows(storage, sql) for sql in TABLES]
