"""Points under a lease outlive their day there; a counter does nothing that is head office's."""

import msgspec
import pytest

from db.domain.gifts import GiftNeedsHeadOffice
from db.domain.ids import MemberId, OperationId, text_of
from db.domain.leases import LeaseToken, LotShare, LotSpend
from db.domain.points import AdjustBody, RedeemBody
from db.domain.redemption_refusals import BeyondLease, InsufficientPoints
from db.domain.sales import AwardFact
from db.domain.staff import Actor, NotPermitted, Role
from db.services.expiry import NotTheAuthority, WriteExpiries, write_expiries
from db.services.journal import Draft, append
from db.services.leases import (
    LeaseGrantBody,
    LeaseReclaimBody,
    apply_lease_grant,
    apply_lease_reclaim,
)
from db.services.points import apply_adjust, apply_redeem
from db.services.tier_review import ReviewTiers, review_tiers
from db.storage.home import OFFICE
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage, UnitOfWork
from tests.support.checkers import value
from tests.support.makers import NOBODY, a_member, a_redemption, a_sale
from tests.support.publishing import publish
from tests.support.reward_makers import GIFTS, a_gift, expiries, points, prove
from tests.support.wish_makers import an_erasure

DAY_MS = 86_400_000
HEAD_OFFICE = Actor(None, Role.HEAD_OFFICE)


def joined(storage: Storage) -> None:
    with storage.begin() as work:
        work.settings.put("authority", OFFICE)
        work.forget()


def written(
    work: UnitOfWork,
    kind: str,
    body: msgspec.Struct,
    *,
    member_id: MemberId,
    tokens: tuple[msgspec.Struct, ...] = (),
    at_ms: int | None = None,
) -> OperationId:
    op = OperationId(work.new_id())
    draft = Draft(
        op=op,
        kind=kind,
        body=body,
        by=HEAD_OFFICE,
        member_id=member_id,
        tokens=tokens,
        at_ms=at_ms,
    )
    operation = append(work, draft)
    appliers = {
        "lease_grant": apply_lease_grant,
        "lease_reclaim": apply_lease_reclaim,
        "redeem": apply_redeem,
        "adjust": apply_adjust,
    }
    appliers[kind](work, operation, None)
    return op


def small_lots(storage: Storage, member_id: MemberId, times: int) -> None:
    day = "2026-11-21"
    for _ in range(times):
        with storage.begin() as work:
            lots = [text_of(work.new_id()) for _ in range(1_200)]
            awards = tuple(
                AwardFact(lot=lot, points=1, available_on=day, expires_on=day) for lot in lots
            )
            body = AdjustBody(points=len(lots), reason="x", awards=awards)
            written(work, "adjust", body, member_id=member_id)


def a_lease(storage: Storage, member_id: MemberId, granted: int) -> LeaseToken:
    with storage.begin() as work:
        (lot,) = work.ledger.lots(member_id)
        token = LeaseToken(
            g=text_of(work.new_id()),
            m=text_of(member_id),
            s=text_of(work.home.stream_id),
            n=granted,
            until=work.at_ms + 3 * DAY_MS,
            lots=(LotShare(text_of(lot.lot_id), granted),),
            sig="00",
        )
        written(work, "lease_grant", LeaseGrantBody(token=token), member_id=member_id)
    return token


def test_a_redemption_made_in_time_and_heard_of_late_is_honoured(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage, points={"expiry": {"kind": "days", "after": 2}})
    member = a_member(storage).member_id
    a_sale(storage, member, amount=10_000)
    token = a_lease(storage, member, 60)
    in_time = clock.at_ms + DAY_MS
    clock.advance(4 * DAY_MS)

    ended = expiries(storage)
    with storage.begin() as work:
        (share,) = token.lots
        spent = RedeemBody(points=50, value=50, spends=(LotSpend(share.lot, token.g, 50),))
        written(work, "redeem", spent, member_id=member, tokens=(token,), at_ms=in_time)
        back = LeaseReclaimBody(lease=token.g, shares=(LotShare(share.lot, 10),))
        written(work, "lease_reclaim", back, member_id=member)
    rest = expiries(storage)

    assert (ended.expired, rest.expired, points(storage, member)) == (40, 10, 0)
    assert value(storage, "SELECT balance FROM account WHERE kind = 'expired'") == 50
    prove(storage)


def test_a_counter_of_a_head_office_writes_no_expiry_and_reviews_nobody(storage: Storage) -> None:
    joined(storage)

    with storage.begin() as work:
        with pytest.raises(NotTheAuthority):
            write_expiries(work, WriteExpiries(by=NOBODY))
        with pytest.raises(NotTheAuthority):
            review_tiers(work, ReviewTiers(by=NOBODY))


def test_a_cashier_writes_no_expiry(storage: Storage) -> None:
    with storage.begin() as work:
        command = WriteExpiries(by=Actor(None, Role.CASHIER))
        with pytest.raises(NotPermitted):
            write_expiries(work, command)


def test_with_a_head_office_only_gifts_without_stock_are_had_and_under_a_lease(
    storage: Storage,
) -> None:
    publish(storage, redemption=GIFTS)
    member = a_member(storage).member_id
    a_sale(storage, member, amount=10_000)
    joined(storage)

    with pytest.raises(GiftNeedsHeadOffice):
        a_gift(storage, member, "CUP")
    with pytest.raises(InsufficientPoints):
        a_gift(storage, member, "PEN")
    a_lease(storage, member, 20)

    assert a_gift(storage, member, "PEN").balance == 95
    prove(storage)


def test_what_ends_of_thousands_of_lots_fits_into_operations(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage)
    member = a_member(storage).member_id
    small_lots(storage, member, 4)
    clock.advance(DAY_MS)

    ended = expiries(storage)

    assert (ended.members, ended.expired, points(storage, member)) == (1, 4_800, 0)
    prove(storage)


def test_points_in_more_lots_than_an_operation_names_are_refused_with_what_fits(
    storage: Storage,
) -> None:
    publish(storage)
    member = a_member(storage).member_id
    small_lots(storage, member, 2)

    with pytest.raises(BeyondLease) as refused:
        a_redemption(storage, member, 1_700)

    assert refused.value.largest == 1_000
    assert a_redemption(storage, member, refused.value.largest).balance == 1_400
    prove(storage)


def test_points_of_somebody_who_was_erased_end_with_the_next_run(storage: Storage) -> None:
    publish(storage)
    erased, other = (
        a_member(storage, phone=phone).member_id for phone in ("13800138001", "13800138002")
    )
    for member_id in (erased, other):
        a_sale(storage, member_id, amount=10_000)
    an_erasure(storage, erased)

    first, again = expiries(storage), expiries(storage)

    assert (first.members, first.expired) == (1, 100)
    assert (again.members, again.expired) == (0, 0)
    assert (points(storage, erased), points(storage, other)) == (0, 100)
    prove(storage)
