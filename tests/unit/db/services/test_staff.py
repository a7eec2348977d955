"""Signing in: misses are counted and slow down; and who may do what."""

from itertools import product

import pytest

from db.domain.ids import StaffId
from db.domain.staff import (
    PIN_BACKOFF_MS,
    PIN_MISSES_FREE,
    Actor,
    ApprovalNeeded,
    Leave,
    NotPermitted,
    Permission,
    PinLocked,
    Role,
    WeakPin,
    WrongPin,
    leave_of,
    require,
)
from db.services.set_up import HomeMade
from db.services.staff import AddStaff, NoSuchStaff, SignedIn, add_staff, sign_in
from db.storage.staff import active_staff
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage

WRONG = "482915"


def attempt(storage: Storage, made: HomeMade, pin: str) -> SignedIn | WrongPin | PinLocked:
    with storage.begin() as work:
        return sign_in(work, who=made.staff_code, pin=pin)


def test_the_right_pin_says_who_acts(storage: Storage, made: HomeMade) -> None:
    signed = attempt(storage, made, made.pin)

    assert isinstance(signed, SignedIn)
    assert signed.actor == Actor(made.staff_id, Role.MANAGER)


def test_wrong_pins_are_counted_across_attempts_and_forgotten_by_a_right_one(
    storage: Storage, made: HomeMade
) -> None:
    misses = [attempt(storage, made, WRONG) for _ in range(2)]
    attempt(storage, made, made.pin)
    again = attempt(storage, made, WRONG)

    assert [miss.misses for miss in misses if isinstance(miss, WrongPin)] == [1, 2]
    assert isinstance(again, WrongPin)
    assert again.misses == 1


def test_too_many_misses_lock_even_the_right_pin_and_longer_each_time(
    storage: Storage, made: HomeMade, clock: FixedClock
) -> None:
    with storage.begin() as work:
        work.staff.note_pin(made.staff_id, misses=PIN_MISSES_FREE - 1, locked_until=0)

    for wait in PIN_BACKOFF_MS[:2]:
        locked = attempt(storage, made, WRONG)
        assert isinstance(locked, PinLocked)
        assert locked.until_at == clock.at_ms + wait
        assert isinstance(attempt(storage, made, made.pin), PinLocked)
        clock.advance(wait)

    assert isinstance(attempt(storage, made, made.pin), SignedIn)


def test_setting_the_clock_back_does_not_unlock(
    storage: Storage, made: HomeMade, clock: FixedClock
) -> None:
    with storage.begin() as work:
        work.staff.note_pin(made.staff_id, misses=9, locked_until=clock.at_ms + 60_000)

    clock.advance(-86_400_000)

    assert isinstance(attempt(storage, made, made.pin), PinLocked)


def test_a_lock_that_a_clock_years_ahead_has_set_does_not_last_years(
    storage: Storage, made: HomeMade, clock: FixedClock
) -> None:
    with storage.begin() as work:
        work.staff.note_pin(made.staff_id, misses=9, locked_until=clock.at_ms + 11 * 31_536_000_000)

    first = attempt(storage, made, made.pin)
    clock.advance(PIN_BACKOFF_MS[-1])

    assert isinstance(first, PinLocked)
    assert first.until_at == clock.at_ms
    assert isinstance(attempt(storage, made, made.pin), SignedIn)


def test_nobody_else_signs_in(storage: Storage, made: HomeMade) -> None:
    with storage.begin() as work:
        with pytest.raises(NoSuchStaff):
            sign_in(work, who="77", pin=made.pin)
        work.sql.run("UPDATE staff SET active = 0")
        with pytest.raises(NoSuchStaff):
            sign_in(work, who=made.staff_id, pin=made.pin)


def test_a_manager_adds_a_cashier_who_then_signs_in(storage: Storage, manager: Actor) -> None:
    with storage.begin() as work:
        command = AddStaff(
            staff_id=StaffId(work.new_id()),
            by=manager,
            code="7",
            name="小林",
            role=Role.CASHIER,
            pin="482915",
        )
        add_staff(work, command)
        signed = sign_in(work, who="7", pin="482915")

    assert isinstance(signed, SignedIn)
    assert signed.role is Role.CASHIER
    with storage.reading() as reader:
        assert [row.code for row in active_staff(reader)] == ["1", "7"]


@pytest.mark.parametrize("pin", ["12345", "1234567", "１２３４５６", "123456", "987654", "000000"])
def test_a_weak_pin_is_refused(storage: Storage, manager: Actor, pin: str) -> None:
    with storage.begin() as work:
        command = AddStaff(
            staff_id=StaffId(work.new_id()),
            by=manager,
            code="7",
            name="小林",
            role=Role.CASHIER,
            pin=pin,
        )
        with pytest.raises(WeakPin):
            add_staff(work, command)


def test_a_code_serves_one_person(storage: Storage, manager: Actor, made: HomeMade) -> None:
    with storage.begin() as work:
        command = AddStaff(
            staff_id=StaffId(work.new_id()),
            by=manager,
            code=made.staff_code,
            name="小林",
            role=Role.CASHIER,
            pin="482915",
        )
        with pytest.raises(WeakPin):
            add_staff(work, command)


MATRIX = {
    Role.CASHIER: "sell enroll redeem undo return top_up shift; void refund",
    Role.SHIFT_LEAD: (
        "sell enroll redeem undo void return top_up shift shift_of_others reports;"
        " adjust reveal refund issue_coupons"
    ),
    Role.MANAGER: " ".join(Permission) + ";",
    Role.HEAD_OFFICE: " ".join(Permission) + ";",
    Role.AUDITOR: "reports export;",
}


@pytest.mark.parametrize(("role", "permission"), [*product(Role, Permission)])
def test_who_may_what_is_the_matrix(role: Role, permission: Permission) -> None:
    alone, approved = (part.split() for part in MATRIX[role].split(";"))

    expected = (
        Leave.ALLOWED
        if permission in alone
        else Leave.APPROVAL
        if permission in approved
        else Leave.NO
    )

    assert leave_of(role, permission) is expected


def test_an_approver_is_another_person_who_may_himself(made: HomeMade) -> None:
    other = StaffId(bytes(16))
    cashier = Actor(other, Role.CASHIER, made.staff_id, Role.MANAGER)

    require(cashier, Permission.VOID)
    with pytest.raises(ApprovalNeeded):
        require(Actor(other, Role.CASHIER, other, Role.MANAGER), Permission.VOID)
    with pytest.raises(ApprovalNeeded):
        require(Actor(other, Role.CASHIER, made.staff_id, Role.CASHIER), Permission.VOID)
    with pytest.raises(NotPermitted):
        require(Actor(other, Role.CASHIER, made.staff_id, Role.MANAGER), Permission.ADJUST)
