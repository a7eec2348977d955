"""What can be done from a member's page: by whom, with whose approval, and what it leaves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.gallery.cashier import MANAGER, SHIFT_LEAD, Cashier
from desktop.gallery.generous_shop import give_coupons, make_generous, pay_in
from desktop.gallery.member_scenes import ZHANG, open_member, turn_to
from desktop.gallery.shop import PIN, CounterShop
from desktop.screens.member.state import ActKind, ActState, MemberState


@pytest.fixture
def page(cashier: Cashier) -> Cashier:
    """Return a cashier at 张*芳's page."""
    cashier.sign_in()
    open_member(cashier)
    return cashier


@pytest.fixture
def managed(cashier: Cashier) -> Cashier:
    """Return the manager at 张*芳's page."""
    cashier.sign_in(MANAGER, cashier.manager_pin)
    open_member(cashier)
    return cashier


def state(cashier: Cashier) -> MemberState:
    shown = cashier.counter.pages.member_model.state()
    assert shown is not None
    return shown


def sheet(cashier: Cashier) -> ActState:
    shown = cashier.counter.pages.member_model.act.state()
    assert shown is not None
    return shown


def notice(cashier: Cashier) -> str:
    shown = state(cashier).notice
    return "" if shown is None else shown.text


def known(cashier: Cashier, label: str) -> str:
    return next(row.value for row in state(cashier).profile.facts if row.label == label)


def begin(cashier: Cashier, kind: str, tab: str = "profile") -> None:
    turn_to(cashier, tab)
    cashier.tap(f"act_{kind}")


def confirm(cashier: Cashier) -> None:
    cashier.wait_for_guard()
    cashier.tap("confirmAct")


def test_a_cashier_corrects_a_profile_and_the_change_is_told(page: Cashier) -> None:
    begin(page, "edit")
    line = page.part("act_city", QLineEdit)
    line.setFocus()
    page.type("Shanghai")
    page.tap("actGender0")
    confirm(page)

    assert (known(page, "城市"), known(page, "称呼")) == ("Shanghai", "女士")
    assert notice(page) == "已完成：编辑资料"
    changes = [row.cells[1:3] for row in state(page).privacy.changes.rows]
    assert sorted(changes) == [("城市", "Shanghai"), ("称呼", "女士")]


def test_only_what_was_touched_is_changed(page: Cashier) -> None:
    begin(page, "edit")
    assert (sheet(page).confirm, sheet(page).usable) == ("还没有改动", False)

    page.part("act_birthday", QLineEdit).setFocus()
    page.type("05-20")
    confirm(page)

    assert known(page, "生日") == "05-20"
    assert known(page, "姓名") == "张*芳"
    assert len(state(page).privacy.changes.rows) == 1


def test_a_birthday_that_is_none_is_said_and_nothing_is_changed(page: Cashier) -> None:
    begin(page, "edit")
    page.part("act_birthday", QLineEdit).setFocus()
    page.type("13-45")
    confirm(page)

    shown = sheet(page).notice
    assert shown is not None
    assert shown.text == "生日填得不对，如 05-20"
    assert known(page, "生日") == "无"


def test_another_phone_takes_a_second_person(page: Cashier) -> None:
    begin(page, "phone")
    page.type("13955556666")
    confirm(page)
    assert [choice.text for choice in sheet(page).approvers] == []
    assert "店长" in sheet(page).prompt

    page.type(page.manager_pin)

    assert state(page).phone == "139****6666"
    assert [row.cells[1:3] for row in state(page).privacy.changes.rows] == [
        ("手机号", "139****6666")
    ]


def test_a_wrong_pin_changes_nothing_and_escape_takes_one_step_back(page: Cashier) -> None:
    begin(page, "phone")
    page.type("13955556666")
    confirm(page)
    page.type("111112")
    assert sheet(page).asks_pin

    page.press(Qt.Key.Key_Escape)
    assert not sheet(page).asks_pin
    assert sheet(page).fields[0].text == "13955556666"
    page.press(Qt.Key.Key_Escape)

    assert page.counter.pages.member_model.act.state() is None
    assert state(page).phone == "138****5678"


def test_a_phone_that_lacks_a_digit_is_not_taken(page: Cashier) -> None:
    begin(page, "phone")
    page.type("1395555666")

    assert (sheet(page).confirm, sheet(page).usable) == ("号码少 1 位", False)


def test_the_phone_of_another_member_moves_only_on_a_second_press(managed: Cashier) -> None:
    begin(managed, "phone")
    managed.type("13711112222")
    confirm(managed)
    assert sheet(managed).confirm == "号码换人了，改给这位会员"
    assert state(managed).phone == "138****5678"

    confirm(managed)

    assert state(managed).phone == "137****2222"
    managed.press(Qt.Key.Key_Escape)
    managed.counter.pages.members_model.search("单雄信")
    managed.settle()
    assert managed.counter.pages.members_model.state().rows[0].phone == ""


def test_a_number_with_a_new_owner_leaves_him_and_the_new_customer_is_enrolled(
    managed: Cashier,
) -> None:
    begin(managed, "recycled")
    confirm(managed)

    assert managed.sees("confirmEnroll")
    assert managed.counter.pages.enroll_model.state().phone.value == "138 1234 5678"
    managed.tap("confirmEnroll")
    managed.settle()
    assert managed.state.member is not None
    assert managed.state.member.points == "0"


def test_points_are_adjusted_with_a_reason_and_a_minus_takes_them(managed: Cashier) -> None:
    begin(managed, "adjust")
    managed.type("-50")
    assert sheet(managed).confirm == "请先选原因"
    managed.tap("actReason2")
    assert sheet(managed).confirm == "减 50 分"
    confirm(managed)

    assert state(managed).figures[0].value == "3,371"
    assert state(managed).history.rows[0].cells[1] == "调整·更正错误"


def test_a_cashier_may_not_adjust_freeze_or_merge_and_sees_whom_to_ask(page: Cashier) -> None:
    turn_to(page, "profile")
    acts = {act.kind: act for act in state(page).profile.acts}

    for kind in (ActKind.ADJUST, ActKind.FREEZE, ActKind.MERGE):
        assert not acts[kind].usable
        assert acts[kind].text.endswith("（店长）")
    page.counter.pages.member_model.begin(ActKind.MERGE)
    assert page.counter.pages.member_model.act.state() is None


def test_freezing_takes_a_reason_and_unfreezing_gives_everything_back(managed: Cashier) -> None:
    begin(managed, "freeze")
    managed.tap("actReason1")
    confirm(managed)
    assert not state(managed).usable
    assert managed.counter.pages.member_model.state() is not None

    begin(managed, "unfreeze")
    managed.tap("actReason1")
    confirm(managed)

    assert state(managed).usable
    assert state(managed).figures[0].value == "3,421"


def test_the_whole_number_shows_after_a_reason_and_not_for_the_next_visit(
    managed: Cashier,
) -> None:
    managed.tap("revealPhone")
    managed.tap("actReason0")
    confirm(managed)
    assert state(managed).phone == "138 1234 5678"

    managed.press(Qt.Key.Key_Escape)
    open_member(managed)

    assert state(managed).phone == "138****5678"
    with managed.counter.storage.reading() as reader:
        assert reader.value("SELECT count(*) FROM operation WHERE kind = 'reveal'") == 1


def test_a_lead_reveals_with_the_managers_pin(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD, PIN)
    open_member(cashier)
    cashier.tap("revealPhone")
    cashier.tap("actReason0")
    confirm(cashier)
    assert state(cashier).phone == "138****5678"

    cashier.type(cashier.manager_pin)

    assert state(cashier).phone == "138 1234 5678"


def test_two_cards_become_one_and_are_told_apart_again(managed: Cashier) -> None:
    begin(managed, "merge")
    managed.type("2222")
    assert sheet(managed).confirm == "把单*信并入这位会员"
    confirm(managed)
    assert any(row.label == "已并入" for row in state(managed).profile.facts)

    begin(managed, "unmerge")
    assert sheet(managed).confirm == "请选一位"
    managed.counter.pages.member_model.act.choose_other(0)
    confirm(managed)

    assert not any(row.label == "已并入" for row in state(managed).profile.facts)


def test_a_member_is_not_merged_with_himself(managed: Cashier) -> None:
    begin(managed, "merge")
    managed.type(ZHANG)

    assert sheet(managed).candidates == ()


def test_tags_come_and_go_with_a_tap(page: Cashier) -> None:
    page.tap("addTag")
    page.type("VIP")
    page.press(Qt.Key.Key_Return)
    assert state(page).tags == ("VIP",)

    page.tap("tag0")

    assert state(page).tags == ()


def test_consent_to_messages_is_asked_for_and_taken_back_with_one_tap(page: Cashier) -> None:
    turn_to(page, "privacy")
    assert not page.sees("withdrawMarketing")
    page.tap("act_consent")
    assert "优惠短信" in sheet(page).intro
    confirm(page)
    assert state(page).privacy.agreed

    done: list[object] = []
    page.counter.runner.committed.connect(done.append)
    for _ in range(2):  # a double tap is one
        QTest.mouseClick(page.part("withdrawMarketing"), Qt.MouseButton.LeftButton)
    page.settle()

    assert len(done) == 1
    assert not state(page).privacy.agreed
    assert state(page).privacy.consents[1].value.startswith("未同意·")


def test_erasing_takes_a_reason_and_two_presses(managed: Cashier) -> None:
    begin(managed, "erase", "privacy")
    managed.tap("actReason0")
    confirm(managed)
    assert state(managed).phone == "138****5678"
    assert sheet(managed).confirm == "再按一次，注销，不能恢复"
    confirm(managed)

    assert state(managed).name == "会员"
    assert not state(managed).usable
    assert all(not act.usable for act in state(managed).profile.acts)


def test_a_row_of_the_points_opens_the_sale_they_came_by(page: Cashier) -> None:
    turn_to(page, "points")
    assert len(state(page).points.rows) > 1
    view = page.counter.pages.member.points.table.view
    place = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    page.settle()

    assert page.sees("voidSale")


def test_coupons_and_stored_value_have_tabs_of_their_own(cashier: Cashier) -> None:
    cashier.sign_in()
    make_generous(cashier)
    give_coupons(cashier, "TEN")
    pay_in(cashier)
    open_member(cashier)

    assert [row.cells[0] for row in state(cashier).coupons.rows] == ["满100减10"]
    assert state(cashier).coupons.rows[0].cells[-1] == "可用"
    assert state(cashier).value.rows[0].cells[1] == "充值"


def test_what_was_begun_is_given_up_when_somebody_else_signs_in(
    page: Cashier, made_shop: CounterShop
) -> None:
    assert made_shop.members
    begin(page, "phone")
    page.press(Qt.Key.Key_Escape)
    begin(page, "edit")
    page.counter.window.lock()
    page.sign_in(SHIFT_LEAD, PIN)

    assert page.counter.pages.member_model.act.state() is None
