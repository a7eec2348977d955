"""Selling by goods, and proving a member, as a cashier meets them."""

from db.storage.imports import ProductRow
from desktop.gallery.cashier import Cashier
from desktop.gallery.generous_shop import make_generous

ZHANG = "13812345678"
MILK, BREAD, COFFEE = "6901234567892", "6909876543218", "K-77"
PRODUCTS = (
    ProductRow(MILK, "鲜牛奶", "乳品", "光明", "950 ml", 1_290),
    ProductRow(BREAD, "全麦面包", "烘焙", "", "400 g", 1_580),
    ProductRow(COFFEE, "挂耳咖啡", "饮品", "", "10 包", 4_200),
    ProductRow("X-1", "没有价格的杯子", "器皿", "", "", None),
)


def stock(cashier: Cashier) -> None:
    """Give the shop a list of goods."""
    with cashier.counter.storage.begin() as work:
        work.imports.put_products(PRODUCTS)


def goods_sheet(cashier: Cashier) -> None:
    """Show the sheet of goods, two kinds in the sale, letters being typed."""
    goods_sale(cashier)
    cashier.tap("addGoods")
    cashier.counter.pages.counter_model.goods.search("x")
    cashier.settle()


def goods_sale(cashier: Cashier) -> None:
    """Show a sale by goods."""
    stock(cashier)
    cashier.sign_in()
    cashier.type(ZHANG)
    for code in (MILK, MILK, BREAD, COFFEE):
        cashier.scan(code)


def proving(cashier: Cashier) -> None:
    """Ask who answers for many points, where the customer has no screen."""
    cashier.sign_in()
    make_generous(cashier, verify={"redeem_above": {"online": "1.00", "offline": "1.00"}})
    cashier.settle()
    cashier.type(ZHANG)
    cashier.type("128")
    cashier.tap("chip0")
    cashier.wait_for_guard()
    cashier.tap("confirm")
