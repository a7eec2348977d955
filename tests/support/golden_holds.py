"""The fourth golden life: a counter of a head office that holds coupons and stored value."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from db.domain.clock import BusinessCalendar
from db.domain.holds import HoldGrantBody, HoldToken
from db.domain.ids import MemberId, OperationId, text_of
from db.domain.offers.coupon_facts import CouponFact
from db.domain.staff import Actor, Role
from db.services.holds import apply_hold_grant, close_hold, close_intake, close_issued_coupon
from db.services.journal import Draft, append
from db.services.set_up import InitHome, init_home
from db.storage.home import OFFICE
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support import makers
from tests.support.coupon_makers import COUPONS, some_coupons
from tests.support.publishing import publish
from tests.support.storage_fixtures import NOW_MS, seeded_chance
from tests.support.value_makers import VALUE, a_top_up, a_value_sale

KEY = bytes(range(32))
HOUR_MS = 3_600_000
SIGNATURE = "ab" * 64
"""Not head office's: golden operations are read, and believed by nobody."""


def live_with_holds(path: Path) -> Storage:
    """Live the fourth golden life in a new database and return it, still open."""
    clock = FixedClock(NOW_MS)
    storage = Storage(path, KEY, clock=clock, chance=seeded_chance(2029))
    command = InitHome(branch="南京东路店", counter="01机", calendar=BusinessCalendar())
    with storage.begin() as work:
        by = Actor(init_home(work, command).staff_id, Role.MANAGER)
    publish(storage, coupons=COUPONS, stored_value=VALUE)
    member_id = makers.a_member(storage, by=by).member_id
    with storage.begin() as work:
        work.settings.put("authority", OFFICE)
        work.forget()
    own = some_coupons(storage, "TEN", member_id, by=by).coupons[0]
    a_top_up(storage, member_id, by=by)
    lent = CouponFact(code="ABCDEFGHJKMN", kind="TEN", valid_from="2026-01-01", valid_to=None)
    coupons = _granted(storage, member_id, coupons=(lent,))
    value = _granted(storage, member_id, principal=700)
    basket = makers.a_basket(amount=6_000)
    makers.a_sale(
        storage,
        member_id,
        by=by,
        basket=replace(basket, coupons=(lent.code,)),
        tenders={"cash": 5_000},
    )
    a_value_sale(storage, member_id, 6_000)
    with storage.begin() as work:
        assert close_hold(work, coupons)
        assert close_hold(work, value)
        assert close_issued_coupon(work, own.code)
        assert close_intake(work, work.home.stream_id, member_id)
    return storage


def _granted(storage: Storage, member_id: MemberId, **what: Any) -> bytes:
    """Grant a hold to this very stream, as head office does; return its id."""
    with storage.begin() as work:
        hold_id = work.new_id()
        token = HoldToken(
            g=text_of(hold_id),
            s=text_of(work.home.stream_id),
            until=work.at_ms + 72 * HOUR_MS,
            m=text_of(member_id),
            sig=SIGNATURE,
            **what,
        )
        draft = Draft(
            op=OperationId(hold_id),
            kind="hold_grant",
            body=HoldGrantBody(token=token),
            by=Actor(None, Role.HEAD_OFFICE),
            member_id=member_id,
        )
        apply_hold_grant(work, append(work, draft), None)
    return hold_id
