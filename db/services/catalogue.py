"""The shop's list of goods, brought in whole: what is known already is written over by its code.

The list is a help for typing. A sale keeps name, category and price of its own, so that another
list never changes what was sold.
"""

from dataclasses import dataclass

from db.domain.staff import Actor, Permission, require
from db.storage.imports import ProductRow
from db.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class BringCatalogue:
    """Somebody brings a list of goods; prices in 分."""

    by: Actor
    products: tuple[ProductRow, ...]


@dataclass(frozen=True, slots=True)
class CatalogueBrought:
    """The goods can be sold by code and name; `added` were not known before."""

    added: int
    updated: int


def bring_catalogue(work: UnitOfWork, command: BringCatalogue) -> CatalogueBrought:
    """Write goods into the list; a price that is not named leaves the one that is known.

    Raises:
        NotPermitted, ApprovalNeeded: when the actor may not import.
    """
    require(command.by, Permission.IMPORT)
    codes = {product.sku for product in command.products}
    known = sum(work.imports.product(code) is not None for code in codes)
    work.imports.put_products(command.products)
    return CatalogueBrought(added=len(codes) - known, updated=known)
