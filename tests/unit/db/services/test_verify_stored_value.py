"""Verification of stored value: a sound home is proved, each corruption is found by name."""

import pytest

from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_shift, a_void
from tests.support.publishing import publish
from tests.support.value_makers import VALUE, a_top_up, a_value_refund, a_value_sale


@pytest.fixture
def lived(storage: Storage, clock: FixedClock) -> Storage:
    """Return a counter that took value in, spent it, gave it back and paid it out."""
    publish(storage, stored_value=VALUE | {"bonus_expiry": {"kind": "days", "after": 1}})
    a_shift(storage)
    member, other = (
        a_member(storage, phone=phone).member_id for phone in ("13800000001", "13800000002")
    )
    a_top_up(storage, member)
    sold = a_value_sale(storage, member, 12_000)
    clock.advance(3 * 86_400_000)
    a_void(storage, sold.sale_id)
    a_top_up(storage, other, 20_000, tender="wechat")
    a_value_sale(storage, other, 9_000, value=6_000)
    a_value_refund(storage, other, amount=100)
    return storage


def test_a_home_with_stored_value_is_proved(lived: Storage) -> None:
    assert verify_home(lived).problems == ()


LOSE_A_REFUND = (
    "UPDATE value_transfer SET op = zeroblob(16) WHERE entry = 'refund' AND purse = 'principal'"
)
MOVE_TWICE = (
    "INSERT INTO value_transfer SELECT op, 9, entry, purse, debit, credit, amount, member_id,"
    " lot_id, sale_id, branch_id, counter_id, business_day FROM value_transfer WHERE leg = 0"
)


@pytest.mark.parametrize(
    ("name", "corruption"),
    [
        ("value_account_differs", "UPDATE value_account SET balance = 1 WHERE kind = 'spent'"),
        ("value_account_differs", "DELETE FROM value_account WHERE kind = 'member'"),
        ("value_accounts_unbalanced", "UPDATE value_account SET balance = balance + 1"),
        ("value_lot_differs", "UPDATE value_lot SET remaining = remaining + 1"),
        ("value_lot_granted_differs", "UPDATE value_lot SET granted = granted + 1"),
        ("value_transfer_without_operation", LOSE_A_REFUND),
        ("value_transfers_differ", "UPDATE value_transfer SET amount = amount + 1"),
        ("value_transfers_differ", "UPDATE value_transfer SET business_day = '2020-01-01'"),
        ("value_entry_differs", "UPDATE value_entry SET bonus = bonus + 1"),
        ("value_entry_differs", "DELETE FROM value_entry"),
        ("rows_differ", "DELETE FROM value_entry"),
        ("rows_differ", MOVE_TWICE),
    ],
)
def test_each_corruption_is_found_by_name(lived: Storage, name: str, corruption: str) -> None:
    with lived.begin() as work:
        work.sql.run(corruption)

    assert name in {problem.name for problem in verify_home(lived).problems}
