"""Who may do what, alone or with a second person, and which PINs nobody guesses."""

import pytest

from db.domain.ids import StaffId
from db.domain.shifts import may_close
from db.domain.staff import (
    Actor,
    ApprovalNeeded,
    NotPermitted,
    Permission,
    Role,
    WeakPin,
    check_pin,
    locked_until,
    require,
)

ME, SOMEBODY = StaffId(bytes([1] * 16)), StaffId(bytes([2] * 16))


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        (Actor(ME, Role.SHIFT_LEAD), None),
        (Actor(ME, Role.CASHIER), ApprovalNeeded),
        (Actor(ME, Role.CASHIER, SOMEBODY, Role.SHIFT_LEAD), None),
        (Actor(ME, Role.CASHIER, ME, Role.MANAGER), ApprovalNeeded),
        (Actor(ME, Role.CASHIER, SOMEBODY, Role.CASHIER), ApprovalNeeded),
        (Actor(ME, Role.AUDITOR, SOMEBODY, Role.MANAGER), NotPermitted),
    ],
)
def test_a_void_takes_leave_or_a_second_person(
    actor: Actor, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        require(actor, Permission.VOID)
        return
    with pytest.raises(refusal):
        require(actor, Permission.VOID)


@pytest.mark.parametrize(
    ("by", "opener", "may"),
    [
        (Actor(ME, Role.CASHIER), ME, True),
        (Actor(ME, Role.CASHIER), None, True),
        (Actor(ME, Role.CASHIER), SOMEBODY, False),
        (Actor(ME, Role.MANAGER), SOMEBODY, True),
        (Actor(ME, Role.AUDITOR), ME, False),
    ],
)
def test_a_shift_is_closed_by_its_own_or_with_leave(
    by: Actor, opener: StaffId | None, may: bool
) -> None:
    assert may_close(by, opener) is may


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("12345", "not_six_digits"), ("12345a", "not_six_digits"),
        ("１２３４５６", "not_six_digits"),
        ("123456", "run"), ("654321", "run"), ("777777", "run"), ("901234", "run"),
        ("121212", "repeat"), ("428428", "repeat"), ("112211", "repeat"),
        ("900315", "birthday"), ("031527", "birthday"),
    ],
)  # fmt: skip
def test_a_pin_that_is_tried_first_is_refused(pin: str, reason: str) -> None:
    with pytest.raises(WeakPin) as refused:
        check_pin(pin, birthday="1990-03-15")

    assert refused.value.reason == reason


def test_other_pins_are_good_with_a_birthday_and_without() -> None:
    check_pin("482913")
    check_pin("482913", birthday="1990-03-15")


def test_every_miss_beyond_five_waits_longer() -> None:
    assert [locked_until(misses, 1_000) for misses in (4, 5, 6, 7, 8, 99)] == [
        0, 31_000, 61_000, 301_000, 901_000, 901_000,
    ]  # fmt: skip
