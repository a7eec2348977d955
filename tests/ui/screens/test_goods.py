"""Selling by goods: scanned or found, counted, and what they come to."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.gallery.cashier import Cashier
from desktop.gallery.goods_scenes import BREAD, COFFEE, MILK, stock
from desktop.screens.counter.state import GoodsSheet


@pytest.fixture
def stocked(cashier: Cashier) -> Cashier:
    """Return a cashier in a shop with a list of goods."""
    stock(cashier)
    cashier.sign_in()
    return cashier


def sheet(cashier: Cashier) -> GoodsSheet:
    shown = cashier.counter.pages.counter_model.goods.sheet()
    assert shown is not None
    return shown


def lines(cashier: Cashier) -> list[tuple[str, int]]:
    draft = cashier.counter.pages.counter_model.paying.draft
    return [(line.name, line.quantity) for line in draft.lines]


def search(cashier: Cashier, text: str) -> list[str]:
    cashier.part("goodsSearch", QLineEdit).clear()
    cashier.counter.pages.counter_model.goods.search(text)
    cashier.settle()
    return [row.name for row in sheet(cashier).found]


def test_a_shop_without_a_list_has_no_key_for_goods(selling: Cashier) -> None:
    assert not selling.sees("addGoods")


def test_goods_are_found_by_name_initials_and_code(stocked: Cashier) -> None:
    stocked.tap("addGoods")

    assert search(stocked, "面包") == ["全麦面包"]
    assert search(stocked, "xnn") == ["鲜牛奶"]
    assert search(stocked, "K-7") == ["挂耳咖啡"]
    assert search(stocked, "光明") == ["鲜牛奶"]
    assert search(stocked, "锤子") == []
    assert sheet(stocked).empty == "没有这样的商品"


def test_typed_letters_and_enter_put_goods_into_the_sale(stocked: Cashier) -> None:
    stocked.tap("addGoods")
    stocked.type("qmmb")
    stocked.press(Qt.Key.Key_Return)
    stocked.tap("more0")
    assert sheet(stocked).total == "2 件，共 ¥31.60"
    stocked.tap("fewer0")
    stocked.tap("fewer0")

    assert sheet(stocked).lines == ()


def test_a_scanned_package_is_a_line_and_a_second_scan_counts_up(stocked: Cashier) -> None:
    stocked.scan(MILK)
    stocked.scan(MILK)
    stocked.scan(BREAD)
    stocked.scan(COFFEE)

    assert lines(stocked) == [("鲜牛奶", 2), ("全麦面包", 1), ("挂耳咖啡", 1)]
    assert (stocked.state.amount.label, stocked.state.amount.value) == ("商品 4 件", "¥83.60")


def test_a_sale_by_goods_is_recorded_with_its_lines_and_earns(stocked: Cashier) -> None:
    stocked.type("13812345678")
    stocked.scan(MILK)
    stocked.scan(BREAD)
    stocked.tap("confirm")

    assert stocked.state.last.text.startswith("张*芳 ¥28.70")
    with stocked.counter.storage.reading() as reader:
        rows = reader.all(
            "SELECT sku, name, category, quantity, unit_price FROM sale_line"
            " WHERE sku <> '' ORDER BY line"
        )
    assert [tuple(row) for row in rows] == [
        (MILK, "鲜牛奶", "乳品", 1, 1_290),
        (BREAD, "全麦面包", "烘焙", 1, 1_580),
    ]


def test_digits_do_not_change_a_sale_by_goods_and_escape_clears_it(stocked: Cashier) -> None:
    stocked.tap("amount")
    stocked.scan(MILK)
    stocked.type("5")
    assert stocked.state.amount.value == "¥12.90"
    notice = stocked.state.notice
    assert notice is not None
    assert "件数" in notice.text

    stocked.press(Qt.Key.Key_Escape)
    stocked.press(Qt.Key.Key_Escape)

    assert lines(stocked) == []


def test_goods_without_a_price_are_not_given_away(stocked: Cashier) -> None:
    stocked.scan("X-1")

    notice = stocked.state.notice
    assert notice is not None
    assert notice.text == "「没有价格的杯子」没有价格，请按金额收银"
    assert lines(stocked) == []


def test_a_code_that_is_no_goods_is_still_looked_for_among_members(stocked: Cashier) -> None:
    stocked.scan("4006381333931")

    notice = stocked.state.notice
    assert notice is not None
    assert notice.text == "本机不认识这个码，什么也没有改动"


def test_the_sheet_closes_and_the_lines_stay(stocked: Cashier) -> None:
    stocked.tap("addGoods")
    stocked.type("xnn")
    stocked.press(Qt.Key.Key_Return)
    stocked.tap("goodsDone")

    assert lines(stocked) == [("鲜牛奶", 1)]
    assert not stocked.sees("goodsDone")
    assert stocked.state.benefits[0].label == "鲜牛奶 × 1"
