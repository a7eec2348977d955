"""What a return says of coupons before is what it does with them."""

from db.domain.basket import Basket, BasketLine
from db.domain.ids import SaleId
from db.services.return_plan import Asked, coupons_back, preview_return
from db.services.sold import read_sold
from db.storage.home import read_home
from db.storage.unit_of_work import Storage
from tests.support.coupon_makers import a_coupon
from tests.support.makers import a_member, a_return, a_sale
from tests.support.publishing import publish

DRINKS = {
    "code": "DRINK",
    "kind": "percent",
    "value": "0.50",
    "when": {"category": ["drinks"]},
    "valid": {"days_after_issue": 30},
}
_GIVEN_BACK = "SELECT count(*) FROM coupon_use WHERE given_back_by IS NOT NULL"


def foretold(storage: Storage, sale_id: SaleId, *lines: tuple[int, int]) -> int:
    asked = Asked(sale_id=sale_id, lines=lines)
    with storage.reading() as reader:
        home, sold = read_home(reader), read_sold(reader, sale_id)
        assert sold is not None
        on = home.calendar.day_of(storage.clock.wall_ms())
        return coupons_back(sold, preview_return(reader, asked, home=home, on=on))


def given_back(storage: Storage) -> int:
    with storage.reading() as reader:
        return int(reader.all(_GIVEN_BACK, ())[0][0])


def test_a_coupon_comes_back_with_the_last_unit_that_it_was_used_for(storage: Storage) -> None:
    publish(storage, coupons=[DRINKS])
    member_id = a_member(storage).member_id
    code = a_coupon(storage, member_id, "DRINK")
    basket = Basket(
        lines=(
            BasketLine(unit_price=1_000, quantity=2, sku="A", category="drinks"),
            BasketLine(unit_price=5_000, sku="B", category="toys"),
        ),
        coupons=(code,),
    )
    sale_id = a_sale(storage, member_id, basket=basket).sale_id

    assert foretold(storage, sale_id, (2, 1)) == 0
    assert foretold(storage, sale_id, (1, 1)) == 0
    assert foretold(storage, sale_id, (1, 2)) == 1
    assert foretold(storage, sale_id) == 1

    a_return(storage, sale_id, lines=((1, 1),))
    assert given_back(storage) == 0
    assert foretold(storage, sale_id, (1, 1)) == 1

    a_return(storage, sale_id, lines=((1, 1),))
    assert given_back(storage) == 1
    assert foretold(storage, sale_id, (2, 1)) == 0
