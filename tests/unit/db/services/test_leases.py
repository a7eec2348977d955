"""Leases at a counter with a head office: only what was granted here is spent, and it is closed."""

import msgspec
import pytest

from db.domain.ids import MemberId, OperationId, text_of
from db.domain.leases import LeaseToken, LotShare, token_of
from db.domain.operations import Operation
from db.domain.redemption_refusals import BeyondLease
from db.domain.staff import Actor, Role
from db.services.journal import Draft, append
from db.services.leases import (
    LeaseGrantBody,
    LeaseReclaimBody,
    apply_lease_grant,
    apply_lease_reclaim,
    close_expired_leases,
)
from db.storage.home import OFFICE
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage, UnitOfWork
from tests.support.checkers import check_ledger, rows, value
from tests.support.makers import a_member, a_redemption, a_sale, an_adjustment, an_undo

HOUR_MS = 3_600_000
HEAD_OFFICE = Actor(None, Role.HEAD_OFFICE)


@pytest.fixture
def member(storage: Storage) -> MemberId:
    """Return a member with 1,000 points at a counter that has a head office."""
    member_id = a_member(storage).member_id
    a_sale(storage, member_id, amount=100_000)
    with storage.begin() as work:
        work.settings.put("authority", OFFICE)
        work.forget()
    return member_id


def told(work: UnitOfWork, kind: str, body: msgspec.Struct, *, member_id: MemberId) -> Operation:
    draft = Draft(
        op=OperationId(work.new_id()), kind=kind, body=body, by=HEAD_OFFICE, member_id=member_id
    )
    return append(work, draft)


def granted(storage: Storage, member_id: MemberId, points: int, *, hours: int = 72) -> LeaseToken:
    """Let head office grant this counter a lease on the member's one lot."""
    with storage.begin() as work:
        (lot,) = work.ledger.lots(member_id)
        token = LeaseToken(
            g=text_of(work.new_id()),
            m=text_of(member_id),
            s=text_of(work.home.stream_id),
            n=points,
            until=work.at_ms + hours * HOUR_MS,
            lots=(LotShare(text_of(lot.lot_id), points),),
            sig="00",
        )
        operation = told(work, "lease_grant", LeaseGrantBody(token=token), member_id=member_id)
        apply_lease_grant(work, operation, None)
    return token


def test_without_a_lease_nothing_is_redeemed(storage: Storage, member: MemberId) -> None:
    with pytest.raises(BeyondLease) as refusal:
        a_redemption(storage, member, 100)

    assert (refusal.value.spendable, refusal.value.largest) == (0, 0)


def test_a_lease_is_spent_and_no_more_than_it(storage: Storage, member: MemberId) -> None:
    granted(storage, member, 300)

    assert a_redemption(storage, member, 200).balance == 800
    with pytest.raises(BeyondLease) as refusal:
        a_redemption(storage, member, 200)

    assert (refusal.value.spendable, refusal.value.largest) == (100, 100)
    check_ledger(storage)


def test_the_operation_carries_the_token_it_spends(storage: Storage, member: MemberId) -> None:
    token = granted(storage, member, 300)

    sold = a_sale(storage, member, redeem_points=100)

    with storage.begin() as work:
        operation = work.operations.find(sold.sale_id)
    assert operation is not None
    assert [token_of(fields) for fields in operation.envelope.gtok] == [token]


def test_points_of_several_leases_pay_together_the_first_to_run_out_first(
    storage: Storage, member: MemberId
) -> None:
    late = granted(storage, member, 300, hours=72)
    soon = granted(storage, member, 100, hours=1)

    a_redemption(storage, member, 200)

    assert dict(rows(storage, "SELECT lease_id, spent FROM lease")) == {
        soon.lease_id: 100,
        late.lease_id: 100,
    }
    check_ledger(storage)


def test_an_undo_gives_the_points_back_into_the_lease(storage: Storage, member: MemberId) -> None:
    granted(storage, member, 300)
    sold = a_sale(storage, member, redeem_points=200)

    an_undo(storage, sold.sale_id)

    assert rows(storage, "SELECT granted, spent FROM lease") == [(300, 0)]
    assert a_redemption(storage, member, 300).balance == 700
    check_ledger(storage)


def test_an_undo_after_the_lease_was_closed_gives_them_to_the_member(
    storage: Storage, member: MemberId
) -> None:
    token = granted(storage, member, 300)
    sold = a_sale(storage, member, redeem_points=200)
    with storage.begin() as work:
        work.leases.set_state(token.lease_id, "closed")

    an_undo(storage, sold.sale_id)

    assert rows(storage, "SELECT granted, spent FROM lease") == [(300, 200)]
    assert value(storage, "SELECT balance FROM account WHERE kind = 'member'") == 900
    check_ledger(storage)


def test_a_lease_that_ran_out_is_not_spent_and_is_closed_once(
    storage: Storage, member: MemberId, clock: FixedClock
) -> None:
    granted(storage, member, 300, hours=1)
    clock.advance(HOUR_MS)

    with pytest.raises(BeyondLease):
        a_redemption(storage, member, 100)
    with storage.begin() as work:
        assert close_expired_leases(work).count == 1
        assert close_expired_leases(work).count == 0
    assert rows(storage, "SELECT state FROM lease") == [("closed",)]


def test_setting_the_clock_back_does_not_revive_a_lease(
    storage: Storage, member: MemberId, clock: FixedClock
) -> None:
    granted(storage, member, 300, hours=1)
    clock.advance(HOUR_MS)
    a_sale(storage)
    clock.advance(-2 * HOUR_MS)

    with pytest.raises(BeyondLease):
        a_redemption(storage, member, 100)


def test_with_the_clock_set_back_a_lease_that_ran_out_is_passed_over(
    storage: Storage, member: MemberId, clock: FixedClock
) -> None:
    granted(storage, member, 300, hours=1)
    lasting = granted(storage, member, 300, hours=72)
    clock.advance(HOUR_MS)
    a_sale(storage)
    clock.advance(-2 * HOUR_MS)

    a_redemption(storage, member, 100)

    spent = rows(storage, "SELECT lease_id FROM lease WHERE spent > 0")
    assert spent == [(lasting.lease_id,)]


def test_what_is_left_of_a_closed_lease_goes_back_to_the_member(
    storage: Storage, member: MemberId, clock: FixedClock
) -> None:
    token = granted(storage, member, 300, hours=1)
    a_redemption(storage, member, 100)
    clock.advance(HOUR_MS)
    with storage.begin() as work:
        close_expired_leases(work)
        body = LeaseReclaimBody(lease=token.g, shares=(LotShare(token.lots[0].lot, 200),))
        apply_lease_reclaim(work, told(work, "lease_reclaim", body, member_id=member), None)

    assert rows(storage, "SELECT state FROM lease") == [("reclaimed",)]
    assert value(storage, "SELECT remaining FROM lot") == 900
    check_ledger(storage)


def test_points_under_a_lease_are_still_the_members_and_not_to_be_adjusted_away(
    storage: Storage, member: MemberId
) -> None:
    granted(storage, member, 300)

    assert an_adjustment(storage, member, -700).balance == 300
    check_ledger(storage)
