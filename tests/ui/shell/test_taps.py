"""How many taps each flow of the day takes, counted by doing it with a finger alone.

The figures are the design's: a step more is a step that every cashier takes a hundred times a day.
"""

from dataclasses import dataclass

from desktop.gallery.cashier import Cashier
from desktop.gallery.counter_scenes import NEW, ZHANG
from desktop.gallery.generous_shop import give_coupons, make_generous
from desktop.gallery.shop import PIN


@dataclass
class Finger:
    """Taps, and counts them."""

    cashier: Cashier
    taps: int = 0

    def tap(self, *names: str) -> None:
        """Tap parts one after another."""
        for name in names:
            self.cashier.tap(name)
            self.taps += 1

    def keys(self, text: str) -> None:
        """Tap keys of the keypad."""
        self.tap(*(f"key_{key}" for key in text))

    def since(self) -> int:
        """Return the taps since the last time."""
        taken, self.taps = self.taps, 0
        return taken


def numbers(cashier: Cashier) -> dict[str, str]:
    with cashier.counter.storage.reading() as reader:
        return dict(reader.all("SELECT phone, number FROM member WHERE phone IS NOT NULL"))


def test_a_scanned_member_takes_no_tap_and_a_sale_its_digits_and_one(selling: Cashier) -> None:
    finger = Finger(selling)

    selling.scan(numbers(selling)["+86" + ZHANG])
    assert selling.state.member is not None
    assert finger.since() == 0

    finger.keys("128")
    finger.tap("confirm")
    assert selling.state.last.text.startswith("张*芳 ¥128.00")
    assert finger.since() == len("128") + 1


def test_a_phone_takes_its_eleven_digits_and_no_enter(selling: Cashier) -> None:
    finger = Finger(selling)

    finger.keys(ZHANG)

    assert selling.state.member is not None
    assert finger.since() == 11


def test_the_last_four_that_one_member_has_take_four(selling: Cashier) -> None:
    finger = Finger(selling)

    finger.keys("2222")
    selling.wait_for_last_four()

    assert selling.state.member is not None
    assert finger.since() == 4


def test_a_new_member_takes_his_digits_and_one_tap(selling: Cashier) -> None:
    finger = Finger(selling)

    finger.keys(NEW)
    finger.tap("confirmEnroll")

    assert selling.state.member is not None
    assert finger.since() == 11 + 1


def test_points_and_a_coupon_take_one_tap_each(selling: Cashier) -> None:
    make_generous(selling)
    give_coupons(selling, "TEN")
    selling.scan(numbers(selling)["+86" + ZHANG])
    selling.type("128")
    finger = Finger(selling)

    finger.tap("couponChip")
    assert finger.since() == 1

    finger.tap("chip0")
    assert "100" in selling.state.confirm.text
    assert finger.since() == 1


def test_the_last_sale_is_taken_back_with_one_tap(selling: Cashier) -> None:
    selling.sell("35.8")
    selling.wait_for_guard()
    finger = Finger(selling)

    finger.tap("undo")

    assert selling.state.last.text == ""
    assert finger.since() == 1


def test_another_cashier_takes_over_with_two_taps_and_a_pin(selling: Cashier) -> None:
    finger = Finger(selling)

    finger.tap("lock", "person2")
    finger.tap(*(f"pin_{digit}" for digit in PIN))

    assert selling.counter.window.at_work
    assert finger.since() == 2 + len(PIN)
