"""The drawer's log and copies: recorded once, with a reason, and counted where they belong."""

import pytest

from db.domain.drawer import NothingPrinted
from db.domain.ids import OperationId
from db.domain.reversals import ReasonMissing
from db.domain.staff import Actor, NotPermitted, Role
from db.queries.shift_summary import shift_summary
from db.services.drawer import (
    MoveCash,
    OpenDrawer,
    Reprint,
    move_cash,
    open_drawer,
    record_reprint,
)
from db.services.shifts import NoOpenShift
from db.services.verify.book import verify_home
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows
from tests.support.drawer_makers import cash_moved, drawer_opened, printed_again
from tests.support.makers import a_closing, a_sale, a_shift


def test_cash_moved_by_hand_is_what_the_drawer_should_hold(storage: Storage) -> None:
    shift_id = a_shift(storage, opening_float=50_000).shift_id
    a_sale(storage, amount=12_800, tenders={"cash": 12_800})

    cash_moved(storage, 20_000, reason="补备用金")
    cash_moved(storage, -70_000, reason="存银行")
    drawer_opened(storage)
    a_closing(storage, counted=12_800)

    with storage.reading() as reader:
        shift = shift_summary(reader, shift_id)
    assert shift is not None
    assert (shift.cash_in, shift.cash_out, shift.drawer_openings) == (20_000, 70_000, 1)
    assert (shift.expected, shift.difference) == (12_800, 0)
    assert verify_home(storage).problems == ()


def test_cash_of_another_shift_stays_there(storage: Storage) -> None:
    a_shift(storage)
    cash_moved(storage, 20_000)
    a_closing(storage)
    second = a_shift(storage, opening_float=100).shift_id

    with storage.reading() as reader:
        shift = shift_summary(reader, second)

    assert shift is not None
    assert (shift.cash_in, shift.expected) == (0, 100)


def test_no_cash_moves_without_a_shift_but_the_drawer_opens(storage: Storage) -> None:
    with pytest.raises(NoOpenShift):
        cash_moved(storage, 100)

    assert drawer_opened(storage).shift_id is None
    assert rows(storage, "SELECT kind, shift_id, amount, reason FROM drawer_entry") == [
        ("drawer_open", None, 0, "换零钱")
    ]


def test_what_is_moved_or_opened_needs_a_reason(storage: Storage) -> None:
    a_shift(storage)

    with pytest.raises(ReasonMissing):
        cash_moved(storage, 100, reason=" ")
    with pytest.raises(ReasonMissing):
        drawer_opened(storage, reason="")

    assert rows(storage, "SELECT 1 FROM drawer_entry") == []


def test_an_auditor_touches_no_drawer_and_prints_nothing_again(storage: Storage) -> None:
    auditor = Actor(None, Role.AUDITOR)
    sold = OperationId(a_sale(storage).sale_id)

    with pytest.raises(NotPermitted):
        cash_moved(storage, 100, by=auditor)
    with pytest.raises(NotPermitted):
        drawer_opened(storage, by=auditor)
    with pytest.raises(NotPermitted):
        printed_again(storage, sold, by=auditor)


def test_copies_of_a_paper_are_numbered_from_one(storage: Storage, manager: Actor) -> None:
    first, second = (OperationId(a_sale(storage).sale_id) for _ in range(2))

    copies = [printed_again(storage, each, by=manager).copy for each in (first, first, second)]

    assert copies == [1, 2, 1]
    assert rows(storage, "SELECT copy, staff_id FROM reprint ORDER BY copy, op") == [
        (copy, manager.staff_id) for copy in sorted(copies)
    ]


def test_nothing_is_printed_again_that_is_not_here(storage: Storage) -> None:
    with pytest.raises(NothingPrinted):
        printed_again(storage, OperationId(bytes(16)))


def test_repeated_commands_are_the_same_acts(storage: Storage, manager: Actor) -> None:
    a_shift(storage)
    sold = OperationId(a_sale(storage).sale_id)
    with storage.begin() as work:
        ids = [OperationId(work.new_id()) for _ in range(3)]
    move = MoveCash(op=ids[0], by=manager, amount=-100, reason="存银行")
    opening = OpenDrawer(op=ids[1], by=manager, reason="换零钱")
    again = Reprint(op=ids[2], by=manager, printed=sold)

    with storage.begin() as work:
        assert move_cash(work, move) == move_cash(work, move)
        assert open_drawer(work, opening) == open_drawer(work, opening)
        assert record_reprint(work, again) == record_reprint(work, again)

    assert len(rows(storage, "SELECT 1 FROM drawer_entry")) == 2
    assert len(rows(storage, "SELECT 1 FROM reprint")) == 1
