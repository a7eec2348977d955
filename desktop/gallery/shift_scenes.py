"""The shift's pages in their states, reached as a cashier reaches them."""

from PySide6.QtCore import Qt

from desktop.gallery.cashier import MANAGER, Cashier

ZHANG = "13812345678"


def shift_notes(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.sell("128", ZHANG)
    cashier.press(Qt.Key.Key_F10)
    cashier.tap("countNotes")
    for count in ("1", "", "1", "", "1", "3"):
        cashier.type(count)
        cashier.press(Qt.Key.Key_Down)


def shift_cash(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.sell("128", ZHANG)
    cashier.press(Qt.Key.Key_F10)
    cashier.tap("openCash")
    cashier.type("200")
    cashier.tap("cashReason0")
    cashier.tap("moveCash")
    cashier.tap("cashWay1")
    cashier.type("100")
    cashier.tap("cashReason1")


def shift_approval(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.sell("1128", ZHANG)
    cashier.press(Qt.Key.Key_F10)
    cashier.type("128")
    cashier.tap("closeShift")
    cashier.wait_for_guard()
    cashier.tap("closeShift")
    cashier.tap("approver0")


def shift_led(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.sell("128", ZHANG)
    cashier.press(Qt.Key.Key_F12)
    cashier.sign_in(MANAGER, cashier.manager_pin)
    cashier.press(Qt.Key.Key_F10)
    cashier.tap("blindCount")


SHIFT_SCENES = {
    scene.__name__: scene for scene in (shift_notes, shift_cash, shift_approval, shift_led)
}
