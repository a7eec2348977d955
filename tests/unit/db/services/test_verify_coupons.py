"""Coupons proved: `verify` finds every row that does not follow from the operations."""

import pytest

from db.domain.basket import Basket
from db.domain.ids import MemberId
from db.services.verify.book import verify_home
from db.storage.unit_of_work import Storage
from tests.support.coupon_makers import COUPONS, a_coupon, a_voided_coupon
from tests.support.makers import a_basket, a_member, a_sale, an_undo
from tests.support.publishing import publish

USED_AGAIN = """
INSERT INTO coupon_use
SELECT x'01', code, kind, member_id, value, business_day, NULL FROM coupon_use
"""
A_ROW_MORE = """
INSERT INTO coupon
SELECT 'X', kind, member_id, op, counter_id, issued_at, issued_on, NULL, NULL, NULL
FROM coupon LIMIT 1
"""
PROMOTION = {"id": "hi", "lane": "item", "code": "HI", "give": {"amount_off": "2.00"}}


@pytest.fixture
def member_id(storage: Storage) -> MemberId:
    publish(storage, coupons=COUPONS, promotions=[PROMOTION])
    return a_member(storage).member_id


def using(code: str) -> dict[str, Basket]:
    lines = a_basket(amount=6_000).lines
    return {"basket": Basket(lines=lines, coupons=(code,), codes=("HI",))}


def proved(storage: Storage) -> list[str]:
    return [problem.name for problem in verify_home(storage).problems]


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("UPDATE coupon SET kind = 'ANY'", "coupons_differ"),
        ("UPDATE coupon SET voided_by = x'00'", "coupon_voided_by_nothing"),
        ("UPDATE coupon_use SET value = value + 1", "offer_uses_differ"),
        ("UPDATE promotion_use SET promotion = 'x'", "offer_uses_differ"),
        ("UPDATE offer_count SET uses = uses + 1", "offer_count_differs"),
        ("UPDATE promotion_use SET given_back_by = x'00'", "promotion_given_back_by_nothing"),
        ("DELETE FROM coupon_use", "rows_differ"),
        (A_ROW_MORE, "rows_differ"),
    ],
)
def test_verify_finds_what_was_altered(
    storage: Storage, member_id: MemberId, damage: str, name: str
) -> None:
    code = a_coupon(storage, member_id)
    a_sale(storage, member_id, **using(code))
    assert proved(storage) == []

    with storage.begin() as work:
        work.sql.run(damage)

    assert name in proved(storage)


def test_verify_finds_a_coupon_that_stands_twice_or_was_not_given_back(
    storage: Storage, member_id: MemberId
) -> None:
    code = a_coupon(storage, member_id)
    sale_id = a_sale(storage, member_id, **using(code)).sale_id
    with storage.begin() as work:
        work.sql.run(USED_AGAIN)
    assert "coupon_used_twice" in proved(storage)
    with storage.begin() as work:
        work.sql.run("DELETE FROM coupon_use WHERE sale_id = x'01'")
    an_undo(storage, sale_id)
    a_voided_coupon(storage, code)
    with storage.begin() as work:
        work.sql.run("UPDATE coupon_use SET given_back_by = NULL")
        work.sql.run("UPDATE coupon SET voided_by = NULL")
    assert {"coupons_restored_differ", "coupon_not_void"} <= set(proved(storage))
