"""The goods of the shop: by the code on the package, by name, or by the initials of its pinyin.

The whole list is read once and looked through in memory: a shop has thousands of goods, not
millions, and letters then answer between two taps.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from db.domain.lookup.names import fold_for_search
from db.domain.lookup.pinyin import readings_of
from db.storage.database import Reader, Row

PRODUCTS_MAX = 50_000
_COLUMNS = "SELECT sku, name, category, brand, size, unit_price FROM product"
_ONE = f"{_COLUMNS} WHERE sku = ?"
_ALL = f"{_COLUMNS} ORDER BY name, sku"
_ANY = "SELECT EXISTS (SELECT 1 FROM product)"


@dataclass(frozen=True, slots=True)
class Product:
    """One kind of goods; `unit_price` in 分, None where the list names none."""

    sku: str
    name: str
    category: str
    brand: str
    size: str
    unit_price: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A product with what it is found by."""

    product: Product
    folded: str
    initials: str


def has_products(reader: Reader) -> bool:
    """Say whether the shop has a list of goods at all."""
    return bool(reader.value(_ANY))


def product_by_code(reader: Reader, code: str) -> Product | None:
    """Return the product with this code; a UPC-A may be kept with or without its leading 0."""
    other = code[1:] if code.startswith("0") else f"0{code}"
    for sku in (code, other):
        if (row := reader.one(_ONE, (sku,))) is not None:
            return _product(row)
    return None


def catalogue(reader: Reader) -> tuple[Listed, ...]:
    """Return the list of goods by name, at most 50,000, each with what it is found by."""
    return tuple(_listed(_product(row)) for row in islice(reader.each(_ALL), PRODUCTS_MAX))


def products_for(listed: Iterable[Listed], text: str, *, limit: int) -> tuple[Product, ...]:
    """Return the products that a text means: a code's beginning, a part of a name, or initials."""
    wanted = fold_for_search(text)
    if not wanted:
        return ()
    found = (each.product for each in listed if _means(each, wanted))
    return tuple(islice(found, limit))


def _means(listed: Listed, wanted: str) -> bool:
    return (
        wanted in listed.folded
        or listed.initials.startswith(wanted)
        or listed.product.sku.casefold().startswith(wanted)
    )


def _listed(product: Product) -> Listed:
    reading = next(iter(readings_of(product.name)), ())
    initials = "".join(syllable[:1] for syllable in reading)
    return Listed(product, fold_for_search(f"{product.name} {product.brand}"), initials)


def _product(row: Row) -> Product:
    return Product(*row)
