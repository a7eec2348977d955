"""Makers of stored value at a counter: paying in, paying with it, paying out."""

from dataclasses import replace
from typing import Any

from db.domain.ids import MemberId, OperationId
from db.services.sales import Sold
from db.services.stored_value import (
    RefundValue,
    TopUpValue,
    ValueMoved,
    refund_value,
    top_up_value,
)
from db.storage.stored_value import member_purse
from db.storage.unit_of_work import Storage
from tests.support.makers import NOBODY, a_sale

VALUE = {"ladder": [{"pay": "100.00", "bonus": "50.00"}]}
"""Pay ¥100.00 in, get ¥50.00 on top."""


def a_top_up(storage: Storage, member_id: MemberId, pay: int = 10_000, **facts: Any) -> ValueMoved:
    """Pay in ¥100.00, in cash unless `facts` say otherwise."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = TopUpValue(op=op, member_id=member_id, by=NOBODY, pay=pay)
        return top_up_value(work, replace(command, **facts))


def a_value_refund(storage: Storage, member_id: MemberId, **facts: Any) -> ValueMoved:
    """Pay all principal out, in cash unless `facts` say otherwise."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = RefundValue(op=op, member_id=member_id, by=NOBODY, reason="退卡")
        return refund_value(work, replace(command, **facts))


def a_value_sale(
    storage: Storage, member_id: MemberId, amount: int = 6_000, *, value: int | None = None
) -> Sold:
    """Sell for ¥60.00, paid with stored value, or with so much of it and cash."""
    value = amount if value is None else value
    tenders = {"stored_value": value} | ({"cash": amount - value} if amount > value else {})
    return a_sale(storage, member_id, amount=amount, tenders=tenders)


def held(storage: Storage, member_id: MemberId) -> tuple[int, int]:
    """Return a member's principal and bonus today, in 分."""
    with storage.begin() as work:
        purse = member_purse(work.sql, member_id)
        return purse.principal, purse.bonus(work.today)
