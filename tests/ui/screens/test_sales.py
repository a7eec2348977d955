"""The sales' screen: what it lists and finds, voiding with approval, attaching a member."""

import pytest
from PySide6.QtCore import Qt

from desktop.gallery.cashier import SHIFT_LEAD, Cashier
from desktop.gallery.sale_scenes import ZHANG, sell_goods, some_sales, zhang
from desktop.gallery.shop import PIN
from desktop.screens.sales.state import Detail, Panel, SalesState
from desktop.widgets.touch_button import TouchButton

MINUTE_MS = 60_000
DAY_MS = 86_400_000


@pytest.fixture
def listing(cashier: Cashier) -> Cashier:
    """Return a cashier at the sales' screen, four sales made today."""
    some_sales(cashier)
    cashier.tap("place_sales")
    return cashier


def state(cashier: Cashier) -> SalesState:
    return cashier.counter.pages.sales_model.state()


def detail(cashier: Cashier) -> Detail:
    shown = state(cashier).detail
    assert shown is not None
    return shown


def notice(cashier: Cashier) -> str:
    shown = state(cashier).notice
    return "" if shown is None else shown.text


def rows(cashier: Cashier) -> list[tuple[str, str, str]]:
    return [(row.name, row.tier, row.note) for row in state(cashier).rows]


def fact(cashier: Cashier, label: str) -> str:
    return next(row.value for row in detail(cashier).facts if row.label == label)


def test_todays_sales_are_listed_newest_first_with_what_became_of_them(listing: Cashier) -> None:
    assert rows(listing) == [
        ("¥35.80", "", ""),
        ("¥66.00", "已撤销", ""),
        ("¥128.00", "", "+192 积分"),
        ("¥167.60", "", "+251 积分"),
    ]
    assert state(listing).rows[3].phone.endswith("张*芳 138****5678")
    assert detail(listing).title.startswith("¥35.80")


def test_a_receipt_that_is_typed_finds_its_sale(listing: Cashier) -> None:
    listing.type("000217")

    assert [row.name for row in state(listing).rows] == ["¥167.60"]
    assert fact(listing, "收银小票") == "000217"
    assert detail(listing).goods[0].label == "鲜牛奶 950 ml × 2"

    listing.press(Qt.Key.Key_Escape)
    assert len(state(listing).rows) == 4


def test_a_receipt_that_nobody_wrote_finds_nothing_and_says_where_else_to_look(
    listing: Cashier,
) -> None:
    listing.type("999999")

    assert (state(listing).rows, state(listing).empty) == ((), "没有找到")
    assert state(listing).detail is None


def test_the_member_at_the_counter_has_his_own_list(listing: Cashier) -> None:
    listing.press(Qt.Key.Key_F2)
    listing.type(ZHANG)
    listing.tap("place_sales")
    listing.tap("salesOfMember")

    assert len(state(listing).rows) > 4
    assert all("138****5678" in row.phone for row in state(listing).rows)

    listing.tap("salesToday")
    assert len(state(listing).rows) == 4


def test_arrows_walk_through_the_sales(listing: Cashier) -> None:
    listing.press(Qt.Key.Key_Down)
    assert detail(listing).title.startswith("¥66.00")

    listing.press(Qt.Key.Key_Up)
    assert detail(listing).title.startswith("¥35.80")


def test_a_cashier_voids_with_the_pin_of_one_who_may(listing: Cashier) -> None:
    listing.tap("voidSale")
    assert not listing.sees("approver0")

    listing.tap("voidReason0")
    listing.tap("approver1")
    listing.type(PIN)

    assert notice(listing) == "已作废 ¥35.80，收回 0 分"
    assert rows(listing)[0][1] == "已作废"
    assert fact(listing, "原因") == "金额输错"
    assert not detail(listing).void.usable
    assert not detail(listing).give_back.usable


def test_a_wrong_pin_voids_nothing(listing: Cashier) -> None:
    listing.tap("voidSale")
    listing.tap("voidReason1")
    listing.tap("approver1")
    listing.type("975310")

    assert state(listing).panel is Panel.VOID
    assert rows(listing)[0][1] == ""

    listing.press(Qt.Key.Key_Escape)
    assert state(listing).panel is Panel.DETAIL


def test_who_may_void_alone_is_asked_for_a_reason_only(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    cashier.sell("50", ZHANG)
    cashier.clock.advance(3 * MINUTE_MS)
    cashier.tap("place_sales")
    cashier.tap("voidSale")
    assert not cashier.part("confirmVoid", TouchButton).isEnabled()

    cashier.tap("voidReason2")
    assert cashier.part("confirmVoid", TouchButton).text() == "作废，退还 ¥50.00"
    cashier.tap("confirmVoid")

    assert notice(cashier) == "已作废 ¥50.00，收回 75 分"


def test_within_two_minutes_the_sale_is_undone_without_a_reason(selling: Cashier) -> None:
    selling.sell("50")
    selling.tap("place_sales")
    assert selling.part("voidSale", TouchButton).text() == "撤销"

    selling.tap("voidSale")

    assert notice(selling) == "已撤销 ¥50.00"
    assert rows(selling)[0][1] == "已撤销"


def test_a_member_is_attached_afterwards_and_has_the_points(listing: Cashier) -> None:
    listing.tap("attachMember")
    listing.type(ZHANG)
    assert listing.part("confirmAttach", TouchButton).text() == "补给 张*芳 138****5678"
    listing.tap("confirmAttach")

    assert notice(listing).startswith("已补给 张*芳，获得 53 分")
    assert rows(listing)[0] == ("¥35.80", "", "+53 积分")
    assert not detail(listing).attach.usable


def test_a_scan_while_a_member_is_looked_for_stays_here(listing: Cashier) -> None:
    listing.tap("attachMember")
    listing.scan(ZHANG)

    assert listing.part("confirmAttach", TouchButton).isEnabled()
    assert listing.sees("attachSearch")


def test_two_who_answer_are_never_chosen_between(listing: Cashier) -> None:
    listing.tap("attachMember")
    listing.type("5678")

    assert not listing.part("confirmAttach", TouchButton).isEnabled()


def test_only_a_sale_of_today_without_a_member_takes_one(listing: Cashier) -> None:
    listing.counter.pages.sales_model.choose(2)
    listing.settle()

    assert not detail(listing).attach.usable


def test_another_person_finds_nothing_half_done(listing: Cashier) -> None:
    listing.tap("voidSale")
    listing.press(Qt.Key.Key_F12)
    listing.sign_in(SHIFT_LEAD)

    assert state(listing).panel is Panel.DETAIL


def test_a_row_of_a_members_history_leads_to_its_sale(selling: Cashier) -> None:
    sold = sell_goods(selling, zhang(selling))
    selling.clock.advance(DAY_MS)
    pages = selling.counter.pages
    pages.members_model.chosen.emit(zhang(selling))
    selling.settle()
    pages.member.history.table.row_chosen.emit(0)
    selling.settle()

    assert selling.sees("saleSearch")
    assert detail(selling).title.startswith("¥167.60")
    assert detail(selling).give_back.usable
    assert pages.sales_model._chosen == sold.sale_id
