"""Who works here: added, given ways in, let go; and how they come in by badge or a first PIN."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from db.services.badges import PinGiven
from desktop.gallery.cashier import CASHIER, MANAGER, OTHER_CASHIER, Cashier
from desktop.gallery.house_scenes import new_user, user, user_badge, user_pin, users
from desktop.gallery.shop import PIN
from desktop.screens.users.state import NewPanel, PersonPanel, ToldPanel, UsersState
from desktop.shell.places import HousePage

OWN = "482951"


def state(cashier: Cashier) -> UsersState:
    return cashier.counter.pages.house.users_model.state()


def told(cashier: Cashier) -> ToldPanel:
    panel = state(cashier).panel
    assert isinstance(panel, ToldPanel)
    return panel


def says(cashier: Cashier) -> str:
    notice = state(cashier).notice
    return "" if notice is None else notice.text


def test_only_a_manager_finds_the_page(cashier: Cashier) -> None:
    cashier.sign_in(CASHIER)
    names = [action.text() for action in cashier.counter.window.bar.menu().actions()]
    cashier.counter.pages.house.open(HousePage.USERS)

    assert "员工" not in names
    assert "关于与诊断" in names
    assert cashier.counter.pages.counter.isVisible()


def test_a_new_person_gets_a_pin_once_and_makes_it_his_own(cashier: Cashier) -> None:
    new_user(cashier)
    cashier.tap("newRole1")
    cashier.tap("confirmUser")
    pin = told(cashier).secret.replace(" ", "")
    assert ("12", "周小川", "班长") in [row.cells[:3] for row in state(cashier).rows]

    cashier.counter.window.lock()
    cashier.sign_in(1, pin)  # tiles stand by code: 1, 12, 2
    assert not cashier.counter.window.at_work
    cashier.type(OWN)
    cashier.type("482952")
    assert "两次不一样" in cashier.counter.pages.sign_in_model.state().message
    cashier.type(pin)
    cashier.type(pin)
    assert "不能和给您的 PIN 一样" in cashier.counter.pages.sign_in_model.state().message
    cashier.type(OWN)
    cashier.type(OWN)

    assert cashier.counter.window.at_work
    assert cashier.counter.desk.staff is not None
    assert cashier.counter.desk.staff.name == "周小川"
    assert state(cashier).panel is None  # the PIN is told to nobody else
    assert not cashier.counter.pages.house.users.isVisible()  # a shift lead may not see it


def test_a_code_that_is_taken_keeps_the_form(cashier: Cashier) -> None:
    new_user(cashier)
    cashier.part("userCode", QLineEdit).setText("2")
    cashier.tap("confirmUser")

    assert "已是 王芳 的" in says(cashier)
    assert isinstance(state(cashier).panel, NewPanel)
    assert cashier.part("userName", QLineEdit).text() == "周小川"


def test_a_badge_signs_in_at_the_sign_in_and_takes_over_at_work(cashier: Cashier) -> None:
    user_badge(cashier)
    badge = told(cashier).code
    cashier.counter.window.lock()

    cashier.scan("S123456789ABCDEF")
    assert not cashier.counter.window.at_work
    cashier.scan(badge)
    assert cashier.counter.window.at_work
    assert cashier.counter.desk.staff is not None
    assert cashier.counter.desk.staff.name == "王芳"

    cashier.press(Qt.Key.Key_F12)
    cashier.sign_in(OTHER_CASHIER)
    cashier.scan(badge)

    assert cashier.counter.desk.staff.name == "王芳"


def test_an_unknown_badge_is_said(cashier: Cashier) -> None:
    user_badge(cashier)
    badge = told(cashier).code
    cashier.tap("addUser")
    cashier.counter.pages.house.users_model.choose(CASHIER)
    cashier.settle()
    cashier.tap("userDropBadge")
    cashier.counter.window.lock()
    cashier.scan(badge)

    assert "不认识这张工牌" in cashier.counter.pages.sign_in_model.state().message
    cashier.sign_in(CASHIER, PIN)
    assert cashier.counter.window.at_work


def test_a_badge_is_put_on_paper(cashier: Cashier) -> None:
    user_badge(cashier)
    cashier.tap("saveBadge")

    assert "badge-" in says(cashier)
    files = list((cashier.counter.home / "papers").glob("badge-*.pdf"))
    assert len(files) == 1
    assert files[0].read_bytes().startswith(b"%PDF")


def test_another_role_at_one_tap_and_the_last_manager_stays(cashier: Cashier) -> None:
    user(cashier)
    cashier.tap("userRole1")
    assert ("2", "王芳", "班长") in [row.cells[:3] for row in state(cashier).rows]

    cashier.counter.pages.house.users_model.choose(MANAGER)
    cashier.settle()
    cashier.tap("userRole0")

    assert "最后一位店长" in says(cashier)


def test_to_let_somebody_go_takes_two_taps(cashier: Cashier) -> None:
    user(cashier)
    cashier.tap("userGone")
    assert cashier.part("userGone").text() == "再点一次：王芳 离职"
    cashier.tap("userGone")  # the other half of a double tap
    assert len(cashier.counter.desk.facts.people) == 4
    cashier.wait_for_guard()
    cashier.tap("userGone")

    panel = state(cashier).panel
    assert isinstance(panel, PersonPanel)
    assert "已离职" in panel.text
    assert panel.let_go == ""
    assert [person.name for person in cashier.counter.desk.facts.people] == ["店长", "李明", "赵敏"]


def test_escape_leaves_and_what_was_told_is_not_told_again(cashier: Cashier) -> None:
    user_pin(cashier)
    cashier.press(Qt.Key.Key_Escape)
    assert cashier.counter.pages.counter.isVisible()

    cashier.counter.pages.house.open(HousePage.USERS)
    cashier.settle()

    assert state(cashier).panel is None


def test_a_joined_counter_says_that_head_office_keeps_the_staff(cashier: Cashier) -> None:
    with cashier.counter.storage.begin() as work:
        work.settings.put("authority", "office")
        work.forget()
    cashier.counter.desk.refresh()
    cashier.settle()
    users(cashier)
    cashier.counter.pages.house.users_model.choose(CASHIER)
    cashier.settle()

    assert "由总部管理" in says(cashier)
    assert not cashier.sees("addUser")
    assert not cashier.sees("userPin")
    cashier.tap("userBadge")
    assert told(cashier).code


def test_what_was_told_is_gone_from_the_page_once_the_till_is_locked(cashier: Cashier) -> None:
    user_pin(cashier)
    secret = told(cashier).secret
    shown = cashier.counter.pages.house.users.told
    assert secret in {label.text() for label in shown.findChildren(QLabel)}

    cashier.press(Qt.Key.Key_F12)
    cashier.sign_in(MANAGER, cashier.manager_pin)

    assert cashier.counter.pages.house.users.isVisible()
    assert not shown.isVisible()
    assert state(cashier).panel is None


def test_what_is_answered_after_the_lock_is_told_to_nobody(cashier: Cashier) -> None:
    user(cashier)
    QTest.mouseClick(cashier.part("userPin"), Qt.MouseButton.LeftButton)
    cashier.counter.window.lock()
    cashier.settle()

    assert state(cashier).panel is None


def test_two_quick_taps_make_one_pin(cashier: Cashier) -> None:
    user(cashier)
    model = cashier.counter.pages.house.users_model
    given: list[object] = []
    cashier.counter.runner.committed.connect(given.append)
    model.new_pin()
    model.new_pin()
    cashier.settle()

    assert len([each for each in given if isinstance(each, PinGiven)]) == 1
    model.begin_to_add()
    model.add("77", "周小川")
    model.add("77", "周小川")
    cashier.settle()
    assert told(cashier).secret
    assert says(cashier) == ""
