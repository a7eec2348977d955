"""Signing in: misses are counted and slow down; who may do what; who works here."""

from dataclasses import replace
from itertools import product

import pytest

from db.domain.ids import StaffId, text_of
from db.domain.members import FieldInvalid
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
from db.domain.staff_changes import CodeTaken, LastManager, StaffAtHeadOffice
from db.queries.staff_list import staff_list
from db.services.set_up import HomeMade
from db.services.staff import (
    AddStaff,
    LeaveStaff,
    NoSuchStaff,
    ResetPin,
    SignedIn,
    StaffMember,
    add_staff,
    leave_staff,
    reset_pin,
    sign_in,
)
from db.storage.home import OFFICE
from db.storage.staff import active_staff, hash_pin
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage

WRONG = "482915"
PIN = "739154"


def hire(
    storage: Storage,
    by: Actor,
    *,
    code: str = "7",
    name: str = "小林",
    role: Role = Role.CASHIER,
    pin: str = PIN,
) -> StaffMember:
    with storage.begin() as work:
        staff_id = StaffId(work.new_id())
        return add_staff(
            work, AddStaff(staff_id=staff_id, by=by, code=code, name=name, role=role, pin=pin)
        )


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
    added = hire(storage, manager, code=" 7 ", name="小  林")
    with storage.begin() as work:
        signed = sign_in(work, who="7", pin=PIN)

    assert (added.code, added.name, added.active) == ("7", "小 林", True)
    assert isinstance(signed, SignedIn)
    assert (signed.staff_id, signed.role) == (added.staff_id, Role.CASHIER)
    with storage.reading() as reader:
        assert [row.code for row in active_staff(reader)] == ["1", "7"]


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("12345", "not_six_digits"),
        ("1234567", "not_six_digits"),
        ("１２３４５６", "not_six_digits"),
        ("123456", "run"),
        ("987654", "run"),
        ("000000", "run"),
        ("123123", "repeat"),
        ("797797", "repeat"),
    ],
)
def test_a_weak_pin_is_refused_with_its_reason(
    storage: Storage, manager: Actor, made: HomeMade, pin: str, reason: str
) -> None:
    with pytest.raises(WeakPin) as added:
        hire(storage, manager, pin=pin)
    with storage.begin() as work, pytest.raises(WeakPin) as reset:
        reset_pin(work, ResetPin(by=manager, who=made.staff_id, pin=pin))

    assert added.value.reason == reset.value.reason == reason


def test_a_code_serves_one_person_even_when_he_has_left(
    storage: Storage, manager: Actor, made: HomeMade
) -> None:
    hire(storage, manager)
    with pytest.raises(CodeTaken) as taken:
        hire(storage, manager, code=made.staff_code)
    with storage.begin() as work:
        leave_staff(work, LeaveStaff(by=manager, who="7"))
    with pytest.raises(CodeTaken) as left:
        hire(storage, manager)

    assert taken.value.details == {"staff_code": "1", "name": "店长", "state": "active"}
    assert left.value.details == {"staff_code": "7", "name": "小林", "state": "left"}


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (text_of(bytes(16)), "looks_like_an_id"),
        ("0123456789abcdef" * 2, "looks_like_an_id"),
        ("", "code_length"),
        ("x" * 21, "code_length"),
        ("a b", "code_characters"),
        ("-7", "code_characters"),
        ("a\x07", "code_characters"),
    ],
)
def test_a_code_is_short_and_never_looks_like_an_id(
    storage: Storage, manager: Actor, code: str, reason: str
) -> None:
    with pytest.raises(FieldInvalid) as refused:
        hire(storage, manager, code=code)

    assert refused.value.details == {"field": "code", "reason": reason}


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x1b[2J"])
def test_a_name_is_one_that_can_be_shown(storage: Storage, manager: Actor, name: str) -> None:
    with pytest.raises(FieldInvalid) as refused:
        hire(storage, manager, name=name)

    assert refused.value.details == {"field": "name", "reason": "staff_name"}


def test_a_new_pin_lets_in_who_was_locked_out_and_the_old_one_no_more(
    storage: Storage, manager: Actor, clock: FixedClock
) -> None:
    cashier = hire(storage, manager)
    with storage.begin() as work:
        work.staff.note_pin(cashier.staff_id, misses=9, locked_until=clock.at_ms + 60_000)
        locked = sign_in(work, who="7", pin=PIN)
        reset_pin(work, ResetPin(by=manager, who="7", pin="284619"))
        old = sign_in(work, who="7", pin=PIN)
        new = sign_in(work, who="7", pin="284619")

    assert isinstance(locked, PinLocked)
    assert isinstance(old, WrongPin)
    assert old.misses == 1
    assert isinstance(new, SignedIn)


def test_misses_stay_with_a_pin_and_go_with_a_new_one_from_head_office(
    storage: Storage, manager: Actor, made: HomeMade
) -> None:
    hire(storage, manager)
    with storage.begin() as work:
        kept, fresh = work.staff.by_id(made.staff_id), work.staff.by_code("7")
        assert kept is not None
        assert fresh is not None
        for row in (kept, fresh):
            work.staff.note_pin(row.staff_id, misses=6, locked_until=99)
        work.staff.replace_all([kept, replace(fresh, pin_hash=hash_pin("284619"))])
        told = [work.staff.by_id(row.staff_id) for row in (kept, fresh)]

    assert [(row.pin_misses, row.locked_until) for row in told if row] == [(6, 99), (0, 0)]


def test_who_left_signs_in_no_more_and_is_listed_last(storage: Storage, manager: Actor) -> None:
    for code in ("7", "12"):
        hire(storage, manager, code=code)
    with storage.begin() as work:
        left = leave_staff(work, LeaveStaff(by=manager, who="7"))
        with pytest.raises(NoSuchStaff):
            sign_in(work, who="7", pin=PIN)
        with pytest.raises(NoSuchStaff):
            reset_pin(work, ResetPin(by=manager, who="7", pin="284619"))

    assert not left.active
    with storage.reading() as reader:
        told = [(line.code, line.active) for line in staff_list(reader)]
    assert told == [("1", True), ("12", True), ("7", False)]


def test_the_last_manager_stays(storage: Storage, manager: Actor, made: HomeMade) -> None:
    leave = LeaveStaff(by=manager, who=made.staff_id)
    with storage.begin() as work, pytest.raises(LastManager):
        leave_staff(work, leave)
    hire(storage, manager, role=Role.MANAGER)
    with storage.begin() as work:
        assert not leave_staff(work, leave).active


@pytest.mark.parametrize("role", [Role.CASHIER, Role.SHIFT_LEAD, Role.AUDITOR])
def test_only_managers_change_the_staff(storage: Storage, made: HomeMade, role: Role) -> None:
    by = Actor(StaffId(bytes(16)), role, made.staff_id, Role.MANAGER)

    with pytest.raises(NotPermitted):
        hire(storage, by)
    with storage.begin() as work:
        with pytest.raises(NotPermitted):
            reset_pin(work, ResetPin(by=by, who="1", pin=PIN))
        with pytest.raises(NotPermitted):
            leave_staff(work, LeaveStaff(by=by, who="1"))


def test_an_enrolled_counter_changes_no_staff(storage: Storage, manager: Actor) -> None:
    with storage.begin() as work:
        work.settings.put("authority", OFFICE)
        work.forget()

    with pytest.raises(StaffAtHeadOffice):
        hire(storage, manager)
    with storage.begin() as work:
        with pytest.raises(StaffAtHeadOffice):
            reset_pin(work, ResetPin(by=manager, who="1", pin=PIN))
        with pytest.raises(StaffAtHeadOffice):
            leave_staff(work, LeaveStaff(by=manager, who="1"))


MATRIX = {
    Role.CASHIER: "sell enroll redeem undo return top_up shift; void refund change_phone",
    Role.SHIFT_LEAD: (
        "sell enroll redeem undo void return top_up shift shift_of_others reports;"
        " adjust reveal refund issue_coupons change_phone freeze"
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
