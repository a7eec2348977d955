"""`guitai sale goods`: the list of goods that the counter finds by code, name and initials."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from db.domain.money import NotAnAmount, parse_amount
from db.services.catalogue import BringCatalogue, bring_catalogue
from db.storage.imports import ProductRow
from desktop.cli.answers import answer
from desktop.cli.home import open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.imports import goods_page
from desktop.cli.tables import read_map, read_rows

CODE_CHARACTERS_MAX = 64
TEXT_MAX = 200
FIELDS = ("sku", "name", "category", "brand", "size", "unit_price")


def goods(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument()],
    names: Annotated[Path | None, typer.Option("--map")] = None,
) -> None:
    """Bring in the list of goods: sku, name, category, brand, size, unit_price."""
    rows = read_rows(file, needed=("sku", "name"), names=read_map(names))
    products = tuple(_product(number, cells) for number, cells in rows)
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            brought = bring_catalogue(work, BringCatalogue(by=by, products=products))
    document = {"rows": len(rows), "added": brought.added, "updated": brought.updated}
    answer(ctx.obj, document, goods_page)


def _product(row: int, cells: Mapping[str, str]) -> ProductRow:
    sku, name = _text(row, cells, "sku", CODE_CHARACTERS_MAX), _text(row, cells, "name")
    for field, text in (("sku", sku), ("name", name)):
        if not text:
            raise InvalidInput("line_invalid", row=row, field=field, text="")
    category, brand, size = (_text(row, cells, field) for field in ("category", "brand", "size"))
    return ProductRow(sku, name, category, brand, size, _price(row, cells))


def _price(row: int, cells: Mapping[str, str]) -> int | None:
    text = cells.get("unit_price", "").strip()
    if not text:
        return None
    try:
        return parse_amount(text, zero=True)
    except NotAnAmount as refusal:
        raise InvalidInput("line_invalid", row=row, field="unit_price", text=text[:20]) from refusal


def _text(row: int, cells: Mapping[str, str], field: str, longest: int = TEXT_MAX) -> str:
    text = cells.get(field, "").strip()
    if len(text) > longest or any(ord(character) < ord(" ") for character in text):
        raise InvalidInput("line_invalid", row=row, field=field, text=text[:20])
    return text
