"""Makers of coupons at a counter, and a program that has some of every kind."""

from typing import Any

from db.domain.ids import MemberId, OperationId
from db.domain.staff import Actor
from db.queries.coupon_list import coupon_list
from db.services.coupons import (
    CouponsIssued,
    CouponTaken,
    IssueCoupons,
    VoidCoupon,
    issue_coupons,
    void_coupon,
)
from db.storage.unit_of_work import Storage
from tests.support.makers import NOBODY

COUPONS: list[dict[str, Any]] = [
    {
        "code": "TEN",
        "kind": "amount",
        "value": "10.00",
        "min_spend": "50.00",
        "valid": {"days_after_issue": 30},
    },
    {"code": "ANY", "kind": "percent", "value": "0.10", "transferable": True, "limit_total": 3},
    {"code": "ONE", "kind": "amount", "value": "1.00", "limit_per_member": 1},
]

NAMED_COUPONS: list[dict[str, Any]] = [
    {
        "code": "FIVE",
        "name": {"zh": "五元券", "en": "Five off"},
        "kind": "amount",
        "value": "5.00",
        "valid": {"days_after_issue": 30},
    },
    {
        "code": "TENTH",
        "name": {"zh": "九折券", "en": "A tenth off"},
        "kind": "percent",
        "value": "0.10",
        "transferable": True,
        "valid": {"from": "2020-01-01"},
    },
]
PROMOTIONS: list[dict[str, Any]] = [
    {
        "id": "hello",
        "name": {"zh": "开业优惠", "en": "Opening"},
        "lane": "order",
        "code": "HELLO",
        "give": {"amount_off": "3.00"},
    }
]
"""The same with names, and an offer that asks for a code."""


def some_coupons(
    storage: Storage,
    kind: str = "TEN",
    member_id: MemberId | None = None,
    *,
    by: Actor = NOBODY,
    count: int = 1,
) -> CouponsIssued:
    """Issue coupons of a kind."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = IssueCoupons(op=op, by=by, kind=kind, member_id=member_id, count=count)
        return issue_coupons(work, command)


def a_coupon(
    storage: Storage, member_id: MemberId, kind: str = "TEN", *, by: Actor = NOBODY
) -> str:
    """Issue a coupon to a member; return what is printed on it."""
    return some_coupons(storage, kind, member_id, by=by).coupons[0].code


def a_voided_coupon(
    storage: Storage, code: str, *, by: Actor = NOBODY, reason: str = "发错"
) -> CouponTaken:
    """Take a coupon away."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        return void_coupon(work, VoidCoupon(op=op, by=by, code=code, reason=reason))


def states(storage: Storage) -> dict[str, str]:
    """Return what may be done with every coupon today, by code."""
    with storage.begin() as work:
        return {shown.code: shown.state for shown in coupon_list(work.sql, on=work.today)}
