"""The lines of a sale in a file, CSV or JSON: sku, name, category, quantity, unit_price, discount.

A line of `kind` delivery is what bringing it costs: it earns nothing and counts for no threshold.
Quantities are positive whole numbers, money is read by the same rule as the keypad; the first
thing that is wrong is refused with its row.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from db.domain.basket import DELIVERY, GOODS, Basket, BasketLine
from db.domain.csv_text import decode_text, records_of
from db.domain.money import NotAnAmount, amount_text, parse_amount
from desktop.cli.files import read_bytes
from desktop.cli.invalid import InvalidInput

LINES_MAX = 1_000
QUANTITY_MAX = 100_000
TEXT_CHARACTERS_MAX = 200


def read_basket(path: Path, *, branch: str) -> tuple[Basket, tuple[str, ...]]:
    """Return the basket in a file, and the name of each of its lines.

    Raises:
        InvalidInput: when the file is no table of lines.
    """
    raw = read_bytes(path)
    rows = _json_rows(raw) if raw.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in b"[{" else _csv_rows(raw)
    if not rows:
        raise InvalidInput("no_lines", file=str(path))
    if len(rows) > LINES_MAX:
        raise InvalidInput("file_too_large", file=str(path), largest=LINES_MAX)
    lines = tuple(_line(number, row) for number, row in rows)
    names = tuple(_text(number, row, "name") for number, row in rows)
    return Basket(lines, branch=branch), names


def _json_rows(raw: bytes) -> list[tuple[int, Mapping[str, Any]]]:
    try:
        document = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidInput("not_json", problem=str(error)) from error
    lines = document.get("lines") if isinstance(document, dict) else document
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise InvalidInput("not_json", problem="a list of lines is expected")
    return list(enumerate(lines, start=1))


def _csv_rows(raw: bytes) -> list[tuple[int, Mapping[str, Any]]]:
    text = decode_text(raw)
    if text is None:
        raise InvalidInput("not_text")
    try:
        records = records_of(text)
    except csv.Error as error:
        raise InvalidInput("not_text") from error
    if not records:
        return []
    header = [title.strip().lower() for title in records[0]]
    if "unit_price" not in header:
        raise InvalidInput("columns_missing", missing="unit_price", found=", ".join(header))
    return [
        (number, dict(zip(header, cells, strict=False)))
        for number, cells in enumerate(records[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def _line(row: int, cells: Mapping[str, Any]) -> BasketLine:
    quantity = _quantity(row, cells)
    unit_price = _money(row, cells, "unit_price")
    discount = _money(row, cells, "discount") if cells.get("discount") else 0
    if discount > quantity * unit_price:
        raise InvalidInput(
            "line_invalid",
            row=row,
            field="discount",
            fault="above_price",
            text=amount_text(discount),
            price=amount_text(quantity * unit_price),
        )
    return BasketLine(
        unit_price=unit_price,
        quantity=quantity,
        discount=discount,
        sku=_text(row, cells, "sku"),
        category=_text(row, cells, "category"),
        brand=_text(row, cells, "brand"),
        kind=_kind(row, cells),
    )


def _kind(row: int, cells: Mapping[str, Any]) -> str:
    text = _text(row, cells, "kind") or GOODS
    if text not in (GOODS, DELIVERY):
        raise InvalidInput("line_invalid", row=row, field="kind", text=text[:20])
    return text


def _quantity(row: int, cells: Mapping[str, Any]) -> int:
    text = str(cells.get("quantity", "") or "1").strip()
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) <= QUANTITY_MAX:
        raise InvalidInput("line_invalid", row=row, field="quantity", text=text)
    return int(text)


def _money(row: int, cells: Mapping[str, Any], field: str) -> int:
    value = cells.get(field, "")
    if isinstance(value, bool | float):  # a float has no exact 分: money is written as a string
        raise InvalidInput("line_invalid", row=row, field=field, text=str(value))
    try:
        return parse_amount(str(value), zero=True)
    except NotAnAmount as refusal:
        raise InvalidInput("line_invalid", row=row, field=field, text=str(value)) from refusal


def _text(row: int, cells: Mapping[str, Any], field: str) -> str:
    text = str(cells.get(field) or "").strip()
    if len(text) > TEXT_CHARACTERS_MAX or any(ord(character) < ord(" ") for character in text):
        raise InvalidInput("line_invalid", row=row, field=field, text=text[:20])
    return text
