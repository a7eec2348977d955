"""Stored value at a counter: one act, one operation, and balances that follow from them."""

from typing import Any

import pytest

from db.domain.ids import CounterId, MemberId, OperationId, StreamId
from db.domain.operations import read_operation
from db.domain.refusals import Refusal
from db.domain.reversals import ReasonMissing
from db.domain.staff import Actor, ApprovalNeeded, Role
from db.domain.stored_value.refusals import (
    InsufficientStoredValue,
    NoSuchTopUp,
    OverMaxBalance,
    StoredValueElsewhere,
    StoredValueNotOffered,
    TopUpSpent,
)
from db.services.imports import BatchNotRevertible, RevertBatch, open_batch, revert_batch
from db.services.replication import receive
from db.services.sale_facts import TendersDoNotMatch
from db.services.stored_value import TopUpValue, top_up_value
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows, value
from tests.support.histories import an_empty_storage
from tests.support.makers import NOBODY, a_member, a_return, a_sale, a_void, an_undo
from tests.support.publishing import publish
from tests.support.storage_fixtures import NOW_MS, MadeHome
from tests.support.value_makers import (
    VALUE,
    a_top_up,
    a_value_refund,
    a_value_sale,
    held,
)

DAY_MS = 86_400_000
CASHIER = Actor(None, Role.CASHIER)


@pytest.fixture
def member_id(storage: Storage) -> MemberId:
    publish(storage, stored_value=VALUE)
    return a_member(storage).member_id


def test_a_top_up_adds_principal_and_the_ladders_bonus(
    storage: Storage, member_id: MemberId
) -> None:
    moved = a_top_up(storage, member_id)

    assert (moved.paid, moved.bonus) == (10_000, 5_000)
    assert (moved.principal_after, moved.bonus_after) == (10_000, 5_000)
    assert held(storage, member_id) == (10_000, 5_000)


def test_a_top_up_that_comes_twice_is_one(storage: Storage, member_id: MemberId) -> None:
    with storage.begin() as work:
        command = TopUpValue(
            op=OperationId(work.new_id()), member_id=member_id, by=NOBODY, pay=10_000
        )
        first = top_up_value(work, command)
    with storage.begin() as work:
        assert top_up_value(work, command) == first

    assert held(storage, member_id) == (10_000, 5_000)


def test_a_sale_takes_both_purses_and_bonus_earns_nothing(
    storage: Storage, member_id: MemberId
) -> None:
    a_top_up(storage, member_id)

    sold = a_value_sale(storage, member_id, 6_000)

    assert held(storage, member_id) == (6_000, 3_000)
    assert (sold.due, sold.earned) == (6_000, 40)
    assert value(storage, "SELECT spend FROM member_total") == 6_000


@pytest.mark.parametrize("reverse", [an_undo, a_void])
def test_taking_a_sale_back_restores_both_purses(
    storage: Storage, member_id: MemberId, reverse: Any
) -> None:
    a_top_up(storage, member_id)
    sold = a_value_sale(storage, member_id, 6_000, value=4_500)

    reverse(storage, sold.sale_id)

    assert held(storage, member_id) == (10_000, 5_000)
    assert rows(storage, "SELECT sum(balance) FROM value_account GROUP BY purse") == [(0,), (0,)]


def test_bonus_that_ran_out_comes_back_for_thirty_days(storage: Storage, clock: FixedClock) -> None:
    publish(storage, stored_value=VALUE | {"bonus_expiry": {"kind": "days", "after": 1}})
    member = a_member(storage).member_id
    a_top_up(storage, member)
    sold = a_value_sale(storage, member, 15_000)
    clock.advance(2 * DAY_MS)

    a_void(storage, sold.sale_id)

    assert held(storage, member) == (10_000, 5_000)
    clock.advance(30 * DAY_MS)
    assert held(storage, member) == (10_000, 5_000)
    clock.advance(DAY_MS)
    assert held(storage, member) == (10_000, 0)


def test_a_refund_pays_principal_out_and_the_bonus_is_void(
    storage: Storage, member_id: MemberId
) -> None:
    a_top_up(storage, member_id)
    a_value_sale(storage, member_id, 3_000)

    refunded = a_value_refund(storage, member_id)

    assert (refunded.paid, refunded.bonus) == (-8_000, -4_000)
    assert held(storage, member_id) == (0, 0)


def test_only_a_manager_pays_out_alone(storage: Storage, member_id: MemberId) -> None:
    a_top_up(storage, member_id, by=CASHIER)

    with pytest.raises(ApprovalNeeded):
        a_value_refund(storage, member_id, by=CASHIER)

    assert held(storage, member_id) == (10_000, 5_000)


def test_what_is_refused_changes_nothing(storage: Storage, member_id: MemberId) -> None:
    publish(storage, stored_value=VALUE | {"max_balance": "150.00"})
    a_top_up(storage, member_id)

    with pytest.raises(OverMaxBalance):
        a_top_up(storage, member_id, 1)
    with pytest.raises(InsufficientStoredValue):
        a_value_sale(storage, member_id, 15_001)
    with pytest.raises(TendersDoNotMatch):
        a_sale(storage, member_id, amount=1_000, tenders={"stored_value": 1_001})

    assert held(storage, member_id) == (10_000, 5_000)
    assert value(storage, "SELECT count(*) FROM sale") == 0


def test_what_a_member_has_pays_though_the_program_keeps_no_stored_value_any_more(
    storage: Storage, member_id: MemberId
) -> None:
    a_top_up(storage, member_id)
    publish(storage)

    a_value_sale(storage, member_id, 15_000)

    with pytest.raises(StoredValueNotOffered):
        a_value_sale(storage, member_id, 1)
    with pytest.raises(StoredValueNotOffered):
        a_top_up(storage, member_id)


def test_a_customer_without_membership_has_no_stored_value(storage: Storage) -> None:
    with pytest.raises(Refusal) as refused:
        a_sale(storage, None, amount=100, tenders={"stored_value": 100})

    assert refused.value.code == "member_required"


def of_an_office(storage: Storage, counter: bytes, stream: bytes) -> None:
    """Let this file be another counter of a head office, with a stream of its own."""
    with storage.begin() as work:
        branch_id = work.home.branch_id
        work.branches.put_counter(CounterId(counter), branch_id, counter.hex(), number_block=None)
        work.operations.open_stream(StreamId(stream), CounterId(counter), epoch=2)
        work.settings.put("authority", "office")
        work.settings.put("counter_id", counter.hex())
        work.settings.put("stream_id", stream.hex())
        work.forget()


def test_a_counter_of_an_office_spends_only_what_was_paid_in_here(
    storage: Storage, member_id: MemberId
) -> None:
    setting = "SELECT value FROM setting WHERE name = ?"
    here, stream = (value(storage, setting, name) for name in ("counter_id", "stream_id"))
    a_top_up(storage, member_id)
    of_an_office(storage, b"\x02" * 16, b"\x03" * 16)
    a_top_up(storage, member_id, 5_000)

    with pytest.raises(StoredValueElsewhere) as refused:
        a_value_sale(storage, member_id, 5_001)
    with pytest.raises(StoredValueElsewhere):
        a_value_refund(storage, member_id)
    a_value_sale(storage, member_id, 5_000)
    of_an_office(storage, bytes.fromhex(here), bytes.fromhex(stream))
    a_value_sale(storage, member_id, 6_000)
    a_value_refund(storage, member_id)

    assert refused.value.details == {
        "requested_minor": 5_001,
        "largest_minor": 5_000,
        "balance_minor": 20_000,
    }
    assert held(storage, member_id) == (0, 0)


def test_an_imported_member_who_paid_in_is_not_taken_back(storage: Storage) -> None:
    publish(storage, stored_value=VALUE)
    with storage.begin() as work:
        batch_id = open_batch(work, kind="members", source="list", by=NOBODY)
    imported = a_member(storage, batch_id=batch_id).member_id
    a_top_up(storage, imported)

    with storage.begin() as work:
        command = RevertBatch(op=OperationId(work.new_id()), batch_id=batch_id, by=NOBODY)
        with pytest.raises(BatchNotRevertible) as refused:
            revert_batch(work, command)

    assert refused.value.reason == "members_active"


def test_a_mistaken_top_up_is_taken_back_with_its_own_bonus_only(
    storage: Storage, member_id: MemberId
) -> None:
    a_top_up(storage, member_id)
    with storage.begin() as work:
        wrong = OperationId(work.new_id())
    a_top_up(storage, member_id, 50_000, op=wrong)

    moved = a_value_refund(storage, member_id, top_up=wrong)

    assert (moved.paid, moved.bonus) == (-50_000, -5_000)
    assert held(storage, member_id) == (10_000, 5_000)
    with pytest.raises(NoSuchTopUp):
        a_value_refund(storage, member_id, top_up=wrong)
    assert verify_home(storage).problems == ()


def test_a_top_up_that_was_spent_or_is_another_members_is_not_taken_back(
    storage: Storage, member_id: MemberId
) -> None:
    other = a_member(storage, phone="139 0000 1111").member_id
    with storage.begin() as work:
        op = OperationId(work.new_id())
    a_top_up(storage, member_id, op=op)
    a_value_sale(storage, member_id, 3_000)

    with pytest.raises(TopUpSpent) as spent:
        a_value_refund(storage, member_id, top_up=op)
    with pytest.raises(NoSuchTopUp):
        a_value_refund(storage, other, top_up=op)

    assert spent.value.details == {
        "pay_minor": 10_000,
        "principal_minor": 8_000,
        "bonus_minor": 5_000,
        "bonus_left_minor": 4_000,
    }


def test_bonus_of_a_mistaken_top_up_that_ran_out_is_nothing_to_take_back(
    storage: Storage, clock: FixedClock
) -> None:
    publish(storage, stored_value=VALUE | {"bonus_expiry": {"kind": "days", "after": 1}})
    member = a_member(storage).member_id
    with storage.begin() as work:
        op = OperationId(work.new_id())
    a_top_up(storage, member, op=op)
    clock.advance(2 * DAY_MS)

    moved = a_value_refund(storage, member, top_up=op)

    assert (moved.paid, moved.bonus) == (-10_000, 0)
    assert held(storage, member) == (0, 0)


def test_a_refund_needs_a_reason_and_that_comes_twice_is_one(
    storage: Storage, member_id: MemberId
) -> None:
    a_top_up(storage, member_id)
    with storage.begin() as work:
        op = OperationId(work.new_id())

    with pytest.raises(ReasonMissing):
        a_value_refund(storage, member_id, reason=" ")
    first = a_value_refund(storage, member_id, op=op, amount=4_000)
    again = a_value_refund(storage, member_id, op=op, amount=4_000)

    assert again == first
    assert held(storage, member_id) == (6_000, 0)


def test_a_return_gives_back_the_share_that_stored_value_paid(
    storage: Storage, member_id: MemberId
) -> None:
    a_top_up(storage, member_id)
    sold = a_value_sale(storage, member_id, 10_000, value=6_000)

    penny = a_return(storage, sold.sale_id, amount=1)
    half = a_return(storage, sold.sale_id, amount=4_999)
    after_half = held(storage, member_id)
    a_return(storage, sold.sale_id)

    assert penny.tenders == {"cash": 1}
    assert half.tenders == {"cash": 1_999, "stored_value": 3_000}
    assert after_half == (8_000, 4_000)
    assert held(storage, member_id) == (10_000, 5_000)
    assert verify_home(storage).problems == ()


def test_a_sale_may_come_before_the_top_up_that_it_spends(
    storage: Storage, member_id: MemberId, made_home: MadeHome
) -> None:
    a_top_up(storage, member_id)
    a_value_sale(storage, member_id, 6_000)
    written = [
        read_operation(raw) for (raw,) in rows(storage, "SELECT raw FROM operation ORDER BY hlc")
    ]

    with an_empty_storage(made_home) as (heard, _):
        with heard.begin() as work:
            for operation in reversed(written):
                assert receive(work, operation, None, received_at=NOW_MS) == "applied"
        balances = held(heard, member_id)
        lots = rows(heard, "SELECT granted, remaining, opened_on FROM value_lot")

    assert balances == (6_000, 3_000)
    assert lots == [(5_000, 3_000, "2026-11-21")]
