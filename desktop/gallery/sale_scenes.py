"""The sales' screen and the return's, with sales of both kinds, reached as a cashier does."""

from db.domain.basket import Basket, BasketLine
from db.domain.ids import MemberId, OperationId
from db.services.sales import Sell, Sold, sell
from desktop.gallery.cashier import Cashier

ZHANG = "13812345678"
MINUTE_MS = 60_000
GOODS = (("鲜牛奶 950 ml", 1_290, 2), ("全麦面包", 1_580, 1), ("挂耳咖啡 10 包", 4_200, 3))


def sell_goods(cashier: Cashier, member_id: MemberId | None = None, **facts: object) -> Sold:
    """Record a sale of `GOODS`, as a till with lines brings it."""
    desk = cashier.counter.desk
    lines = tuple(BasketLine(unit_price=price, quantity=units) for _, price, units in GOODS)
    command = Sell(
        op=OperationId(desk.new_id()),
        by=desk.actor,
        basket=Basket(lines=lines),
        names=tuple(name for name, _, _ in GOODS),
        member_id=member_id,
        **facts,  # type: ignore[arg-type]  # the fields of the command
    )
    answers: list[Sold] = []
    cashier.counter.runner.submit(lambda work: sell(work, command), done=answers.append)
    cashier.settle()
    return answers[0]


def zhang(cashier: Cashier) -> MemberId:
    """Return who answers to the phone."""
    found: list[MemberId] = []
    cashier.counter.runner.read(
        lambda reader: MemberId(
            reader.all("SELECT member_id FROM member WHERE phone = ?", ("+86" + ZHANG,))[0][0]
        ),
        done=found.append,
    )
    cashier.settle()
    return found[0]


def some_sales(cashier: Cashier) -> None:
    """Make four sales: of goods to a member, of an amount to him, without one, and one undone."""
    cashier.sign_in()
    sell_goods(cashier, zhang(cashier), till_receipt="000217")
    for amount, phone in (("128", ZHANG), ("66", ""), ("35.8", "")):
        cashier.clock.advance(3 * MINUTE_MS)
        cashier.wait_for_guard()
        cashier.sell(amount, phone)
        if amount == "66":
            cashier.tap("undo")
    cashier.clock.advance(3 * MINUTE_MS)


def sales(cashier: Cashier) -> None:
    some_sales(cashier)
    cashier.tap("place_sales")
    cashier.counter.pages.sales_model.choose(3)
    cashier.settle()


def sales_attach(cashier: Cashier) -> None:
    some_sales(cashier)
    cashier.tap("place_sales")
    cashier.tap("attachMember")
    cashier.type("zhang")
    cashier.counter.pages.sales_model.attaching.choose(0)


def sales_void(cashier: Cashier) -> None:
    some_sales(cashier)
    cashier.tap("place_sales")
    cashier.tap("voidSale")
    cashier.tap("voidReason0")


def sales_void_pin(cashier: Cashier) -> None:
    sales_void(cashier)
    cashier.tap("approver1")
    cashier.type("975310")


def sales_none(cashier: Cashier) -> None:
    cashier.sign_in()
    cashier.tap("place_sales")
    cashier.type("000999")


def return_goods(cashier: Cashier) -> None:
    sales(cashier)
    cashier.tap("returnGoodsOfSale")
    cashier.tap("goods2less")
    cashier.tap("goods1less")
    cashier.tap("returnReason0")


def return_amount(cashier: Cashier) -> None:
    some_sales(cashier)
    cashier.tap("place_sales")
    cashier.counter.pages.sales_model.choose(2)
    cashier.settle()
    cashier.tap("returnGoodsOfSale")
    cashier.type("30")


def returned(cashier: Cashier) -> None:
    return_goods(cashier)
    cashier.wait_for_guard()
    cashier.tap("confirmReturn")
