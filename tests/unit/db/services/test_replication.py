"""Applying what came from elsewhere: once, and what cannot be applied blocks nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from db.domain.operations import (
    Envelope,
    MalformedOperation,
    Operation,
    Personal,
    personal_of,
    read_operation,
    seal,
)
from db.domain.staff import Actor
from db.services.replication import receive
from db.services.verify.book import verify_home
from db.storage.home import database_path
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.checkers import check_ledger, rows, the_book, value
from tests.support.makers import a_closing, a_member, a_redemption, a_sale, a_shift, an_undo
from tests.support.storage_fixtures import NOW_MS, MadeHome, seeded_chance


@pytest.fixture
def other(made_home: MadeHome, tmp_path: Path) -> Iterator[Storage]:
    """Return a second storage of the same shop, in which nothing has happened yet."""
    path = tmp_path / "other.db"
    shutil.copy(database_path(made_home.folder), path)
    opened = Storage(path, made_home.key, clock=FixedClock(NOW_MS), chance=seeded_chance(5))
    yield opened
    opened.close()


def written(storage: Storage) -> list[tuple[Operation, Personal | None]]:
    with storage.begin() as work:
        return [
            (read_operation(raw), work.operations.personal(op))
            for op, raw in work.all("SELECT op, raw FROM operation ORDER BY sequence")
        ]


def deliver(storage: Storage, operation: Operation, personal: Personal | None = None) -> str:
    with storage.begin() as work:
        return receive(work, operation, personal, received_at=NOW_MS)


def forged(operation: Operation, **changes: object) -> Operation:
    return seal(msgspec.structs.replace(operation.envelope, **changes))


def test_what_one_counter_did_another_applies(storage: Storage, other: Storage) -> None:
    member = a_member(storage)
    a_shift(storage)
    sold = a_sale(storage, member.member_id, amount=50_000)
    a_redemption(storage, member.member_id, 200)
    an_undo(storage, sold.sale_id)

    statuses = [deliver(other, *each) for each in written(storage)]

    assert statuses == ["applied"] * 5
    assert the_book(other) == the_book(storage)
    check_ledger(other)


def test_what_comes_twice_is_applied_once(storage: Storage, other: Storage) -> None:
    a_sale(storage)
    ((operation, _),) = written(storage)

    assert [deliver(other, operation), deliver(other, operation)] == ["applied", "duplicate"]
    assert value(other, "SELECT sales FROM counter_day") == 1


def test_a_visit_that_is_heard_of_late_does_not_move_the_last_one_back(
    storage: Storage, other: Storage, clock: FixedClock
) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id)
    clock.advance(40 * 86_400_000)
    a_sale(storage, member.member_id)
    registered, earlier, later = written(storage)

    for operation, personal in (registered, later, earlier):
        deliver(other, operation, personal)

    assert rows(other, "SELECT first_on, last_on FROM member_total") == [
        ("2026-11-21", "2026-12-31")
    ]
    assert the_book(other, "member_total") == the_book(storage, "member_total")


@pytest.mark.parametrize("change", [{"t": "teleport"}, {"tv": 2}, {"v": 2}])
def test_what_a_newer_version_wrote_is_kept_and_skipped(
    storage: Storage, other: Storage, change: dict[str, object]
) -> None:
    a_sale(storage)
    ((operation, _),) = written(storage)

    assert deliver(other, forged(operation, **change)) == "skipped"
    assert rows(other, "SELECT status FROM operation") == [("skipped",)]
    assert value(other, "SELECT count(*) FROM sale") == 0


def faulty(envelope: Envelope) -> list[dict[str, object]]:
    body = envelope.b
    lot = body["awards"][0]["lot"]
    return [
        {"b": body | {"due": "a lot"}},
        {"b": {"due": 1}},
        {"b": body | {"awards": [body["awards"][0] | {"points": 0}]}},
        {"b": body | {"awards": [body["awards"][0] | {"available_on": "soon"}]}},
        {"b": body | {"spends": [{"lot": lot, "lease": "none", "points": 1}]}},
        {"b": body | {"lines": body["lines"] * 2, "shift": "x"}},
    ]


@pytest.mark.parametrize("which", range(6))
def test_a_faulty_operation_is_set_aside_without_a_trace(
    storage: Storage, other: Storage, which: int
) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id)
    (registered, personal), (sale, _) = written(storage)
    deliver(other, registered, personal)
    book = the_book(other)

    change = faulty(sale.envelope)[which]
    assert deliver(other, forged(sale, **change)) == "quarantined"

    assert the_book(other) == book
    assert rows(other, "SELECT status, error IS NULL FROM operation WHERE kind = 'sale'") == [
        ("quarantined", 0)
    ]


def test_a_second_reversal_of_a_sale_is_set_aside(storage: Storage, other: Storage) -> None:
    an_undo(storage, a_sale(storage).sale_id)
    (sale, _), (undo, _) = written(storage)
    again = forged(undo, op="019a0000-0000-7000-8000-000000000001", q=undo.envelope.q + 1)

    assert [deliver(other, each) for each in (sale, undo, again)] == [
        "applied",
        "applied",
        "quarantined",
    ]
    assert value(other, "SELECT sum(reversed_sales) FROM counter_day") == 1


def test_what_follows_a_faulty_operation_is_applied(storage: Storage, other: Storage) -> None:
    a_sale(storage)
    a_sale(storage)
    (first, _), (second, _) = written(storage)

    assert deliver(other, forged(first, b={"lines": 1})) == "quarantined"
    assert deliver(other, second) == "applied"


def test_personal_data_that_is_not_what_the_operation_names_is_not_believed(
    storage: Storage, other: Storage
) -> None:
    a_member(storage, name="张小芳")
    ((registered, _),) = written(storage)
    swapped = personal_of({"name": "李四", "phone": "+8613900000000"}, bytes(16))

    assert deliver(other, registered, swapped) == "applied"

    assert rows(other, "SELECT name, phone FROM member") == [("", None)]
    assert value(other, "SELECT count(*) FROM personal") == 0


def test_bytes_that_are_not_canonical_are_no_operation(storage: Storage) -> None:
    a_sale(storage)
    ((operation, _),) = written(storage)

    for raw in (operation.raw + b" ", b"{}", b"\xff", operation.raw.replace(b'"q":1', b'"q":1.0')):
        with pytest.raises(MalformedOperation):
            read_operation(raw)


def test_points_that_move_before_their_award_is_known_are_not_lost(
    storage: Storage, other: Storage
) -> None:
    """A lease that head office granted can be here before the sale that another counter made."""
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=50_000)
    a_redemption(storage, member.member_id, 200)
    register, sale, redemption = written(storage)

    for each in (register, redemption, sale):
        deliver(other, *each)

    assert the_book(other) == the_book(storage)
    check_ledger(other)


def test_a_shift_whose_closing_is_heard_first_is_closed_all_the_same(
    storage: Storage, other: Storage, manager: Actor
) -> None:
    a_shift(storage, by=manager, opening_float=30_000)
    a_closing(storage, by=manager, counted=31_000)
    opening, closing = (operation for operation, _ in written(storage))

    statuses = [deliver(other, each) for each in (closing, opening, closing, opening)]

    assert statuses == ["applied", "applied", "duplicate", "duplicate"]
    assert rows(other, "SELECT * FROM shift") == rows(storage, "SELECT * FROM shift")
    assert verify_home(other).problems == ()
