"""The customer's screen: what he is told, asked and types, and what is left when it goes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel

from desktop.gallery.cashier import SHIFT_LEAD, Cashier
from desktop.screens.customer.state import CustomerState, Stage
from desktop.screens.customer.view_model import CustomerViewModel

ZHANG, NEW = "13812345678", "13922223333"


class Customer:
    """Somebody before his own screen."""

    def __init__(self, cashier: Cashier) -> None:
        """Stand there; the screen lies on the one display that tests have."""
        self.cashier = cashier
        self.model: CustomerViewModel = cashier.counter.pages.customer_model
        self.window = cashier.counter.second_screen.window
        self.window.resize(1024, 600)
        self.window.show()
        self.model.seat(True)

    @property
    def state(self) -> CustomerState:
        return self.model.state()

    def tap(self, name: str) -> None:
        parts = [p for p in self.window.findChildren(QAbstractButton, name) if p.isVisible()]
        assert parts, f"{name} is not seen"
        part = parts[0]
        where = part.rect().center()
        if isinstance(part, QCheckBox):
            where.setX(12)
        QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=where)
        self.cashier.settle()

    def type(self, digits: str) -> None:
        for digit in digits:
            self.tap(f"key_{digit}")


@pytest.fixture
def customer(selling: Cashier) -> Customer:
    return Customer(selling)


def consents(cashier: Cashier) -> list[tuple[str, int, str, str]]:
    with cashier.counter.storage.reading() as reader:
        rows = reader.all(
            "SELECT c.purpose, c.granted, c.basis, c.channel FROM consent AS c"
            " JOIN member AS m USING (member_id) WHERE m.phone LIKE ? ORDER BY c.purpose",
            (f"%{NEW}",),
        )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def test_an_idle_screen_shows_the_shop_and_nobody(customer: Customer) -> None:
    assert (customer.state.stage, customer.state.shop) == (Stage.IDLE, "南京东路店")
    assert customer.state.may_type_phone


def test_the_sale_grows_before_the_customers_eyes_with_his_name_masked(
    customer: Customer,
) -> None:
    customer.cashier.type(ZHANG)
    assert (customer.state.title, customer.state.detail) == ("张*芳，您好", "可用积分 3,421")

    customer.cashier.type("128")
    assert customer.state.figure == "¥128.00"
    assert [row.value for row in customer.state.rows if row.label == "本单获得"] == ["+192 积分"]

    customer.cashier.tap("chip0")
    assert customer.state.figure == "¥127.00"


def test_a_sale_is_thanked_for_and_the_next_customer_sees_nothing_of_it(
    customer: Customer,
) -> None:
    customer.cashier.type(ZHANG)
    customer.cashier.type("88")
    customer.cashier.tap("confirm")
    assert customer.state.stage is Stage.THANKS
    assert customer.state.figure == "¥88.00"

    customer.cashier.counter.window.lock()
    customer.cashier.sign_in(SHIFT_LEAD)

    assert customer.state.stage is Stage.IDLE
    assert customer.state.figure == ""


def test_a_locked_till_shows_no_member_and_takes_no_touch(customer: Customer) -> None:
    customer.cashier.type(ZHANG)
    customer.cashier.type("128")
    customer.cashier.counter.window.lock()

    assert (customer.state.stage, customer.state.title) == (Stage.IDLE, "请稍候")
    assert (customer.state.detail, customer.state.figure) == ("", "")
    assert not customer.state.may_type_phone
    texts = [text.text() for text in customer.window.findChildren(QLabel) if text.isVisible()]
    assert not [text for text in texts if "芳" in text or "128" in text]

    customer.cashier.sign_in()
    assert customer.state.title == "张*芳，您好"


def test_a_phone_half_typed_is_forgotten_when_the_till_is_locked(customer: Customer) -> None:
    customer.tap("ownPhone")
    customer.type(ZHANG[:-1])
    customer.cashier.counter.window.lock()
    for act in (lambda: customer.model.press(ZHANG[-1]), customer.model.begin_phone):
        act()
    customer.cashier.settle()

    assert customer.state.stage is Stage.IDLE
    customer.cashier.sign_in()
    assert customer.state.stage is Stage.IDLE
    assert customer.cashier.state.member is None


def test_nobody_answers_the_consent_of_a_locked_till(customer: Customer) -> None:
    customer.cashier.type(NEW)
    customer.cashier.counter.window.lock()
    customer.model.agree(marketing=True)
    customer.cashier.sign_in()

    question = customer.state.question
    assert question is not None
    assert question.answer is None


def test_a_customer_types_his_own_phone_and_the_cashier_never_sees_it_whole(
    customer: Customer,
) -> None:
    customer.tap("ownPhone")
    customer.type(ZHANG)

    member = customer.cashier.state.member
    assert member is not None
    assert member.phone == "138****5678"
    assert customer.cashier.state.finder.empty
    assert customer.state.stage is Stage.SALE


def test_a_phone_that_nobody_has_goes_to_the_enrollment(customer: Customer) -> None:
    customer.tap("ownPhone")
    customer.type(NEW)

    assert customer.cashier.sees("confirmEnroll")
    assert customer.state.stage is Stage.CONSENT


def test_typing_is_given_up_when_the_cashier_begins(customer: Customer) -> None:
    customer.tap("ownPhone")
    customer.type("138")
    customer.cashier.type(ZHANG)

    assert customer.state.stage is Stage.SALE


def test_consent_by_touch_is_kept_as_given_on_the_screen(customer: Customer) -> None:
    customer.cashier.type(NEW)
    question = customer.state.question
    assert question is not None
    assert question.phone == "139****3333"

    customer.tap("customerMarketing")
    customer.tap("customerAgrees")
    assert "顾客已在屏上同意" in customer.cashier.counter.pages.enroll_model.state().customer
    customer.cashier.tap("confirmEnroll")

    assert consents(customer.cashier) == [
        ("marketing", 1, "screen", "customer_screen"),
        ("membership", 1, "screen", "customer_screen"),
    ]
    assert customer.state.stage is Stage.CODE


def test_what_the_cashier_ticks_after_his_answer_is_kept_as_spoken(customer: Customer) -> None:
    customer.cashier.type(NEW)
    customer.tap("customerAgrees")
    customer.cashier.part("marketing", QCheckBox).click()
    customer.cashier.tap("confirmEnroll")

    assert consents(customer.cashier) == [
        ("marketing", 1, "spoken", "counter"),
        ("membership", 1, "screen", "customer_screen"),
    ]


def test_what_he_tapped_counts_as_his_though_the_cashier_changed_it_to_and_fro(
    customer: Customer,
) -> None:
    customer.cashier.type(NEW)
    customer.tap("customerMarketing")
    customer.tap("customerAgrees")
    for _ in range(2):
        customer.cashier.part("marketing", QCheckBox).click()
    customer.cashier.tap("confirmEnroll")

    assert consents(customer.cashier)[0] == ("marketing", 1, "screen", "customer_screen")


def test_a_no_goes_with_the_screen_and_he_is_asked_by_mouth(customer: Customer) -> None:
    customer.cashier.type(NEW)
    customer.tap("customerDeclines")
    customer.model.seat(False)

    shown = customer.cashier.counter.pages.enroll_model.state()
    assert shown.notice is not None
    assert shown.notice.text == "顾客屏已断开，填好的都在。请口头征得同意"
    assert shown.usable
    customer.cashier.tap("confirmEnroll")
    assert consents(customer.cashier) == [("membership", 1, "spoken", "counter")]


def test_without_a_tap_there_is_no_consent_to_offers_and_the_word_was_spoken(
    customer: Customer,
) -> None:
    customer.cashier.type(NEW)
    customer.cashier.tap("confirmEnroll")

    assert consents(customer.cashier) == [("membership", 1, "spoken", "counter")]


def test_a_customer_who_says_no_is_not_enrolled_and_may_change_his_mind(
    customer: Customer,
) -> None:
    customer.cashier.type(NEW)
    customer.tap("customerDeclines")
    shown = customer.cashier.counter.pages.enroll_model.state()
    assert (shown.confirm, shown.usable) == ("顾客不同意，不能入会", False)

    customer.tap("customerAgrees")

    assert customer.cashier.counter.pages.enroll_model.state().usable


def test_a_screen_that_goes_while_consent_is_open_loses_nothing_and_says_so(
    customer: Customer,
) -> None:
    customer.cashier.type(NEW)
    customer.cashier.tap("title0")
    customer.model.seat(False)

    shown = customer.cashier.counter.pages.enroll_model.state()
    assert shown.notice is not None
    assert shown.notice.text == "顾客屏已断开，填好的都在。请口头征得同意"
    assert (shown.phone.value, shown.salutations[0].on) == ("139 2222 3333", True)
    customer.cashier.tap("confirmEnroll")
    assert consents(customer.cashier) == [("membership", 1, "spoken", "counter")]


def test_an_answer_that_was_given_outlives_the_screen(customer: Customer) -> None:
    customer.cashier.type(NEW)
    customer.tap("customerAgrees")
    customer.model.seat(False)
    assert customer.cashier.counter.pages.enroll_model.state().notice is None
    customer.cashier.tap("confirmEnroll")

    assert consents(customer.cashier) == [("membership", 1, "screen", "customer_screen")]


def test_another_phone_asks_anew(customer: Customer) -> None:
    customer.cashier.type(NEW)
    customer.tap("customerAgrees")
    customer.cashier.press(Qt.Key.Key_Backspace)
    customer.cashier.type("4")

    question = customer.state.question
    assert question is not None
    assert (question.phone, question.answer) == ("139****3334", None)


def test_the_question_leaves_with_the_form(customer: Customer) -> None:
    customer.cashier.type(NEW)
    customer.cashier.counter.window.lock()
    assert customer.state.question is None

    customer.cashier.sign_in()
    assert customer.state.stage is Stage.CONSENT


TWO_SCREENS = """{"screens": [
 {"name": "till", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1},
 {"name": "guest", "x": 1366, "y": 0, "width": 1024, "height": 600, "logicalDpi": 96, "dpr": 1}
]}"""
PLACED = """
import sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from desktop.app import application, open_counter
app = application()
counter = open_counter(Path(sys.argv[1]))
till = next(screen for screen in app.screens() if screen.name() == "till")
counter.window.setGeometry(till.geometry())
counter.window.show()
counter.start()
app.processEvents()
window = counter.second_screen.window
print(counter.second_screen.there, window.isVisible(), window.geometry().getRect())
guest = next(screen for screen in app.screens() if screen.name() == "guest")
app.screenRemoved.emit(guest)
app.processEvents()
print(counter.second_screen.there, window.isVisible(), counter.window.isVisible())
app.screenAdded.emit(guest)
app.processEvents()
print(counter.second_screen.there, window.isVisible())
counter.close()
"""


CLOSED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop.app import application, open_counter
app = application()
counter = open_counter(Path(sys.argv[1]))
till = next(screen for screen in app.screens() if screen.name() == "till")
counter.window.setGeometry(till.geometry())
counter.window.show()
counter.start()
print(counter.second_screen.window.isVisible())
QTimer.singleShot(100, counter.window.close)
QTimer.singleShot(10_000, lambda: app.exit(7))
print(app.exec())
counter.close()
"""


@pytest.fixture
def on_two_screens(shop_folder: Path, tmp_path: Path) -> Callable[[str], list[str]]:
    """Return what runs a program at a till with two screens and gives the lines it said."""
    screens = tmp_path / "screens.json"
    screens.write_text(TWO_SCREENS, encoding="utf-8")

    def run(program: str) -> list[str]:
        root = Path(__file__).parents[3]
        ran = subprocess.run(
            [sys.executable, "-c", program, str(shop_folder)],
            env={"QT_QPA_PLATFORM": f"offscreen:configfile={screens}", "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.stdout, ran.stderr
        return ran.stdout.splitlines()

    return run


def test_the_window_lies_on_the_second_screen_and_goes_and_comes_with_it(
    on_two_screens: Callable[[str], list[str]],
) -> None:
    assert on_two_screens(PLACED) == [
        "True True (1366, 0, 1024, 600)",
        "False False True",
        "True True",
    ]


def test_the_program_ends_with_the_cashiers_window_though_the_customers_stands(
    on_two_screens: Callable[[str], list[str]],
) -> None:
    assert on_two_screens(CLOSED) == ["True", "0"]


def test_one_screen_is_the_cashiers_alone(selling: Cashier) -> None:
    second = selling.counter.second_screen
    second.start()
    QApplication.processEvents()

    assert len(QGuiApplication.screens()) == 1
    assert not second.there
    assert not second.window.isVisible()
