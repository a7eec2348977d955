"""The fifth golden life: a counter of a head office beyond its leases, and gifts lent by it."""

from dataclasses import replace
from pathlib import Path

import msgspec

from db.domain.clock import BusinessCalendar
from db.domain.holds import GiftPieces, HoldGrantBody, HoldToken
from db.domain.ids import LeaseId, MemberId, OperationId, StaffId, text_of
from db.domain.leases import LeaseToken, LotShare
from db.domain.staff import Actor, Role
from db.services.expiry import settle_debts
from db.services.floor import end_spell
from db.services.gifts import RedeemGift, redeem_gift
from db.services.holds import close_issued_coupon
from db.services.journal import Draft, append
from db.services.leases import LeaseCoverBody, LeaseGrantBody, LeaseReclaimBody, close_lease
from db.services.replication import apply
from db.services.set_up import InitHome, init_home
from db.storage.home import OFFICE
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage, UnitOfWork
from tests.support import makers
from tests.support.coupon_makers import COUPONS, a_coupon
from tests.support.publishing import publish
from tests.support.storage_fixtures import NOW_MS, seeded_chance

KEY = bytes(range(32))
HOUR_MS = 3_600_000
HEAD_OFFICE = Actor(None, Role.HEAD_OFFICE)
SIGNATURE = "ab" * 64
"""Not head office's: golden operations are read, and believed by nobody."""


def live_beyond_leases(path: Path) -> Storage:
    """Live the fifth golden life in a new database and return it, still open."""
    clock = FixedClock(NOW_MS)
    storage = Storage(path, KEY, clock=clock, chance=seeded_chance(2030))
    command = InitHome(branch="南京东路店", counter="01机", calendar=BusinessCalendar())
    with storage.begin() as work:
        manager = init_home(work, command).staff_id
    by = Actor(StaffId(b"c" * 16), Role.CASHIER, manager, Role.MANAGER)
    publish(
        storage,
        coupons=COUPONS,
        redemption={
            "money": {"points_per_step": 100, "value_per_step": "1.00"},
            "gifts": [{"sku": "MUG", "points": 100, "stock": 5}],
        },
        offline={
            "floor": {"per_visit": 5_000, "per_counter": 50_000},
            "spend_fresh": True,
            "forced_reclaim_days": 7,
        },
    )
    member_id = makers.a_member(storage, by=by).member_id
    makers.a_sale(storage, member_id, by=by, amount=100_000)
    with storage.begin() as work:
        work.settings.put("authority", OFFICE)
        work.forget()
        work.operations.acknowledge(work.home.stream_id, upto=work_head(work), durable=0)
        end_spell(work)
    lease_id = _lent(storage, member_id, 200)
    _mugs(storage, 2)
    clock.advance(HOUR_MS)
    makers.a_sale(storage, member_id, by=by, amount=30_000)
    makers.a_redemption(storage, member_id, 600, by=by, floor=True)
    with storage.begin() as work:
        op = OperationId(work.new_id())
        redeem_gift(work, RedeemGift(op=op, by=by, member_id=member_id, sku="MUG", floor=True))
    _coupon(storage, member_id, by)
    _forced(storage, member_id, lease_id)
    return storage


def _coupon(storage: Storage, member_id: MemberId, by: Actor) -> None:
    """Use a coupon by the floor that this counter has given back."""
    code = a_coupon(storage, member_id)
    with storage.begin() as work:
        close_issued_coupon(work, code)
    basket = replace(makers.a_basket(amount=6_000), coupons=(code,))
    makers.a_sale(storage, member_id, by=by, basket=basket, floor=True)


def work_head(work: UnitOfWork) -> int:
    """Return how far the stream has come."""
    head = work.operations.stream(work.home.stream_id)
    assert head is not None, "init opens it"
    return head.sequence


def _decide(storage: Storage, kind: str, body: msgspec.Struct, member_id: MemberId | None) -> None:
    with storage.begin() as work:
        op = OperationId(work.new_id())
        if isinstance(body, HoldGrantBody):
            op = OperationId(body.token.hold_id)
        elif isinstance(body, LeaseGrantBody):
            op = OperationId(body.token.lease_id)
        draft = Draft(op=op, kind=kind, body=body, by=HEAD_OFFICE, member_id=member_id)
        apply(work, append(work, draft), None)


def _lent(storage: Storage, member_id: MemberId, points: int) -> LeaseId:
    with storage.begin() as work:
        lot_id = work.ledger.lots(member_id)[0].lot_id
        lease_id = LeaseId(work.new_id())
        token = LeaseToken(
            g=text_of(lease_id),
            m=text_of(member_id),
            s=text_of(work.home.stream_id),
            n=points,
            until=work.at_ms + 72 * HOUR_MS,
            lots=(LotShare(text_of(lot_id), points),),
            sig=SIGNATURE,
        )
    _decide(storage, "lease_grant", LeaseGrantBody(token=token), member_id)
    return lease_id


def _mugs(storage: Storage, pieces: int) -> None:
    with storage.begin() as work:
        token = HoldToken(
            g=text_of(work.new_id()),
            s=text_of(work.home.stream_id),
            until=work.at_ms + 72 * HOUR_MS,
            gifts=(GiftPieces(sku="MUG", pieces=pieces),),
            sig=SIGNATURE,
        )
    _decide(storage, "hold_grant", HoldGrantBody(token=token), None)


def _forced(storage: Storage, member_id: MemberId, spent: LeaseId) -> None:
    """Take a lease back by force, have more come back of it than it holds, and cover that."""
    forced = _lent(storage, member_id, 50)
    with storage.begin() as work:
        lot = work.leases.left(forced)[0]
    shares = (LotShare(text_of(lot[0]), lot[1]),)
    body = LeaseReclaimBody(lease=text_of(forced), shares=shares, forced=True)
    _decide(storage, "lease_reclaim", body, member_id)
    too_much = (LotShare(text_of(lot[0]), 30),)
    again = LeaseReclaimBody(lease=text_of(spent), shares=too_much)
    _decide(storage, "lease_reclaim", again, member_id)
    _decide(
        storage, "lease_cover", LeaseCoverBody(lease=text_of(spent), shares=too_much), member_id
    )
    with storage.begin() as work:
        close_lease(work, forced, member_id)
    with storage.begin() as work:
        settle_debts(work, member_id, by=HEAD_OFFICE)
