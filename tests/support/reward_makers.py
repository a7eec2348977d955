"""Makers of rewards beyond the sale: events, gifts, tags, reviews, by the real services."""

from dataclasses import replace
from typing import Any

from db.domain.ids import MemberId, OperationId
from db.services.events import EventRecorded, RecordEvent, record_event
from db.services.expiry import ExpiriesWritten, WriteExpiries, write_expiries
from db.services.gifts import (
    GiftRedeemed,
    GiftStock,
    MoveStock,
    RedeemGift,
    ReturnGift,
    move_stock,
    redeem_gift,
    return_gift,
)
from db.services.tier_review import ReviewTiers, review_tiers
from db.services.verify.book import verify_home
from db.storage.rewards import tags_of
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, value
from tests.support.makers import NOBODY

SPEND = {"id": "spend", "give": {"points": 1, "per_amount": "1.00"}}
GIFTS = {
    "money": {"points_per_step": 100, "value_per_step": "1.00"},
    "gifts": [{"sku": "CUP", "points": 50, "stock": 2}, {"sku": "PEN", "points": 5}],
}
TIERS = {
    "measure": "net_spend",
    "window": "calendar_year",
    "levels": [
        {"code": "basic"},
        {
            "code": "gold",
            "from": "100.00",
            "benefits": [{"kind": "upgrade", "award": {"points": 30}}],
        },
    ],
    "downgrade": "to_measure",
    "grace_days": 10,
}


def on(event: str, give: Any) -> dict[str, Any]:
    """Return a rule that gives on an event."""
    return {"id": event, "when": {"event": [event]}, "give": give}


def an_event(storage: Storage, member_id: MemberId, event: str, **facts: Any) -> EventRecorded:
    """Report that an event happened to a member."""
    with storage.begin() as work:
        command = RecordEvent(
            op=OperationId(work.new_id()), by=NOBODY, member_id=member_id, event=event
        )
        return record_event(work, replace(command, **facts))


def a_gift(storage: Storage, member_id: MemberId, sku: str = "CUP", **facts: Any) -> GiftRedeemed:
    """Give a gift for points."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = RedeemGift(op=op, by=NOBODY, member_id=member_id, sku=sku)
        return redeem_gift(work, replace(command, **facts))


def a_gift_return(storage: Storage, **facts: Any) -> GiftRedeemed:
    """Take the gift back that was given first."""
    gift = OperationId(value(storage, "SELECT op FROM reward_entry WHERE kind = 'gift_redeem'"))
    with storage.begin() as work:
        command = ReturnGift(op=OperationId(work.new_id()), by=NOBODY, gift=gift, reason="broken")
        return return_gift(work, replace(command, **facts))


def stock(storage: Storage, sku: str, change: int) -> GiftStock:
    """Count pieces of a gift in or out."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        command = MoveStock(op=op, by=NOBODY, sku=sku, change=change, reason="delivery")
        return move_stock(work, command)


def expiries(storage: Storage) -> ExpiriesWritten:
    """Settle debts and write what ended."""
    with storage.begin() as work:
        return write_expiries(work, WriteExpiries(by=NOBODY))


def review(storage: Storage) -> list[tuple[str, str]]:
    """Review tiers; return (before, after) of who changed."""
    with storage.begin() as work:
        reviewed = review_tiers(work, ReviewTiers(by=NOBODY))
    return [(change.before, change.after) for change in reviewed.changes]


def tags(storage: Storage, member_id: MemberId) -> tuple[str, ...]:
    """Return the tags of a member."""
    with storage.reading() as reader:
        return tags_of(reader, member_id)


def points(storage: Storage, member_id: MemberId) -> int:
    """Return the sum of what a member's lots hold and owe."""
    sums = "SELECT coalesce(sum(remaining), 0) FROM lot WHERE member_id = ?"
    with storage.reading() as reader:
        return int(reader.value(sums, (member_id,)))


def prove(storage: Storage) -> None:
    """Assert that the ledger balances and that `verify` finds nothing."""
    check_ledger(storage)
    assert verify_home(storage).problems == ()
