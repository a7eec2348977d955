"""Shifts: one at a time, numbered, and closing keeps what was counted."""

import pytest

from db.domain.ids import OperationId, StaffId
from db.domain.staff import Actor, NotPermitted, Role
from db.services.shifts import (
    CloseShift,
    NoOpenShift,
    NotYourShift,
    OpenShift,
    ShiftAlreadyOpen,
    close_shift,
    open_shift,
)
from db.storage.unit_of_work import Storage
from tests.support.checkers import rows
from tests.support.makers import a_closing, a_shift


def test_shifts_of_a_counter_are_numbered_one_after_another(storage: Storage) -> None:
    first = a_shift(storage)
    a_closing(storage)
    second = a_shift(storage)

    assert (first.number, second.number) == (1, 2)


def test_one_shift_is_open_at_a_time(storage: Storage) -> None:
    a_shift(storage)

    with pytest.raises(ShiftAlreadyOpen) as refusal:
        a_shift(storage)

    assert refusal.value.number == 1


def test_closing_keeps_what_was_counted_and_who_counted(storage: Storage, manager: Actor) -> None:
    a_shift(storage, opening_float=50_000)

    a_closing(storage, by=manager, counted=62_800, till_total=12_800)

    assert rows(
        storage, "SELECT opening_float, counted, till_total, closed_by, business_day FROM shift"
    ) == [(50_000, 62_800, 12_800, manager.staff_id, "2026-11-21")]


def test_nothing_is_closed_where_nothing_is_open(storage: Storage) -> None:
    with pytest.raises(NoOpenShift):
        a_closing(storage)


def test_repeated_commands_are_the_same_acts(storage: Storage, manager: Actor) -> None:
    with storage.begin() as work:
        opening = OpenShift(op=OperationId(work.new_id()), by=manager)
        closing = CloseShift(op=OperationId(work.new_id()), by=manager)

    with storage.begin() as work:
        assert open_shift(work, opening) == open_shift(work, opening)
    with storage.begin() as work:
        assert close_shift(work, closing) == close_shift(work, closing)

    assert len(rows(storage, "SELECT 1 FROM operation")) == 2


def test_an_auditor_opens_no_shift(storage: Storage) -> None:
    with pytest.raises(NotPermitted):
        a_shift(storage, by=Actor(None, Role.AUDITOR))


def test_a_cashier_closes_his_own_shift(storage: Storage) -> None:
    cashier = Actor(StaffId(b"c" * 16), Role.CASHIER)
    a_shift(storage, by=cashier)

    a_closing(storage, by=cashier)

    assert rows(storage, "SELECT closed_by FROM shift") == [(cashier.staff_id,)]


def test_a_cashier_does_not_close_anothers_shift_not_even_approved(storage: Storage) -> None:
    opener = Actor(StaffId(b"o" * 16), Role.CASHIER)
    a_shift(storage, by=opener)
    other = Actor(StaffId(b"x" * 16), Role.CASHIER, StaffId(b"m" * 16), Role.MANAGER)

    with pytest.raises(NotYourShift) as refusal:
        a_closing(storage, by=other)

    assert refusal.value.number == 1
    assert rows(storage, "SELECT closed_at FROM shift") == [(None,)]


@pytest.mark.parametrize("role", [Role.SHIFT_LEAD, Role.MANAGER])
def test_who_leads_the_shift_closes_anybodys(storage: Storage, role: Role) -> None:
    a_shift(storage, by=Actor(StaffId(b"o" * 16), Role.CASHIER))
    leader = Actor(StaffId(b"l" * 16), role)

    a_closing(storage, by=leader)

    assert rows(storage, "SELECT closed_by FROM shift") == [(leader.staff_id,)]


def test_a_shift_that_nobody_is_known_to_have_opened_is_closed_by_whoever_counts(
    storage: Storage,
) -> None:
    a_shift(storage, by=Actor(None, Role.MANAGER))

    a_closing(storage, by=Actor(StaffId(b"c" * 16), Role.CASHIER), counted=50_000)

    assert rows(storage, "SELECT counted FROM shift") == [(50_000,)]
