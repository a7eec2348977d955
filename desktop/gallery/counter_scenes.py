"""Every screen of the counter in its main states, reached as a cashier reaches them."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from db.storage.errors import StorageUnavailable
from desktop.gallery.cashier import MANAGER, OTHER_CASHIER, SHIFT_LEAD, Cashier
from desktop.gallery.generous_shop import give_coupons, make_generous, pay_in
from desktop.gallery.shop import HOUR_MS

Scene = Callable[[Cashier], None]
ZHANG, NEW = "13812345678", "13922223333"


def sign_in(cashier: Cashier) -> None:
    """Show the people."""


def wrong_pin(cashier: Cashier) -> None:
    cashier.sign_in(pin="111112")


def empty(cashier: Cashier) -> None:
    cashier.sign_in()


def candidates(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.type("5678")
    cashier.wait_for_last_four()


def letters(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.tap("key_letters")
    cashier.tap("letter_Z")


def member(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.type(ZHANG)


def redeem(cashier: Cashier) -> None:
    member(cashier)
    cashier.type("128")
    cashier.tap("chip0")


def generous(cashier: Cashier) -> None:
    cashier.sign_in()
    make_generous(cashier)
    give_coupons(cashier, "TEN", "TENTH", "BIG")
    pay_in(cashier)
    cashier.type(ZHANG)


def paid_by_value(cashier: Cashier) -> None:
    generous(cashier)
    cashier.type("128")
    cashier.tap("couponChip")
    cashier.tap("valueChip")


def coupons(cashier: Cashier) -> None:
    generous(cashier)
    cashier.type("128")
    cashier.press(Qt.Key.Key_F6)
    cashier.type("hello")
    cashier.press(Qt.Key.Key_Return)
    cashier.tap("offer1")


def crowded(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.sell("35.8")
    make_generous(cashier)
    give_coupons(cashier, "TEN", "BIG")
    pay_in(cashier)
    cashier.type(ZHANG)
    cashier.type("128")
    for chip in ("couponChip", "valueChip", "chip0"):
        cashier.tap(chip)
    cashier.press(Qt.Key.Key_F6)
    for code in ("HELLO", "NOPE"):
        cashier.type(code)
        cashier.press(Qt.Key.Key_Return)
    cashier.press(Qt.Key.Key_Escape)


def top_up(cashier: Cashier) -> None:
    generous(cashier)
    cashier.tap("valueChip")
    cashier.tap("valueStep1")


def refund(cashier: Cashier) -> None:
    generous(cashier)
    cashier.tap("valueChip")
    cashier.counter.pages.value_model.turn(1)
    cashier.tap("valueReason0")


def refund_approval(cashier: Cashier) -> None:
    refund(cashier)
    cashier.tap("confirmValue")


def sold(cashier: Cashier) -> None:
    redeem(cashier)
    cashier.tap("confirm")


def why(cashier: Cashier) -> None:
    redeem(cashier)
    cashier.tap("why")


def undone(cashier: Cashier) -> None:
    sold(cashier)
    cashier.tap("undo")


def caution(cashier: Cashier) -> None:
    member(cashier)
    cashier.type("6000")
    cashier.tap("confirm")


def private_code(cashier: Cashier) -> None:
    sold(cashier)
    cashier.scan("134567890123456789")


def enroll(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.type(NEW)
    cashier.tap("title0")
    cashier.tap("month4")


def welcome(cashier: Cashier) -> None:
    enroll(cashier)
    cashier.tap("confirmEnroll")


def members(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.tap("place_members")
    cashier.counter.pages.members_model.search("z")
    cashier.settle()


def overview(cashier: Cashier) -> None:
    members(cashier)
    cashier.press(Qt.Key.Key_Return)


def history(cashier: Cashier) -> None:
    overview(cashier)
    cashier.counter.pages.member.tabs.setCurrentIndex(1)
    cashier.settle()


def report(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    for hours, amount in ((0, "128"), (1, "35.8"), (1, "66"), (2, "210")):
        cashier.clock.advance(hours * HOUR_MS)
        cashier.wait_for_guard()
        cashier.sell(amount, "" if amount == "35.8" else ZHANG)
    cashier.tap("place_report")


def shift(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.sell("128", ZHANG)
    cashier.wait_for_guard()
    cashier.sell("35.8")
    cashier.press(Qt.Key.Key_F10)
    cashier.type("160.8")
    cashier.tap("tillTotal")
    cashier.type("163.8")


def shift_far_off(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.sell("1128", ZHANG)
    cashier.press(Qt.Key.Key_F10)
    cashier.type("128")
    cashier.wait_for_guard()
    cashier.tap("closeShift")


def shift_of_another(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.press(Qt.Key.Key_F12)
    cashier.sign_in(OTHER_CASHIER)
    cashier.press(Qt.Key.Key_F10)


def handed_over(cashier: Cashier) -> None:
    shift(cashier)
    cashier.wait_for_guard()
    cashier.tap("closeShift")


def program(cashier: Cashier) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    cashier.counter.window.bar.program_requested.emit()
    cashier.settle()


def program_tried(cashier: Cashier) -> None:
    program(cashier)
    cashier.type("228.5")
    cashier.tap("trialBuyer2")


def trouble(cashier: Cashier) -> None:
    redeem(cashier)
    cashier.counter.runner.trouble.emit(StorageUnavailable("disk_full"))
    cashier.settle()


def locked(cashier: Cashier) -> None:
    member(cashier)
    cashier.press(Qt.Key.Key_F12)
