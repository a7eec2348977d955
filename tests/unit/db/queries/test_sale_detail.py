"""A sale's detail: what was recorded, as it was recorded."""

from db.domain.basket import Basket, BasketLine
from db.domain.ids import SaleId
from db.domain.staff import Actor
from db.queries.sale_detail import sale_detail
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_sale, a_void


def test_a_sale_shows_lines_tenders_people_and_why_it_earned_what_it_earned(
    storage: Storage, manager: Actor
) -> None:
    member = a_member(storage)
    basket = Basket(
        lines=(
            BasketLine(unit_price=1_999, quantity=2, sku="A1", category="food/snack"),
            BasketLine(unit_price=5_000, sku="B2", category="toys"),
        )
    )
    sold = a_sale(
        storage,
        member.member_id,
        by=manager,
        basket=basket,
        names=("薯片", "积木"),
        tenders={"cash": 3_998, "wechat": 5_000},
        till_receipt="000123",
    )

    with storage.reading() as reader:
        detail = sale_detail(reader, sold.sale_id)

    assert detail is not None
    assert [(line.name, line.quantity, line.amount) for line in detail.lines] == [
        ("薯片", 2, 3_998), ("积木", 1, 5_000),
    ]  # fmt: skip
    assert detail.tenders == {"wechat": 5_000, "cash": 3_998}
    assert detail.due == sum(detail.tenders.values())
    assert (detail.branch, detail.counter, detail.staff) == ("南京东路店", "01机", "店长")
    assert (detail.member_number, detail.till_receipt) == (member.number, "000123")
    assert detail.explanation == sold.explanation
    assert detail.explanation[0]["step"] == "program"
    assert len(detail.mark) == 8
    assert detail.reversed_by is None


def test_a_voided_sale_says_how_why_and_by_whom(storage: Storage, manager: Actor) -> None:
    sold = a_sale(storage)
    a_void(storage, sold.sale_id, by=manager, reason="重复收款")

    with storage.reading() as reader:
        detail = sale_detail(reader, sold.sale_id)

    assert detail is not None
    assert (detail.reversed_by, detail.reversal_reason, detail.reversed_staff) == (
        "void", "重复收款", "店长",
    )  # fmt: skip


def test_an_unknown_sale_is_nothing(storage: Storage) -> None:
    with storage.reading() as reader:
        assert sale_detail(reader, SaleId(bytes(16))) is None
