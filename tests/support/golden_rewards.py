"""The second golden life: what a member gets and gives beside points, one of each kind.

The first life (`tests.support.golden`) was written before these kinds of operation; its bytes stay
as they are, so this one is lived in a home of its own, under a program that has every rule.
"""

from pathlib import Path
from typing import Any

from db.domain.basket import Basket, BasketLine
from db.domain.clock import BusinessCalendar
from db.domain.ids import MemberId, OperationId
from db.domain.staff import Actor, Role
from db.services.coupons import IssueCoupons, VoidCoupon, issue_coupons, void_coupon
from db.services.events import RecordEvent, record_event
from db.services.expiry import WriteExpiries, write_expiries
from db.services.gifts import (
    MoveStock,
    RedeemGift,
    ReturnGift,
    move_stock,
    redeem_gift,
    return_gift,
)
from db.services.set_up import InitHome, init_home
from db.services.stored_value import RefundValue, TopUpValue, refund_value, top_up_value
from db.services.tags import TagMember, tag_member
from db.services.tier_review import ReviewTiers, review_tiers
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support import makers
from tests.support.publishing import publish
from tests.support.storage_fixtures import NOW_MS, seeded_chance

KEY = bytes(range(32))
SECOND_MS = 1_000
DAY_MS = 86_400_000
RULES: dict[str, Any] = {
    "points": {"expiry": {"kind": "days", "after": 30}},
    "earning": [
        {"id": "spend", "give": {"points": 1, "per_amount": "1.00"}},
        {"id": "hello", "when": {"event": ["signup"]}, "give": {"points": 50}},
        {"id": "survey", "when": {"event": ["survey"]}, "give": [{"points": 20}, {"tag": "heard"}]},
        {"id": "friend", "when": {"first_purchase": True}, "give": {"coupon": "TEN"}},
    ],
    "redemption": {
        "money": {"points_per_step": 100, "value_per_step": "1.00"},
        "gifts": [{"sku": "cup", "points": 100, "stock": 5}],
    },
    "tiers": {
        "measure": "net_spend",
        "window": "rolling_12_months",
        "levels": [
            {"code": "silver", "from": "0"},
            {
                "code": "gold",
                "from": "300.00",
                "discount": "0.05",
                "benefits": [
                    {"kind": "upgrade", "text": {"zh": "升级礼"}, "award": {"points": 30}}
                ],
            },
        ],
        "downgrade": "one_step",
        "grace_days": 0,
    },
    "promotions": [
        {
            "id": "full",
            "lane": "order",
            "give": {"every": {"amount": "100.00", "amount_off": "5.00"}},
        }
    ],
    "coupons": [
        {"code": "TEN", "kind": "amount", "value": "10.00", "valid": {"days_after_issue": 60}}
    ],
    "stored_value": {"ladder": [{"pay": "500.00", "bonus": "50.00"}]},
    "referral": {"referrer": {"points": 40}, "friend": {"points": 10}},
    "debt": {"repay_share": "1/2", "write_off_days": 400},
}


def live_with_rewards(path: Path) -> Storage:
    """Live the second golden life in a new database and return it, still open."""
    clock = FixedClock(NOW_MS)
    storage = Storage(path, KEY, clock=clock, chance=seeded_chance(2027))
    command = InitHome(branch="南京东路店", counter="01机", calendar=BusinessCalendar())
    with storage.begin() as work:
        by = Actor(init_home(work, command).staff_id, Role.MANAGER)
    publish(storage, **RULES)
    _Life(storage, clock, by).whole()
    return storage


class _Life:
    """What happens, a second apart."""

    def __init__(self, storage: Storage, clock: FixedClock, by: Actor) -> None:
        self._storage = storage
        self._clock = clock
        self._by = by

    def whole(self) -> None:
        """Live from the first registration to the review of tiers a year later."""
        self._act(makers.a_shift, by=self._by)
        first = self._act(makers.a_member, by=self._by, name="欧阳娜娜").member_id
        friend = self._act(
            makers.a_member, by=self._by, phone="139 1234 5678", name="é", referrer_id=first
        ).member_id
        self._value(first)
        coupon = self._buy(first, friend)
        self._gifts(first)
        self._serve(record_event, RecordEvent, member_id=first, event="survey")
        self._serve(tag_member, TagMember, member_id=first, tag="vip")
        self._serve(tag_member, TagMember, member_id=first, tag="vip", held=False)
        self._serve(void_coupon, VoidCoupon, code=coupon, reason="发错")
        self._later(first)

    def _value(self, member_id: MemberId) -> None:
        self._serve(top_up_value, TopUpValue, member_id=member_id, pay=50_000)
        self._act(
            makers.a_sale, member_id, by=self._by, amount=5_500,
            tenders={"stored_value": 4_400, "cash": 1_100},
        )  # fmt: skip
        self._serve(
            refund_value, RefundValue, member_id=member_id, reason="顾客要求", amount=10_000
        )

    def _buy(self, first: MemberId, friend: MemberId) -> str:
        """Sell with promotion, coupon, returns and a member who comes later; return a code."""
        issued = self._serve(
            issue_coupons, IssueCoupons, kind="TEN", member_id=first, count=2, reason="周年"
        )
        used, left = (coupon.code for coupon in issued.coupons)
        lines = (
            BasketLine(unit_price=12_000, quantity=3, sku="A1", category="food/snack"),
            BasketLine(unit_price=999, sku="B2", category="toys", discount=99),
        )
        sold = self._act(
            makers.a_sale, first, by=self._by, basket=Basket(lines, coupons=(used,)),
            names=("薯片", "积木"), till_receipt="000124",
        )  # fmt: skip
        self._act(makers.a_return, sold.sale_id, by=self._by, lines=((1, 1),))
        self._act(makers.a_return, sold.sale_id, by=self._by)
        self._act(makers.a_sale, friend, by=self._by, amount=8_000)
        anonymous = self._act(makers.a_sale, by=self._by, amount=6_000, till_receipt="000125")
        self._act(
            makers.an_attachment, anonymous.sale_id, friend, by=self._by, till_receipt="000125"
        )
        undone = self._act(makers.a_sale, friend, by=self._by, amount=40_000)
        self._act(makers.an_undo, undone.sale_id, by=self._by)
        self._act(makers.a_sale, friend, by=self._by, amount=40_000)
        return left

    def _gifts(self, member_id: MemberId) -> None:
        self._act(makers.an_adjustment, member_id, 500, by=self._by)
        self._serve(move_stock, MoveStock, sku="cup", change=3, reason="到货")
        op = self._next_id()
        for service, command in (
            (redeem_gift, RedeemGift(op=op, by=self._by, member_id=member_id, sku="cup")),
            (return_gift, ReturnGift(op=self._next_id(), by=self._by, gift=op, reason="破损")),
        ):
            self._clock.advance(SECOND_MS)
            with self._storage.begin() as work:
                service(work, command)
        self._serve(redeem_gift, RedeemGift, member_id=member_id, sku="cup")

    def _later(self, member_id: MemberId) -> None:
        """Owe points, repay half of them, lose the rest to time, and a level a year later."""
        wrong = self._act(makers.a_sale, member_id, by=self._by, amount=20_000)
        with self._storage.begin() as work:
            held = sum(lot.points for lot in work.ledger.lots(member_id))
        self._act(makers.a_redemption, member_id, held // 100 * 100, by=self._by)
        self._act(makers.a_void, wrong.sale_id, by=self._by)
        self._act(makers.a_sale, member_id, by=self._by, amount=10_000)
        for days in (40, 410):
            self._clock.advance(days * DAY_MS)
            with self._storage.begin() as work:
                write_expiries(work, WriteExpiries(by=self._by))
        self._clock.advance(SECOND_MS)
        with self._storage.begin() as work:
            review_tiers(work, ReviewTiers(by=self._by))

    def _next_id(self) -> OperationId:
        with self._storage.begin() as work:
            return OperationId(work.new_id())

    def _act(self, maker, *arguments, **facts):  # noqa: ANN001, ANN002, ANN003, ANN202  any maker and what it takes
        self._clock.advance(SECOND_MS)
        return maker(self._storage, *arguments, **facts)

    def _serve(self, service, command, **facts):  # noqa: ANN001, ANN003, ANN202  any service and its command
        self._clock.advance(SECOND_MS)
        with self._storage.begin() as work:
            return service(work, command(op=OperationId(work.new_id()), by=self._by, **facts))
