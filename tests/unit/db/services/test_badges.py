"""Ways in: badges and PINs that count once, given by a manager, told once."""

import pytest

from db.domain.ids import StaffId
from db.domain.staff import Actor, NotPermitted, PinLocked, Role, WeakPin
from db.domain.staff_changes import CodeTaken, LastManager, StaffAtHeadOffice
from db.queries.staff_list import StaffLine, staff_list
from db.services.badges import (
    BadgeUnknown,
    Hire,
    PinGiven,
    WayIn,
    choose_pin,
    give_badge,
    give_pin,
    hire,
    sign_in_by_badge,
    take_badge,
)
from db.services.staff import (
    ChangeStaff,
    LeaveStaff,
    NoSuchStaff,
    ResetPin,
    SignedIn,
    change_staff,
    leave_staff,
    reset_pin,
    sign_in,
)
from db.storage.home import OFFICE
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage

MANAGER = Actor(StaffId(bytes(15) + b"m"), Role.MANAGER)
CASHIER = Actor(StaffId(bytes(15) + b"c"), Role.CASHIER)
OWN = "482951"


def hired(storage: Storage, code: str = "12") -> PinGiven:
    with storage.begin() as work:
        command = Hire(
            staff_id=StaffId(work.new_id()), by=MANAGER, code=code, name="周", role=Role.CASHIER
        )
        return hire(work, command)


def line(storage: Storage, code: str = "12") -> StaffLine:
    with storage.reading() as reader:
        return next(each for each in staff_list(reader) if each.code == code)


def badge_of(storage: Storage, code: str = "12") -> str:
    with storage.begin() as work:
        return give_badge(work, WayIn(by=MANAGER, who=code)).badge


def by_badge(storage: Storage, badge: str) -> SignedIn | PinLocked:
    with storage.begin() as work:
        return sign_in_by_badge(work, badge)


def by_pin(storage: Storage, pin: str, code: str = "12") -> object:
    with storage.begin() as work:
        return sign_in(work, who=code, pin=pin)


def test_a_pin_that_was_given_asks_for_one_s_own_and_then_no_more(storage: Storage) -> None:
    given = hired(storage)
    assert line(storage).pin_once

    first = by_pin(storage, given.pin)
    with storage.begin() as work:
        choose_pin(work, staff_id=given.person.staff_id, pin=OWN)
    second = by_pin(storage, OWN)

    assert isinstance(first, SignedIn)
    assert first.pin_once
    assert isinstance(second, SignedIn)
    assert not second.pin_once


@pytest.mark.parametrize("pin", ["123456", "112211", "12345"])
def test_one_s_own_pin_is_no_weak_one(storage: Storage, pin: str) -> None:
    given = hired(storage)

    with pytest.raises(WeakPin), storage.begin() as work:
        choose_pin(work, staff_id=given.person.staff_id, pin=pin)


def test_one_s_own_pin_is_another_than_the_given(storage: Storage) -> None:
    given = hired(storage)

    with pytest.raises(WeakPin) as met, storage.begin() as work:
        choose_pin(work, staff_id=given.person.staff_id, pin=given.pin)

    assert met.value.reason == "same"


def test_a_new_pin_is_to_be_changed_too_and_one_from_the_command_is_not(storage: Storage) -> None:
    hired(storage)
    with storage.begin() as work:
        reset_pin(work, ResetPin(by=MANAGER, who="12", pin=OWN))
    assert not line(storage).pin_once

    with storage.begin() as work:
        given = give_pin(work, WayIn(by=MANAGER, who="12"))

    assert line(storage).pin_once
    assert isinstance(by_pin(storage, given.pin), SignedIn)


def test_a_badge_signs_its_holder_in_and_the_time_is_kept(
    storage: Storage, clock: FixedClock
) -> None:
    person = hired(storage).person
    badge = badge_of(storage)
    assert line(storage).signed_in_at is None

    signed = by_badge(storage, badge.lower())

    assert isinstance(signed, SignedIn)
    assert signed.staff_id == person.staff_id
    assert line(storage).signed_in_at == clock.at_ms
    assert line(storage).has_badge


def test_a_new_badge_takes_the_old_one_s_place(storage: Storage) -> None:
    hired(storage)
    old, new = badge_of(storage), badge_of(storage)

    assert isinstance(by_badge(storage, new), SignedIn)
    with pytest.raises(BadgeUnknown):
        by_badge(storage, old)


def test_a_badge_that_was_taken_opens_nothing(storage: Storage) -> None:
    hired(storage)
    badge = badge_of(storage)
    with storage.begin() as work:
        take_badge(work, WayIn(by=MANAGER, who="12"))

    with pytest.raises(BadgeUnknown):
        by_badge(storage, badge)
    with pytest.raises(BadgeUnknown):
        by_badge(storage, "M12345678X")


def test_who_has_left_has_no_badge_and_who_is_locked_out_waits(storage: Storage) -> None:
    hired(storage)
    badge = badge_of(storage)
    for _ in range(5):
        by_pin(storage, "999998")
    assert isinstance(by_badge(storage, badge), PinLocked)

    with storage.begin() as work:
        leave_staff(work, LeaveStaff(by=MANAGER, who="12"))

    with pytest.raises(BadgeUnknown):
        by_badge(storage, badge)


def test_only_managers_give_ways_in(storage: Storage) -> None:
    hired(storage)
    for give in (give_badge, take_badge, give_pin):
        with pytest.raises(NotPermitted), storage.begin() as work:
            give(work, WayIn(by=CASHIER, who="12"))
    with pytest.raises(NoSuchStaff), storage.begin() as work:
        give_badge(work, WayIn(by=MANAGER, who="nobody"))


def test_a_code_is_one_person_s(storage: Storage) -> None:
    hired(storage)

    with pytest.raises(CodeTaken):
        hired(storage)


def test_another_role_but_never_without_a_manager(storage: Storage) -> None:
    hired(storage)
    with storage.begin() as work:
        lead = ChangeStaff(by=MANAGER, who="12", name="周 舟", role=Role.SHIFT_LEAD)
        changed = change_staff(work, lead)
    assert (changed.name, changed.role) == ("周 舟", Role.SHIFT_LEAD)

    with pytest.raises(LastManager), storage.begin() as work:
        change_staff(work, ChangeStaff(by=MANAGER, who="1", name="店长", role=Role.CASHIER))


def test_a_counter_of_a_head_office_makes_badges_and_nothing_else(storage: Storage) -> None:
    with storage.begin() as work:
        work.settings.put("authority", OFFICE)
        work.forget()

    with storage.begin() as work:
        give_badge(work, WayIn(by=MANAGER, who="1"))
    with pytest.raises(StaffAtHeadOffice), storage.begin() as work:
        give_pin(work, WayIn(by=MANAGER, who="1"))
