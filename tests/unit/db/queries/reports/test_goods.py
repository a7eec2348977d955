"""What was sold, by category and as a whole: what counts as a purchase, and what came back."""

from datetime import date

import pytest

from db.domain.basket import BasketLine
from db.domain.history import FormerLine, FormerProduct, FormerPurchase
from db.domain.ids import MemberId, SaleId
from db.domain.staff import Actor, Role
from db.queries.reports.goods import BookProfile, CategoryReport, book_profile, category_report
from db.services.import_history import BringSales, bring_sales
from db.services.imports import open_batch
from db.storage.unit_of_work import Storage
from tests.support.makers import a_basket, a_member, a_return, a_sale, a_void
from tests.support.profile_makers import a_merge

TODAY = date(2026, 11, 21)
TEA = BasketLine(unit_price=600, sku="A1", category="饮料/茶")
BREAD = BasketLine(unit_price=1_200, sku="B1", category="食品")
MANAGER = Actor(None, Role.MANAGER)


@pytest.fixture
def member(storage: Storage) -> MemberId:
    return a_member(storage).member_id


def sold(storage: Storage, member: MemberId, *lines: BasketLine) -> SaleId:
    return a_sale(storage, member, basket=a_basket(*lines)).sale_id


def categories(storage: Storage) -> CategoryReport:
    with storage.reading() as reader:
        return category_report(reader, day_from=TODAY, day_to=TODAY, branch_id=None, level=1)


def profile(storage: Storage) -> BookProfile:
    with storage.reading() as reader:
        return book_profile(reader, day_from=TODAY, day_to=TODAY, branch_id=None)


def test_what_came_back_of_a_sale_that_was_voided_is_no_loss(
    storage: Storage, member: MemberId
) -> None:
    sold(storage, member, TEA)
    gone = sold(storage, member, TEA, BREAD)
    a_return(storage, gone, lines=((1, 1),))
    assert (profile(storage).returned, categories(storage).amount) == (600, 1_800)
    a_void(storage, gone)

    assert (profile(storage).due, profile(storage).returned) == (600, 0)
    assert [(row.category, row.amount) for row in categories(storage).rows] == [("饮料", 600)]


def test_merged_members_are_one_buyer(storage: Storage, member: MemberId) -> None:
    other = a_member(storage, phone="13912345678").member_id
    for each in (member, other):
        sold(storage, each, TEA)
    assert profile(storage).buyers == 2

    a_merge(storage, other, member)

    assert (profile(storage).buyers, categories(storage).buyers) == (1, 1)


def test_a_sale_that_came_back_whole_is_no_purchase(storage: Storage, member: MemberId) -> None:
    other = a_member(storage, phone="13912345678").member_id
    sold(storage, member, TEA, BREAD)
    a_return(storage, sold(storage, other, TEA, TEA))

    found = categories(storage)

    assert [
        (row.category, row.amount, row.lines, row.purchases, row.members) for row in found.rows
    ] == [("食品", 1_200, 1, 1, 1), ("饮料", 600, 1, 1, 1)]
    assert found.buyers == 1


def brought(storage: Storage, *purchases: tuple[MemberId, tuple[tuple[str, int], ...]]) -> None:
    """Bring purchases of a former system, each with its lines' goods and amounts."""
    with storage.begin() as work:
        batch = open_batch(work, kind="history", source="x", by=MANAGER)
        command = BringSales(
            by=MANAGER,
            batch_id=batch,
            purchases=tuple(
                _former(f"P{place}", work.at_ms, member, lines)
                for place, (member, lines) in enumerate(purchases)
            ),
            members={member.hex(): member for member, _ in purchases},
            products={
                sku: FormerProduct(sku, sku, category, "", "")
                for sku, category in (("A1", "饮料/茶"), ("B1", "食品"))
            },
        )
        bring_sales(work, command)


def _former(
    name: str, at_ms: int, member: MemberId, lines: tuple[tuple[str, int], ...]
) -> FormerPurchase:
    total = sum(amount for _, amount in lines)
    parts = tuple(FormerLine(sku, 1 if each > 0 else -1, abs(each), 0, each) for sku, each in lines)
    return FormerPurchase(name, member.hex(), at_ms, len(lines), total, 0, total, parts)


def test_what_a_former_system_took_back_is_no_purchase(storage: Storage, member: MemberId) -> None:
    other = a_member(storage, phone="13912345678").member_id
    brought(
        storage,
        (member, (("A1", 900), ("B1", 1_500))),
        (other, (("A1", -300),)),
        (other, (("A1", -100), ("B1", 700))),
    )

    found = categories(storage)

    assert [
        (row.category, row.amount, row.lines, row.purchases, row.members) for row in found.rows
    ] == [("食品", 2_200, 2, 2, 2), ("饮料", 500, 1, 1, 1)]
