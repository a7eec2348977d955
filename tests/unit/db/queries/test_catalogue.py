"""The shop's goods are found by code, by name and by initials."""

import pytest

from db.queries.catalogue import catalogue, has_products, product_by_code, products_for
from db.storage.imports import ProductRow
from db.storage.unit_of_work import Storage


@pytest.fixture
def stocked(storage: Storage) -> Storage:
    with storage.begin() as work:
        work.imports.put_products(
            [
                ProductRow("036000291452", "Facial Tissue", "paper", "Kleenex", "", 450),
                ProductRow("6901234567892", "鲜牛奶", "乳品", "光明", "950 ml", 1_290),
            ]
        )
    return storage


def test_a_new_shop_has_none(storage: Storage) -> None:
    with storage.reading() as reader:
        assert not has_products(reader)
        assert catalogue(reader) == ()


@pytest.mark.parametrize("code", ["036000291452", "0036000291452", "36000291452"])
def test_a_code_is_found_with_and_without_its_leading_zero(stocked: Storage, code: str) -> None:
    with stocked.reading() as reader:
        found = product_by_code(reader, code)

    assert found is not None
    assert found.name == "Facial Tissue"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("牛奶", ["鲜牛奶"]),
        ("xnn", ["鲜牛奶"]),
        ("XN", ["鲜牛奶"]),
        ("kleen", ["Facial Tissue"]),
        ("690123", ["鲜牛奶"]),
        (" ", []),
        ("nothing", []),
    ],
)
def test_a_text_means_a_part_of_a_name_initials_or_a_codes_beginning(
    stocked: Storage, text: str, names: list[str]
) -> None:
    with stocked.reading() as reader:
        listed = catalogue(reader)

    assert [found.name for found in products_for(listed, text, limit=5)] == names


def test_no_more_are_returned_than_asked_for(stocked: Storage) -> None:
    with stocked.reading() as reader:
        assert len(products_for(catalogue(reader), "9", limit=1)) <= 1
