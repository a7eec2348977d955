"""A receipt as text, 42 cells wide: goods, what came off, what was paid, and how points came about.

The explanation stands on it on request only, in the words that the counter's screen uses.
"""

from typing import Any

from rich.cells import cell_len

from desktop.cli.pages.sheet import Sheet, wrapped
from desktop.cli.pages.tongue import Tongue, change, money, money_or_none
from desktop.wording.explained import receipt_explanation_lines

Document = dict[str, Any]
CELLS = 42
_RULE = "-" * CELLS


def receipt_page(sheet: Sheet, sale: Document) -> None:
    """Print a sale as its receipt, with the explanation of its points."""
    say = sheet.tongue
    sheet.lines.append(f"{sale['branch']} {sale['counter']}".strip())
    sheet.lines.append(say.moment(sale["sold_at"]))
    sheet.lines.append(_RULE)
    if any(line["name"] or line["sku"] for line in sale["lines"]):
        for line in sale["lines"]:
            _goods(sheet, line)
        sheet.lines.append(_RULE)
    for name, value in _sums(say, sale):
        if value:
            sheet.lines.append(_pair(name, value))
    if sale["member_id"] is not None:
        _points(sheet, sale)


def _goods(sheet: Sheet, line: Document) -> None:
    """Print a line of goods: its name, and below it what it cost."""
    sheet.lines.extend(wrapped(line["name"] or line["sku"], CELLS))
    times = f"  {line['quantity']} × {money(line['unit_price'])}"
    sheet.lines.append(_pair(times, money(line["amount"])))


def _sums(say: Tongue, sale: Document) -> list[tuple[str, str]]:
    moved = sale["points"]
    less = money_or_none(sale["discount"])
    paid = money_or_none(moved["redeemed_value"])
    return [
        (say.label("discount"), f"−{less}" if less else ""),
        (say.label("redeemed_value"), f"−{paid}" if paid else ""),
        (say.label("due"), money(sale["due"])),
        *((say.word("tender", name), money(paid)) for name, paid in sale["tenders"].items()),
    ]


def _points(sheet: Sheet, sale: Document) -> None:
    say, moved = sheet.tongue, sale["points"]
    sheet.lines.append(_RULE)
    if sale["member_number"]:
        sheet.lines.append(_pair(say.label("member_number"), sale["member_number"]))
    if moved["redeemed"]:
        sheet.lines.append(_pair(say.label("redeemed"), change(-moved["redeemed"])))
    sheet.lines.append(_pair(say.label("earned"), change(moved["earned"]) or "0"))
    for sentence in receipt_explanation_lines(say, sale["explanation"]):
        sheet.lines.extend(wrapped(sentence, CELLS))


def _pair(name: str, value: str) -> str:
    """Return a name at the left and a figure at the right."""
    spare = CELLS - cell_len(name) - cell_len(value)
    return name + " " * max(1, spare) + value
