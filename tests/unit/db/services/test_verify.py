"""Verification: a sound home is proved, and each single corruption is found by name."""

import pytest

from db.services.verify.book import Verification, verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import (
    a_closing,
    a_member,
    a_redemption,
    a_sale,
    a_shift,
    an_adjustment,
    an_undo,
)


@pytest.fixture
def lived(storage: Storage, clock: FixedClock) -> Storage:
    """Return a counter that enrolled, sold, undid, redeemed and adjusted."""
    a_shift(storage)
    member = a_member(storage)
    other = a_member(storage, phone="139 0000 1111", name="李明")
    a_sale(storage, member.member_id, amount=50_000)
    a_sale(storage, other.member_id, amount=9_900)
    clock.advance(1_000)
    a_sale(storage, member.member_id, amount=8_800, redeem_points=200)
    an_undo(storage, a_sale(storage, member.member_id, amount=7_000, redeem_points=100).sale_id)
    a_redemption(storage, member.member_id, 100)
    an_adjustment(storage, other.member_id, 5)
    an_adjustment(storage, other.member_id, -3)
    a_closing(storage, counted=1)
    return storage


def names(verification: Verification) -> set[str]:
    return {problem.name for problem in verification.problems}


def test_a_sound_home_is_proved(lived: Storage) -> None:
    verification = verify_home(lived)

    assert verification.problems == ()
    assert verification.ok
    assert verification.operations == 12
    assert verification.transfers > 0


def test_an_empty_home_is_proved(storage: Storage) -> None:
    assert verify_home(storage).ok


CORRUPTIONS = {
    "account_differs": "DELETE FROM lot WHERE remaining > 0",
    "accounts_unbalanced": "UPDATE lot SET remaining = remaining - 1 WHERE remaining > 0",
    "lot_differs": "UPDATE lot SET remaining = remaining + 1 WHERE remaining > 0",
    "lease_differs": "UPDATE lease_lot SET spent = spent - 1 WHERE spent > 0",
    "lease_sum_differs": "UPDATE lease SET spent = spent + 1",
    "transfers_differ": "UPDATE lot SET awarded = awarded + 1 WHERE entry = 'earn'",
    "rows_differ": "INSERT INTO transfer SELECT zeroblob(16), 0, entry, debit, credit, points,"
    " member_id, lot_id, lease_id FROM transfer LIMIT 1",
    "transfer_without_operation": "UPDATE operation SET status = 'quarantined' WHERE kind = 'sale'",
    "member_total_differs": "UPDATE member_total SET spend = spend + 1",
    "member_total_missing": "DELETE FROM member_total",
    "counter_day_differs": "UPDATE counter_day SET amount = amount - 1",
    "sale_differs": "UPDATE sale SET due = due + 1, gross = gross + 1",
    "sale_missing": "DELETE FROM sale WHERE member_id IS NOT NULL",
    "sale_lines_differ": "UPDATE sale_line SET amount = amount + 1",
    "points_entry_differs": "UPDATE points_entry SET points = points - 1",
    "reversal_differs": "UPDATE reversal SET business_day = '2026-01-01'",
    "reversal_mark_differs": "UPDATE sale SET reversed_by = NULL",
    "operation_altered": (
        "UPDATE operation SET raw = CAST(replace(CAST(raw AS TEXT), '50000', '50001') AS BLOB)"
        " WHERE kind = 'sale'"
    ),
    "operation_unreadable": "UPDATE operation SET raw = x'7b7d' WHERE sequence = 2",
    "operation_columns_differ": "UPDATE operation SET hlc = hlc + 1 WHERE sequence = 3",
    "chain_broken": "UPDATE operation SET hash = zeroblob(32) WHERE sequence = 2",
    "chain_gap": "DELETE FROM operation WHERE sequence = 2",
    "stream_head_differs": "DELETE FROM operation WHERE sequence = (SELECT max(sequence)"
    " FROM operation)",
    "personal_altered": "UPDATE personal SET payload = x'7b7d'",
}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corruption_is_found_by_name(lived: Storage, name: str) -> None:
    with lived.begin() as work:
        touched = work.sql.run(CORRUPTIONS[name])

    verification = verify_home(lived)

    assert touched > 0
    assert name in names(verification)
    assert not verification.ok


def test_a_sale_paid_another_way_than_recorded_is_found(lived: Storage) -> None:
    with lived.begin() as work:
        work.sql.run("UPDATE sale SET paid_card = paid_cash, paid_cash = 0")

    assert "sale_differs" in names(verify_home(lived))


def test_a_damaged_file_is_a_problem_of_its_own(lived: Storage) -> None:
    lived.checkpoint()
    content = bytearray(lived.path.read_bytes())
    content[-2_000:-1_900] = bytes(100)
    lived.path.write_bytes(content)

    assert "file_damaged" in names(verify_home(lived))


def test_the_first_twenty_problems_are_listed_and_all_are_counted(storage: Storage) -> None:
    for _ in range(25):
        a_sale(storage, amount=100)
    with storage.begin() as work:
        work.sql.run("UPDATE sale SET due = due + 1")

    verification = verify_home(storage)

    assert len(verification.problems) == 20
    assert verification.problem_count == 26  # each sale, and the day


def test_progress_is_told(lived: Storage) -> None:
    told: list[tuple[int, int]] = []

    verify_home(lived, progress=lambda done, total: told.append((done, total)))

    assert told == [(0, 12), (12, 12)]
